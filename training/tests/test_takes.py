"""The model's own takes: in the grammar, drawn as the whole row says, the clearest kept."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training.grammar.rows import MOST_FRAMES_PER_PHONE, speak_row
from training.grammar.vocabulary import END, FIRST_UNIT, PHONE_IDS
from training.lm.result import read_lm
from training.lm.tables import batch, pack
from training.models.lm import LM
from training.takes.draw import draw_takes
from training.takes.make import TakesConfig, best_takes, make_takes
from training.takes.understood import nats_a_phone
from training.tests.conftest import World
from training.units import read_units, units_files

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
    nats = nats_a_phone(lm, drawn)
    (kept,) = best_takes(lm, asked(world, 1), 3, 1.0, random())
    assert kept.units.tolist() == drawn[int(nats.argmin())].units.tolist()


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
