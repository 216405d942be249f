"""Opens the prototype (the exact specification) beside our own code. Its modules have short names (`lm`, `codec`, `text`),
so nothing else should be imported through this path.
"""

import sys
from functools import cache
from types import ModuleType
from typing import Any

from training.paths import PROTOTYPE


@cache
def prototype() -> ModuleType:
    """The prototype's `pipeline` module: Pipeline, T (text), logmel, and every name of `lm`."""
    sys.path.insert(0, str(PROTOTYPE))
    import pipeline

    return pipeline


@cache
def pipeline() -> Any:
    """The prototype's Pipeline with the reference weights, float32."""
    return prototype().Pipeline()
