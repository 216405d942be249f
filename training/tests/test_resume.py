"""Stopping and going on: the same weights as without the stop; another config is refused."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import torch

from training.align.train import AlignConfig, AlignStage, train_aligner
from training.corpus.make import CorpusConfig, make_corpus
from training.corpus.teachers.sine import Sine
from training.encode import encode
from training.encode.encode import EncodeConfig, encode_corpora
from training.listen.train import ListenConfig, train_listening
from training.lm.stage import LmStage
from training.lm.train import train_lm
from training.paths import ROOT
from training.stage.record import OtherRun
from training.takes import make as takes
from training.takes.make import TakesConfig, make_takes
from training.tests.conftest import ADAPTER, CODEC, WHISPER, World, lm_config, loop
from training.tokenizer.train import TokenizerConfig, TokenizerStage, train_tokenizer

STEPS, STOPPED_AT = 6, 2  # the latter counted from 0
SIZES = {"batch": 2, "segment_frames": 24, "voice_frames": 30, "judge_channels": 2, "codec": CODEC}
Make = Callable[[World, Path], bool]


def train_language(world: World, out: Path) -> bool:
    return train_lm(lm_config(world.units, out, STEPS))


def train_codec(world: World, out: Path) -> bool:
    """Its discriminators among it"""
    return train_tokenizer(TokenizerConfig((world.corpus,), out, loop(STEPS), adversarial_from=0.2, **SIZES))


def train_adapter(world: World, out: Path) -> bool:
    fronted = {"front": "whisper", "init": world.tokenizer, "whisper_shape": WHISPER, "adapter": ADAPTER}
    return train_tokenizer(TokenizerConfig((world.corpus,), out, loop(STEPS), learn_sound=False, **SIZES, **fronted))


def tune_listening(world: World, out: Path, together: bool = False) -> bool:
    given = (world.units,), world.tokenizer, world.lm
    return train_listening(ListenConfig(*given, out, loop(STEPS), varied=4, in_a_file=2, words=20, together=together))


def train_ear(world: World, out: Path) -> bool:
    return train_aligner(AlignConfig((world.units,), world.tokenizer, out, loop(STEPS), utterances=4, batch=2))


def interrupted(act: Callable, call: int) -> Callable:
    """The same, but a signal comes with the given call"""
    calls = count()

    def with_a_signal(*arguments: Any) -> Any:
        if next(calls) == call:
            os.kill(os.getpid(), signal.SIGTERM)
        return act(*arguments)

    return with_a_signal


@pytest.mark.parametrize(
    ("make", "stage"),
    [
        (train_language, LmStage),
        (train_codec, TokenizerStage),
        (train_adapter, TokenizerStage),
        (tune_listening, LmStage),
        (partial(tune_listening, together=True), LmStage),
        (train_ear, AlignStage),
    ],
    ids=["lm", "codec", "adapter", "listen", "together", "align"],
)
def test_a_run_that_was_stopped_ends_as_one_that_was_not(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make, stage: type
) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert make(world, whole)
    with monkeypatch.context() as patch:
        patch.setattr(stage, "step", interrupted(stage.step, STOPPED_AT))
        assert not make(world, parts)
    assert json.loads((parts / "run.json").read_text())["state"] == "stopped"
    assert make(world, parts)
    weights = sorted(file.name for file in whole.glob("*.safetensors"))
    assert weights and all((whole / name).read_bytes() == (parts / name).read_bytes() for name in weights)
    steps = [json.loads(line)["step"] for line in (parts / "curve.jsonl").read_text().splitlines()]
    assert steps == [2, 4, 6]


def read_six_lines(world: World, out: Path) -> bool:
    texts = Path(json.loads((world.corpus / "run.json").read_text())["config"]["texts"][0])
    return make_corpus(CorpusConfig((texts,), out, teacher="sine", lines=6))


def encode_two(world: World, out: Path) -> bool:
    """Two shards: the same corpus twice"""
    return encode_corpora(EncodeConfig((world.corpus, world.corpus), world.tokenizer, out))


def draw(world: World, out: Path) -> bool:
    return make_takes(TakesConfig(world.lm, (world.units,), out, texts=4, takes=1, batch=1, in_a_file=2))


@pytest.mark.parametrize(
    ("make", "owner", "called"),
    [(read_six_lines, Sine, "say"), (encode_two, encode, "encode_one"), (draw, takes, "several_takes")],
    ids=["corpus", "encode", "takes"],
)
def test_what_was_stopped_is_made_as_what_was_not(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make, owner: Any, called: str
) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert make(world, whole)
    with monkeypatch.context() as patch:
        patch.setattr(owner, called, interrupted(getattr(owner, called), STOPPED_AT))
        assert not make(world, parts)
    assert json.loads((parts / "run.json").read_text())["state"] == "stopped"
    assert make(world, parts)
    made = sorted(file.name for file in whole.iterdir() if file.name not in ("run.json", "curve.jsonl"))
    assert made and all((whole / name).read_bytes() == (parts / name).read_bytes() for name in made)


def test_a_finished_run_can_be_trained_on(world: World, tmp_path: Path) -> None:
    assert train_lm(lm_config(world.units, tmp_path, 2))
    assert train_lm(lm_config(world.units, tmp_path, 4))
    assert json.loads((tmp_path / "run.json").read_text())["steps"] == 4


def test_a_folder_of_another_run_is_refused(world: World, tmp_path: Path) -> None:
    assert train_lm(lm_config(world.units, tmp_path, 2))
    with pytest.raises(OtherRun, match="other tokens"):
        train_lm(replace(lm_config(world.units, tmp_path, 2), tokens=500))


def write_config(file: Path, world: World, out: Path, steps: int) -> Path:
    file.write_text(
        f'units = ["{world.units}"]\nout = "{out}"\ntokens = 400\nlevels = [4, 4, 4]\nwords = 40\nheld_out_words = 10\n'
        f"[loop]\nsteps = {steps}\nrate = 1e-3\nlog_every = 1\n"
        "[shape]\nlayers = 1\nheads = 1\nwidth = 64\nunits = 64\nvoice = 16\n",
        encoding="utf8",
    )
    return file


def test_the_command_stops_on_a_signal_and_says_how_to_go_on(world: World, tmp_path: Path) -> None:
    config = write_config(tmp_path / "lm.toml", world, tmp_path / "lm", 100_000)
    command = [sys.executable, "-m", "training.lm", "--config", str(config)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert "step" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 3 and "goes on from here" in told
    assert (tmp_path / "lm" / "checkpoint.pt").exists()


def test_a_wrong_config_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("out = 3\n", encoding="utf8")
    command = [sys.executable, "-m", "training.lm", "--config", str(tmp_path / "x.toml")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 2 and ended.stderr.count("\n") == 1 and "units is missing" in ended.stderr


def test_two_processes_train_one_model(world: World, tmp_path: Path) -> None:
    config = write_config(tmp_path / "lm.toml", world, tmp_path / "lm", 3)
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    ended = subprocess.run(
        [*command, "-m", "training.lm", "--config", str(config)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert ended.returncode == 0, ended.stderr
    first, second = (torch.load(tmp_path / "lm" / name, weights_only=False) for name in ("checkpoint.pt", "checkpoint.pt.1"))
    weights = first["stage"]["losses"]
    assert all(torch.equal(weights[name], second["stage"]["losses"][name]) for name in weights)
    assert (tmp_path / "lm" / "lm.safetensors").exists()


def test_a_corpus_in_two_processes_stops_on_a_signal_and_ends_as_if_it_had_not(texts: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text(texts.read_text(encoding="utf8") * 5, encoding="utf8")
    config = tmp_path / "corpus.toml"
    out = tmp_path / "corpus"
    config.write_text(f'texts = ["{long}"]\nout = "{out}"\nteacher = "sine"\nworkers = 2\n', encoding="utf8")
    command = [sys.executable, "-m", "training.corpus", "--config", str(config)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    listed = out / "shard-00.jsonl"
    while process.poll() is None and not (listed.exists() and listed.stat().st_size > 0):
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 3
    read = len(listed.read_text(encoding="utf8").splitlines())
    assert 0 < read < 30
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    assert make_corpus(CorpusConfig((long,), tmp_path / "whole", teacher="sine", workers=1))
    found, wanted = (
        sorted(row["id"] for file in folder.glob("shard-*.jsonl") for row in map(json.loads, file.open(encoding="utf8")))
        for folder in (out, tmp_path / "whole")
    )
    assert found == wanted
