"""The tokenizer's networks together: a front (the mel encoder, or Whisper's encoder with the adapter), voice encoder, decoder.

Shapes: B batch, T frames of 25 ms, D quantised dimensions; sound is 24 kHz, (B, 600 T), unless said.
"""

from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.models.adapter import Tokenizer, interpolate
from training.models.codec import Decoder, MelEncoder, VoiceEncoder
from training.models.fsq import FSQ
from training.models.mel import CodecMel, WhisperMel
from training.models.shapes import AdapterShape, CodecShape, WhisperShape
from training.models.synth import Synth

Front = Literal["mel", "whisper"]
WHISPER_MARGIN = 160  # samples of silence at the end, so that no feature is missing


def features_of(frames: int) -> int:
    """Whisper's features, 50 a second, that so many frames, 40 a second, take."""
    return -(-frames * 5 // 4)


@dataclass(frozen=True)
class TokenizerShapes:
    codec: CodecShape = CodecShape()
    whisper: WhisperShape = WhisperShape()
    adapter: AdapterShape = AdapterShape()


class Parts(nn.Module):
    """`mel_encoder` and `whisper` may both be there: they give the same codes, and the first can teach the second."""

    def __init__(self, shapes: TokenizerShapes, mel_encoder: bool, whisper: bool):
        super().__init__()
        self.shapes = shapes
        self.fsq, self.codec_mel, self.whisper_mel = FSQ(shapes.codec.levels), CodecMel(), WhisperMel()
        self.mel_encoder = MelEncoder(shapes.codec) if mel_encoder else None
        self.tokenizer = Tokenizer(shapes.adapter, shapes.whisper, shapes.codec) if whisper else None
        if self.tokenizer is not None:
            self.tokenizer.whisper.requires_grad_(False)
        self.voice = VoiceEncoder(shapes.codec)
        self.decoder, self.synth = Decoder(shapes.codec), Synth()

    def exported(self) -> dict[str, nn.Module]:
        """Name of the exported file -> network"""
        fronts = {"tokenizer-whisper": self.tokenizer, "tokenizer-mel": self.mel_encoder}
        present = {name: front for name, front in fronts.items() if front is not None}
        return {**present, "voice": self.voice, "decoder": self.decoder}

    @property
    def device(self) -> torch.device:
        """Where they compute, and want their inputs."""
        return self.fsq.levels.device

    def default_front(self) -> Front:
        return "mel" if self.tokenizer is None else "whisper"

    def features(self, sound16: Tensor) -> Tensor:
        """sound at 16 kHz (B, N) -> Whisper's features (B, N / 320, W); they are not trained"""
        assert self.tokenizer is not None
        with torch.no_grad():
            return self.tokenizer.whisper(self.whisper_mel(F.pad(sound16, (0, WHISPER_MARGIN))))

    def frame_features(self, sound16: Tensor, frames: int) -> Tensor:
        """sound at 16 kHz (B, N) -> Whisper's features at the codec's rate (B, T, W)"""
        return interpolate(self.features(sound16)[:, : features_of(frames)], self.count(frames))

    def count(self, frames: int) -> Tensor:
        """As `interpolate` wants it, ()"""
        return torch.full((), frames, dtype=torch.long, device=self.device)

    def adapter_logits(self, features: Tensor, frames: int) -> Tensor:
        """features (B, m, W) -> (B, T, D, L)"""
        assert self.tokenizer is not None
        return self.tokenizer.adapter(features[:, : features_of(frames)], self.count(frames))

    def mel_values(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """mel (B, 80, 2T) -> values (B, T, D), codes (B, T)"""
        assert self.mel_encoder is not None
        return self.fsq(self.mel_encoder(mel))

    @torch.no_grad()
    def encode(self, sound: Tensor, sound16: Tensor, front: Front) -> Tensor:
        """The same sound at both rates -> codes (B, T)"""
        if front == "mel":
            return self.mel_values(self.codec_mel(sound))[1]
        return self.fsq.from_logits(self.adapter_logits(self.features(sound16), sound.shape[1] // 600))[1]
