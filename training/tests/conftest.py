"""A tiny world that all tests share: a toy teacher's corpus, and networks of the right kind and no size."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from training.corpus.make import CorpusConfig, make_corpus
from training.encode.encode import EncodeConfig, encode_corpora
from training.lm.train import LmConfig, train_lm
from training.models.shapes import AdapterShape, CodecShape, LmShape, WhisperShape
from training.models.whisper import WhisperEncoder
from training.stage.loop import LoopConfig
from training.tokenizer.train import TokenizerConfig, train_tokenizer

TEXTS = """The quick brown fox jumps over the lazy dog.
Where did you put my keys?
I would rather walk to the river than wait for the bus.
Please close the window before you leave.
She said that they were always late.
The price of bread is not a secret.
It never rains on a good day.
He has read the letter to his friends.
Seven small birds sat in the garden.
We use the old house near the station.
Can you hear the sound of the wind?
They gave us a warm bowl of soup.
"""
CODEC = CodecShape((4, 4, 4), 16, 16, 16, 1, 1, 16, 1, 32, 32, 1, 1)
WHISPER = WhisperShape(32, 2, 1, 400)
ADAPTER = AdapterShape(16, 1)
LM = LmShape(layers=1, heads=1, width=64, units=64, voice=16)


def loop(steps: int) -> LoopConfig:
    return LoopConfig(steps=steps, rate=1e-3, warmup=2, log_every=2, keep_every=100)


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("texts") / "texts.txt"
    file.write_text(TEXTS, encoding="utf8")
    return file


@pytest.fixture(scope="session")
def corpus(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus")
    assert make_corpus(CorpusConfig((texts,), out, teacher="sine"))
    return out


@dataclass
class World:
    """Folders of finished stages."""

    corpus: Path
    codec: Path
    tokenizer: Path
    units: Path
    lm: Path


@pytest.fixture(scope="session")
def world(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    at = tmp_path_factory.mktemp("world")
    shared = {"batch": 2, "segment_frames": 24, "voice_frames": 30, "judge_channels": 2, "codec": CODEC}
    codec = TokenizerConfig((corpus,), at / "codec", loop(4), adversarial_from=0.75, **shared)
    assert train_tokenizer(codec)
    encoder = WhisperEncoder(WHISPER)
    whisper = {WhisperEncoder.rename(name): weight.contiguous() for name, weight in encoder.state_dict().items()}
    save_file(whisper, at / "whisper.safetensors")
    own = {"whisper": at / "whisper.safetensors", "whisper_shape": WHISPER, "adapter": ADAPTER}
    fronted = {"front": "whisper", "init": at / "codec", **own}
    both = TokenizerConfig((corpus,), at / "tokenizer", loop(4), adversarial_from=1.0, **shared, **fronted)
    assert train_tokenizer(both)
    assert encode_corpora(EncodeConfig((corpus,), at / "tokenizer", at / "units"))
    assert train_lm(lm_config(at / "units", at / "lm", 4))
    return World(corpus, at / "codec", at / "tokenizer", at / "units", at / "lm")


def lm_config(units: Path, out: Path, steps: int) -> LmConfig:
    return LmConfig((units,), out, loop(steps), tokens=400, levels=(4, 4, 4), words=40, held_out_words=10, shape=LM)
