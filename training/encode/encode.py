"""A corpus to units: for every shard `units-00.npz` (codes uint16, all utterances end to end; voices float16, one row each),
`units-00.jsonl.gz` (what was said, frames of each phone) and, where they are asked for, `units-00.features.npy` (Whisper's
features). Shards that are there are not done again.

Utterances go through the networks one by one, as on the page: the Whisper front looks at all it is given, padding included.
"""

import gzip
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path

import numpy as np
import torch

from training.align.train import aligner_file, read_aligner
from training.corpus.shards import corpus_files, read_shard
from training.encode.coded import Coded, coded, filled
from training.encode.hearings import Timed, as_it_is, disturbed, retimed, surest
from training.grammar.rows import Utterance
from training.lm.units import features_file
from training.stage.config import plain
from training.stage.parallel import Engine, in_parallel
from training.stage.processes import own_device
from training.stage.record import RunRecord, data_hash
from training.stage.replacing import replacing
from training.stage.stop import StopRequest
from training.tokenizer.parts import Front, Parts
from training.tokenizer.result import read_tokenizer, tokenizer_files

KEPT = ("id", "text", "phones", "voices", "speed", "split", "dur", "lead", "tail", "frames")


@dataclass(frozen=True)
class EncodeConfig:
    """corpora: folders of training.corpus; tokenizer: a finished run or the reference; front: "whisper" where it has one;
    aligner: of training.align, where the teacher's own times are not to be believed; left_out: share of the utterances whose
    times it finds worst; disturbed: instead of the recording so many readings of it, at other speeds and through channels;
    speakers: by other speakers made of it instead (training/requirements-speakers.txt);
    features: keep Whisper's features of what arrives, and the units of what was sent (see training.encode.coded)"""

    corpora: tuple[Path, ...]
    tokenizer: Path
    out: Path
    front: Front | None = None
    aligner: Path | None = None
    left_out: float = 0.1
    disturbed: int = 0
    speakers: bool = False
    features: bool = False
    workers: int = 1
    engine: Engine = "processes"
    seed: int = 0


def encode_one(parts: Parts, front: Front, timed: Timed, features: bool) -> tuple[Coded, np.ndarray]:
    """-> codes of the frames, voice (dims,) float16"""
    with torch.inference_mode():
        voice = parts.voice(parts.codec_mel(torch.from_numpy(filled(timed.arrived))[None].to(parts.device)))[0]
    return coded(parts, front, timed.sent, timed.arrived, features), voice.cpu().numpy().astype(np.float16)


def hearings(
    config: EncodeConfig, parts: Parts, shard: Path, draw: np.random.Generator, stop: StopRequest
) -> Iterator[Timed]:
    """Every utterance of a shard as it is to be heard, until a stop."""
    recordings = takewhile(lambda _: not stop.asked, read_shard(shard))
    if config.aligner is None:
        found = (as_it_is(one) for one in recordings)
    else:
        aligner = read_aligner(config.aligner, parts.shapes.whisper.width).to(parts.device)
        timed = (retimed(parts, aligner, one) for one in recordings)
        found = iter(surest([one for one in timed if one is not None], config.left_out))
    for one in found:
        yield from disturbed(one, config.disturbed, config.speakers, draw) if config.disturbed else (one,)


def encode_shard(config: EncodeConfig, shards: list[Path], number: int, stop: StopRequest) -> tuple[int, bool]:
    """-> frames, whether the shard is complete"""
    target = config.out / f"units-{number:02}.npz"
    if target.exists():
        return len(np.load(target)["codes"]), True
    if config.workers > 1:
        torch.set_num_threads(1)
    parts = read_tokenizer(config.tokenizer)[0].to(own_device())
    front = config.front or parts.default_front()
    rows, made, voices = [], [], []
    for timed in hearings(config, parts, shards[number], np.random.default_rng((config.seed, number)), stop):
        if stop.asked:
            break
        one, voice = encode_one(parts, front, timed, config.features)
        rows.append({name: timed.row[name] for name in KEPT})
        made.append(one)
        voices.append(voice)
    if stop.asked:
        return 0, False
    write_units(target, rows, made, np.stack(voices) if voices else np.empty((0, 0)))
    return sum(len(one.codes) for one in made), True


def write_units(target: Path, rows: list[dict], made: list[Coded], voices: np.ndarray) -> None:
    """The `.npz` comes last: where it is, the shard is complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    codes = np.concatenate([np.empty(0, np.uint16), *(one.codes for one in made)])
    features = [one.features for one in made if one.features is not None]
    if features:
        np.save(features_file(target), np.concatenate(features))
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    target.with_suffix(".jsonl.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))
    with replacing(target) as beside, beside.open("wb") as arrays:
        np.savez(arrays, codes=codes, voices=voices)


def write_utterances(target: Path, utterances: Sequence[Utterance]) -> None:
    """As `read_units` reads them."""
    rows = [
        {
            "text": said.text,
            "phones": said.phones,
            "voices": said.voices,
            "split": said.split,
            "lead": said.lead,
            "dur": said.durations,
            "tail": said.tail,
            "frames": len(said.units),
        }
        for said in utterances
    ]
    made = [Coded(said.units, said.features) for said in utterances]
    write_units(target, rows, made, np.stack([said.voice for said in utterances]))


def encode_corpora(config: EncodeConfig) -> bool:
    files = [file for folder in config.corpora for file in corpus_files(folder)]
    shards = [file for file in files if file.suffix == ".jsonl"]
    aligner = [] if config.aligner is None else [aligner_file(config.aligner)]
    data = data_hash([*files, *tokenizer_files(config.tokenizer), *aligner])
    record = RunRecord(config.out, "encode", plain(config), config.seed, data)
    record.begin(0)
    began = time.monotonic()
    act = partial(encode_shard, config, shards)
    results = in_parallel(act, range(len(shards)), config.workers, config.engine)
    frames = sum(frames for frames, _ in results)
    record.note(len(shards), {"seconds": frames / 40, "wall_seconds": time.monotonic() - began})
    complete = len(results) == len(shards) and all(complete for _, complete in results)
    record.state("finished" if complete else "stopped", len(shards))
    return complete
