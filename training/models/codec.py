"""The codec's three networks: mel encoder (the first tokenizer), voice encoder, decoder.

Shapes: B batch, T frames of 25 ms (40 Hz), 2T mel or control frames of 12.5 ms (80 Hz), D quantised dimensions, V the
voice's dimensions; D = 5 and V = 32 as shipped. The blocks are ConvNeXt's (Liu et al. 2022, arXiv:2201.03545).
Mel is the natural-log magnitude of 80 bands at 24 kHz. Parameter names are the checkpoint's.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.models.mel import BANDS
from training.models.shapes import CodecShape

HARMONIC_BANDS, NOISE_BANDS, PHASE_BANDS = 80, 48, 32
CONTROLS = 2 + HARMONIC_BANDS + NOISE_BANDS + PHASE_BANDS
BASE_LOG_F0 = math.log(160)  # log Hz
GAMMA = 0.3  # how much of a fresh block is added
PAST, FUTURE = 5, 1  # frames that a block sees around its own


def standardise(mel: Tensor) -> Tensor:
    """Log-mel to about zero mean and unit variance."""
    return (mel + 2) / 2.5


class Block(nn.Module):
    """ConvNeXt block that sees 5 past frames and a coming one; a voice may scale and shift it."""

    def __init__(self, d: int, voice: int = 0, mult: int = 3):
        super().__init__()
        self.dw = nn.Conv1d(d, d, PAST + 1 + FUTURE, groups=d)
        self.norm = nn.LayerNorm(d, elementwise_affine=voice == 0)
        self.cond = nn.Linear(voice, 2 * d) if voice else None
        self.up, self.down = nn.Linear(d, mult * d), nn.Linear(mult * d, d)
        self.gamma = nn.Parameter(torch.full((d,), GAMMA))
        if self.cond is not None:
            nn.init.zeros_(self.cond.weight)
            nn.init.zeros_(self.cond.bias)

    def forward(self, x: Tensor, voice: Tensor | None = None) -> Tensor:
        """x (B, d, frames), voice (B, V) -> (B, d, frames)"""
        h = self.norm(self.dw(F.pad(x, (PAST, FUTURE))).transpose(1, 2))
        if self.cond is not None:
            scale, shift = self.cond(voice)[:, None].chunk(2, -1)
            h = h * (1 + scale) + shift
        h = self.down(F.gelu(self.up(h), approximate="tanh")) * self.gamma
        return x + h.transpose(1, 2)


class MelEncoder(nn.Module):
    def __init__(self, shape: CodecShape = CodecShape()):
        super().__init__()
        d80, d40 = shape.encoder80, shape.encoder40
        self.inp = nn.Conv1d(BANDS, d80, 5)
        self.b80 = nn.ModuleList(Block(d80) for _ in range(shape.encoder_blocks80))
        self.down = nn.Conv1d(d80, d40, 2, stride=2)
        self.b40 = nn.ModuleList(Block(d40) for _ in range(shape.encoder_blocks40))
        self.out = nn.Linear(d40, shape.dims)
        nn.init.normal_(self.out.weight, std=0.05)

    def forward(self, mel: Tensor) -> Tensor:
        """mel (B, 80, 2T) -> z (B, T, D), before tanh and rounding"""
        x = self.inp(F.pad(standardise(mel), (3, 1)))
        for block in self.b80:
            x = block(x)
        x = self.down(x)
        for block in self.b40:
            x = block(x)
        return self.out(x.transpose(1, 2))


class VoiceEncoder(nn.Module):
    def __init__(self, shape: CodecShape = CodecShape()):
        super().__init__()
        d = shape.voice_width
        self.inp = nn.Conv1d(BANDS, d, 5, stride=2, padding=2)
        self.blocks = nn.ModuleList(Block(d, mult=2) for _ in range(shape.voice_blocks))
        self.att = nn.Linear(d, 1)
        self.out = nn.Linear(2 * d, shape.voice)
        self.scale = math.sqrt(shape.voice)

    def forward(self, mel: Tensor) -> Tensor:
        """mel (B, 80, n) -> voice (B, V) of unit RMS: attention-weighted mean and deviation over time, projected"""
        x = self.inp(standardise(mel))
        for block in self.blocks:
            x = block(x)
        x = x.transpose(1, 2)
        weight = self.att(x).softmax(1)
        mean = (weight * x).sum(1)
        deviation = ((weight * (x - mean[:, None]) ** 2).sum(1) + 1e-5).sqrt()
        v = self.out(torch.cat([mean, deviation], -1))
        return v * self.scale / ((v * v).sum(-1, keepdim=True).sqrt() + 1e-5)


class Decoder(nn.Module):
    def __init__(self, shape: CodecShape = CodecShape()):
        super().__init__()
        d40, d80, voice = shape.decoder40, shape.decoder80, shape.voice
        self.inp = nn.Linear(shape.dims, d40)
        self.b40 = nn.ModuleList(Block(d40, voice) for _ in range(shape.decoder_blocks40))
        self.upsample = nn.Linear(d40, 2 * d80)
        self.b80 = nn.ModuleList(Block(d80, voice) for _ in range(shape.decoder_blocks80))
        self.norm = nn.LayerNorm(d80)
        self.head = nn.Linear(d80, CONTROLS)
        self.f0_base = nn.Linear(voice, 1)
        self.d80 = d80

    def forward(self, values: Tensor, voice: Tensor) -> Tensor:
        """values (B, T, D) in -1..1, voice (B, V) -> controls (B, 2T, 162): log F0 (log Hz), voicing (voiced above 0),
        80 harmonic and 48 noise band log gains, 32 phase bands (before tanh)"""
        x = self.inp(values).transpose(1, 2)
        for block in self.b40:
            x = block(x, voice)
        x = self.upsample(x.transpose(1, 2))
        x = x.reshape(x.shape[0], -1, self.d80).transpose(1, 2)
        for block in self.b80:
            x = block(x, voice)
        y = self.head(self.norm(x.transpose(1, 2)))
        log_f0 = y[..., :1] * 0.3 + self.f0_base(voice)[:, None] * 0.3 + BASE_LOG_F0
        return torch.cat([log_f0, y[..., 1:]], -1)


def decoder_context(shape: CodecShape) -> tuple[int, int]:
    """-> frames of 25 ms that the decoder sees before and after its own"""
    at40, at80 = shape.decoder_blocks40, shape.decoder_blocks80
    return PAST * at40 + math.ceil(PAST * at80 / 2), FUTURE * at40 + math.ceil(FUTURE * at80 / 2)
