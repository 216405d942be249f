"""Controls to sound: band-limited pulses and white noise, each filtered frame by frame and overlap-added.

A differentiable source-filter synthesiser (after Engel et al. 2020, arXiv:2001.04643). It has no weights.
Shapes: B batch, 2T control frames of 12.5 ms, N = 600 T samples at 24 kHz.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.models.codec import HARMONIC_BANDS, NOISE_BANDS, PHASE_BANDS
from training.models.mel import CODEC_FFT, CODEC_HOP, CODEC_HZ, htk_mel

WINDOW = 900  # samples
BINS = CODEC_FFT // 2 + 1
LOWEST_HZ, HIGHEST_HZ = 50.0, 800.0
GAIN, LOWEST_LOG, HIGHEST_LOG = 0.03, -12.0, 5.0
OVERLAP = 1.5  # the sum of the overlapping windows


def band_matrix(bands: int) -> Tensor:
    """-> (bands, bins): values at mel-spaced centres, interpolated linearly to the bins of the spectrum"""
    top = float(htk_mel(torch.tensor(CODEC_HZ / 2)))
    position = htk_mel(torch.linspace(0, CODEC_HZ / 2, BINS)) / (top / (bands - 1))
    low = position.floor().clamp(max=bands - 2).long()
    weight = position - low
    matrix = torch.zeros(bands, BINS)
    matrix[low, torch.arange(BINS)] = 1 - weight
    matrix[low + 1, torch.arange(BINS)] += weight
    return matrix


class Synth(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        for name, bands in (("harmonic", HARMONIC_BANDS), ("noise", NOISE_BANDS), ("phase", PHASE_BANDS)):
            self.register_buffer(name, band_matrix(bands), persistent=False)
        self.register_buffer("window", torch.hann_window(WINDOW), persistent=False)

    def forward(self, controls: Tensor, f0_hz: Tensor | None = None, voiced: Tensor | None = None) -> Tensor:
        """controls (B, 2T, 162) as the decoder gives them -> (B, N). In training the true pitch f0_hz (B, 2T) and voicing
        (B, 2T) in 0..1 drive the pulses, so that the sound lines up with the target."""
        f0_hz = controls[..., 0].exp() if f0_hz is None else f0_hz
        voiced = (controls[..., 1] > 0).float() if voiced is None else voiced
        harmonic, noise, phase = controls[..., 2:].split([HARMONIC_BANDS, NOISE_BANDS, PHASE_BANDS], -1)
        pulses = self.pulses(f0_hz, voiced)
        spectrum = self.frames(pulses) * torch.polar(
            self.gain(harmonic @ self.harmonic), (torch.tanh(phase) * math.pi) @ self.phase
        ) + self.frames(torch.randn_like(pulses)) * self.gain(noise @ self.noise)
        return self.overlap_add(spectrum, pulses.shape[1])

    @staticmethod
    def gain(log: Tensor) -> Tensor:
        return log.clamp(LOWEST_LOG, HIGHEST_LOG).exp() * GAIN

    def pulses(self, f0_hz: Tensor, voiced: Tensor) -> Tensor:
        """(B, 2T), (B, 2T) -> (B, N): all harmonics below 12 kHz at equal strength, of unit power where voiced"""
        samples = f0_hz.shape[1] * CODEC_HOP

        def widen(x: Tensor) -> Tensor:
            return F.interpolate(x[:, None], size=samples, mode="linear", align_corners=False)[:, 0]

        hz = widen(f0_hz.clamp(LOWEST_HZ, HIGHEST_HZ))
        start = torch.rand(hz.shape[0], 1, device=hz.device, dtype=torch.float64)
        turns = (torch.cumsum(hz.double() / CODEC_HZ, 1) + start) % 1.0
        angle = (turns * 2 * math.pi).float()
        harmonics = torch.floor(CODEC_HZ / 2 / hz)
        below = torch.sin(angle / 2)
        peak = below.abs() < 1e-4  # where the closed form of the sum is 0 / 0
        ratio = torch.sin((harmonics + 0.5) * angle) / torch.where(peak, torch.ones_like(below), below) - 1
        return torch.where(peak, 2 * harmonics, ratio) / torch.sqrt(2 * harmonics) * widen(voiced)

    def frames(self, x: Tensor) -> Tensor:
        """(B, N) -> spectra (B, 2T, bins)"""
        margin = (WINDOW - CODEC_HOP) // 2
        return torch.fft.rfft(F.pad(x, (margin, margin)).unfold(1, WINDOW, CODEC_HOP) * self.window, CODEC_FFT)

    @staticmethod
    def overlap_add(spectrum: Tensor, samples: int) -> Tensor:
        """(B, 2T, bins) -> (B, N). A frame begins at sample 0 of the FFT and the filters are centred there, so a circular
        shift keeps both tails."""
        shift = (CODEC_FFT - WINDOW) // 2
        pieces = torch.roll(torch.fft.irfft(spectrum, CODEC_FFT), shift, -1)
        length = (pieces.shape[1] - 1) * CODEC_HOP + CODEC_FFT
        summed = F.fold(pieces.transpose(1, 2), (1, length), (1, CODEC_FFT), stride=(1, CODEC_HOP))[:, 0, 0]
        start = (WINDOW - CODEC_HOP) // 2 + shift
        return summed[:, start : start + samples] / OVERLAP
