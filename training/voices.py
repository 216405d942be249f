"""The named voices: their vectors from the LM's checkpoint and one honest line each.

Where a voice comes from is the teacher's (Kokoro's) prefix: language, then f or m. The pitch is measured: one fixed stretch
of units, decoded in that voice, mean F0 over its voiced frames. The units themselves carry some pitch, so it is "about".
"""

from typing import Any

import numpy as np
import torch

from training.checkpoints import information
from training.models.codec import Decoder
from training.paths import REFERENCE

LANGUAGES = {
    "a": "American",
    "b": "British",
    "e": "Spanish",
    "f": "French",
    "h": "Hindi",
    "i": "Italian",
    "j": "Japanese",
    "p": "Brazilian",
    "z": "Chinese",
}
PITCH_UNITS = 2000  # 50 s, the first utterances of units.npz
LEVELS, DIGITS = 4, 5


def fsq_values(units: np.ndarray) -> np.ndarray:
    """Integers (T,) -> values (T, 5) in -1..1, least significant digit first."""
    digits = units[:, None].astype(np.int64) // LEVELS ** np.arange(DIGITS) % LEVELS
    return (digits / ((LEVELS - 1) / 2) - 1).astype(np.float32)


def mean_pitch_hz(decoder: Decoder, vector: list[float], values: torch.Tensor) -> float:
    """values (1, T, 5) -> mean F0 of the voiced frames in this voice"""
    controls = decoder(values, torch.tensor([vector]))[0]
    voiced = controls[:, 1] > 0
    return float(controls[voiced, 0].exp().mean())


def named_voices(decoder: Decoder) -> dict[str, dict[str, Any]]:
    """Name -> {vector: 32 numbers, description}"""
    units = np.load(REFERENCE / "units.npz")["codes"][:PITCH_UNITS]
    values = torch.tensor(fsq_values(units))[None]
    voices = {}
    for name, vector in information("lm")["voices"].items():
        person = "woman" if name[1] == "f" else "man"
        pitch = round(mean_pitch_hz(decoder, vector, values) / 5) * 5
        voices[name] = {"vector": vector, "description": f"{LANGUAGES[name[0]]} {person}, about {pitch} Hz"}
    return voices
