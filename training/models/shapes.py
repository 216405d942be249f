"""Sizes of the networks. The defaults are those of the shipped models; tests and small runs use others.

Fixed by the grammar and the synthesiser, so no field here: 80 mel bands, frames of 600 samples at 24 kHz, the controls'
bands. What a size may be is limited by the engines too: see `docs/training.md`.
"""

import math
from dataclasses import dataclass
from typing import Any

FEED_GROUP = 96  # the feed-forward width is a multiple of it; the WebAssembly kernels count on that


@dataclass(frozen=True)
class LmShape:
    layers: int = 8
    heads: int = 5
    width: int = 320
    units: int = 1024
    voice: int = 32

    @property
    def head(self) -> int:
        """Width of one head."""
        return self.width // self.heads

    @property
    def feed(self) -> int:
        """Width inside the gated feed-forward layer, about 8/3 of the model's (Shazeer 2020)."""
        return max(1, round(self.width * 8 / 3 / FEED_GROUP)) * FEED_GROUP


@dataclass(frozen=True)
class CodecShape:
    """`...80` counts at 80 Hz, `...40` at 40 Hz."""

    levels: tuple[int, ...] = (4, 4, 4, 4, 4)
    voice: int = 32
    encoder80: int = 192
    encoder40: int = 256
    encoder_blocks80: int = 3
    encoder_blocks40: int = 4
    voice_width: int = 160
    voice_blocks: int = 3
    decoder40: int = 320
    decoder80: int = 256
    decoder_blocks40: int = 4
    decoder_blocks80: int = 4

    @property
    def dims(self) -> int:
        """Quantised dimensions of one frame."""
        return len(self.levels)

    @property
    def codes(self) -> int:
        return math.prod(self.levels)


@dataclass(frozen=True)
class WhisperShape:
    """The encoder of Whisper tiny.en (Radford et al. 2022)."""

    width: int = 384
    heads: int = 6
    layers: int = 4
    positions: int = 1500


@dataclass(frozen=True)
class AdapterShape:
    width: int = 256
    blocks: int = 4


def from_json(kind: type[Any], fields: dict[str, Any]) -> Any:
    """A shape from its JSON, where tuples have become lists."""
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()})
