"""The report: every figure with its interval, in Markdown for people and in JSON beside it; what could not be measured is named
with the reason.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from training.evaluate.not_measured import NotMeasured
from training.stage.replacing import write_whole


class Report:
    def __init__(self, title: str):
        self.lines = [f"# {title}", ""]
        self.facts: dict[str, Any] = {}

    def part(self, title: str) -> None:
        self.lines += ["", f"## {title}", ""]

    def measure(self, name: str, act: Callable[[], Any]) -> Any:
        """A line and a fact of what `act` gives; where it raises NotMeasured, a line that says so, and None."""
        try:
            value = act()
        except NotMeasured as missing:
            self.lines.append(f"- {name}: not measured, {missing}")
            self.facts[name] = {"not_measured": str(missing)}
            return None
        self.lines.append(f"- {name}: {value}")
        self.facts[name] = vars(value) if hasattr(value, "__dict__") else value
        return value

    def write(self, folder: Path) -> None:
        write_whole(folder / "report.md", "\n".join(self.lines) + "\n")
        write_whole(folder / "report.json", json.dumps(self.facts, indent=2) + "\n")
        print("\n".join(self.lines))
