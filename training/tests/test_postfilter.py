"""The postfilter: a changed last layer gives what filtering the controls would have given, and touches gains alone."""

import torch

from training.models.codec import CONTROLS, HARMONIC_BANDS, NOISE_BANDS, Decoder
from training.models.postfilter import HARMONIC_WIDTH, NO_POSTFILTER, NOISE_WIDTH, Postfilter, smooth
from training.tests.conftest import CODEC

HARMONIC, NOISE = slice(2, 2 + HARMONIC_BANDS), slice(2 + HARMONIC_BANDS, 2 + HARMONIC_BANDS + NOISE_BANDS)


@torch.no_grad()
def controls(postfilter: Postfilter) -> tuple[torch.Tensor, torch.Tensor]:
    """-> controls (1, 24, 162) of a decoder of random weights, without and with the postfilter"""
    torch.manual_seed(3)
    decoder = Decoder(CODEC).eval()
    values, voice = torch.randn(1, 12, CODEC.dims), torch.randn(1, CODEC.voice)
    plain = decoder(values, voice)
    weight, bias = postfilter.folded(decoder.head.weight, decoder.head.bias)
    decoder.head.weight.copy_(weight)
    decoder.head.bias.copy_(bias)
    return plain, decoder(values, voice)


def test_strength_one_without_breath_changes_nothing() -> None:
    plain, filtered = controls(NO_POSTFILTER)
    assert torch.allclose(plain, filtered, atol=1e-5)


def test_gains_are_drawn_away_from_their_smooth_course() -> None:
    plain, filtered = controls(Postfilter(harmonics=1.5, noise=1, breath=-0.2))
    course = plain[..., HARMONIC] @ smooth(HARMONIC_BANDS, HARMONIC_WIDTH).T
    assert torch.allclose(filtered[..., HARMONIC], course + 1.5 * (plain[..., HARMONIC] - course), atol=1e-5)
    assert torch.allclose(filtered[..., NOISE], plain[..., NOISE] - 0.2, atol=1e-5)


def test_pitch_voicing_and_phase_stay() -> None:
    plain, filtered = controls(Postfilter(harmonics=2, noise=2, breath=-1))
    untouched = [0, 1, *range(NOISE.stop, CONTROLS)]
    assert torch.equal(plain[..., untouched], filtered[..., untouched])


def test_a_flat_spectrum_and_its_level_stay() -> None:
    for bands, width in ((HARMONIC_BANDS, HARMONIC_WIDTH), (NOISE_BANDS, NOISE_WIDTH)):
        assert torch.allclose(smooth(bands, width) @ torch.full((bands,), -3.0), torch.full((bands,), -3.0), atol=1e-5)
