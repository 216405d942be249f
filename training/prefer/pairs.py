"""Pairs of takes of the same words in the same voice: for each `better-00.npz` of units a `worse-00.npz`, take for take."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from training.grammar.rows import Utterance, speak_row
from training.lm.tables import Batch, batch, near, pack
from training.units import MOST_FRAMES, stored, utterance, write_units

Pair = tuple[Utterance, Utterance]  # the better one first
BETTER, WORSE = "better", "worse"


def worse_of(better: Path) -> Path:
    return better.with_name(better.name.replace(BETTER, WORSE, 1))


def pair_files(*folders: Path) -> list[Path]:
    """The files of the better ones. @raises FileNotFoundError"""
    found: list[Path] = []
    for folder in folders:
        here = sorted(folder.glob(f"{BETTER}-*.npz"))
        if not here:
            raise FileNotFoundError(f"no pairs of takes in {folder}: run training.takes with pairs first")
        found += here
    return found


def write_pairs(better: Path, pairs: Iterable[Pair]) -> None:
    """The better ones come last: where they are, both are there."""
    kept = list(pairs)
    write_units(worse_of(better), (worse for _, worse in kept))
    write_units(better, (clear for clear, _ in kept))


def read_pairs(*files: Path) -> list[Pair]:
    """Those of which neither is too long."""
    found = [
        (utterance(clear), utterance(other))
        for file in files
        for clear, other in zip(stored(file), stored(worse_of(file)), strict=True)
    ]
    return [pair for pair in found if max(len(take.units) for take in pair) < MOST_FRAMES]


class PairTable:
    """Draws batches as `Table` does: n better rows, then the n worse ones, in the same order."""

    def __init__(self, pairs: Sequence[Pair]):
        if not pairs:
            raise ValueError("there are no pairs of takes to learn from")
        order = sorted(pairs, key=lambda pair: sum(len(take.units) for take in pair))
        self.rows = [[pack(speak_row(take)) for take in pair] for pair in order]
        self.voices = [pair[0].voice for pair in order]

    def draw(self, budget: int) -> Batch:
        """About `budget` tokens."""
        centre = random.randrange(len(self.rows))
        count = min(len(self.rows), max(1, budget // sum(row.shape[1] for row in self.rows[centre])))
        places = near(centre, count, len(self.rows))
        better, worse = zip(*(self.rows[place] for place in places), strict=True)
        return batch([*better, *worse], [self.voices[place] for place in places] * 2)
