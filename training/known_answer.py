"""The known answer of a set of models: a short utterance said greedily, with every token's chance. The page and the command line
put their fast engines to it before they use them. It goes into the manifest of a training run's export; the shipped set's lies in
`src/gpu/ladder/known-answer.json`.

Engines differ by rounding, and where two tokens are almost equally likely rounding decides. So the utterance is said in all
voices, and the answer is the one whose narrowest decision is the widest.
"""

from typing import Any

import torch

from training.checkpoints import Trained
from training.grammar.vocabulary import PHONE_IDS, SILENCE
from training.int8 import dequantised
from training.models.lm import LM
from training.takes.draw import Speaking

PHONES = [*"DH AH0".split(), " ", *"K W IH1 K".split(), " ", *"B R AW1 N".split(), " ", *"F AA1 K S .".split()]
DIGITS = 5

Said = list[tuple[int, float, float]]  # token, its chance among the allowed ones, by how much it leads


@torch.no_grad()
def say_greedily(lm: LM, phones: list[str], voice: torch.Tensor) -> Said:
    """voice (U,) -> every token until the end, in the grammar of speaking"""
    state = Speaking(torch.tensor([[PHONE_IDS[phone] for phone in (SILENCE, *phones, SILENCE)]]))
    tokens, time, phone = state.prefix()
    shape = lm.shape
    past = torch.zeros(shape.layers, 2, 1, shape.heads, 0, shape.head)
    drawn: Said = []
    while not state.ended.all():
        logits, new = lm(tokens, time, phone, voice[None], past, torch.tensor([past.shape[4]]))
        past = torch.cat([past, new], 4)
        chances = logits.masked_fill(state.forbidden(logits.shape[1]), -torch.inf).softmax(-1)
        (first, second), (best, _) = (two.tolist() for two in chances[0].topk(2))
        drawn.append((best, first, first - second))
        tokens = torch.tensor([[best]])
        time, phone = (values[:, None] for values in state.follow(tokens[:, 0]))
    return drawn


def narrowest(said: Said) -> float:
    return min(lead for _, _, lead in said)


def known_answer(trained: Trained) -> dict[str, Any]:
    """As the int8 weights give it"""
    lm = LM(trained.lm).eval()
    weights = dequantised(trained.networks["lm"][1])
    lm.load_state_dict({name: torch.tensor(weight) for name, weight in weights.items()})
    said = {name: say_greedily(lm, PHONES, torch.tensor(vector)) for name, vector in trained.language["voices"].items()}
    voice = max(said, key=lambda name: narrowest(said[name]))
    answer = [{"id": token, "probability": round(chance, DIGITS)} for token, chance, _ in said[voice]]
    return {"phones": PHONES, "voice": voice, "answer": answer}
