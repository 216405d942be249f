"""What a tokenizer begins from; a decoder tuned alone, on the codes of both fronts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from training.stage.loop import LoopConfig
from training.tests.conftest import ADAPTER, CODEC, WHISPER, World, loop
from training.tokenizer.result import read_tokenizer
from training.tokenizer.train import TokenizerConfig, make_parts, train_tokenizer


def each_step(steps: int) -> LoopConfig:
    """With figures of every step"""
    return replace(loop(steps), log_every=1)


@pytest.mark.parametrize(("share", "comes"), [(0.5, 3), (1.0, None)])
def test_the_discriminator_comes_when_it_was_to_come_though_more_steps_are_added(
    world: World, tmp_path: Path, share: float, comes: int | None
) -> None:
    sizes = {"batch": 2, "segment_frames": 24, "voice_frames": 30, "judge_channels": 2, "codec": CODEC}
    short = TokenizerConfig((world.corpus,), tmp_path, each_step(4), adversarial_from=share, **sizes)
    assert train_tokenizer(short) and train_tokenizer(replace(short, loop=each_step(10)))
    lines = [json.loads(line) for line in (tmp_path / "curve.jsonl").read_text(encoding="utf8").splitlines()]
    judged = [line["step"] for line in lines if "judge" in line]
    assert judged == ([] if comes is None else list(range(comes, 11)))


@pytest.mark.parametrize("init", [False, True])
def test_an_adapter_wants_a_whisper_that_has_learnt(world: World, tmp_path: Path, init: bool) -> None:
    config = TokenizerConfig((world.corpus,), tmp_path, loop(2), "whisper", world.codec if init else None, codec=CODEC)
    with pytest.raises(ValueError, match="wants the weights of Whisper's encoder"):
        make_parts(config)


def test_a_decoder_learns_while_the_fronts_rest(world: World, tmp_path: Path) -> None:
    sizes = {
        "batch": 2,
        "segment_frames": 24,
        "voice_frames": 30,
        "judge_channels": 2,
        "adversarial_from": 1.0,
        "codec": CODEC,
    }
    fronted = {"front": "whisper", "init": world.tokenizer, "whisper_shape": WHISPER, "adapter": ADAPTER}
    alone = TokenizerConfig((world.corpus,), tmp_path, loop(4), learn_front=False, **sizes, **fronted)
    assert train_tokenizer(alone)
    lines = [json.loads(line) for line in (tmp_path / "curve.jsonl").read_text(encoding="utf8").splitlines()]
    assert all("mel" in line and not {"phones", "digits"} & line.keys() for line in lines)
    before, after = (read_tokenizer(folder)[0].state_dict() for folder in (world.tokenizer, tmp_path))
    moved = {name.split(".")[0] for name in before if not torch.equal(before[name], after[name])}
    assert moved == {"decoder"}
