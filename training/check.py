"""Proves that a folder of exported files still is the checkpoints: every weight, every digest, and every output.

Weights must be equal bit for bit (float16, or int8 quantised again). Outputs of ONNX Runtime must be within
TOLERANCE of our PyTorch definitions on several lengths; logits and controls are of order 10.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from safetensors.numpy import load
from torch import nn

from training.checkpoints import Networks, Trained
from training.graphs import Sizes, example
from training.int8 import dequantised, quantised, to_safetensors
from training.manifest import BUDGET_BYTES, DEFAULT_SET, digest
from training.models.lm import LM

TOLERANCE = 1e-4  # absolute, float32 against float32
FRAMES = (0, 1, 7, 120, 1200)


class Mismatch(Exception):
    """A file differs from its checkpoint; the text says where."""


def same(name: str, found: np.ndarray, wanted: np.ndarray) -> None:
    if found.dtype != wanted.dtype or found.shape != wanted.shape or not np.array_equal(found, wanted):
        raise Mismatch(f"weight {name}: {found.dtype} {found.shape} differs from {wanted.dtype} {wanted.shape}")


@dataclass
class Check:
    """One folder of exported files against the set that it should hold."""

    folder: Path
    trained: Trained

    @property
    def networks(self) -> Networks:
        return self.trained.networks

    def widest_error(self, file: str, module: nn.Module, name: str) -> float:
        """Run both on random inputs of several lengths -> the largest absolute difference"""
        session = onnxruntime.InferenceSession(str(self.folder / file), providers=["CPUExecutionProvider"])
        sizes = Sizes(self.trained.lm, self.trained.codec)
        error = 0.0
        for seed, frames in enumerate(FRAMES if name == "lm" else FRAMES[1:]):
            inputs = example(name, sizes, frames, seed)
            wanted = module(*inputs.values())
            outputs = session.run(None, {key: value.numpy() for key, value in inputs.items()})
            for found, value in zip(outputs, wanted if isinstance(wanted, tuple) else (wanted,), strict=True):
                if found.shape != tuple(value.shape):
                    raise Mismatch(f"{frames} frames: shape {found.shape} instead of {tuple(value.shape)}")
                error = max(error, float(np.abs(found - value.numpy()).max()))
        if not error <= TOLERANCE:
            raise Mismatch(f"outputs differ by {error:.2e}, more than {TOLERANCE:.0e}")
        return error

    def f16(self, name: str) -> str:
        module, weights = self.networks[name]
        stored = {tensor.name: tensor for tensor in onnx.load(self.folder / f"{name}.onnx").graph.initializer}
        if stored.keys() != weights.keys():
            raise Mismatch(f"initializers differ: {sorted(stored.keys() ^ weights.keys())}")
        for key, weight in weights.items():
            same(key, numpy_helper.to_array(stored[key]), weight.numpy())
        error = self.widest_error(f"{name}.onnx", module, name)
        return f"{len(weights)} float16 weights equal, outputs within {error:.1e}"

    def safetensors(self) -> str:
        wanted = quantised(self.networks["lm"][1])
        data = (self.folder / "lm.int8.safetensors").read_bytes()
        found = load(data)
        for key, tensor in wanted.items():
            same(key, found[key], tensor)
        if data != to_safetensors(wanted)[0]:
            raise Mismatch("weights equal, but the header or the padding differs")
        return f"{len(wanted)} tensors equal the checkpoint quantised again"

    def int8_graph(self) -> str:
        weights = self.networks["lm"][1]
        wanted = quantised(weights)
        model = onnx.load(self.folder / "lm.int8.onnx", load_external_data=True)
        stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
        if stored.keys() != wanted.keys():
            raise Mismatch(f"initializers differ: {sorted(stored.keys() ^ wanted.keys())}")
        for key, tensor in wanted.items():
            same(key, stored[key], tensor[:, None] if key.endswith(".scale") else tensor)
        twin = LM(self.trained.lm).eval()
        twin.load_state_dict({key: torch.tensor(value) for key, value in dequantised(weights).items()})
        error = self.widest_error("lm.int8.onnx", twin, "lm")
        return f"{len(wanted)} external tensors equal, outputs within {error:.1e}"

    def manifest(self) -> str:
        files = json.loads((self.folder / "manifest.json").read_text(encoding="utf8"))["files"]
        for name, entry in files.items():
            if digest(self.folder / name) != {key: entry[key] for key in ("bytes", "sha256")}:
                raise Mismatch(f"{name} is not the file that the manifest describes")
        total = sum(files[name]["bytes"] for name in DEFAULT_SET if name in files)
        if total > BUDGET_BYTES:
            raise Mismatch(f"default set {total} bytes, more than {BUDGET_BYTES}")
        return f"{len(files)} digests equal, default set {total / 1e6:.2f} MB"


def check_all(folder: Path, trained: Trained) -> int:
    """One line a file -> exit code"""
    check = Check(folder, trained)
    checks: dict[str, Callable[[], str]] = {f"{name}.onnx": lambda name=name: check.f16(name) for name in trained.networks}
    checks["lm.int8.safetensors"] = check.safetensors
    checks["lm.int8.onnx"] = check.int8_graph
    checks["manifest.json"] = check.manifest
    failures = 0
    for file, prove in checks.items():
        try:
            print(f"ok    {file}: {prove()}")
        except (Mismatch, OSError, KeyError) as problem:
            failures += 1
            print(f"WRONG {file}: {problem}")
    return 1 if failures else 0
