"""The lines that a teacher reads: text, phones, whose voice, how fast, and the split that the line belongs to.

Sources: a plain text (a line a sentence), or JSON lines (`.jsonl`, also `.xz`) with `text` and, where they are known,
`phones`, `voices`, `speed` and `split`, as `../shared/corpus` has them.
"""

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.grammar.vocabulary import SPACE
from training.text.phones import text_phones

HELD_OUT_SHARE = 0.02
SPEEDS = (0.9, 1.1)


@dataclass(frozen=True)
class Line:
    """voices: (name, share), mostly one; speed: 1 is the teacher's own"""

    id: int
    text: str
    phones: tuple[str, ...]
    voices: tuple[tuple[str, float], ...]
    speed: float = 1.0
    split: str = "train"

    @property
    def words(self) -> int:
        return self.phones.count(SPACE) + 1


def raw_lines(file: Path) -> Iterator[dict[str, Any]]:
    if not file.exists():
        raise FileNotFoundError(f"the texts {file} do not exist")
    if file.suffix == ".txt":
        for line in file.read_text(encoding="utf8").splitlines():
            if line.strip():
                yield {"text": line.strip()}
        return
    with lzma.open(file, "rt", encoding="utf8") if file.suffix == ".xz" else file.open(encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def read_lines(
    files: Sequence[Path], voices: Sequence[str], seed: int, most: int | None = None, mixed: float = 0.0
) -> tuple[list[Line], int]:
    """-> lines, and how many texts could not be read. What a line does not say is drawn with `seed`: a voice of `voices`, a
    speed, one line in fifty held out (`test_text`). A line's own voices count where the teacher has them all; with `mixed`,
    the share of lines that several voices read as one, all are drawn."""
    draw = random.Random(seed)
    found: list[Line] = []
    unread = 0
    for raw in (raw for file in files for raw in raw_lines(file)):
        if most is not None and len(found) == most:
            break
        voice, speed, chance = draw.choice(voices), draw.uniform(*SPEEDS), draw.random()
        phones = raw.get("phones") or text_phones(raw["text"])
        if phones is None:
            unread += 1
            continue
        own = tuple((name, share) for name, share in raw.get("voices", ()))
        known = not mixed and bool(own) and all(name in voices for name, _ in own)
        drawn = mixture(voices, draw) if mixed and draw.random() < mixed else ((voice, 1.0),)
        split = raw.get("split", "test_text" if chance < HELD_OUT_SHARE else "train")
        found.append(
            Line(
                id=raw.get("id", len(found)),
                text=raw["text"],
                phones=tuple(phones),
                voices=own if known else drawn,
                speed=raw.get("speed", round(speed, 3)),
                split=split,
            )
        )
    return found, unread


def mixture(voices: Sequence[str], draw: random.Random) -> tuple[tuple[str, float], ...]:
    """Two or three of the voices and their shares, which sum to 1."""
    names = draw.sample(list(voices), draw.choice((2, 3)))
    weights = [draw.random() for _ in names]
    return tuple((name, round(weight / sum(weights), 4)) for name, weight in zip(names, weights, strict=True))
