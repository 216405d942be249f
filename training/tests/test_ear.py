"""A decoder tuned alone, held to what Whisper's encoder hears."""

import json
import math
from pathlib import Path

import torch

from training.sound.rates import tensor_to_16k
from training.tests.conftest import ADAPTER, CODEC, WHISPER, World, loop
from training.tokenizer.ear import ear_loss
from training.tokenizer.losses import Weights
from training.tokenizer.result import read_tokenizer
from training.tokenizer.train import TokenizerConfig, train_tokenizer


def test_a_decoder_learns_alone_and_is_held_to_an_ear(world: World, tmp_path: Path) -> None:
    sizes = {
        "batch": 2,
        "segment_frames": 24,
        "voice_frames": 30,
        "judge_channels": 2,
        "adversarial_from": 1.0,
        "codec": CODEC,
    }
    fronted = {"front": "whisper", "init": world.tokenizer, "whisper_shape": WHISPER, "adapter": ADAPTER}
    alone = TokenizerConfig(
        (world.corpus,), tmp_path, loop(4), learn_front=False, weights=Weights(ear=3.0), **sizes, **fronted
    )
    assert train_tokenizer(alone)
    lines = [json.loads(line) for line in (tmp_path / "curve.jsonl").read_text(encoding="utf8").splitlines()]
    assert all("ear" in line and "phones" not in line for line in lines)
    before, after = (read_tokenizer(folder)[0].state_dict() for folder in (world.tokenizer, tmp_path))
    moved = {name.split(".")[0] for name in before if not torch.equal(before[name], after[name])}
    assert moved == {"decoder"}


def test_an_ear_finds_a_sound_nearer_the_less_noise_it_has(world: World) -> None:
    parts, _ = read_tokenizer(world.tokenizer)
    sound = torch.sin(torch.arange(24000) * 0.1)[None] * 0.3
    noise = torch.randn(1, 24000, generator=torch.Generator().manual_seed(1))
    near = [float(ear_loss(parts.tokenizer, parts.whisper_mel, sound + share * noise, sound)) for share in (0, 0.01, 0.1)]
    assert near[0] == 0 and near[0] < near[1] < near[2]


def test_what_is_below_8_khz_passes_to_16_khz() -> None:
    at_24k, at_16k = (torch.arange(n, dtype=torch.float64) * 2 * math.pi * 1000 / n for n in (24000, 16000))
    assert torch.allclose(tensor_to_16k(torch.sin(at_24k)[None])[0], torch.sin(at_16k), atol=1e-4)
    above = torch.sin(at_24k * 9)[None]
    assert float(tensor_to_16k(above).abs().max()) < 1e-3
