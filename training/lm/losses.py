"""What the language model is trained to, task by task.

Speaking, babbling and the pairs: cross-entropy of every token after the prompt. Listening: at a unit only the decision to go
on listening counts (which unit comes is not its own to say), at a phone the phone; a little of the units' own cross-entropy
keeps them in mind.
"""

import random
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.grammar.vocabulary import FIRST_UNIT, LISTEN, SPEAK
from training.lm.corrupt import corrupt_phones, corrupt_units
from training.lm.tables import Batch
from training.models.fsq import FSQ
from training.models.lm import LM


@dataclass(frozen=True)
class Corruption:
    """Rates; of those with several one is drawn a batch. voice: deviation of the noise on the voice's numbers"""

    speak_units: float = 0.03
    babble_units: float = 0.02
    listen_units: tuple[float, ...] = (0.0, 0.04, 0.08, 0.12)
    listen_spans: float = 0.012
    listen_phones: tuple[float, ...] = (0.0,)
    voice: float = 0.15


class LmLosses(nn.Module):
    """forward(batch, task) -> the loss to learn from, the figure to show (nats a token; of listening a phone)"""

    def __init__(
        self,
        lm: LM,
        fsq: FSQ,
        corruption: Corruption,
        listen_units_weight: float = 0.1,
        confusions: Tensor | None = None,
    ):
        super().__init__()
        self.lm, self.fsq, self.corruption, self.listen_units_weight = lm, fsq, corruption, listen_units_weight
        self.register_buffer("confusions", confusions, persistent=False)

    def forward(self, batch: Batch, task: int) -> tuple[Tensor, Tensor]:
        tokens, voice = self.disturb(batch, task) if self.training else (batch.tokens, batch.voice)
        return self.judged(batch, task, tokens, voice)

    def judged(
        self, batch: Batch, task: int, tokens: Tensor, voice: Tensor, added: Tensor | float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """tokens (B, S), voice (B, U): what the model reads of the batch; added (B, S - 1, W) to its embeddings"""
        logits = logits_of(self.lm, batch, tokens, voice, added)
        learnt = batch.learnt[:, 1:]
        wanted, logits = batch.tokens[:, 1:][learnt], logits[learnt].float()
        if task == LISTEN:
            return self.listening(logits, wanted)
        loss = F.cross_entropy(logits, wanted)
        return loss, loss.detach()

    def disturb(self, batch: Batch, task: int) -> tuple[Tensor, Tensor]:
        rates = self.corruption
        if task == LISTEN:
            tokens = corrupt_phones(batch.tokens, random.choice(rates.listen_phones), self.confusions)
            return corrupt_units(tokens, self.fsq, random.choice(rates.listen_units), rates.listen_spans), batch.voice
        if task == SPEAK:
            voice = batch.voice + torch.randn_like(batch.voice) * rates.voice
            return corrupt_units(batch.tokens, self.fsq, rates.speak_units), voice
        return corrupt_units(batch.tokens, self.fsq, rates.babble_units), batch.voice

    def listening(self, logits: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
        """logits (n, V), wanted (n,)"""
        nats, exact, is_unit = listening_nats(logits, wanted)
        loss = nats.sum() / (~is_unit).sum().clamp(min=1)
        units = (exact * is_unit).sum() / is_unit.sum().clamp(min=1)
        return loss + self.listen_units_weight * units, loss.detach()


def logits_of(lm: LM, batch: Batch, tokens: Tensor, voice: Tensor, added: Tensor | float = 0.0) -> Tensor:
    """As `judged` reads the batch -> (B, S - 1, V) of what follows each place"""
    return lm.whole(tokens[:, :-1], batch.time[:, :-1], batch.phone[:, :-1], voice, added)


def listening_nats(logits: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """logits (..., V), wanted (...) -> nats of each token, at a unit those of going on listening; of exactly this token; which
    are units"""
    total = logits.logsumexp(-1)
    exact = total - logits.gather(-1, wanted[..., None])[..., 0]
    is_unit = wanted >= FIRST_UNIT
    return torch.where(is_unit, total - logits[..., FIRST_UNIT:].logsumexp(-1), exact), exact, is_unit
