"""The loop that all training stages run in: steps, learning rate, curve, checkpoints, stop. What a step does is the stage's.

The learning rate warms up, stays, and falls over the last part ("trapezoid", Hägele et al. 2024, arXiv:2405.18392).
"""

import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from training.stage import checkpoint
from training.stage.processes import Processes
from training.stage.record import OtherRun, RunRecord
from training.stage.stop import StopRequest


@dataclass(frozen=True)
class LoopConfig:
    """decay: the share of the steps over which the rate falls to `least_rate` of itself; every: in steps"""

    steps: int
    rate: float
    warmup: int = 200
    decay: float = 0.6
    least_rate: float = 0.02
    log_every: int = 20
    keep_every: int = 500

    def rate_at(self, step: int) -> float:
        """Learning rate of step 0 .. steps - 1."""
        left = (self.steps - step) / self.steps
        return self.rate * min(1, (step + 1) / max(1, self.warmup)) * min(1, max(self.least_rate, left / self.decay))


class Stage(Protocol):
    """One kind of training. `step` does one update and gives figures to note; `stateful` names everything that the updates
    change, each with its `state_dict`; `finish` writes the result into the run's folder."""

    def step(self, step: int, rate: float) -> dict[str, float]: ...
    def stateful(self) -> dict[str, Any]: ...
    def finish(self, folder: Path) -> None: ...


def run(stage: Stage, loop: LoopConfig, folder: Path, record: RunRecord, processes: Processes) -> bool:
    """Train from the last checkpoint, or from the start -> True when all steps are done, False when stopped before.
    @raises OtherRun where the folder holds another run"""
    file = folder / (checkpoint.NAME if processes.first else f"{checkpoint.NAME}.{processes.rank}")
    identity = {**record.identity, "processes": processes.count}
    kept = resumed(record, file, identity, processes)
    step = 0
    if kept:
        for part_name, part in stage.stateful().items():
            part.load_state_dict(kept["stage"][part_name])
        checkpoint.restore_random(kept["random"])
        step = kept["step"]
    record.begin(step)

    def keep() -> None:
        parts = {part_name: part.state_dict() for part_name, part in stage.stateful().items()}
        states = {"run": identity, "step": step, "random": checkpoint.random_states(), "stage": parts}
        checkpoint.save(file, states)

    sums: dict[str, list[float]] = defaultdict(list)
    began = time.monotonic()
    with StopRequest() as stop:
        while step < loop.steps:
            rate = loop.rate_at(step)
            for figure, value in stage.step(step, rate).items():
                sums[figure].append(value)
            step += 1
            if step % loop.log_every == 0 or step == loop.steps:
                means = {figure: sum(values) / len(values) for figure, values in sums.items()}
                record.note(step, {**means, "rate": rate, "seconds": time.monotonic() - began})
                sums.clear()
            if processes.any(stop.asked):
                keep()
                record.state("stopped", step)
                return False
            if step % loop.keep_every == 0:
                keep()
    keep()
    if processes.first:
        stage.finish(folder)
    record.state("finished", step)
    return True


def resumed(record: RunRecord, file: Path, identity: dict[str, Any], processes: Processes) -> dict[str, Any] | None:
    """What this process's last checkpoint holds; None at the start. Where one process can't go on, none does.
    @raises OtherRun"""
    kept, refused = None, None
    try:
        record.claim()
        kept = checkpoint.load(file, identity)
    except OtherRun as other:
        refused = other
    step = kept["step"] if kept else 0
    if not processes.same(-1 if refused else step) or refused:
        raise refused or OtherRun(
            f"the checkpoints of {processes.count} processes in {file.parent} are not of one step; choose another folder for "
            "`out`, or remove it to begin again"
        )
    return kept
