"""The LM's weights in int8, as one safetensors file that hand-written engines read and an ONNX graph points into.

A matrix (rows, columns) is int8 with `<name>.scale` float32 (rows,): weight = int8 * scale, scale = max |row| / 127.
Vectors stay float32. Tensors start at multiples of 64 bytes from the start of the file, so that a browser may view them
in place; safetensors allows no holes, so a hole is filled by a tensor named `padding.<n>`.
"""

import json
import struct
from dataclasses import dataclass

import numpy as np
from torch import Tensor

ALIGNMENT_BYTES = 64
FORMAT = {"format": "converge-lm-int8", "version": "1", "scheme": "symmetric int8 per row, weight = int8 * scale[row]"}
NAMES = {np.dtype(np.int8): "I8", np.dtype(np.uint8): "U8", np.dtype(np.float32): "F32"}


@dataclass(frozen=True)
class Span:
    """Where a tensor lies in the file, in bytes from its start."""

    offset: int
    length: int


def quantise(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """float (rows, columns) -> int8 (rows, columns), scale float32 (rows,)"""
    wide = matrix.astype(np.float32)
    scale = np.abs(wide).max(1) / np.float32(127)
    safe = np.where(scale > 0, scale, np.float32(1))
    return np.rint(wide / safe[:, None]).clip(-127, 127).astype(np.int8), scale.astype(np.float32)


def quantised(weights: dict[str, Tensor]) -> dict[str, np.ndarray]:
    """Name -> tensor, scales included, in the order of the file."""
    out: dict[str, np.ndarray] = {}
    for name, weight in weights.items():
        if weight.dim() == 2:
            out[name], out[name + ".scale"] = quantise(weight.numpy())
        else:
            out[name] = weight.numpy().astype(np.float32)
    return out


def dequantised(weights: dict[str, Tensor]) -> dict[str, np.ndarray]:
    """Name -> float32 weight as an engine sees it."""
    q = quantised(weights)
    return {n: q[n].astype(np.float32) * q[n + ".scale"][:, None] if n + ".scale" in q else q[n] for n in weights}


def with_padding(tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Fill every hole so that each tensor's length is a multiple of 64 bytes."""
    out: dict[str, np.ndarray] = {}
    for name, tensor in tensors.items():
        out[name] = tensor
        if hole := -tensor.nbytes % ALIGNMENT_BYTES:
            out[f"padding.{len(out)}"] = np.zeros(hole, np.uint8)
    return out


def to_safetensors(tensors: dict[str, np.ndarray]) -> tuple[bytes, dict[str, Span]]:
    """-> the file's bytes, and where each tensor lies in it"""
    padded = with_padding(tensors)
    header: dict[str, object] = {"__metadata__": FORMAT}
    spans: dict[str, Span] = {}
    at = 0
    for name, tensor in padded.items():
        header[name] = {
            "dtype": NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [at, at + tensor.nbytes],
        }
        spans[name] = Span(at, tensor.nbytes)
        at += tensor.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % ALIGNMENT_BYTES)
    start = 8 + len(text)
    data = b"".join(np.ascontiguousarray(tensor).tobytes() for tensor in padded.values())
    return struct.pack("<Q", len(text)) + text + data, {n: Span(start + s.offset, s.length) for n, s in spans.items()}
