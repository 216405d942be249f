"""Listening rows drawn anew each time: utterances joined to longer ones, in histories such as listening itself makes.

A model that has read true histories alone cannot go on from a wrong one: it has seen no sound said late and none missed. Here
some come late, some not at all, and what should have been said meanwhile is not learnt, so that late is better than never.
Scheduled sampling (Bengio et al. 2015, arXiv:1506.03099), with rates in place of the model's own draws.
"""

import bisect
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from training.grammar.rows import Row, Utterance, due_frames, history_row
from training.grammar.vocabulary import MARKS, SPACE
from training.lm.tables import Batch, batch, pack
from training.units import MOST_FRAMES

LATE_FRAMES = (1, 1, 2, 3, 4)
FORGIVEN_FRAMES = 5  # so long after a missed sound was due, that it is not said is not held against the model
JOINED = (1, 1, 1, 2, 3, 4)  # utterances in a row
NEIGHBOURS, MATES = 3, 40  # how far from each other in length rows of a batch, and utterances of a row, may lie
LEAST_ROWS = 3


@dataclass(frozen=True)
class History:
    """Shares of the sounds"""

    late: float = 0.1
    missed: float = 0.03


def heard_row(said: Utterance, history: History) -> Row:
    return history_row(said, *sayings(said, history))


def sayings(said: Utterance, history: History) -> tuple[list[tuple[int, str]], set[int]]:
    """-> (frame, phone) in the order of saying; frames whose unit came instead of a sound that was due"""
    phones: list[tuple[int, str]] = []
    forgiven: set[int] = set()
    at = 0
    for frame, phone in zip(due_frames(said), said.phones, strict=True):
        chance = random.random()
        if chance < history.missed:
            forgiven.update(range(frame + 1, frame + 1 + FORGIVEN_FRAMES))
            continue
        late = random.choice(LATE_FRAMES) if chance < history.missed + history.late else 0
        at = min(max(at, frame) + late, len(said.units))
        forgiven.update(range(frame + 1, at + 1))
        phones.append((at, phone))
    return phones, forgiven


def joined(parts: Sequence[Utterance]) -> Utterance:
    """One after another; the silence between two belongs to the first one's last mark, its last frame to a space."""
    whole = parts[0]
    for part in parts[1:]:
        gap, last = whole.tail + part.lead, whole.durations[-1]
        in_mark = max(0, gap - 1) if whole.phones[-1] in MARKS else 0
        whole = replace(
            whole,
            phones=[*whole.phones, SPACE, *part.phones],
            durations=[*whole.durations[:-1], last + in_mark, gap - in_mark, *part.durations],
            tail=part.tail,
            units=np.concatenate([whole.units, part.units]),
        )
    return whole


class HeardTable:
    """Draws batches as `Table` does. sources: name -> utterances, shares: how often each is drawn from. Utterances that are
    joined have the same main voice."""

    def __init__(
        self, sources: Mapping[str, Sequence[Utterance]], shares: Mapping[str, float], voice_dims: int, history: History
    ):
        unknown = set(shares) - {name for name, said in sources.items() if said}
        if unknown:
            raise ValueError(f"nothing to hear from {', '.join(sorted(unknown))}")
        self.shares, self.voice_dims, self.history = dict(shares), voice_dims, history
        self.sources = {name: sorted(sources[name], key=frames) for name in shares}
        self.speakers: dict[str, dict[str, list[Utterance]]] = {}
        for name, source in self.sources.items():
            by_voice = self.speakers[name] = defaultdict(list)
            for said in source:
                by_voice[speaker(said)].append(said)

    def draw(self, budget: int) -> Batch:
        """About `budget` tokens."""
        name = random.choices(list(self.shares), list(self.shares.values()))[0]
        source, count = self.sources[name], random.choice(JOINED)
        centre = random.randrange(len(source))
        rows = min(len(source), max(LEAST_ROWS, budget // (self.tokens(source[centre]) * count)))
        first, last = max(0, centre - NEIGHBOURS * rows), min(len(source), centre + NEIGHBOURS * rows)
        chosen = random.sample(source[first:last], min(rows, last - first))
        heard = [self.mates(name, said, count) for said in chosen]
        packed = [pack(heard_row(joined(parts), self.history)) for parts in heard]
        drawn = batch(packed, [np.zeros(self.voice_dims, np.float32)] * len(packed))
        return replace(drawn, arrived=padded_features([said for parts in heard for said in parts]))

    @staticmethod
    def tokens(said: Utterance) -> int:
        return len(said.units) + len(said.phones)

    def mates(self, name: str, said: Utterance, count: int) -> list[Utterance]:
        """Up to `count` of one speaker, `said` among them, of about its length, in any order; not too long together"""
        same = self.speakers[name][speaker(said)]
        place = bisect.bisect_left(same, frames(said), key=frames)
        near = same[max(0, place - MATES) : place + MATES]
        found, length = [said], frames(said)
        for other in random.choices(near, k=count - 1):
            if length + frames(other) < MOST_FRAMES:
                found.append(other)
                length += frames(other)
        return random.sample(found, len(found))


def padded_features(said: Sequence[Utterance]) -> tuple[Tensor, Tensor] | None:
    """-> features (N, T, W) float32, which frames are there (N, T); None where an utterance has none"""
    features = [torch.from_numpy(one.features.astype(np.float32)) for one in said if one.features is not None]
    if len(features) < len(said):
        return None
    present = [torch.ones(len(one), dtype=torch.bool) for one in features]
    return pad_sequence(features, batch_first=True), pad_sequence(present, batch_first=True)


def frames(said: Utterance) -> int:
    return len(said.units)


def speaker(said: Utterance) -> str:
    return said.voices[0][0] if said.voices else ""
