"""The language model, one step or one prefix at a time: the host keeps the cache of keys and values.

Shapes: B streams, S new positions, P cached positions, L layers, H heads of 64, V = 1144 tokens.
A token has two positions, time (frames so far) and phone (phones so far); each rotates half of every head.
Parameter names are the checkpoint's.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

VOCABULARY, WIDTH, HEADS, LAYERS, FEED, VOICE = 1144, 320, 5, 8, 864, 32
HEAD = WIDTH // HEADS
ROPE_BASE = 5000
RMS_EPSILON = torch.finfo(torch.float32).eps
PAD = 0


class RMSNorm(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(WIDTH))

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + RMS_EPSILON) * self.weight


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """x (B, H, S, 64), cos and sin (B, 1, S, 32): dimension i turns with dimension i + 32"""
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.o = nn.Linear(WIDTH, WIDTH, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, past: Tensor, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """x (B, S, 320), past (2, B, H, P, 64), hidden (B, 1, S, P + S) = 0 or -inf -> (B, S, 320), (2, B, H, S, 64)"""
        q, k, v = self.qkv(x).reshape(x.shape[0], -1, 3, HEADS, HEAD).permute(2, 0, 3, 1, 4).unbind(0)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        keys, values = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        y = ((q * HEAD**-0.5) @ keys.transpose(2, 3) + hidden).softmax(-1) @ values
        return self.o(y.transpose(1, 2).reshape(x.shape[0], -1, WIDTH)), torch.stack([k, v])


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.n1, self.a, self.n2 = RMSNorm(), Attention(), RMSNorm()
        self.w1 = nn.Linear(WIDTH, 2 * FEED, bias=False)
        self.w2 = nn.Linear(FEED, WIDTH, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, past: Tensor, hidden: Tensor) -> tuple[Tensor, Tensor]:
        y, present = self.a(self.n1(x), cos, sin, past, hidden)
        x = x + y
        gate, value = self.w1(self.n2(x)).chunk(2, -1)
        return x + self.w2(F.silu(gate) * value), present


class LM(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.emb = nn.Embedding(VOCABULARY, WIDTH)
        self.vp = nn.Linear(VOICE, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.nf = RMSNorm()
        self.head = nn.Linear(WIDTH, VOCABULARY, bias=False)
        quarter = HEAD // 4
        frequency = 1 / (ROPE_BASE ** (torch.arange(quarter).float() / quarter))  # radians a position
        self.register_buffer("frequency", frequency, persistent=False)

    def forward(
        self, tokens: Tensor, time: Tensor, phone: Tensor, voice: Tensor, past: Tensor, past_length: Tensor
    ) -> tuple[Tensor, Tensor]:
        """tokens, time, phone (B, S), voice (B, 32), past (L, 2, B, H, P, 64), past_length (B,): each stream's valid
        positions of P -> logits (B, V) of the last position, present (L, 2, B, H, S, 64): the new keys and values"""
        x = torch.where(tokens[..., None] == PAD, self.vp(voice)[:, None], self.emb(tokens))
        angle = torch.cat([time[..., None].float() * self.frequency, phone[..., None].float() * self.frequency], -1)
        cos, sin = angle.cos()[:, None], angle.sin()[:, None]
        hidden = self.hidden(tokens, past, past_length)
        present = []
        for layer, cached in zip(self.layers, past.unbind(0), strict=True):
            x, new = layer(x, cos, sin, cached, hidden)
            present.append(new)
        return self.head(self.nf(x[:, -1])), torch.stack(present)

    @staticmethod
    def hidden(tokens: Tensor, past: Tensor, past_length: Tensor) -> Tensor:
        """-> (B, 1, S, P + S): -inf at cached positions beyond the stream's length and at later new ones, else 0"""
        new = torch.arange(tokens.shape[1])
        later = (new[None, :] > new[:, None])[None].expand(tokens.shape[0], -1, -1)
        stale = (torch.arange(past.shape[4])[None, :] >= past_length[:, None])[:, None].expand(-1, tokens.shape[1], -1)
        mask = torch.cat([stale, later], -1)
        return torch.zeros_like(mask, dtype=torch.float32).masked_fill(mask, float("-inf"))[:, None]
