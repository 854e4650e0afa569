"""Pages look and read as before, whatever their boxes, turns and open ends; each says what it is."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from planstudio.domain.intake import FileKind
from planstudio.reports.foreign.child import take
from planstudio.reports.foreign.validation import findings
from planstudio.reports.printed import FURNITURE
from reports.foreign import files, seeing

# What an untagged file may break: its fonts are not embedded and its letters have no names.
FONTS = "FONT"


def roles(pdf: bytes) -> list[tuple[str, str]]:
    with pikepdf.open(BytesIO(pdf)) as document:
        kids = document.Root.StructTreeRoot.K.K[0].K
        return [_role(kid) for kid in (kids if isinstance(kids, Array) else [kids])]


def _role(element: Any) -> tuple[str, str]:
    return str(element.S)[1:], str(element.get("/Alt", ""))


def test_untagged_text_is_one_paragraph_a_page() -> None:
    data = files.text_pages(3)
    imported = take("Bids.pdf", data)
    assert imported.facts.kind is FileKind.TEXT
    assert imported.facts.unembedded_fonts
    assert roles(files.bound(imported)) == [("P", "")] * 3
    seeing.same(data, files.bound(imported))
    assert all(FONTS in rule or "7.21" in rule for rule in findings(imported.fragment) or ())  # type: ignore[arg-type]


def test_pages_without_text_are_figures_that_say_so() -> None:
    data = files.scan_pages(2)
    imported = take("Bids.pdf", data)
    assert imported.facts.kind is FileKind.SCAN
    assert imported.facts.scanned == (1, 2)
    assert roles(files.bound(imported))[1] == ("Figure", "Page 2 of “Bids.pdf”: an image without text.")
    seeing.same(data, files.bound(imported))
    assert findings(imported.fragment) == ()  # type: ignore[arg-type]


def test_a_description_stands_on_each_page_without_text() -> None:
    imported = take("Bids.pdf", files.scan_pages(2), "The signed bids, handwritten")
    assert imported.facts.described
    assert roles(files.bound(imported))[0][1] == "Page 1 of “Bids.pdf”: The signed bids, handwritten"


def test_a_mixed_file_says_which_pages_have_no_text() -> None:
    imported = take("Bids.pdf", files.together(files.text_pages(2), files.scan_pages(1), files.text_pages(1)))
    assert imported.facts.kind is FileKind.MIXED
    assert imported.facts.scanned == (3,)
    assert [role for role, _alt in roles(files.bound(imported))] == ["P", "P", "Figure", "P"]


def test_a_blank_page_is_nothing_to_read() -> None:
    imported = take("Bids.pdf", files.content(b"BT /F1 12 Tf (text) Tj ET", b"  "))
    assert imported.facts.scanned == ()
    assert [role for role, _alt in roles(files.bound(imported))] == ["P"]


@pytest.mark.parametrize(
    ("operators", "is_text"),
    [
        (b"BT /F1 12 Tf (a) Tj ET", True),
        (b"BT /F1 12 Tf [(a) -20 (b)] TJ ET", True),
        (b"BT /F1 12 Tf (a) ' ET", True),
        (b"BT /F1 12 Tf <4142> Tj ET", True),
        (b"0 0 10 10 re f % (not text) Tj\n", False),
        (b"BT /F1 12 Tf () Tj ET 0 0 10 10 re f", False),
        (b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID (a) Tj\nEI Q", False),
    ],
)
def test_text_is_told_from_what_looks_like_it(operators: bytes, is_text: bool) -> None:
    assert (take("Bids.pdf", files.content(operators)).facts.kind is FileKind.TEXT) is is_text


def test_text_in_a_form_is_text() -> None:
    def draw(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        inner = document.make_stream(b"BT /F1 12 Tf 72 500 Td (in a form) Tj ET")
        inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 612, 792])
        inner.Resources = Dictionary(Font=page.Resources.Font)
        page.Resources.XObject = Dictionary(X1=inner)
        page.Contents = document.make_stream(b"/X1 Do")

    assert take("Bids.pdf", files.changed(files.content(b" "), draw)).facts.kind is FileKind.TEXT


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450, 88])
def test_a_turned_page_looks_the_same_and_its_leaf_says_how(turn: int) -> None:
    data = files.changed(files.text_pages(1), lambda pdf: pdf.pages[0].obj.__setitem__("/Rotate", turn))
    imported = take("Bids.pdf", data)
    assert imported.fragment is not None
    assert imported.fragment.leaves[0].turned == round(turn / 90) * 90 % 360
    if turn % 90 == 0:
        seeing.same(data, files.bound(imported))


@pytest.mark.parametrize(
    ("media", "crop", "box"),
    [
        ([0, 0, 612, 792], [50, 60, 500, 700], (50, 60, 500, 700)),
        ([-100, -50, 500, 700], None, (-100, -50, 500, 700)),
        ([612, 792, 0, 0], None, (0, 0, 612, 792)),
        ([0, 0, 612, 792], [-500, -500, 5000, 5000], (0, 0, 612, 792)),
        ([0, 0, 612, 792], [9000, 9000, 9100, 9100], (0, 0, 612, 792)),
        ([0, 0, 0, 0], None, (0, 0, 612, 792)),
        ([0, 0, 1e12, 1e12], None, (0, 0, 612, 792)),
        ([0, 0, 90000, 100], None, (0, 0, 14400, 100)),
        ([0, 0, 2384, 3370], None, (0, 0, 2384, 3370)),
    ],
)
def test_boxes_are_what_is_seen(media: list[float], crop: list[float] | None, box: tuple[float, ...]) -> None:
    def lay(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.MediaBox = Array(media)
        if crop:
            document.pages[0].obj.CropBox = Array(crop)

    imported = take("Bids.pdf", files.changed(files.text_pages(1), lay))
    assert imported.fragment is not None
    assert imported.fragment.leaves[0].box == box


def test_what_a_page_inherits_comes_along() -> None:
    def lift(document: pikepdf.Pdf) -> None:
        page, above = document.pages[0].obj, document.Root.Pages
        above.Resources, above.MediaBox, above.Rotate = page.Resources, Array([0, 0, 500, 700]), 90
        del page["/Resources"], page["/MediaBox"], page["/Rotate"]

    data = files.changed(files.text_pages(1), lift)
    imported = take("Bids.pdf", data)
    seeing.same(data, files.bound(imported))
    assert imported.fragment is not None
    assert imported.fragment.leaves[0].turned == 90


@pytest.mark.parametrize(
    "operators",
    [
        b"q 2 0 0 2 50 50 cm 1 0 0 rg 0 0 50 50 re f",  # never restored
        b"Q Q 0 0 50 50 re f",  # restored too often
        b"BT /F1 20 Tf 2 0 0 2 90 90 Tm (open) Tj",  # never ended
        b"/P <</MCID 7>> BDC 3 0 0 3 0 0 cm 0 0 20 20 re f",  # marked and never closed
        b"EMC EMC 0 0 50 50 re f",
        b"/Artifact BMC 0 0 9 9 re f EMC /Span <</MCID 0 /A (\\)EMC)>> BDC 9 9 9 9 re f EMC 20 20 9 9 re f",
    ],
)
def test_furniture_lies_right_on_pages_that_leave_things_open(operators: bytes) -> None:
    data = files.content(operators)
    made = files.bound(take("Bids.pdf", data))
    seeing.same(data, made)
    with pikepdf.open(BytesIO(made)) as document:
        page = document.pages[0]
        assert "/" + FURNITURE.decode() in page.Resources.XObject
        depth, marks, drawn = 0, 0, -1
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += (operator == "q") - (operator == "Q")
            marks += (operator in ("BDC", "BMC")) - (operator == "EMC")
            if operator == "Do":
                drawn = depth
                assert marks == 0
        assert (depth, marks, drawn) == (0, 0, 1)


def test_marks_left_over_in_an_untagged_page_are_gone() -> None:
    data = files.content(b"/Artifact BMC BT /F1 9 Tf (a) Tj ET EMC /P <</MCID 3>> BDC BT /F1 9 Tf 9 9 Td (b) Tj ET EMC")
    made = files.bound(take("Bids.pdf", data))
    seeing.same(data, made)
    with pikepdf.open(BytesIO(made)) as document:
        operators = [str(one.operator) for one in pikepdf.parse_content_stream(document.pages[0])]
    assert operators.count("BDC") == 1
    assert "BMC" not in operators


def test_an_old_filter_with_decryption_is_taken_off() -> None:
    def crypt(document: pikepdf.Pdf) -> None:
        stream = document.pages[0].Contents
        stream.write(b"BT /F1 12 Tf 72 700 Td (plain) Tj ET", filter=Array([Name.Crypt]))

    imported = take("Bids.pdf", files.changed(files.content(b" "), crypt))
    assert imported.facts.trouble is None
    assert b"/Crypt" not in files.all_bytes(imported)
