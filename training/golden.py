"""Golden files: what the prototype answers, for the TypeScript tests to compare with.

    python -m training.golden    needs e2e/fixtures/librivox (training.librivox); writes src/speech/fixtures/golden

golden.json lists them: {name: {file, shape, dtype}}. dtype f32: raw little-endian float32; dtype json: integers, texts and
small records. Every array is C-ordered; the shape's meaning is said where it is made.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.golden_language import language
from training.golden_sound import sound
from training.golden_text import readings
from training.paths import GOLDEN
from training.prototype import pipeline

BUDGET_BYTES = 3_000_000


@dataclass
class Golden:
    """Writes one folder of golden files and remembers its index."""

    folder: Path
    index: dict[str, dict[str, Any]] = field(default_factory=dict)

    def array(self, name: str, value: Any) -> None:
        data = np.ascontiguousarray(np.asarray(value), dtype="<f4")
        (self.folder / f"{name}.f32").write_bytes(data.tobytes())
        self.index[name] = {"file": f"{name}.f32", "shape": list(data.shape), "dtype": "f32"}

    def record(self, name: str, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        (self.folder / f"{name}.json").write_text(text + "\n", encoding="utf8")
        self.index[name] = {"file": f"{name}.json", "shape": [], "dtype": "json"}

    def finish(self) -> int:
        """Write the index -> bytes of the whole folder"""
        text = json.dumps(dict(sorted(self.index.items())), indent=2)
        (self.folder / "golden.json").write_text(text + "\n", encoding="utf8")
        return sum(file.stat().st_size for file in self.folder.iterdir())


def main() -> None:
    torch.set_num_threads(1)
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for old in GOLDEN.iterdir():
        old.unlink()
    golden = Golden(GOLDEN)
    pipe = pipeline()
    codes = sound(golden, pipe)
    language(golden, pipe, codes)
    readings(golden)
    total = golden.finish()
    print(f"{len(golden.index)} golden files, {total} bytes")
    if total > BUDGET_BYTES:
        raise SystemExit(f"more than the budget of {BUDGET_BYTES} bytes")


if __name__ == "__main__":
    main()
