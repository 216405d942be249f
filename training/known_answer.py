"""The known answer of a set of models: a short utterance said greedily, with every token's chance. It goes into the manifest
of a training run's export, and the page and the command line put their fast engines to it before they use them. (The shipped
set's lies in `src/gpu/ladder/known-answer.json`.)
"""

from typing import Any

import torch

from training.checkpoints import Trained
from training.grammar.rows import Row, begin
from training.grammar.vocabulary import END, FIRST_UNIT, GO, PHONE_IDS, SILENCE, SPEAK
from training.int8 import dequantised
from training.models.lm import LM

PHONES = [*"DH AH0".split(), " ", *"K W IH1 K".split(), " ", *"B R AW1 N".split(), " ", *"F AA1 K S .".split()]
MOST_FRAMES_PER_PHONE = 32
DIGITS = 5


def prompt(phones: list[str]) -> Row:
    """Everything before the first unit, the first phone of the utterance included"""
    row, spans = begin(SPEAK), [SILENCE, *phones, SILENCE]
    for number, phone in enumerate(spans, start=1):
        row.add(PHONE_IDS[phone], phone=number)
    row.add(GO)
    row.add(PHONE_IDS[SILENCE], phone=1)
    return row


@torch.no_grad()
def say_greedily(lm: LM, phones: list[str], voice: torch.Tensor) -> list[tuple[int, float]]:
    """voice (U,) -> (token, chance among the allowed ones) until the end: units, then the next phone, never one twice"""
    row, ids = prompt(phones), [PHONE_IDS[phone] for phone in [*phones, SILENCE]] + [END]
    shape = lm.shape
    past = torch.zeros(shape.layers, 2, 1, shape.heads, 0, shape.head)
    step = [torch.tensor([part]) for part in (row.tokens, row.time, row.phone)]
    drawn: list[tuple[int, float]] = []
    frames = run = said = 0
    while not drawn or drawn[-1][0] != END:
        logits, new = lm(*step, voice[None], past, torch.tensor([past.shape[4]]))
        past = torch.cat([past, new], 4)
        units = torch.arange(FIRST_UNIT, FIRST_UNIT + shape.units)
        onward = torch.tensor([ids[said]])
        allowed = units if run == 0 else onward if run >= MOST_FRAMES_PER_PHONE else torch.cat([onward, units])
        chances = logits[0, allowed].softmax(-1)
        best = int(chances.argmax())
        token = int(allowed[best])
        drawn.append((token, float(chances[best])))
        is_unit = token >= FIRST_UNIT
        frames, run, said = frames + is_unit, run + 1 if is_unit else 0, said + (not is_unit)
        step = [torch.tensor([[part]]) for part in (token, frames, said + 1)]
    return drawn


def known_answer(trained: Trained) -> dict[str, Any]:
    """As the int8 weights give it, in the set's first voice"""
    lm = LM(trained.lm).eval()
    weights = dequantised(trained.networks["lm"][1])
    lm.load_state_dict({name: torch.tensor(weight) for name, weight in weights.items()})
    voice, vector = next(iter(trained.language["voices"].items()))
    drawn = say_greedily(lm, PHONES, torch.tensor(vector))
    answer = [{"id": token, "probability": round(chance, DIGITS)} for token, chance in drawn]
    return {"phones": PHONES, "voice": voice, "answer": answer}
