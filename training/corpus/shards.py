"""How speech lies on disk: shards of three files that grow together.

    shard-00.pcm     int16, 24 kHz, utterances end to end
    shard-00.f0      float16, Hz, two values a frame, 0 where unvoiced
    shard-00.jsonl   a line an utterance: what was said, by whom, frames of each phone, where it starts (frames)

A line of `.jsonl` is written last, so all that it lists is there; what was half written when a run was stopped is cut off.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from training.corpus.lines import Line
from training.corpus.teachers.teacher import FRAME, PITCHES, Speech

FRAME_BYTES, PITCH_BYTES = FRAME * 2, PITCHES * 2


@dataclass
class Recording:
    """A row of `.jsonl`, with its sound (600 T,) int16 and pitch (2 T,) float16 mapped from disk."""

    row: dict[str, Any]
    sound: np.ndarray
    f0_hz: np.ndarray

    @property
    def frames(self) -> int:
        return self.row["frames"]


def shard_rows(file: Path) -> tuple[list[dict[str, Any]], int]:
    """-> the rows of one `.jsonl`, without a last line that is torn; how many bytes they are"""
    whole = [line for line in file.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
    return [json.loads(line) for line in whole], sum(map(len, whole))


class ShardWriter:
    """Goes on where an earlier writer stopped: `done` holds the ids that are there."""

    def __init__(self, folder: Path, number: int):
        folder.mkdir(parents=True, exist_ok=True)
        base = folder / f"shard-{number:02}"
        self.files = {kind: base.with_suffix(kind) for kind in (".pcm", ".f0", ".jsonl")}
        rows, size = shard_rows(self.files[".jsonl"]) if self.files[".jsonl"].exists() else ([], 0)
        self.done = {row["id"] for row in rows}
        self.frames = sum(row["frames"] for row in rows)
        sizes = {".pcm": self.frames * FRAME_BYTES, ".f0": self.frames * PITCH_BYTES, ".jsonl": size}
        self.streams: dict[str, BinaryIO] = {}
        for kind, file in self.files.items():
            stream = file.open("ab")
            stream.truncate(sizes[kind])
            self.streams[kind] = stream

    def add(self, line: Line, speech: Speech) -> None:
        row = {
            **asdict(line),
            "lead": speech.lead,
            "dur": speech.durations,
            "tail": speech.tail,
            "frames": speech.frames,
            "start": self.frames,
        }
        parts = {
            ".pcm": np.rint(speech.sound * 32767).astype("<i2").tobytes(),
            ".f0": speech.f0_hz.astype("<f2").tobytes(),
            ".jsonl": json.dumps(row).encode() + b"\n",
        }
        for kind, data in parts.items():
            self.streams[kind].write(data)
            self.streams[kind].flush()
        self.frames += speech.frames
        self.done.add(line.id)

    def close(self) -> None:
        for stream in self.streams.values():
            stream.close()


def corpus_files(folder: Path) -> list[Path]:
    files = sorted(file for file in folder.glob("shard-*") if file.suffix in (".pcm", ".f0", ".jsonl"))
    if not files:
        raise FileNotFoundError(f"no corpus in {folder}: run training.corpus first")
    return files


def read_shard(listed: Path) -> Iterator[Recording]:
    """The utterances of one `.jsonl`."""
    rows, _ = shard_rows(listed)
    if not rows:
        return
    sound = np.memmap(listed.with_suffix(".pcm"), "<i2", "r")
    f0_hz = np.memmap(listed.with_suffix(".f0"), "<f2", "r")
    for row in rows:
        start, end = row["start"], row["start"] + row["frames"]
        yield Recording(row, sound[start * FRAME : end * FRAME], f0_hz[start * PITCHES : end * PITCHES])


def read_corpus(folder: Path) -> Iterator[Recording]:
    """Every utterance of every shard, in order of shard."""
    for file in corpus_files(folder):
        if file.suffix == ".jsonl":
            yield from read_shard(file)
