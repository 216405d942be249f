"""The named voices: their vectors from the LM's checkpoint and one honest line each.

Where a voice comes from is the teacher's (Kokoro's) prefix: language, then f or m. All speak English. The pitch is measured:
the corpus's first utterances of that voice alone, decoded with its vector, mean F0 over the voiced frames. (One fixed
stretch of units in all voices would not do: the units carry most of the pitch, the vector only shifts it.)
"""

import gzip
import json
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
    "h": "Indian",
    "i": "Italian",
    "j": "Japanese",
    "p": "Brazilian",
    "z": "Chinese",
}
CORPORA = ("units", "units2")
UTTERANCES = 12  # of each voice, about 30 s
ROUND_HZ = 5
LEVELS, DIGITS = 4, 5


def fsq_values(units: np.ndarray) -> np.ndarray:
    """Integers (T,) -> values (T, 5) in -1..1, least significant digit first."""
    digits = units[:, None].astype(np.int64) // LEVELS ** np.arange(DIGITS) % LEVELS
    return (digits / ((LEVELS - 1) / 2) - 1).astype(np.float32)


def utterances() -> dict[str, list[np.ndarray]]:
    """Voice -> units (T,) of the first utterances that it speaks alone"""
    found: dict[str, list[np.ndarray]] = {}
    for corpus in CORPORA:
        codes = np.load(REFERENCE / f"{corpus}.npz")["codes"]
        start = 0
        with gzip.open(REFERENCE / f"{corpus}.jsonl.gz", "rt", encoding="utf8") as lines:
            for row in map(json.loads, lines):
                mine = found.setdefault(row["voices"][0][0], [])
                if len(row["voices"]) == 1 and len(mine) < UTTERANCES:
                    mine.append(codes[start : start + row["frames"]])
                start += row["frames"]
    return found


def mean_pitch_hz(decoder: Decoder, vector: list[float], spoken: list[np.ndarray]) -> float:
    """Mean F0 of the voiced frames when `decoder` says these units in this voice"""
    voice = torch.tensor([vector])
    voiced_hz = []
    for units in spoken:
        controls = decoder(torch.tensor(fsq_values(units))[None], voice)[0]
        voiced_hz.append(controls[controls[:, 1] > 0, 0].exp())
    return float(torch.cat(voiced_hz).mean())


def named_voices(decoder: Decoder) -> dict[str, dict[str, Any]]:
    """Name -> {vector: 32 numbers, description}"""
    spoken = utterances()
    voices = {}
    for name, vector in information("lm")["voices"].items():
        person = "woman" if name[1] == "f" else "man"
        pitch = round(mean_pitch_hz(decoder, vector, spoken[name]) / ROUND_HZ) * ROUND_HZ
        voices[name] = {"vector": vector, "description": f"{LANGUAGES[name[0]]} {person}, about {pitch} Hz"}
    return voices
