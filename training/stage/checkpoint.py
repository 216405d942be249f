"""One checkpoint a run, replaced whole: weights, optimisers, step and every random state, so that a run that was stopped and
resumed is the run that was not stopped.
"""

import random
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.stage.record import hold_to
from training.stage.replacing import replacing

NAME = "checkpoint.pt"


def random_states() -> dict[str, Any]:
    cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []
    return {"python": random.getstate(), "numpy": np.random.get_state(), "torch": torch.get_rng_state(), "cuda": cuda}


def restore_random(states: dict[str, Any]) -> None:
    random.setstate(states["python"])
    np.random.set_state(states["numpy"])
    torch.set_rng_state(states["torch"])
    if states["cuda"]:
        torch.cuda.set_rng_state_all(states["cuda"])


def seed_all(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def save(file: Path, content: dict[str, Any]) -> None:
    with replacing(file) as beside:
        torch.save(content, beside)


def load(file: Path, run: dict[str, Any]) -> dict[str, Any] | None:
    """None where there is none. @raises OtherRun where it is of another run"""
    if not file.exists():
        return None
    content = torch.load(file, map_location="cpu", weights_only=False)
    hold_to(file, content["run"], run)
    return content
