"""Encoder of Whisper tiny.en: log-mel at 100 Hz -> features at 50 Hz. No padding to 30 s: frame t takes position t.

Shapes: B batch, n mel frames of 10 ms, m = min(ceil(n / 2), 1500) features of 20 ms, W wide; W = 384 as shipped.
Source: Radford et al. 2022, arXiv:2212.04356.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.models.mel import BANDS
from training.models.shapes import WhisperShape


class Attention(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.width, self.heads = width, heads
        self.norm = nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """(B, m, W) -> (B, m, W), every feature sees every other"""
        head = self.width // self.heads
        q, k, v = (self.qkv(self.norm(x)).reshape(x.shape[0], -1, 3, self.heads, head).permute(2, 0, 3, 1, 4)).unbind(0)
        y = ((q * head**-0.5) @ k.transpose(2, 3)).softmax(-1) @ v
        return self.out(y.transpose(1, 2).reshape(x.shape[0], -1, self.width))


class FeedForward(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        """(B, m, W) -> (B, m, W)"""
        return self.down(F.gelu(self.up(self.norm(x))))


class Layer(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.attention, self.feed = Attention(width, heads), FeedForward(width)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attention(x)
        return x + self.feed(x)


class WhisperEncoder(nn.Module):
    def __init__(self, shape: WhisperShape = WhisperShape()):
        super().__init__()
        width = shape.width
        self.conv1 = nn.Conv1d(BANDS, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.positions = nn.Parameter(torch.zeros(shape.positions, width))
        self.layers = nn.ModuleList(Layer(width, shape.heads) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, mel: Tensor) -> Tensor:
        """mel (B, 80, n) -> features (B, m, W)"""
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)[:, : len(self.positions)]
        x = x + self.positions[: x.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.norm(x)

    @staticmethod
    def rename(name: str) -> str:
        """Our parameter name -> the checkpoint's."""
        if name == "positions":
            return "position_encodings.encodings"
        for ours, theirs in (
            ("layers.", "layer_"),
            ("attention.qkv", "self_attention.linear_0"),
            ("attention.out", "self_attention.linear_1"),
            ("attention.norm", "self_attention.layer_norm"),
            ("feed.norm", "ffn.layer_norm"),
            ("feed.up", "ffn.linear_0"),
            ("feed.down", "ffn.linear_1"),
        ):
            name = name.replace(ours, theirs)
        if name.startswith("norm."):
            name = "layer_" + name
        if "norm." in name:
            name = name.replace("norm.weight", "norm.gamma").replace("norm.bias", "norm.beta")
        return name
