"""A config is either understood whole or refused with the setting's name."""

from pathlib import Path

import pytest

from training.lm.train import LmConfig
from training.stage.config import ConfigError, plain, read_config

GOOD = 'units = ["a"]\nout = "b"\n[loop]\nsteps = 3\nrate = 1\n[shape]\nlayers = 2\n'


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


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        read_config(LmConfig, tmp_path / "none.toml")
