"""Every shipped file has a card that says where it comes from and where it fails."""

import json
import re

import pytest

from training.paths import MODELS, ROOT

CARDS = ROOT / "docs" / "models"
FILES = json.loads((MODELS / "manifest.json").read_text(encoding="utf8"))["files"]
LISTED = dict(re.findall(r"\| `(\S+)` \| \[\S+\]\((\S+)\) \|", (CARDS / "README.md").read_text(encoding="utf8")))


def test_the_list_is_the_manifests() -> None:
    assert LISTED.keys() == FILES.keys()


@pytest.mark.parametrize("file", FILES)
def test_a_card_tells_data_failures_and_licence(file: str) -> None:
    card = (CARDS / LISTED[file]).read_text(encoding="utf8")
    assert card.startswith("# ") and file in card.splitlines()[0]
    assert "Data" in card and "**Known failures.**" in card and "**Licence.**" in card


@pytest.mark.parametrize("file", FILES)
def test_a_card_and_the_manifest_name_the_same_licences(file: str) -> None:
    told = (CARDS / LISTED[file]).read_text(encoding="utf8").split("**Licence.**")[1].split("\n\n")[0]
    names = {licence.removeprefix("LicenseRef-") for licence in FILES[file]["licence"].split(" AND ")}
    assert {name for name in ("Apache-2.0", "BSD-2-Clause", "MIT", "WordNet") if name in told} == names
