"""How a recording is heard: as it is, or with times by the aligner's ear, at other speeds or by other speakers, through channels.

Sound is 24 kHz; frames are 25 ms.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from training.align.times import find_times
from training.corpus.shards import Recording
from training.corpus.teachers.teacher import FRAME
from training.models.probe import PhoneProbe
from training.sound.channel import through_channel
from training.sound.rates import to_16k
from training.sound.variants import variant
from training.tokenizer.parts import Parts

CHANNEL_SHARE = 0.8
SILENCE_FRAMES = 2  # put before and after: some teachers begin at once


@dataclass(frozen=True)
class Timed:
    """row: as the corpus has it, with the times of this sound; sent, arrived (600 T,): it, before and after a channel; sure:
    how well the times fit"""

    row: dict[str, Any]
    sent: np.ndarray
    arrived: np.ndarray
    sure: float = 0.0


def as_it_is(recording: Recording) -> Timed:
    sound = recording.sound.astype(np.float32) / 32768
    return Timed(recording.row, sound, sound)


def retimed(parts: Parts, aligner: PhoneProbe, recording: Recording) -> Timed | None:
    """parts, aligner: on one device. None where the phones don't fit into the sound"""
    sound = np.pad(recording.sound.astype(np.float32) / 32768, SILENCE_FRAMES * FRAME)
    frames = len(sound) // FRAME
    features = parts.frame_features(torch.from_numpy(to_16k(sound))[None].to(parts.device), frames)
    times = find_times(aligner(features)[0].cpu().numpy(), recording.row["phones"])
    if times is None:
        return None
    row = {**recording.row, "lead": times.lead, "dur": times.durations, "tail": times.tail, "frames": frames}
    return Timed(row, sound, sound, times.sure)


def surest(found: list[Timed], left_out: float) -> list[Timed]:
    """Without the share `left_out` whose times fit worst: there the teacher read something else than is written."""
    least = np.quantile([timed.sure for timed in found], left_out) if found else 0.0
    return [timed for timed in found if timed.sure >= least]


def disturbed(timed: Timed, count: int, speakers: bool, draw: np.random.Generator) -> Iterator[Timed]:
    """`count` readings of it, each at a speed or, with `speakers`, by a speaker of its own, and through a channel"""
    for _ in range(count):
        sent, spans = variant(timed.sent, spans_of(timed.row), speakers, draw)
        arrived = through_channel(sent, draw, rate_hz=24000) if draw.random() < CHANNEL_SHARE else sent
        times = {"lead": spans[0], "dur": spans[1:-1], "tail": spans[-1], "frames": len(sent) // FRAME}
        yield Timed({**timed.row, **times}, sent, arrived)


def spans_of(row: dict[str, Any]) -> list[int]:
    return [row["lead"], *row["dur"], row["tail"]]
