"""The named voices: their vectors from the LM's checkpoint and one honest line each.

Where a voice comes from is the teacher's (Kokoro's) prefix: language, then f or m. All speak English. The pitch is measured:
the corpus's first utterances of that voice alone, decoded with its vector, mean F0 over the voiced frames. (One fixed
stretch of units in all voices would not do: the units carry most of the pitch, the vector only shifts it.)
"""

from typing import Any

import numpy as np
import torch

from training.checkpoints import Trained
from training.models.codec import Decoder
from training.models.fsq import FSQ

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
ROUND_HZ = 5


def mean_pitch_hz(decoder: Decoder, fsq: FSQ, vector: list[float], spoken: list[np.ndarray]) -> float | None:
    """Mean F0 of the voiced frames when `decoder` says these units in this voice; None where nothing is voiced"""
    voice = torch.tensor([vector])
    voiced_hz = [torch.empty(0)]
    for units in spoken:
        controls = decoder(fsq.values(torch.tensor(units.astype(np.int64))[None]), voice)[0]
        voiced_hz.append(controls[controls[:, 1] > 0, 0].exp())
    hz = torch.cat(voiced_hz)
    return float(hz.mean()) if len(hz) > 0 else None


def describe(name: str, pitch_hz: float | None) -> str:
    """`af_heart` -> "American woman, about 200 Hz"; of another teacher's voice only the pitch is known"""
    pitch = "" if pitch_hz is None else f"about {round(pitch_hz / ROUND_HZ) * ROUND_HZ} Hz"
    person = ""
    if name[2:3] == "_" and name[0] in LANGUAGES:
        person = f"{LANGUAGES[name[0]]} {'woman' if name[1] == 'f' else 'man'}"
    return ", ".join(part for part in (person, pitch) if part) or name


def named_voices(trained: Trained) -> dict[str, dict[str, Any]]:
    """Name -> {vector: 32 numbers, description}"""
    decoder, fsq = trained.networks["decoder"][0], FSQ(trained.codec.levels)
    return {
        name: {
            "vector": vector,
            "description": describe(name, mean_pitch_hz(decoder, fsq, vector, trained.spoken.get(name, []))),
        }
        for name, vector in trained.language["voices"].items()
    }
