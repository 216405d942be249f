"""Speech for a language model to learn from that is its own: of several takes of a text, the one that is understood best; or pairs
of a take that is understood well and one that is not.

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

from training.evaluate.judges import Recogniser
from training.grammar.rows import Utterance
from training.lm.result import lm_files, read_lm
from training.models.lm import LM
from training.prefer.pairs import BETTER, Pair, write_pairs
from training.stage.config import plain
from training.stage.processes import Processes
from training.stage.record import RunRecord, data_hash
from training.stage.stop import StopRequest
from training.takes.draw import draw_takes
from training.takes.understood import Judge, outside_ear, own_ear
from training.tokenizer.result import read_tokenizer, tokenizer_files
from training.units import read_units, units_files, with_rows, write_units

LEAST_GAP = 0.2  # natural logs, as the judges': takes nearer to each other make no pair
LEAST_UNDERSTOOD = -1.5  # a text whose best take is below is one for nobody: rare names, words without a context


@dataclass(frozen=True)
class TakesConfig:
    """lm: a finished run; units: whose texts are said, in the voices that they were read in; texts: how many, each once, kept
    in files of `in_a_file`; takes: of each; batch: texts drawn at once; recogniser: who judges, in place of the model itself,
    what `tokenizer` makes sound; pairs: how many of each text to keep, for training.prefer; with 0 the best take alone"""

    lm: Path
    units: tuple[Path, ...]
    out: Path
    texts: int = 2000
    takes: int = 4
    temperature: float = 1.0
    batch: int = 16
    in_a_file: int = 500
    recogniser: Recogniser | None = None
    tokenizer: Path | None = None
    pairs: int = 0
    seed: int = 0

    def __post_init__(self) -> None:
        if (self.recogniser is None) != (self.tokenizer is None):
            raise ValueError(
                "a recogniser wants a tokenizer, whose decoder makes the sound, and has no use without the other"
            )
        if 2 * self.pairs > self.takes:
            raise ValueError(f"{self.takes} takes hold no {self.pairs} pairs")


def several_takes(
    lm: LM, asked: Sequence[Utterance], takes: int, temperature: float, random: torch.Generator
) -> Iterator[list[Utterance]]:
    """asked: of as many phones each -> of each so many takes"""
    drawn = draw_takes(lm, [one for one in asked for _ in range(takes)], temperature, random)
    for first in range(0, len(drawn), takes):
        yield drawn[first : first + takes]


def best(takes: Sequence[Utterance], understood: np.ndarray) -> Utterance:
    return takes[int(understood.argmax())]


def paired(takes: Sequence[Utterance], understood: np.ndarray, most: int) -> list[Pair]:
    """The best with the worst, the second best with the second worst, and so on"""
    order = np.argsort(-understood, kind="stable")
    if understood[order[0]] < LEAST_UNDERSTOOD:
        return []
    ends = [(order[place], order[-1 - place]) for place in range(most)]
    return [(takes[good], takes[bad]) for good, bad in ends if understood[good] - understood[bad] > LEAST_GAP]


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
    judge = judge_of(config, lm)
    networks = [*lm_files(config.lm), *(tokenizer_files(config.tokenizer) if config.tokenizer else ())]
    record = RunRecord(config.out, "takes", plain(config), config.seed, data_hash([*with_rows(files), *networks]))
    name = BETTER if config.pairs else "units"
    record.begin(len(list(config.out.glob(f"{name}-*.npz"))))
    with StopRequest() as stop:
        for number, first in enumerate(range(0, len(asked), config.in_a_file)):
            file = config.out / f"{name}-{number:02}.npz"
            if file.exists():
                continue
            began, random = time.monotonic(), torch.Generator().manual_seed(config.seed + number)
            drawn: list[list[Utterance]] = []
            for alike in batches(asked[first : first + config.in_a_file], config.batch):
                if stop.asked:
                    record.state("stopped", number)
                    return False
                drawn += several_takes(lm, alike, config.takes, config.temperature, random)
            judged = list(zip(drawn, judge(drawn), strict=True))
            if config.pairs:
                write_pairs(file, [pair for takes, figures in judged for pair in paired(takes, figures, config.pairs)])
            else:
                write_units(file, [best(takes, figures) for takes, figures in judged])
            seconds = sum(len(take.units) for takes in drawn for take in takes) / 40
            record.note(number + 1, {"seconds": seconds, "wall_seconds": time.monotonic() - began})
    record.state("finished", -(-len(asked) // config.in_a_file))
    return True


def judge_of(config: TakesConfig, lm: LM) -> Judge:
    if config.recogniser is None or config.tokenizer is None:
        return own_ear(lm)
    parts, _ = read_tokenizer(config.tokenizer)
    return outside_ear(parts.to(lm.emb.weight.device), config.recogniser)
