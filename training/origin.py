"""Whose speech the networks learnt from, for the manifest: said here of the shipped ones, read from the records of a run's own;
and the licence of the shipped ones.
"""

import json
from pathlib import Path

from training.corpus.teachers import CREDITS
from training.paths import REFERENCE

OWN_LICENCE = "Apache-2.0"
OWN = "trained for Converge on speech of Kokoro-82M (Apache-2.0)"
OWN_EARS = (
    OWN
    + ", for listening also of Piper's voice joe (CC0), SVOX Pico (Apache-2.0), Festival's voice ked (permissive) and eSpeak NG"
)
WHISPER = "encoder of OpenAI Whisper tiny.en (MIT); adapter "
SHIPPED = {
    "tokenizer-whisper": WHISPER + OWN_EARS,
    "tokenizer-mel": OWN,
    "voice": OWN,
    "decoder": OWN,
    "lm": OWN_EARS,
}
SHIPPED_STAGE, SHIPPED_TEACHERS = "shipped", ("kokoro", "piper", "pico", "festival", "espeak")
INPUTS = ("corpora", "units", "heard", "takes", "pairs", "init", "tokenizer", "lm", "aligner")  # of a stage's config
UNRECORDED = "others, of whom nothing is recorded"


def teachers(given: Path) -> set[str]:
    """A stage's folder, or a file of it -> the teachers whose speech is behind it, as the records tell"""
    folder = given if given.is_dir() else given.parent
    if folder.resolve() == REFERENCE.resolve():
        return {"kokoro"}
    if not (folder / "run.json").exists():
        return {UNRECORDED}
    facts = json.loads((folder / "run.json").read_text(encoding="utf8"))
    config = facts["config"]
    if facts["stage"] == SHIPPED_STAGE:
        return set(SHIPPED_TEACHERS)
    if facts["stage"] == "corpus":
        return {config["teacher"]}
    found: set[str] = set()
    for name in INPUTS:
        value = config.get(name) or []
        for part in [value] if isinstance(value, str) else value:
            found |= teachers(Path(part))
    return found


def trained_on(folder: Path) -> str:
    """ "trained on speech of A, B and C" """
    known = teachers(folder)
    *first, last = [CREDITS[name] for name in CREDITS if name in known] + sorted(known - CREDITS.keys())
    return "trained on speech of " + (f"{', '.join(first)} and {last}" if first else last)


def run_sources(tokenizer: Path, lm: Path) -> dict[str, str]:
    """Of the networks that a run's export holds; the folders are those of its stages"""
    sound = trained_on(tokenizer)
    own = dict.fromkeys(("tokenizer-mel", "voice", "decoder"), sound)
    return {**own, "tokenizer-whisper": WHISPER + sound, "lm": trained_on(lm)}
