"""From trained checkpoints to the files that the page loads. Deterministic: the same checkpoints give the same bytes.

python -m training.export                   the shipped checkpoints -> public/models, with the manifest
    --lm DIR, --tokenizer DIR               the language model, the adapter of a finished run in place of the shipped one
python -m training.export --config x.toml   what a training run left -> the folder that the config names
    --manifest-only                         rebuild the manifest from the files on disk
    --check                                 prove that the files still equal the checkpoints; exit code 0 or 1
"""

import argparse
import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import onnx
import torch
from onnx import ModelProto

from training.check import check_all
from training.checkpoints import Trained, run_set, shipped_set
from training.graphs import Sizes, graph, to_onnx
from training.int8 import quantised, to_safetensors
from training.known_answer import known_answer
from training.manifest import budget_line, write_manifest
from training.models.postfilter import Postfilter
from training.onnx_weights import store_f16, store_int8, tidy
from training.origin import OWN_LICENCE
from training.paths import KNOWN_ANSWER, MODELS
from training.stage.config import read_config

INT8_WEIGHTS = "lm.int8.safetensors"
WORD_FILES = ("lexicon.gzip", "words.gzip", "hearing.json")


@dataclass(frozen=True)
class ExportConfig:
    """tokenizer, lm: folders of finished stages; units: what the LM was trained on, to measure the voices' pitch; out: where
    the files go; words: where lexicon, word model and hearing are copied from; postfilter: of the decoder;
    licence: of these networks, a name of SPDX's"""

    tokenizer: Path
    lm: Path
    units: tuple[Path, ...]
    out: Path
    words: Path = MODELS
    postfilter: Postfilter = field(default_factory=Postfilter)
    licence: str = OWN_LICENCE


def write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    print(f"{path.name} {len(data)} bytes")


def write_graph(path: Path, model: ModelProto) -> None:
    tidy(model)
    write(path, model.SerializeToString(deterministic=True))
    onnx.checker.check_model(path)


def write_models(folder: Path, trained: Trained) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    sizes = Sizes(trained.lm, trained.codec)
    for name, (module, weights) in trained.networks.items():
        model = to_onnx(module, graph(name, sizes))
        store_f16(model, weights)
        write_graph(folder / f"{name}.onnx", model)
    module, weights = trained.networks["lm"]
    tensors = quantised(weights)
    data, spans = to_safetensors(tensors)
    write(folder / INT8_WEIGHTS, data)
    model = to_onnx(module, graph("lm", sizes))
    store_int8(model, tensors, spans, INT8_WEIGHTS)
    write_graph(folder / "lm.int8.onnx", model)


def copy_words(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in WORD_FILES:
        if source.resolve() != folder.resolve():
            shutil.copyfile(source / name, folder / name)


@torch.no_grad()
def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--lm", type=Path)
    parser.add_argument("--tokenizer", type=Path)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true")
    only.add_argument("--manifest-only", action="store_true")
    options = parser.parse_args(arguments)
    config = read_config(ExportConfig, options.config) if options.config else None
    folder = config.out if config else MODELS
    if config:
        trained = run_set(config.tokenizer, config.lm, list(config.units), config.postfilter, config.licence)
    else:
        trained = shipped_set(options.lm, options.tokenizer)
    if options.check:
        return check_all(folder, trained)
    if not options.manifest_only:
        write_models(folder, trained)
    if config:
        copy_words(config.words, folder)
    answer = known_answer(trained)
    if not config:
        KNOWN_ANSWER.write_text(json.dumps(answer, separators=(",", ":")) + "\n", encoding="utf8")
    print(budget_line(write_manifest(folder, trained, {"knownAnswer": answer} if config else None)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
