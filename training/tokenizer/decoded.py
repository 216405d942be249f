"""Stored units made sound again, in mixed voices and at other pitch.

Shapes: T frames of 25 ms, N = 600 T samples at 24 kHz.
"""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from training.grammar.rows import Utterance
from training.models.codec import HARMONIC_BANDS, NOISE_BANDS
from training.tokenizer.parts import Parts

MIXED_SHARE, VOICE_NOISE = 0.6, 0.15
PITCH_SHARE, PITCH_SPREAD, PITCH_LIMITS = 0.65, 0.2, (0.6, 1.7)
NOISE_LEVEL = 0.3  # log gain
NOISE_BANDS_AT = slice(2 + HARMONIC_BANDS, 2 + HARMONIC_BANDS + NOISE_BANDS)


def mixed_voice(voice: np.ndarray, others: Sequence[np.ndarray], draw: np.random.Generator) -> np.ndarray:
    """-> (dims,) of unit RMS"""
    if draw.random() >= MIXED_SHARE:
        return voice
    share = draw.random()
    mix = share * voice + (1 - share) * others[draw.integers(len(others))] + draw.normal(0, VOICE_NOISE, len(voice))
    return (mix * math.sqrt(len(voice)) / np.linalg.norm(mix)).astype(np.float32)


def decoded(parts: Parts, said: Utterance, voice: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """-> sound (N,)"""
    units, speaker = torch.from_numpy(said.units.astype(np.int64)), torch.from_numpy(voice)
    pitch = math.exp(draw.normal(0, PITCH_SPREAD)) if draw.random() < PITCH_SHARE else 1.0
    log_pitch = math.log(min(max(pitch, PITCH_LIMITS[0]), PITCH_LIMITS[1]))
    at = parts.device
    return (
        sound_of(parts, units[None].to(at), speaker[None].to(at), log_pitch, float(draw.normal(0, NOISE_LEVEL)))[0]
        .cpu()
        .numpy()
    )


@torch.inference_mode()
def sound_of(parts: Parts, units: Tensor, voice: Tensor, log_pitch: float, log_noise: float) -> Tensor:
    """units (B, T), voice (B, dims), natural logs to be added to the pitch and to the noise's gains -> (B, N)"""
    controls = parts.decoder(parts.fsq.values(units), voice)
    controls[..., 0] += log_pitch
    controls[..., NOISE_BANDS_AT] += log_noise
    return parts.synth(controls)
