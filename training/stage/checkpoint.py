"""One checkpoint a run, replaced whole: weights, optimisers, step and every random state, so that a run that was stopped and
resumed is the run that was not stopped.
"""

import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch

NAME = "checkpoint.pt"


class OtherRun(ValueError):
    """The folder holds a checkpoint of another config."""


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


def save(folder: Path, name: str, content: dict[str, Any]) -> None:
    """Written beside and then renamed, so that a crash leaves the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / (name + ".part")
    torch.save(content, beside)
    os.replace(beside, folder / name)


def load(folder: Path, name: str, config: dict[str, Any]) -> dict[str, Any] | None:
    """None where there is none. @raises OtherRun naming the settings that differ; `loop` may differ, to train on"""
    file = folder / name
    if not file.exists():
        return None
    content = torch.load(file, map_location="cpu", weights_only=False)
    before = content["config"]
    differing = [key for key in config.keys() | before.keys() if key != "loop" and config.get(key) != before.get(key)]
    if differing:
        raise OtherRun(
            f"{file} was made with other settings ({', '.join(sorted(differing))}); choose another folder for `out`, "
            "or remove it to begin again"
        )
    return content
