"""From Whisper's features to the codec's integers: the adapter, and the tokenizer that joins the two in one graph.

Shapes: B batch, m features of 20 ms (50 Hz), W wide, T frames of 25 ms (40 Hz), D digits of L levels each; W = 384, D = 5 and
L = 4 as shipped.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.models.shapes import AdapterShape, CodecShape, WhisperShape
from training.models.whisper import WhisperEncoder


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
    at = ((torch.arange(frames, device=x.device).float() + 0.5) * scale - 0.5).clamp(min=0)
    low = at.floor().long()
    high = torch.minimum(low + 1, size - 1)
    weight = (at - low.float())[None, :, None]
    return x[:, low] * (1 - weight) + x[:, high] * weight


class Adapter(nn.Module):
    def __init__(
        self,
        shape: AdapterShape = AdapterShape(),
        whisper: WhisperShape = WhisperShape(),
        codec: CodecShape = CodecShape(),
    ):
        super().__init__()
        if len(set(codec.levels)) != 1:
            raise ValueError(f"the adapter wants dimensions of as many levels each; found {codec.levels}")
        self.digits, self.levels = codec.dims, codec.levels[0]
        self.inp = nn.Linear(whisper.width, shape.width)
        self.blocks = nn.ModuleList(Block(shape.width) for _ in range(shape.blocks))
        self.out = nn.Linear(shape.width, self.digits * self.levels)

    def forward(self, features: Tensor, frames: Tensor) -> Tensor:
        """features (B, m, W) with m = ceil(1.25 T), frames () = T -> logits (B, T, D, L)"""
        return self.read(interpolate(self.inp(features), frames))

    def of_frames(self, features: Tensor, present: Tensor) -> Tensor:
        """features (B, T, W), interpolated already, present (B, T): which frames are there -> logits (B, T, D, L). What is
        not there is silent to its neighbours, as if each row came alone."""
        there = present[..., None]
        return self.read(self.inp(features) * there, there)

    def read(self, x: Tensor, there: Tensor | None = None) -> Tensor:
        """x (B, T, d), there (B, T, 1): see of_frames -> logits (B, T, D, L)"""
        for block in self.blocks:
            x = block(x) if there is None else block(x) * there
        return self.out(x).reshape(x.shape[0], -1, self.digits, self.levels)


class Tokenizer(nn.Module):
    def __init__(
        self,
        adapter: AdapterShape = AdapterShape(),
        whisper: WhisperShape = WhisperShape(),
        codec: CodecShape = CodecShape(),
    ):
        super().__init__()
        self.whisper, self.adapter = WhisperEncoder(whisper), Adapter(adapter, whisper, codec)

    def forward(self, mel: Tensor, frames: Tensor) -> Tensor:
        """mel (B, 80, n) at 100 Hz, frames (1,) = T -> logits (B, T, D, L)"""
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
