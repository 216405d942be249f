"""What a run of the language model leaves: `lm.safetensors` (float16) and `lm.json` (sizes, vocabulary, voices, words held
out), in the reference's own form, so that either can be read by the same code.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.torch import load_file, save_file

from training.checkpoints import lm_shape, read_json
from training.grammar import vocabulary
from training.models.lm import LM, ROPE_BASE


@dataclass
class Language:
    """What `lm.json` says beside the sizes. voices: name -> (dims,)"""

    voices: Mapping[str, Sequence[float]]
    held_out_words: list[str]
    validation: dict[str, float]


def write_lm(folder: Path, lm: LM, language: Language) -> None:
    save_file({name: value.half().contiguous() for name, value in lm.state_dict().items()}, folder / "lm.safetensors")
    shape = lm.shape
    sizes = {"units": shape.units, "d": shape.width, "layers": shape.layers, "heads": shape.heads, "voice": shape.voice}
    facts = {
        "config": sizes,
        "specials": vocabulary.SPECIALS,
        "phones": vocabulary.PHONES,
        "letters": vocabulary.LETTERS,
        "first_phone": vocabulary.FIRST_PHONE,
        "first_letter": vocabulary.FIRST_LETTER,
        "first_unit": vocabulary.FIRST_UNIT,
        "delay_frames": vocabulary.DELAY_FRAMES,
        "rope_base": ROPE_BASE,
        "validation": language.validation,
        "held_out_words": language.held_out_words,
        "voices": {name: [round(float(x), 4) for x in np.asarray(v)] for name, v in language.voices.items()},
    }
    (folder / "lm.json").write_text(json.dumps(facts) + "\n", encoding="utf8")


def lm_files(folder: Path) -> tuple[Path, Path]:
    """What is read: facts and weights. @raises FileNotFoundError"""
    if not (folder / "lm.safetensors").exists():
        raise FileNotFoundError(f"no trained language model in {folder}: run training.lm first")
    return folder / "lm.json", folder / "lm.safetensors"


def read_lm(folder: Path, dropout: float = 0.0) -> tuple[LM, Language]:
    """@raises FileNotFoundError"""
    told, stored = lm_files(folder)
    facts = read_json(told)
    lm = LM(lm_shape(facts), dropout)
    weights = load_file(stored)
    lm.load_state_dict({name: value.float() for name, value in weights.items()}, strict=True)
    return lm, Language(facts["voices"], facts["held_out_words"], facts["validation"])
