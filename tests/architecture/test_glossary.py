"""The glossary names every table and every page."""

from __future__ import annotations

import re
from pathlib import Path

from planstudio.domain.places import Place
from planstudio.gui.pages.registry import kinds
from planstudio.store.schema import Base

NAMED = set(re.findall(r"`([^`]+)`", (Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8")))
OWN = {"content", "seal"}  # of the program's own: the bytes of files, and which plan a file holds


def test_every_table_has_its_word() -> None:
    assert set(Base.metadata.tables) - OWN - NAMED == set()


def test_every_page_has_its_word() -> None:
    assert {" ".join(key) if isinstance(key, Place) else key for key in kinds()} - NAMED == set()
