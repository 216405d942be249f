"""The known answer of a set of models: a short utterance said greedily, with every token's chance. The page and the command line
put their fast engines to it before they use them. It goes into the manifest of a training run's export; the shipped set's lies in
`src/gpu/ladder/known-answer.json`.

Engines differ by rounding, and where two tokens are almost equally likely rounding decides. So the utterance is said in all
voices, and the answer is the one whose narrowest decision is the widest.
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

Said = list[tuple[int, float, float]]  # token, its chance among the allowed ones, by how much it leads


def prompt(phones: list[str]) -> Row:
    """Everything before the first unit, the first phone of the utterance included"""
    row, spans = begin(SPEAK), [SILENCE, *phones, SILENCE]
    for number, phone in enumerate(spans, start=1):
        row.add(PHONE_IDS[phone], phone=number)
    row.add(GO)
    row.add(PHONE_IDS[SILENCE], phone=1)
    return row


@torch.no_grad()
def say_greedily(lm: LM, phones: list[str], voice: torch.Tensor) -> Said:
    """voice (U,) -> every token until the end: units, then the next phone, never one twice"""
    row, ids = prompt(phones), [PHONE_IDS[phone] for phone in [*phones, SILENCE]] + [END]
    shape = lm.shape
    past = torch.zeros(shape.layers, 2, 1, shape.heads, 0, shape.head)
    step = [torch.tensor([part]) for part in (row.tokens, row.time, row.phone)]
    drawn: Said = []
    frames = run = said = 0
    while not drawn or drawn[-1][0] != END:
        logits, new = lm(*step, voice[None], past, torch.tensor([past.shape[4]]))
        past = torch.cat([past, new], 4)
        units = torch.arange(FIRST_UNIT, FIRST_UNIT + shape.units)
        onward = torch.tensor([ids[said]])
        allowed = units if run == 0 else onward if run >= MOST_FRAMES_PER_PHONE else torch.cat([onward, units])
        chances = logits[0, allowed].softmax(-1)
        best = int(chances.argmax())
        token, chance = int(allowed[best]), float(chances[best])
        chances[best] = 0
        drawn.append((token, chance, chance - float(chances.max())))
        is_unit = token >= FIRST_UNIT
        frames, run, said = frames + is_unit, run + 1 if is_unit else 0, said + (not is_unit)
        step = [torch.tensor([[part]]) for part in (token, frames, said + 1)]
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
