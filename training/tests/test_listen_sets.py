"""What listening is tested on is nothing that it was tuned to."""

import tomllib

import pytest

from training.evaluate.evaluate import SETS
from training.listen_sets import choose, text_of
from training.paths import LISTEN_SETS, REFERENCE, ROOT

HELD_OUT_VOICES = {"af_nova", "am_onyx", "bf_lily", "bm_daniel"}


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference's units are not here")
def test_no_sentence_is_tuned_to_and_tested_on() -> None:
    sets = choose()
    tune = {*sets.tune_flite, *sets.tune_pico, *map(text_of, sets.tune_voices)}
    test = {*sets.test, *map(text_of, [*sets.test_texts, *sets.test_voices])}
    assert not tune & test
    assert [len(sets.test), len(sets.tune_flite), len(sets.tune_pico), len(sets.tune_voices)] == [100, 60, 60, 150]
    assert [len(sets.test_texts), len(sets.test_voices)] == [94, 62]
    assert {name for one in sets.test_voices for name, _ in one.row["voices"]} == HELD_OUT_VOICES


def test_the_report_measures_test_sets() -> None:
    assert not [folder for folder in SETS.values() if folder.is_relative_to(LISTEN_SETS / "tune")]


def test_no_teacher_reads_to_tuning_in_a_voice_that_is_held_out() -> None:
    configs = (ROOT / "training" / "configs" / "full").glob("*.toml")
    named = {voice for file in configs for voice in tomllib.loads(file.read_text("utf8")).get("voices", ())}
    assert "af_heart" in named
    assert not named & {*HELD_OUT_VOICES, "flite_rms", "flite_slt", "flite_awb", "pico_en-GB"}
