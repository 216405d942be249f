"""Rows of one task, drawn as padded batches of similar length. S is the batch's longest row."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.grammar.rows import Row

LEAST_ROWS = 4
NEIGHBOURS = 3  # a batch is drawn from so many times its size of rows of about one length


@dataclass
class Batch:
    """tokens, time, phone (B, S); voice (B, U); learnt (B, S): which tokens the loss counts; arrived: the utterances that the
    units are of, in their order, where Whisper's features of them were kept: N of at most T frames, features (N, T, W), and
    which frames are there (N, T)"""

    tokens: Tensor
    time: Tensor
    phone: Tensor
    voice: Tensor
    learnt: Tensor
    arrived: tuple[Tensor, Tensor] | None = None

    def to(self, device: torch.device) -> "Batch":
        tensors = {name: value.to(device) for name, value in vars(self).items() if isinstance(value, Tensor)}
        return Batch(**tensors, arrived=self.arrived and (self.arrived[0].to(device), self.arrived[1].to(device)))


class Table:
    def __init__(self, rows: Sequence[Row], voices: Sequence[np.ndarray] | None, voice_dims: int):
        """voices: one a row, or None where the task has none (zeros)"""
        if not rows:
            raise ValueError("a task has no rows to learn from")
        order = sorted(range(len(rows)), key=lambda place: len(rows[place].tokens))
        self.rows = [pack(rows[place]) for place in order]
        none = np.zeros(voice_dims, np.float32)
        self.voices = [none if voices is None else voices[place] for place in order]

    def __len__(self) -> int:
        return len(self.rows)

    def draw(self, budget: int) -> Batch:
        """About `budget` tokens."""
        centre = random.randrange(len(self.rows))
        count = min(len(self.rows), max(LEAST_ROWS, budget // self.rows[centre].shape[1]))
        return self.get(near(centre, count, len(self.rows)))

    def get(self, places: Sequence[int]) -> Batch:
        return batch([self.rows[place] for place in places], [self.voices[place] for place in places])


def near(centre: int, count: int, total: int) -> list[int]:
    """So many of the places about `centre`, of 0 .. total - 1 in the order of length"""
    first = max(0, min(centre - NEIGHBOURS * count, total - count))
    last = min(total, max(centre + NEIGHBOURS * count, first + count))
    return random.sample(range(first, last), count)


def pack(row: Row) -> np.ndarray:
    """-> (4, S) int16: tokens, time, phone, learnt"""
    learnt = [place >= row.start and place not in row.passed_over for place in range(len(row.tokens))]
    return np.array([row.tokens, row.time, row.phone, learnt], np.int16)


def batch(rows: Sequence[np.ndarray], voices: Sequence[np.ndarray]) -> Batch:
    """Packed rows and a voice (dims,) each -> padded to the longest"""
    longest = max(row.shape[1] for row in rows)
    padded = np.zeros((4, len(rows), longest), np.int64)
    for number, row in enumerate(rows):
        padded[:, number, : row.shape[1]] = row
    tokens, time, phone, learnt = torch.from_numpy(padded)
    return Batch(tokens, time, phone, torch.from_numpy(np.stack(voices)), learnt.bool())
