"""Pico (SVOX, Apache-2.0), the PyPI package `py-nanotts`. It tells no times: flite reads the same line, and its times are
warped onto Pico's sound.
"""

import numpy as np
import torch
from scipy.signal import resample_poly

from training.corpus.lines import Line
from training.corpus.match import warp_frames
from training.corpus.pitch import track_pitch
from training.corpus.teachers.flite import Flite
from training.corpus.teachers.teacher import FRAME, RATE_HZ, Speech, TeacherAbsent
from training.models.mel import CodecMel

PICO_HZ = 16000
VOLUME = 0.5  # of full scale: at 1 it clips


class Pico:
    voices = ("pico_en-GB", "pico_en-US")

    def __init__(self) -> None:
        try:
            import py_nanotts
        except ModuleNotFoundError as missing:
            raise TeacherAbsent("the teacher pico lacks the package py-nanotts: pip install py-nanotts") from missing
        self.engine, self.guide, self.mel = py_nanotts.NanoTTS(), Flite(), CodecMel()

    def say(self, line: Line) -> Speech:
        voice = line.voices[0][0].removeprefix("pico_")
        pcm = np.frombuffer(self.engine.speak(line.text, voice=voice, volume=VOLUME), "<i2")
        sound = resample_poly(pcm.astype(np.float32) / 32768, RATE_HZ, PICO_HZ).astype(np.float32)
        frames = len(sound) // FRAME
        sound = sound[: frames * FRAME]
        read = self.guide.say(Line(line.id, line.text, line.phones, (("flite_slt", 1.0),), 1.0, line.split))
        heard = warp_frames(self.bands(read.sound), self.bands(sound))
        ends = np.cumsum([read.lead, *read.durations])
        at = [int(heard[min(end, len(heard) - 1)]) for end in ends]
        spans = np.diff([0, *at, frames]).tolist()
        return Speech(sound, spans[0], spans[1:-1], spans[-1], track_pitch(sound))

    def bands(self, sound: np.ndarray) -> np.ndarray:
        """(600 T,) -> (T, 80): two mel frames in one"""
        mel = self.mel(torch.from_numpy(sound)[None])[0].T.numpy()
        return mel.reshape(-1, 2, mel.shape[1]).mean(1)
