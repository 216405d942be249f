"""The pronouncing dictionary as the page has it: `public/models/lexicon.gzip`, written by `training.lexicon`."""

import gzip
from functools import cache
from pathlib import Path

from training.paths import MODELS

LEXICON = MODELS / "lexicon.gzip"


@cache
def first_forms(file: Path = LEXICON) -> dict[str, tuple[str, ...]]:
    """Word -> the usual one of its forms."""
    forms = {}
    with gzip.open(file, "rt", encoding="ascii") as lines:
        for line in lines:
            word, *phones = line.split()
            if not word.endswith(")"):
                forms[word] = tuple(phones)
    return forms
