"""Outside judges of speech: a recogniser (Whisper through faster-whisper) and DistillMOS (Stahl and Gamper 2025). Neither is
needed; what is missing is named.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np
import soundfile
from scipy.signal import resample_poly

from training.evaluate.not_measured import NotMeasured
from training.paths import ROOT
from training.program import run_program

JUDGED_HZ = 16000


@dataclass(frozen=True)
class Recogniser:
    """model: a CTranslate2 folder of Whisper, as faster-whisper reads it; python: the interpreter that has faster-whisper"""

    model: Path
    python: Path = Path(sys.executable)


def transcribe(recogniser: Recogniser | None, files: Sequence[Path]) -> list[str]:
    """@raises NotMeasured"""
    return asked(recogniser, "recognise", [str(file.resolve()) for file in files])


def likelihoods(recogniser: Recogniser, said: Sequence[tuple[Path, str]]) -> list[float]:
    """Sound files and what is said in them, those of a text together -> mean natural log a token. @raises NotMeasured"""
    with TemporaryDirectory() as folder:
        told = Path(folder) / "said.json"
        told.write_text(json.dumps([[str(file.resolve()), text] for file, text in said]), encoding="utf8")
        return asked(recogniser, "likelihood", [str(told)])


def asked(recogniser: Recogniser | None, program: str, arguments: Sequence[str]) -> Any:
    """What a program of this folder prints under the recogniser's interpreter. @raises NotMeasured"""
    if recogniser is None:
        raise NotMeasured("the config names no [recogniser]")
    if not recogniser.model.exists():
        raise NotMeasured(f"the recogniser's model {recogniser.model} is missing")
    command = [str(recogniser.python), "-m", f"training.evaluate.{program}", str(recogniser.model.resolve()), *arguments]
    try:
        return json.loads(run_program(command, ROOT))
    except (ValueError, FileNotFoundError) as failed:
        raise NotMeasured(f"the recogniser does not run: {str(failed).splitlines()[-1]}") from failed


def distillmos(files: Sequence[Path]) -> list[float]:
    """1 (bad) to 5 (excellent), one a file. @raises NotMeasured"""
    try:
        import torch

        sys.modules.setdefault("torchaudio", ModuleType("torchaudio"))  # only the package's own file reader would use it
        from distillmos.sqa import ConvTransformerSQAModel
    except ModuleNotFoundError as missing:
        raise NotMeasured(f"the package {missing.name} is missing (training/requirements-evaluate.txt)") from missing
    judge = ConvTransformerSQAModel().eval()
    with torch.inference_mode():
        return [float(judge(torch.from_numpy(read_16k(file))[None])) for file in files]


def read_16k(file: Path) -> np.ndarray:
    """-> (N,) float32"""
    sound, rate = soundfile.read(file, dtype="float32", always_2d=True)
    return resample_poly(sound.mean(1), JUDGED_HZ, rate).astype(np.float32)
