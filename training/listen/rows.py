"""Speech to listen to without new recordings: stored units decoded again in mixed voices, at other pitch and speed or by
speakers made of them, through a channel, and through the tokenizer or, where its adapter is to learn, through Whisper's
encoder alone. What was said stays; times follow the speed.

Shapes: T frames of 25 ms; sound is 24 kHz.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from training.encode.coded import coded
from training.grammar.rows import Utterance
from training.models.codec import HARMONIC_BANDS, NOISE_BANDS
from training.sound.channel import through_channel
from training.sound.variants import variant
from training.tokenizer.parts import Front, Parts

MIXED_SHARE, VOICE_NOISE = 0.6, 0.15
PITCH_SHARE, PITCH_SPREAD, PITCH_LIMITS = 0.65, 0.2, (0.6, 1.7)
NOISE_LEVEL = 0.3  # log gain
NOISE_BANDS_AT = slice(2 + HARMONIC_BANDS, 2 + HARMONIC_BANDS + NOISE_BANDS)


def varied(
    parts: Parts,
    front: Front,
    said: Utterance,
    others: Sequence[np.ndarray],
    draw: np.random.Generator,
    features: bool = False,
    speakers: float = 0.0,
) -> Utterance:
    """others: voices (dims,) to mix in; features: see training.encode.coded; speakers: how often another speaker is made of
    it -> the same words as the tokenizer hears them"""
    spoken = decoded(parts, said, mixed_voice(said.voice, others, draw), draw)
    sound, spans = variant(spoken, [frames for _, frames in said.spans()], draw.random() < speakers, draw)
    heard = coded(parts, front, sound, through_channel(sound, draw, rate_hz=24000), features)
    times = {"lead": spans[0], "durations": spans[1:-1], "tail": spans[-1]}
    return replace(said, units=heard.codes, features=heard.features, split="train", **times)


def mixed_voice(voice: np.ndarray, others: Sequence[np.ndarray], draw: np.random.Generator) -> np.ndarray:
    """-> (dims,) of unit RMS"""
    if draw.random() >= MIXED_SHARE:
        return voice
    share = draw.random()
    mix = share * voice + (1 - share) * others[draw.integers(len(others))] + draw.normal(0, VOICE_NOISE, len(voice))
    return (mix * math.sqrt(len(voice)) / np.linalg.norm(mix)).astype(np.float32)


def decoded(parts: Parts, said: Utterance, voice: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """-> sound (600 T,)"""
    units = torch.from_numpy(said.units.astype(np.int64))[None]
    pitch = math.exp(draw.normal(0, PITCH_SPREAD)) if draw.random() < PITCH_SHARE else 1.0
    with torch.inference_mode():
        controls = parts.decoder(parts.fsq.values(units), torch.from_numpy(voice)[None])
        controls[..., 0] += math.log(min(max(pitch, PITCH_LIMITS[0]), PITCH_LIMITS[1]))
        controls[..., NOISE_BANDS_AT] += float(draw.normal(0, NOISE_LEVEL))
        return parts.synth(controls)[0].numpy()
