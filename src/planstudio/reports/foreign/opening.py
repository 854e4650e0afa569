"""Opens a foreign PDF: qpdf, behind pikepdf, reads and repairs it under limits; what cannot be read is Refused."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice

import pikepdf
from pikepdf import Array, Dictionary, Name, settings

from planstudio.domain.intake import Trouble

LARGEST = 64_000_000  # bytes of one stream, inflated
LIMIT_TOLD = "memory limit exceeded"
_DEFLATED = re.compile(rb"stream\r?\n\x78")
_MOST_TRIED = 500  # streams
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_MOST_NODES = 100_000  # nodes and pages
_ODD_TREE_TOLD = "/Pages structure"  # it runs in circles, or too deep
_UNSEEN = b"/Encrypx"  # as long as the key it stands for, so that all stays where it is


class Refused(Exception):
    """The file cannot be included."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def bound_decoding() -> None:
    """Let qpdf inflate nothing beyond LARGEST, in this process."""
    settings.set_qpdf_limits(
        flate_max_memory=LARGEST, run_length_max_memory=LARGEST, png_max_memory=LARGEST, tiff_max_memory=LARGEST,
        max_stream_filters=5, doc_max_warnings=0,
    )  # fmt: skip


def open_pdf(data: bytes) -> tuple[pikepdf.Pdf, bool]:
    """The open file, and whether its page tree was put right; Refused where it cannot be read."""
    try:
        return _open(data)
    except pikepdf.PasswordError:
        raise Refused(Trouble.PASSWORD) from None
    except pikepdf.PdfError as error:
        raise Refused(Trouble.TOO_LARGE if _swells(data) else Trouble.DAMAGED) from error


def _open(data: bytes) -> tuple[pikepdf.Pdf, bool]:
    try:
        return pikepdf.open(BytesIO(data), suppress_warnings=True), False
    except pikepdf.PasswordError:
        document = _with_locked_files(data)
        if document is None:
            raise
        return document, False
    except pikepdf.PdfError as error:
        if _ODD_TREE_TOLD not in str(error):
            raise
        document = pikepdf.open(BytesIO(data), suppress_warnings=True, inherit_page_attributes=False)
        if not _straighten(document):
            raise
        return document, True


def _with_locked_files(data: bytes) -> pikepdf.Pdf | None:
    """The file, where the password is only for the files enclosed in it, which do not come along; else None."""
    if b"/EFF" not in data or b"/Encrypt" not in data:
        return None
    try:
        document = pikepdf.open(BytesIO(data.replace(b"/Encrypt", _UNSEEN)), suppress_warnings=True)
    except pikepdf.PdfError:
        return None
    said = document.trailer.get(_UNSEEN.decode())
    filters = ("/StmF", "/StrF")
    if isinstance(said, pikepdf.Dictionary) and all(said.get(key, Name.Identity) == Name.Identity for key in filters):
        return document
    document.close()
    return None


def _swells(data: bytes) -> bool:
    """Whether a stream inflates beyond LARGEST: qpdf does not say so where it looks for objects in it."""
    budget = 4 * LARGEST
    for found in islice(_DEFLATED.finditer(data), _MOST_TRIED):
        inflater = zlib.decompressobj()
        with suppress(zlib.error):
            size = len(inflater.decompress(data[found.end() - 1 :], LARGEST + 1))
            budget -= size
            if size > LARGEST or budget < 0:
                return True
    return False


def trouble_in(said: str) -> Trouble:
    return Trouble.TOO_LARGE if LIMIT_TOLD in said else Trouble.DAMAGED


def _straighten(document: pikepdf.Pdf) -> bool:
    """Hang every page of *document* once under one node, with what it inherits; False where there is none."""
    pages = []
    for page, inherited in _pages(document):
        for key, value in inherited.items():
            if key not in page:
                page[key] = value
        pages.append(page)
    if not pages:
        return False
    top = document.make_indirect(Dictionary(Type=Name.Pages, Count=len(pages), Kids=Array(pages)))
    for page in pages:
        page.Parent = top
    document.Root.Pages = top
    return True


def _pages(document: pikepdf.Pdf) -> Iterator[tuple[Dictionary, dict[str, pikepdf.Object]]]:
    """The pages in their order; each node and page where it is met first."""
    stack: list[tuple[pikepdf.Object | None, dict[str, pikepdf.Object]]] = [(document.Root.get("/Pages"), {})]
    seen: set[tuple[int, int]] = set()
    while stack and len(seen) < _MOST_NODES:
        node, above = stack.pop()
        if not isinstance(node, Dictionary) or not node.is_indirect or node.objgen in seen:
            continue
        seen.add(node.objgen)
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            inherited = above | {key: node[key] for key in _INHERITED if key in node}
            stack += [(kid, inherited) for kid in reversed(list(kids))]
        elif node.get("/Type", Name.Page) == Name.Page:
            yield node, above
