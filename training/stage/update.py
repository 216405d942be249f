"""One update of a network's weights, the same in every stage."""

import torch
from torch import nn


def update(optimiser: torch.optim.Optimizer, module: nn.Module, loss: torch.Tensor, rate: float, most: float) -> None:
    """One step at `rate`, the gradient's norm cut at `most`."""
    for group in optimiser.param_groups:
        group["lr"] = rate
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(module.parameters(), most)
    optimiser.step()
