"""A corpus to units, a file for every shard (see training.units). Shards that are there are not done again.

Utterances go through the networks one by one, as on the page: the Whisper front looks at all it is given, padding included.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path

import numpy as np
import torch

from training.align.train import aligner_file, read_aligner
from training.corpus.shards import corpus_files, read_shard
from training.encode.coded import coded, filled
from training.encode.hearings import Timed, as_it_is, disturbed, retimed, surest
from training.stage.config import plain
from training.stage.parallel import Engine, in_parallel
from training.stage.processes import own_device
from training.stage.record import RunRecord, data_hash
from training.stage.stop import StopRequest
from training.tokenizer.parts import Front, Parts
from training.tokenizer.result import read_tokenizer, tokenizer_files
from training.units import Stored, write_stored

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


def encode_one(parts: Parts, front: Front, timed: Timed, features: bool) -> Stored:
    with torch.inference_mode():
        voice = parts.voice(parts.codec_mel(torch.from_numpy(filled(timed.arrived))[None].to(parts.device)))[0]
    heard = coded(parts, front, timed.sent, timed.arrived, features)
    row = {name: timed.row[name] for name in KEPT}
    return Stored(row, heard.codes, voice.cpu().numpy().astype(np.float16), heard.features)


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
    made: list[Stored] = []
    for timed in hearings(config, parts, shards[number], np.random.default_rng((config.seed, number)), stop):
        if stop.asked:
            break
        made.append(encode_one(parts, front, timed, config.features))
    if stop.asked:
        return 0, False
    write_stored(target, made)
    return sum(len(one.units) for one in made), True


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
