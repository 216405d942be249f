"""Makes the speech that listening is tuned and tested on: `python -m training.listen_sets`. Nothing of it is shipped.

    .cache/listen/tune/SET/*.wav   .cache/listen/test/SET/*.wav   each SET with transcripts.json {file: text}

Test: 100 sentences (60 of the corpus' split test_text, 40 of our own with invented words among them), read by flite's rms,
slt and awb and by Pico's British voice; and the teacher's: sentences of test_text in voices that training knows (`teacher`),
and a part of test_voice, in the four voices that it does not (`teacher-voices`), each decoded again by our codec from the stored
units, and as the teacher itself speaks it (`teacher-sound`, `teacher-voices-sound`).
Tune: other sentences: the other part of test_voice, decoded likewise, and sentences of test_text that the tests lack, read by
flite's kal16 and Pico's American voice. No sentence is in a set of both kinds. Wants Debian's `flite` on the path, PyPI's
`py-nanotts`, and what the teacher `kokoro` wants (docs/training.md); without the last the two sets of its own sound are left out.
"""

import json
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import py_nanotts
import torch

from training.corpus.lines import Line
from training.corpus.teachers import TeacherAbsent, open_teacher
from training.corpus.teachers.teacher import RATE_HZ, Teacher
from training.paths import KOKORO_VOICES, LISTEN_SENTENCES, REFERENCE
from training.program import run_program
from training.prototype import pipeline
from training.recordings import LEAST_WORDS, write_set, write_wav
from training.units import Stored, stored

TEST_CORPUS, TUNE_READ, TUNE_TEACHER = 60, 60, 150
PICO_VOLUME = 0.5  # of full scale: at 1 it clips


@dataclass(frozen=True)
class Chosen:
    """What each set says. test, tune_flite, tune_pico: sentences to be read; the others: utterances of the teacher's"""

    test: list[str]
    tune_flite: list[str]
    tune_pico: list[str]
    test_texts: list[Stored]
    test_voices: list[Stored]
    tune_voices: list[Stored]


def utterances(split: str) -> list[Stored]:
    """The reference's, of one split, without the shortest"""
    found = [one for one in stored(REFERENCE / "units.npz") if one.row["split"] == split]
    return [one for one in found if len(text_of(one).split()) >= LEAST_WORDS]


def text_of(one: Stored) -> str:
    return one.row["text"]


def choose() -> Chosen:
    own: list[str] = json.loads(LISTEN_SENTENCES.read_text(encoding="utf8"))["everyday"]
    texts, voices = utterances("test_text"), utterances("test_voice")
    held_out = sorted(set(map(text_of, texts)))
    random.Random(9).shuffle(held_out)
    tune = held_out[TEST_CORPUS : TEST_CORPUS + 2 * TUNE_READ]
    tuned_to = {*tune, *map(text_of, voices[:TUNE_TEACHER])}
    return Chosen(
        held_out[:TEST_CORPUS] + own,
        tune[:TUNE_READ],
        tune[TUNE_READ:],
        [one for one in texts if text_of(one) not in tuned_to],
        [one for one in voices[TUNE_TEACHER:] if text_of(one) not in tuned_to],
        voices[:TUNE_TEACHER],
    )


def flite(voice: str) -> Callable[[str, Path], None]:
    def read(text: str, path: Path) -> None:
        run_program(["flite", "-voice", voice, "-t", text, "-o", str(path)])

    return read


def pico(voice: str) -> Callable[[str, Path], None]:
    engine = py_nanotts.NanoTTS()

    def read(text: str, path: Path) -> None:
        pcm = engine.speak(text, voice=voice, volume=PICO_VOLUME)
        write_wav(path, np.frombuffer(pcm, "<i2"), 16000)

    return read


def write_teacher_set(name: str, chosen: list[Stored]) -> None:
    """The teacher's units through our decoder, in the voice that they were spoken in; the vocoder's noise is the set's own."""
    codec = pipeline().codec
    torch.manual_seed(zlib.crc32(name.encode()))
    by_text = {text_of(one): one for one in chosen}

    def read(text: str, path: Path) -> None:
        one = by_text[text]
        assert one.voice is not None
        units = torch.tensor(one.units.astype(np.int64))[None]
        voice = torch.tensor(one.voice.astype(np.float32))[None]
        with torch.inference_mode():
            samples = codec.decode(units, voice)[0][0].numpy()
        write_wav(path, np.clip(samples, -1, 1) * 32767, RATE_HZ)

    write_set(name, list(by_text), read)


def write_teacher_sound(teacher: Teacher, name: str, chosen: list[Stored]) -> None:
    """The teacher itself, in the same voices and at the same speeds"""
    by_text = {text_of(one): one.row for one in chosen}

    def read(text: str, path: Path) -> None:
        row = by_text[text]
        line = Line(
            row["id"], text, tuple(row["phones"]), tuple((name, share) for name, share in row["voices"]), row["speed"]
        )
        said = teacher.say(line).checked(len(line.phones))
        write_wav(path, said.sound * 32767, RATE_HZ)

    write_set(name, list(by_text), read)


def main() -> None:
    chosen = choose()
    for voice in ("rms", "slt", "awb"):
        write_set(f"test/flite-{voice}", chosen.test, flite(voice))
    write_set("test/pico-gb", chosen.test, pico("en-GB"))
    write_set("tune/flite-kal16", chosen.tune_flite, flite("kal16"))
    write_set("tune/pico-us", chosen.tune_pico, pico("en-US"))
    write_teacher_set("test/teacher", chosen.test_texts)
    write_teacher_set("test/teacher-voices", chosen.test_voices)
    write_teacher_set("tune/teacher", chosen.tune_voices)
    try:
        teacher = open_teacher("kokoro", KOKORO_VOICES)
    except TeacherAbsent as absent:
        print(f"the teacher's own sound is left out: {absent}")
        return
    write_teacher_sound(teacher, "test/teacher-sound", chosen.test_texts)
    write_teacher_sound(teacher, "test/teacher-voices-sound", chosen.test_voices)


if __name__ == "__main__":
    main()
