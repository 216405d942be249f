"""The exported graphs: their names, inputs, outputs and free dimensions. Weights are put in by `onnx_weights`."""

import copy
import io
import warnings
from dataclasses import dataclass

import onnx
import torch
from onnx import ModelProto
from torch import Tensor, nn

from training.grammar.vocabulary import FIRST_UNIT, PAD
from training.models.shapes import CodecShape, LmShape

OPSET = 17
Axes = dict[str, dict[int, str]]


@dataclass(frozen=True)
class Graph:
    """inputs: name -> example; outputs: names; axes: name -> which dimensions are free."""

    inputs: dict[str, Tensor]
    outputs: list[str]
    axes: Axes


@dataclass(frozen=True)
class Sizes:
    lm: LmShape = LmShape()
    codec: CodecShape = CodecShape()


def lm_inputs(shape: LmShape, streams: int = 2, new: int = 3, past: int = 4, seed: int = 0) -> dict[str, Tensor]:
    """A random step of the LM; the streams have different lengths and the first begins with the voice slot."""
    g = torch.Generator().manual_seed(seed)
    tokens = torch.randint(1, FIRST_UNIT + shape.units, (streams, new), generator=g)
    tokens[0, 0] = PAD
    return {
        "tokens": tokens,
        "time": torch.randint(0, 300, (streams, new), generator=g),
        "phone": torch.randint(0, 60, (streams, new), generator=g),
        "voice": torch.randn(streams, shape.voice, generator=g),
        "past": torch.randn(shape.layers, 2, streams, shape.heads, past, shape.head, generator=g),
        "past_length": (past - torch.arange(streams) % 3).clamp(min=0),
    }


def example(name: str, sizes: Sizes, frames: int = 10, seed: int = 0) -> dict[str, Tensor]:
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
        levels = torch.tensor(sizes.codec.levels)
        digits = torch.stack([torch.randint(0, n, (1, frames), generator=g) for n in sizes.codec.levels], -1)
        return {"values": digits / ((levels - 1) / 2) - 1, "voice": torch.randn(1, sizes.codec.voice, generator=g)}
    return lm_inputs(sizes.lm, past=frames, seed=seed)


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


def graph(name: str, sizes: Sizes) -> Graph:
    return Graph(example(name, sizes), OUTPUTS[name], AXES[name])


def to_onnx(module: nn.Module, spec: Graph) -> ModelProto:
    """Trace `module`; initializers keep the parameters' names and stay float32. Their values are nobody's: the exporter
    would join weights that are equal, as those of fresh layers are, so it sees a twin in which none are."""
    twin = copy.deepcopy(module)
    for number, weight in enumerate(twin.parameters()):
        weight.data.normal_(generator=torch.Generator().manual_seed(number))
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            twin,
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
