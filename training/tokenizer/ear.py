"""How far a made sound is from the true one to an ear that knows speech: the distance of what the layers of Whisper's encoder
make of both. Spectra forgive a blurred consonant, such an ear does not (deep feature losses: Johnson et al. 2016,
arXiv:1603.08155; for speech Germain et al. 2018, arXiv:1806.10522).

Shapes: B batch, N samples at 24 kHz, m features of 20 ms, W wide. The encoder's own weights rest.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from training.models.adapter import Tokenizer
from training.models.mel import WhisperMel
from training.sound.rates import tensor_to_16k
from training.tokenizer.parts import WHISPER_MARGIN


def ear_loss(tokenizer: Tokenizer, mel: WhisperMel, made: Tensor, wanted: Tensor) -> Tensor:
    """made, wanted (B, N) -> mean over the layers, in mean deviations of each channel of what is wanted"""

    def heard(sound: Tensor) -> list[Tensor]:
        return tokenizer.whisper.layer_outputs(mel(F.pad(tensor_to_16k(sound), (0, WHISPER_MARGIN))))

    with torch.no_grad():
        true = heard(wanted)
    return torch.stack([distance(a, b) for a, b in zip(heard(made), true, strict=True)]).mean()


def distance(made: Tensor, true: Tensor) -> Tensor:
    """(B, m, W), (B, m, W) -> (): channels count alike, however large their values are"""
    deviation = (true - true.mean((0, 1))).abs().mean((0, 1)).clamp(min=1e-3)
    return ((made - true).abs() / deviation).mean()
