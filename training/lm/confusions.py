"""Which phones the model takes for which, counted where its history is right: what a wrong history is made of."""

from collections.abc import Callable

import torch
from torch import Tensor

from training.grammar.vocabulary import FIRST_LETTER, FIRST_PHONE
from training.lm.tables import Batch
from training.models.lm import LM

ANY = 1e-3  # of a count: any phone may be taken for any other


@torch.no_grad()
def confusions(lm: LM, draw: Callable[[], Batch], batches: int) -> Tensor:
    """Batches of listening -> (tokens before the letters, the same): weights of what a phone is taken for, never itself"""
    counts = torch.zeros(FIRST_LETTER, FIRST_LETTER)
    was_training = lm.training
    lm.eval()
    for _ in range(batches):
        batch = draw().to(lm.emb.weight.device)
        logits = lm.whole(batch.tokens[:, :-1], batch.time[:, :-1], batch.phone[:, :-1], batch.voice)
        wanted = batch.tokens[:, 1:]
        asked = batch.learnt[:, 1:] & (wanted >= FIRST_PHONE) & (wanted < FIRST_LETTER)
        taken = logits[asked][:, FIRST_PHONE:FIRST_LETTER].argmax(-1) + FIRST_PHONE
        counts.index_put_((wanted[asked].cpu(), taken.cpu()), torch.ones(len(taken)), accumulate=True)
    lm.train(was_training)
    counts[:, FIRST_PHONE:] += ANY
    return counts.fill_diagonal_(0)
