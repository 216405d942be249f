"""The language model: a causal transformer over letters, phones and units.

Whole rows at once for training (`whole`), or one step or prefix at a time (`forward`), where the host keeps the cache of
keys and values. Rotary positions (Su et al. 2021, arXiv:2104.09864), gated feed-forward (Shazeer 2020, arXiv:2002.05202).
Shapes: B streams, S new positions, P cached positions, L layers, H heads of D, W = H D wide, V tokens, U the voice's
dimensions; as shipped L = 8, H = 5, D = 64, V = 1144, U = 32.
A token has two positions, time (frames so far) and phone (phones so far); each rotates half of every head.
Parameter names are the checkpoint's.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.grammar.vocabulary import FIRST_UNIT, PAD
from training.models.shapes import LmShape

ROPE_BASE = 5000
RMS_EPSILON = torch.finfo(torch.float32).eps
EMBEDDING_DEVIATION = 0.02


class RMSNorm(nn.Module):
    """Zhang and Sennrich 2019, arXiv:1910.07467."""

    def __init__(self, width: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + RMS_EPSILON) * self.weight


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """x (B, H, S, D), cos and sin (B, 1, S, D / 2): dimension i turns with dimension i + D / 2"""
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Attention(nn.Module):
    def __init__(self, shape: LmShape):
        super().__init__()
        self.shape = shape
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.o = nn.Linear(shape.width, shape.width, bias=False)

    def heads(self, x: Tensor, cos: Tensor, sin: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """x (B, S, W) -> queries, keys, values (B, H, S, D), the first two rotated"""
        split = self.qkv(x).reshape(x.shape[0], -1, 3, self.shape.heads, self.shape.head)
        q, k, v = split.permute(2, 0, 3, 1, 4).unbind(0)
        return rotate(q, cos, sin), rotate(k, cos, sin), v

    def join(self, y: Tensor, streams: int) -> Tensor:
        """(B, H, S, D) -> (B, S, W)"""
        return self.o(y.transpose(1, 2).reshape(streams, -1, self.shape.width))

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, past: Tensor, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """x (B, S, W), past (2, B, H, P, D), hidden (B, 1, S, P + S) = 0 or -inf -> (B, S, W), (2, B, H, S, D)"""
        q, k, v = self.heads(x, cos, sin)
        keys, values = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        y = ((q * self.shape.head**-0.5) @ keys.transpose(2, 3) + hidden).softmax(-1) @ values
        return self.join(y, x.shape[0]), torch.stack([k, v])

    def kept(self, x: Tensor, cos: Tensor, sin: Tensor, cache: Tensor, at: int) -> Tensor:
        """x (B, S, W), cache (2, B, H, P, D) whose positions from `at` on are filled -> (B, S, W)"""
        q, k, v = self.heads(x, cos, sin)
        end = at + x.shape[1]
        cache[0, :, :, at:end], cache[1, :, :, at:end] = k, v
        y = F.scaled_dot_product_attention(q, cache[0, :, :, :end], cache[1, :, :, :end], is_causal=at == 0)
        return self.join(y, x.shape[0])

    def whole(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """x (B, S, W) -> (B, S, W), each position sees itself and those before it"""
        return self.join(F.scaled_dot_product_attention(*self.heads(x, cos, sin), is_causal=True), x.shape[0])


class Layer(nn.Module):
    def __init__(self, shape: LmShape, dropout: float):
        super().__init__()
        self.n1, self.a, self.n2 = RMSNorm(shape.width), Attention(shape), RMSNorm(shape.width)
        self.w1 = nn.Linear(shape.width, 2 * shape.feed, bias=False)
        self.w2 = nn.Linear(shape.feed, shape.width, bias=False)
        self.dropout = nn.Dropout(dropout)

    def feed(self, x: Tensor) -> Tensor:
        gate, value = self.w1(self.n2(x)).chunk(2, -1)
        return self.w2(F.silu(gate) * value)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, past: Tensor, hidden: Tensor) -> tuple[Tensor, Tensor]:
        y, present = self.a(self.n1(x), cos, sin, past, hidden)
        x = x + y
        return x + self.feed(x), present

    def whole(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        x = x + self.dropout(self.a.whole(self.n1(x), cos, sin))
        return x + self.dropout(self.feed(x))


class LM(nn.Module):
    def __init__(self, shape: LmShape = LmShape(), dropout: float = 0.0):
        super().__init__()
        self.shape = shape
        vocabulary = FIRST_UNIT + shape.units
        self.emb = nn.Embedding(vocabulary, shape.width)
        self.vp = nn.Linear(shape.voice, shape.width)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.nf = RMSNorm(shape.width)
        self.head = nn.Linear(shape.width, vocabulary, bias=False)
        quarter = shape.head // 4
        frequency = 1 / (ROPE_BASE ** (torch.arange(quarter).float() / quarter))  # radians a position
        self.register_buffer("frequency", frequency, persistent=False)
        self.apply(self.start)
        for layer in self.layers:
            for last in (layer.a.o, layer.w2):
                nn.init.normal_(last.weight, std=1 / math.sqrt(2 * shape.layers * last.in_features))

    @staticmethod
    def start(module: nn.Module) -> None:
        """Fresh weights; what is added to the residual stream starts smaller (Radford et al. 2019)."""
        if isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=EMBEDDING_DEVIATION)
        elif isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=1 / math.sqrt(module.in_features))

    def inputs(self, tokens: Tensor, time: Tensor, phone: Tensor, voice: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """-> embeddings (B, S, W), the voice in the place of <pad>; cos and sin (B, 1, S, D / 2)"""
        x = torch.where(tokens[..., None] == PAD, self.vp(voice)[:, None], self.emb(tokens))
        angle = torch.cat([time[..., None].float() * self.frequency, phone[..., None].float() * self.frequency], -1)
        return x, angle.cos()[:, None], angle.sin()[:, None]

    def whole(self, tokens: Tensor, time: Tensor, phone: Tensor, voice: Tensor, added: Tensor | float = 0.0) -> Tensor:
        """tokens, time, phone (B, S), voice (B, U), added (B, S, W) to their embeddings -> logits (B, S, V) of what follows
        each position. A row starts with <pad>, the voice's slot; padding at its end is read by nobody."""
        x, cos, sin = self.inputs(tokens, time, phone, voice)
        x = x + added
        for layer in self.layers:
            x = layer.whole(x, cos, sin)
        return self.head(self.nf(x))

    def forward(
        self, tokens: Tensor, time: Tensor, phone: Tensor, voice: Tensor, past: Tensor, past_length: Tensor
    ) -> tuple[Tensor, Tensor]:
        """tokens, time, phone (B, S), voice (B, U), past (L, 2, B, H, P, D), past_length (B,): each stream's valid
        positions of P -> logits (B, V) of the last position, present (L, 2, B, H, S, D): the new keys and values"""
        x, cos, sin = self.inputs(tokens, time, phone, voice)
        hidden = self.hidden(tokens, past, past_length)
        present = []
        for layer, cached in zip(self.layers, past.unbind(0), strict=True):
            x, new = layer(x, cos, sin, cached, hidden)
            present.append(new)
        return self.head(self.nf(x[:, -1])), torch.stack(present)

    @torch.no_grad()
    def go_on(self, tokens: Tensor, time: Tensor, phone: Tensor, voice: Tensor, cache: Tensor, at: int) -> Tensor:
        """Where all streams are equally long: at first (at = 0) a prefix of S, then one position at a time. cache
        (L, 2, B, H, P, D) is written from `at` on -> logits (B, V) of the last position"""
        x, cos, sin = self.inputs(tokens, time, phone, voice)
        for layer, kept in zip(self.layers, cache.unbind(0), strict=True):
            x = x + layer.a.kept(layer.n1(x), cos, sin, kept, at)
            x = x + layer.feed(x)
        return self.head(self.nf(x[:, -1]))

    @staticmethod
    def hidden(tokens: Tensor, past: Tensor, past_length: Tensor) -> Tensor:
        """-> (B, 1, S, P + S): -inf at cached positions beyond the stream's length and at later new ones, else 0"""
        new, cached = (torch.arange(count, device=tokens.device) for count in (tokens.shape[1], past.shape[4]))
        later = (new[None, :] > new[:, None])[None].expand(tokens.shape[0], -1, -1)
        stale = (cached[None, :] >= past_length[:, None])[:, None].expand(-1, tokens.shape[1], -1)
        mask = torch.cat([stale, later], -1)
        return torch.zeros_like(mask, dtype=torch.float32).masked_fill(mask, float("-inf"))[:, None]
