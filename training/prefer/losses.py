"""What tuning to pairs of takes minimises. Speaking: that the better take of each pair grows likelier than the worse one, as
against the model before (direct preference optimisation; Rafailov et al. 2023, arXiv:2305.18290), and that the better one stays
likely (Pang et al. 2024, arXiv:2404.19733). All else is held to what the model did before, in the same histories
(Kullback-Leibler; Li and Hoiem 2016, arXiv:1606.09282), but for tasks that are learnt on, as LmLosses has them.

Shapes: 2n rows of S tokens, the better takes first; V tokens.
"""

import copy
from collections.abc import Collection
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from training.grammar.vocabulary import FIRST_UNIT, LISTEN, SPEAK
from training.lm.losses import Corruption, LmLosses, logits_of
from training.lm.tables import Batch
from training.models.fsq import FSQ
from training.models.lm import LM


@dataclass(frozen=True)
class Preference:
    """strength: of a nat by which the pair's likelihoods part; likely: weight of the better takes' own nats a token; held:
    weight of the divergence from the model before, nats a token, of listening a phone"""

    strength: float = 0.1
    likely: float = 0.3
    held: float = 5.0


class PreferLosses(LmLosses):
    """As LmLosses; in training `speak` batches are pairs. Where it only judges, its figures are LmLosses' own."""

    def __init__(
        self,
        lm: LM,
        fsq: FSQ,
        corruption: Corruption,
        confusions: Tensor | None,
        preference: Preference,
        learnt: Collection[int] = (),
    ):
        """learnt: tasks that are neither preferred nor held"""
        super().__init__(lm, fsq, corruption, confusions=confusions)
        self.before = copy.deepcopy(lm).requires_grad_(False)
        self.preference, self.learnt = preference, learnt

    def forward(self, batch: Batch, task: int) -> tuple[Tensor, Tensor]:
        if not self.training or task in self.learnt:
            return super().forward(batch, task)
        loss = self.preferred(batch) if task == SPEAK else self.held(batch, task)
        return loss, loss.detach()

    def preferred(self, batch: Batch) -> Tensor:
        learnt = batch.learnt[:, 1:]
        now = log_chances(self.lm, batch)
        with torch.no_grad():
            before = log_chances(self.before, batch)
        better, worse = (now - before).chunk(2)
        pairs = len(better)
        nats = -now[:pairs].sum() / learnt[:pairs].sum()
        return -F.logsigmoid(self.preference.strength * (better - worse)).mean() + self.preference.likely * nats

    def held(self, batch: Batch, task: int) -> Tensor:
        tokens, voice = self.disturb(batch, task)
        learnt = batch.learnt[:, 1:]
        with torch.no_grad():
            before = logits_of(self.before, batch, tokens, voice)[learnt].float()
        now = logits_of(self.lm, batch, tokens, voice)[learnt].float()
        counted = torch.ones_like(now[:, 0], dtype=torch.bool)
        if task == LISTEN:
            before, now = one_unit(before), one_unit(now)
            counted = batch.tokens[:, 1:][learnt] < FIRST_UNIT
        nats = F.kl_div(now.log_softmax(-1), before.log_softmax(-1), reduction="sum", log_target=True)
        return self.preference.held * nats / counted.sum().clamp(min=1)


def log_chances(lm: LM, batch: Batch) -> Tensor:
    """-> (2n,) of each row, after its prompt"""
    logits = logits_of(lm, batch, batch.tokens, batch.voice).float()
    found = logits.gather(-1, batch.tokens[:, 1:, None])[..., 0] - logits.logsumexp(-1)
    return (found * batch.learnt[:, 1:]).sum(1)


def one_unit(logits: Tensor) -> Tensor:
    """(n, V) -> (n, FIRST_UNIT + 1): which unit is heard next is not listening's to say, so all count as one"""
    return torch.cat([logits[:, :FIRST_UNIT], logits[:, FIRST_UNIT:].logsumexp(-1, keepdim=True)], -1)
