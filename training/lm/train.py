"""The language model from nothing, or on from a finished run: units and spellings to rows, rows to a run."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from training.grammar.rows import Utterance, babble_row, listen_row, speak_row
from training.lm.losses import Corruption, LmLosses
from training.lm.pairs import Word, sentence_rows, split_words, word_rows
from training.lm.result import Language, lm_files, read_lm
from training.lm.stage import Drawn, LmStage
from training.lm.tables import Table
from training.models.fsq import FSQ
from training.models.lm import LM
from training.models.shapes import LmShape
from training.stage.checkpoint import seed_all
from training.stage.config import plain
from training.stage.loop import LoopConfig, run
from training.stage.processes import Processes
from training.stage.record import RunRecord, data_hash
from training.units import read_units, units_files, with_rows

CHECKED = 128  # utterances of each held-out split
SHARES = {"speak": 0.42, "listen": 0.39, "babble": 0.03, "say_as": 0.07, "spell": 0.09}


@dataclass(frozen=True)
class LmConfig:
    """units: files or folders of training.encode; heard: units for listening alone; init: a run (or the reference) to go on
    from; tokens: of a batch; shares: how often each task comes; words: rows of words for each direction of spelling"""

    units: tuple[Path, ...]
    out: Path
    loop: LoopConfig
    heard: tuple[Path, ...] = ()
    init: Path | None = None
    tokens: int = 32768
    dropout: float = 0.1
    levels: tuple[int, ...] = (4, 4, 4, 4, 4)
    shares: dict[str, float] = field(default_factory=lambda: dict(SHARES))
    words: int = 60000
    held_out_words: int = 1000
    seed: int = 0
    shape: LmShape = field(default_factory=LmShape)
    corruption: Corruption = field(default_factory=Corruption)


def learning_tables(
    train: Sequence[Utterance],
    heard: Sequence[Utterance],
    words: Sequence[Word],
    count: int,
    voice_dims: int,
    held_out: Collection[str],
) -> dict[str, Drawn]:
    """train: to speak and to spell; heard: to listen to; the others as in `speaking_tables`"""
    listen = Table([listen_row(said) for said in heard], None, voice_dims)
    return {"listen": listen, **speaking_tables(train, words, count, voice_dims, held_out)}


def speaking_tables(
    train: Sequence[Utterance],
    words: Sequence[Word],
    count: int,
    voice_dims: int,
    held_out: Collection[str],
    takes: Sequence[Utterance] = (),
) -> dict[str, Drawn]:
    """All tasks but listening. count: rows of words for each direction of spelling; held_out: words that neither sees; takes:
    to be learnt by speaking alone"""
    said = [*train, *takes]
    speak = Table([speak_row(one) for one in said], [one.voice for one in said], voice_dims)
    return {"speak": speak, **other_tables(train, words, count, voice_dims, held_out)}


def other_tables(
    train: Sequence[Utterance], words: Sequence[Word], count: int, voice_dims: int, held_out: Collection[str]
) -> dict[str, Drawn]:
    """All tasks but listening and speaking, as in `speaking_tables`"""
    return {
        "babble": Table([babble_row(one) for one in train], [one.voice for one in train], voice_dims),
        "say_as": Table(sentence_rows(train, False, held_out) + word_rows(words, count, False), None, voice_dims),
        "spell": Table(sentence_rows(train, True, held_out) + word_rows(words, count, True), None, voice_dims),
    }


def check_tables(utterances: Sequence[Utterance], voice_dims: int) -> dict[str, tuple[str, Table]]:
    """Of each held-out split that there is: speaking and listening."""
    checks = {}
    for split in sorted({said.split for said in utterances} - {"train"}):
        held = [said for said in utterances if said.split == split][:CHECKED]
        speak = Table([speak_row(said) for said in held], [said.voice for said in held], voice_dims)
        checks[f"speak/{split}"] = ("speak", speak)
        checks[f"listen/{split}"] = ("listen", Table([listen_row(said) for said in held], None, voice_dims))
    return checks


def start_lm(config: LmConfig) -> tuple[LM, Sequence[str], Mapping[str, Sequence[float]]]:
    """-> the network, the words that its predecessor held out, its voices"""
    if config.init is None:
        return LM(config.shape, config.dropout), (), {}
    lm, language = read_lm(config.init, config.dropout)
    if lm.shape != config.shape:
        raise ValueError(f"init has shape {lm.shape}; the config wants {config.shape}")
    return lm, language.held_out_words, language.voices


def mean_voices(utterances: Sequence[Utterance]) -> dict[str, np.ndarray]:
    """Name -> mean vector (dims,) of what that voice alone says in training"""
    heard: dict[str, list[np.ndarray]] = defaultdict(list)
    for said in utterances:
        if len(said.voices) == 1 and said.split == "train":
            heard[said.voices[0][0]].append(said.voice)
    return {name: np.mean(vectors, 0) for name, vectors in sorted(heard.items())}


def train_lm(config: LmConfig) -> bool:
    fsq = FSQ(config.levels)
    if fsq.codes != config.shape.units:
        raise ValueError(f"levels {config.levels} make {fsq.codes} codes; shape.units is {config.shape.units}")
    processes = Processes()
    seed_all(config.seed)  # every process begins with the same weights and rows
    files = units_files(*config.units)
    heard_files = units_files(*config.heard)
    utterances = read_units(*files)
    heard = [said for said in read_units(*heard_files) if said.split == "train"]
    train = [said for said in utterances if said.split == "train"]
    lm, held_out, voices = start_lm(config)
    words, held_out_words = split_words(config.held_out_words, config.seed, held_out)
    tables = learning_tables(train, [*train, *heard], words, config.words, config.shape.voice, held_out_words)
    means = {name: np.asarray(vector).tolist() for name, vector in mean_voices(train).items()}
    stage = LmStage(
        LmLosses(lm, fsq, config.corruption),
        tables,
        check_tables(utterances, config.shape.voice),
        config.shares,
        config.tokens,
        Language({**voices, **means}, held_out_words, {}),
        processes,
    )
    seed_all(config.seed + processes.rank)
    init = () if config.init is None else lm_files(config.init)
    data = data_hash([*with_rows([*files, *heard_files]), *init])
    record = RunRecord(config.out, "lm", plain(config), config.seed, data, processes.first)
    try:
        return run(stage, config.loop, config.out, record, processes)
    finally:
        processes.close()
