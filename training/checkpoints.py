"""Reads the reference checkpoints into our own networks.

Every weight is float16 on disk. `tensors` keeps it so, for exact comparison; `load` fills a module, computed in float32.
A network whose checkpoint uses other names than ours carries a `rename(name) -> checkpoint name` of its own.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from training.models.adapter import Tokenizer
from training.models.codec import Decoder, MelEncoder, VoiceEncoder
from training.models.lm import LM
from training.paths import REFERENCE

M = TypeVar("M", bound=nn.Module)


@cache
def checkpoint(name: str) -> dict[str, Tensor]:
    """All tensors of `name`.safetensors, float16."""
    return load_file(REFERENCE / f"{name}.safetensors")


@cache
def information(name: str) -> dict[str, Any]:
    """The JSON beside a checkpoint: `lm` or `codec`."""
    return json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf8"))


def tensors(module: nn.Module, find: Callable[[str], Tensor]) -> dict[str, Tensor]:
    """Our parameter name -> the checkpoint's float16 tensor, for every parameter of `module`."""
    return {name: find(name) for name in module.state_dict()}


def load(module: M, weights: dict[str, Tensor]) -> M:
    """Fill `module` strictly: nothing missing, nothing left over."""
    module.load_state_dict({name: value.float() for name, value in weights.items()}, strict=True)
    return module.eval().requires_grad_(False)


def with_prefix(prefix: str) -> Callable[[str], Tensor]:
    return lambda name: checkpoint("codec")[prefix + name]


def tokenizer_tensor(name: str) -> Tensor:
    part, inner = name.split(".", 1)
    source = "whisper-tiny-en-encoder" if part == "whisper" else "adapter"
    return checkpoint(source)[Tokenizer.rename(part, inner)]


def reference_networks() -> dict[str, tuple[nn.Module, dict[str, Tensor]]]:
    """Name -> (network filled from the checkpoint, its float16 weights by our parameter names)."""
    torch.set_grad_enabled(False)
    levels = len(information("codec")["levels"])
    sources: dict[str, tuple[nn.Module, Callable[[str], Tensor]]] = {
        "tokenizer-whisper": (Tokenizer(), tokenizer_tensor),
        "tokenizer-mel": (MelEncoder(levels), with_prefix("enc.")),
        "voice": (VoiceEncoder(), with_prefix("voice.")),
        "decoder": (Decoder(levels), with_prefix("dec.")),
        "lm": (LM(), checkpoint("lm").__getitem__),
    }
    networks = {}
    for name, (module, find) in sources.items():
        weights = tensors(module, find)
        networks[name] = (load(module, weights), weights)
    return networks
