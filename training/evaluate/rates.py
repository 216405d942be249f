"""Error rates with intervals. A rate is edits over reference length, pooled over clips; its interval comes from drawing the
clips again (bootstrap, Efron 1979), so it says what other clips of the same kind would have given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.evaluate.not_measured import NotMeasured

DRAWS, INTERVAL = 1000, (2.5, 97.5)


def edits(found: Sequence[str], wanted: Sequence[str]) -> int:
    """Levenshtein distance."""
    row = list(range(len(wanted) + 1))
    for i, a in enumerate(found, 1):
        next_row = [i]
        for j, b in enumerate(wanted, 1):
            next_row.append(min(row[j] + 1, next_row[-1] + 1, row[j - 1] + (a != b)))
        row = next_row
    return row[-1]


@dataclass(frozen=True)
class Clip:
    wrong: int
    wanted: int


def compared(found: Sequence[str], wanted: Sequence[str]) -> Clip:
    """Phones, or whatever else is one thing each."""
    return Clip(edits(found, wanted), len(wanted))


def words_compared(found: Sequence[str], wanted: Sequence[str]) -> Clip:
    """Another division of the same letters into words ("every day", "everyday") is no error."""
    return Clip(0, len(wanted)) if "".join(found) == "".join(wanted) else compared(found, wanted)


def summed(names: Sequence[str], clips: Sequence[Clip]) -> list[Clip]:
    """One clip for each name: a recording that is judged several times is one draw, not several."""
    sums: dict[str, Clip] = {}
    for name, clip in zip(names, clips, strict=True):
        before = sums.get(name, Clip(0, 0))
        sums[name] = Clip(before.wrong + clip.wrong, before.wanted + clip.wanted)
    return list(sums.values())


@dataclass(frozen=True)
class Rate:
    """low and high: the 95 % interval"""

    rate: float
    low: float
    high: float
    clips: int

    def __str__(self) -> str:
        return f"{self.rate:.1%} ({self.low:.1%} to {self.high:.1%}), {self.clips} clips"


def pooled(clips: Sequence[Clip], seed: int = 0) -> Rate:
    """@raises NotMeasured where there is no clip"""
    if not clips:
        raise NotMeasured("there is no clip to count errors in")
    counts = np.array([(clip.wrong, clip.wanted) for clip in clips], float)
    drawn = np.random.default_rng(seed).integers(len(clips), size=(DRAWS, len(clips)))
    sums = counts[drawn].sum(1)
    low, high = np.percentile(sums[:, 0] / np.maximum(sums[:, 1], 1), INTERVAL)
    wrong, wanted = counts.sum(0)
    return Rate(wrong / max(wanted, 1), float(low), float(high), len(clips))
