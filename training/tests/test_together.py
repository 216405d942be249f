"""Adapter and language model learning together: the way of the gradient, and a run that leaves both."""

from pathlib import Path

import numpy as np
import pytest
import torch

from training.encode.encode import EncodeConfig, encode_corpora
from training.listen.together import adapter_of, straight_through
from training.listen.train import ListenConfig, train_listening
from training.lm.heard import padded_features
from training.lm.result import read_lm
from training.models.adapter import Adapter
from training.models.fsq import FSQ
from training.tests.conftest import ADAPTER, CODEC, WHISPER, World, loop
from training.tokenizer.result import read_tokenizer
from training.units import read_units, units_files


def test_what_passes_is_nothing_but_its_gradient() -> None:
    torch.manual_seed(0)
    fsq, embeddings = FSQ((4, 4, 4)), torch.randn(64, 8)
    logits = torch.randn(5, 3, 4, requires_grad=True)
    codes, passed = straight_through(embeddings, fsq, logits)
    assert torch.equal(codes, fsq.from_logits(logits)[1]) and not passed.any()
    better = embeddings[fsq.join(torch.tensor([[3, 0, 2]]))] - embeddings[codes[:1]]
    (passed[0] * better[0]).sum().backward()
    assert logits.grad is not None and logits.grad[0].any() and not logits.grad[1:].any()


def test_the_gradient_turns_a_digit_towards_the_code_that_is_wanted() -> None:
    fsq, embeddings = FSQ((4, 4, 4)), torch.eye(64)
    logits = torch.zeros(1, 3, 4)
    logits[..., 1] = 1.0  # digits 1, 1, 1
    logits.requires_grad_(True)
    wanted = int(fsq.join(torch.tensor([2, 1, 1])))
    _, passed = straight_through(embeddings, fsq, logits)
    passed[0, wanted].backward()
    grad = logits.grad
    assert grad is not None and int(grad[0, 0].argmax()) == 2 and grad[0, 0, 2] > 0
    assert not grad[0, 1:].any()  # the other two digits are right already


def test_frames_beside_others_are_heard_as_alone() -> None:
    torch.manual_seed(1)
    adapter = Adapter(ADAPTER, WHISPER, CODEC).eval()
    long, short = torch.randn(20, WHISPER.width), torch.randn(7, WHISPER.width)
    features = torch.zeros(2, 20, WHISPER.width)
    features[0], features[1, :7] = long, short
    present = torch.arange(20)[None] < torch.tensor([[20], [7]])
    together = adapter.of_frames(features, present)
    for row, alone in enumerate((long, short)):
        one = adapter.of_frames(alone[None], torch.ones(1, len(alone), dtype=torch.bool))
        assert torch.allclose(together[row, : len(alone)], one[0], atol=1e-6)  # float32, values of order 1


@pytest.fixture(scope="module")
def heard(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("heard")
    assert encode_corpora(EncodeConfig((world.corpus,), world.tokenizer, out, disturbed=1, features=True))
    return out


def test_features_are_kept_beside_the_units(world: World, heard: Path) -> None:
    said = read_units(*units_files(heard))
    assert len(said) == 12
    assert all(one.features is not None and one.features.shape == (len(one.units), WHISPER.width) for one in said)
    padded = padded_features(said)
    assert padded is not None and padded[1].sum() == sum(len(one.units) for one in said)
    plain = read_units(*units_files(world.units))
    assert padded_features([said[0], plain[0]]) is None


@pytest.mark.parametrize("half", [False, True])
def test_a_run_together_leaves_an_adapter_that_has_learnt(world: World, heard: Path, tmp_path: Path, half: bool) -> None:
    config = ListenConfig(
        (world.units,),
        world.tokenizer,
        world.lm,
        tmp_path,
        loop(6),
        (heard,),
        varied=4,
        in_a_file=2,
        words=20,
        together=True,
        half=half,
    )
    assert train_listening(config)
    parts, before = read_tokenizer(tmp_path)[0], read_tokenizer(world.tokenizer)[0]
    learnt, was = adapter_of(parts).state_dict(), adapter_of(before).state_dict()
    assert any(not np.array_equal(learnt[name], was[name]) for name in learnt)
    assert torch.equal(parts.decoder.state_dict()["inp.weight"], before.decoder.state_dict()["inp.weight"].half().float())
    read_lm(tmp_path)


def test_a_source_that_is_asked_for_must_be_there(world: World, tmp_path: Path) -> None:
    given = (world.units,), world.tokenizer, world.lm
    plain = ListenConfig(*given, tmp_path, loop(2), varied=2, in_a_file=2, words=20, sources={"varied": 0.5, "heard": 0.5})
    with pytest.raises(ValueError, match="nothing to hear from heard"):
        train_listening(plain)


def test_without_an_adapter_it_is_refused(world: World, tmp_path: Path) -> None:
    config = ListenConfig(
        (world.units,), world.codec, world.lm, tmp_path, loop(2), varied=2, in_a_file=2, words=20, together=True
    )
    with pytest.raises(ValueError, match="wants one"):
        train_listening(config)
