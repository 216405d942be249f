"""The exported graphs: their names, inputs, outputs and free dimensions. Weights are put in by `onnx_weights`."""

import io
import warnings
from dataclasses import dataclass

import onnx
import torch
from onnx import ModelProto
from torch import Tensor, nn

from training.models.lm import HEAD, HEADS, LAYERS

OPSET = 17
Axes = dict[str, dict[int, str]]


@dataclass(frozen=True)
class Graph:
    """inputs: name -> example; outputs: names; axes: name -> which dimensions are free."""

    inputs: dict[str, Tensor]
    outputs: list[str]
    axes: Axes


def lm_inputs(streams: int = 2, new: int = 3, past: int = 4, seed: int = 0) -> dict[str, Tensor]:
    """A random step of the LM; the streams have different lengths and the first begins with the voice slot."""
    g = torch.Generator().manual_seed(seed)
    tokens = torch.randint(1, 1144, (streams, new), generator=g)
    tokens[0, 0] = 0
    return {
        "tokens": tokens,
        "time": torch.randint(0, 300, (streams, new), generator=g),
        "phone": torch.randint(0, 60, (streams, new), generator=g),
        "voice": torch.randn(streams, 32, generator=g),
        "past": torch.randn(LAYERS, 2, streams, HEADS, past, HEAD, generator=g),
        "past_length": (past - torch.arange(streams) % 3).clamp(min=0),
    }


def example(name: str, frames: int = 10, seed: int = 0) -> dict[str, Tensor]:
    """Random inputs of the right shapes for `frames` frames of 25 ms."""
    g = torch.Generator().manual_seed(seed)
    if name == "tokenizer-whisper":
        mel = torch.rand(1, 80, frames * 5 // 2 + 1, generator=g) * 2 - 1
        return {"mel": mel, "frames": torch.tensor([frames])}
    if name == "tokenizer-mel":
        return {"mel": torch.randn(1, 80, 2 * frames, generator=g) * 2.5 - 2}
    if name == "voice":
        return {"mel": torch.randn(1, 80, 2 * frames + 1, generator=g) * 2.5 - 2}
    if name == "decoder":
        values = torch.randint(0, 4, (1, frames, 5), generator=g) / 1.5 - 1
        return {"values": values, "voice": torch.randn(1, 32, generator=g)}
    return lm_inputs(past=frames, seed=seed)


OUTPUTS = {
    "tokenizer-whisper": ["logits"],
    "tokenizer-mel": ["z"],
    "voice": ["voice"],
    "decoder": ["controls"],
    "lm": ["logits", "present"],
}
AXES: dict[str, Axes] = {
    "tokenizer-whisper": {"mel": {2: "mel_frames"}, "logits": {1: "frames"}},
    "tokenizer-mel": {"mel": {2: "mel_frames"}, "z": {1: "frames"}},
    "voice": {"mel": {2: "mel_frames"}},
    "decoder": {"values": {1: "frames"}, "controls": {1: "control_frames"}},
    "lm": {
        "tokens": {0: "streams", 1: "new"},
        "time": {0: "streams", 1: "new"},
        "phone": {0: "streams", 1: "new"},
        "voice": {0: "streams"},
        "past": {2: "streams", 4: "past"},
        "past_length": {0: "streams"},
        "logits": {0: "streams"},
        "present": {2: "streams", 4: "new"},
    },
}


def graph(name: str) -> Graph:
    return Graph(example(name), OUTPUTS[name], AXES[name])


def to_onnx(module: nn.Module, spec: Graph) -> ModelProto:
    """Trace `module`; initializers keep the parameters' names and stay float32."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            tuple(spec.inputs.values()),
            buffer,
            input_names=list(spec.inputs),
            output_names=spec.outputs,
            dynamic_axes=spec.axes,
            opset_version=OPSET,
            do_constant_folding=False,
            dynamo=False,
        )
    return onnx.load_from_string(buffer.getvalue())
