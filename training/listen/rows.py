"""Speech to listen to without new recordings: stored units decoded again in mixed voices, at other pitch and speed, through a
channel, and through the tokenizer or, where its adapter is to learn, through Whisper's encoder alone. What was said stays;
times follow the speed.

Shapes: T frames of 25 ms; sound is 24 kHz.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import torch
from scipy.signal import resample_poly

from training.corpus.teachers.teacher import FRAME
from training.encode.coded import coded
from training.grammar.rows import Utterance
from training.models.codec import HARMONIC_BANDS, NOISE_BANDS
from training.sound.channel import through_channel
from training.tokenizer.parts import Front, Parts

MIXED_SHARE, VOICE_NOISE = 0.6, 0.15
PITCH_SHARE, PITCH_SPREAD, PITCH_LIMITS = 0.65, 0.2, (0.6, 1.7)
SPEED_SHARE = 0.65
SPEEDS = tuple(Fraction(a, b) for a, b in ((9, 10), (10, 9), (19, 20), (20, 19), (6, 5), (5, 6), (8, 7), (7, 8)))
NOISE_LEVEL = 0.3  # log gain
NOISE_BANDS_AT = slice(2 + HARMONIC_BANDS, 2 + HARMONIC_BANDS + NOISE_BANDS)


def varied(
    parts: Parts,
    front: Front,
    said: Utterance,
    others: Sequence[np.ndarray],
    draw: np.random.Generator,
    features: bool = False,
) -> Utterance:
    """others: voices (dims,) to mix in; features: see training.encode.coded -> the same words as the tokenizer hears them"""
    speed = draw.choice(len(SPEEDS)) if draw.random() < SPEED_SHARE else None
    sound, stretch = decoded(parts, said, mixed_voice(said.voice, others, draw), draw), Fraction(1)
    if speed is not None:
        stretch = SPEEDS[speed]
        sound = resample_poly(sound, stretch.numerator, stretch.denominator).astype(np.float32)
    frames = len(sound) // FRAME
    sound = sound[: frames * FRAME]
    heard = coded(parts, front, sound, through_channel(sound, draw, rate_hz=24000), features)
    spans = stretched([said.lead, *said.durations, said.tail], float(stretch), frames)
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


def stretched(spans: Sequence[int], stretch: float, frames: int) -> list[int]:
    """Frames of each span after a change of speed; their sum is `frames`."""
    ends = np.minimum(np.floor(np.cumsum(spans) * stretch).astype(int), frames)
    out = np.diff([0, *ends]).tolist()
    out[-1] += frames - sum(out)
    return out
