"""A folder belongs to one config and one set of data, in every stage; only `loop` may change."""

import gzip
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from training.align.train import AlignConfig, train_aligner
from training.corpus.make import CorpusConfig, make_corpus
from training.encode.encode import EncodeConfig, encode_corpora
from training.listen.train import ListenConfig, train_listening
from training.lm.train import train_lm
from training.stage.record import OtherRun, RunRecord
from training.stage.replacing import write_whole
from training.takes.make import TakesConfig, make_takes
from training.tests.conftest import World, lm_config, loop


def encoding(world: World, out: Path) -> EncodeConfig:
    return EncodeConfig((world.corpus,), world.tokenizer, out)


def listening(world: World, out: Path) -> ListenConfig:
    return ListenConfig((world.units,), world.tokenizer, world.lm, out, loop(2), varied=2, in_a_file=2, words=20)


def drawing(world: World, out: Path) -> TakesConfig:
    return TakesConfig(world.lm, (world.units,), out, texts=1, takes=1)


def aligning(world: World, out: Path) -> AlignConfig:
    return AlignConfig((world.units,), world.tokenizer, out, loop(2), utterances=2, batch=2)


@pytest.mark.parametrize(
    ("make", "act", "otherwise"),
    [
        (encoding, encode_corpora, {"front": "mel"}),
        (listening, train_listening, {"seed": 1}),
        (drawing, make_takes, {"temperature": 0.5}),
        (aligning, train_aligner, {"batch": 3}),
    ],
)
def test_a_folder_of_other_settings_or_data_is_refused(
    world: World, tmp_path: Path, make: Callable, act: Callable, otherwise: dict
) -> None:
    config = make(world, tmp_path)
    assert act(config) and act(config)
    before = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    with pytest.raises(OtherRun, match=next(iter(otherwise))):
        act(replace(config, **otherwise))
    facts = json.loads((tmp_path / "run.json").read_text(encoding="utf8"))
    write_whole(tmp_path / "run.json", json.dumps({**facts, "data_sha256": "0"}))
    with pytest.raises(OtherRun, match="data"):
        act(config)
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}.items() - before.items() == {
        ("run.json", (tmp_path / "run.json").stat().st_mtime_ns)
    }


def test_a_corpus_of_other_texts_is_refused(texts: Path, tmp_path: Path) -> None:
    own = tmp_path / "texts.txt"
    own.write_bytes(texts.read_bytes())
    config = CorpusConfig((own,), tmp_path / "corpus", teacher="sine")
    assert make_corpus(config)
    with pytest.raises(OtherRun, match="seed"):
        make_corpus(replace(config, seed=1))
    own.write_text("Another text.\n", encoding="utf8")
    with pytest.raises(OtherRun, match="data"):
        make_corpus(config)


def test_a_checkpoint_of_other_data_is_refused(world: World, tmp_path: Path) -> None:
    units, out = tmp_path / "units", tmp_path / "lm"
    shutil.copytree(world.units, units)
    assert train_lm(lm_config(units, out, 2))
    (out / "run.json").unlink()
    rows = units / "units-00.jsonl.gz"
    rows.write_bytes(gzip.compress(gzip.decompress(rows.read_bytes()), mtime=1))
    with pytest.raises(OtherRun, match=r"checkpoint.pt is of a run with other data"):
        train_lm(lm_config(units, out, 3))


@pytest.mark.parametrize("changed", ["tokenizer", "aligner"])
def test_units_of_another_tokenizer_or_aligner_are_not_the_same(world: World, tmp_path: Path, changed: str) -> None:
    for folder in ("tokenizer", "aligner"):
        (tmp_path / folder).mkdir()
    for file in world.tokenizer.glob("tokenizer.*"):
        (tmp_path / "tokenizer" / file.name).write_bytes(file.read_bytes())
    assert train_aligner(aligning(world, tmp_path / "aligner"))
    config = EncodeConfig((world.corpus,), tmp_path / "tokenizer", tmp_path / "units", aligner=tmp_path / "aligner")
    assert encode_corpora(config)
    weights = tmp_path / changed / f"{changed}.safetensors"
    weights.write_bytes(weights.read_bytes()[:-2] + b"\0\0")
    with pytest.raises(OtherRun, match="data"):
        encode_corpora(config)


def test_a_torn_line_of_figures_is_dropped(tmp_path: Path) -> None:
    record = RunRecord(tmp_path, "lm", {"loop": 1}, 0, "data")
    record.begin(0)
    record.note(2, {"loss": 1.0})
    record.note(4, {"loss": 0.5})
    curve = tmp_path / "curve.jsonl"
    curve.write_text(curve.read_text(encoding="utf8") + '{"step": 6, "lo', encoding="utf8")
    RunRecord(tmp_path, "lm", {"loop": 2}, 0, "data").begin(2)
    assert [json.loads(line)["step"] for line in curve.read_text(encoding="utf8").splitlines()] == [2]
