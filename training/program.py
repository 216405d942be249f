"""Other programs, run to their end: synthesisers, the command line in Node, an outside recogniser."""

import subprocess
from collections.abc import Sequence
from pathlib import Path


def run_program(command: Sequence[str], folder: Path | None = None) -> str:
    """-> what it printed. It runs in a session of its own, so that a terminal's Ctrl-C reaches us alone, who let it end.
    @raises ValueError with what it said where it failed; FileNotFoundError"""
    ended = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf8", errors="replace", start_new_session=True
    )
    if ended.returncode != 0:
        told = ended.stderr.strip() or f"exit code {ended.returncode}"
        raise ValueError(f"{Path(command[0]).name} failed: {told}")
    return ended.stdout
