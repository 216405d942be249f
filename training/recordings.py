"""Sets of recordings to tune and test listening on: WAV files and transcripts.json {file: text}, in folders of the cache."""

import json
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np

from training.paths import LISTEN_SETS

LEAST_WORDS = 4  # of what is said


def write_wav(path: Path, samples: np.ndarray, rate_hz: int) -> None:
    """samples (time,) int16, mono"""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(samples.astype("<i2").tobytes())


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
