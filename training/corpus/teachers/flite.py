"""flite (Carnegie Mellon, BSD-like), the program of Debian's package `flite`. It tells when each of its own phones ends
(`-psdur`); those are matched with the line's phones. Its voices are unlike the other teachers', which is what they are for.
"""

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from training.corpus.lines import Line
from training.corpus.match import match_times
from training.corpus.pitch import track_pitch
from training.corpus.teachers.teacher import FRAME, RATE_HZ, Speech, TeacherAbsent
from training.grammar.vocabulary import MARKS, SILENCE
from training.program import run_program

NAMES = {"AX": "AH", "PAU": SILENCE, "H#": SILENCE}
SEGMENT = re.compile(r"(\S+):([0-9.]+)")


class Flite:
    voices = ("flite_rms", "flite_slt", "flite_awb", "flite_kal16")

    def __init__(self) -> None:
        if shutil.which("flite") is None:
            raise TeacherAbsent("the teacher flite lacks the program `flite`: apt-get install flite")

    def say(self, line: Line) -> Speech:
        voice = line.voices[0][0].removeprefix("flite_")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "said.wav"
            stretch = f"duration_stretch={1 / line.speed:.3f}"
            command = ["flite", "-voice", voice, "--setf", stretch, "-psdur", "-t", line.text, "-o", str(file)]
            told = run_program(command)
            sound = read_24k(file)
        segments = [(NAMES.get(name.upper(), name.upper()), float(end)) for name, end in SEGMENT.findall(told)]
        return timed(sound, line.phones, [name for name, _ in segments], [end for _, end in segments])


def read_24k(file: Path) -> np.ndarray:
    """-> (N,) at 24 kHz"""
    sound, rate = soundfile.read(file, dtype="float32")
    return resample_poly(sound, RATE_HZ, rate).astype(np.float32)


def timed(sound: np.ndarray, phones: Sequence[str], names: list[str], ends_s: list[float]) -> Speech:
    """The phones of `sound` (N,) in whole frames, from segments with silences as the teacher tells them."""
    wanted = [SILENCE, *(SILENCE if phone in MARKS else phone.rstrip("012") for phone in phones), SILENCE]
    frames = max(len(sound) // FRAME, len(wanted))
    matched = match_times(wanted, names, ends_s)
    ends = [min(frames, round(end * RATE_HZ / FRAME)) for end in matched]
    ends[-1] = frames
    spans = np.diff([0, *ends]).tolist()
    if spans[-2] == 0:  # one pause was told for the last mark and the silence after it
        spans[-2] = spans[-1] // 2
        spans[-1] -= spans[-2]
    whole = np.pad(sound, (0, max(0, frames * FRAME - len(sound))))[: frames * FRAME]
    return Speech(whole, spans[0], spans[1:-1], spans[-1], track_pitch(whole))
