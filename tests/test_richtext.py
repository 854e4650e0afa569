"""Markdown: what is typed is what is shown, and nothing in it is fetched or run."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from growth import grows_with_length
from planstudio import richtext
from planstudio.richtext import Grid, Heading, Listing, Paragraph, Span, blocks, escape, plain

printable = st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t\r")
# Letters alone seldom meet Markdown's rules; these do.
marked = st.text(st.sampled_from("ab1 .)(#*_-+=`~>|[]<>&;:!\\\n\t\r\"'/{}^$\u2028"), max_size=40)


@settings(max_examples=400)
@given(st.one_of(marked, st.text(printable, max_size=60)))
@example("1. first\n2) second\n# third\n- fourth\n+ fifth\n===\n---\n***")
@example("A & B &amp; &#65; &copy;")
@example("| a | b |\n|---|---|\n| c | d |")
@example("[x]: http://example.org\n[x]")
@example("    four spaces\n\tand a tab")
@example("ends with a backslash\\\nand two spaces  \nhere")
@example("one\r# two\u2028# three\x85- four")
@example("Title\n=")
@example("<img src=x>\n<!-- a -->\n<div>\n\nb")
@example("~~~\ncode\n~~~")
def test_what_is_escaped_reads_exactly_as_typed(text: str) -> None:
    assert plain(escape(text)) == " ".join(text.split())
    assert all(isinstance(block, Paragraph) for block in blocks(escape(text)))
    assert not [span for block in blocks(escape(text)) for span in _spans(block) if span.bold or span.italic]


@given(st.lists(marked, max_size=4))
def test_blank_lines_part_paragraphs_of_escaped_text(parts: list[str]) -> None:
    kept = [" ".join(part.split()) for part in parts if part.strip() and "\n" not in part and "\r" not in part]
    shown = [" ".join("".join(s.text for s in _spans(b)).split()) for b in blocks(escape("\n\n".join(kept)))]
    assert shown == kept


@given(st.text(max_size=80))
def test_any_text_at_all_can_be_read_as_markdown(text: str) -> None:
    assert isinstance(plain(text), str)


@given(marked)
def test_the_words_are_those_of_the_blocks(text: str) -> None:
    words = " ".join(" ".join(s.text for s in _spans(b)) for b in blocks(text))
    assert plain(text).replace(" ", "") == "".join(words.split())


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd">',
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<div onclick='x()'>\nlines\n</div>",
        "<!-- comment -->",
        "<?php echo 1 ?>",
        "<a href='http://example.org'>link</a>",
        "<https://example.org/auto>x",
        "text <br/> text",
    ],
)
def test_html_stays_the_characters_that_were_typed(html: str) -> None:
    assert plain(html) == " ".join(html.split())


def test_an_image_is_its_words_and_is_not_fetched() -> None:
    (block,) = blocks("![the logo](file:///etc/passwd) ![chart](https://example.org/a.png)")
    assert "the logo" in plain("![the logo](file:///etc/passwd)")
    assert [span.link for span in _spans(block) if span.link] == ["https://example.org/a.png"]


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a?b=c", "http://example.org", "mailto:board@example.org", "HTTPS://EXAMPLE.ORG"],
)
def test_links_to_the_web_and_to_mail_are_links(target: str) -> None:
    (block,) = blocks(f"see [the page]({target}) now")
    assert [span.text for span in _spans(block)] == ["see ", "the page", " now"]
    assert _spans(block)[1].link.lower() == target.lower()


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "vbscript:x",
        "//example.org",
        "/etc/passwd",
        "C:/Windows/win.ini",
        "ftp://example.org",
        "planstudio:open",
        " https:example",
    ],
)
def test_no_other_target_is_a_link(target: str) -> None:
    shown = blocks(f"[the page](<{target}>) and [again]({target})")
    assert not [span for block in shown for span in _spans(block) if span.link]
    assert "the page" in plain(f"[the page]({target})")


def test_lists_stand_in_lists() -> None:
    (listing,) = blocks("1. one\n   - a\n   - b\n     1. deep\n2. two\n\n   more of two")
    assert isinstance(listing, Listing)
    assert (listing.ordered, listing.start, len(listing.entries)) == (True, 1, 2)
    inner = listing.entries[0][1]
    assert isinstance(inner, Listing)
    assert (inner.ordered, len(inner.entries)) == (False, 2)
    assert isinstance(inner.entries[1][1], Listing)
    assert len(listing.entries[1]) == 2
    assert plain("1. one\n   - a\n2. two") == "one a two"


def test_a_list_keeps_the_number_it_begins_with() -> None:
    (listing,) = blocks("7. seven\n8. eight")
    assert isinstance(listing, Listing)
    assert listing.start == 7


def test_a_table_keeps_its_cells() -> None:
    (grid,) = blocks("| Year | Share |\n|---|---|\n| 2026 | **66** \\| x |\n| 2027 | |")
    assert isinstance(grid, Grid)
    assert [["".join(s.text for s in cell) for cell in row] for row in grid.rows] == [
        ["Year", "Share"],
        ["2026", "66 | x"],
        ["2027", ""],
    ]


def test_headings_emphasis_and_line_breaks() -> None:
    heading, paragraph = blocks("## Who *may* speak\n\nAnyone **at** ***all***  \nmay\nspeak")
    assert isinstance(heading, Heading)
    assert heading.level == 2
    assert heading.spans == (Span("Who "), Span("may", italic=True), Span(" speak"))
    assert isinstance(paragraph, Paragraph)
    assert paragraph.spans == (
        Span("Anyone "),
        Span("at", bold=True),
        Span(" "),
        Span("all", bold=True, italic=True),
        Span("\nmay speak"),
    )


def test_code_and_quotes_are_plain_words() -> None:
    assert plain("> quoted *words*\n\n```\nnot run\n```\n\n`x = 1`") == "quoted words not run x = 1"


def test_nul_does_not_end_a_text() -> None:
    assert plain("before\x00after").endswith("after")
    assert plain("*before*\x00after").endswith("after")


@pytest.mark.parametrize("text", ["", " ", "\n\n\t"])
def test_nothing_is_nothing(text: str) -> None:
    assert blocks(text) == ()
    assert plain(text) == ""


@pytest.mark.parametrize(
    "hostile",
    ["[" * 5_000, "*a_ " * 8_000, "> " * 3_000 + "x", "- " * 3_000 + "x", "`" * 20_000, "<" * 20_000, "|" * 5_000],
)
def test_hostile_markdown_takes_no_longer_than_its_length(hostile: str) -> None:
    assert grows_with_length(lambda n: plain(hostile[: len(hostile) * n // 8]), 2)


def test_a_text_without_any_sign_needs_no_reading() -> None:
    richtext.blocks.cache_clear()
    assert plain("Every  child\treads") == "Every child reads"
    assert richtext.blocks.cache_info().misses == 0


def _spans(block: richtext.Block) -> tuple[Span, ...]:
    match block:
        case Paragraph(spans) | Heading(_, spans):
            return spans
        case Listing(_, _, entries):
            return tuple(span for entry in entries for below in entry for span in _spans(below))
        case Grid(rows):
            return tuple(span for row in rows for cell in row for span in cell)
