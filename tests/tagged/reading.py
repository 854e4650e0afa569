"""Reads a PDF back, apart from the code that wrote it: what its tree tells, and what is drawn where.

elements(pdf)   the structure tree in reading order, each element with its own text
told(pdf)       all that a screen reader says
strays(pdf)     text that is neither tagged nor an artifact
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import page as validator
import pikepdf
import pypdfium2

FALSE_ALARMS = {"PDFA2A-STREAM-LENGTH-001"}  # data that end in CR
UA1, A2A = validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_2A
_INLINE = {"", "Link"}
_ROW = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>")


def failures(pdf: bytes, profile: Any) -> set[str]:
    """The rules that page-validation says are broken."""
    report = validator.validate_pdf_bytes(pdf, profile=profile)
    return {failure.rule_id for failure in report.failures} - FALSE_ALARMS


def squeezed(text: str) -> str:
    """*text* with single spaces: where lines break is no matter."""
    return " ".join(text.split())


def extracted(pdf: bytes) -> str:
    """All text as a viewer copies it, page after page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return squeezed(" ".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


@dataclass
class Element:
    """A structure element: its role, its attributes, its own text, and those below it."""

    role: str
    alt: str
    text: str
    kids: list[Element]
    source: Any

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def whole(self) -> str:
        """Its text and that of all below it."""
        return _joined(self.walk())


def elements(pdf: bytes) -> list[Element]:
    """Every element of the tree, in reading order."""
    with pikepdf.open(BytesIO(pdf)) as document:
        marked = {page.objgen: _marked(page)[0] for page in document.pages}
        return list(_element(document.Root.StructTreeRoot.K, marked).walk())


def told(pdf: bytes) -> str:
    """The text of the tree, in reading order."""
    return _joined(elements(pdf))


def _joined(parts: Iterable[Element]) -> str:
    """Blocks apart, but a link's words where they stand in their line."""
    return squeezed("".join(part.text if part.role in _INLINE else f" {part.text}" for part in parts))


def strays(pdf: bytes) -> str:
    """Text outside every tag and artifact; there must be none."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return "".join(_marked(page)[1] for page in document.pages)


def _element(source: Any, marked: dict[Any, dict[int, str]]) -> Element:
    role, alt = str(source.S)[1:], str(source.get("/Alt", ""))
    texts, kids = [], []
    home = source.get("/Pg")
    below = source.get("/K", pikepdf.Array())
    for kid in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(kid, int):
            texts.append(marked[home.objgen].get(kid, ""))
        elif kid.get("/S") is not None:
            texts.append("")
            kids.append(_element(kid, marked))
        elif kid.get("/MCID") is not None:
            texts.append(marked[kid.get("/Pg", home).objgen].get(int(kid.MCID), ""))
    return _in_order(role, alt, source, texts, kids)


def _in_order(role: str, alt: str, source: Any, texts: list[str], kids: list[Element]) -> Element:
    """Text after a kid becomes a nameless kid itself, so that walking keeps the order."""
    own, rest, queue = [], list[Element](), list(kids)
    for text in texts:
        if text == "" and queue:
            rest.append(queue.pop(0))
        elif rest:
            rest.append(Element("", "", text, [], source))
        else:
            own.append(text)
    return Element(role, alt, "".join(own), rest + queue, source)


def _marked(page: pikepdf.Page) -> tuple[dict[int, str], str]:
    """The text of each marked content of a page, and the text that is in none."""
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    texts: dict[int, str] = {}
    stray, stack, letters = "", list[int | None](), dict[int, str]()
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("BDC", "BMC"):
            known = len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary)
            mcid = operands[1].get("/MCID") if known else None
            stack.append(None if mcid is None else int(mcid))
        elif operator == "EMC":
            stack.pop()
        elif operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator == "Tj":
            shown = "".join(letters.get(byte, "\ufffd") for byte in bytes(operands[0]))
            number = next((n for n in reversed(stack) if n is not None), None)
            if number is not None:
                texts[number] = texts.get(number, "") + shown
            elif not stack:
                stray += shown
    return texts, stray


def _letters(font: Any) -> dict[int, str]:
    rows = _ROW.findall(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else []
    return {int(byte, 16): bytes.fromhex(code.decode()).decode("utf-16-be") for byte, code in rows}
