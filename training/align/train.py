"""The aligner's training: units whose times are exact are decoded in mixed voices, and every frame's sound is learnt."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch.nn.utils.rnn import pad_sequence

from training.grammar.rows import Utterance
from training.models.probe import PhoneProbe, sound_id
from training.sound.channel import through_channel
from training.sound.rates import to_16k
from training.stage.checkpoint import seed_all
from training.stage.config import plain
from training.stage.loop import LoopConfig, run
from training.stage.processes import Processes
from training.stage.record import RunRecord, data_hash
from training.stage.update import update
from training.tokenizer.decoded import decoded, mixed_voice
from training.tokenizer.parts import Parts
from training.tokenizer.result import read_tokenizer, tokenizer_files
from training.units import read_units, units_files, with_rows

WEIGHTS, WIDTH = "aligner.safetensors", 160
CHANNEL_SHARE, FEATURE_NOISE, MOST_GRADIENT = 0.7, 0.1, 5.0
NOT_LEARNT = -100  # padding

Example = tuple[torch.Tensor, torch.Tensor]  # features (T, W) float16, sounds (T,)


@dataclass(frozen=True)
class AlignConfig:
    """units: with exact times; tokenizer: whose Whisper encoder hears; utterances: how many are decoded"""

    units: tuple[Path, ...]
    tokenizer: Path
    out: Path
    loop: LoopConfig
    utterances: int = 700
    batch: int = 16
    seed: int = 0


def frame_sounds(said: Utterance) -> list[int]:
    return [sound_id(phone) for phone, frames in said.spans() for _ in range(frames)]


def examples(parts: Parts, train: list[Utterance], count: int, seed: int) -> list[Example]:
    draw, voices = np.random.default_rng(seed), [said.voice for said in train]
    found = []
    for _ in range(count):
        said = train[draw.integers(len(train))]
        sound = decoded(parts, said, mixed_voice(said.voice, voices, draw), draw)
        if draw.random() < CHANNEL_SHARE:
            sound = through_channel(sound, draw, rate_hz=24000)
        features = parts.frame_features(torch.from_numpy(to_16k(sound))[None].to(parts.device), len(said.units))
        found.append((features[0].half().cpu(), torch.tensor(frame_sounds(said))))
    return found


class AlignStage:
    def __init__(self, aligner: PhoneProbe, learnt: list[Example], batch: int, device: torch.device):
        self.aligner, self.learnt, self.batch, self.device = aligner.to(device), learnt, batch, device
        self.optimiser = torch.optim.AdamW(aligner.parameters())

    def step(self, step: int, rate: float) -> dict[str, float]:
        chosen = random.sample(self.learnt, min(self.batch, len(self.learnt)))
        features = pad_sequence([heard for heard, _ in chosen], True).float().to(self.device)
        sounds = pad_sequence([sounds for _, sounds in chosen], True, NOT_LEARNT).to(self.device)
        chances = self.aligner(features + torch.randn_like(features) * FEATURE_NOISE)
        loss = F.nll_loss(chances.flatten(0, 1), sounds.flatten(), ignore_index=NOT_LEARNT)
        update(self.optimiser, self.aligner, loss, rate, MOST_GRADIENT)
        return {"frame": loss.item()}

    def stateful(self) -> dict[str, Any]:
        return {"aligner": self.aligner, "optimiser": self.optimiser}

    def finish(self, folder: Path) -> None:
        save_file({name: value.contiguous() for name, value in self.aligner.state_dict().items()}, folder / WEIGHTS)


def aligner_file(folder: Path) -> Path:
    """@raises FileNotFoundError"""
    if not (folder / WEIGHTS).exists():
        raise FileNotFoundError(f"no trained aligner in {folder}: run training.align first")
    return folder / WEIGHTS


def read_aligner(folder: Path, features: int) -> PhoneProbe:
    """@raises FileNotFoundError"""
    aligner = PhoneProbe(features, WIDTH)
    aligner.load_state_dict(load_file(aligner_file(folder)))
    return aligner.eval().requires_grad_(False)


def train_aligner(config: AlignConfig) -> bool:
    seed_all(config.seed)
    files = units_files(*config.units)
    train = [said for said in read_units(*files) if said.split == "train"]
    processes = Processes()
    parts, shapes = read_tokenizer(config.tokenizer)
    aligner = PhoneProbe(shapes.whisper.width, WIDTH)
    learnt = examples(parts.to(processes.device), train, config.utterances, config.seed)
    stage = AlignStage(aligner, learnt, config.batch, processes.device)
    data = data_hash([*with_rows(files), *tokenizer_files(config.tokenizer)])
    record = RunRecord(config.out, "align", plain(config), config.seed, data)
    return run(stage, config.loop, config.out, record, processes)
