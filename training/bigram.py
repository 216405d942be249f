"""How likely a word is, alone and after another: `python -m training.bigram` -> public/models/words.gzip.

Words are those of the lexicon, in its order; histories are words and, last, the start of a sentence. Sources: the training
texts of `../shared/corpus` without the splits held out, and the counts of a web corpus that the PyPI package `symspellpy`
packs. With c the corpus' counts, web the share of a pair among the web's pairs of its first word, and u the unigram:

    P(w | v) = (c(v, w) + MU_WEB web(w | v) + MU_ALONE u(w)) / (c(v) + MU_WEB web(v) + MU_ALONE)

Pairs that say hardly more than the back-off are left out; those left out cost `backoff(v) u(w)`. Layout, little-endian:

    "CVW1", uint32 words, uint32 pairs
    uint8 unigram (words), uint8 back-off (words + 1): -ln P in steps of STEP
    varint pairs of each history (words + 1)
    varint successor (pairs), the difference from the one before it in its history
    uint8 -ln P (pairs)
"""

import gzip
import json
import lzma
import math
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files

import numpy as np

from training.paths import CORPUS, MODELS

STEP = 0.08  # nats
MU_WEB, MU_ALONE = 120.0, 200.0  # lowest perplexity on sentences held back
WEB_IN_UNIGRAM, FLOOR_IN_UNIGRAM = 0.5, 0.02
LEAST_GAIN = 0.25  # nats between a pair and its back-off
TOKEN = re.compile(r"[a-z']+")
START = "<s>"

Pairs = dict[str, Counter[str]]


def lexicon_words() -> list[str]:
    with gzip.open(MODELS / "lexicon.gzip", "rt", encoding="ascii") as lines:
        return [word for word in (line.split(" ", 1)[0] for line in lines) if not word.endswith(")")]


def corpus_sentences() -> Iterator[list[str]]:
    """Words of every sentence that no test reads, each once, in the corpus' order."""
    with lzma.open(CORPUS, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    spoken = [(row, TOKEN.findall(row["text"].lower().replace("’", "'"))) for row in rows]
    seen = {" ".join(words) for row, words in spoken if row["split"] != "train"}
    for row, words in spoken:
        sentence = " ".join(words)
        if sentence not in seen and row["src"] != "words":
            seen.add(sentence)
            yield words


def web_counts(name: str) -> Iterator[list[str]]:
    text = (files("symspellpy") / name).read_text(encoding="utf-8-sig")
    return (line.split() for line in text.splitlines())


def count(sentences: Iterable[list[str]], known: set[str]) -> tuple[Counter[str], Pairs]:
    alone: Counter[str] = Counter()
    pairs: Pairs = defaultdict(Counter)
    for words in sentences:
        before = START
        for word in words:
            if word in known:
                alone[word] += 1
                if before in known or before == START:
                    pairs[before][word] += 1
            before = word
    return alone, pairs


def unigram(words: list[str], corpus: Counter[str]) -> dict[str, float]:
    web = {word: float(number) for word, number in web_counts("frequency_dictionary_en_82_765.txt")}
    web_total = sum(web.get(word, 0.0) for word in words)
    corpus_total = corpus.total()
    rest = 1 - WEB_IN_UNIGRAM - FLOOR_IN_UNIGRAM
    return {
        word: WEB_IN_UNIGRAM * web.get(word, 0.0) / web_total
        + rest * corpus[word] / corpus_total
        + FLOOR_IN_UNIGRAM / len(words)
        for word in words
    }


def web_shares(known: set[str]) -> dict[str, dict[str, float]]:
    """v -> w -> share of the web's v that w follows; rare pairs are not in the list, so a history's sum is below 1."""
    alone = {word: float(number) for word, number in web_counts("frequency_dictionary_en_82_765.txt")}
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for first, second, number in web_counts("frequency_bigramdictionary_en_243_342.txt"):
        if first in known and second in known:
            shares[first][second] = float(number)
    for first, after in shares.items():
        total = max(alone.get(first, 0.0), sum(after.values()))
        shares[first] = {word: number / total for word, number in after.items()}
    return shares


class Bigram:
    def __init__(self, words: list[str], sentences: Iterable[list[str]], mu_web: float = MU_WEB, mu_alone: float = MU_ALONE):
        known = set(words)
        corpus, self.pairs = count(sentences, known)
        self.alone = unigram(words, corpus)
        self.web = web_shares(known)
        self.mu_web, self.mu_alone = mu_web, mu_alone

    def total(self, first: str) -> float:
        return self.pairs[first].total() + self.mu_web * sum(self.web.get(first, {}).values()) + self.mu_alone

    def backoff(self, first: str) -> float:
        return self.mu_alone / self.total(first)

    def after(self, first: str) -> dict[str, float]:
        """P(w | first) of every pair that was counted anywhere."""
        corpus, web = self.pairs[first], self.web.get(first, {})
        total = self.total(first)
        return {
            word: (corpus[word] + self.mu_web * web.get(word, 0.0) + self.mu_alone * self.alone[word]) / total
            for word in corpus.keys() | web.keys()
        }

    def probability(self, first: str, word: str) -> float:
        corpus, web = self.pairs[first], self.web.get(first, {})
        known = corpus[word] + self.mu_web * web.get(word, 0.0) + self.mu_alone * self.alone[word]
        return known / self.total(first)


def quantise(probability: float) -> int:
    return min(255, round(-math.log(probability) / STEP))


def varint(number: int) -> bytes:
    """LEB128: seven bits a byte, the lowest first; the high bit says that more follow."""
    out = bytearray()
    while number >= 128:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def pack(words: list[str], model: Bigram) -> bytes:
    ids = {word: number for number, word in enumerate(words)}
    counts, successors, costs = bytearray(), bytearray(), bytearray()
    pairs = 0
    histories = [*words, START]
    for first in histories:
        backoff = model.backoff(first)
        kept = sorted(
            (ids[word], probability)
            for word, probability in model.after(first).items()
            if math.log(probability / (backoff * model.alone[word])) > LEAST_GAIN
        )
        counts += varint(len(kept))
        last = 0
        for word, probability in kept:
            successors += varint(word - last)
            costs.append(quantise(probability))
            last = word
        pairs += len(kept)
    alone = bytes(quantise(model.alone[word]) for word in words)
    backoffs = bytes(quantise(model.backoff(first)) for first in histories)
    return b"CVW1" + struct.pack("<II", len(words), pairs) + alone + backoffs + bytes(counts + successors + costs)


def perplexity(model: Bigram, sentences: list[list[str]]) -> float:
    known = set(model.alone)
    logs = [
        math.log(model.probability(before, word))
        for words in sentences
        for before, word in zip([START, *words], words)
        if word in known and (before in known or before == START)
    ]
    return math.exp(-float(np.mean(logs)))


def main() -> None:
    words = lexicon_words()
    sentences = list(corpus_sentences())
    held_back = sentences[::20]
    check = Bigram(words, [spoken for number, spoken in enumerate(sentences) if number % 20])
    print(f"perplexity on every twentieth sentence, held back: {perplexity(check, held_back):.0f}")
    packed = gzip.compress(pack(words, Bigram(words, sentences)), compresslevel=9, mtime=0)
    target = MODELS / "words.gzip"
    target.write_bytes(packed)
    print(f"{target.name}: {len(words)} words, {len(packed)} bytes")


if __name__ == "__main__":
    main()
