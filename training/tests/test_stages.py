"""Every stage for a few steps, then the export in Node: what training leaves is what the project loads."""

import json
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from training import export
from training.evaluate.held_out_words import held_out_words
from training.listen.train import ListenConfig, train_listening
from training.paths import ROOT
from training.sound.variants import stretched
from training.tests.conftest import World, loop
from training.units import read_units, units_files


def curve(folder: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (folder / "curve.jsonl").read_text(encoding="utf8").splitlines()]


@pytest.mark.parametrize("stage", ["codec", "tokenizer", "lm"])
def test_a_run_leaves_its_record(world: World, stage: str) -> None:
    folder = getattr(world, stage)
    facts = json.loads((folder / "run.json").read_text(encoding="utf8"))
    assert (facts["state"], facts["steps"], facts["seed"]) == ("finished", 4, 0)
    assert len(facts["data_sha256"]) == 64 and facts["config"]["out"] == str(folder)
    lines = curve(folder)
    assert [line["step"] for line in lines] == [2, 4]
    assert all(math.isfinite(value) for line in lines for value in line.values())


def test_the_adversarial_terms_come_when_they_should(world: World) -> None:
    first, last = curve(world.codec)
    assert "judge" not in first and {"judge", "adversarial", "features"} <= last.keys()


def test_units_keep_what_was_said(world: World) -> None:
    utterances = read_units(*units_files(world.units))
    assert len(utterances) == 12 and all(said.fits for said in utterances)
    assert all(int(said.units.min()) >= 0 and int(said.units.max()) < 64 for said in utterances)
    assert np.allclose([np.sqrt((said.voice**2).mean()) for said in utterances], 1, atol=0.01)


def test_a_change_of_speed_keeps_the_order_and_the_length() -> None:
    assert stretched([4, 2, 6, 3], 1.25, 19) == [5, 2, 8, 4]
    assert sum(stretched([4, 2, 6, 3], 0.9, 13)) == 13


@pytest.fixture(scope="module")
def exported(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("exported")
    tuned = ListenConfig(
        (world.units,),
        world.tokenizer,
        world.lm,
        at / "tuned",
        loop(2),
        varied=4,
        in_a_file=2,
        words=20,
        takes=(world.units,),
        takes_repeated=2,
    )
    assert train_listening(tuned)
    config = at / "export.toml"
    units = [str(file) for file in units_files(world.units)]
    config.write_text(
        f'tokenizer = "{world.tokenizer}"\nlm = "{at / "tuned"}"\nunits = {json.dumps(units)}\nout = "{at / "models"}"\n',
        encoding="utf8",
    )
    assert export.main(["--config", str(config)]) == 0
    assert export.main(["--config", str(config), "--check"]) == 0
    return at / "models"


def test_an_export_names_whose_speech_it_was_made_of(exported: Path) -> None:
    files = json.loads((exported / "manifest.json").read_text(encoding="utf8"))["files"]
    own = "trained on speech of a toy of this project's own"
    assert files["decoder.onnx"]["source"] == files["lm.int8.safetensors"]["source"] == own
    assert files["tokenizer-whisper.onnx"]["source"].endswith(own)


def test_words_held_out_are_asked_of_the_export(world: World, exported: Path) -> None:
    found = held_out_words(exported, world.lm / "lm.json", [world.units], 12)
    assert found.said.clips == found.phones.clips == found.spelled.clips == 10  # so many are held out here
    assert 0 <= found.said_bare.rate <= found.said.rate <= 1


def converge(*arguments: str) -> dict:
    command = ["node", "--import", "tsx", "src/cli/main.ts", *arguments, "--json"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


node = pytest.mark.skipif(
    shutil.which("node") is None or not (ROOT / "node_modules" / "tsx").exists(), reason="node or node_modules is not here"
)


@node
def test_node_loads_the_export_and_its_engines_give_the_known_answer(exported: Path) -> None:
    report = converge("doctor", "--models", str(exported))
    assert not [file for file in report["files"] if "error" in file]
    assert {engine["engine"]: engine["passed"] for engine in report["engines"]}["ort"]


@node
def test_node_speaks_and_listens_with_the_export(exported: Path, tmp_path: Path) -> None:
    sound = str(tmp_path / "said.wav")
    said = converge("say", "The fox.", "--models", str(exported), "--temperature", "0", "--out", sound)
    assert said["takes"][0]["seconds"] > 0.2
    heard = converge("listen", sound, "--models", str(exported), "--beam", "1")
    assert all(unit < 64 for unit in heard["files"][0]["units"])


@node
def test_node_refuses_an_export_whose_sizes_were_changed(exported: Path, tmp_path: Path) -> None:
    for file in exported.iterdir():
        shutil.copy(file, tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf8"))
    manifest["voiceDim"] = 8
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf8")
    command = ["node", "--import", "tsx", "src/cli/main.ts", "say", "Hi.", "--models", str(tmp_path), "--out", "/dev/null"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 2 and "the other fields ask for 8" in ended.stderr
