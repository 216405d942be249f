"""The interface of a teacher. Frames are 25 ms: 600 samples at 24 kHz; pitch has two values a frame."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from training.corpus.lines import Line

RATE_HZ, FRAME, PITCHES = 24000, 600, 2
LOUDEST = 0.99


class TeacherAbsent(ValueError):
    """The text says what is missing and how to get it."""


@dataclass
class Speech:
    """sound (600 T,) in -1..1; lead + sum(durations) + tail = T frames, one duration a phone; f0_hz (2 T,), 0 where unvoiced"""

    sound: np.ndarray
    lead: int
    durations: list[int]
    tail: int
    f0_hz: np.ndarray

    @property
    def frames(self) -> int:
        return self.lead + sum(self.durations) + self.tail

    def checked(self, phones: int) -> "Speech":
        """Whole, finite and not too loud. @raises ValueError where a teacher gave something else"""
        if len(self.durations) != phones or min(self.durations, default=0) < 0:
            raise ValueError(f"{len(self.durations)} durations for {phones} phones")
        if len(self.sound) != self.frames * FRAME or len(self.f0_hz) != self.frames * PITCHES:
            raise ValueError(f"{len(self.sound)} samples and {len(self.f0_hz)} pitches for {self.frames} frames")
        peak = float(np.abs(self.sound).max())
        if not (np.isfinite(peak) and peak > 0 and np.isfinite(self.f0_hz).all()):
            raise ValueError("silent or not finite")
        if peak > LOUDEST:
            self.sound = self.sound * (LOUDEST / peak)
        return self


class Teacher(Protocol):
    """voices: names that a line may ask for"""

    voices: tuple[str, ...]

    def say(self, line: Line) -> Speech: ...
