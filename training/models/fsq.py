"""Finite scalar quantisation (Mentzer et al. 2023, arXiv:2309.15505): a few bounded dimensions, each rounded to few levels.

A code is the mixed-radix integer of the rounded dimensions, least significant first.
"""

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

BOUND = 0.999  # keeps the outermost levels reachable without tanh saturating


class FSQ(nn.Module):
    def __init__(self, levels: Sequence[int]):
        super().__init__()
        basis = [math.prod(levels[:i]) for i in range(len(levels))]
        self.register_buffer("levels", torch.tensor(list(levels)), persistent=False)
        self.register_buffer("basis", torch.tensor(basis), persistent=False)
        self.codes = math.prod(levels)

    def forward(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """z (..., D) -> values (..., D) in -1..1 with the gradient of the unrounded ones, codes (...)"""
        half = (self.levels - 1) / 2
        unrounded = torch.tanh(z) * half * BOUND + half  # 0 .. L - 1
        digits = unrounded.round()
        rounded = unrounded + (digits - unrounded).detach()
        return rounded / half - 1, self.join(digits.long())

    def digits(self, codes: Tensor) -> Tensor:
        """codes (...) -> digits (..., D), each 0 .. L - 1"""
        return torch.div(codes[..., None], self.basis, rounding_mode="floor") % self.levels

    def join(self, digits: Tensor) -> Tensor:
        """digits (..., D) -> codes (...)"""
        return (digits * self.basis).sum(-1)

    def values(self, codes: Tensor) -> Tensor:
        """codes (...) -> values (..., D) in -1..1"""
        return self.digits(codes).float() / ((self.levels - 1) / 2) - 1

    def from_logits(self, logits: Tensor) -> tuple[Tensor, Tensor]:
        """logits (..., D, L), all dimensions of as many levels -> values (..., D) of the likeliest digits with the gradient
        of the expected ones, codes (...)"""
        chance = logits.softmax(-1)
        steps = torch.linspace(-1, 1, logits.shape[-1], device=logits.device)
        expected, digits = (chance * steps).sum(-1), chance.argmax(-1)
        return expected + (steps[digits] - expected).detach(), self.join(digits)
