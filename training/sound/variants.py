"""A recording said otherwise: faster or slower, its pitch with it, or by another speaker.

Sound is 24 kHz; spans are whole frames of 25 ms.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from scipy.signal import resample_poly

from training.corpus.teachers.teacher import FRAME

SPEED_SHARE = 0.65
SPEEDS = tuple(Fraction(a, b) for a, b in ((9, 10), (10, 9), (19, 20), (20, 19), (6, 5), (5, 6), (8, 7), (7, 8)))


def variant(
    sound: np.ndarray, spans: Sequence[int], by_another: bool, draw: np.random.Generator
) -> tuple[np.ndarray, list[int]]:
    """sound (600 T,), spans adding up to T -> (600 U,) float32, spans adding up to U"""
    if not by_another:
        return at_another_speed(sound, spans, draw)
    from training.sound.speakers import other_speaker  # its package is needed for nothing else

    return other_speaker(sound, spans, draw)


def at_another_speed(sound: np.ndarray, spans: Sequence[int], draw: np.random.Generator) -> tuple[np.ndarray, list[int]]:
    speed = SPEEDS[draw.integers(len(SPEEDS))] if draw.random() < SPEED_SHARE else Fraction(1)
    sound = resample_poly(sound, speed.numerator, speed.denominator).astype(np.float32)
    frames = len(sound) // FRAME
    return sound[: frames * FRAME], stretched(spans, float(speed), frames)


def stretched(spans: Sequence[int], stretch: float, frames: int) -> list[int]:
    """Frames of each span after a change of speed; their sum is `frames`."""
    ends = np.minimum(np.floor(np.cumsum(spans) * stretch).astype(int), frames)
    out = np.diff([0, *ends]).tolist()
    out[-1] += frames - sum(out)
    return out
