"""Between the codec's 24 kHz and Whisper's 16 kHz."""

import numpy as np
from scipy.signal import resample_poly


def to_16k(sound: np.ndarray) -> np.ndarray:
    """(..., N) at 24 kHz -> (..., 2 N / 3) at 16 kHz, float32"""
    return resample_poly(sound, 2, 3, axis=-1).astype(np.float32)
