"""What a tokenizer run leaves, and reading it: `tokenizer.safetensors` (float16, names of `Parts`), `tokenizer.json` (shapes).

A folder of the reference (`codec.safetensors`, `adapter.safetensors`, ..) is read as well, so that a run can start from it.
"""

import json
from dataclasses import asdict
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

from training.models.adapter import Tokenizer
from training.models.shapes import AdapterShape, CodecShape, WhisperShape, from_json
from training.models.whisper import WhisperEncoder
from training.tokenizer.parts import Parts, TokenizerShapes

WEIGHTS, SHAPES = "tokenizer.safetensors", "tokenizer.json"
REFERENCE_FILES = ("codec.json", "codec.safetensors", "adapter.safetensors", "whisper-tiny-en-encoder.safetensors")
CODEC_NAMES = {"mel_encoder": "enc", "voice": "voice", "decoder": "dec"}


def write_tokenizer(folder: Path, parts: Parts) -> None:
    weights = {name: value.half().contiguous() for name, value in parts.state_dict().items()}
    save_file(weights, folder / WEIGHTS)
    present = {"mel_encoder": parts.mel_encoder is not None, "whisper": parts.tokenizer is not None}
    text = json.dumps({**present, "shapes": asdict(parts.shapes)}, indent=2)
    (folder / SHAPES).write_text(text + "\n", encoding="utf8")


def tokenizer_files(folder: Path) -> list[Path]:
    """What is read, to be hashed. @raises FileNotFoundError where the folder holds neither a run's result nor the reference"""
    for names in ((SHAPES, WEIGHTS), REFERENCE_FILES):
        if (folder / names[0]).exists():
            return [folder / name for name in names]
    raise FileNotFoundError(f"no trained tokenizer in {folder}: run training.tokenizer first")


def read_tokenizer(folder: Path) -> tuple[Parts, TokenizerShapes]:
    """@raises FileNotFoundError as `tokenizer_files` does"""
    if tokenizer_files(folder)[0].name == SHAPES:
        facts = json.loads((folder / SHAPES).read_text(encoding="utf8"))
        shapes = TokenizerShapes(
            from_json(CodecShape, facts["shapes"]["codec"]),
            from_json(WhisperShape, facts["shapes"]["whisper"]),
            from_json(AdapterShape, facts["shapes"]["adapter"]),
        )
        parts = Parts(shapes, facts["mel_encoder"], facts["whisper"])
        fill(parts, load_file(folder / WEIGHTS))
        return parts.eval(), shapes
    return read_reference(folder)


def fill(parts: Parts, weights: dict[str, Tensor]) -> None:
    parts.load_state_dict({name: value.float() for name, value in weights.items()}, strict=True)


def read_reference(folder: Path) -> tuple[Parts, TokenizerShapes]:
    facts, *weights = tokenizer_files(folder)
    shapes = TokenizerShapes(CodecShape(levels=tuple(json.loads(facts.read_text(encoding="utf8"))["levels"])))
    parts = Parts(shapes, mel_encoder=True, whisper=True)
    codec, adapter, whisper = map(load_file, weights)

    def find(name: str) -> Tensor:
        part, inner = name.split(".", 1)
        if part in CODEC_NAMES:
            return codec[f"{CODEC_NAMES[part]}.{inner}"]
        part, inner = inner.split(".", 1)
        return (whisper if part == "whisper" else adapter)[Tokenizer.rename(part, inner)]

    fill(parts, {name: find(name) for name in parts.state_dict()})
    return parts.eval(), shapes


def load_whisper(encoder: WhisperEncoder, file: Path) -> None:
    """Weights of Whisper's encoder under the names of the reference file."""
    stored = load_file(file)
    encoder.load_state_dict({name: stored[WhisperEncoder.rename(name)].float() for name in encoder.state_dict()})
