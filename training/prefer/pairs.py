"""Pairs of takes of the same words in the same voice: for each `better-00.npz` of units a `worse-00.npz`, take for take."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from training.grammar.rows import Utterance, speak_row
from training.lm.tables import Batch, batch, pack
from training.units import MOST_FRAMES, stored, utterance, write_units

Pair = tuple[Utterance, Utterance]  # the better one first
BETTER, WORSE = "better", "worse"
NEIGHBOURS = 3  # a batch is drawn from so many times its size of pairs of about one length


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
        self.pairs = sorted(pairs, key=lambda pair: sum(len(take.units) for take in pair))

    def draw(self, budget: int) -> Batch:
        """About `budget` tokens."""
        centre = random.randrange(len(self.pairs))
        tokens = sum(len(speak_row(take).tokens) for take in self.pairs[centre])
        count = min(len(self.pairs), max(1, budget // tokens))
        first = max(0, min(centre - NEIGHBOURS * count, len(self.pairs) - count))
        near = self.pairs[first : max(centre + NEIGHBOURS * count, first + count)]
        drawn = random.sample(near, count)
        takes = [take for side in zip(*drawn, strict=True) for take in side]
        return batch([pack(speak_row(take)) for take in takes], [take.voice for take in takes])
