"""Takes of given phones, drawn in the grammar of speaking as the page draws them: after each phone at least one unit and at
most `MOST_FRAMES_PER_PHONE`, then the next phone, or the end after the last one.

Shapes: B takes, N phones with the silences at both ends, V tokens.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from training.grammar.rows import MOST_FRAMES_PER_PHONE, Utterance
from training.grammar.vocabulary import END, FIRST_UNIT, GO, PAD, PHONE_IDS, SPEAK
from training.models.lm import LM


class Speaking:
    """Where each of B takes is. phones (B, N) as tokens; place, run, frames (B,): index of the phone that is spoken, its
    frames so far, frames in all; durations (B, N) in frames"""

    def __init__(self, phones: Tensor):
        takes, device = len(phones), phones.device
        self.phones = phones
        self.onward = torch.cat([phones[:, 1:], torch.full((takes, 1), END, device=device)], 1)
        self.place, self.run, self.frames = (torch.zeros(takes, dtype=torch.long, device=device) for _ in range(3))
        self.ended = torch.zeros(takes, dtype=torch.bool, device=device)
        self.durations = torch.zeros_like(phones)

    def prefix(self) -> tuple[Tensor, Tensor, Tensor]:
        """-> tokens, time, phone (B, N + 4)"""
        takes, count = self.phones.shape
        front, back = ([value] * takes for value in ((PAD, SPEAK), (GO,)))
        to = {"device": self.phones.device, "dtype": torch.long}
        tokens = torch.cat([torch.tensor(front, **to), self.phones, torch.tensor(back, **to), self.phones[:, :1]], 1)
        numbers = torch.tensor([0, 0, *range(1, count + 1), 0, 1], **to)
        return tokens, torch.zeros_like(tokens), numbers.expand_as(tokens)

    def forbidden(self, vocabulary: int) -> Tensor:
        """-> (B, V): what may not come next"""
        forbidden = torch.ones(len(self.phones), vocabulary, dtype=torch.bool, device=self.phones.device)
        forbidden[:, FIRST_UNIT:] = (self.ended | (self.run >= MOST_FRAMES_PER_PHONE))[:, None]
        onward = self.onward.gather(1, self.place[:, None])
        return forbidden.scatter(1, onward, ((self.run < 1) & ~self.ended)[:, None])

    def follow(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """tokens (B,) -> their time and phone (B,)"""
        is_unit, ends = tokens >= FIRST_UNIT, tokens == END
        self.durations.scatter_add_(1, self.place[:, None], is_unit[:, None].long())
        self.frames, self.run = self.frames + is_unit, torch.where(is_unit, self.run + 1, 0)
        self.ended = self.ended | ends
        self.place = self.place + (~is_unit & ~ends)
        return self.frames, self.place + 1


@torch.no_grad()
def draw_takes(lm: LM, asked: Sequence[Utterance], temperature: float, random: torch.Generator) -> list[Utterance]:
    """asked: of as many phones each -> the same words in the same voices, with units and durations of the model's own"""
    device = lm.emb.weight.device
    state = Speaking(torch.tensor([[PHONE_IDS[phone] for phone, _ in one.spans()] for one in asked], device=device))
    voice = torch.from_numpy(np.stack([one.voice for one in asked])).to(device)
    tokens, time, phone = state.prefix()
    most = tokens.shape[1] + state.phones.shape[1] * (MOST_FRAMES_PER_PHONE + 1)
    cache = torch.empty(lm.shape.layers, 2, len(asked), lm.shape.heads, most, lm.shape.head, device=device)
    at, drawn = 0, []
    while not state.ended.all():
        logits = lm.go_on(tokens, time, phone, voice, cache, at)
        at += tokens.shape[1]
        chances = (logits.float() / temperature).masked_fill(state.forbidden(logits.shape[1]), -torch.inf).softmax(-1)
        tokens = torch.multinomial(chances.cpu(), 1, generator=random).to(device)
        time, phone = (values[:, None] for values in state.follow(tokens[:, 0]))
        drawn.append(tokens)
    rows = torch.cat(drawn, 1).cpu().numpy()
    durations = state.durations.tolist()
    return [
        spoken(one, row[row >= FIRST_UNIT] - FIRST_UNIT, spans)
        for one, row, spans in zip(asked, rows, durations, strict=True)
    ]


def spoken(asked: Utterance, units: np.ndarray, spans: list[int]) -> Utterance:
    times = {"lead": spans[0], "durations": spans[1:-1], "tail": spans[-1]}
    return replace(asked, units=units.astype(np.uint16), features=None, split="train", **times)
