"""Discriminators on complex spectra at several resolutions (after Défossez et al. 2022, arXiv:2210.13438), for the
adversarial phase of the tokenizer's training. Never exported.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import weight_norm

RESOLUTIONS = (2048, 1024, 512, 256)  # samples; the hop is a quarter
SCALE, LEAST = 3.0, 1e-5
Verdict = tuple[Tensor, list[Tensor]]  # map of scores, features of every layer


class ResolutionDiscriminator(nn.Module):
    def __init__(self, window: int, channels: int):
        super().__init__()
        self.size = window
        self.register_buffer("window", torch.hann_window(window), persistent=False)
        kernels = [(2, (9, 3), (1, 1)), *[(channels, (9, 3), (2, 1))] * 3, (channels, (3, 3), (1, 1))]
        self.layers = nn.ModuleList(
            weight_norm(nn.Conv2d(inputs, channels, kernel, stride, (kernel[0] // 2, 1)))
            for inputs, kernel, stride in kernels
        )
        self.out = weight_norm(nn.Conv2d(channels, 1, 3, 1, 1))

    def forward(self, sound: Tensor) -> Verdict:
        """sound (B, N)"""
        spectrum = torch.stft(sound, self.size, self.size // 4, self.size, self.window, return_complex=True, normalized=True)
        compressed = spectrum * spectrum.abs().clamp(min=LEAST) ** -0.5
        x = torch.stack([compressed.real, compressed.imag], 1) * SCALE
        features = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.1)
            features.append(x)
        return self.out(x), features


class Discriminator(nn.Module):
    def __init__(self, channels: int = 32):
        super().__init__()
        self.resolutions = nn.ModuleList(ResolutionDiscriminator(window, channels) for window in RESOLUTIONS)

    def forward(self, sound: Tensor) -> list[Verdict]:
        """sound (B, N) -> one verdict a resolution"""
        return [judge(sound) for judge in self.resolutions]
