"""The canvas marks what is drawn, and refuses text that nobody owns."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from reportlab.graphics.shapes import Drawing, Rect, String

from tagged.reading import A2A, UA1, elements, failures, strays, told
from tagged.sheets import FONTS, STYLE, canvas, pages, paragraph
from taggedpdf.binder import Binder, Furniture
from taggedpdf.breaking import Link
from taggedpdf.canvas import FontNotEmbedded, UntaggedText
from taggedpdf.figure import Figure
from taggedpdf.fragment import Fragment, unpack
from taggedpdf.metadata import Metadata
from taggedpdf.pages import Anchor
from taggedpdf.paragraph import Paragraph
from taggedpdf.tags import FOOTER, Root


def test_text_outside_a_scope_is_refused() -> None:
    sheet = canvas()
    sheet.setFont("Vera", 10)
    with pytest.raises(UntaggedText, match="stray"):
        sheet.drawString(10, 10, "stray")


def test_a_paragraph_without_a_tag_outside_a_scope_is_refused() -> None:
    sheet = canvas()
    with pytest.raises(UntaggedText):
        pages(sheet).flow([paragraph("stray", None)])


def test_text_in_a_scope_is_its_owners() -> None:
    sheet = canvas()
    with sheet.scope(sheet.root.document.add("P")):
        sheet.setFont("Vera", 10)
        sheet.drawString(60, 60, "owned")
    assert told(sheet.finish()) == "owned"


def test_an_artifacts_inside_stays_an_artifact() -> None:
    sheet = canvas()
    tag = sheet.root.document.add("P")
    with sheet.scope(tag):
        sheet.setFont("Vera", 10)
        sheet.drawString(60, 60, "told")
    with sheet.scope(FOOTER), sheet.scope(tag):
        sheet.drawString(60, 40, "Page 1")
    pdf = sheet.finish()
    assert told(pdf) == "told"
    assert strays(pdf) == ""


def test_shapes_between_texts_are_artifacts() -> None:
    sheet = canvas()
    sheet.rect(60, 60, 20, 20)
    with sheet.scope(sheet.root.document.add("H1")):
        sheet.setFont("Vera", 10)
        sheet.drawString(60, 100, "between")
    sheet.line(0, 0, 100, 100)
    assert failures(sheet.finish(), UA1) == set()


def test_a_figure_is_one_piece_of_content() -> None:
    sheet = canvas()
    drawing = Drawing(100, 40, initialFontName="Vera")
    drawing.add(Rect(0, 0, 100, 40))
    drawing.add(String(5, 5, "in the drawing", fontName="Vera", fontSize=9))
    pages(sheet).flow([Figure(drawing, sheet.root.document.add("Figure", alt="A box."))])
    pdf = sheet.finish()
    figure = next(e for e in elements(pdf) if e.role == "Figure")
    assert figure.alt == "A box."
    assert failures(pdf, UA1) | failures(pdf, A2A) == set()


def test_a_figure_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="alternative text"):
        Figure(Drawing(10, 10), Root("en").add("Figure"))


def test_a_font_that_the_file_would_not_hold_is_refused() -> None:
    sheet = canvas()
    with pytest.raises(FontNotEmbedded, match="Helvetica"):
        pages(sheet).flow([Figure(Drawing(10, 10), sheet.root.document.add("Figure", alt="Nothing."))])


def test_a_link_that_wraps_is_one_element_with_an_annotation_a_line() -> None:
    sheet = canvas()
    words = "a link that is longer than one line of this narrow column is wide"
    plain = STYLE.run_style
    runs = [(plain, "before "), (plain._replace(link=Link("https://e.example", words)), words), (plain, " after")]
    pages(sheet).flow([Paragraph(runs, STYLE, sheet.root.document.add("P"))])
    pdf = sheet.finish()
    links = [e for e in elements(pdf) if e.role == "Link"]
    assert len(links) == 1
    with pikepdf.open(BytesIO(pdf)) as document:
        notes = list(document.pages[0].Annots)
        assert len(notes) == 2
        assert {str(note.Contents) for note in notes} == {links[0].alt}
    assert failures(pdf, UA1) | failures(pdf, A2A) == set()


def test_what_is_declared_and_never_drawn_is_not_in_the_file() -> None:
    sheet = canvas()
    sect = sheet.root.document.add("Sect")
    sect.add("P")
    pages(sheet).flow([paragraph("drawn", sect.add("H1"))])
    assert [e.role for e in elements(sheet.finish())] == ["Document", "Sect", "H1"]


def fragment(words: str) -> Fragment:
    sheet = canvas()
    pages(sheet).flow([paragraph(words, sheet.root.document.add("Sect").add("H1"))])
    sheet.showPage()
    return sheet.fragment()


def test_what_is_set_last_can_be_bound_first_and_gets_its_foot_there() -> None:
    body, front = fragment("body"), fragment("front")
    stamp = canvas()
    with stamp.scope(FOOTER):
        stamp.setFont("Vera", 8)
        stamp.drawString(60, 30, "page 1 of 2")
    pdf = Binder().bind([front, body], Metadata("Both"), furniture=[Furniture(*stamp.sketch())])
    assert told(pdf) == "front body"
    with pikepdf.open(BytesIO(pdf)) as document:
        first, second = (page.Resources.XObject.Furniture.read_bytes() for page in document.pages)
        assert b"page 1 of 2" in first
        assert second == b""
    assert failures(pdf, UA1) | failures(pdf, A2A) == set()


def test_what_did_not_change_is_written_as_it_was() -> None:
    binder, kept = Binder(), [fragment(f"kept {n}") for n in range(3)]
    binder.bind([kept[0], fragment("old"), kept[1], kept[2]], Metadata("One"))
    fragments = [kept[0], fragment("new"), kept[1], kept[2]]
    known = [written for _fragment, written, _end in binder._known.values()]
    pdf = binder.bind(fragments, Metadata("One"))
    assert sum(written in known for _fragment, written, _end in binder._known.values()) == 3
    assert pdf == Binder().bind(fragments, Metadata("One")), "a binder's past does not show in its files"
    assert told(pdf) == "kept 0 new kept 1 kept 2"


def test_a_fragment_is_the_same_after_a_journey_as_bytes() -> None:
    sheet = canvas()
    sect = sheet.root.document.add("Sect")
    pages(sheet).flow([Anchor("here", 0), paragraph("words", sect.add("P"))])
    sheet.showPage()
    made = sheet.fragment()
    assert unpack(made.pack()) == made
    for wrong in (b"", made.pack()[:-3], made.pack()[5:]):
        with pytest.raises(ValueError, match=r"fragment|subsection|substring|literal|Expecting"):
            unpack(wrong)


def test_small_objects_are_packed() -> None:
    sheet = canvas()
    sect = sheet.root.document.add("Sect")
    pages(sheet).flow([paragraph(f"line {n}", sect.add("P")) for n in range(1000)])
    pdf = sheet.finish()
    assert b"/StructElem" not in pdf  # they are all in object streams
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.objects) > 1000


def test_an_encoder_gives_every_character_a_place() -> None:
    sheet = canvas()
    assert sheet.encode("Vera", "(a\\b)") == [("/Vera+0", "\\(a\\\\b\\)")]
    once = sheet.encode("Vera", "naïve “café”")
    assert sheet.encode("Vera", "naïve “café”") == once
    letters = "".join(chr(code) for code in range(0x400, 0x4FF) if chr(code) in FONTS["Vera"].covered)
    letters += "".join(chr(code) for code in range(0x1EA0, 0x1EFA))
    assert len({name for name, _data in sheet.encode("Vera", letters)}) >= 2  # pages of letters


def test_the_same_sheet_twice_is_the_same_file() -> None:
    def once() -> bytes:
        sheet = canvas()
        pages(sheet).flow([paragraph("the same", sheet.root.document.add("P"))])
        return sheet.finish()

    assert once() == once()
