"""What the README shows is run, and is the file that it promises."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

import taggedpdf
from tagged.reading import A2A, UA1, elements, extracted, failures, strays, told

README = Path(taggedpdf.__file__).with_name("README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.S)
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)
    made = names["pdf"]
    assert isinstance(made, bytes)
    return made


def test_the_example_is_a_tagged_file_with_title_and_language(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as document:
        root = document.Root
        assert root.MarkInfo.Marked is True
        assert str(root.StructTreeRoot.K.S) == "/Document"
        assert str(root.Lang) == "en-US"
        assert str(document.docinfo.Title) == "Readers by school"
        with document.open_metadata() as said:
            assert (said["dc:title"], said["pdfuaid:part"]) == ("Readers by school", "1")
            assert "Plan Studio" not in str(said)


def test_the_example_keeps_both_standards_and_is_told_in_order(pdf: bytes) -> None:
    assert failures(pdf, UA1) | failures(pdf, A2A) == set()
    assert strays(pdf) == ""
    assert [e.role for e in elements(pdf) if e.role in ("H1", "P", "Table", "Figure")] == ["H1", "P", "Table", "Figure"]
    assert told(pdf).startswith("Readers by school What a screen reader needs stands in PDF/UA")
    assert extracted(pdf).endswith("Page 1 of 1")


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(getattr(taggedpdf, name) is not None for name in taggedpdf.__all__)
    assert all(f"`{module}`" in README for module in taggedpdf._MODULES)
    with pytest.raises(AttributeError, match="no attribute 'Story'"):
        taggedpdf.Story  # type: ignore[attr-defined]


def test_fragments_are_read_without_reportlab() -> None:
    code = "import sys, taggedpdf.fragment; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
