"""The report: rates with intervals, and every part that can't be measured named with its reason."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from training.evaluate.converge import NotMeasured
from training.evaluate.judges import Recogniser, transcribe
from training.evaluate.rates import Clip, compared, pooled
from training.evaluate.report import Report
from training.evaluate.speaking import held_out, spread
from training.text.words import words


def test_edits_are_counted_and_spacing_is_no_error() -> None:
    assert compared(words("the cat sat"), words("The cat sits.")) == Clip(1, 3)
    assert compared(words("every day"), words("everyday")) == Clip(0, 1)
    assert compared([], words("a b")) == Clip(2, 2)


def test_an_interval_holds_the_rate_and_shrinks_with_more_clips() -> None:
    clips = [Clip(i % 3, 10) for i in range(12)]
    few, many = pooled(clips), pooled(clips * 20)
    assert few.rate == many.rate == pytest.approx(0.1)
    assert few.low < few.rate < few.high
    assert many.high - many.low < (few.high - few.low) / 3


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    report = Report("test")
    report.measure("words", lambda: transcribe(None, []))
    report.measure("more words", lambda: transcribe(Recogniser(tmp_path / "none"), []))
    report.measure("takes", lambda: held_out(tmp_path / "units", ["af_heart"], 3))
    report.write(tmp_path)
    text = (tmp_path / "report.md").read_text(encoding="utf8")
    assert text.count("not measured") == 3 and "names no [recogniser]" in text and "run training.encode first" in text
    assert "not_measured" in json.loads((tmp_path / "report.json").read_text(encoding="utf8"))["words"]


def test_the_spread_of_pitch_is_measured_in_semitones(tmp_path: Path) -> None:
    time = np.arange(48000) / 24000
    octave = np.where(time < 1, 110.0, 220.0)
    soundfile.write(tmp_path / "x.wav", 0.3 * np.sin(2 * np.pi * np.cumsum(octave) / 24000), 24000)
    found = spread([tmp_path / "x.wav"], [[2, 4, 8]])
    assert found.pitch_semitones == pytest.approx(6, abs=0.3)
    assert found.frames_a_phone == pytest.approx(14 / 3)


def test_silence_has_no_pitch(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", np.zeros(24000), 24000)
    with pytest.raises(NotMeasured, match="has a pitch"):
        spread([tmp_path / "x.wav"], [[2]])
