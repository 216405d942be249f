"""Other speakers of a recording: as long as their phones say, at another pitch. Needs training/requirements-speakers.txt."""

import numpy as np
import pytest

pytest.importorskip("pyworld")

from training.corpus.teachers.teacher import FRAME
from training.listen.rows import varied
from training.sound.speakers import analysed, other_speaker
from training.tests.conftest import World
from training.tokenizer.result import read_tokenizer
from training.units import read_units, units_files

SPANS = [4, 10, 6, 20, 8, 4]


def spoken(hz: float) -> np.ndarray:
    """A buzz of two formants with silence around it, (600 T,)."""
    frames = sum(SPANS)
    time_s = np.arange(frames * FRAME) / 24000
    buzz = sum(
        np.cos(2 * np.pi * hz * k * time_s)
        * (1 / (1 + ((hz * k - 600) / 150) ** 2) + 0.3 / (1 + ((hz * k - 1800) / 200) ** 2))
        for k in range(1, 40)
    )
    voiced = (time_s > SPANS[0] / 40) & (time_s < (frames - SPANS[-1]) / 40)
    return (buzz * voiced * 0.1).astype(np.float32)


@pytest.mark.parametrize("seed", range(8))
def test_another_speaker_has_whole_frames_and_another_pitch(seed: int) -> None:
    sound, spans = other_speaker(spoken(120), SPANS, np.random.default_rng(seed))
    assert len(spans) == len(SPANS) and min(spans) >= 0
    assert len(sound) == sum(spans) * FRAME
    assert np.isfinite(sound).all() and np.abs(sound).max() == pytest.approx(0.7, abs=0.01)
    loud = np.square(sound.reshape(-1, FRAME)).mean(1)
    # The phones are where the spans say: the silence before them is silent, their middle is not.
    assert loud[: max(spans[0] - 1, 1)].max() < 0.05 * loud[spans[0] + 2 : sum(spans[:-1]) - 2].mean()
    voiced = analysed(sound.astype(np.float64))[0]
    assert 75 <= np.median(voiced[voiced > 0]) <= 270


def test_the_same_seed_gives_the_same_speaker() -> None:
    first, second = (other_speaker(spoken(180), SPANS, np.random.default_rng(3)) for _ in range(2))
    assert first[1] == second[1] and np.array_equal(first[0], second[0])


def test_stored_units_are_said_by_another_speaker(world: World) -> None:
    parts, _ = read_tokenizer(world.codec)
    said = read_units(units_files(world.units)[0])[0]
    other = varied(parts, "mel", said, [said.voice], np.random.default_rng(2), speakers=1.0)
    assert other.fits and other.phones == said.phones
    assert other.durations != said.durations
