"""Opens the prototype (the exact specification) beside our own code. Its modules have short names (`lm`, `codec`, `text`),
so nothing else should be imported through this path.
"""

import sys
from functools import cache
from types import ModuleType
from typing import Any

from training.checkpoints import shipped
from training.models.adapter import Adapter, Tokenizer
from training.paths import PROTOTYPE


@cache
def prototype() -> ModuleType:
    """The prototype's `pipeline` module: Pipeline, T (text), logmel, and every name of `lm`."""
    sys.path.insert(0, str(PROTOTYPE))
    import pipeline

    return pipeline


@cache
def pipeline() -> Any:
    """The prototype's Pipeline with the shipped weights, float32."""
    pipe = prototype().Pipeline()
    for network, file in ((pipe.lm, "lm"), (pipe.codec.dec, "decoder")):
        network.load_state_dict({name: weight.float() for name, weight in shipped(file).items()}, strict=True)
    tokenizer = shipped("tokenizer-whisper")
    adapter = {Tokenizer.rename("adapter", name): tokenizer[f"adapter.{name}"].float() for name in Adapter().state_dict()}
    pipe.adapter.load_state_dict(adapter, strict=True)
    return pipe
