"""Recordings through a tokenizer and the decoder, each in its own voice: what is lost in units, voice and vocoder together.

The vocoder's noise alone moves a word error rate of a few clips by points, so each recording is decoded with several.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from training.evaluate.converge import Converge
from training.evaluate.not_measured import NotMeasured


@dataclass(frozen=True)
class Sounds:
    """files: of one text each, in order"""

    files: list[Path]
    texts: list[str]


def recordings(folder: Path) -> Sounds:
    """Of a folder with `transcripts.json` {file: text}. @raises NotMeasured where it is not there"""
    listed = folder / "transcripts.json"
    if not listed.exists():
        raise NotMeasured(f"{folder} is missing")
    texts: dict[str, str] = json.loads(listed.read_text(encoding="utf8"))
    return Sounds([folder / name for name in texts], list(texts.values()))


def resynthesised(converge: Converge, folder: Path, tokenizer: str, noises: int) -> Sounds:
    """Every recording of the folder so many times, each with a noise of its own. @raises NotMeasured"""
    given, found = recordings(folder), Sounds([], [])
    for file, text in zip(given.files, given.texts, strict=True):
        told = converge.tokens(file, tokenizer)
        for seed in range(1, noises + 1):
            found.files.append(converge.decode(told["units"], told["voice"], seed))
            found.texts.append(text)
    return found
