"""manifest.json: everything the code may know about the models, and each file's bytes, SHA-256, licence and source."""

import hashlib
import json
from pathlib import Path
from typing import Any

from training.checkpoints import Trained
from training.models import codec, lm
from training.origin import OWN_LICENCE
from training.voices import named_voices

VERSION = 1
BUDGET_BYTES = 45_000_000
# what a visitor downloads to speak and to listen with the default tokenizer
DEFAULT_SET = (
    "tokenizer-whisper.onnx",
    "voice.onnx",
    "decoder.onnx",
    "lm.int8.safetensors",
    "lexicon.gzip",
    "words.gzip",
    "hearing.json",
)
# name -> role, licence, source; {own}: whoever trained the networks says which; a network's source is told by what it was
# trained on
FILES: dict[str, tuple[str, str, str | None]] = {
    "tokenizer-whisper.onnx": ("tokenizer: Whisper's log-mel to integers", "MIT AND {own}", None),
    "tokenizer-mel.onnx": ("tokenizer: 24 kHz log-mel to integers", "{own}", None),
    "voice.onnx": ("voice encoder: 24 kHz log-mel to 32 numbers", "{own}", None),
    "decoder.onnx": ("decoder: integers and voice to synthesis controls", "{own}", None),
    "lm.onnx": ("language model, float16: the reference", "{own}", None),
    "lm.int8.onnx": ("language model, int8: graph over lm.int8.safetensors", "{own}", None),
    "lm.int8.safetensors": ("language model, int8: weights for every engine", "{own}", None),
    "lexicon.gzip": ("lexicon: words and their phones", "BSD-2-Clause", "CMU Pronouncing Dictionary"),
    "words.gzip": (
        "word model: how likely a word is, alone, after another and after two",
        "BSD-2-Clause AND MIT AND LicenseRef-WordNet",
        "counts of the training texts (WordNet's examples and own), symspellpy's English frequency lists (MIT) and CMU Sphinx'"
        " model of American English (BSD-2-Clause)",
    ),
    "hearing.json": (
        "what listening mishears, counted for each tokenizer",
        "Apache-2.0",
        "counted for Converge on the tuning speech of training/listen_sets.py",
    ),
}


def digest(file: Path) -> dict[str, Any]:
    """Its bytes and SHA-256."""
    data = file.read_bytes()
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def file_entries(folder: Path, sources: dict[str, str], own: str = OWN_LICENCE) -> dict[str, dict[str, Any]]:
    """sources: name of the network -> what it was made of; own: the networks' licence"""
    present = {name: facts for name, facts in FILES.items() if (folder / name).exists()}
    return {
        name: {
            **digest(folder / name),
            "role": role,
            "licence": licence.format(own=own),
            "source": source or sources[name.split(".")[0]],
        }
        for name, (role, licence, source) in present.items()
    }


def manifest(folder: Path, trained: Trained) -> dict[str, Any]:
    info, shape = trained.language, trained.lm
    past, future = codec.decoder_context(trained.codec)
    return {
        "version": VERSION,
        "sampleRateHz": 24000,
        "tokenizerSampleRateHz": 16000,
        "frameRateHz": 40,
        "samplesPerFrame": 600,
        "fsqLevels": list(trained.codec.levels),
        "codes": shape.units,
        "voiceDim": shape.voice,
        "delayFrames": info["delay_frames"],
        "lm": {
            "layers": shape.layers,
            "heads": shape.heads,
            "dim": shape.width,
            "headDim": shape.head,
            "ff": shape.feed,
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
            "pastFrames": past,
            "futureFrames": future,
        },
        "voices": named_voices(trained),
        "files": file_entries(folder, trained.sources, trained.licence),
    }


def write_manifest(folder: Path, trained: Trained, extra: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {**manifest(folder, trained), **(extra or {})}
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf8")
    return content


def budget_line(content: dict[str, Any]) -> str:
    """One line: what the default set weighs, against the budget."""
    total = sum(content["files"][name]["bytes"] for name in DEFAULT_SET if name in content["files"])
    absent = [name for name in DEFAULT_SET if name not in content["files"]]
    verdict = "within" if total <= BUDGET_BYTES else "OVER"
    note = f" (absent: {', '.join(absent)})" if absent else ""
    return f"default set {total / 1e6:.2f} MB, {verdict} the budget of {BUDGET_BYTES / 1e6:.0f} MB{note}"
