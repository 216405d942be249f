"""Units files: what was said, as integers. For each `units-00.npz` (codes uint16, all utterances end to end; voices float16, a row
each), `units-00.jsonl.gz` beside it (a line an utterance: text, phones, frames of each) and, where they were asked for,
`units-00.features.npy` (Whisper's features of every frame, float16). The reference's are alike. A file without voices is for
listening only. T frames of 25 ms, W wide features.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from training.grammar.rows import Utterance
from training.stage.replacing import replacing

MOST_FRAMES = 520  # longer utterances are left out


@dataclass(frozen=True)
class Stored:
    """row: a line of the `.jsonl.gz`; units (T,) uint16; voice (dims,) as it is stored; features (T, W)"""

    row: dict[str, Any]
    units: np.ndarray
    voice: np.ndarray | None = None
    features: np.ndarray | None = None


def units_files(*given: Path) -> list[Path]:
    """Units files, or folders of them -> the `.npz` files. @raises FileNotFoundError"""
    found: list[Path] = []
    for file in given:
        here = sorted(file.glob("*.npz")) if file.is_dir() else [file] if file.exists() else []
        if not here:
            raise FileNotFoundError(f"no units in {file}: run training.encode first")
        found += here
    return found


def rows_file(file: Path) -> Path:
    return file.with_suffix(".jsonl.gz")


def features_file(file: Path) -> Path:
    return file.with_suffix(".features.npy")


def with_rows(files: Sequence[Path]) -> list[Path]:
    """All files that belong to these, to be hashed."""
    parts = [part for file in files for part in (file, rows_file(file), features_file(file))]
    return [part for part in parts if part.exists()]


def stored(file: Path) -> Iterator[Stored]:
    """Every utterance of a file, in order."""
    arrays = np.load(file)
    codes, voices = arrays["codes"], arrays.get("voices")
    features = np.load(features_file(file), mmap_mode="r") if features_file(file).exists() else None
    start = 0
    with gzip.open(rows_file(file), "rt", encoding="utf8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            span = slice(start, start + row["frames"])
            yield Stored(
                row,
                codes[span],
                None if voices is None else voices[number],
                None if features is None else features[span],
            )
            start += row["frames"]


def read_units(*files: Path) -> list[Utterance]:
    """Those that are whole and not too long."""
    found = (utterance(one) for file in files for one in stored(file))
    return [said for said in found if said.fits and 0 < len(said.units) < MOST_FRAMES]


def utterance(one: Stored) -> Utterance:
    row = one.row
    return Utterance(
        text=row["text"],
        phones=row["phones"],
        lead=row["lead"],
        durations=row["dur"],
        tail=row["tail"],
        units=one.units,
        voice=np.empty(0, np.float32) if one.voice is None else one.voice.astype(np.float32),
        voices=[(name, share) for name, share in row.get("voices", ())],
        split=row["split"],
        features=one.features,
    )


def write_stored(target: Path, made: Sequence[Stored]) -> None:
    """The `.npz` comes last: where it is, the file is complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    features = [one.features for one in made if one.features is not None]
    if features:
        np.save(features_file(target), np.concatenate(features))
    lines = "".join(json.dumps(one.row) + "\n" for one in made)
    rows_file(target).write_bytes(gzip.compress(lines.encode(), mtime=0))
    codes = np.concatenate([np.empty(0, np.uint16), *(one.units for one in made)])
    voices = [one.voice for one in made if one.voice is not None]
    with replacing(target) as beside, beside.open("wb") as arrays:
        np.savez(arrays, codes=codes, voices=np.stack(voices) if voices else np.empty((0, 0)))


def write_units(target: Path, utterances: Iterable[Utterance]) -> None:
    """As `read_units` reads them."""
    write_stored(target, [Stored(row_of(said), said.units, said.voice, said.features) for said in utterances])


def row_of(said: Utterance) -> dict[str, Any]:
    return {
        "text": said.text,
        "phones": said.phones,
        "voices": said.voices,
        "split": said.split,
        "lead": said.lead,
        "dur": said.durations,
        "tail": said.tail,
        "frames": len(said.units),
    }
