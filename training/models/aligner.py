"""Tells which sound each frame belongs to, from Whisper's features: what the times of phones are found with. Never exported."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.grammar.vocabulary import SOUNDS
from training.models.adapter import Block

SOUND_IDS = {sound: number for number, sound in enumerate(SOUNDS, start=1)}  # 0: silences, spaces and marks


def sound_id(phone: str) -> int:
    return SOUND_IDS.get(phone.rstrip("012"), 0)


def at_frames(features: Tensor, frames: int) -> Tensor:
    """Whisper's features (B, m, W) at 50 Hz, m >= 1.25 T -> (B, T, W) at 40 Hz"""
    heard = features[:, : -(-frames * 5 // 4)].transpose(1, 2)
    return F.interpolate(heard, size=frames, mode="linear").transpose(1, 2)


class Aligner(nn.Module):
    def __init__(self, features: int, width: int = 160, blocks: int = 3):
        super().__init__()
        self.inp = nn.Linear(features, width)
        self.blocks = nn.Sequential(*(Block(width) for _ in range(blocks)))
        self.out = nn.Linear(width, len(SOUNDS) + 1)

    def forward(self, features: Tensor) -> Tensor:
        """(B, T, W) -> logits (B, T, 1 + sounds)"""
        return self.out(self.blocks(self.inp(features)))

    @torch.inference_mode()
    def log_chances(self, features: Tensor, frames: int) -> Tensor:
        """Whisper's features of one recording (1, m, W) -> (T, 1 + sounds)"""
        return self(at_frames(features, frames))[0].log_softmax(-1)
