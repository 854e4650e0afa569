"""Single faults put into a good file, to see whether the validators would notice.

Each function breaks one thing that an accessible PDF must have. CAUGHT names
the mutants that page-validation must refuse, and by which profile; UNSEEN are
those that no machine here sees, which is why the text of the tree, contrast
and alternative texts have tests of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_NO_READER = pikepdf.Permissions(accessibility=False, extract=False)
BODY = 5  # a page with paragraphs, a table and a figure: the first goal's

_Breaker = Callable[[pikepdf.Pdf], None]
MUTANTS: dict[str, _Breaker] = {}
CAUGHT: dict[str, str] = {}
UNSEEN: list[str] = []


def caught(profile: str) -> Callable[[_Breaker], _Breaker]:
    """This fault must be found, by the profile called ua1 or 2a."""

    def note(breaker: _Breaker) -> _Breaker:
        MUTANTS[breaker.__name__] = breaker
        CAUGHT[breaker.__name__] = profile
        return breaker

    return note


def unseen(breaker: _Breaker) -> _Breaker:
    """This fault passes the machine."""
    MUTANTS[breaker.__name__] = breaker
    UNSEEN.append(breaker.__name__)
    return breaker


def mutant(pdf: bytes, name: str) -> bytes:
    """*pdf* with one fault in it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        MUTANTS[name](document)
        locked = pikepdf.Encryption(owner="x", user="", R=4, allow=_NO_READER)
        document.save(out, encryption=locked if name == "locked_against_readers" else False)
    return out.getvalue()


