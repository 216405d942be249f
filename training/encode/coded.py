"""A sound to what the networks learn from: units, or, where the adapter itself is to be tuned, Whisper's features of the sound
as it arrived, with the units of the sound as it was sent: what the adapter should have heard.

Sound is 24 kHz, (600 T,); T frames of 25 ms; features W wide.
"""

from dataclasses import dataclass

import numpy as np
import torch

from training.corpus.teachers.teacher import FRAME
from training.sound.rates import to_16k
from training.tokenizer.parts import Front, Parts

LEAST_SAMPLES = 3000  # that the mel's window wants


@dataclass(frozen=True)
class Coded:
    """codes (T,) uint16; features (T, W) float16, where they were asked for"""

    codes: np.ndarray
    features: np.ndarray | None = None


def coded(parts: Parts, front: Front, sent: np.ndarray, arrived: np.ndarray, keep_features: bool) -> Coded:
    """sent, arrived (600 T,): the same sound before and after its channel; front: which tokenizer gives the codes"""
    frames = len(sent) // FRAME
    codes = encoded(parts, front, sent if keep_features else arrived)[:frames]
    if not keep_features:
        return Coded(codes)
    with torch.inference_mode():
        features = parts.frame_features(torch.from_numpy(to_16k(filled(arrived)))[None].to(parts.device), frames)[0]
    return Coded(codes, features.cpu().numpy().astype(np.float16))


def encoded(parts: Parts, front: Front, sound: np.ndarray) -> np.ndarray:
    """-> codes, (T,) or more, uint16"""
    sound = filled(sound)
    with torch.inference_mode():
        both = (torch.from_numpy(rate)[None].to(parts.device) for rate in (sound, to_16k(sound)))
        codes = parts.encode(*both, front)[0]
    return codes.cpu().numpy().astype(np.uint16)


def filled(sound: np.ndarray) -> np.ndarray:
    """With silence, to the least length."""
    return np.pad(sound, (0, max(0, LEAST_SAMPLES - len(sound))))
