"""The definitions: one LM in two forms, a decoder that looks no further than it says, and the reference's own answers."""

import json
from collections.abc import Iterator

import numpy as np
import pytest
import torch

from training.checkpoints import shipped
from training.grammar.rows import listen_row, speak_row
from training.grammar.vocabulary import FIRST_UNIT
from training.lm.train import LmConfig
from training.models.codec import Decoder, decoder_context
from training.models.fsq import FSQ
from training.models.lm import LM
from training.models.shapes import CodecShape, LmShape
from training.paths import GOLDEN, LIBRIVOX, REFERENCE, ROOT
from training.stage.config import read_config
from training.tests.conftest import CODEC
from training.tests.conftest import LM as TINY

CONFIGS = ROOT / "training" / "configs"


@pytest.fixture
def gradients_again() -> Iterator[None]:
    """The prototype turns gradients off for the whole process."""
    yield
    torch.set_grad_enabled(True)


reference = pytest.mark.skipif(not REFERENCE.exists(), reason="the reference checkpoints are not here")


@torch.no_grad()
def test_steps_with_a_cache_equal_the_whole_row() -> None:
    torch.manual_seed(1)
    lm = LM(LmShape(layers=2, heads=2, width=64, units=64, voice=16)).eval()
    tokens = torch.randint(1, 184, (2, 12))
    tokens[:, 0] = 0
    time, phone, voice = torch.arange(12).expand(2, 12), torch.arange(12).expand(2, 12) // 3, torch.randn(2, 16)
    whole = lm.whole(tokens, time, phone, voice)
    past = torch.zeros(2, 2, 2, 2, 0, 32)
    for place in range(12):
        step = slice(place, place + 1)
        length = torch.full((2,), past.shape[4])
        logits, new = lm(tokens[:, step], time[:, step], phone[:, step], voice, past, length)
        past = torch.cat([past, new], 4)
        assert torch.allclose(logits, whole[:, place], atol=1e-5)


@torch.no_grad()
@pytest.mark.parametrize("shape", [CODEC, CodecShape(decoder_blocks40=2, decoder_blocks80=3)])
def test_the_decoder_looks_as_far_as_the_manifest_says(shape: CodecShape) -> None:
    past, future = decoder_context(shape)
    torch.manual_seed(1)
    decoder = Decoder(shape).eval()
    for weight in decoder.parameters():
        weight.normal_(std=0.3)
    values, voice = torch.randn(1, 120, shape.dims), torch.randn(1, shape.voice)
    other = values.clone()
    other[:, 60] += 1
    changed = (decoder(values, voice) != decoder(other, voice)).any(-1)[0].reshape(-1, 2).any(1).nonzero()[:, 0]
    assert int(changed.min()) >= 60 - future and int(changed.max()) <= 60 + past
    assert int(changed.max()) >= 60 + past - 1


def test_codes_digits_and_values_are_one_thing() -> None:
    fsq = FSQ((4, 3, 5))
    codes = torch.arange(60)
    assert torch.equal(fsq.join(fsq.digits(codes)), codes)
    values = fsq.values(codes)
    assert torch.equal(fsq(torch.atanh(values.clamp(-0.99, 0.99)))[1], codes)
    assert values.min() == -1 and values.max() == 1


def test_rounding_passes_the_gradient() -> None:
    fsq = FSQ((4, 4))
    logits = torch.randn(1, 3, 2, 4, requires_grad=True)
    values, codes = fsq.from_logits(logits)
    values.sum().backward()
    assert torch.allclose(values.detach(), fsq.values(codes)) and logits.grad.abs().sum() > 0


@torch.no_grad()
def test_the_shipped_language_model_gives_the_golden_logits() -> None:
    lm = LM().eval()
    lm.load_state_dict({name: weight.float() for name, weight in shipped("lm").items()})
    for record in json.loads((GOLDEN / "lm.json").read_text(encoding="utf8")):
        tokens, time, phone = (torch.tensor([record[name]]) for name in ("tokens", "time", "phone"))
        found = lm.whole(tokens, time, phone, torch.tensor(record["voice"])[None])[0, -1].numpy()
        wanted = np.fromfile(GOLDEN / f"{record['logits']}.f32", np.float32)
        assert np.abs(found - wanted).max() < 1e-4, record["task"]


@reference
def test_the_reference_gives_the_golden_units(gradients_again: None) -> None:
    from training.prototype import prototype
    from training.sound.rates import to_16k
    from training.tokenizer.result import read_tokenizer

    parts, _ = read_tokenizer(REFERENCE)
    clip = sorted(LIBRIVOX.glob("*.wav"))[0]
    pipe = prototype().Pipeline()
    sound = pipe.load(str(clip))
    for front in ("whisper", "mel"):
        found = parts.encode(torch.tensor(sound)[None], torch.tensor(to_16k(sound))[None], front)[0]
        assert np.array_equal(found.numpy(), pipe.encode(sound, front))


@reference
def test_rows_are_the_prototypes(gradients_again: None) -> None:
    from training.prototype import prototype
    from training.units import read_units

    for said in read_units(REFERENCE / "units.npz")[:200:20]:
        facts = {"lead": said.lead, "tail": said.tail, "dur": said.durations, "phones": said.phones}
        spoken, heard = speak_row(said), listen_row(said)
        assert (spoken.tokens, spoken.time, spoken.phone, spoken.start) == prototype().row_tts(facts, said.units)
        assert (heard.tokens, heard.time, heard.phone, heard.start) == prototype().row_asr(facts, said.units)


@pytest.mark.parametrize("shape", [TINY, LmShape(), read_config(LmConfig, CONFIGS / "miniature/lm.toml").shape])
def test_sizes_that_are_kept_suit_the_engines(shape: LmShape) -> None:
    """As docs/training.md says them and src/gpu/wasm/layout.ts asks for them"""
    assert shape.head * shape.heads == shape.width <= 512
    assert shape.head % 32 == 0 and shape.head <= 128
    assert (FIRST_UNIT + shape.units) % 4 == 0