def unchanged(pdf: bytes) -> bytes:
    """*pdf* read and written like a mutant, without a fault: the control."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out)
    return out.getvalue()


def _walk(element: Any) -> Iterator[Any]:
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and kid.get("/S") is not None:
            yield from _walk(kid)


def _all(document: pikepdf.Pdf, role: str) -> list[Any]:
    return _all_below(document.Root.StructTreeRoot.K, role)


def _all_below(element: Any, role: str) -> list[Any]:
    return [e for e in _walk(element) if Name(f"/{role}") == e.S]


def _edit_code(document: pikepdf.Pdf, pattern: bytes, new: bytes, count: int = 1) -> None:
    page = document.pages[BODY]
    code = page.Contents.read_bytes()
    changed = re.sub(pattern, new, code, count=count, flags=re.DOTALL)
    assert changed != code, "the fault found nothing to break"
    page.Contents = document.make_stream(changed)


def _edit_xmp(document: pikepdf.Pdf, pattern: bytes) -> None:
    data = document.Root.Metadata.read_bytes()
    changed = re.sub(pattern, b"", data, flags=re.DOTALL)
    assert changed != data, "the fault found nothing to break"
    document.Root.Metadata.write(changed)


def _links(document: pikepdf.Pdf) -> list[Any]:
    return [note for page in document.pages for note in page.get("/Annots", [])]


def _fonts(document: pikepdf.Pdf) -> list[Any]:
    return [font for _name, font in document.pages[BODY].Resources.Font.items()]


_P = rb"/P <</MCID \d+>> BDC"

# ── the document


@caught("ua1")
def no_tree(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot


@caught("ua1")
def not_marked(document: pikepdf.Pdf) -> None:
    document.Root.MarkInfo.Marked = False


@caught("ua1")
def suspects(document: pikepdf.Pdf) -> None:
    document.Root.MarkInfo.Suspects = True


@caught("ua1")
def no_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang
    del document.Root.StructTreeRoot.K["/Lang"]


@caught("ua1")
def no_such_language(document: pikepdf.Pdf) -> None:
    document.Root.Lang = String("english!")
    document.Root.StructTreeRoot.K["/Lang"] = String("english!")


@caught("ua1")
def title_not_displayed(document: pikepdf.Pdf) -> None:
    del document.Root.ViewerPreferences["/DisplayDocTitle"]


@caught("ua1")
def no_claim(document: pikepdf.Pdf) -> None:
    _edit_xmp(document, rb"<pdfuaid:part>1</pdfuaid:part>")


@caught("ua1")
def no_title(document: pikepdf.Pdf) -> None:
    _edit_xmp(document, rb"<dc:title>.*?</dc:title>")


@caught("2a")
def no_color_space(document: pikepdf.Pdf) -> None:
    del document.Root["/OutputIntents"]


@caught("2a")
def script_at_opening(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@caught("2a")
def locked_against_readers(document: pikepdf.Pdf) -> None:
    """The fault is in how it is saved."""


# ── the tree


@caught("ua1")
def figure_without_words(document: pikepdf.Pdf) -> None:
    del _all(document, "Figure")[0]["/Alt"]


@caught("ua1")
def unknown_role(document: pikepdf.Pdf) -> None:
    _all(document, "P")[3].S = Name.Foo


@caught("ua1")
def heading_skipped(document: pikepdf.Pdf) -> None:
    for heading in _all(document, "H2"):
        heading.S = Name.H4


@caught("ua1")
def first_heading_missing(document: pikepdf.Pdf) -> None:
    for heading in _all(document, "H1"):
        heading.S = Name.H2


@caught("ua1")
def heads_without_scope(document: pikepdf.Pdf) -> None:
    for head in _all(document, "TH"):
        head.A = Dictionary(O=Name.Table)


@caught("ua1")
def row_too_short(document: pikepdf.Pdf) -> None:
    row = _all(document, "TR")[3]
    row.K = Array(list(row.K)[:-1])


@caught("ua1")
def cell_outside_its_row(document: pikepdf.Pdf) -> None:
    table = next(table for table in _all(document, "Table") if len(_all_below(table, "TR")) > 2)
    row = _all_below(table, "TR")[2]
    cell = row.K[-1]
    row.K = Array(list(row.K)[:-1])
    table.K.append(cell)
    cell.P = table


@caught("ua1")
def item_outside_its_list(document: pikepdf.Pdf) -> None:
    _all(document, "L")[0].S = Name.Div


@caught("ua1")
def contents_line_as_text(document: pikepdf.Pdf) -> None:
    _all(document, "TOCI")[0].S = Name.P


# ── content


@caught("ua1")
def text_untagged(document: pikepdf.Pdf) -> None:
    _edit_code(document, _P + rb"(.*?)EMC", rb"\1")


@caught("ua1")
def tag_within_an_artifact(document: pikepdf.Pdf) -> None:
    _edit_code(document, rb"(" + _P + rb".*?EMC)", rb"/Artifact BMC \1 EMC")


@caught("ua1")
def missing_glyph(document: pikepdf.Pdf) -> None:
    _edit_code(document, rb"\((\w)", rb"(\\000\1")


# ── links


@caught("ua1")
def link_without_words(document: pikepdf.Pdf) -> None:
    del _links(document)[0]["/Contents"]


@caught("ua1")
def tab_order_missing(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        if "/Annots" in page:
            del page["/Tabs"]


@caught("ua1")
def link_untagged(document: pikepdf.Pdf) -> None:
    del _links(document)[0]["/StructParent"]


@caught("ua1")
def link_as_span(document: pikepdf.Pdf) -> None:
    _all(document, "Link")[0].S = Name.Span


# ── fonts


@caught("ua1")
def font_not_embedded(document: pikepdf.Pdf) -> None:
    for font in _fonts(document):
        if "/FontFile2" in font.get("/FontDescriptor", {}):
            del font.FontDescriptor["/FontFile2"]


@caught("ua1")
def no_way_back_to_unicode(document: pikepdf.Pdf) -> None:
    for font in _fonts(document):
        if "/ToUnicode" in font:
            del font["/ToUnicode"]


@caught("ua1")
def a_letter_means_nothing(document: pikepdf.Pdf) -> None:
    for font in _fonts(document):
        if "/ToUnicode" in font:
            font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0041>", b"<0000>"))


@caught("ua1")
def false_widths(document: pikepdf.Pdf) -> None:
    for font in _fonts(document):
        if "/Widths" in font:
            font.Widths = Array([900] * len(font.Widths))


# ── what no machine here sees


@unseen
def read_backwards(document: pikepdf.Pdf) -> None:
    root = document.Root.StructTreeRoot.K
    root.K = Array(list(root.K)[::-1])


@unseen
def words_are_a_file_name(document: pikepdf.Pdf) -> None:
    _all(document, "Figure")[0]["/Alt"] = String("image1.png")


@unseen
def pale_ink(document: pikepdf.Pdf) -> None:
    _edit_code(document, rb"[\d.]+ [\d.]+ [\d.]+ rg", b".9 .9 .9 rg", count=0)


@unseen
def empty_paragraph(document: pikepdf.Pdf) -> None:
    del _all(document, "P")[3]["/K"]


@unseen
def text_as_artifact(document: pikepdf.Pdf) -> None:
    _edit_code(document, _P, b"/Artifact BMC", count=0)


@unseen
def heads_as_cells(document: pikepdf.Pdf) -> None:
    for head in _all(document, "TH"):
        head.S = Name.TD
        if "/A" in head and "/Scope" in head.A:
            del head.A["/Scope"]


@unseen
def one_mark_in_two_elements(document: pikepdf.Pdf) -> None:
    first, second = _all(document, "P")[3:5]
    second.K, second.Pg = first.K, first.Pg


@caught("ua1")
def no_way_back_to_the_tree(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot.ParentTree = Dictionary(Nums=Array())


@unseen
def pages_without_keys(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        if "/StructParents" in page:
            del page["/StructParents"]
