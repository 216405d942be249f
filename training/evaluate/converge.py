"""The project's own command line, run on a folder of models: what it says is what a visitor's browser would compute."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.paths import ROOT


class NotMeasured(Exception):
    """A part of the report that this machine can't fill; the text says what is missing."""


@dataclass(frozen=True)
class Converge:
    """models: the folder; kept: where answers are kept, so that a report that was stopped goes on where it stopped"""

    models: Path
    kept: Path

    def run(self, *arguments: str) -> dict[str, Any]:
        """One command with --json -> what it printed. @raises NotMeasured without Node; RuntimeError where it failed"""
        answer = self.kept / f"{hashlib.sha256(json.dumps(arguments).encode()).hexdigest()[:16]}.json"
        if not answer.exists():
            printed = self.printed(*arguments, "--json")
            self.kept.mkdir(parents=True, exist_ok=True)
            answer.write_text(printed, encoding="utf8")
        return json.loads(answer.read_text(encoding="utf8"))

    def printed(self, *arguments: str) -> str:
        if shutil.which("node") is None or not (ROOT / "node_modules" / "tsx").exists():
            raise NotMeasured("node, or the project's packages (npm ci), are missing")
        command = ["node", "--import", "tsx", "src/cli/main.ts", *arguments, "--models", str(self.models.resolve())]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if ended.returncode != 0:
            raise RuntimeError(ended.stderr.strip())
        return ended.stdout

    def say(
        self, text: str, out: Path, voice: str, temperature: float, seed: int, engine: str | None = None
    ) -> dict[str, Any]:
        """-> {phones, takes: [{units, durations, seconds, file}], ..}"""
        options = ["--voice", voice, "--temperature", str(temperature), "--seed", str(seed), "--out", str(out.resolve())]
        return self.run("say", text, *options, *(["--engine", engine] if engine else []))

    def listen(self, files: Sequence[Path], tokenizer: str, beam: int | None = None) -> list[dict[str, Any]]:
        """-> one a file: {text, phones: [{phone, ..}], units, ..}; beam 1 is greedy"""
        options = ["--tokenizer", tokenizer, *(["--beam", str(beam)] if beam else [])]
        return self.run("listen", *(str(file.resolve()) for file in files), *options)["files"]

    def decode(self, units: Sequence[int], voice: Sequence[float], out: Path) -> None:
        """units back to sound in a voice (dims,)"""
        if out.exists():
            return
        stored = out.with_suffix(".json")
        stored.write_text(json.dumps({"units": list(map(int, units)), "voice": list(map(float, voice))}), encoding="utf8")
        self.printed("tokens", "--decode", str(stored.resolve()), "--out", str(out.resolve()))
