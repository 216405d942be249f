"""Random stretches of the corpus with their pitch, their phones and another stretch of the same utterance for the voice."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.corpus.shards import Recording
from training.corpus.teachers.teacher import FRAME, PITCHES
from training.grammar.vocabulary import bare
from training.models.probe import SOUND_IDS
from training.sound.channel import through_channel
from training.sound.rates import to_16k


@dataclass
class Batch:
    """sound (B, 600 T), channel (B, 400 T) at 16 kHz as it arrived, f0_hz (B, 2 T), voice (B, 600 V); sounds: all sequences end
    to end, sound_counts (B,)"""

    sound: Tensor
    channel: Tensor
    f0_hz: Tensor
    voice: Tensor
    sounds: Tensor
    sound_counts: Tensor

    def to(self, device: torch.device) -> "Batch":
        return Batch(**{name: value.to(device) for name, value in vars(self).items()})


class Segments:
    """frames: of a stretch, shorter utterances are filled with silence; voice_frames: at least so long is every utterance;
    channel: share of the stretches that arrive through one"""

    def __init__(self, recordings: Sequence[Recording], frames: int, voice_frames: int, channel: float):
        self.recordings = [one for one in recordings if one.row["split"] == "train" and one.frames >= voice_frames]
        if not self.recordings:
            raise ValueError(f"no training utterance is {voice_frames} frames long")
        self.frames, self.voice_frames, self.channel = frames, voice_frames, channel
        weights = np.array([one.frames for one in self.recordings], float)
        self.ends = np.cumsum(weights / weights.sum())

    def draw(self, batch: int) -> Batch:
        random = np.random.default_rng(np.random.randint(1 << 31))
        drawn = [self.one(random) for _ in range(batch)]
        sound, channel, f0_hz, voice, sounds = zip(*drawn, strict=True)
        return Batch(
            *(torch.from_numpy(np.stack(parts)) for parts in (sound, channel, f0_hz, voice)),
            torch.tensor([number for sequence in sounds for number in sequence], dtype=torch.long),
            torch.tensor([len(sequence) for sequence in sounds]),
        )

    def one(self, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[int]]:
        place = min(int(np.searchsorted(self.ends, random.random())), len(self.recordings) - 1)
        recording = self.recordings[place]
        start = random.integers(max(0, recording.frames - self.frames) + 1)
        other = random.integers(recording.frames - self.voice_frames + 1)
        sound = filled(recording.sound, start, self.frames, FRAME) / np.float32(32768)
        channel = to_16k(sound)
        if random.random() < self.channel:
            channel = through_channel(channel, random)
        f0_hz = filled(recording.f0_hz, start, self.frames, PITCHES)
        voice = filled(recording.sound, other, self.voice_frames, FRAME) / np.float32(32768)
        return sound, channel, f0_hz, voice, self.sounds(recording, start)

    def sounds(self, recording: Recording, start: int) -> list[int]:
        """Of the phones whose middle lies in the stretch."""
        row = recording.row
        ends = np.cumsum([row["lead"], *row["dur"]])
        middles = (ends[:-1] + ends[1:]) / 2
        inside = [phone for phone, at in zip(row["phones"], middles, strict=True) if start <= at < start + self.frames]
        return [SOUND_IDS[sound] for sound in bare(inside)]


def filled(values: np.ndarray, start: int, frames: int, each: int) -> np.ndarray:
    """(frames * each,) float32 from frame `start` on, with zeros where the values end"""
    part = np.asarray(values[start * each : (start + frames) * each], np.float32)
    return np.pad(part, (0, frames * each - len(part)))
