"""manifest.json: everything the code may know about the models, and each file's bytes, SHA-256, licence and source."""

import hashlib
import json
from typing import Any

from training.checkpoints import information
from training.models import codec, lm
from training.paths import MODELS
from training.voices import named_voices

VERSION = 1
BUDGET_BYTES = 45_000_000
# what a visitor downloads to speak and to listen with the default tokenizer
DEFAULT_SET = (
    "tokenizer-whisper.onnx",
    "voice.onnx",
    "decoder.onnx",
    "lm.int8.onnx",
    "lm.int8.safetensors",
    "lexicon.gzip",
    "words.gzip",
    "hearing.json",
)
OWN = "trained for Converge on speech of Kokoro-82M (Apache-2.0)"
# name -> role, licence, source
FILES = {
    "tokenizer-whisper.onnx": (
        "tokenizer: Whisper's log-mel to integers",
        "MIT AND Apache-2.0",
        "encoder of OpenAI Whisper tiny.en (MIT); adapter " + OWN,
    ),
    "tokenizer-mel.onnx": ("tokenizer: 24 kHz log-mel to integers", "Apache-2.0", OWN),
    "voice.onnx": ("voice encoder: 24 kHz log-mel to 32 numbers", "Apache-2.0", OWN),
    "decoder.onnx": ("decoder: integers and voice to synthesis controls", "Apache-2.0", OWN),
    "lm.onnx": ("language model, float16: the reference", "Apache-2.0", OWN),
    "lm.int8.onnx": ("language model, int8: graph over lm.int8.safetensors", "Apache-2.0", OWN),
    "lm.int8.safetensors": ("language model, int8: weights for every engine", "Apache-2.0", OWN),
    "lexicon.gzip": ("lexicon: words and their phones", "BSD-2-Clause", "CMU Pronouncing Dictionary"),
    "words.gzip": (
        "word model: how likely a word is, alone and after another",
        "MIT AND LicenseRef-WordNet",
        "counts of the training texts (WordNet's examples and own) and of symspellpy's English frequency lists",
    ),
    "hearing.json": (
        "what listening mishears, counted for each tokenizer",
        "Apache-2.0",
        "counted for Converge on the tuning speech of training/listen_sets.py",
    ),
}


def digest(name: str) -> dict[str, Any]:
    """Bytes and SHA-256 of a file in public/models."""
    data = (MODELS / name).read_bytes()
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def file_entries() -> dict[str, dict[str, Any]]:
    present = {name: facts for name, facts in FILES.items() if (MODELS / name).exists()}
    return {
        name: {**digest(name), "role": role, "licence": licence, "source": source}
        for name, (role, licence, source) in present.items()
    }


def manifest(decoder: codec.Decoder) -> dict[str, Any]:
    info = information("lm")
    levels = information("codec")["levels"]
    return {
        "version": VERSION,
        "sampleRateHz": 24000,
        "tokenizerSampleRateHz": 16000,
        "frameRateHz": 40,
        "samplesPerFrame": 600,
        "fsqLevels": levels,
        "codes": info["config"]["units"],
        "voiceDim": info["config"]["voice"],
        "delayFrames": info["delay_frames"],
        "lm": {
            "layers": info["config"]["layers"],
            "heads": info["config"]["heads"],
            "dim": info["config"]["d"],
            "headDim": lm.HEAD,
            "ff": lm.FEED,
            "ropeBase": info["rope_base"],
            "rmsEpsilon": lm.RMS_EPSILON,
            "vocabulary": {
                "specials": info["specials"],
                "phones": info["phones"],
                "letters": info["letters"],
                "firstPhone": info["first_phone"],
                "firstLetter": info["first_letter"],
                "firstUnit": info["first_unit"],
            },
        },
        "decoder": {
            "harmonicBands": codec.HARMONIC_BANDS,
            "noiseBands": codec.NOISE_BANDS,
            "phaseBands": codec.PHASE_BANDS,
            "pastFrames": 30,
            "futureFrames": 6,
        },
        "voices": named_voices(decoder),
        "files": file_entries(),
    }


def write_manifest(decoder: codec.Decoder) -> dict[str, Any]:
    content = manifest(decoder)
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (MODELS / "manifest.json").write_text(text + "\n", encoding="utf8")
    return content


def budget_line(content: dict[str, Any]) -> str:
    """One line: what the default set weighs, against the budget."""
    total = sum(content["files"][name]["bytes"] for name in DEFAULT_SET if name in content["files"])
    absent = [name for name in DEFAULT_SET if name not in content["files"]]
    verdict = "within" if total <= BUDGET_BYTES else "OVER"
    note = f" (absent: {', '.join(absent)})" if absent else ""
    return f"default set {total / 1e6:.2f} MB, {verdict} the budget of {BUDGET_BYTES / 1e6:.0f} MB{note}"
