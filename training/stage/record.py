"""The record of a run, beside its result: `run.json` (stage, config, seed, data hash, versions, how it ended) and
`curve.jsonl` (a line of figures now and then).
"""

import hashlib
import json
import platform
import time
from pathlib import Path
from typing import Any

import torch

from training.stage.replacing import write_whole

BLOCK_BYTES = 1 << 20


class OtherRun(ValueError):
    """The folder holds a run of another config, or of other data; the text names what differs."""


def data_hash(files: list[Path]) -> str:
    """SHA-256 over the files' names and bytes, in order of name."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda path: path.name):
        total.update(file.name.encode())
        with file.open("rb") as data:
            while block := data.read(BLOCK_BYTES):
                total.update(block)
    return total.hexdigest()


class RunRecord:
    """Only the first of several processes writes (`writes`)."""

    def __init__(self, folder: Path, stage: str, config: dict[str, Any], seed: int, data: str, writes: bool = True):
        self.folder, self.writes = folder, writes
        self.facts: dict[str, Any] = {
            "stage": stage,
            "config": config,
            "seed": seed,
            "data_sha256": data,
            "python": platform.python_version(),
            "torch": torch.__version__,
            "began": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }
        self.curve, self.file = folder / "curve.jsonl", folder / "run.json"

    @property
    def identity(self) -> dict[str, Any]:
        """What makes it this run and no other."""
        return {name: self.facts[name] for name in ("stage", "config", "data_sha256")}

    def claim(self) -> None:
        """The folder is this run's from now on. @raises OtherRun where it is another's"""
        if not self.writes:
            return
        if self.file.exists():
            hold_to(self.file, json.loads(self.file.read_text(encoding="utf8")), self.identity)
        else:
            self.state("running", 0)

    def begin(self, step: int) -> None:
        """What an earlier attempt noted beyond `step`, the checkpoint's, is dropped: those steps are done again.
        @raises OtherRun"""
        self.claim()
        if not self.writes:
            return
        kept = []
        if self.curve.exists():
            lines = self.curve.read_text(encoding="utf8").splitlines(keepends=True)
            kept = [
                line for line in lines if line.endswith("\n") and json.loads(line)["step"] <= step
            ]  # the last may be torn
        write_whole(self.curve, "".join(kept))
        self.state("running", step)

    def note(self, step: int, figures: dict[str, float]) -> None:
        if not self.writes:
            return
        line = json.dumps({"step": step, **{name: float(f"{value:.6g}") for name, value in figures.items()}})
        with self.curve.open("a", encoding="utf8") as curve:
            curve.write(line + "\n")
        print(line, flush=True)

    def state(self, state: str, step: int) -> None:
        """running, stopped or finished"""
        if self.writes:
            text = json.dumps({**self.facts, "state": state, "steps": step}, indent=2)
            write_whole(self.file, text + "\n")


def hold_to(file: Path, before: dict[str, Any], now: dict[str, Any]) -> None:
    """file: which holds the facts `before`. @raises OtherRun where those of `now` are others; the config's `loop` may be, to
    train on"""
    was, is_now = before["config"], now["config"]
    others = sorted(name for name in was.keys() | is_now.keys() if name != "loop" and was.get(name) != is_now.get(name))
    others += [name.removesuffix("_sha256") for name in now if name != "config" and before.get(name) != now[name]]
    if others:
        raise OtherRun(
            f"{file} is of a run with other {', '.join(others)}; choose another folder for `out`, or remove it to begin again"
        )
