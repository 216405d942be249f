"""How well a language model understands what it says: the nats that listening to a take's own units needs for its phones."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from training.grammar.rows import Utterance, listen_row
from training.lm.losses import listening_nats
from training.lm.tables import batch, pack
from training.models.lm import LM


@torch.no_grad()
def nats_a_phone(lm: LM, takes: Sequence[Utterance]) -> Tensor:
    """-> (takes,): what listening is trained to, the end of the row among it"""
    no_voice = np.zeros(lm.shape.voice, np.float32)
    rows = batch([pack(listen_row(take)) for take in takes], [no_voice] * len(takes)).to(lm.emb.weight.device)
    logits = lm.whole(rows.tokens[:, :-1], rows.time[:, :-1], rows.phone[:, :-1], rows.voice).float()
    learnt = rows.learnt[:, 1:]
    nats, _, is_unit = listening_nats(logits, rows.tokens[:, 1:])
    return ((nats * learnt).sum(1) / (learnt & ~is_unit).sum(1)).cpu()
