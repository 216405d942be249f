"""Listening learnt by the language model and the tokenizer's adapter together: the adapter's digits become units as on the page,
and the listening loss reaches the adapter through the units' embeddings, as if each had been the mean over the digits' chances
(straight-through; Bengio et al. 2013, arXiv:1308.3432). The adapter is held to the units of the sound that was sent, so that
what it says can still be spoken by the decoder.

Shapes: B rows of S tokens; N utterances of at most T frames; n frames in all; D digits of L levels; W wide.
"""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from training.grammar.vocabulary import FIRST_UNIT, LISTEN
from training.lm.losses import Corruption, LmLosses
from training.lm.stage import LmStage
from training.lm.tables import Batch
from training.models.adapter import Adapter
from training.models.fsq import FSQ
from training.models.lm import LM
from training.tokenizer.parts import Parts
from training.tokenizer.result import write_tokenizer

FEATURE_NOISE = (0.0, 0.1, 0.2)  # deviation; one is drawn a batch


class TogetherLosses(LmLosses):
    """As LmLosses; batches with features go through the adapter. held: weight of the cross-entropy with the units sent"""

    def __init__(
        self,
        lm: LM,
        fsq: FSQ,
        corruption: Corruption,
        listen_units_weight: float,
        confusions: Tensor | None,
        parts: Parts,
        held: float,
    ):
        super().__init__(lm, fsq, corruption, listen_units_weight, confusions)
        self.adapter, self.held = adapter_of(parts), held

    def forward(self, batch: Batch, task: int) -> tuple[Tensor, Tensor]:
        if task != LISTEN or batch.arrived is None:
            return super().forward(batch, task)
        logits = self.digit_logits(*batch.arrived)
        places = batch.tokens >= FIRST_UNIT
        sent = batch.tokens[places] - FIRST_UNIT
        codes, passed = straight_through(self.lm.emb.weight[FIRST_UNIT:], self.fsq, logits)
        heard = replace(batch, tokens=batch.tokens.masked_scatter(places, FIRST_UNIT + codes))
        tokens = self.disturb(heard, task)[0] if self.training else heard.tokens
        added = torch.zeros(*tokens.shape, passed.shape[-1], device=tokens.device)
        added[places] = passed * (tokens == heard.tokens)[places][:, None]
        listening, shown = self.judged(heard, task, tokens, batch.voice, added[:, :-1])
        digits = F.cross_entropy(logits.flatten(0, 1), self.fsq.digits(sent).flatten())
        return listening + self.held * digits, shown

    def digit_logits(self, features: Tensor, present: Tensor) -> Tensor:
        """features (N, T, W), present (N, T) -> (n, D, L) of the frames that are there"""
        noise = random.choice(FEATURE_NOISE) if self.training else 0.0
        return self.adapter.of_frames(features + noise * torch.randn_like(features), present)[present].float()


def straight_through(embeddings: Tensor, fsq: FSQ, logits: Tensor) -> tuple[Tensor, Tensor]:
    """embeddings (codes, W), logits (n, D, L) -> the likeliest codes (n,), and (n, W) which is zero, with the gradient that the
    mean embedding has: each digit by its chances, the others as they are"""
    chances, digits = logits.softmax(-1), logits.argmax(-1)
    codes = fsq.join(digits)
    levels = torch.arange(logits.shape[-1], device=logits.device)
    others = codes[:, None, None] + (levels - digits[..., None]) * fsq.basis[:, None]
    mean = torch.einsum("nk,nkw->nw", chances.flatten(1), embeddings.detach()[others.flatten(1)]).to(embeddings.dtype)
    return codes, mean - mean.detach()


def adapter_of(parts: Parts) -> Adapter:
    """@raises ValueError"""
    if parts.tokenizer is None:
        raise ValueError("this tokenizer has no adapter on Whisper's features; together = true wants one")
    return parts.tokenizer.adapter


class TogetherStage(LmStage):
    """Leaves the tokenizer, its adapter learnt, beside the language model."""

    def __init__(self, parts: Parts, *given: Any):
        super().__init__(*given)
        self.parts = parts

    def finish(self, folder: Path) -> None:
        super().finish(folder)
        adapter_of(self.parts).load_state_dict(self.average.module.adapter.state_dict())
        write_tokenizer(folder, self.parts)
