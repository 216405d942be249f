"""What listening is tested on is nothing that it was tuned to."""

import pytest

from training.evaluate.report import SETS
from training.listen_sets import choose, text_of
from training.paths import LISTEN_SETS, REFERENCE

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
