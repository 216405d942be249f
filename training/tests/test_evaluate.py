"""The report: rates with intervals, and every part that can't be measured named with its reason."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from training.evaluate.converge import Converge
from training.evaluate.evaluate import EvaluateConfig, listening_part
from training.evaluate.judges import Recogniser, transcribe
from training.evaluate.not_measured import NotMeasured
from training.evaluate.rates import Clip, compared, pooled, summed, words_compared
from training.evaluate.report import Report
from training.evaluate.resynthesis import resynthesised
from training.evaluate.speaking import held_out, spread
from training.paths import ROOT
from training.program import run_program
from training.text.words import words


def test_edits_are_counted_and_spacing_is_no_error() -> None:
    assert words_compared(words("the cat sat"), words("The cat sits.")) == Clip(1, 3)
    assert words_compared(words("every day"), words("everyday")) == Clip(0, 1)
    assert words_compared([], words("a b")) == Clip(2, 2)


def test_two_phones_for_one_are_an_error() -> None:
    assert compared(["S", "IH", "N", "G"], ["S", "IH", "NG"]) == Clip(2, 3)


def test_a_recording_judged_twice_is_one_clip() -> None:
    clips = [Clip(1, 4), Clip(0, 2), Clip(3, 4)]
    assert summed(["one", "two", "one"], clips) == [Clip(4, 8), Clip(0, 2)]
    assert pooled(summed(["one", "two", "one"], clips)).rate == pooled(clips).rate


def test_no_clips_have_no_rate() -> None:
    with pytest.raises(NotMeasured, match="no clip"):
        pooled([])


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


HEARD = {
    "files": [{"text": "the cat", "phones": [{"phone": "DH"}, {"phone": "AH0"}], "units": []}],
    "units": [1, 2],
    "voice": [0.5],
}


@dataclass
class Asked:
    """Models, a program and a recording, all of a few bytes; what was asked of the program"""

    converge: Converge
    clips: Path
    commands: list[tuple[str, ...]]

    def clip(self) -> Path:
        return self.clips / "one.wav"


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    for name in ("models", "src", "clips"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.wav").write_bytes(b"a")
    (tmp_path / "clips" / "transcripts.json").write_text(json.dumps({"one.wav": "The cat."}), encoding="utf8")
    commands: list[tuple[str, ...]] = []

    def printed(self: Converge, *arguments: str) -> str:
        commands.append(arguments)
        if "--out" in arguments:
            Path(arguments[arguments.index("--out") + 1]).write_bytes(b"sound")
        return json.dumps(HEARD)

    monkeypatch.setattr(Converge, "printed", printed)
    return Asked(Converge(tmp_path / "models", tmp_path / "kept", (tmp_path / "src",)), tmp_path / "clips", commands)


def test_an_answer_is_kept_as_long_as_models_program_and_recordings_are_the_same(asked: Asked) -> None:
    def listen() -> int:
        replace(asked.converge).listen([asked.clip()], "whisper")
        return len(asked.commands)

    assert listen() == listen() == 1
    for count, changed in enumerate((asked.converge.models, asked.converge.sources[0], asked.clips), start=2):
        (changed / "one.wav").write_bytes(b"b")
        assert listen() == listen() == count
    (asked.converge.sources[0] / "one.test.ts").write_bytes(b"a test is no part of the program")
    assert listen() == 4


def test_a_sound_is_kept_with_its_answer(asked: Asked) -> None:
    _, file = asked.converge.say("The cat.", "one", 0.7, 1)
    assert asked.converge.say("The cat.", "one", 0.7, 1)[1] == file and file.read_bytes() == b"sound"
    assert len(asked.commands) == 1 and asked.converge.say("The cat.", "one", 0.7, 2)[1] != file
    file.unlink()
    asked.converge.say("The cat.", "one", 0.7, 1)
    assert asked.converge.decode([1, 2], [0.5]) == asked.converge.decode([1, 2], [0.5])
    assert len(asked.commands) == 4 and not list(asked.converge.kept.glob("*.part"))


def test_a_recording_is_decoded_again_with_every_noise_and_kept(asked: Asked) -> None:
    found = resynthesised(asked.converge, asked.clips, "mel", 3)
    assert found.texts == ["The cat."] * 3 and len(set(found.files)) == 3
    seeds = [command[command.index("--seed") + 1] for command in asked.commands[1:]]
    assert seeds == ["1", "2", "3"]
    assert resynthesised(asked.converge, asked.clips, "mel", 3) == found and len(asked.commands) == 4
    with pytest.raises(NotMeasured, match="is missing"):
        resynthesised(asked.converge, asked.clips / "none", "mel", 3)


def test_a_command_that_fails_is_not_measured_and_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.evaluate.converge.shutil.which", lambda name: None)
    (tmp_path / "models").mkdir()
    converge = Converge(tmp_path / "models", tmp_path / "kept", ())
    with pytest.raises(NotMeasured, match="npm ci"):
        converge.run("doctor")
    monkeypatch.undo()
    monkeypatch.setattr("training.evaluate.converge.run_program", lambda *_: run_program(["false"]))
    with pytest.raises(NotMeasured, match="doctor: false failed" if (ROOT / "node_modules" / "tsx").exists() else "npm ci"):
        converge.run("doctor")
    assert not (tmp_path / "kept").exists() or not list((tmp_path / "kept").glob("*.json"))


def test_clips_that_the_dictionary_cannot_read_are_counted(asked: Asked) -> None:
    texts = {"one.wav": "The qwrtx."}
    (asked.clips / "transcripts.json").write_text(json.dumps(texts), encoding="utf8")
    report = Report("test")
    listening_part(report, asked.converge, EvaluateConfig(asked.clips), "set", asked.clips, "whisper")
    phones, unread, spelt = report.lines[-3:]
    assert "not measured, there is no clip" in phones and unread.endswith(": 1") and "50.0%" in spelt


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
