"""Where counts of words come from: the training texts of `../shared/corpus` without the splits held out, and what the PyPI
package `symspellpy` counted on the web. Words are those of the lexicon, numbered in its order.
"""

import json
import lzma
from collections.abc import Iterable, Iterator
from importlib.resources import files

import numpy as np

from training.paths import CORPUS
from training.text.words import words

WEB_WORDS, WEB_PAIRS = "frequency_dictionary_en_82_765.txt", "frequency_bigramdictionary_en_243_342.txt"


def corpus_sentences() -> list[list[str]]:
    """Words of every sentence that no test reads, each once, in the corpus' order."""
    with lzma.open(CORPUS, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    spoken = [(row, words(row["text"])) for row in rows]
    seen = {" ".join(said) for row, said in spoken if row["split"] != "train"}
    found = []
    for row, said in spoken:
        sentence = " ".join(said)
        if sentence not in seen and row["src"] != "words":
            seen.add(sentence)
            found.append(said)
    return found


def web_lines(name: str) -> Iterator[list[str]]:
    text = (files("symspellpy") / name).read_text(encoding="utf-8-sig")
    return (line.split() for line in text.splitlines())


def web_words(ids: dict[str, int]) -> np.ndarray:
    """-> (words,) counts"""
    counts = np.zeros(len(ids))
    for word, number in web_lines(WEB_WORDS):
        if word in ids:
            counts[ids[word]] = float(number)
    return counts


def web_pairs(ids: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """-> pairs (n, 2), counts (n,); rare pairs are not in the list"""
    found = [
        (ids[first], ids[second], float(number))
        for first, second, number in web_lines(WEB_PAIRS)
        if first in ids and second in ids
    ]
    table = np.array(found)
    return table[:, :2].astype(np.int64), table[:, 2]


def corpus_pairs(sentences: Iterable[list[str]], ids: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """-> pairs (n, 2), each once, counts (n,). The history of a sentence's first word is numbered len(ids)."""
    pairs = []
    for said in sentences:
        numbers = [len(ids), *(ids.get(word, -1) for word in said)]
        pairs += [pair for pair in zip(numbers, numbers[1:]) if min(pair) >= 0]
    unique, counts = np.unique(np.array(pairs), axis=0, return_counts=True)
    return unique, counts.astype(float)
