"""Tuning to pairs of takes: the better one grows likelier, all else stays; a run that leaves a model."""

import copy
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch.nn.functional import kl_div

from training.grammar.rows import Utterance, listen_row
from training.grammar.vocabulary import FIRST_UNIT, LISTEN, SPEAK
from training.lm.losses import Corruption, LmLosses, logits_of
from training.lm.result import read_lm
from training.lm.tables import batch, pack
from training.models.fsq import FSQ
from training.models.lm import LM
from training.prefer.losses import Preference, PreferLosses, log_chances, one_unit
from training.prefer.pairs import Pair, PairTable, pair_files, read_pairs, write_pairs
from training.prefer.train import PreferConfig, train_preferring
from training.tests.conftest import CODEC, World, loop
from training.units import read_units, units_files

STILL = Corruption(0.0, 0.0, (0.0,), 0.0, (0.0,), 0.0)


@pytest.fixture(scope="module")
def lm(world: World) -> LM:
    return read_lm(world.lm)[0].eval()


@pytest.fixture(scope="module")
def pairs(world: World) -> list[Pair]:
    """The teacher's units beside their neighbours"""
    return [(said, replace(said, units=(said.units + 1) % 64)) for said in read_units(*units_files(world.units))]


def losses_of(lm: LM, learnt: Sequence[int] = ()) -> PreferLosses:
    torch.manual_seed(0)
    return PreferLosses(copy.deepcopy(lm), FSQ(CODEC.levels), STILL, None, Preference(likely=0.0), learnt).train()


def test_at_first_no_take_is_preferred_and_nothing_has_changed(lm: LM, pairs: list[Pair]) -> None:
    losses, drawn = losses_of(lm), PairTable(pairs).draw(2000)
    assert losses(drawn, SPEAK)[1].item() == pytest.approx(0.6931, abs=1e-3)  # ln 2
    heard = batch([pack(listen_row(pairs[0][0]))], [drawn.voice[0].numpy()])
    assert losses(heard, LISTEN)[1].item() == pytest.approx(0, abs=1e-5)


def test_what_is_learnt_is_the_difference_within_a_pair(lm: LM, pairs: list[Pair]) -> None:
    losses, drawn = losses_of(lm), PairTable(pairs).draw(2000)
    optimiser = torch.optim.Adam(losses.lm.parameters(), 1e-3)
    for _ in range(12):
        optimiser.zero_grad()
        losses(drawn, SPEAK)[0].backward()
        optimiser.step()
    with torch.no_grad():
        now, then = (log_chances(net, drawn) for net in (losses.lm, lm))
    better, worse = (now - then).chunk(2)
    assert (better > worse).all()
    assert all(torch.equal(one, other) for one, other in zip(losses.before.parameters(), lm.parameters(), strict=True))


def test_what_is_held_is_what_was_heard_and_not_which_unit(lm: LM, pairs: list[Pair]) -> None:
    losses = losses_of(lm)
    row = batch([pack(listen_row(pairs[0][0]))], [torch.zeros(lm.shape.voice).numpy()])
    with torch.no_grad():
        losses.lm.head.weight[:FIRST_UNIT] *= 1.1
        held = float(losses(row, LISTEN)[0])
        learnt = row.learnt[:, 1:]
        now, then = (one_unit(logits_of(net, row, row.tokens, row.voice)[learnt]).log_softmax(-1) for net in (losses.lm, lm))
        phones = int((row.tokens[:, 1:][learnt] < FIRST_UNIT).sum())
    assert held > 0
    assert held == pytest.approx(5.0 * float(kl_div(now, then, reduction="sum", log_target=True)) / phones, rel=1e-4)
    swapped = torch.randn(3, FIRST_UNIT + 64)
    other = torch.cat([swapped[:, :FIRST_UNIT], swapped[:, FIRST_UNIT:].flip(1)], 1)
    assert torch.allclose(one_unit(swapped), one_unit(other))


def test_what_is_learnt_on_is_neither_held_nor_preferred(lm: LM, pairs: list[Pair]) -> None:
    row = batch([pack(listen_row(pairs[0][0]))], [torch.zeros(lm.shape.voice).numpy()])
    learning = losses_of(lm, learnt=[LISTEN])
    plain = LmLosses(copy.deepcopy(lm), FSQ(CODEC.levels), STILL).train()
    assert torch.equal(learning(row, LISTEN)[0], plain(row, LISTEN)[0])
    assert float(losses_of(lm)(row, LISTEN)[0]) == pytest.approx(0, abs=1e-4)


def test_pairs_are_read_as_they_were_written(pairs: list[Pair], tmp_path: Path) -> None:
    write_pairs(tmp_path / "better-00.npz", pairs)
    read = read_pairs(*pair_files(tmp_path))

    def units(given: list[Pair]) -> list[tuple[str, list[int], list[int]]]:
        return [(good.text, good.units.tolist(), bad.units.tolist()) for good, bad in given]

    assert units(read) == units(pairs)


def test_a_batch_has_the_better_takes_first(pairs: list[Pair]) -> None:
    drawn = PairTable(pairs).draw(10**6)
    half = len(drawn.tokens) // 2
    units = [tuple(row[row >= FIRST_UNIT].tolist()) for row in drawn.tokens]
    known = {as_tokens(good): as_tokens(bad) for good, bad in pairs}
    assert half == len(pairs) and all(known[good] == bad for good, bad in zip(units[:half], units[half:], strict=True))


def as_tokens(take: Utterance) -> tuple[int, ...]:
    return tuple(int(unit) + FIRST_UNIT for unit in take.units)


def test_a_run_leaves_a_model_that_goes_on(world: World, pairs: list[Pair], tmp_path: Path) -> None:
    write_pairs(tmp_path / "pairs" / "better-00.npz", pairs)
    given = (tmp_path / "pairs",), world.lm, (world.units,)
    small = {"tokens": 800, "words": 20, "levels": (4, 4, 4)}
    config = PreferConfig(*given, tmp_path / "out", loop(6), (world.units,), **small)
    assert train_preferring(config)
    tuned, before = read_lm(tmp_path / "out"), read_lm(world.lm)
    assert tuned[1].held_out_words == before[1].held_out_words
    assert not torch.equal(tuned[0].head.weight, before[0].head.weight)
    assert train_preferring(replace(config, out=tmp_path / "nowhere", share=0.0))
    stayed = read_lm(tmp_path / "nowhere")[0]
    assert torch.allclose(stayed.head.weight, before[0].head.weight, atol=1e-3)  # float16


def test_speaking_learns_from_pairs_alone(world: World, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="learnt names speak"):
        PreferConfig((), world.lm, (), tmp_path, loop(1), learnt=("speak", "spell"))


def test_no_pairs_are_named(world: World, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"run training\.takes with pairs"):
        pair_files(tmp_path)
    with pytest.raises(ValueError, match="no pairs"):
        PairTable([])
