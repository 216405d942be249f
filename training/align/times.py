"""Times for phones: the likeliest way to pass through them in order (Viterbi 1967), at least a frame each.

Where a phone ends is a convention, and teachers differ in it: flite's ends come about 50 ms before Kokoro's. Listening learns
one convention, the aligner's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.models.probe import sound_id


@dataclass(frozen=True)
class Times:
    """In frames; sure: mean log chance of the frames' sounds"""

    lead: int
    durations: list[int]
    tail: int
    sure: float


def find_times(log_chances: np.ndarray, phones: Sequence[str]) -> Times | None:
    """log_chances (T, 1 + sounds); None where there are fewer frames than phones and two silences"""
    path = [0, *(sound_id(phone) for phone in phones), 0]
    frames, places = len(log_chances), len(path)
    if frames < places:
        return None
    seen = log_chances[:, path]
    best = np.full(places, -np.inf)
    best[0] = seen[0, 0]
    came = np.zeros((frames, places), bool)  # from the phone before
    for frame in range(1, frames):
        before = np.concatenate([[-np.inf], best[:-1]])
        came[frame] = before > best
        best = np.maximum(best, before) + seen[frame]
    spans, place = [0] * places, places - 1
    for frame in range(frames - 1, -1, -1):
        spans[place] += 1
        place -= int(came[frame, place])
    return Times(spans[0], spans[1:-1], spans[-1], float(best[-1]) / frames)
