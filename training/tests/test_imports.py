"""Imports between packages point one way."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

from training.paths import ROOT

TRAINING = ROOT / "training"


def imported(file: Path) -> set[str]:
    """Packages, or single modules of `training`, that a file imports when it is imported itself"""
    found = set()
    for node in ast.parse(file.read_text(encoding="utf8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("training"):
            parts = (node.module or "").split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found


def test_packages_form_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for file in TRAINING.rglob("*.py"):
        own = file.relative_to(TRAINING).parts[0].removesuffix(".py")
        if own != "tests":
            graph.setdefault(own, set()).update(imported(file) - {own})
    TopologicalSorter(graph).prepare()  # raises CycleError, naming the circle
