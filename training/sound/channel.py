"""Speech as it arrives: through a tilted response, a room, a narrow band, with noise. Times are kept.

All draws come from the generator that is handed in. Sound is (N,) float, 16 kHz unless another rate is given.
"""

import numpy as np

TILT, TILT_SHARE = 0.35, 0.6
ROOM_SHARE, ROOM_S, ROOM_LEVEL = 0.45, (0.08, 0.45), (0.02, 0.12)
BAND_SHARE, BAND_HZ = 0.25, (3600.0, 5000.0)
HUM_SHARE, HUM_HZ = 0.2, (80.0, 300.0)
NOISE_SHARE, COLOUR_SHARE, COLOUR_HZ, SIGNAL_TO_NOISE_DB = 0.6, 0.6, (200.0, 3000.0), (5.0, 35.0)
PEAK = (0.1, 0.9)
DECAY = 6.9  # nats: 60 dB


def through_channel(sound: np.ndarray, draw: np.random.Generator, rate_hz: int = 16000) -> np.ndarray:
    """-> (N,) float32"""
    size = 1 << (len(sound) + rate_hz // 4).bit_length()
    hz = np.fft.rfftfreq(size, 1 / rate_hz)
    spectrum = np.fft.rfft(sound, size)
    if draw.random() < TILT_SHARE:
        share = hz / hz[-1]
        spectrum = spectrum * np.exp(
            sum(draw.normal(0, TILT) * np.cos(np.pi * k * share + draw.uniform(0, 2 * np.pi)) for k in (1, 2, 3))
        )
    if draw.random() < ROOM_SHARE:
        spectrum = spectrum * np.fft.rfft(room(draw, rate_hz), size)
    if draw.random() < BAND_SHARE:
        spectrum = spectrum / (1 + np.exp((hz - draw.choice(BAND_HZ)) / 160))
    if draw.random() < HUM_SHARE:
        spectrum = spectrum / (1 + np.exp(-(hz - draw.uniform(*HUM_HZ)) / 30))
    heard = np.fft.irfft(spectrum, size)[: len(sound)]
    if draw.random() < NOISE_SHARE:
        heard = heard + noise(draw, heard, rate_hz)
    return (heard / (np.abs(heard).max() + 1e-6) * draw.uniform(*PEAK)).astype(np.float32)


def room(draw: np.random.Generator, rate_hz: int) -> np.ndarray:
    """An impulse response: the direct sound, then noise that decays."""
    time_s = np.arange(rate_hz * 3 // 8) / rate_hz
    response = draw.normal(0, 1, len(time_s)) * np.exp(-DECAY * time_s / draw.uniform(*ROOM_S)) * draw.uniform(*ROOM_LEVEL)
    response[0] = 1
    return response


def noise(draw: np.random.Generator, sound: np.ndarray, rate_hz: int) -> np.ndarray:
    hiss = draw.normal(0, 1, len(sound))
    if draw.random() < COLOUR_SHARE:
        spectrum = np.fft.rfft(hiss)
        spectrum /= 1 + np.fft.rfftfreq(len(sound), 1 / rate_hz) / draw.uniform(*COLOUR_HZ)
        hiss = np.fft.irfft(spectrum, len(sound))
        hiss /= hiss.std() + 1e-9
    level = np.sqrt((sound**2).mean() + 1e-9) * 10 ** (-draw.uniform(*SIGNAL_TO_NOISE_DB) / 20)
    return hiss * level
