"""Units files as utterances: `*.npz` (codes, voices) with `*.jsonl.gz` and, where they were asked for, `*.features.npy`
beside, as training.encode writes them and as the reference holds them. A file without voices is for listening only.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.grammar.rows import Utterance

MOST_FRAMES = 520  # longer utterances are left out


def units_files(file: Path) -> list[Path]:
    """A units file or a folder of them -> the `.npz` files. @raises FileNotFoundError"""
    found = sorted(file.glob("*.npz")) if file.is_dir() else [file] if file.exists() else []
    if not found:
        raise FileNotFoundError(f"no units in {file}: run training.encode first")
    return found


def with_rows(files: Sequence[Path]) -> list[Path]:
    """All files that belong to these, to be hashed."""
    parts = [part for file in files for part in (file, file.with_suffix(".jsonl.gz"), features_file(file))]
    return [part for part in parts if part.exists()]


def features_file(file: Path) -> Path:
    """Whisper's features, (frames of all utterances, W) float16, that belong to a units file."""
    return file.with_suffix(".features.npy")


def read_units(file: Path) -> list[Utterance]:
    """Those that are whole and not too long."""
    arrays = np.load(file)
    codes, voices = arrays["codes"], arrays.get("voices")
    features = np.load(features_file(file), mmap_mode="r") if features_file(file).exists() else None
    found: list[Utterance] = []
    start = 0
    with gzip.open(file.with_suffix(".jsonl.gz"), "rt", encoding="utf8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            span = slice(start, start + row["frames"])
            said = Utterance(
                text=row["text"],
                phones=row["phones"],
                lead=row["lead"],
                durations=row["dur"],
                tail=row["tail"],
                units=codes[span],
                voice=np.empty(0, np.float32) if voices is None else voices[number].astype(np.float32),
                voices=[(name, share) for name, share in row.get("voices", ())],
                split=row["split"],
                features=None if features is None else features[span],
            )
            start += row["frames"]
            if said.fits and 0 < len(said.units) < MOST_FRAMES:
                found.append(said)
    return found


def mean_voices(utterances: Sequence[Utterance]) -> dict[str, np.ndarray]:
    """Name -> mean vector (dims,) of what that voice alone says in training"""
    heard: dict[str, list[np.ndarray]] = defaultdict(list)
    for said in utterances:
        if len(said.voices) == 1 and said.split == "train":
            heard[said.voices[0][0]].append(said.voice)
    return {name: np.mean(vectors, 0) for name, vectors in sorted(heard.items())}
