"""What is measured of a set of models, part by part, and what each part asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from training.checkpoints import read_json
from training.evaluate.converge import Converge
from training.evaluate.held_out_words import Words, held_out_words
from training.evaluate.judges import Recogniser, distillmos, transcribe
from training.evaluate.listening import Listened, listen_to
from training.evaluate.parity import engines
from training.evaluate.rates import Rate, pooled, summed, words_compared
from training.evaluate.report import Report
from training.evaluate.resynthesis import Sounds, recordings, resynthesised
from training.evaluate.speaking import Spread, Take, held_out, runaways, say_all, spread, teacher_spread
from training.paths import LIBRIVOX, LISTEN_SETS, MODELS, REFERENCE
from training.stage.config import plain
from training.stage.record import RunRecord, data_hash
from training.text.words import words

SETS = {
    "LibriVox": LIBRIVOX,
    "flite awb": LISTEN_SETS / "test" / "flite-awb",
    "Pico en-GB": LISTEN_SETS / "test" / "pico-gb",
    "held-out texts": LISTEN_SETS / "test" / "teacher-sound",
    "held-out voices": LISTEN_SETS / "test" / "teacher-voices-sound",
    "held-out texts, decoded again": LISTEN_SETS / "test" / "teacher",
    "held-out voices, decoded again": LISTEN_SETS / "test" / "teacher-voices",
}


@dataclass(frozen=True)
class EvaluateConfig:
    """models: a folder of exported files; language: `lm.json` of their language model's run, which lists the words held out;
    learnt: units whose sentences it learnt from; units: the teacher's, for held-out texts; sets: recordings to listen to; people:
    recordings to encode and decode again, each with so many `noises` of the vocoder; clips, words: at most so many; takes: texts
    said at each temperature; voice: of the engines' common take"""

    out: Path
    models: Path = MODELS
    language: Path = REFERENCE / "lm.json"
    learnt: tuple[Path, ...] = (REFERENCE / "units.npz", REFERENCE / "units2.npz")
    units: Path = REFERENCE / "units.npz"
    sets: dict[str, Path] = field(default_factory=lambda: dict(SETS))
    people: Path = LIBRIVOX
    noises: int = 10
    tokenizers: tuple[str, ...] = ("whisper", "mel")
    voice: str = "af_heart"
    temperatures: tuple[float, ...] = (0.7, 1.0)
    clips: int = 60
    words: int = 1000
    takes: int = 20
    recogniser: Recogniser | None = None
    seed: int = 0


def evaluate(config: EvaluateConfig) -> bool:
    files = sorted(file for file in config.models.iterdir() if file.is_file())
    record = RunRecord(config.out, "evaluate", plain(config), config.seed, data_hash(files))
    record.state("running", 0)
    report, converge = Report(f"Report on {config.models}"), Converge(config.models, config.out / "answers")
    report.part("Engines")
    engine_part(report, converge, config)
    report.part("Listening")
    for name, folder in config.sets.items():
        for tokenizer in config.tokenizers:
            listening_part(report, converge, config, f"{name}, {tokenizer} tokenizer", folder, tokenizer)
    report.part("Encoded and decoded again")
    resynthesis_part(report, converge, config)
    report.part("Words held out")
    words_part(report, config)
    report.part("Speaking")
    speaking_part(report, converge, config)
    report.write(config.out)
    record.state("finished", 1)
    return True


def engine_part(report: Report, converge: Converge, config: EvaluateConfig) -> None:
    def act() -> str:
        found, absent = engines(converge, config.voice)
        lines = [
            f"{one.name}: {one.right} of {one.tokens} known tokens, chances within {one.largest_error:.5f}, "
            f"{one.same:.1%} of a drawn take as the reference draws it"
            for one in found
        ]
        return "; ".join([*lines, *(f"{line} (not here)" for line in absent)])

    report.measure("engine parity", act)


def listening_part(
    report: Report, converge: Converge, config: EvaluateConfig, name: str, folder: Path, tokenizer: str
) -> None:
    heard: list[Listened] = []

    def phones() -> Any:
        heard.append(listen_to(converge, folder, tokenizer, config.clips))
        return pooled(heard[0].phones)

    report.measure(f"{name}: phone error rate, greedy, no stress", phones)
    if heard:
        report.measure(f"{name}: clips without a phone error rate, for the dictionary lacks a word", lambda: heard[0].unread)
        report.measure(f"{name}: word error rate, search", lambda: pooled(heard[0].words))


def resynthesis_part(report: Report, converge: Converge, config: EvaluateConfig) -> None:
    judge(report, config, "the recordings", lambda: recordings(config.people))
    for tokenizer in config.tokenizers:
        again = partial(resynthesised, converge, config.people, tokenizer, config.noises)
        judge(report, config, f"{tokenizer} tokenizer, {config.noises} times each", again)


def words_part(report: Report, config: EvaluateConfig) -> None:
    found: list[Words] = []

    def said() -> Any:
        found.append(held_out_words(config.models, config.language, config.learnt, config.words))
        return found[0].said

    if report.measure("said wrong, stress counted", said) is None:
        return
    report.measure("said wrong, without stress", lambda: found[0].said_bare)
    report.measure("phones wrong, without stress", lambda: found[0].phones)
    report.measure("spelled wrong, from true phones", lambda: found[0].spelled)


def speaking_part(report: Report, converge: Converge, config: EvaluateConfig) -> None:
    rows: list[Any] = []

    def teacher() -> Spread:
        voices = read_json(config.models / "manifest.json")["voices"]
        rows.extend(held_out(config.units, voices, config.takes))
        return teacher_spread(converge, rows)

    wanted = report.measure("teacher: pitch and durations", teacher)
    if wanted is None:
        return
    for temperature in config.temperatures:
        takes = say_all(converge, rows, temperature)
        judge_takes(report, config, f"T {temperature}", takes, wanted)


def judge_takes(report: Report, config: EvaluateConfig, name: str, takes: list[Take], wanted: Spread) -> None:
    files = [take.file for take in takes]
    found = report.measure(f"{name}: pitch and durations", lambda: spread(files, [take.durations[1:-1] for take in takes]))
    if found is not None:
        pitch, durations = found.pitch_semitones / wanted.pitch_semitones, found.duration_log / wanted.duration_log
        shares = f"{pitch:.0%} and {durations:.0%}"
        report.measure(f"{name}: spread of pitch and of durations, of the teacher's", lambda: shares)
    report.measure(f"{name}: runaways", lambda: f"{runaways(takes)} of {len(takes)}")

    judge(report, config, name, lambda: Sounds(files, [take.text for take in takes]))


def judge(report: Report, config: EvaluateConfig, name: str, find: Callable[[], Sounds]) -> None:
    """What the outside judges say; find: raises NotMeasured where there is nothing to hear"""

    def heard() -> Rate:
        sounds = find()
        said = zip(transcribe(config.recogniser, sounds.files), sounds.texts, strict=True)
        clips = [words_compared(words(found), words(text)) for found, text in said]
        return pooled(summed(sounds.texts, clips))

    report.measure(f"{name}: word error rate by the outside recogniser", heard)
    report.measure(f"{name}: DistillMOS", lambda: round(float(np.mean(distillmos(find().files))), 2))
