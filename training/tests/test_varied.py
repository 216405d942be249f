"""Varied speech is the same however often its making was stopped, and draws nothing from the training's generators."""

import os
import random
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from training.grammar.rows import Utterance
from training.listen import train as listening
from training.listen.train import ListenConfig, make_varied
from training.tests.conftest import World, loop
from training.tokenizer.result import read_tokenizer
from training.units import read_units, units_files


def making(world: World, out: Path, together: bool = False) -> Callable[[], list[Path] | None]:
    config = ListenConfig((world.units,), world.tokenizer, world.lm, out, loop(2), varied=4, in_a_file=2, together=together)
    train = read_units(*units_files(world.units))
    return partial(make_varied, config, read_tokenizer(world.tokenizer)[0], train)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("varied-*")}


@pytest.mark.parametrize("together", [False, True])
def test_a_stop_changes_nothing(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: bool) -> None:
    assert making(world, tmp_path / "whole", together)()
    parts = making(world, tmp_path / "parts", together)
    varied, count = listening.varied, 0

    def interrupted(*arguments: Any) -> Utterance:
        nonlocal count
        count += 1
        if count == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return varied(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(listening, "varied", interrupted)
        assert parts() is None
    torch.rand(7)
    assert parts()
    assert contents(tmp_path / "parts") == contents(tmp_path / "whole")


def test_the_trainings_generators_are_left_as_they_were(world: World, tmp_path: Path) -> None:
    make = making(world, tmp_path)
    before = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()
    assert make()
    assert torch.equal(before[0], torch.get_rng_state())
    assert before[1:] == (random.getstate(), np.random.get_state()[1].tolist())
