"""Texts read as the corpus was read."""

import json
import lzma
from itertools import islice

import pytest

from training.paths import CORPUS
from training.text.espeak import espeak_symbols
from training.text.kokoro import symbols
from training.text.phones import text_phones


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("The cat.", "DH AH0 _ K AE1 T ."),
        ("an apple, please", "AH0 N _ AE1 P AH0 L , _ P L IY1 Z ."),
        ("the end?", "DH IY0 _ EH1 N D ?"),
        ("I use it", "AY2 _ Y UW1 Z _ IH0 T ."),
        ("a use", "AH0 _ Y UW1 S ."),
        ("he has read", "HH IY0 _ HH AE0 Z _ R EH1 D ."),
        ("foxes' houses", "F AA1 K S AH0 Z _ HH AW1 S AH0 Z ."),
        ("Is it?!", "IH0 Z _ IH0 T !"),
    ],
)
def test_known_readings(text: str, phones: str) -> None:
    assert " ".join("_" if phone == " " else phone for phone in text_phones(text) or []) == phones


@pytest.mark.parametrize("text", ["", "...", "room 12", "qwrtx", "50 %"])
def test_what_cannot_be_read_is_left_out(text: str) -> None:
    assert text_phones(text) is None


def test_the_teachers_symbols() -> None:
    assert "".join(symbols("W AO1 T ER0".split())) == "wˈɔɾəɹ"
    assert "".join(symbols("B AH1 T AH0 N".split())) == "bˈʌtᵊn"
    assert symbols(["AH0", " ", "K", "AE1", "T", "."]) == ["ɐ", " ", "k", "ˈæ", "t", "."]


def test_espeaks_symbols() -> None:
    assert espeak_symbols("W AO1 T ER0".split()) == ["w", "ˈɔː", "ɾ", "ɚ"]
    assert espeak_symbols("HH AE1 P IY0".split()) == ["h", "ˈæ", "p", "i"]
    assert espeak_symbols("CH OY1 S .".split()) == ["tʃ", "ˈɔɪ", "s", "."]


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of the shipped models is not here")
def test_the_corpus_of_the_shipped_models_is_read_as_it_was() -> None:
    with lzma.open(CORPUS, "rt", encoding="utf8") as lines:
        for row in map(json.loads, islice(lines, 2000)):
            assert text_phones(row["text"]) == row["phones"]
