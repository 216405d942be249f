"""The command line that all stages share: `python -m training.<stage> --config x.toml`. A mistake is one line, exit code 2."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from training.stage.config import read_config

C = TypeVar("C")


def main(kind: type[C], act: Callable[[C], bool], about: str, arguments: list[str] | None = None) -> int:
    """`act` gives True when the stage is complete, False when it was stopped and can be resumed -> exit code 0 or 3"""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True, help="a TOML file; see training/configs")
    options = parser.parse_args(arguments)
    try:
        done = act(read_config(kind, options.config))
    except (ValueError, FileNotFoundError) as wrong:
        print(f"{parser.prog}: {wrong}", file=sys.stderr)
        return 2
    if done:
        return 0
    print("stopped; the same command goes on from here", file=sys.stderr)
    return 3
