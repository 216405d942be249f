"""Stopping and going on: the same weights as without the stop; another config is refused."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from training.corpus.make import CorpusConfig, make_corpus
from training.lm.stage import LmStage
from training.lm.train import train_lm
from training.paths import ROOT
from training.stage.record import OtherRun
from training.tests.conftest import World, lm_config


def test_a_run_that_was_stopped_ends_as_one_that_was_not(world: World, tmp_path: Path, monkeypatch) -> None:
    assert train_lm(lm_config(world.units, tmp_path / "whole", 6))
    step = LmStage.step

    def interrupted(self: LmStage, number: int, rate: float) -> dict[str, float]:
        if number == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return step(self, number, rate)

    config = lm_config(world.units, tmp_path / "parts", 6)
    with monkeypatch.context() as patch:
        patch.setattr(LmStage, "step", interrupted)
        assert not train_lm(config)
    assert json.loads((tmp_path / "parts" / "run.json").read_text())["state"] == "stopped"
    assert train_lm(config)
    whole, parts = (load_file(tmp_path / name / "lm.safetensors") for name in ("whole", "parts"))
    assert all(torch.equal(whole[name], parts[name]) for name in whole)
    steps = [json.loads(line)["step"] for line in (tmp_path / "parts" / "curve.jsonl").read_text().splitlines()]
    assert steps == [2, 4, 6]


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
    long.write_text(texts.read_text(encoding="utf8") * 10, encoding="utf8")
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
    assert 0 < read < 60
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    assert make_corpus(CorpusConfig((long,), tmp_path / "whole", teacher="sine", workers=1))
    found, wanted = (
        sorted(row["id"] for file in folder.glob("shard-*.jsonl") for row in map(json.loads, file.open(encoding="utf8")))
        for folder in (out, tmp_path / "whole")
    )
    assert found == wanted
