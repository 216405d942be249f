"""Where networks come from is read from the records, and of what is shipped said as before."""

import json
from pathlib import Path
from typing import Any

from training.corpus.teachers import CREDITS, TEACHERS
from training.manifest import file_entries
from training.origin import SHIPPED, teachers, trained_on
from training.paths import MODELS, REFERENCE


def record(folder: Path, stage: str, **config: Any) -> Path:
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"stage": stage, "config": config}), encoding="utf8")
    return folder


def test_what_is_shipped_is_told_as_its_manifest_tells_it() -> None:
    stored = json.loads((MODELS / "manifest.json").read_text(encoding="utf8"))["files"]
    assert file_entries(MODELS, SHIPPED) == stored


def test_another_licence_is_of_the_networks_alone() -> None:
    licences = {name: entry["licence"] for name, entry in file_entries(MODELS, SHIPPED, "CC-BY-4.0").items()}
    assert licences["lm.onnx"] == "CC-BY-4.0" and licences["tokenizer-whisper.onnx"] == "MIT AND CC-BY-4.0"
    assert licences["hearing.json"] == "Apache-2.0" and licences["lexicon.gzip"] == "BSD-2-Clause"


def test_every_teacher_has_a_name_for_people() -> None:
    assert CREDITS.keys() == TEACHERS.keys()


def test_records_are_followed_to_the_corpora(tmp_path: Path) -> None:
    corpus = record(tmp_path / "corpus", "corpus", teacher="piper")
    other = record(tmp_path / "other", "corpus", teacher="flite")
    shipped = record(tmp_path / "shipped", "shipped")
    units = record(tmp_path / "units", "encode", corpora=[str(corpus), str(other)], tokenizer=str(REFERENCE))
    lm = record(tmp_path / "lm", "lm", units=[str(units / "units-00.npz")], init=None, seed=0)
    assert teachers(lm) == {"piper", "flite", "kokoro"}
    tuned = record(tmp_path / "tuned", "listen", units=[str(units)], init=str(lm), heard=[str(tmp_path)])
    assert trained_on(tuned) == (
        "trained on speech of Kokoro-82M (Apache-2.0), Piper's voice joe (CC0), flite (permissive) and others, of whom nothing is "
        "recorded"
    )
    assert teachers(record(tmp_path / "takes", "takes", lm=str(shipped))) == CREDITS.keys() - {"flite", "sine"}
