"""A postfilter, folded into the decoder's last layer: it costs nothing where speech is made.

A decoder of few bits gives spectra a little too smooth, and so sounds muffled and noisy between the formants. As codecs do
(Chen and Gersho 1995, "Adaptive postfiltering for quality enhancement of coded speech"), the band gains are drawn away from
their own smooth course, so that peaks stand out, and noise becomes a little quieter. Gains are natural logs and linear in the
last layer; smoothing is linear too, so new weights do all of it.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from training.models.codec import HARMONIC_BANDS, NOISE_BANDS

FIRST_HARMONIC = 2  # after log F0 and voicing
HARMONIC_WIDTH, NOISE_WIDTH = 25, 13  # bands that the smooth course is a mean of, odd; about the same part of the spectrum


@dataclass(frozen=True)
class Postfilter:
    """harmonics, noise: how many times a band's gain is as far from the smooth course as it was, 1 to leave it; breath: added
    to the noise's gains, natural log"""

    harmonics: float = 1.25
    noise: float = 1.3
    breath: float = -0.1

    def folded(self, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """The weights (162, d) and bias (162,) of a decoder's last layer -> those of one whose controls are filtered"""
        weight, bias = weight.clone(), bias.clone()
        noise_first = FIRST_HARMONIC + HARMONIC_BANDS
        for first, bands, width, strength in (
            (FIRST_HARMONIC, HARMONIC_BANDS, HARMONIC_WIDTH, self.harmonics),
            (noise_first, NOISE_BANDS, NOISE_WIDTH, self.noise),
        ):
            gains = slice(first, first + bands)
            sharper = strength * torch.eye(bands) + (1 - strength) * smooth(bands, width)
            weight[gains], bias[gains] = sharper @ weight[gains], sharper @ bias[gains]
        bias[noise_first : noise_first + NOISE_BANDS] += self.breath
        return weight, bias


NO_POSTFILTER = Postfilter(harmonics=1, noise=1, breath=0)


def smooth(bands: int, width: int) -> Tensor:
    """-> (bands, bands): means under a Hann window `width` bands wide; beyond its ends a course goes on as it ends"""
    window = torch.hann_window(width + 2, periodic=False)[1:-1]
    each = F.pad(torch.eye(bands)[:, None], (width // 2, width // 2), mode="replicate")
    return F.conv1d(each, (window / window.sum())[None, None])[:, 0].T
