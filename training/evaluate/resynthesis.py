"""Recordings through a tokenizer and the decoder, each in its own voice: what is lost in units, voice and vocoder together.

The vocoder's noise alone moves a word error rate of a few clips by points, so each recording is decoded with several.
"""

from dataclasses import dataclass
from pathlib import Path

from training.evaluate.converge import Converge
from training.evaluate.listening import transcripts


@dataclass(frozen=True)
class Sounds:
    """files: of one text each, in order"""

    files: list[Path]
    texts: list[str]


def recordings(folder: Path) -> Sounds:
    """@raises NotMeasured where the folder is not there"""
    texts = transcripts(folder)
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
