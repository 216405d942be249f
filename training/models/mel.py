"""The two log-mel spectrograms: the codec's own at 24 kHz and Whisper's at 16 kHz.

Shapes: B batch, N samples.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

BANDS = 80
CODEC_HZ, CODEC_HOP, CODEC_FFT = 24000, 300, 1024
WHISPER_HZ, WHISPER_HOP, WHISPER_FFT = 16000, 160, 400
CODEC_GAIN, CODEC_FLOOR = 40.0, 1e-3
WHISPER_FLOOR, WHISPER_RANGE = 1e-10, 8.0  # power; decades below the loudest
SLANEY_BREAK_HZ, SLANEY_HZ_A_MEL = 1000.0, 200 / 3
SLANEY_STEP = math.log(6.4) / 27  # nats a mel above the break


def htk_mel(hz: Tensor) -> Tensor:
    return 2595 * torch.log10(1 + hz / 700)


def htk_hz(mel: Tensor) -> Tensor:
    return 700 * (10 ** (mel / 2595) - 1)


def slaney_mel(hz: Tensor) -> Tensor:
    """Linear up to 1 kHz, logarithmic above."""
    straight = hz / SLANEY_HZ_A_MEL
    bent = SLANEY_BREAK_HZ / SLANEY_HZ_A_MEL + torch.log(hz.clamp(min=1e-9) / SLANEY_BREAK_HZ) / SLANEY_STEP
    return torch.where(hz >= SLANEY_BREAK_HZ, bent, straight)


def slaney_hz(mel: Tensor) -> Tensor:
    break_mel = SLANEY_BREAK_HZ / SLANEY_HZ_A_MEL
    bent = SLANEY_BREAK_HZ * torch.exp(SLANEY_STEP * (mel - break_mel))
    return torch.where(mel >= break_mel, bent, mel * SLANEY_HZ_A_MEL)


def triangles(edges_hz: Tensor, bins_hz: Tensor) -> Tensor:
    """edges (bands + 2,), bins (bins,) -> filters (bands, bins) of equal area"""
    low, middle, high = edges_hz[:-2, None], edges_hz[1:-1, None], edges_hz[2:, None]
    rising, falling = (bins_hz - low) / (middle - low), (high - bins_hz) / (high - middle)
    return torch.minimum(rising, falling).clamp(min=0) * 2 / (high - low)


class CodecMel(nn.Module):
    """Natural-log magnitude of 80 HTK-mel bands; frame t is centred on sample 300 t + 150."""

    def __init__(self) -> None:
        super().__init__()
        top = float(htk_mel(torch.tensor(CODEC_HZ / 2)))
        edges = htk_hz(torch.linspace(0, top, BANDS + 2))
        filters = triangles(edges, torch.linspace(0, CODEC_HZ / 2, CODEC_FFT // 2 + 1))
        self.register_buffer("filters", filters, persistent=False)
        self.register_buffer("window", torch.hann_window(CODEC_FFT), persistent=False)

    def forward(self, sound: Tensor) -> Tensor:
        """sound (B, N) at 24 kHz -> (B, 80, N / 300)"""
        margin = (CODEC_FFT - CODEC_HOP) // 2
        padded = F.pad(sound[:, None], (margin, margin), mode="reflect")[:, 0]
        spectrum = torch.stft(padded, CODEC_FFT, CODEC_HOP, CODEC_FFT, self.window, center=False, return_complex=True)
        return torch.log((self.filters @ spectrum.abs() * CODEC_GAIN).clamp(min=CODEC_FLOOR))


class WhisperMel(nn.Module):
    """Whisper's log10 power of 80 Slaney-mel bands, cut 8 decades below the utterance's loudest, (log + 4) / 4."""

    def __init__(self) -> None:
        super().__init__()
        top = float(slaney_mel(torch.tensor(WHISPER_HZ / 2.0, dtype=torch.float64)))
        edges = slaney_hz(torch.linspace(0, top, BANDS + 2, dtype=torch.float64))
        bins = torch.linspace(0, WHISPER_HZ / 2, WHISPER_FFT // 2 + 1, dtype=torch.float64)
        self.register_buffer("filters", triangles(edges, bins).float(), persistent=False)
        self.register_buffer("window", torch.hann_window(WHISPER_FFT), persistent=False)

    def forward(self, sound: Tensor) -> Tensor:
        """sound (B, N) at 16 kHz -> (B, 80, N / 160)"""
        spectrum = torch.stft(
            sound, WHISPER_FFT, WHISPER_HOP, WHISPER_FFT, self.window, pad_mode="reflect", return_complex=True
        )
        power = spectrum[..., :-1].abs() ** 2
        log = torch.log10((self.filters @ power).clamp(min=WHISPER_FLOOR))
        return (torch.maximum(log, log.amax((1, 2), keepdim=True) - WHISPER_RANGE) + 4) / 4
