"""Invented districts in every shape that the recogniser knows; what it finds in them stands beside them.

Every word here is ours: no real document is quoted. After a wanted change run
with GOLDEN=rewrite in the environment and read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from planstudio.domain.recognised import as_form
from planstudio.exchange.recognise import read_text, recognise

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".json")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_document_gives_what_stands_beside_it(document: Path) -> None:
    expected = document.with_suffix(".json")
    found = as_form(recognise(read_text(document.read_bytes()), document.name))
    if os.environ.get("GOLDEN") == "rewrite":
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_every_expectation_has_its_document() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {path.stem for path in DOCUMENTS}


@pytest.mark.parametrize("name", ["agenda.md", "newsletter.txt", "job_description.txt"])
def test_other_documents_give_nothing(name: str) -> None:
    found = recognise((GOLDEN / name).read_text(encoding="utf-8"), name)
    assert found.empty
    assert found.organization == ""
