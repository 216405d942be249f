"""Corpora: whole, aligned, resumable, and clear about a teacher that is not there."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.corpus.lines import Line, read_lines
from training.corpus.make import CorpusConfig, make_corpus
from training.corpus.match import match_times, warp_frames
from training.corpus.pitch import track_pitch
from training.corpus.shards import ShardWriter, read_corpus
from training.corpus.teachers import TeacherAbsent, open_teacher
from training.program import run_program
from training.sound.channel import through_channel


def test_every_row_is_whole(corpus: Path) -> None:
    recordings = list(read_corpus(corpus))
    assert len(recordings) == 12
    for one in recordings:
        row = one.row
        assert row["lead"] + sum(row["dur"]) + row["tail"] == row["frames"]
        assert len(one.sound) == row["frames"] * 600 and len(one.f0_hz) == row["frames"] * 2
        assert np.abs(one.sound).max() > 3000


def test_a_torn_corpus_goes_on_where_it_was_torn(corpus: Path, texts: Path, tmp_path: Path) -> None:
    for file in corpus.glob("shard-*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    listed, sound = tmp_path / "shard-00.jsonl", tmp_path / "shard-00.pcm"
    lines = listed.read_bytes().splitlines(keepends=True)
    listed.write_bytes(b"".join(lines[:5]) + lines[5][:40])
    sound.write_bytes(sound.read_bytes()[:-1000])
    assert make_corpus(CorpusConfig((texts,), tmp_path, teacher="sine"))
    for kind in (".jsonl", ".pcm", ".f0"):
        assert (tmp_path / f"shard-00{kind}").read_bytes() == (corpus / f"shard-00{kind}").read_bytes()


@pytest.mark.parametrize("torn", [b"", b'{"id": 99, "fra', b'{"id": 99, "frames": 3}'])
def test_a_writer_cuts_what_is_torn_and_writes_no_row_again(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torn: bytes
) -> None:
    rows = (corpus / "shard-00.jsonl").read_bytes()
    listed = tmp_path / "shard-00.jsonl"
    listed.write_bytes(rows + torn)
    monkeypatch.delattr(Path, "write_bytes")  # a crash there would lose all rows
    monkeypatch.delattr(Path, "write_text")
    writer = ShardWriter(tmp_path, 0)
    writer.close()
    assert listed.read_bytes() == rows and len(writer.done) == 12


@pytest.mark.parametrize(("name", "program"), [("flite", "flite"), ("festival", "festival"), ("espeak", "espeak-ng")])
def test_a_synthesiser_reads_a_line_and_times_it(name: str, program: str) -> None:
    if shutil.which(program) is None or shutil.which("flite") is None:
        pytest.skip(f"{program} or flite is not here")
    teacher = open_teacher(name)
    phones = ["DH", "AH0", " ", "F", "AA1", "K", "S", " ", "R", "AE1", "N", "."]
    said = teacher.say(Line("0", "The fox ran.", phones, ((teacher.voices[0], 1.0),), 1.0, "train"))
    assert said.lead + sum(said.durations) + said.tail == len(said.sound) // 600 and len(said.durations) == len(phones)
    vowel = 600 * (said.lead + sum(said.durations[:4])), 600 * (said.lead + sum(said.durations[:5]))
    loud = np.sqrt((said.sound[slice(*vowel)] ** 2).mean())
    assert loud > np.sqrt((said.sound**2).mean())  # where the vowel is said to be, it is loud


def test_lines_carry_a_split_a_voice_and_a_speed(texts: Path) -> None:
    lines, unread = read_lines((texts,), ("one", "two"), seed=3)
    assert (len(lines), unread) == (12, 0)
    assert {line.voices[0][0] for line in lines} == {"one", "two"}
    assert lines == read_lines((texts,), ("one", "two"), seed=3)[0]


def test_mixtures_are_of_the_voices_asked_for_and_in_place_of_a_lines_own(tmp_path: Path) -> None:
    named = tmp_path / "named.jsonl"
    named.write_text('{"text": "The fox ran.", "voices": [["one", 1.0]]}\n' * 40, encoding="utf8")
    voices = ("one", "two", "three", "four")
    assert {line.voices for line in read_lines((named,), voices, seed=3)[0]} == {(("one", 1.0),)}
    mixed = [line.voices for line in read_lines((named,), voices, seed=3, mixed=0.5)[0]]
    assert {len(shares) for shares in mixed} == {1, 2, 3}
    for shares in mixed:
        assert sum(share for _, share in shares) == pytest.approx(1, abs=2e-4)  # four decimals each
        assert len({name for name, _ in shares}) == len(shares) and {name for name, _ in shares} <= set(voices)


def test_absent_teachers_say_what_they_lack(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(TeacherAbsent, match=r"finds no voices in .*kokoro-js"):
        open_teacher("kokoro", tmp_path)
    with pytest.raises(TeacherAbsent, match="no teacher 'nobody'"):
        open_teacher("nobody")
    with pytest.raises(ValueError, match="no voice alto"):
        make_corpus(CorpusConfig((texts,), tmp_path, teacher="sine", voices=("alto",)))


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(TeacherAbsent, match="apt-get install flite"):
        open_teacher("flite")


def failing(program: str, folder: Path) -> None:
    """A program of that name that ends with an error"""
    script = folder / program
    script.write_text("#!/bin/sh\necho no such voice >&2\nexit 1\n", encoding="utf8")
    script.chmod(0o755)


@pytest.mark.parametrize(("name", "program"), [("flite", "flite"), ("festival", "festival"), ("espeak", "espeak-ng")])
def test_a_synthesiser_that_fails_leaves_lines_out_and_says_why(
    name: str, program: str, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    for one in {program, "flite"}:
        failing(one, tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    config = CorpusConfig((texts,), tmp_path / "corpus", teacher=name)
    assert make_corpus(config)
    assert capsys.readouterr().out.count(f"left out: {program} failed: no such voice") == 12
    many = tmp_path / "many.txt"
    many.write_text(texts.read_text(encoding="utf8") * 2, encoding="utf8")
    with pytest.raises(ValueError, match=f"{program} failed: no such voice"):
        make_corpus(replace(config, texts=(many,), out=tmp_path / "broken"))


def test_a_terminals_stop_does_not_reach_a_program() -> None:
    told = run_program([sys.executable, "-c", "import os; print(os.getsid(0) == os.getpid())"])
    assert told.strip() == "True"


def test_the_pitch_that_a_teacher_tells_is_heard() -> None:
    line = Line(0, "the moon", ("DH", "AH0", " ", "M", "UW1", "N", "."), (("sine_high", 1.0),))
    said = open_teacher("sine").say(line)
    heard = track_pitch(said.sound)
    both = (heard > 0) & (said.f0_hz > 0)
    assert both.mean() > 0.3
    assert np.median(np.abs(np.log(heard[both] / said.f0_hz[both]))) < 0.02


def test_speed_shortens() -> None:
    line = Line(0, "the moon", ("DH", "AH0", " ", "M", "UW1", "N", "."), (("sine_low", 1.0),))
    teacher = open_teacher("sine")
    assert teacher.say(replace(line, speed=1.5)).frames < teacher.say(line).frames


def test_times_pass_from_found_to_wanted_phones() -> None:
    assert match_times(["A", "B", "C"], ["A", "B", "C"], [1, 2, 3]) == [1, 2, 3]
    assert match_times(["A", "B", "C"], ["A", "C"], [1, 3]) == [1, 1, 3]
    assert match_times(["A", "X", "C"], ["A", "B", "C"], [1, 2, 3]) == [1, 2, 3]


def test_warping_undoes_a_change_of_speed() -> None:
    draw = np.random.default_rng(1)
    guide = np.repeat(draw.normal(0, 1, (12, 20)), 5, 0) + draw.normal(0, 0.01, (60, 20))
    heard = warp_frames(guide, np.repeat(guide, 2, 0))
    assert np.abs(heard - 2 * np.arange(60)).max() <= 10
    assert (np.diff(heard) >= 0).all()


def test_a_channel_keeps_the_time_and_follows_its_generator() -> None:
    sound = np.sin(np.arange(8000) / 20).astype(np.float32)
    first, second = (through_channel(sound, np.random.default_rng(5)) for _ in range(2))
    assert len(first) == len(sound) and np.array_equal(first, second)
    assert not np.array_equal(first, through_channel(sound, np.random.default_rng(6)))
