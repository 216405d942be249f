"""Units on disk: as they were written, and whole or not there."""

from pathlib import Path

import numpy as np
import pytest

from training.tests.conftest import World
from training.units import read_units, units_files, write_units


def test_utterances_are_read_as_they_were_written(world: World, tmp_path: Path) -> None:
    said = read_units(units_files(world.units)[0])
    write_units(tmp_path / "units-00.npz", said)
    for one, other in zip(read_units(tmp_path / "units-00.npz"), said, strict=True):
        assert (one.text, one.phones, one.spans(), one.voices) == (other.text, other.phones, other.spans(), other.voices)
        assert np.array_equal(one.units, other.units) and np.array_equal(one.voice, other.voice)


def test_what_a_crash_leaves_is_no_units_file(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = read_units(units_files(world.units)[0])
    write_units(tmp_path / "units-00.npz", said[:3])

    def crash(*_: Path) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", crash)
        with pytest.raises(OSError, match="no space"):
            write_units(tmp_path / "units-01.npz", said)
    assert units_files(tmp_path) == [tmp_path / "units-00.npz"]
