"""Speech for a language model to learn from that is its own: of several takes of a text, the one that it understands best.

What is kept is as varied as what it draws at that temperature, but more clearly said (expert iteration; for language models
Dong et al. 2023, arXiv:2304.06767, and Gulcehre et al. 2023, arXiv:2308.08998). Files that are there are not made again.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.grammar.rows import Utterance
from training.lm.result import lm_files, read_lm
from training.models.lm import LM
from training.stage.config import plain
from training.stage.processes import Processes
from training.stage.record import RunRecord, data_hash
from training.stage.stop import StopRequest
from training.takes.draw import draw_takes
from training.takes.understood import nats_a_phone
from training.units import read_units, units_files, with_rows, write_units


@dataclass(frozen=True)
class TakesConfig:
    """lm: a finished run; units: whose texts are said, in the voices that they were read in; texts: how many, each once, kept
    in files of `in_a_file`; takes: of each; batch: texts drawn at once"""

    lm: Path
    units: tuple[Path, ...]
    out: Path
    texts: int = 2000
    takes: int = 4
    temperature: float = 1.0
    batch: int = 16
    in_a_file: int = 500
    seed: int = 0


def best_takes(
    lm: LM, asked: Sequence[Utterance], takes: int, temperature: float, random: torch.Generator
) -> Iterator[Utterance]:
    """asked: of as many phones each"""
    drawn = draw_takes(lm, [one for one in asked for _ in range(takes)], temperature, random)
    best = nats_a_phone(lm, drawn).reshape(-1, takes).argmin(1)
    for text, take in enumerate(best.tolist()):
        yield drawn[text * takes + take]


def batches(asked: Sequence[Utterance], most: int) -> Iterator[list[Utterance]]:
    """Of as many phones each"""
    by_count: dict[int, list[Utterance]] = defaultdict(list)
    for one in asked:
        by_count[len(one.phones)].append(one)
    for alike in by_count.values():
        for first in range(0, len(alike), most):
            yield alike[first : first + most]


def chosen(config: TakesConfig, files: Sequence[Path]) -> list[Utterance]:
    texts = {said.text: said for said in read_units(*files) if said.split == "train"}
    order = np.random.default_rng(config.seed).permutation(len(texts))[: config.texts]
    alone = list(texts.values())
    return [alone[place] for place in order]


def make_takes(config: TakesConfig) -> bool:
    files = units_files(*config.units)
    asked = chosen(config, files)
    if not asked:
        raise ValueError("the units hold no text of the training to say")
    lm, _ = read_lm(config.lm)
    lm = lm.to(Processes().device).eval()
    record = RunRecord(config.out, "takes", plain(config), config.seed, data_hash([*with_rows(files), *lm_files(config.lm)]))
    record.begin(len(list(config.out.glob("units-*.npz"))))
    with StopRequest() as stop:
        for number, first in enumerate(range(0, len(asked), config.in_a_file)):
            file = config.out / f"units-{number:02}.npz"
            if file.exists():
                continue
            began, random = time.monotonic(), torch.Generator().manual_seed(config.seed + number)
            kept: list[Utterance] = []
            for alike in batches(asked[first : first + config.in_a_file], config.batch):
                if stop.asked:
                    record.state("stopped", number)
                    return False
                kept += best_takes(lm, alike, config.takes, config.temperature, random)
            write_units(file, kept)
            seconds = sum(len(take.units) for take in kept) / 40
            record.note(number + 1, {"seconds": seconds, "wall_seconds": time.monotonic() - began})
    record.state("finished", -(-len(asked) // config.in_a_file))
    return True
