"""Between the codec's 24 kHz and Whisper's 16 kHz."""

import numpy as np
import torch
from scipy.signal import resample_poly
from torch import Tensor


def to_16k(sound: np.ndarray) -> np.ndarray:
    """(..., N) at 24 kHz -> (..., 2 N / 3) at 16 kHz, float32"""
    return resample_poly(sound, 2, 3, axis=-1).astype(np.float32)


def tensor_to_16k(sound: Tensor) -> Tensor:
    """(B, N) at 24 kHz, N divisible by 3 -> (B, 2 N / 3) at 16 kHz, with a gradient: what is above 8 kHz is left out of the
    spectrum of the whole, so both ends run into each other"""
    samples = sound.shape[1] * 2 // 3
    return torch.fft.irfft(torch.fft.rfft(sound)[:, : samples // 2 + 1], samples) * (2 / 3)
