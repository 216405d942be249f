import math

import numpy as np
import pytest

from training.words.model import Mixed, WordModel
from training.words.pack import BACKOFF_ZERO, STEP, pack, varints
from training.words.sphinx import Sphinx, read_sphinx, unpack

WORDS = ["a", "cat", "dog", "sat", "the"]
IDS = {word: number for number, word in enumerate(WORDS)}
START = len(WORDS)


def spoken() -> list[list[str]]:
    return [["the", "cat", "sat"], ["the", "dog", "sat"], ["a", "cat", "sat"]]


def sphinx() -> Sphinx:
    words = ["<s>", "cat", "dog", "sat", "the", "zebra"]
    alone = np.log([0.1, 0.2, 0.2, 0.2, 0.2, 0.1])
    pairs, triples = np.array([[4, 1], [4, 2], [5, 1]]), np.array([[4, 1, 3], [0, 4, 2]])
    return Sphinx(
        words, alone, np.full(6, -0.5), pairs, np.log([0.4, 0.3, 0.2]), np.full(3, -0.1), triples, np.log([0.9, 0.6])
    )


@pytest.fixture(scope="module")
def model() -> WordModel:
    return Mixed(IDS, spoken(), sphinx()).pruned(0.0, 0.0)


def test_chances_after_every_history_add_up_to_one(model: WordModel) -> None:
    every = np.arange(len(WORDS))
    for first in range(len(WORDS) + 1):
        assert model.after(np.full(5, first), every).sum() == pytest.approx(1, abs=2e-3)
        for before in range(len(WORDS) + 1):
            chances = model.after_two(np.full(5, before), np.full(5, first), every)
            assert chances.sum() == pytest.approx(1, abs=5e-3)


def test_what_both_models_know_is_in_the_mixture(model: WordModel) -> None:
    the, cat, dog, sat = (np.array([IDS[word]]) for word in ("the", "cat", "dog", "sat"))
    assert model.after_two(the, cat, sat) > model.after(cat, sat)
    assert model.after_two(np.array([START]), the, dog) > model.after(the, dog)


def test_little_gain_leaves_little(model: WordModel) -> None:
    small = Mixed(IDS, spoken(), sphinx()).pruned(1e-2, 1.0)
    assert len(small.pairs) < len(model.pairs)
    assert len(small.triples) == len(small.contexts) == 0


def test_the_packed_file_has_every_part(model: WordModel) -> None:
    packed = pack(model)
    counts = np.frombuffer(packed, "<u4", 4, 4).tolist()
    assert packed[:4] == b"CVW2"
    assert counts == [len(WORDS), len(model.pairs), len(model.contexts), len(model.triples)]
    alone = np.frombuffer(packed, np.uint8, len(WORDS), 20)
    assert np.abs(alone * STEP + np.log(model.alone)).max() <= STEP / 2 + 1e-9
    # Lists of one byte a number: so small a model's numbers all are.
    pairs, contexts, triples = counts[1:]
    assert len(packed) == 20 + 5 + 6 + (6 + 2 * pairs) + (6 + 2 * contexts) + (contexts + 2 * triples)
    backoff = packed[20 + 5 + 6 + 6 + 2 * pairs + 6 + contexts]
    assert abs((backoff - BACKOFF_ZERO) * STEP + math.log(model.context_backoff[0])) <= STEP / 2 + 1e-9


def test_varints() -> None:
    assert varints(np.array([0, 127, 128, 300, 1 << 21])) == bytes([0, 127, 128, 1, 172, 2, 128, 128, 128, 1])


def test_bit_packed_fields() -> None:
    widths, rows = [17, 16, 21], [(70000, 1, 9), (5, 65535, 2000000), (131071, 0, 1)]
    bits = sum(
        value << (54 * row + sum(widths[:field])) for row, values in enumerate(rows) for field, value in enumerate(values)
    )
    data = b"head" + bits.to_bytes(32, "little")
    assert [tuple(int(field[row]) for field in unpack(data, 4, 3, widths)) for row in range(3)] == rows


def test_another_file_is_refused(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="pocketsphinx-en-us"):
        read_sphinx(tmp_path / "none.bin")
    (tmp_path / "other.bin").write_bytes(b"something else, long enough to be read")
    with pytest.raises(ValueError, match="no trigram model"):
        read_sphinx(tmp_path / "other.bin")
