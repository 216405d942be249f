"""Times for teachers that tell none: flite reads the same line, and its times are warped onto their sound."""

import numpy as np
import torch

from training.corpus.lines import Line
from training.corpus.match import warp_frames
from training.corpus.pitch import track_pitch
from training.corpus.teachers.flite import Flite
from training.corpus.teachers.teacher import FRAME, Speech
from training.models.mel import CodecMel


class Guide:
    def __init__(self) -> None:
        self.flite, self.mel = Flite(), CodecMel()

    def timed(self, line: Line, sound: np.ndarray) -> Speech:
        """sound (N,) at 24 kHz, the line read by somebody else -> it, in whole frames, with times"""
        frames = len(sound) // FRAME
        sound = sound[: frames * FRAME]
        read = self.flite.say(Line(line.id, line.text, line.phones, (("flite_slt", 1.0),), 1.0, line.split))
        heard = warp_frames(self.bands(read.sound), self.bands(sound))
        ends = np.cumsum([read.lead, *read.durations])
        at = [int(heard[min(end, len(heard) - 1)]) for end in ends]
        spans = np.diff([0, *at, frames]).tolist()
        return Speech(sound, spans[0], spans[1:-1], spans[-1], track_pitch(sound))

    def bands(self, sound: np.ndarray) -> np.ndarray:
        """(600 T,) -> (T, 80): two mel frames in one"""
        mel = self.mel(torch.from_numpy(sound)[None])[0].T.numpy()
        return mel.reshape(-1, 2, mel.shape[1]).mean(1)
