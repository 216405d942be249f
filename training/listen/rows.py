"""Speech to listen to without new recordings: stored units decoded again in mixed voices, at other pitch and speed or by
speakers made of them, through a channel, and through the tokenizer or, where its adapter is to learn, through Whisper's
encoder alone. What was said stays; times follow the speed.

Shapes: T frames of 25 ms; sound is 24 kHz.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from training.encode.coded import coded
from training.grammar.rows import Utterance
from training.sound.channel import through_channel
from training.sound.variants import variant
from training.tokenizer.decoded import decoded, mixed_voice
from training.tokenizer.parts import Front, Parts


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
