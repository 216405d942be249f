"""Counts and Sphinx's trigrams -> public/models/words.gzip: `python -m training.words [--sphinx FILE]`.

Wants Debian's package pocketsphinx-en-us. Prints the perplexity of every twentieth sentence, held back, after one word and
after two.
"""

import argparse
import gzip
from pathlib import Path

import numpy as np

from training.paths import MODELS
from training.text.lexicon import first_forms
from training.words.model import Mixed, WordModel
from training.words.pack import pack
from training.words.sources import corpus_sentences
from training.words.sphinx import read_sphinx

SPHINX = Path("/usr/share/pocketsphinx/model/en-us/en-us.lm.bin")
LEAST_PAIR, LEAST_TRIPLE = 6e-8, 1e-7  # the file is then about 3 MB


def perplexities(model: WordModel, sentences: list[list[str]], ids: dict[str, int]) -> tuple[float, float]:
    """-> after one word, after two"""
    start = len(ids)
    numbers = [[start, *(ids.get(word, -1) for word in words)] for words in sentences]
    triples = [(line[at - 2] if at > 1 else start, line[at - 1], line[at]) for line in numbers for at in range(1, len(line))]
    known = np.array([triple for triple in triples if min(triple) >= 0])
    before, first, word = known.T
    one = model.after(first, word)
    two = np.where(first == start, one, model.after_two(before, first, word))
    return float(np.exp(-np.log(one).mean())), float(np.exp(-np.log(two).mean()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sphinx", type=Path, default=SPHINX)
    sphinx = read_sphinx(parser.parse_args().sphinx)
    ids = {word: number for number, word in enumerate(first_forms())}
    sentences = corpus_sentences()
    learnt = [words for number, words in enumerate(sentences) if number % 20]
    check = Mixed(ids, learnt, sphinx).pruned(LEAST_PAIR, LEAST_TRIPLE)
    after_one, after_two = perplexities(check, sentences[::20], ids)
    print(f"perplexity of every twentieth sentence, held back: {after_one:.0f} after one word, {after_two:.0f} after two")
    model = Mixed(ids, sentences, sphinx).pruned(LEAST_PAIR, LEAST_TRIPLE)
    packed = gzip.compress(pack(model), compresslevel=9, mtime=0)
    target = MODELS / "words.gzip"
    target.write_bytes(packed)
    print(f"{target.name}: {len(model.pairs)} pairs, {len(model.triples)} triples, {len(packed)} bytes")


if __name__ == "__main__":
    main()
