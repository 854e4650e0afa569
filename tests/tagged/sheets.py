"""A small sheet to draw on, in the faces that ReportLab brings: nothing here is Plan Studio's."""

from __future__ import annotations

from datetime import date

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics

from taggedpdf import Binder, Column, Font, Metadata, Pages, Paragraph, Root, TableStyle, Tag, TaggedCanvas, TextStyle

COLUMN = Column(50, 350, 50, 200)  # 300 points of height
INK = HexColor("#1c1b1a")
FONTS = {"Vera": Font("Vera", "Vera.ttf"), "Vera-B": Font("Vera-B", "VeraBd.ttf")}
STYLE = TextStyle("Vera", 10, 15, INK)
TABLE = TableStyle(hair=0.4, thin=0.75, rule=INK, ink=INK)
for font in FONTS.values():
    pdfmetrics.registerFont(font)


class Sheet(TaggedCanvas):
    """A canvas that becomes a file of its own."""

    def finish(self) -> bytes:
        if self._code:
            self.showPage()
        return Binder().bind([self.fragment()], Metadata("Sheet", made=date(2026, 1, 1)))


def canvas() -> Sheet:
    return Sheet(Root("en-US"), pagesize=(300, 400), font="Vera")


def pages(sheet: TaggedCanvas) -> Pages:
    return Pages(sheet, COLUMN)


def paragraph(text: str, tag: Tag | None, style: TextStyle = STYLE) -> Paragraph:
    return Paragraph([(style.run_style, text)], style, tag)
