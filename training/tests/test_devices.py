"""That nothing stays behind on the CPU, where there is no other device to try it on: networks and losses run on fake tensors of
a device that computes nothing, and torch refuses every step that would mix it with the CPU's.
"""

from collections.abc import Iterator
from typing import TypeVar

import pytest
import torch
from torch import Tensor, nn
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.fx.experimental.symbolic_shapes import ShapeEnv
from torch.utils.backend_registration import _setup_privateuseone_for_python_backend

from training.grammar.vocabulary import BABBLE, SAY_AS, SPEAK, SPELL
from training.listen.together import straight_through
from training.lm.losses import Corruption, LmLosses
from training.lm.tables import Batch
from training.models.adapter import Adapter
from training.models.discriminator import Discriminator
from training.models.fsq import FSQ
from training.models.lm import LM
from training.models.probe import PhoneProbe
from training.prefer.losses import Preference, PreferLosses
from training.takes.draw import Speaking
from training.tests import conftest
from training.tests.conftest import ADAPTER, CODEC, WHISPER
from training.tokenizer.decoded import sound_of
from training.tokenizer.losses import TokenizerLosses, Weights, fooling_losses, judge_loss
from training.tokenizer.parts import Parts, TokenizerShapes
from training.tokenizer.segments import Batch as Stretches

ELSEWHERE = "elsewhere"
M = TypeVar("M", bound=nn.Module)


@pytest.fixture(scope="module", autouse=True)
def device() -> None:
    _setup_privateuseone_for_python_backend(ELSEWHERE)


@pytest.fixture(autouse=True)
def fake() -> Iterator[None]:
    with FakeTensorMode(shape_env=ShapeEnv()):
        yield


def moved(module: M) -> M:
    """As `to` does, which fake tensors do not know."""
    for part in module.modules():
        for name, weight in part._parameters.items():
            if weight is not None:
                part._parameters[name] = nn.Parameter(there(*weight.shape), weight.requires_grad)
        for name, buffer in part._buffers.items():
            if buffer is not None:
                part._buffers[name] = there(*buffer.shape, dtype=buffer.dtype)
    return module


def there(*shape: int, dtype: torch.dtype = torch.float32) -> Tensor:
    return torch.zeros(*shape, dtype=dtype, device=ELSEWHERE)


def tokens(*shape: int) -> Tensor:
    return there(*shape, dtype=torch.long)


def test_mixing_is_refused() -> None:
    with pytest.raises(RuntimeError, match="same device"):
        there(3) + torch.zeros(3)


def test_a_step_with_a_cache() -> None:
    lm, shape = moved(LM(conftest.LM)), conftest.LM
    past = there(shape.layers, 2, 2, shape.heads, 3, shape.head)
    logits, _ = lm(tokens(2, 5), tokens(2, 5), tokens(2, 5), there(2, shape.voice), past, tokens(2))
    assert logits.device.type == ELSEWHERE


@pytest.mark.parametrize("task", [SPEAK, BABBLE, SAY_AS, SPELL])
def test_the_language_models_losses(task: int) -> None:
    losses = moved(LmLosses(LM(conftest.LM), FSQ(CODEC.levels), Corruption())).train()
    row = tokens(2, 9)
    batch = Batch(row, row, row, there(2, conftest.LM.voice), there(2, 9, dtype=torch.bool))
    assert losses(batch, task)[0].device.type == ELSEWHERE


@pytest.mark.parametrize("task", [SPEAK, SPELL])
def test_the_losses_of_pairs(task: int) -> None:
    losses = moved(PreferLosses(LM(conftest.LM), FSQ(CODEC.levels), Corruption(), None, Preference())).train()
    row = tokens(2, 9)
    batch = Batch(row, row, row, there(2, conftest.LM.voice), there(2, 9, dtype=torch.bool))
    assert losses(batch, task)[0].device.type == ELSEWHERE


def test_what_listening_is_judged_by() -> None:
    losses = moved(LmLosses(LM(conftest.LM), FSQ(CODEC.levels), Corruption()))
    assert losses.listening(there(5, losses.lm.head.out_features), tokens(5))[0].device.type == ELSEWHERE


def test_the_adapter_and_what_passes_through_its_digits() -> None:
    adapter, fsq = moved(Adapter(ADAPTER, WHISPER, CODEC)), moved(FSQ(CODEC.levels))
    logits = adapter.of_frames(there(2, 7, WHISPER.width), there(2, 7, dtype=torch.bool)).flatten(0, 1)
    codes, passed = straight_through(there(fsq.codes, 8), fsq, logits)
    assert codes.device == passed.device == logits.device


def test_the_decoders_losses_and_its_judge() -> None:
    parts = Parts(TokenizerShapes(CODEC, WHISPER, ADAPTER), mel_encoder=True, whisper=False)
    losses = moved(TokenizerLosses(parts, Weights(), code=False, decode=True)).train()
    judge = moved(Discriminator(2))
    frames, sounds = 24, tokens(6)
    batch = Stretches(
        there(2, 600 * frames), there(2, 400 * frames), there(2, 2 * frames), there(2, 600 * 30), sounds, tokens(2)
    )
    total, _, made = losses(batch)
    assert made is not None
    taught = judge_loss(judge(torch.cat([batch.sound, made.detach()])))
    fooled = sum(fooling_losses(judge(batch.sound), judge(made)).values(), total)
    assert taught.device.type == fooled.device.type == ELSEWHERE


def test_units_become_sound_again_and_sound_features() -> None:
    parts = moved(Parts(TokenizerShapes(CODEC, WHISPER, ADAPTER), mel_encoder=True, whisper=True))
    assert parts.device.type == ELSEWHERE
    sound = sound_of(parts, tokens(1, 12), there(1, CODEC.voice), 0.1, 0.2)
    features = parts.frame_features(there(1, 400 * 12), 12)
    heard = moved(PhoneProbe(WHISPER.width))(features)
    codes = [parts.encode(sound, there(1, 400 * 12), front) for front in ("mel", "whisper")]
    assert {one.device.type for one in (sound, features, heard, *codes)} == {ELSEWHERE}


def test_a_stream_that_goes_on() -> None:
    lm, shape = moved(LM(conftest.LM)), conftest.LM
    cache = there(shape.layers, 2, 2, shape.heads, 8, shape.head)
    assert lm.go_on(tokens(2, 5), tokens(2, 5), tokens(2, 5), there(2, shape.voice), cache, 0).device.type == ELSEWHERE


def test_where_takes_stand() -> None:
    state = Speaking(tokens(2, 4))
    forbidden = state.forbidden(1144)
    state.follow(tokens(2))
    assert forbidden.device.type == state.durations.device.type == ELSEWHERE
