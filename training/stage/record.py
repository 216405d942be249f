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

BLOCK_BYTES = 1 << 20


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
        self.curve = folder / "curve.jsonl"

    def begin(self, step: int) -> None:
        """What an earlier attempt noted beyond `step`, the checkpoint's, is dropped: those steps are done again."""
        if not self.writes:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = []
        if self.curve.exists():
            lines = self.curve.read_text(encoding="utf8").splitlines()
            kept = [line for line in lines if json.loads(line)["step"] <= step]
        self.curve.write_text("".join(line + "\n" for line in kept), encoding="utf8")
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
            (self.folder / "run.json").write_text(text + "\n", encoding="utf8")
