"""How a set of models speaks: takes of held-out texts, and their pitch and durations beside the teacher's.

The teacher's own are its stored units of the same texts, decoded by the same decoder, so that only what the language model
adds is compared: a spread below the teacher's is flat speech, one above it is restless.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from training.corpus.pitch import track_pitch
from training.evaluate.converge import Converge
from training.evaluate.not_measured import NotMeasured
from training.grammar.rows import MOST_FRAMES_PER_PHONE, Utterance
from training.grammar.vocabulary import SILENCE
from training.units import read_units, units_files

LEAST_WORDS = 4
RATE_HZ = 24000


@dataclass(frozen=True)
class Take:
    text: str
    file: Path
    units: list[int]
    durations: list[int]  # frames of each phone, the silences at both ends included


def held_out(units: Path, voices: Collection[str], count: int) -> list[Utterance]:
    """Utterances that no training saw, by teachers whose voices the model has by name, each text once. @raises NotMeasured"""
    try:
        files = units_files(units)
    except FileNotFoundError as missing:
        raise NotMeasured(str(missing)) from missing
    found: dict[str, Utterance] = {}
    for said in read_units(*files):
        known = len(said.voices) == 1 and said.voices[0][0] in voices
        if said.split != "train" and known and len(said.text.split()) >= LEAST_WORDS:
            found.setdefault(said.text, said)
    if not found:
        raise NotMeasured(f"{units} holds no utterances that were held out, in a voice of the model's")
    return list(found.values())[:count]


def say_all(converge: Converge, rows: Sequence[Utterance], temperature: float) -> list[Take]:
    """Each text in the voice that the teacher read it in, with its number as seed."""
    takes = []
    for number, row in enumerate(rows):
        told, file = converge.say(row.text, row.voices[0][0], temperature, number)
        said = told["takes"][0]
        takes.append(Take(row.text, file, said["units"], [frames for part in flat(said["durations"]) for frames in part]))
    return takes


def flat(durations: Any) -> list[list[int]]:
    """Durations of one utterance, or of several -> of several"""
    return durations if durations and isinstance(durations[0], list) else [durations]


def runaways(takes: Sequence[Take]) -> int:
    """Takes with a phone so long that the grammar had to end it; the silences round the utterance are none."""
    return sum(max(take.durations[1:-1], default=0) >= MOST_FRAMES_PER_PHONE for take in takes)


@dataclass(frozen=True)
class Spread:
    """pitch: median and deviation of log F0 round it, in semitones; durations: deviation of ln frames of a phone"""

    pitch_hz: float
    pitch_semitones: float
    duration_log: float
    frames_a_phone: float

    def __str__(self) -> str:
        return (
            f"{self.pitch_hz:.0f} Hz, {self.pitch_semitones:.2f} semitones of spread; {self.frames_a_phone:.1f} frames a phone, "
            f"{self.duration_log:.2f} of spread (ln)"
        )


def spread(files: Sequence[Path], durations: Sequence[Sequence[int]]) -> Spread:
    """Each file's pitch is centred on its own median first, so that voices don't count. @raises NotMeasured"""
    voiced, centred = [], []
    for file in files:
        sound, rate = soundfile.read(file, dtype="float32")
        assert rate == RATE_HZ, f"{file} has {rate} Hz"
        pitch = track_pitch(sound)
        semitones = 12 * np.log2(pitch[pitch > 0])
        voiced.append(semitones)
        centred.append(semitones - np.median(semitones) if len(semitones) > 0 else semitones)
    if not any(map(len, voiced)):
        raise NotMeasured("nothing that was said has a pitch")
    frames = np.array([count for spans in durations for count in spans if count > 0], float)
    middle = float(np.median(np.concatenate(voiced)))
    return Spread(
        2 ** (middle / 12), float(np.concatenate(centred).std()), float(np.log(frames).std()), float(frames.mean())
    )


def teacher_spread(converge: Converge, rows: Sequence[Utterance]) -> Spread:
    files = [converge.decode(said.units.tolist(), said.voice.tolist()) for said in rows]
    return spread(files, [[frames for phone, frames in said.spans() if phone != SILENCE] for said in rows])
