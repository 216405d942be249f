"""One model of words from two: counts of ours and of the web, and Sphinx's trigrams, halves of each.

With c the corpus' counts, web the share of a pair among the web's pairs of its first word, and u the single words:

    own(w | v) = (c(v, w) + MU_WEB web(w | v) + MU_ALONE u(w)) / (c(v) + MU_WEB web(v) + MU_ALONE)
    P(w | v) = (own(w | v) + sphinx(w | v)) / 2          P(w | x, v) = (own(w | v) + sphinx(w | x, v)) / 2

What a pair or a triple adds to its back-off, weighed by how often it is met, decides whether it is kept (after Stolcke 1998,
arXiv:cs/0006025). Back-offs are such that all chances after a history add up to 1. W words, of the lexicon, in its order;
history W is the start of a sentence.
"""

from dataclasses import dataclass

import numpy as np

from training.words.sources import corpus_pairs, web_pairs, web_words
from training.words.sphinx import START, Sphinx

MU_WEB, MU_ALONE = 120.0, 200.0  # lowest perplexity on sentences held back
WEB_IN_ALONE, FLOOR_IN_ALONE = 0.5, 0.02
SPHINX_SHARE = 0.5
SENTENCE_WORDS = 10  # a sentence starts once in so many words
MOST_KEPT = 0.999  # of a history's chance; the rest is for what was never seen


@dataclass
class WordModel:
    """alone (W,); backoff (W + 1,); pairs (n, 2) sorted, with chance (n,); contexts (k, 2) sorted, with back-off (k,);
    triples (m, 3) sorted, with chance (m,). Chances, not logarithms."""

    alone: np.ndarray
    backoff: np.ndarray
    pairs: np.ndarray
    pair: np.ndarray
    contexts: np.ndarray
    context_backoff: np.ndarray
    triples: np.ndarray
    triple: np.ndarray

    def after(self, first: np.ndarray, word: np.ndarray) -> np.ndarray:
        """(n,) numbers of histories and words -> P(word | first)"""
        found, at = find(keys(self.pairs, len(self.backoff)), keys(np.stack([first, word], 1), len(self.backoff)))
        return np.where(found, self.pair[at], self.backoff[first] * self.alone[word])

    def after_two(self, before: np.ndarray, first: np.ndarray, word: np.ndarray) -> np.ndarray:
        """(n,) numbers -> P(word | before, first)"""
        size = len(self.backoff)
        found, at = find(keys(self.triples, size), keys(np.stack([before, first, word], 1), size))
        known, context = find(keys(self.contexts, size), keys(np.stack([before, first], 1), size))
        backoff = np.where(known, self.context_backoff[context], 1.0)
        return np.where(found, self.triple[at], backoff * self.after(first, word))


def keys(rows: np.ndarray, size: int) -> np.ndarray:
    """(n, k) numbers below `size` -> (n,) one number each, in the same order"""
    out = rows[:, 0]
    for column in rows.T[1:]:
        out = out * size + column
    return out


