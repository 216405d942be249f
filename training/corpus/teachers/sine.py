"""A teacher that needs nothing: harmonics under three formants, noise for what hisses. It sounds like a toy and is one; it
is there so that tests and a first miniature run need no download. Every phone's time and pitch are exact.

Formants in Hz after Peterson and Barney (1952), men's averages.
"""

import zlib

import numpy as np

from training.corpus.lines import Line
from training.corpus.teachers.teacher import FRAME, PITCHES, RATE_HZ, Speech
from training.grammar.vocabulary import MARKS, SPACE, VOWELS

VOICES = {"sine_low": (115.0, 1.0), "sine_high": (205.0, 1.15)}  # pitch in Hz, formants' factor
LEAD, TAIL = 6, 6  # frames
VOWEL_FORMANTS = {
    "AA": (730, 1090), "AE": (660, 1720), "AH": (640, 1190), "AO": (570, 840), "AW": (700, 1000), "AY": (700, 1500),
    "EH": (530, 1840), "ER": (490, 1350), "EY": (450, 2100), "IH": (390, 1990), "IY": (270, 2290), "OW": (480, 900),
    "OY": (500, 1100), "UH": (440, 1020), "UW": (300, 870),
}  # fmt: skip
VOICED_FORMANTS = {
    "L": (360, 1100), "R": (330, 1250), "W": (300, 700), "Y": (280, 2250), "M": (250, 1000), "N": (250, 1450),
    "NG": (250, 2000), "V": (280, 1150), "DH": (280, 1300), "Z": (280, 1500), "ZH": (280, 1700), "B": (220, 800),
    "D": (220, 1600), "G": (220, 2000), "JH": (250, 1800),
}  # fmt: skip
NOISE_HZ = {
    "S": 6500, "SH": 3200, "F": 5000, "TH": 5500, "HH": 1500, "CH": 3400, "T": 4500, "K": 1900, "P": 900, "Z": 6500,
    "ZH": 3200, "V": 5000, "DH": 5500, "JH": 3400,
}  # fmt: skip
THIRD_FORMANT_HZ = 2600.0
WIDTH_HZ = 90.0
HARMONICS = 40


class Sine:
    voices = tuple(VOICES)

    def say(self, line: Line) -> Speech:
        draw = np.random.default_rng(zlib.crc32(f"{line.text}|{line.voices}".encode()))
        pitch_hz, stretch = VOICES[line.voices[0][0]]
        durations = [self.frames_of(phone, line.speed, draw) for phone in line.phones]
        frames = LEAD + sum(durations) + TAIL
        owner = np.full(frames, -1)
        owner[LEAD : frames - TAIL] = np.repeat(np.arange(len(durations)), durations)
        fall = np.linspace(1.12, 0.88, frames * PITCHES)
        wave = 1 + 0.04 * np.sin(np.arange(frames * PITCHES) / 9 + draw.uniform(0, 6))
        contour = pitch_hz * fall * wave
        bare = [phone.rstrip("012") for phone in line.phones]
        voiced = np.array([number >= 0 and is_voiced(bare[number]) for number in owner])
        f0_hz = np.where(np.repeat(voiced, PITCHES), contour, 0.0)
        sound = self.voiced_sound(bare, owner, contour, voiced, stretch) + self.noise(bare, owner, draw)
        return Speech((0.4 * sound / np.abs(sound).max()).astype(np.float32), LEAD, durations, TAIL, f0_hz)

    @staticmethod
    def frames_of(phone: str, speed: float, draw: np.random.Generator) -> int:
        usual = 1.0 if phone == SPACE else 6.0 if phone in MARKS else 3.0
        if phone[-1] in "012":
            usual = 4.0 + 2.0 * (phone[-1] == "1")
        return max(1, round(usual * draw.uniform(0.8, 1.2) / speed))

    @staticmethod
    def voiced_sound(
        bare: list[str], owner: np.ndarray, contour: np.ndarray, voiced: np.ndarray, stretch: float
    ) -> np.ndarray:
        """-> (600 T,): each harmonic as strong as the formants near it"""
        table = {**VOWEL_FORMANTS, **VOICED_FORMANTS}
        formants = np.array([table.get(bare[number], (500, 1500)) if number >= 0 else (500, 1500) for number in owner])
        strength = np.array([0.0 if not on else 1.0 if bare[owner[i]] in VOWELS else 0.45 for i, on in enumerate(voiced)])
        samples = len(owner) * FRAME
        at = (np.arange(samples) + 0.5) / FRAME - 0.5
        hz = np.interp(at, (np.arange(len(contour)) - 0.5) / PITCHES, contour)
        phase = 2 * np.pi * np.cumsum(hz) / RATE_HZ
        out = np.zeros(samples)
        frame_hz = contour.reshape(-1, PITCHES).mean(1)
        for number in range(1, HARMONICS + 1):
            harmonic_hz = frame_hz * number
            near = sum(1 / (1 + ((harmonic_hz - f * stretch) / WIDTH_HZ) ** 2) for f in (formants[:, 0], formants[:, 1]))
            near = near + 0.3 / (1 + ((harmonic_hz - THIRD_FORMANT_HZ * stretch) / WIDTH_HZ) ** 2)
            loud = strength * near * (harmonic_hz < RATE_HZ / 2)
            out += np.interp(at, np.arange(len(loud)), loud) * np.sin(number * phase)
        return out

    @staticmethod
    def noise(bare: list[str], owner: np.ndarray, draw: np.random.Generator) -> np.ndarray:
        """-> (600 T,): white noise round each hissing phone's centre, frame by frame"""
        out = draw.normal(0, 1e-3, len(owner) * FRAME)
        bins_hz = np.fft.rfftfreq(FRAME, 1 / RATE_HZ)
        for frame, number in enumerate(owner):
            centre = NOISE_HZ.get(bare[number]) if number >= 0 else None
            if centre:
                shape = np.exp(-(((bins_hz - centre) / 1200) ** 2))
                hiss = np.fft.irfft(np.fft.rfft(draw.normal(0, 1, FRAME)) * shape, FRAME)
                out[frame * FRAME : (frame + 1) * FRAME] += 0.8 * hiss
        return out


def is_voiced(bare: str) -> bool:
    return bare in VOWEL_FORMANTS or bare in VOICED_FORMANTS
