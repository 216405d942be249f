"""Other speakers made of a recording, with the vocoder WORLD (Morise, Yokomori, Ozawa: "WORLD: a vocoder-based high-quality
speech synthesis system for real-time applications", 2016): another pitch and range of pitch, a longer or shorter vocal tract,
more or less breath, and phones of other lengths, which a teacher that reads evenly never has.

Sound is 24 kHz; spans are whole frames of 25 ms.
"""

from collections.abc import Sequence

import numpy as np
import pyworld

from training.corpus.teachers.teacher import FRAME, RATE_HZ

STEP_MS, STEPS_PER_FRAME = 5.0, 5
FFT = 1024
MEAN_HZ, PITCH_SPREAD = (80.0, 260.0), 0.3  # log of the mean
RANGE = (0.5, 1.7)
HZ = (55.0, 480.0)
TRACT_SPREAD, TRACT_OF_PITCH, TRACT_MOST = 0.07, 0.25, 0.2  # log of the formants; higher voices have shorter tracts
BREATH = (0.55, 1.3)  # exponents of the aperiodicity: below 1 is more breath
PACE_SPREAD, LENGTH_SPREAD = 0.13, 0.2  # log, of all phones and of each
HISS = 1e-4  # against digital silence, which has no envelope
LEAST_VOICED_STEPS = 20
PEAK = 0.7


def other_speaker(sound: np.ndarray, spans: Sequence[int], draw: np.random.Generator) -> tuple[np.ndarray, list[int]]:
    """sound (600 T,), spans adding up to T -> (600 U,) float32, spans adding up to U"""
    pitch_hz, envelope, breath = analysed(sound + draw.normal(0, HISS, len(sound)))
    pitch_hz, risen = other_pitch(pitch_hz, draw)
    tract = np.exp(np.clip(TRACT_OF_PITCH * risen + draw.normal(0, TRACT_SPREAD), -TRACT_MOST, TRACT_MOST))
    envelope, breath = scaled(envelope, tract), np.clip(scaled(breath, tract) ** draw.uniform(*BREATH), 0, 1)
    ends = np.cumsum([0, *spans])
    lengths = np.asarray(spans) * np.exp(draw.normal(0, PACE_SPREAD) + draw.normal(0, LENGTH_SPREAD, len(spans)))
    others = np.round(np.cumsum([0, *lengths])).astype(int)
    at = np.interp(np.arange(others[-1] * STEPS_PER_FRAME + 1), others * STEPS_PER_FRAME, ends * STEPS_PER_FRAME)
    at = at.clip(0, len(pitch_hz) - 1.001)
    made = pyworld.synthesize(
        pitch_hz[np.round(at).astype(int)],
        np.exp(between(envelope, at)),
        between(breath, at),
        RATE_HZ,
        STEP_MS,
    )
    made = np.pad(made, (0, FRAME))[: others[-1] * FRAME]
    return (made / (np.abs(made).max() + 1e-9) * PEAK).astype(np.float32), np.diff(others).tolist()


def analysed(sound: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(N,) float64 -> Hz (S,), 0 where unvoiced; log envelope and aperiodicity (S, FFT / 2 + 1); S steps of 5 ms"""
    rough_hz, times = pyworld.dio(sound, RATE_HZ, frame_period=STEP_MS)
    hz = pyworld.stonemask(sound, rough_hz, times, RATE_HZ)
    envelope = pyworld.cheaptrick(sound, hz, times, RATE_HZ, fft_size=FFT)
    return hz, np.log(envelope), pyworld.d4c(sound, hz, times, RATE_HZ, fft_size=FFT)


def other_pitch(hz: np.ndarray, draw: np.random.Generator) -> tuple[np.ndarray, float]:
    """-> Hz (S,), by how much its mean rose, log"""
    voiced = hz > 0
    if voiced.sum() < LEAST_VOICED_STEPS:
        return hz, 0.0
    logs = np.log(hz[voiced])
    mean = np.clip(logs.mean() + draw.normal(0, PITCH_SPREAD), *np.log(MEAN_HZ))
    other = hz.copy()
    other[voiced] = np.exp(mean + (logs - logs.mean()) * draw.uniform(*RANGE)).clip(*HZ)
    return other, float(mean - logs.mean())


def scaled(bands: np.ndarray, factor: float) -> np.ndarray:
    """(S, K) -> the same, with what was at a frequency at `factor` times it"""
    return between(bands.T, np.clip(np.arange(bands.shape[1]) / factor, 0, bands.shape[1] - 1.001)).T


def between(rows: np.ndarray, at: np.ndarray) -> np.ndarray:
    """(S, K) at fractions of its rows (M,), below S - 1 -> (M, K)"""
    low = at.astype(int)
    share = (at - low)[:, None]
    return np.ascontiguousarray(rows[low] * (1 - share) + rows[low + 1] * share)