def find(known: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """known (n,) sorted, wanted (m,) -> found (m,) bool, place in known (m,)"""
    if len(known) == 0:
        return np.zeros(len(wanted), bool), np.zeros(len(wanted), np.int64)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return known[at] == wanted, at


class Own:
    """The counts' bigram."""

    def __init__(self, ids: dict[str, int], sentences: list[list[str]]):
        size = len(ids)
        corpus, counts = corpus_pairs(sentences, ids)
        web, web_counts = web_pairs(ids)
        words = web_words(ids)
        spoken = np.bincount(corpus[:, 1], counts, size)
        rest = 1 - WEB_IN_ALONE - FLOOR_IN_ALONE
        self.alone = WEB_IN_ALONE * words / words.sum() + rest * spoken / spoken.sum() + FLOOR_IN_ALONE / size
        seen = np.bincount(web[:, 0], web_counts, size + 1)
        totals = np.maximum(np.append(words, 0), seen)
        shares = MU_WEB * web_counts / totals[web[:, 0]]
        self.keys, where = np.unique(keys(np.concatenate([corpus, web]), size + 1), return_inverse=True)
        self.counts = np.bincount(where, np.concatenate([counts, shares]))
        self.totals = np.bincount(self.keys // (size + 1), self.counts, size + 1) + MU_ALONE

    def after(self, first: np.ndarray, word: np.ndarray) -> np.ndarray:
        found, at = find(self.keys, first * len(self.totals) + word)
        return (np.where(found, self.counts[at], 0) + MU_ALONE * self.alone[word]) / self.totals[first]


class Mixed:
    """Own and Sphinx's together, whole; `pruned` makes a model of what is worth keeping."""

    def __init__(self, ids: dict[str, int], sentences: list[list[str]], sphinx: Sphinx):
        self.own, self.size = Own(ids, sentences), len(ids) + 1
        numbers = {**ids, START: len(ids)}
        ours = np.array([numbers.get(word, -1) for word in sphinx.words])
        heard = (ours >= 0) & (ours < len(ids))
        self.theirs = np.zeros(self.size)  # Sphinx's chance of a word alone; 0 where it lacks it
        self.theirs[ours[heard]] = np.exp(sphinx.alone[heard])
        self.their_backoff = np.zeros(self.size)
        self.their_backoff[ours[ours >= 0]] = np.exp(sphinx.alone_backoff[ours >= 0])
        self.pair_keys, self.pair = self.known(ours, sphinx.pairs, sphinx.pair)
        self.triple_keys, self.triple = self.known(ours, sphinx.triples, sphinx.triple)
        self.alone = (1 - SPHINX_SHARE) * self.own.alone + SPHINX_SHARE * self.theirs[:-1] / self.theirs.sum()

    def known(self, ours: np.ndarray, grams: np.ndarray, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Those of the lexicon's words alone, sorted, as keys and chances."""
        rows = ours[grams]
        kept = (rows.min(1) >= 0) & (rows[:, 1:].max(1) < self.size - 1)
        found = keys(rows[kept], self.size)
        order = np.argsort(found)
        return found[order], np.exp(chance[kept][order])

    def after(self, first: np.ndarray, word: np.ndarray) -> np.ndarray:
        found, at = find(self.pair_keys, first * self.size + word)
        theirs = np.where(found, self.pair[at], self.their_backoff[first] * self.theirs[word])
        share = SPHINX_SHARE * (self.their_backoff[first] > 0)
        return (1 - share) * self.own.after(first, word) + share * theirs

    def pruned(self, least_pair: float, least_triple: float) -> WordModel:
        """least_..: what a pair or a triple must add, in nats a word of running text"""
        size = self.size
        every = np.union1d(self.own.keys, self.pair_keys)
        first, word = every // size, every % size
        chance = self.after(first, word)
        often = np.append(self.alone, 1 / SENTENCE_WORDS)
        backoff = left_over(first, chance, self.alone[word], size)
        gain = often[first] * chance * np.abs(np.log(chance / (backoff[first] * self.alone[word])))
        kept = gain > least_pair
        first, word, chance = first[kept], word[kept], chance[kept]
        backoff = left_over(first, chance, self.alone[word], size)
        none = np.zeros((0, 2), np.int64)
        model = WordModel(
            self.alone,
            backoff,
            np.stack([first, word], 1),
            chance,
            none,
            np.zeros(0),
            np.zeros((0, 3), np.int64),
            np.zeros(0),
        )

        before, rest = np.divmod(self.triple_keys, size * size)
        first, word = np.divmod(rest, size)
        chance = (1 - SPHINX_SHARE) * self.own.after(first, word) + SPHINX_SHARE * self.triple
        without, context = model.after(first, word), before * size + first
        contexts, number = np.unique(context, return_inverse=True)
        backoff = left_over(number, chance, without, len(contexts))
        met = often[before] * self.after(before, first)
        kept = met * chance * np.abs(np.log(chance / (backoff[number] * without))) > least_triple
        contexts, number = np.unique(context[kept], return_inverse=True)
        model.contexts = np.stack(np.divmod(contexts, size), 1)
        model.context_backoff = left_over(number, chance[kept], without[kept], len(contexts))
        model.triples, model.triple = np.stack([before, first, word], 1)[kept], chance[kept]
        return model


def left_over(history: np.ndarray, chance: np.ndarray, without: np.ndarray, size: int) -> np.ndarray:
    """Of each of `size` histories: by what its back-off's chances are multiplied, so that all add up to 1."""
    with_them = np.minimum(np.bincount(history, chance, size), MOST_KEPT)
    instead = np.minimum(np.bincount(history, without, size), MOST_KEPT)
    return (1 - with_them) / (1 - instead)
