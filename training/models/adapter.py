"""From Whisper's features to the codec's integers: the adapter, and the tokenizer that joins the two in one graph.

Shapes: B batch, m features of 20 ms (50 Hz), T frames of 25 ms (40 Hz), 5 digits of 4 levels each.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.models.whisper import WIDTH, WhisperEncoder

DIGITS, LEVELS = 5, 4


class Block(nn.Module):
    def __init__(self, d: int):
        super().__init__()
        self.depthwise = nn.Conv1d(d, d, 7, padding=3, groups=d)
        self.norm = nn.LayerNorm(d)
        self.up, self.down = nn.Linear(d, 2 * d), nn.Linear(2 * d, d)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, d) -> (B, T, d)"""
        h = self.depthwise(x.transpose(1, 2)).transpose(1, 2)
        return x + self.down(F.gelu(self.up(self.norm(h))))


def interpolate(x: Tensor, frames: Tensor) -> Tensor:
    """x (B, m, d), frames () -> (B, frames, d): linear, half-pixel centres, edges held (F.interpolate, align_corners
    False), written with gathers so that the number of frames can be an input of the graph"""
    size = x.shape[1] + torch.zeros_like(frames)
    scale = size.float() / frames.float()
    at = ((torch.arange(frames).float() + 0.5) * scale - 0.5).clamp(min=0)
    low = at.floor().long()
    high = torch.minimum(low + 1, size - 1)
    weight = (at - low.float())[None, :, None]
    return x[:, low] * (1 - weight) + x[:, high] * weight


class Adapter(nn.Module):
    def __init__(self, d: int = 256, blocks: int = 4):
        super().__init__()
        self.inp = nn.Linear(WIDTH, d)
        self.blocks = nn.ModuleList(Block(d) for _ in range(blocks))
        self.out = nn.Linear(d, DIGITS * LEVELS)

    def forward(self, features: Tensor, frames: Tensor) -> Tensor:
        """features (B, m, 384) with m = ceil(1.25 T), frames () = T -> logits (B, T, 5, 4)"""
        x = interpolate(self.inp(features), frames)
        for block in self.blocks:
            x = block(x)
        return self.out(x).reshape(x.shape[0], -1, DIGITS, LEVELS)


class Tokenizer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.whisper, self.adapter = WhisperEncoder(), Adapter()

    def forward(self, mel: Tensor, frames: Tensor) -> Tensor:
        """mel (1, 80, n) at 100 Hz, frames (1,) = T -> logits (1, T, 5, 4)"""
        t = frames[0]
        wanted = torch.div(t * 5 + 3, 4, rounding_mode="floor")  # ceil(1.25 T)
        return self.adapter(self.whisper(mel)[:, :wanted], t)

    @staticmethod
    def rename(part: str, name: str) -> str:
        """Our parameter name within `part` -> the name in that part's checkpoint."""
        if part == "whisper":
            return WhisperEncoder.rename(name)
        for ours, theirs in (
            ("inp.", "i."),
            ("out.", "o."),
            ("blocks.", "b."),
            ("depthwise.", "w."),
            ("norm.", "n."),
            ("up.", "u."),
            ("down.", "v."),
        ):
            name = name.replace(ours, theirs)
        return name
