"""Reads the lines with the teacher, in one process, in several, or as a Ray Data job; always into the same shards."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from training.corpus.lines import Line, read_lines
from training.corpus.shards import ShardWriter, corpus_files
from training.corpus.teachers import open_teacher
from training.stage.config import plain
from training.stage.parallel import Engine, in_parallel
from training.stage.record import RunRecord, data_hash
from training.stage.stop import StopRequest

MOST_BAD = 20  # lines in a row; then something is broken


@dataclass(frozen=True)
class CorpusConfig:
    """texts: plain text or JSON lines; folder: the teacher's own files, where it has any; lines: at most so many; mixed:
    share of lines read by mixtures of voices, where the teacher can; workers: processes, one shard each"""

    texts: tuple[Path, ...]
    out: Path
    teacher: str = "kokoro"
    folder: Path | None = None
    voices: tuple[str, ...] = ()
    lines: int | None = None
    mixed: float = 0.0
    workers: int = 1
    engine: Engine = "processes"
    seed: int = 0


def read_shard(config: CorpusConfig, lines: Sequence[Line], number: int, stop: StopRequest) -> tuple[float, int, bool]:
    """The lines number, number + workers, .. -> seconds of sound, lines that failed, whether all are done"""
    teacher = open_teacher(config.teacher, config.folder)
    writer = ShardWriter(config.out, number)
    bad = in_a_row = 0
    for line in lines[number :: config.workers]:
        if stop.asked:
            break
        if line.id in writer.done:
            continue
        try:
            writer.add(line, teacher.say(line).checked(len(line.phones)))
            in_a_row = 0
        except (ValueError, KeyError, RuntimeError) as problem:
            bad, in_a_row = bad + 1, in_a_row + 1
            print(f"line {line.id} left out: {problem}", flush=True)
            if in_a_row == MOST_BAD:
                raise
    writer.close()
    return writer.frames / 40, bad, not stop.asked


def make_corpus(config: CorpusConfig) -> bool:
    known = open_teacher(config.teacher, config.folder).voices
    unknown = set(config.voices) - set(known)
    if unknown:
        raise ValueError(
            f"the teacher {config.teacher} has no voice {', '.join(sorted(unknown))}; it has {', '.join(known)}"
        )
    lines, unread = read_lines(config.texts, config.voices or known, config.seed, config.lines, config.mixed)
    if not lines:
        raise ValueError(f"none of the {unread} texts can be read")
    record = RunRecord(config.out, "corpus", plain(config), config.seed, data_hash(list(config.texts)))
    record.begin(0)
    began = time.monotonic()
    read = partial(read_shard, config, lines)
    results = in_parallel(read, range(config.workers), config.workers, config.engine)
    seconds, bad = sum(result[0] for result in results), sum(result[1] for result in results)
    figures = {"lines": len(lines), "unread": unread, "failed": bad, "seconds": seconds}
    record.note(len(lines), {**figures, "wall_seconds": time.monotonic() - began})
    complete = len(results) == config.workers and all(result[2] for result in results)
    if complete:
        record.facts["result_sha256"] = data_hash(corpus_files(config.out))
    record.state("finished" if complete else "stopped", len(lines))
    return complete
