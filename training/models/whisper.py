"""Encoder of Whisper tiny.en: log-mel at 100 Hz -> features at 50 Hz. No padding to 30 s: frame t takes position t.

Shapes: B batch, n mel frames of 10 ms, m = min(ceil(n / 2), 1500) features of 20 ms, 384 wide.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

MELS, WIDTH, HEADS, LAYERS, POSITIONS = 80, 384, 6, 4, 1500


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        """(B, m, 384) -> (B, m, 384), every feature sees every other"""
        head = WIDTH // HEADS
        q, k, v = (self.qkv(self.norm(x)).reshape(x.shape[0], -1, 3, HEADS, head).permute(2, 0, 3, 1, 4)).unbind(0)
        y = ((q * head**-0.5) @ k.transpose(2, 3)).softmax(-1) @ v
        return self.out(y.transpose(1, 2).reshape(x.shape[0], -1, WIDTH))


class FeedForward(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        """(B, m, 384) -> (B, m, 384)"""
        return self.down(F.gelu(self.up(self.norm(x))))


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention, self.feed = Attention(), FeedForward()

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attention(x)
        return x + self.feed(x)


class WhisperEncoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, WIDTH, 3, padding=1)
        self.conv2 = nn.Conv1d(WIDTH, WIDTH, 3, stride=2, padding=1)
        self.positions = nn.Parameter(torch.empty(POSITIONS, WIDTH))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, mel: Tensor) -> Tensor:
        """mel (B, 80, n) -> features (B, m, 384)"""
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)[:, :POSITIONS]
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
