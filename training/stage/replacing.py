"""Files that are there whole or not at all: written beside, then renamed, so that a crash leaves what was there before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """-> where to write; it takes the file's place when the block ends, and not where it raises. No other process may write it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(file.name + ".part")
    yield beside
    os.replace(beside, file)


def write_whole(file: Path, text: str) -> None:
    with replacing(file) as beside:
        beside.write_text(text, encoding="utf8")
