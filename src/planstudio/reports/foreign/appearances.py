"""Draws what a file leaves to whoever shows it: the fields of a form that bring no look of their own.

PDFium draws them as it does on the screen, from the pages as qpdf has repaired
them, and its looks are put beside the fields in memory. A file whose fields
all have their looks never comes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Name

from planstudio.reports.foreign.source import Source, SourcePage

if TYPE_CHECKING:
    import pypdfium2

_MOST = 5000  # annotations on a page


def draw_fields(source: Source, pages: list[SourcePage], trusting: bool) -> None:
    """Let the fields without a look be drawn; PDFium does so only while it is trusted to survive the file."""
    anew = source.value(source.inside(source.root, b"/AcroForm").get(b"/NeedAppearances")) == b"true"
    if not (anew or _any_bare(source, pages)):
        return
    if not (trusting and _draw(source.pdf, anew)) and anew:
        with suppress(pikepdf.PdfError):  # what cannot be drawn stays as it is
            source.pdf.generate_appearance_streams()
    source.forget()


def _any_bare(source: Source, pages: list[SourcePage]) -> bool:
    for page in pages:
        for said in source.array(page.entries.get(b"/Annots"))[:_MOST]:
            entries = source.dictionary(said)
            if source.name(entries.get(b"/Subtype")) == b"/Widget" and not source.dictionary(entries.get(b"/AP")):
                return True
    return False


def _draw(document: pikepdf.Pdf, anew: bool) -> bool:
    """Take over the looks that PDFium gives; False where it gives none."""
    drawn = _drawn(document)
    if drawn is None:
        return False
    with drawn, suppress(pikepdf.PdfError, ValueError):
        if len(drawn.pages) != len(document.pages):
            return False
        for mine, theirs in zip(document.pages, drawn.pages, strict=True):
            for field, shown in zip(_annotations(mine), _annotations(theirs), strict=False):
                if field.get("/Subtype") == shown.get("/Subtype") == Name.Widget and (anew or "/AP" not in field):
                    _take_over(document, field, shown)
        return True
    return False


def _drawn(document: pikepdf.Pdf) -> pikepdf.Pdf | None:
    """The file as PDFium writes it when it has shown every page."""
    import pypdfium2

    before, after = BytesIO(), BytesIO()
    try:
        document.save(before, static_id=True)
        shown = _with_fields(before.getvalue())
    except (pikepdf.PdfError, pypdfium2.PdfiumError):
        return None
    try:
        for number in range(len(shown)):
            shown[number].close()  # its fields were drawn when it was loaded
        shown.save(after)
        return pikepdf.open(after, suppress_warnings=True)
    except (pikepdf.PdfError, pypdfium2.PdfiumError):
        return None
    finally:
        shown.close()


def _with_fields(data: bytes) -> pypdfium2.PdfDocument:
    """The file, open, with fields that show even where it has forgotten its list of them."""
    import pypdfium2
    from pypdfium2 import raw

    class Shown(pypdfium2.PdfDocument):  # type: ignore[misc]
        def get_formtype(self) -> int:
            return int(super().get_formtype()) or int(raw.FORMTYPE_ACRO_FORM)

    document = Shown(data)
    document.init_forms()
    return document


def _annotations(page: pikepdf.Page) -> Iterator[Dictionary]:
    listed = page.obj.get("/Annots")
    for each in islice(listed if isinstance(listed, pikepdf.Array) else (), _MOST):
        yield each if isinstance(each, Dictionary) else Dictionary()


def _take_over(document: pikepdf.Pdf, field: Dictionary, shown: Dictionary) -> None:
    looks = shown.get("/AP")
    look = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(look, pikepdf.Stream):
        field["/AP"] = Dictionary(N=document.copy_foreign(look))
    elif isinstance(look, Dictionary):
        states = {key: document.copy_foreign(each) for key, each in look.items() if isinstance(each, pikepdf.Stream)}
        field["/AP"] = Dictionary(N=Dictionary(states))
        if "/AS" in shown:
            field["/AS"] = shown["/AS"]
