"""Sets of recordings to tune and test listening on: WAV files and transcripts.json {file: text}, in folders of the cache."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from training.paths import LISTEN_SETS

LEAST_WORDS = 4  # of what is said


def write_wav(path: Path, samples: np.ndarray, rate_hz: int) -> None:
    """samples (time,) in 16 bits, mono; what lies between two values is cut off"""
    soundfile.write(path, samples.astype(np.int16), rate_hz)


def write_set(name: str, texts: list[str], read: Callable[[str, Path], None]) -> None:
    """`name` as "tune/teacher"; one file a text, in order; others that were there go."""
    folder = LISTEN_SETS / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.wav"):
        old.unlink()
    transcripts = {f"{number:03}.wav": text for number, text in enumerate(texts)}
    for file, text in transcripts.items():
        read(text, folder / file)
    (folder / "transcripts.json").write_text(json.dumps(transcripts, indent=1) + "\n", encoding="utf8")
    print(f"{name}: {len(texts)} files")
