"""The model's own takes: in the grammar, drawn as the whole row says, the clearest kept."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.evaluate.judges import Recogniser
from training.grammar.rows import MOST_FRAMES_PER_PHONE, Utterance, listen_row, speak_row
from training.grammar.vocabulary import END, FIRST_UNIT, PHONE_IDS
from training.lm.result import read_lm
from training.lm.tables import batch, pack
from training.models.lm import LM
from training.prefer.pairs import pair_files, worse_of
from training.takes.draw import draw_takes
from training.takes.make import TakesConfig, best, make_takes, paired, several_takes
from training.takes.understood import own_ear, sounds
from training.tests.conftest import World
from training.tokenizer.result import read_tokenizer
from training.units import read_units, stored, units_files

NEARLY_GREEDY = 1e-4


@pytest.fixture(scope="module")
def lm(world: World) -> LM:
    return read_lm(world.lm)[0].eval()


def asked(world: World, count: int) -> list:
    said = read_units(units_files(world.units)[0])[0]
    return [said] * count


def random() -> torch.Generator:
    return torch.Generator().manual_seed(1)


def test_a_take_says_every_phone_once_and_none_for_ever(world: World, lm: LM) -> None:
    one, other = draw_takes(lm, asked(world, 2), 1.0, random())
    for take in (one, other):
        frames = [frames for _, frames in take.spans()]
        assert take.fits and len(take.durations) == len(take.phones)
        assert min(frames) >= 1 and max(frames) <= MOST_FRAMES_PER_PHONE
        assert int(take.units.max()) < lm.shape.units
    assert one.units.tolist() != other.units.tolist()
    assert [take.units.tolist() for take in draw_takes(lm, asked(world, 2), 1.0, random())] == [
        one.units.tolist(),
        other.units.tolist(),
    ]


@torch.no_grad()
def test_the_coldest_take_is_the_likeliest_token_everywhere(world: World, lm: LM) -> None:
    take = draw_takes(lm, asked(world, 1), NEARLY_GREEDY, random())[0]
    rows = batch([pack(speak_row(take))], [take.voice])
    logits = lm.whole(rows.tokens, rows.time, rows.phone, rows.voice)[0]
    onward = [*(PHONE_IDS[phone] for phone, _ in take.spans()), END]
    checked = 0
    for place in range(speak_row(take).start, rows.tokens.shape[1] - 1):
        run, following = int(rows.phone[0, place]), int(rows.tokens[0, place + 1])
        spoken = place - int((rows.tokens[0, : place + 1] < FIRST_UNIT).nonzero().max())
        if 1 <= spoken < MOST_FRAMES_PER_PHONE:
            may = [onward[run], *range(FIRST_UNIT, len(logits[place]))]
            assert following == may[int(logits[place][may].argmax())]
            checked += 1
    assert checked > 0


def test_the_clearest_of_several_takes_is_kept(world: World, lm: LM) -> None:
    drawn = draw_takes(lm, asked(world, 3), 1.0, random())
    (takes,) = several_takes(lm, asked(world, 1), 3, 1.0, random())
    assert [take.units.tolist() for take in takes] == [take.units.tolist() for take in drawn]
    (understood,) = own_ear(lm)([takes])
    nats = [alone_nats(lm, take) for take in takes]
    assert understood.tolist() == pytest.approx([-each for each in nats], abs=1e-4)  # float32, padded beside each other
    assert best(takes, understood) is takes[int(np.argmin(nats))]


@torch.no_grad()
def alone_nats(lm: LM, take: Utterance) -> float:
    """Nats a phone of listening to one take, beside no other"""
    rows = batch([pack(listen_row(take))], [np.zeros(lm.shape.voice, np.float32)])
    chances = lm.whole(rows.tokens, rows.time, rows.phone, rows.voice)[0].log_softmax(-1)
    nats, phones = 0.0, 0
    for place in range(rows.tokens.shape[1] - 1):
        following = int(rows.tokens[0, place + 1])
        if not rows.learnt[0, place + 1]:
            continue
        is_unit = following >= FIRST_UNIT
        nats -= float(chances[place, FIRST_UNIT:].logsumexp(0) if is_unit else chances[place, following])
        phones += not is_unit
    return nats / phones


def test_the_best_stands_beside_the_worst(world: World) -> None:
    takes = asked(world, 4)
    takes = [replace(take, text=str(number)) for number, take in enumerate(takes)]
    pairs = paired(takes, np.array([-0.9, -0.1, -0.5, -0.4]), 2)
    assert [(good.text, bad.text) for good, bad in pairs] == [("1", "0")]  # 3 and 2 are as good as each other
    assert paired(takes, np.array([-3.0, -1.6, -2.0, -2.5]), 2) == []  # nobody understands any


def test_a_recogniser_hears_the_same_take_with_other_noise(world: World) -> None:
    (take,) = asked(world, 1)
    one, other = sounds(read_tokenizer(world.tokenizer)[0], take)
    assert len(one) == 600 * len(take.units) and np.isfinite(one).all() and not np.array_equal(one, other)


def test_pairs_are_kept_take_for_take(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.takes.make.LEAST_GAP", 0.0)
    monkeypatch.setattr("training.takes.make.LEAST_UNDERSTOOD", -100.0)  # nothing is learnt yet
    config = TakesConfig(world.lm, (world.units,), tmp_path, texts=3, takes=2, batch=2, in_a_file=2, pairs=1)
    assert make_takes(config)
    better = pair_files(tmp_path)
    good, bad = ([one for file in files for one in stored(file)] for files in (better, map(worse_of, better)))
    assert len(good) == 3 and [one.row["text"] for one in good] == [one.row["text"] for one in bad]
    assert all(one.units.tolist() != other.units.tolist() for one, other in zip(good, bad, strict=True))


def test_what_does_not_go_together_is_refused(world: World, tmp_path: Path) -> None:
    given = world.lm, (world.units,), tmp_path
    with pytest.raises(ValueError, match="wants a tokenizer"):
        TakesConfig(*given, recogniser=Recogniser(tmp_path / "none"))
    with pytest.raises(ValueError, match="hold no 3 pairs"):
        TakesConfig(*given, pairs=3)
    lost = TakesConfig(*given, recogniser=Recogniser(tmp_path / "none"), tokenizer=world.tokenizer, pairs=1)
    with pytest.raises(ValueError, match=r"model .*none is missing"):
        make_takes(lost)
    assert not list(tmp_path.glob("*"))


def test_takes_are_kept_as_units_and_not_made_again(world: World, tmp_path: Path) -> None:
    config = TakesConfig(world.lm, (world.units,), tmp_path, texts=3, takes=2, batch=2, in_a_file=2)
    assert make_takes(config)
    files = units_files(tmp_path)
    lines = [gzip.decompress(file.with_suffix(".jsonl.gz").read_bytes()).splitlines() for file in files]
    rows = [json.loads(line) for part in lines for line in part]
    assert [len(np.load(file)["voices"]) for file in files] == [2, 1] and len({row["text"] for row in rows}) == 3
    assert all(row["frames"] == row["lead"] + sum(row["dur"]) + row["tail"] for row in rows)
    before = [file.stat().st_mtime_ns for file in files]
    curve = (tmp_path / "curve.jsonl").read_text(encoding="utf8")
    assert make_takes(config)
    assert [file.stat().st_mtime_ns for file in files] == before
    assert (tmp_path / "curve.jsonl").read_text(encoding="utf8") == curve and len(curve.splitlines()) == 2
