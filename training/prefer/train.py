"""Tuning of a finished language model to pairs of takes (training.takes with `pairs`), while what it does beside speaking stays as
it was, or is learnt on.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from training.listen.train import CONFUSED_BATCHES, CORRUPTION
from training.lm.confusions import confusions
from training.lm.heard import HeardTable, History
from training.lm.losses import Corruption
from training.lm.pairs import split_words
from training.lm.result import lm_files, read_lm
from training.lm.stage import TASKS, LmStage
from training.lm.train import check_tables, other_tables
from training.models.fsq import FSQ
from training.prefer.losses import Preference, PreferLosses
from training.prefer.pairs import PairTable, pair_files, read_pairs, worse_of
from training.stage.checkpoint import seed_all
from training.stage.config import plain
from training.stage.loop import LoopConfig, run
from training.stage.processes import Processes
from training.stage.record import RunRecord, data_hash
from training.units import read_units, units_files, with_rows

SHARES = {"speak": 0.45, "listen": 0.35, "babble": 0.02, "say_as": 0.08, "spell": 0.1}
SOURCES = {"heard": 0.8, "stored": 0.2}


@dataclass(frozen=True)
class PreferConfig:
    """pairs: folders of them; init: the language model to tune; units: what it learnt from, and heard: what else it listens to:
    on these it stays as it was, but for the tasks that are `learnt` on; words: rows of words for each direction of spelling;
    sources: how often listening draws from `heard` and from `units` as they are `stored`; levels: of the units' digits; share:
    of the way from `init` to the tuned weights that is gone in the end (Wortsman et al. 2022, arXiv:2109.01903); half:
    bfloat16, see LmStage"""

    pairs: tuple[Path, ...]
    init: Path
    units: tuple[Path, ...]
    out: Path
    loop: LoopConfig
    heard: tuple[Path, ...] = ()
    tokens: int = 4800
    learnt: tuple[str, ...] = ()
    words: int = 50000
    levels: tuple[int, ...] = (4, 4, 4, 4, 4)
    shares: dict[str, float] = field(default_factory=lambda: dict(SHARES))
    sources: dict[str, float] = field(default_factory=lambda: dict(SOURCES))
    history: History = field(default_factory=History)
    corruption: Corruption = CORRUPTION
    preference: Preference = field(default_factory=Preference)
    share: float = 1.0
    half: bool | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        unfit = set(self.learnt) - (set(TASKS) - {"speak"})
        if unfit:
            raise ValueError(
                f"learnt names {', '.join(sorted(unfit))}; speaking learns from pairs, others are held or learnt"
            )


class PreferStage(LmStage):
    """Leaves weights between the model before and the tuned one."""

    def __init__(self, share: float, *given: Any, **named: Any):
        super().__init__(*given, **named)
        self.share = share

    @torch.no_grad()
    def finish(self, folder: Path) -> None:
        tuned, before = self.average.module.lm, self.average.module.before
        torch._foreach_lerp_(list(tuned.parameters()), list(before.parameters()), 1 - self.share)
        super().finish(folder)


def train_preferring(config: PreferConfig) -> bool:
    seed_all(config.seed)
    files, heard_files, pairs = units_files(*config.units), units_files(*config.heard), pair_files(*config.pairs)
    utterances = read_units(*files)
    train = [said for said in utterances if said.split == "train"]
    heard = [said for said in read_units(*heard_files) if said.split == "train"]
    lm, language = read_lm(config.init)
    processes = Processes()
    lm = lm.to(processes.device)
    listen = HeardTable({"heard": heard, "stored": train}, config.sources, lm.shape.voice, config.history)
    words, held_out = split_words(0, config.seed, language.held_out_words)
    tables = other_tables(train, words, config.words, lm.shape.voice, held_out)
    learnt = [TASKS[task] for task in config.learnt]
    taken_for = confusions(lm, lambda: listen.draw(config.tokens), CONFUSED_BATCHES)
    stage = PreferStage(
        config.share,
        PreferLosses(lm, FSQ(config.levels), config.corruption, taken_for, config.preference, learnt),
        {**tables, "listen": listen, "speak": PairTable(read_pairs(*pairs))},
        check_tables(utterances, lm.shape.voice),
        config.shares,
        config.tokens,
        language,
        processes,
        weight_decay=0.0,
        half=config.half,
    )
    learnt_from = [*files, *heard_files, *pairs, *map(worse_of, pairs)]
    data = data_hash([*with_rows(learnt_from), *lm_files(config.init)])
    record = RunRecord(config.out, "prefer", plain(config), config.seed, data, processes.first)
    seed_all(config.seed + processes.rank)
    try:
        return run(stage, config.loop, config.out, record, processes)
    finally:
        processes.close()
