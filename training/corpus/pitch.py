"""Pitch of a recording, for teachers that do not tell theirs, and for the report: normalised autocorrelation (after YIN,
de Cheveigné and Kawahara 2002), the shortest lag that is nearly as good as the best.
"""

import numpy as np

RATE_HZ, HOP, WINDOW = 24000, 300, 1200  # two values a frame of 25 ms; a window of 50 ms
LOWEST_HZ, HIGHEST_HZ = 60, 450
VOICED, NEARLY, QUIET = 0.45, 0.85, 1e-4  # correlation; share of the best; power against the loudest frame


def track_pitch(sound: np.ndarray) -> np.ndarray:
    """sound (N,) at 24 kHz -> f0 in Hz (N / 300,), 0 where unvoiced"""
    pitches = len(sound) // HOP
    margin = (WINDOW - HOP) // 2
    padded = np.pad(sound[: pitches * HOP].astype(np.float64), (margin, margin + HOP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:pitches]
    frames = frames - frames.mean(1, keepdims=True)
    shortest, longest = RATE_HZ // HIGHEST_HZ, RATE_HZ // LOWEST_HZ
    size = 1 << (2 * WINDOW - 1).bit_length()
    correlation = np.fft.irfft(np.abs(np.fft.rfft(frames, size)) ** 2)[:, : longest + 1]
    energy = np.cumsum(frames**2, 1)
    total = energy[:, -1:]
    lags = np.arange(longest + 1)
    head = energy[:, WINDOW - 1 - lags]
    tail = total - np.concatenate([np.zeros((pitches, 1)), energy], 1)[:, lags]
    normal = correlation / np.sqrt(np.maximum(head * tail, 1e-12))
    normal[:, :shortest] = -1
    peaks = (normal[:, 1:-1] >= normal[:, :-2]) & (normal[:, 1:-1] > normal[:, 2:])
    candidates = np.where(np.pad(peaks, ((0, 0), (1, 1))), normal, -1)
    best = candidates.max(1)
    lag = np.argmax(candidates >= best[:, None] * NEARLY, 1)
    loud = total[:, 0] > QUIET * max(float(total.max(initial=0)), 1e-12)
    return np.where((best > VOICED) & loud, RATE_HZ / np.maximum(lag, 1), 0.0)
