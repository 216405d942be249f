"""A config is either understood whole or refused with the setting's name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from training.align.train import AlignConfig
from training.corpus.make import CorpusConfig
from training.encode.encode import EncodeConfig
from training.evaluate.evaluate import EvaluateConfig
from training.export import ExportConfig
from training.listen.train import ListenConfig
from training.lm.train import LmConfig
from training.paths import ROOT
from training.prefer.train import PreferConfig
from training.stage.config import ConfigError, plain, read_config
from training.takes.make import TakesConfig
from training.tokenizer.train import TokenizerConfig

GOOD = 'units = ["a"]\nout = "b"\n[loop]\nsteps = 3\nrate = 1\n[shape]\nlayers = 2\n'

CONFIGS = ROOT / "training/configs"
KEPT = {
    CorpusConfig: [
        "full/corpus",
        "full/espeak",
        "full/festival",
        "full/kokoro",
        "full/pico",
        "full/piper",
        "miniature/corpus",
    ],
    TokenizerConfig: ["full/adapter", "full/codec", "full/decoder", "full/together", "miniature/tokenizer"],
    AlignConfig: ["full/align"],
    EncodeConfig: [
        "full/encode",
        "full/kokoro-heard",
        "full/speakers-features",
        "full/speakers-heard",
        "full/strangers",
        "full/strangers-features",
        "full/strangers-heard",
        "miniature/encode",
    ],
    LmConfig: ["full/lm", "miniature/lm"],
    ListenConfig: ["full/listen", "full/listen-mel", "full/listen-takes", "full/listen-together"],
    TakesConfig: ["full/pairs", "full/pairs-second", "full/takes"],
    PreferConfig: ["full/prefer", "full/prefer-second"],
    ExportConfig: ["full/export", "miniature/export"],
    EvaluateConfig: ["evaluate"],
}


def test_every_config_that_is_kept_is_one_of_its_stage() -> None:
    for kind, names in KEPT.items():
        for name in names:
            assert read_config(kind, CONFIGS / f"{name}.toml").out
    listed = {f"{name}.toml" for names in KEPT.values() for name in names}
    assert {str(file.relative_to(CONFIGS)) for file in CONFIGS.rglob("*.toml")} == listed


FULL = {
    name: read_config(kind, CONFIGS / f"{name}.toml") for kind, names in KEPT.items() for name in names if "full/" in name
}
CACHE = Path(".cache/full")
SHIPPED = CACHE / "shipped"  # what training.shipped writes
MADE_BY = {config.out: config for config in FULL.values()}


def inputs(config: Any) -> Iterator[Path]:
    """Every folder or file that a config reads"""
    for name, value in vars(config).items():
        if name != "out":
            yield from (part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Path))


def ancestors(folder: Path) -> Iterator[Path]:
    """A folder and all that it was made from, by the configs"""
    yield folder
    if folder in MADE_BY:
        for part in inputs(MADE_BY[folder]):
            yield from ancestors(part)


@pytest.mark.parametrize("name", FULL)
def test_what_a_full_config_reads_is_made_by_another(name: str) -> None:
    missing = [part for part in inputs(FULL[name]) if part.is_relative_to(CACHE) and part not in {*MADE_BY, SHIPPED}]
    assert not missing


def test_the_language_model_that_is_exported_descends_from_its_tokenizer() -> None:
    export = FULL["full/export"]
    tokenizers = {
        config.tokenizer
        for config in (MADE_BY.get(folder) for folder in ancestors(export.lm))
        if isinstance(config, (ListenConfig, EncodeConfig))
    }
    assert tokenizers == {export.tokenizer}
    assert FULL["full/lm"].out in ancestors(export.lm) and set(export.units) <= set(ancestors(export.lm))


def read(folder: Path, text: str) -> LmConfig:
    (folder / "x.toml").write_text(text, encoding="utf8")
    return read_config(LmConfig, folder / "x.toml")


def test_tables_become_dataclasses_and_the_rest_keeps_its_default(tmp_path: Path) -> None:
    config = read(tmp_path, GOOD)
    assert config.units == (Path("a"),)
    assert (config.loop.steps, config.loop.rate) == (3, 1.0)
    assert (config.shape.layers, config.shape.width) == (2, 320)


def test_a_config_survives_json(tmp_path: Path) -> None:
    assert plain(read(tmp_path, GOOD))["units"] == ["a"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense = 1\n" + GOOD, "nonsense is no setting"),
        (GOOD + "leyers = 2\n", "shape.leyers is no setting"),
        ('out = "b"\n[loop]\nsteps = 3\nrate = 1\n', "units is missing"),
        (GOOD.replace("steps = 3", "rate_at = 3"), "loop.rate_at is no setting"),
        (GOOD.replace("steps = 3", 'steps = "three"'), "loop.steps should be int; found 'three'"),
        (GOOD.replace("steps = 3", "steps = true"), "loop.steps should be int"),
        ("units = [", "is no TOML"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        read(tmp_path, text)


LISTEN = 'units = ["a"]\ntokenizer = "b"\ninit = "c"\nout = "d"\n%s\n[loop]\nsteps = 3\nrate = 1\n'


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('together = true\nfront = "mel"', "`front` says nothing"),
        ("[sources]\nvaried = 0.5\nherd = 0.5", "sources has no herd; there are varied, heard, stored"),
    ],
)
def test_a_setting_of_listening_is_used_or_refused(tmp_path: Path, more: str, says: str) -> None:
    (tmp_path / "x.toml").write_text(LISTEN % more, encoding="utf8")
    with pytest.raises(ConfigError, match=says):
        read_config(ListenConfig, tmp_path / "x.toml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        read_config(LmConfig, tmp_path / "none.toml")
