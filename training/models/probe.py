"""Reads phones off the quantised values: the head of the connectionist loss (Graves et al. 2006) that keeps phones apart in
the codes, and, by itself on Whisper's features, the ear of training.align. It is never exported.
"""

from torch import Tensor, nn

from training.grammar.vocabulary import SOUNDS
from training.models.adapter import Block

SOUND_IDS = {sound: number for number, sound in enumerate(SOUNDS, start=1)}  # 0 is the blank, or silences, spaces and marks


def sound_id(phone: str) -> int:
    return SOUND_IDS.get(phone.rstrip("012"), 0)


class PhoneProbe(nn.Module):
    def __init__(self, dims: int, width: int = 192, blocks: int = 3):
        super().__init__()
        self.inp = nn.Linear(dims, width)
        self.blocks = nn.Sequential(*(Block(width) for _ in range(blocks)))
        self.out = nn.Linear(width, len(SOUNDS) + 1)

    def forward(self, values: Tensor) -> Tensor:
        """values (B, T, D) -> log chances (B, T, 1 + sounds)"""
        return self.out(self.blocks(self.inp(values))).log_softmax(-1)
