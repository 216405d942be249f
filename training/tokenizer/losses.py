"""What the tokenizer is trained to: the sound (spectra at four resolutions, mel, pitch, voicing), the phones, the codes of a
teacher encoder; and the adversarial terms (least squares, Mao et al. 2016, arXiv:1611.04076, with matched features).

Shapes as in `parts` and `segments`.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.models.discriminator import Verdict
from training.models.probe import PhoneProbe
from training.tokenizer.parts import Parts
from training.tokenizer.segments import Batch

RESOLUTIONS = (2048, 1024, 512, 256)
VOICED_HZ, LOWEST_HZ = 30.0, 50.0
LEAST = 1e-4
FEATURE_NOISE, LABEL_SMOOTHING = 0.05, 0.02
MEL_SHARE = 0.6  # of a decoder's batches that are coded by the mel encoder, where it is tuned to both fronts


@dataclass(frozen=True)
class Weights:
    """digits: cross-entropy with the mel encoder's codes, for the Whisper front; phones: connectionist loss of the probe"""

    spectrum: float = 1.0
    mel: float = 1.0
    pitch: float = 2.0
    voicing: float = 0.3
    digits: float = 1.0
    phones: float = 0.1
    adversarial: float = 0.25
    features: float = 1.0


def spectrum_loss(made: Tensor, wanted: Tensor) -> Tensor:
    """Log magnitudes and spectral convergence, mean over the resolutions (Yamamoto et al. 2019, arXiv:1910.11480)"""
    total = made.new_zeros(())
    for size in RESOLUTIONS:
        window = torch.hann_window(size, device=made.device)
        a, b = (
            torch.stft(x, size, size // 4, size, window, return_complex=True).abs().clamp(min=LEAST) for x in (made, wanted)
        )
        total = total + (a.log() - b.log()).abs().mean() + 0.5 * (a - b).norm() / b.norm()
    return total / len(RESOLUTIONS)


def disturbed(mel: Tensor) -> Tensor:
    """The mel encoder's input, log-mel (B, 80, n): a third clean, the others through a response and partly with noise."""
    batch, bands, _ = mel.shape
    place = torch.linspace(0, 1, bands, device=mel.device)

    def normal(spread: float) -> Tensor:
        return torch.randn(batch, 1, device=mel.device) * spread

    def chance() -> Tensor:
        return torch.rand(batch, 1, 1, device=mel.device)

    tilt = sum(
        normal(0.35) * torch.cos(math.pi * k * place + torch.rand(batch, 1, device=mel.device) * 2 * math.pi)
        for k in (1, 2, 3)
    )
    heard = mel + (tilt + normal(0.5))[:, :, None]
    floor = chance() * 6 - 6.5 + (normal(0.7) * (0.5 - place))[:, :, None] + torch.randn_like(mel) * 0.35
    heard = torch.where(chance() < 0.4, torch.logaddexp(heard, floor), heard)
    return torch.where(chance() < 0.35, mel, heard).clamp(min=math.log(1e-3))


class TokenizerLosses(nn.Module):
    """forward(batch) -> the weighted sum, each loss by name, the sound made (B, 600 T) or None where the decoder rests. Where
    the front rests, the decoder learns from the codes of every front there is."""

    def __init__(self, parts: Parts, weights: Weights, code: bool, decode: bool):
        super().__init__()
        self.parts, self.weights, self.decode = parts, weights, decode
        self.probe = PhoneProbe(parts.shapes.codec.dims) if code else None

    def forward(self, batch: Batch) -> tuple[Tensor, dict[str, Tensor], Tensor | None]:
        mel = self.parts.codec_mel(batch.sound)
        if self.probe is None:
            values, losses = self.resting_front(batch, mel), {}
        else:
            values, losses = self.front(batch, mel)
            losses["phones"] = self.phones(self.probe(values), batch)
        made = self.sound(values, batch, mel, losses) if self.decode else None
        total = sum(getattr(self.weights, name) * loss for name, loss in losses.items())
        return total, losses, made

    def front(self, batch: Batch, mel: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """-> values (B, T, D) with a gradient, the losses on the way"""
        if self.parts.tokenizer is None:
            return self.parts.mel_values(disturbed(mel) if self.training else mel)[0], {}
        features = self.parts.features(batch.channel)
        if self.training:
            features = features + torch.randn_like(features) * FEATURE_NOISE
        logits = self.parts.adapter_logits(features, batch.f0_hz.shape[1] // 2)
        losses = {}
        if self.parts.mel_encoder is not None:
            with torch.no_grad():
                digits = self.parts.fsq.digits(self.parts.mel_values(mel)[1])
            losses["digits"] = F.cross_entropy(
                logits.flatten(0, 2), digits.flatten(), label_smoothing=LABEL_SMOOTHING if self.training else 0.0
            )
        return self.parts.fsq.from_logits(logits)[0], losses

    @torch.no_grad()
    def resting_front(self, batch: Batch, mel: Tensor) -> Tensor:
        """-> values (B, T, D) of the codes"""
        both = self.parts.mel_encoder is not None and self.parts.tokenizer is not None
        by_mel = float(torch.rand(())) < MEL_SHARE if both else self.parts.tokenizer is None
        if by_mel:
            return self.parts.mel_values(mel)[0]
        return self.parts.fsq.values(self.parts.encode(batch.sound, batch.channel, "whisper"))

    @staticmethod
    def phones(log_chances: Tensor, batch: Batch) -> Tensor:
        """log_chances (B, T, sounds)"""
        log_chances = log_chances.transpose(0, 1)
        frames = torch.full((log_chances.shape[1],), log_chances.shape[0])
        return F.ctc_loss(log_chances, batch.sounds, frames, batch.sound_counts, zero_infinity=True)

    def sound(self, values: Tensor, batch: Batch, mel: Tensor, losses: dict[str, Tensor]) -> Tensor:
        """-> the sound made (B, 600 T), on the true pitch so that it lines up; adds its losses"""
        controls = self.parts.decoder(values, self.parts.voice(self.parts.codec_mel(batch.voice)))
        voiced = (batch.f0_hz > VOICED_HZ).float()
        log_f0 = controls[..., 0]
        pitch = torch.where(voiced > 0, batch.f0_hz, log_f0.detach().exp())
        made = self.parts.synth(controls, pitch, voiced)
        off = (log_f0 - torch.log(batch.f0_hz.clamp(min=LOWEST_HZ))).abs() * voiced
        losses["pitch"] = off.sum() / voiced.sum().clamp(min=1)
        losses["voicing"] = F.binary_cross_entropy_with_logits(controls[..., 1], voiced)
        losses["spectrum"] = spectrum_loss(made, batch.sound)
        losses["mel"] = (self.parts.codec_mel(made) - mel).abs().mean()
        return made


def judge_loss(verdicts: list[Verdict]) -> Tensor:
    """For the discriminator, of true and made sounds one after the other: 1 for the true half, 0 for the made one"""
    halves = [scores.chunk(2) for scores, _ in verdicts]
    return torch.stack([((1 - true) ** 2).mean() + (made**2).mean() for true, made in halves]).mean()


def fooling_losses(true: list[Verdict], made: list[Verdict]) -> dict[str, Tensor]:
    """For the decoder: to be taken for true, and to look alike in every layer"""
    adversarial = torch.stack([((1 - m[0]) ** 2).mean() for m in made]).mean()
    layers = [(a, b) for t, m in zip(true, made, strict=True) for a, b in zip(t[1], m[1], strict=True)]
    features = torch.stack([(a - b).abs().mean() / a.abs().mean().clamp(min=1e-3) for a, b in layers]).mean()
    return {"adversarial": adversarial, "features": features}
