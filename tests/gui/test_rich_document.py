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


WORDS = st.text("abc é-.,1*_", min_size=1, max_size=8).filter(lambda words: words.strip())
SPANS = st.lists(
    st.builds(
        richtext.Span,
        WORDS,
        bold=st.booleans(),
        italic=st.booleans(),
        link=st.sampled_from(["", "", "https://example.org/a"]),
    ),
    min_size=1,
    max_size=5,
)


@given(SPANS)
@settings(max_examples=300, deadline=None)
def test_looks_that_touch_never_become_asterisks(spans: list[richtext.Span]) -> None:
    words = "".join(span.text for span in spans)
    assert richtext.plain(richtext.guard_lines(richtext.inline(spans))).split() == words.split()


def test_italic_beside_bold_italic_is_kept() -> None:
    spans = (richtext.Span("met twice.", italic=True), richtext.Span("in October.", bold=True, italic=True))
    (paragraph,) = richtext.blocks(richtext.inline(spans))
    assert isinstance(paragraph, richtext.Paragraph)
    assert paragraph.spans == spans


def _entry(inner: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(inner, min_size=1, max_size=3)


ENTRIES = st.recursive(
    st.just("words"),
    lambda inner: st.tuples(st.booleans(), st.integers(0, 12), st.lists(_entry(inner), min_size=1, max_size=4)),
    max_leaves=10,
)


def _written(part, margin: str = "") -> list[str]:
    """*part* as the lines of Markdown, every block after a blank line."""
    if part == "words":
        return [margin + "some words", ""]
    ordered, start, entries = part
    lines: list[str] = []
    for n, entry in enumerate(entries):
        label = f"{start + n}. " if ordered else "- "
        inner = _written("words", margin + " " * len(label))
        for one in entry:
            inner += _written(one, margin + " " * len(label))
        lines += [margin + label + inner[0].lstrip(), *inner[1:]]
    return lines


@given(st.lists(ENTRIES, min_size=1, max_size=3))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_lists_keep_their_numbers_their_depth_and_their_paragraphs(dressed, parts) -> None:
    lines: list[str] = []
    for part in parts:
        lines += [*_written(part), "Between.", ""]
    markdown = "\n".join(lines)
    assert richtext.blocks(shown(markdown)) == richtext.blocks(markdown)
