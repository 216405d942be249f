"""Fine-tuning: first the varied speech is made and kept beside the run, then the language model is tuned on it and on other
teachers' speech, with histories such as listening makes; some speaking, spelling and listening to the units as they were is
among it, so that what the model can do is kept. The tokenizer's adapter rests, or is tuned together with it.
"""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import torch

from training.grammar.rows import Utterance
from training.listen.rows import varied
from training.listen.together import TogetherLosses, TogetherStage, adapter_of
from training.lm.confusions import confusions
from training.lm.heard import HeardTable, History
from training.lm.losses import Corruption, LmLosses
from training.lm.pairs import split_words
from training.lm.result import lm_files, read_lm
from training.lm.stage import LmStage
from training.lm.train import check_tables, speaking_tables
from training.models.fsq import FSQ
from training.stage.checkpoint import seed_all
from training.stage.config import plain
from training.stage.loop import LoopConfig, run
from training.stage.processes import Processes
from training.stage.record import RunRecord, data_hash
from training.stage.stop import StopRequest
from training.tokenizer.parts import Front, Parts
from training.tokenizer.result import read_tokenizer, tokenizer_files
from training.units import read_units, units_files, with_rows, write_units

SHARES = {"listen": 0.6, "speak": 0.22, "babble": 0.01, "say_as": 0.07, "spell": 0.1}
SOURCES = {"varied": 0.5, "heard": 0.3, "stored": 0.2}
WEIGHT_DECAY, LISTEN_UNITS_WEIGHT, CONFUSED_BATCHES = 0.05, 0.05, 60
CORRUPTION = Corruption(listen_units=(0.0, 0.03, 0.06, 0.1), listen_spans=0.006, listen_phones=(0.0, 0.04, 0.08, 0.14))


@dataclass(frozen=True)
class ListenConfig:
    """units: to be decoded again; tokenizer: whose codes are heard; init: the language model to tune; heard: units of other
    teachers; front: which tokenizer hears, where it has two; varied: how many utterances to make, kept in files of `in_a_file`,
    this share of them said by other `speakers`; sources: how often listening draws from the `varied` ones, from `heard`, and
    from `units` as they are `stored`, unless said as usual from those that there are; together: the adapter learns as well,
    from whatever has features, `held` to the units that were sent; takes: units of training.takes, for speaking, so many times
    each as `takes_repeated` says; half: bfloat16, see LmStage"""

    units: tuple[Path, ...]
    tokenizer: Path
    init: Path
    out: Path
    loop: LoopConfig
    heard: tuple[Path, ...] = ()
    front: Front | None = None
    varied: int = 12000
    in_a_file: int = 1000
    speakers: float = 0.0
    tokens: int = 4000
    dropout: float = 0.05
    words: int = 50000
    shares: dict[str, float] = field(default_factory=lambda: dict(SHARES))
    sources: dict[str, float] | None = None
    history: History = field(default_factory=History)
    corruption: Corruption = CORRUPTION
    together: bool = False
    held: float = 0.5
    takes: tuple[Path, ...] = ()
    takes_repeated: int = 8
    half: bool | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.together and self.front is not None:
            raise ValueError("with together = true Whisper's features are heard, so `front` says nothing; leave it out")
        unknown = set(self.sources or ()) - set(SOURCES)
        if unknown:
            raise ValueError(f"sources has no {', '.join(sorted(unknown))}; there are {', '.join(SOURCES)}")


def make_varied(config: ListenConfig, parts: Parts, train: list[Utterance]) -> list[Path] | None:
    """Files of varied speech in the run's folder; those that are there stay. None when stopped. Each file has generators of its
    own, so that a stop changes nothing in the others nor in the training."""
    nearest = "mel" if config.together and parts.mel_encoder is not None else None  # to what was sent
    front = nearest or config.front or parts.default_front()
    voices = [said.voice for said in train]
    files = []
    with StopRequest() as stop, torch.random.fork_rng(device_type="cuda"):
        for number, first in enumerate(range(0, config.varied, config.in_a_file)):
            file = config.out / f"varied-{number:03}.npz"
            files.append(file)
            if file.exists():
                continue
            draw = np.random.default_rng((config.seed, number))
            torch.manual_seed(int(draw.integers(1 << 62)))  # the vocoder's noise
            made = []
            for _ in range(min(config.in_a_file, config.varied - first)):
                if stop.asked:
                    return None
                said = train[draw.integers(len(train))]
                made.append(varied(parts, front, said, voices, draw, config.together, config.speakers))
            write_units(file, made)
    return files


def train_listening(config: ListenConfig) -> bool:
    seed_all(config.seed)
    files = units_files(*config.units)
    utterances = read_units(*files)
    train = [said for said in utterances if said.split == "train"]
    processes = Processes()
    lm, language = read_lm(config.init, config.dropout)
    parts, shapes = read_tokenizer(config.tokenizer)
    lm, parts = lm.to(processes.device), parts.to(processes.device)
    if config.together:
        adapter_of(parts)  # refused before anything is made
    heard_files = units_files(*config.heard)
    take_files = units_files(*config.takes)
    networks = [*tokenizer_files(config.tokenizer), *lm_files(config.init)]
    data = data_hash([*with_rows([*files, *heard_files, *take_files]), *networks])
    record = RunRecord(config.out, "listen", plain(config), config.seed, data)
    record.claim()  # the varied speech that is there is this run's
    made = make_varied(config, parts, train)
    if made is None:
        record.state("stopped", 0)
        return False
    sources = {
        "varied": read_units(*made),
        "heard": [said for said in read_units(*heard_files) if said.split == "train"],
        "stored": train,
    }
    shares = config.sources or {name: share for name, share in SOURCES.items() if sources[name]}
    takes = read_units(*take_files) * config.takes_repeated
    listen = HeardTable(sources, shares, lm.shape.voice, config.history)
    words, held_out = split_words(0, config.seed, language.held_out_words)
    taken_for = confusions(lm, lambda: listen.draw(config.tokens), CONFUSED_BATCHES)
    common = (lm, FSQ(shapes.codec.levels), config.corruption, LISTEN_UNITS_WEIGHT, taken_for)
    losses = TogetherLosses(*common, parts, config.held) if config.together else LmLosses(*common)
    make_stage = partial(TogetherStage, parts) if config.together else LmStage
    stage = make_stage(
        losses,
        {"listen": listen, **speaking_tables(train, words, config.words, lm.shape.voice, held_out, takes)},
        check_tables(utterances, lm.shape.voice),
        config.shares,
        config.tokens,
        language,
        processes,
        WEIGHT_DECAY,
        config.half,
    )
    seed_all(config.seed)
    return run(stage, config.loop, config.out, record, processes)
