"""Makes the speech that listening is tuned and tested on: `python -m training.listen_sets`. Nothing of it is shipped.

    .cache/listen/tune/SET/*.wav   .cache/listen/test/SET/*.wav   each SET with transcripts.json {file: text}

Test: 100 sentences (60 of the corpus' split test_text, 40 of our own with invented words among them), read by flite's rms,
slt and awb and by Pico's British voice; and the split test_text in voices that training knows (teacher's units decoded again
by our codec). Tune: other sentences and other voices: the split test_voice, decoded likewise, and sentences of test_text that
the test lacks, read by flite's kal16 and Pico's American voice. Wants Debian's `flite` on the path and PyPI's `py-nanotts`.
"""

import gzip
import json
import random
import subprocess
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import py_nanotts
import torch

from training.paths import LISTEN_SENTENCES, LISTEN_SETS, REFERENCE
from training.prototype import pipeline

TEST_CORPUS, TUNE_READ, TEACHER = 60, 60, 150
LEAST_WORDS = 4
PICO_VOLUME = 0.5  # of full scale: at 1 it clips


def rows(split: str) -> list[dict[str, Any]]:
    """Rows of `units.npz` in one split, each with `units` (frames,) and `voice` (32,)."""
    arrays = dict(np.load(REFERENCE / "units.npz"))
    found, start = [], 0
    with gzip.open(REFERENCE / "units.jsonl.gz", "rt", encoding="utf8") as lines:
        for index, line in enumerate(lines):
            row = json.loads(line)
            if row["split"] == split:
                row["units"] = arrays["codes"][start : start + row["frames"]]
                row["voice"] = arrays["voices"][index]
                found.append(row)
            start += row["frames"]
    return [row for row in found if len(row["text"].split()) >= LEAST_WORDS]


def write_wav(path: Path, samples: np.ndarray, rate_hz: int) -> None:
    """samples (time,) int16, mono"""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(samples.astype("<i2").tobytes())


def flite(voice: str) -> Callable[[str, Path], None]:
    return lambda text, path: subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True) and None


def pico(voice: str) -> Callable[[str, Path], None]:
    engine = py_nanotts.NanoTTS()

    def read(text: str, path: Path) -> None:
        pcm = engine.speak(text, voice=voice, volume=PICO_VOLUME)
        write_wav(path, np.frombuffer(pcm, "<i2"), 16000)

    return read


def write_set(name: str, texts: list[str], read: Callable[[str, Path], None]) -> None:
    """`name` as "tune/teacher"; one file a text, in order."""
    folder = LISTEN_SETS / name
    folder.mkdir(parents=True, exist_ok=True)
    transcripts = {f"{number:03}.wav": text for number, text in enumerate(texts)}
    for file, text in transcripts.items():
        read(text, folder / file)
    (folder / "transcripts.json").write_text(json.dumps(transcripts, indent=1) + "\n", encoding="utf8")
    print(f"{name}: {len(texts)} files")


def write_teacher_set(name: str, chosen: list[dict[str, Any]]) -> None:
    """The teacher's units through our decoder, in the voice that they were spoken in."""
    codec = pipeline().codec
    by_text = {row["text"]: row for row in chosen}

    def read(text: str, path: Path) -> None:
        row = by_text[text]
        units = torch.tensor(row["units"].astype(np.int64))[None]
        voice = torch.tensor(row["voice"].astype(np.float32))[None]
        with torch.inference_mode():
            samples = codec.decode(units, voice)[0][0].numpy()
        write_wav(path, np.clip(samples, -1, 1) * 32767, 24000)

    write_set(name, list(by_text), read)


def main() -> None:
    own: list[str] = json.loads(LISTEN_SENTENCES.read_text(encoding="utf8"))["everyday"]
    held_out = sorted({row["text"] for row in rows("test_text")})
    random.Random(9).shuffle(held_out)
    test = held_out[:TEST_CORPUS] + own
    tune = held_out[TEST_CORPUS : TEST_CORPUS + 2 * TUNE_READ]
    for voice in ("rms", "slt", "awb"):
        write_set(f"test/flite-{voice}", test, flite(voice))
    write_set("test/pico-gb", test, pico("en-GB"))
    write_set("tune/flite-kal16", tune[:TUNE_READ], flite("kal16"))
    write_set("tune/pico-us", tune[TUNE_READ:], pico("en-US"))
    write_teacher_set("test/teacher", rows("test_text")[:TEACHER])
    write_teacher_set("tune/teacher", rows("test_voice")[:TEACHER])


if __name__ == "__main__":
    main()
