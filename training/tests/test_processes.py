"""Two processes that train one model: stopped and resumed as if they had not been, and with as many processes as before."""

import os
import signal
import socket
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from training.lm.stage import LmStage
from training.lm.train import LmConfig, train_lm
from training.stage.record import OtherRun
from training.tests.conftest import World, lm_config

PROCESSES = 2


def train_as(rank: int, port: int, config: LmConfig, stop_at: int | None) -> bool:
    """One of the processes, as torchrun starts it; a signal comes to this one at the step `stop_at`"""
    torch.set_num_threads(1)
    place = {"WORLD_SIZE": PROCESSES, "RANK": rank, "LOCAL_RANK": rank, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    os.environ.update({name: str(value) for name, value in place.items()})
    step = LmStage.step

    def interrupted(self: LmStage, number: int, rate: float) -> dict[str, float]:
        if number == stop_at:
            os.kill(os.getpid(), signal.SIGTERM)
        return step(self, number, rate)

    LmStage.step = interrupted  # type: ignore[method-assign]
    return train_lm(config)


def train_in_two(config: LmConfig, stop_at: int | None = None) -> list[bool]:
    """The signal comes to the second alone. @raises what the processes raise"""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        began = [pool.submit(train_as, rank, port, config, stop_at if rank == 1 else None) for rank in range(PROCESSES)]
        return [one.result() for one in began]


@pytest.fixture(scope="module")
def whole(world: World, tmp_path_factory: pytest.TempPathFactory) -> LmConfig:
    """Trained by two from the first step to the last"""
    config = lm_config(world.units, tmp_path_factory.mktemp("whole"), 5)
    assert train_in_two(config) == [True, True]
    return config


def test_two_that_were_stopped_end_as_two_that_were_not(whole: LmConfig, tmp_path: Path) -> None:
    parts = replace(whole, out=tmp_path)
    assert train_in_two(parts, stop_at=2) == [False, False]
    assert train_in_two(parts) == [True, True]
    found, wanted = (load_file(config.out / "lm.safetensors") for config in (parts, whole))
    assert all(torch.equal(found[name], wanted[name]) for name in wanted)
    first, second = (torch.load(tmp_path / name, weights_only=False) for name in ("checkpoint.pt", "checkpoint.pt.1"))
    assert not torch.equal(first["random"]["torch"], second["random"]["torch"])  # each draws its own batches


def test_as_many_processes_as_before_are_wanted(world: World, tmp_path: Path) -> None:
    config = lm_config(world.units, tmp_path, 3)
    assert train_lm(config)
    with pytest.raises(OtherRun, match="other processes"):
        train_in_two(config)


def test_checkpoints_of_one_step_are_wanted(whole: LmConfig) -> None:
    with pytest.raises(OtherRun, match="other processes"):
        train_lm(whole)
    (whole.out / "checkpoint.pt.1").unlink()
    with pytest.raises(OtherRun, match="not of one step"):
        train_in_two(whole)
