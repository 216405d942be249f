"""Times for phones that a teacher did not time: from the same teacher's own, differently written phones, or from another
teacher's reading of the same line.
"""

from collections.abc import Sequence

import numpy as np

MISMATCH, GAP = 1.0, 0.7


def match_times(wanted: Sequence[str], found: Sequence[str], ends: Sequence[float]) -> list[float]:
    """wanted: names; found: names with the times at which each ends -> the time at which each wanted one ends.

    The two are aligned with the fewest edits. A wanted one that is not found shares the time of what was found in its place,
    or takes none; a found one that is not wanted goes to the one before it."""
    rows, columns = len(wanted), len(found)
    cost = np.zeros((rows + 1, columns + 1))
    cost[:, 0], cost[0] = np.arange(rows + 1) * GAP, np.arange(columns + 1) * GAP
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            swap = cost[i - 1, j - 1] + MISMATCH * (wanted[i - 1] != found[j - 1])
            cost[i, j] = min(swap, cost[i - 1, j] + GAP, cost[i, j - 1] + GAP)
    out = [0.0] * rows
    i, j = rows, columns
    while i > 0:
        now = ends[j - 1] if j > 0 else 0.0
        if j > 0 and np.isclose(cost[i, j], cost[i - 1, j - 1] + MISMATCH * (wanted[i - 1] != found[j - 1])):
            out[i - 1] = now
            i, j = i - 1, j - 1
        elif np.isclose(cost[i, j], cost[i - 1, j] + GAP):
            out[i - 1] = now
            i -= 1
        else:
            j -= 1
    return [max(out[: place + 1]) for place in range(rows)]


def warp_frames(guide: np.ndarray, spoken: np.ndarray) -> np.ndarray:
    """guide (n, bands), spoken (m, bands): log spectra of the same line -> (n,) the frame of `spoken` at which each frame of
    the guide is heard: dynamic time warping (Sakoe and Chiba 1978), cosine distance of the standardised bands"""

    def standard(x: np.ndarray) -> np.ndarray:
        x = (x - x.mean(0)) / (x.std(0) + 1e-6)
        return x / (np.linalg.norm(x, axis=1, keepdims=True) + 1e-9)

    distance = 1 - standard(guide) @ standard(spoken).T
    rows, columns = distance.shape
    total = np.full((rows + 1, columns + 1), np.inf)
    total[0, 0] = 0
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            total[i, j] = distance[i - 1, j - 1] + min(total[i - 1, j - 1], total[i - 1, j], total[i, j - 1])
    heard = np.zeros(rows, int)
    i, j = rows, columns
    while i > 0 and j > 0:
        heard[i - 1] = j - 1
        before = (total[i - 1, j - 1], total[i - 1, j], total[i, j - 1])
        step = int(np.argmin(before))
        i, j = i - (step != 2), j - (step != 1)
    return heard
