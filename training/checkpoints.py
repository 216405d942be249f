"""A complete set of trained networks: those that are shipped, or what a training run left.

The shipped mel encoder, voice encoder and decoder come from the reference in `../shared`; the language model and the Whisper
tokenizer's adapter were tuned since, and their checkpoints are `lm.onnx` and `tokenizer-whisper.onnx` in `public/models`
themselves, which hold every weight as it was trained. What is exported has the postfilter folded into its decoder.

Every weight is float16 on disk. It is kept so beside the network, for exact comparison; the network computes in float32.
A network whose checkpoint uses other names than ours carries a `rename(name) -> checkpoint name` of its own.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor, nn

from training.models.adapter import Tokenizer
from training.models.codec import Decoder, MelEncoder, VoiceEncoder
from training.models.lm import LM
from training.models.postfilter import Postfilter
from training.models.shapes import CodecShape, LmShape
from training.origin import OWN_LICENCE, SHIPPED, run_sources
from training.paths import MODELS, REFERENCE
from training.units import stored, units_files

M = TypeVar("M", bound=nn.Module)
Networks = dict[str, tuple[nn.Module, dict[str, Tensor]]]
UTTERANCES_A_VOICE = 12  # enough to measure a voice's pitch, about 30 s


@dataclass
class Trained:
    """networks: name of the exported file -> (network, its float16 weights by our parameter names); language: what `lm.json`
    says (vocabulary, voices, words held out); spoken: voice -> units (frames,) of utterances that it speaks alone; sources:
    network -> what it was made of; licence: of the networks, a name of SPDX's"""

    networks: Networks
    lm: LmShape
    codec: CodecShape
    language: dict[str, Any]
    spoken: dict[str, list[np.ndarray]]
    sources: dict[str, str]
    licence: str = OWN_LICENCE


@cache
def checkpoint(name: str) -> dict[str, Tensor]:
    """All tensors of the reference `name`.safetensors, float16."""
    return load_file(REFERENCE / f"{name}.safetensors")


def shipped(name: str) -> dict[str, Tensor]:
    """All tensors of an exported network, the weights by our parameter names, float16."""
    weights = onnx.load(MODELS / f"{name}.onnx").graph.initializer
    return {weight.name: torch.tensor(numpy_helper.to_array(weight)) for weight in weights}


def read_json(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf8"))


def filled(module: M, find: Callable[[str], Tensor]) -> tuple[M, dict[str, Tensor]]:
    """Fill every parameter of `module` from `find(our name)` -> (module, its float16 weights)"""
    weights = {name: find(name).half() for name in module.state_dict()}
    module.load_state_dict({name: weight.float() for name, weight in weights.items()}, strict=True)
    return module.eval().requires_grad_(False), weights


def prefixed(tensors: dict[str, Tensor], prefix: str) -> Callable[[str], Tensor]:
    return lambda name: tensors[prefix + name]


def with_postfilter(find: Callable[[str], Tensor], postfilter: Postfilter) -> Callable[[str], Tensor]:
    """A decoder's weights by name -> those of the decoder that is exported"""
    weight, bias = postfilter.folded(find("head.weight").float(), find("head.bias").float())
    last = {"head.weight": weight, "head.bias": bias}
    return lambda name: last[name] if name in last else find(name)


def lm_shape(language: dict[str, Any]) -> LmShape:
    config = language["config"]
    return LmShape(config["layers"], config["heads"], config["d"], config["units"], config["voice"])


def spoken_units(files: list[Path]) -> dict[str, list[np.ndarray]]:
    """Of units files: voice -> units of the first utterances that it speaks alone"""
    found: dict[str, list[np.ndarray]] = {}
    for one in (one for file in files for one in stored(file)):
        voices = one.row["voices"]
        mine = found.setdefault(voices[0][0], [])
        if len(voices) == 1 and len(mine) < UTTERANCES_A_VOICE:
            mine.append(one.units)
    return found


def shipped_set(lm: Path | None = None, tokenizer: Path | None = None, postfilter: Postfilter = Postfilter()) -> Trained:
    """lm, tokenizer: the folders of finished runs whose language model, whose adapter, are to be shipped from now on"""
    weights = shipped("lm") if lm is None else load_file(lm / "lm.safetensors")
    front = (
        shipped("tokenizer-whisper").__getitem__
        if tokenizer is None
        else prefixed(load_file(tokenizer / "tokenizer.safetensors"), "tokenizer.")
    )
    codec_tensors, language = checkpoint("codec"), read_json(REFERENCE / "lm.json")
    codec = CodecShape(levels=tuple(read_json(REFERENCE / "codec.json")["levels"]))
    networks: Networks = {
        "tokenizer-whisper": filled(Tokenizer(), front),
        "tokenizer-mel": filled(MelEncoder(codec), prefixed(codec_tensors, "enc.")),
        "voice": filled(VoiceEncoder(codec), prefixed(codec_tensors, "voice.")),
        "decoder": filled(Decoder(codec), with_postfilter(prefixed(codec_tensors, "dec."), postfilter)),
        "lm": filled(LM(lm_shape(language)), weights.__getitem__),
    }
    spoken = spoken_units([REFERENCE / "units.npz", REFERENCE / "units2.npz"])
    return Trained(networks, lm_shape(language), codec, language, spoken, SHIPPED)


def run_set(tokenizer: Path, lm: Path, units: list[Path], postfilter: Postfilter, licence: str = OWN_LICENCE) -> Trained:
    """tokenizer and lm: the folders of finished stages; units: files or folders that the LM was trained on"""
    from training.tokenizer.result import read_tokenizer

    parts, shapes = read_tokenizer(tokenizer)
    language = read_json(lm / "lm.json")
    shape = lm_shape(language)
    networks = {name: filled(part, part.state_dict().__getitem__) for name, part in parts.exported().items()}
    decoder, weights = networks["decoder"]
    networks["decoder"] = filled(decoder, with_postfilter(weights.__getitem__, postfilter))
    networks["lm"] = filled(LM(shape), load_file(lm / "lm.safetensors").__getitem__)
    spoken = spoken_units(units_files(*units))
    return Trained(networks, shape, shapes.codec, language, spoken, run_sources(tokenizer, lm), licence)
