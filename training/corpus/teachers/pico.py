"""Pico (SVOX, Apache-2.0), the PyPI package `py-nanotts`. It tells no times: flite reads the same line and is warped onto it."""

import numpy as np
from scipy.signal import resample_poly

from training.corpus.lines import Line
from training.corpus.teachers.guide import Guide
from training.corpus.teachers.teacher import RATE_HZ, Speech, TeacherAbsent

PICO_HZ = 16000
VOLUME = 0.5  # of full scale: at 1 it clips


class Pico:
    voices = ("pico_en-GB", "pico_en-US")

    def __init__(self) -> None:
        try:
            import py_nanotts
        except ModuleNotFoundError as missing:
            raise TeacherAbsent("the teacher pico lacks the package py-nanotts: pip install py-nanotts") from missing
        self.engine, self.guide = py_nanotts.NanoTTS(), Guide()

    def say(self, line: Line) -> Speech:
        voice = line.voices[0][0].removeprefix("pico_")
        pcm = np.frombuffer(self.engine.speak(line.text, voice=voice, volume=VOLUME), "<i2")
        return self.guide.timed(line, resample_poly(pcm.astype(np.float32) / 32768, RATE_HZ, PICO_HZ).astype(np.float32))
