"""Mistakes put into the history that the model reads while it learns, so that one mistake does not breed the next."""

import torch
import torch.nn.functional as F
from torch import Tensor

from training.grammar.vocabulary import FIRST_LETTER, FIRST_SOUND, FIRST_UNIT
from training.models.fsq import FSQ

NEAR_SHARE = 0.6  # of the replaced units: a neighbour in one dimension; the others: any unit
SPAN = 5  # units lost together


def corrupt_units(tokens: Tensor, fsq: FSQ, rate: float, span_rate: float = 0.0) -> Tensor:
    """tokens (B, S); a share `rate` of the units, and spans of five starting at a share `span_rate`, become others"""
    hit = torch.rand(tokens.shape, device=tokens.device) < rate
    if span_rate > 0:
        starts = (torch.rand(tokens.shape, device=tokens.device) < span_rate).float()
        hit |= F.max_pool1d(F.pad(starts, (SPAN - 1, 0))[:, None], SPAN, 1)[:, 0] > 0
    units = (tokens - FIRST_UNIT).clamp(min=0)
    near = torch.rand(tokens.shape, device=tokens.device) < NEAR_SHARE
    other = torch.where(near, neighbour(units, fsq), torch.randint_like(units, fsq.codes))
    return torch.where(hit & (tokens >= FIRST_UNIT), FIRST_UNIT + other, tokens)


def neighbour(units: Tensor, fsq: FSQ) -> Tensor:
    """units (B, S) -> units one step away in one dimension, where there is a step"""
    dimension = torch.randint_like(units, len(fsq.levels))
    size, top = fsq.basis[dimension], fsq.levels[dimension] - 1
    digit = torch.div(units, size, rounding_mode="floor") % fsq.levels[dimension]
    moved = (digit + torch.randint_like(units, 2) * 2 - 1).clamp(min=0).minimum(top)
    return units + (moved - digit) * size


def corrupt_phones(tokens: Tensor, rate: float, confusions: Tensor | None = None) -> Tensor:
    """tokens (B, S); a share `rate` of the phones already said become any phone, or, with confusions (phone, taken for), one
    that it is taken for"""
    said = (tokens >= FIRST_SOUND) & (tokens < FIRST_LETTER)
    hit = said & (torch.rand(tokens.shape, device=tokens.device) < rate)
    if confusions is None:
        return torch.where(hit, torch.randint_like(tokens, FIRST_SOUND, FIRST_LETTER), tokens)
    taken = tokens.clone()
    if hit.any():
        taken[hit] = torch.multinomial(confusions[tokens[hit]], 1)[:, 0]
    return taken
