"""The running average of the weights, which is what a run gives (Polyak averaging): it is calmer than the last step."""

import copy
from typing import TypeVar

import torch
from torch import nn

M = TypeVar("M", bound=nn.Module)


class Average:
    """Follows fast at first: after n steps it keeps (n + 1) / (n + slow_start), at most `most`."""

    def __init__(self, module: nn.Module, most: float = 0.999, slow_start: int = 30):
        self.module = copy.deepcopy(module).requires_grad_(False)
        self.most, self.slow_start = most, slow_start

    @torch.no_grad()
    def follow(self, module: nn.Module, step: int) -> None:
        kept = min(self.most, (step + 1) / (step + self.slow_start))
        torch._foreach_lerp_(list(self.module.parameters()), list(module.parameters()), 1 - kept)
