"""The project's own command line, run on a folder of models: what it says is what a visitor's browser would compute.

Answers are kept, so that a report that was stopped goes on where it stopped: by the bytes of the models, of the sources and of
the recordings, and by what was asked. Where any of these changes, it is asked again.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from training.evaluate.not_measured import NotMeasured
from training.paths import ROOT
from training.program import run_program
from training.stage.record import data_hash
from training.stage.replacing import replacing, write_whole

SOURCES = tuple(ROOT / "src" / name for name in ("cli", "gpu", "speech"))  # what the command line is made of
LOCK = ROOT / "package-lock.json"  # and of which packages


@dataclass(frozen=True)
class Converge:
    """models: the folder; kept: where answers are kept, sounds among them; sources: files and folders of the program"""

    models: Path
    kept: Path
    sources: tuple[Path, ...] = (*SOURCES, LOCK)

    @cached_property
    def program(self) -> str:
        """SHA-256 of models and sources. Tests are no part of the program."""
        files = [*folder_files(self.models), *(file for given in self.sources for file in folder_files(given))]
        return data_hash([file for file in files if ".test." not in file.name])

    def key(self, arguments: Sequence[str], recordings: Sequence[Path] = ()) -> str:
        """The name, without ending, under which an answer is kept."""
        read = [file.name for file in recordings]
        asked = json.dumps([self.program, *arguments, read, data_hash(list(recordings))])
        return hashlib.sha256(asked.encode()).hexdigest()[:16]

    def run(self, *arguments: str, recordings: Sequence[Path] = ()) -> dict[str, Any]:
        """One command with --json, that reads `recordings` -> what it printed. @raises NotMeasured"""
        files = [str(file.resolve()) for file in recordings]
        answer = self.kept / f"{self.key(arguments, recordings)}.json"
        if not answer.exists():
            write_whole(answer, self.printed(*arguments, *files, "--json"))
        return json.loads(answer.read_text(encoding="utf8"))

    def printed(self, *arguments: str) -> str:
        """@raises NotMeasured without Node, and where the command fails"""
        if shutil.which("node") is None or not (ROOT / "node_modules" / "tsx").exists():
            raise NotMeasured("node, or the project's packages (npm ci), are missing")
        command = ["node", "--import", "tsx", "src/cli/main.ts", *arguments, "--models", str(self.models.resolve())]
        try:
            return run_program(command, ROOT)
        except ValueError as failed:
            raise NotMeasured(f"{arguments[0]}: {failed}") from failed

    def say(
        self, text: str, voice: str, temperature: float, seed: int, engine: str | None = None
    ) -> tuple[dict[str, Any], Path]:
        """-> {phones, takes: [{units, durations, seconds, ..}], ..}, the WAV file"""
        options = ["--voice", voice, "--temperature", str(temperature), "--seed", str(seed)]
        arguments = ["say", text, *options, *(["--engine", engine] if engine else [])]
        sound = self.kept / f"{self.key(arguments)}.wav"
        answer = sound.with_suffix(".json")
        if not (sound.exists() and answer.exists()):
            write_whole(answer, self.sounding(sound, *arguments, "--json"))
        return json.loads(answer.read_text(encoding="utf8")), sound

    def listen(self, files: Sequence[Path], tokenizer: str, beam: int | None = None) -> list[dict[str, Any]]:
        """-> one a file: {text, phones: [{phone, ..}], units, ..}; beam 1 is greedy"""
        options = ["--tokenizer", tokenizer, *(["--beam", str(beam)] if beam else [])]
        return self.run("listen", *options, recordings=files)["files"]

    def tokens(self, file: Path, tokenizer: str) -> dict[str, Any]:
        """-> {units, voice, ..} of a recording"""
        return self.run("tokens", "--tokenizer", tokenizer, recordings=[file])

    def decode(self, units: Sequence[int], voice: Sequence[float], seed: int = 1) -> Path:
        """units back to sound in a voice (dims,), with the vocoder's noise of a seed -> the WAV file"""
        asked = json.dumps({"units": list(map(int, units)), "voice": list(map(float, voice))})
        noise = ["--seed", str(seed)]
        sound = self.kept / f"{self.key(['tokens', *noise, asked])}.wav"
        if not sound.exists():
            stored = sound.with_suffix(".tokens.json")
            write_whole(stored, asked)
            self.sounding(sound, "tokens", "--decode", str(stored.resolve()), *noise)
        return sound

    def sounding(self, sound: Path, *arguments: str) -> str:
        """A command that writes a sound -> what it printed"""
        with replacing(sound) as beside:
            return self.printed(*arguments, "--out", str(beside.resolve()))


def folder_files(given: Path) -> list[Path]:
    """A file, or all that a folder holds, in order."""
    return [given] if given.is_file() else sorted(file for file in given.rglob("*") if file.is_file())
