"""The tokenizer's training. Four recipes, all by config:

front = "mel"                                       codec from nothing: mel encoder, voice encoder, decoder
front = "whisper", init = .., learn_sound = false   adapter alone, to the codes of init's mel encoder and to phones
front = "whisper", init = ..                        adapter and decoder together
init = .., learn_front = false                      decoder alone, on the codes of every front that init has
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch

from training.corpus.shards import corpus_files, read_corpus
from training.models.discriminator import Discriminator
from training.models.shapes import AdapterShape, CodecShape, WhisperShape
from training.stage.average import Average
from training.stage.checkpoint import seed_all
from training.stage.config import plain
from training.stage.loop import LoopConfig, run
from training.stage.processes import Processes
from training.stage.record import RunRecord, data_hash
from training.stage.update import update
from training.tokenizer.losses import TokenizerLosses, Weights, fooling_losses, judge_loss
from training.tokenizer.parts import Front, Parts, TokenizerShapes
from training.tokenizer.result import load_whisper, read_tokenizer, tokenizer_files, write_tokenizer
from training.tokenizer.segments import Segments

JUDGE_RATE = 3e-4
RAMP_STEPS = 200  # over which the adversarial terms come in
MOST_GRADIENT, MOST_JUDGE_GRADIENT = 5.0, 10.0


@dataclass(frozen=True)
class TokenizerConfig:
    """corpora: folders of training.corpus; init: a tokenizer (or the reference) to start from; whisper: weights of Whisper's
    encoder, where init has none; learn_front, learn_sound: what does not learn rests, and the voice encoder with either;
    adversarial_from: share of the steps without a discriminator, at 1 it never comes; channel: share of the stretches that the
    Whisper front hears through a channel"""

    corpora: tuple[Path, ...]
    out: Path
    loop: LoopConfig
    front: Front = "mel"
    init: Path | None = None
    whisper: Path | None = None
    learn_front: bool = True
    learn_sound: bool = True
    batch: int = 48
    segment_frames: int = 48
    voice_frames: int = 60
    channel: float = 0.5
    adversarial_from: float = 0.45
    judge_channels: int = 32
    seed: int = 0
    weights: Weights = field(default_factory=Weights)
    codec: CodecShape = field(default_factory=CodecShape)
    whisper_shape: WhisperShape = field(default_factory=WhisperShape)
    adapter: AdapterShape = field(default_factory=AdapterShape)

    def __post_init__(self) -> None:
        if not (self.learn_front and self.learn_sound) and self.init is None:
            raise ValueError("learn_front = false and learn_sound = false want an init that is good already")
        if not (self.learn_front or self.learn_sound):
            raise ValueError("with learn_front = false and learn_sound = false nothing is left to learn")


def make_parts(config: TokenizerConfig) -> Parts:
    """@raises ValueError where init is of another size, or Whisper's encoder would be one that has learnt nothing"""
    shapes = TokenizerShapes(config.codec, config.whisper_shape, config.adapter)
    whisper = config.front == "whisper"
    before = None if config.init is None else read_tokenizer(config.init)[0]
    if whisper and config.whisper is None and (before is None or before.tokenizer is None):
        raise ValueError('front = "whisper" wants the weights of Whisper\'s encoder: an init that has them, or `whisper`')
    if before is None:
        parts = Parts(shapes, mel_encoder=not whisper, whisper=whisper)
    else:
        if before.shapes.codec != shapes.codec:
            raise ValueError(f"init has codec {before.shapes.codec}; the config wants {shapes.codec}")
        parts = Parts(shapes, before.mel_encoder is not None, whisper)
        names = parts.state_dict().keys()
        fitting = {name: value for name, value in before.state_dict().items() if name in names}
        parts.load_state_dict(fitting, strict=False)
    if config.whisper is not None and parts.tokenizer is not None:
        load_whisper(parts.tokenizer.whisper, config.whisper)
    return parts


@dataclass
class Entrance:
    """first: the step at which the discriminator comes in, None for never. It is kept with the run, for `loop.steps`, which it
    is a share of, may change to train on."""

    first: int | None

    def ramp(self, step: int) -> float:
        """-> how much the adversarial terms count, 0 to 1"""
        return 0.0 if self.first is None else min(1.0, max(0.0, (step + 1 - self.first) / RAMP_STEPS))

    def state_dict(self) -> dict[str, Any]:
        return asdict(self)

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.first = state["first"]


