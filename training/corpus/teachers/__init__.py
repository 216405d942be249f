"""Who reads the lines. A teacher turns a line into sound and says when each phone was spoken; an absent one says what it lacks."""

from collections.abc import Callable
from pathlib import Path

from training.corpus.teachers.teacher import Teacher, TeacherAbsent


def sine(folder: Path | None) -> Teacher:
    from training.corpus.teachers.sine import Sine

    return Sine()


def kokoro(folder: Path | None) -> Teacher:
    from training.corpus.teachers.kokoro import Kokoro

    return Kokoro(folder)


def flite(folder: Path | None) -> Teacher:
    from training.corpus.teachers.flite import Flite

    return Flite()


def pico(folder: Path | None) -> Teacher:
    from training.corpus.teachers.pico import Pico

    return Pico()


def piper(folder: Path | None) -> Teacher:
    from training.corpus.teachers.piper import Piper

    return Piper()


def festival(folder: Path | None) -> Teacher:
    from training.corpus.teachers.festival import Festival

    return Festival()


def espeak(folder: Path | None) -> Teacher:
    from training.corpus.teachers.espeak import Espeak

    return Espeak()


TEACHERS: dict[str, Callable[[Path | None], Teacher]] = {
    "kokoro": kokoro,
    "flite": flite,
    "pico": pico,
    "piper": piper,
    "festival": festival,
    "espeak": espeak,
    "sine": sine,
}


CREDITS = {
    "kokoro": "Kokoro-82M (Apache-2.0)",
    "piper": "Piper's voice joe (CC0)",
    "pico": "SVOX Pico (Apache-2.0)",
    "festival": "Festival's voice ked (permissive)",
    "flite": "flite (permissive)",
    "espeak": "eSpeak NG",
    "sine": "a toy of this project's own",
}


def open_teacher(name: str, folder: Path | None = None) -> Teacher:
    """folder: where the teacher's own files lie. @raises TeacherAbsent"""
    if name not in TEACHERS:
        raise TeacherAbsent(f"there is no teacher {name!r}; there are {', '.join(TEACHERS)}")
    return TEACHERS[name](folder)
