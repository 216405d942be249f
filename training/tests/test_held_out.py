"""Words held out stand in nothing that spelling is learnt from, and only such are asked."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.evaluate.held_out_words import never_seen
from training.evaluate.not_measured import NotMeasured
from training.grammar.rows import Row, Utterance
from training.grammar.vocabulary import FIRST_LETTER, FIRST_UNIT, LETTERS
from training.lm.pairs import sentence_rows
from training.lm.train import speaking_tables
from training.units import write_units

HELD_OUT = ("mouse", "it's")


def said(text: str) -> Utterance:
    units = np.zeros(6, np.uint16)
    return Utterance(text, ["AH0", "."], 1, [2, 2], 1, units, np.zeros(16, np.float32), [("one", 1.0)])


SAID = [said("The mouse ran."), said("A cat’s nap."), said("It’s late."), said("MOUSE!"), said("Mice and cats.")]


def written(row: Row) -> str:
    return "".join(LETTERS[token - FIRST_LETTER] for token in row.tokens if FIRST_LETTER <= token < FIRST_UNIT)


@pytest.mark.parametrize("spell", [False, True])
def test_a_sentence_with_a_word_held_out_is_not_learnt_from(spell: bool) -> None:
    rows = sentence_rows(SAID, spell, HELD_OUT)
    assert {written(row) for row in rows} == {"a cats nap.", "mice and cats."}


def test_the_tables_of_spelling_hold_no_word_held_out() -> None:
    learnt = [("cat", ("K", "AE1", "T")), ("dog", ("D", "AO1", "G")), ("owl", ("AW1", "L"))]
    tables = speaking_tables(SAID, learnt, 2, 16, HELD_OUT)
    assert len(tables["speak"]) == 5  # no letters there
    assert len(tables["say_as"]) == 2 + 2 and len(tables["spell"]) == 2 * 2 + 2


def test_words_that_stand_in_what_was_learnt_from_are_not_asked(tmp_path: Path) -> None:
    file = tmp_path / "units-00.npz"
    write_units(file, [*SAID, replace(said("The rat."), split="test_text")])
    assert never_seen(["mouse", "rat", "it's", "cow"], [file]) == ["rat", "cow"]


def test_without_what_was_learnt_from_no_word_is_asked(tmp_path: Path) -> None:
    with pytest.raises(NotMeasured, match="no units in"):
        never_seen(["mouse"], [tmp_path / "none.npz"])
