"""From the reference checkpoints to public/models. Deterministic: the same checkpoints give the same bytes.

    python -m training.export                  write every file and the manifest
    python -m training.export --manifest-only  rebuild the manifest from the files on disk
    python -m training.export --check          prove that the files still equal the checkpoints; exit code 0 or 1
"""

import argparse
import sys

import onnx
from onnx import ModelProto
from torch import Tensor, nn

from training.check import check_all
from training.checkpoints import reference_networks
from training.graphs import graph, to_onnx
from training.int8 import quantised, to_safetensors
from training.manifest import budget_line, write_manifest
from training.onnx_weights import store_f16, store_int8, tidy
from training.paths import MODELS

INT8_WEIGHTS = "lm.int8.safetensors"


def write(name: str, data: bytes) -> None:
    (MODELS / name).write_bytes(data)
    print(f"{name} {len(data)} bytes")


def write_graph(name: str, model: ModelProto) -> None:
    tidy(model)
    write(name, model.SerializeToString(deterministic=True))
    onnx.checker.check_model(MODELS / name)


def write_models(networks: dict[str, tuple[nn.Module, dict[str, Tensor]]]) -> None:
    MODELS.mkdir(parents=True, exist_ok=True)
    for name, (module, weights) in networks.items():
        model = to_onnx(module, graph(name))
        store_f16(model, weights)
        write_graph(f"{name}.onnx", model)
    module, weights = networks["lm"]
    tensors = quantised(weights)
    data, spans = to_safetensors(tensors)
    write(INT8_WEIGHTS, data)
    model = to_onnx(module, graph("lm"))
    store_int8(model, tensors, spans, INT8_WEIGHTS)
    write_graph("lm.int8.onnx", model)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true")
    only.add_argument("--manifest-only", action="store_true")
    options = parser.parse_args()
    networks = reference_networks()
    if options.check:
        return check_all(networks)
    if not options.manifest_only:
        write_models(networks)
    print(budget_line(write_manifest(networks["decoder"][0])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
