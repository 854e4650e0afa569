"""What is shown comes back as it was, and nothing is loaded."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QTextDocument

from planstudio import richtext
from planstudio.gui.widgets import rich_document
from planstudio.gui.widgets.rich_document import SafeDocument

TEXTS = [
    "One paragraph.",
    "Two.\n\nParagraphs.",
    "## A heading\n\nWith **bold**, *italic* and a [link](<https://example.org/a>).",
    "Before\n\n- one\n- two\n   - deeper\n- three\n\nAfter",
    "1. first\n2. second",
    "1986\\. A year is no list.",
    "A line\\\nand a second one",
    "\\# no heading, \\*no emphasis\\*, 3 \\< 4 \\& 5 \\> 2",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "- \n- kept",
]


def shown(markdown: str) -> str:
    document = SafeDocument()
    rich_document.fill(document, markdown)
    return rich_document.markdown_of(document)


@pytest.mark.parametrize("markdown", TEXTS)
def test_markdown_survives_being_shown(dressed, markdown: str) -> None:
    assert _said(shown(markdown)) == _said(markdown)


@pytest.mark.parametrize("markdown", TEXTS)
def test_showing_twice_changes_nothing_more(dressed, markdown: str) -> None:
    assert shown(shown(markdown)) == shown(markdown)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf")), max_size=200))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_typed_words_stay_the_words_that_were_typed(dressed, words: str) -> None:
    document = SafeDocument()
    document.setPlainText(words)
    markdown = rich_document.markdown_of(document)
    assert richtext.plain(markdown).split() == words.split()


def test_an_image_in_a_text_is_not_loaded(dressed, tmp_path) -> None:
    picture = tmp_path / "secret.png"
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(picture))
    careless, careful = QTextDocument(), SafeDocument()
    for document in (careless, careful):
        document.setHtml(f'<p>x <img src="file://{picture}"></p>')
        document.setTextWidth(600)
    assert careless.size().height() > 300
    assert careful.size().height() < 100


def _said(markdown: str) -> object:
    """The blocks, leaving out empty entries, which no reader would miss."""
    return [block for block in richtext.blocks(markdown) if richtext.plain(markdown)] and _trim(
        richtext.blocks(markdown)
    )


def _trim(blocks):  # type: ignore[no-untyped-def]
    made = []
    for block in blocks:
        if isinstance(block, richtext.Listing):
            entries = tuple(entry for one in block.entries if (entry := tuple(_trim(one))))
            made.append(richtext.Listing(block.ordered, 1, entries))
        elif isinstance(block, richtext.Grid) or block.spans:
            made.append(block)
    return made
