"""Rows that pair letters with phones: sentences of the corpus, and groups of words of the lexicon.

For spelling the phones are disturbed as listening disturbs them. Some words are held out of both directions for good: they are
in no group, and no sentence that holds one is learnt from.
"""

import random
from collections.abc import Collection, Sequence

from training.grammar.rows import Row, Utterance, say_as_row, spell_row
from training.grammar.vocabulary import FIRST_PHONE, FIRST_SOUND, PHONES, SPACE, letters
from training.text.lexicon import first_forms
from training.text.words import words

Word = tuple[str, tuple[str, ...]]
SENTENCE_NOISE, WORD_NOISE = (0.0, 0.05, 0.1, 0.2), (0.0, 0.0, 0.08)
GROUPS = (1, 1, 2, 3)  # words in a row
SPELT_TWICE = 2
HEARD = PHONES[FIRST_SOUND - FIRST_PHONE :]


def disturbed(phones: Sequence[str], rate: float) -> list[str]:
    """Of `rate`: three tenths lost, half replaced, two tenths with one more after them."""
    out: list[str] = []
    for phone in phones:
        chance = random.random()
        if chance < rate * 0.3:
            continue
        if chance < rate * 0.8:
            out.append(random.choice(HEARD))
            continue
        out.append(phone)
        if chance > 1 - rate * 0.2:
            out.append(random.choice(HEARD))
    return out


def split_words(held_out: int, seed: int, known: Sequence[str] = ()) -> tuple[list[Word], list[str]]:
    """-> words to learn, words held out: the `known` ones, else `held_out` many drawn with `seed`"""
    every = sorted(first_forms().items())
    kept = list(known) or [word for word, _ in random.Random(seed).sample(every, held_out)]
    passed_over = set(kept)
    return [word for word in every if word[0] not in passed_over], kept


def sentence_rows(utterances: Sequence[Utterance], spell: bool, held_out: Collection[str]) -> list[Row]:
    """Every other time a text comes again it is passed over; one with a word of `held_out` always."""
    rows: list[Row] = []
    seen: set[str] = set()
    hidden = frozenset(held_out)
    for said in utterances:
        if not hidden.isdisjoint(words(said.text)) or (said.text in seen and random.random() < 0.5):
            continue
        seen.add(said.text)
        for _ in range(SPELT_TWICE if spell else 1):
            rows.append(pair(said.text, said.phones, spell, SENTENCE_NOISE))
    return rows


def word_rows(among: Sequence[Word], count: int, spell: bool) -> list[Row]:
    """One to three words and a full stop."""
    rows = []
    for _ in range(count):
        group = random.sample(among, random.choice(GROUPS))
        phones = [phone for _, said in group for phone in (SPACE, *said)][1:]
        rows.append(pair(" ".join(word for word, _ in group) + ".", [*phones, "."], spell, WORD_NOISE))
    return rows


def pair(text: str, phones: Sequence[str], spell: bool, noise: Sequence[float]) -> Row:
    if spell:
        return spell_row(disturbed(phones, random.choice(noise)), letters(text))
    return say_as_row(letters(text), phones)
