"""Whisper tiny.en (Radford et al. 2022, MIT) as two graphs for ONNX Runtime Web, from the weights of faster-whisper's model.

encoder.onnx: mel (1, 80, 3000) -> for each layer of the decoder the keys (H, 64, 1500) and values (H, 1500, 64) that it looks
at. decoder.onnx: those, the new tokens (1, n) and its own past (L, 2, H, p, 64) -> logits (51864) after the last token, and the
past with the new. Matrices are int8 by dynamic quantisation, as transformers.js ships Whisper; convolutions stay float32.
"""

import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.models.whisper import FeedForward, WhisperEncoder

LAYERS, HEADS, WIDTH, HEAD, VOCABULARY, PLACES = 4, 6, 384, 64, 51864, 448
MEL_BANDS, MEL_FRAMES, FEATURES = 80, 3000, 1500  # 30 s: shorter sound is followed by silence, as the model was trained
OPSET = 17


class SelfAttention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)

    def forward(self, x: Tensor, past: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """x (n, W), past (2, H, p, 64), mask (n, p + n) -> (n, W) and past with the new"""
        q, k, v = self.qkv(self.norm(x)).reshape(-1, 3, HEADS, HEAD).permute(1, 2, 0, 3).unbind(0)
        present = torch.cat([past, torch.stack([k, v])], 2)
        y = ((q * HEAD**-0.5) @ present[0].transpose(1, 2) + mask).softmax(-1) @ present[1]
        return self.out(y.transpose(0, 1).reshape(-1, WIDTH)), present


class CrossAttention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.query, self.key_value, self.out = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(WIDTH, WIDTH)

    def heard(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """features (m, W) -> keys (H, 64, m), values (H, m, 64)"""
        k, v = self.key_value(features).reshape(-1, 2, HEADS, HEAD).unbind(1)
        return k.permute(1, 2, 0), v.transpose(0, 1)

    def forward(self, x: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        q = self.query(self.norm(x)).reshape(-1, HEADS, HEAD).transpose(0, 1)
        y = ((q * HEAD**-0.5) @ keys).softmax(-1) @ values
        return self.out(y.transpose(0, 1).reshape(-1, WIDTH))


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention, self.cross, self.feed = SelfAttention(), CrossAttention(), FeedForward(WIDTH)


class Decoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.tokens, self.places = nn.Embedding(VOCABULARY, WIDTH), nn.Parameter(torch.zeros(PLACES, WIDTH))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm, self.logits = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, VOCABULARY, bias=False)

    def forward(self, tokens: Tensor, past: Tensor, *heard: Tensor) -> tuple[Tensor, Tensor]:
        before, new = past.shape[3], tokens.shape[1]
        places = torch.arange(new) + before
        x = self.tokens(tokens[0]) + self.places[places]
        later = torch.arange(before + new)[None] > places[:, None]
        mask = later.to(torch.float32) * -1e9
        presents = []
        for i, layer in enumerate(self.layers):
            y, present = layer.attention(x, past[i], mask)
            x = x + y
            x = x + layer.cross(x, heard[2 * i], heard[2 * i + 1])
            x = x + layer.feed(x[None])[0]
            presents.append(present)
        return self.logits(self.norm(x[-1])), torch.stack(presents)


class Encoder(nn.Module):
    """The encoder proper, and what the decoder's layers make of it once for all tokens."""

    def __init__(self, encoder: WhisperEncoder, decoder: Decoder) -> None:
        super().__init__()
        self.encoder, self.crosses = encoder, nn.ModuleList(layer.cross for layer in decoder.layers)

    def forward(self, mel: Tensor) -> tuple[Tensor, ...]:
        features = self.encoder(mel)[0]
        return tuple(part for cross in self.crosses for part in cross.heard(features))


def decoder_name(name: str) -> str:
    """Our parameter name -> CTranslate2's."""
    for ours, theirs in (
        ("layers.", "layer_"),
        ("attention.qkv", "self_attention.linear_0"),
        ("attention.out", "self_attention.linear_1"),
        ("attention.norm", "self_attention.layer_norm"),
        ("cross.query", "attention.linear_0"),
        ("cross.key_value", "attention.linear_1"),
        ("cross.out", "attention.linear_2"),
        ("cross.norm", "attention.layer_norm"),
        ("feed.norm", "ffn.layer_norm"),
        ("feed.up", "ffn.linear_0"),
        ("feed.down", "ffn.linear_1"),
    ):
        name = name.replace(ours, theirs)
    if name in ("tokens.weight", "logits.weight"):
        return "embeddings.weight"
    if name == "places":
        return "position_encodings.encodings"
    if name.startswith("norm."):
        name = "layer_" + name
    return name.replace("norm.weight", "norm.gamma").replace("norm.bias", "norm.beta")


def load(weights: Mapping[str, NDArray]) -> tuple[Encoder, Decoder]:
    def fill(module: nn.Module, prefix: str, rename) -> None:
        stored = {name: weights[prefix + rename(name).replace(".", "/")] for name, _ in module.named_parameters()}
        module.load_state_dict({name: torch.from_numpy(value.astype(np.float32)) for name, value in stored.items()})

    encoder, decoder = WhisperEncoder(), Decoder()
    fill(encoder, "encoder/", WhisperEncoder.rename)
    fill(decoder, "decoder/", decoder_name)
    return Encoder(encoder, decoder).eval(), decoder.eval()


def export(weights: Mapping[str, NDArray], folder: Path) -> None:
    """Writes encoder.onnx and decoder.onnx."""
    encoder, decoder = load(weights)
    heard = [f"{part}_{layer}" for layer in range(LAYERS) for part in ("keys", "values")]
    mel = torch.zeros(1, MEL_BANDS, MEL_FRAMES)
    with torch.no_grad():
        parts = encoder(mel)
    tokens, past = torch.zeros(1, 2, dtype=torch.int64), torch.zeros(LAYERS, 2, HEADS, 3, HEAD)
    free = {"tokens": {1: "new"}, "past": {3: "past"}, "present": {3: "present"}}
    graphs = (
        ("encoder", encoder, (mel,), ["mel"], heard, {}),
        ("decoder", decoder, (tokens, past, *parts), ["tokens", "past", *heard], ["logits", "present"], free),
    )
    for name, module, inputs, input_names, output_names, axes in graphs:
        whole = folder / f"{name}.f32.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                module,
                inputs,
                str(whole),
                input_names=input_names,
                output_names=output_names,
                dynamic_axes=axes,
                opset_version=OPSET,
                dynamo=False,
            )
            quantize_dynamic(
                whole,
                folder / f"{name}.onnx",
                op_types_to_quantize=["MatMul", "Gather"],
                per_channel=True,
                weight_type=QuantType.QInt8,
            )
        whole.unlink()
