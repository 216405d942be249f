"""What listening learns from: histories with mistakes, joined utterances, times by the aligner's ear."""

import random
from pathlib import Path

import numpy as np
import pytest
import torch

from training.align.times import find_times
from training.align.train import AlignConfig, train_aligner
from training.encode.encode import EncodeConfig, encode_corpora
from training.grammar.rows import Utterance, listen_row
from training.grammar.vocabulary import FIRST_LETTER, FIRST_SOUND, FIRST_UNIT, LISTEN, PHONE_IDS
from training.lm.confusions import confusions
from training.lm.corrupt import corrupt_phones
from training.lm.heard import HeardTable, History, heard_row, joined
from training.lm.result import read_lm
from training.lm.tables import pack
from training.models.probe import sound_id
from training.tests.conftest import World, loop
from training.units import read_units, units_files

PERFECT = History(late=0.0, missed=0.0)


def utterance(phones: list[str], spans: list[int], voice: str = "one") -> Utterance:
    """spans: with the silences at both ends"""
    units = np.arange(sum(spans)) % 64
    return Utterance("", phones, spans[0], spans[1:-1], spans[-1], units, np.zeros(16, np.float32), [(voice, 1.0)])


SAID = utterance(["HH", "AY1", "."], [3, 4, 6, 5, 8])


def test_a_history_without_mistakes_is_the_plain_row() -> None:
    assert np.array_equal(pack(heard_row(SAID, PERFECT)), pack(listen_row(SAID)))


def test_a_late_sound_is_learnt_and_the_wait_for_it_is_not() -> None:
    random.seed(1)
    plain, late = listen_row(SAID), heard_row(SAID, History(late=1.0, missed=0.0))
    assert [token for token in late.tokens if token < FIRST_UNIT] == [token for token in plain.tokens if token < FIRST_UNIT]
    assert late.tokens.index(PHONE_IDS["HH"]) > plain.tokens.index(PHONE_IDS["HH"])
    waited = late.tokens.index(PHONE_IDS["HH"]) - plain.tokens.index(PHONE_IDS["HH"])
    assert len([place for place in late.passed_over if late.phone[place] == 0]) == waited
    assert pack(late)[3][late.tokens.index(PHONE_IDS["HH"])] == 1


def test_a_missed_sound_is_not_in_the_history_nor_held_against_the_model() -> None:
    row = heard_row(SAID, History(late=0.0, missed=1.0))
    assert [token for token in row.tokens[2:-1] if token < FIRST_UNIT] == [] and max(row.phone) == 0
    assert row.passed_over and all(row.tokens[place] >= FIRST_UNIT for place in row.passed_over)


def test_utterances_are_joined_without_loss() -> None:
    both = joined([SAID, utterance(["N", "OW1"], [2, 3, 5, 4])])
    assert both.fits and both.phones == ["HH", "AY1", ".", " ", "N", "OW1"]
    assert both.durations == [4, 6, 5 + 9, 1, 3, 5] and len(both.units) == 26 + 14


def test_a_table_joins_one_speaker_only_and_refuses_an_empty_source() -> None:
    random.seed(2)
    said = [utterance(["HH", "AY1", "."], [3, 4, 6, 5, length], voice) for length in range(4, 9) for voice in ("one", "two")]
    table = HeardTable({"a": said}, {"a": 1.0}, 16, History())
    for _ in range(20):
        batch = table.draw(300)
        assert batch.tokens[:, 1].eq(LISTEN).all() and batch.learnt.any()
    assert {mate.voices[0][0] for mate in table.mates("a", said[0], 4)} == {"one"}
    with pytest.raises(ValueError, match="nothing to hear from b"):
        HeardTable({"a": said, "b": []}, {"a": 1.0, "b": 1.0}, 16, History())


def test_a_phone_becomes_what_it_is_taken_for() -> None:
    weights = torch.zeros(FIRST_LETTER, FIRST_LETTER)
    weights[PHONE_IDS["D"], PHONE_IDS["T"]] = 1.0
    given = torch.tensor([[PHONE_IDS["D"], FIRST_UNIT + 3]])
    assert corrupt_phones(given, 1.0, weights).tolist() == [[PHONE_IDS["T"], FIRST_UNIT + 3]]
    assert given.tolist() == [[PHONE_IDS["D"], FIRST_UNIT + 3]]


def test_confusions_are_of_sounds_with_others(world: World) -> None:
    lm, _ = read_lm(world.lm)
    said = read_units(*units_files(world.units))
    table = HeardTable({"a": said}, {"a": 1.0}, lm.shape.voice, PERFECT)
    taken_for = confusions(lm, lambda: table.draw(400), 2)
    assert taken_for.diagonal().eq(0).all() and (taken_for[FIRST_SOUND:].sum(1) > 0).all()


def test_times_follow_the_likeliest_way() -> None:
    spans = [3, 4, 1, 6, 5, 2]
    phones = ["HH", "AY1", " ", "B"]
    path = [0, *(sound_id(phone) for phone in phones), 0]
    log_chances = np.full((sum(spans), 40), -5.0)
    log_chances[np.arange(sum(spans)), np.repeat(path, spans)] = -0.1
    times = find_times(log_chances, phones)
    assert times is not None and [times.lead, *times.durations, times.tail] == spans
    assert times.sure == pytest.approx(-0.1)
    assert find_times(log_chances[:5], phones) is None


def test_a_corpus_is_encoded_with_times_of_the_aligner_and_disturbed(world: World, tmp_path: Path) -> None:
    assert train_aligner(AlignConfig((world.units,), world.tokenizer, tmp_path / "aligner", loop(2), utterances=4, batch=2))
    config = EncodeConfig(
        (world.corpus,), world.tokenizer, tmp_path / "units", aligner=tmp_path / "aligner", left_out=0.3, disturbed=2
    )
    assert encode_corpora(config)
    found = read_units(*units_files(tmp_path / "units"))
    assert len(found) == 2 * 8 and all(said.fits for said in found)  # the surest 8 of 12, twice each
    assert len({said.text for said in found}) == 8