class TokenizerStage:
    def __init__(self, config: TokenizerConfig, segments: Segments, processes: Processes):
        self.config, self.segments, self.processes = config, segments, processes
        self.losses = TokenizerLosses(make_parts(config), config.weights, config.learn_front, config.learn_sound)
        if config.front == "whisper" and self.losses.parts.mel_encoder is not None:
            self.losses.parts.mel_encoder.requires_grad_(False)  # the teacher of the digits
        if not config.learn_front:
            self.losses.parts.requires_grad_(False).decoder.requires_grad_(True)
        if not config.learn_sound:
            self.losses.parts.decoder.requires_grad_(False)
            self.losses.parts.voice.requires_grad_(False)
        self.judge = Discriminator(config.judge_channels)
        self.shared, self.shared_judge = processes.join(self.losses), processes.join(self.judge)
        self.average = Average(self.losses.parts, slow_start=20)
        learnt = [weight for weight in self.losses.parameters() if weight.requires_grad]
        self.optimiser = torch.optim.AdamW(learnt, betas=(0.8, 0.99), weight_decay=0.01)
        self.judge_optimiser = torch.optim.AdamW(self.judge.parameters(), JUDGE_RATE, betas=(0.8, 0.99), weight_decay=0.01)
        self.entrance = Entrance(int(config.loop.steps * config.adversarial_from) if config.adversarial_from < 1 else None)

    def step(self, step: int, rate: float) -> dict[str, float]:
        self.losses.train()
        batch = self.segments.draw(self.config.batch).to(self.processes.device)
        total, losses, made = self.shared(batch)
        figures = {name: loss.item() for name, loss in losses.items()}
        ramp = self.entrance.ramp(step)
        if made is not None and ramp > 0:
            figures["judge"] = self.teach_judge(batch.sound, made.detach())
            for name, loss in self.fool(batch.sound, made).items():
                total = total + ramp * getattr(self.config.weights, name) * loss
                figures[name] = loss.item()
        update(self.optimiser, self.losses, total, rate, MOST_GRADIENT)
        self.average.follow(self.losses.parts, step)
        return figures

    def teach_judge(self, true: torch.Tensor, made: torch.Tensor) -> float:
        loss = judge_loss(self.shared_judge(torch.cat([true, made])))
        update(self.judge_optimiser, self.judge, loss, JUDGE_RATE, MOST_JUDGE_GRADIENT)
        return loss.item()

    def fool(self, true: torch.Tensor, made: torch.Tensor) -> dict[str, torch.Tensor]:
        self.judge.requires_grad_(False)
        with torch.no_grad():
            wanted = self.judge(true)
        losses = fooling_losses(wanted, self.judge(made))
        self.judge.requires_grad_(True)
        return losses

    def stateful(self) -> dict[str, Any]:
        return {
            "losses": self.losses,
            "judge": self.judge,
            "average": self.average.module,
            "optimiser": self.optimiser,
            "judge_optimiser": self.judge_optimiser,
            "entrance": self.entrance,
        }

    def finish(self, folder: Path) -> None:
        write_tokenizer(folder, self.average.module)


def train_tokenizer(config: TokenizerConfig) -> bool:
    processes = Processes()
    seed_all(config.seed)  # every process begins with the same weights
    files = [file for folder in config.corpora for file in corpus_files(folder)]
    recordings = [recording for folder in config.corpora for recording in read_corpus(folder)]
    segments = Segments(recordings, config.segment_frames, config.voice_frames, config.channel)
    stage = TokenizerStage(config, segments, processes)
    seed_all(config.seed + processes.rank)
    init = [] if config.init is None else tokenizer_files(config.init)
    data = data_hash([*files, *init, *([] if config.whisper is None else [config.whisper])])
    record = RunRecord(config.out, "tokenizer", plain(config), config.seed, data, processes.first)
    try:
        return run(stage, config.loop, config.out, record, processes)
    finally:
        processes.close()
