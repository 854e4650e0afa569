"""A small sheet to draw on, without a report around it."""

from __future__ import annotations

from datetime import date

from planstudio.reports import fonts
from planstudio.reports.style import INK
from planstudio.reports.tagged.canvas import TaggedCanvas
from planstudio.reports.tagged.pages import Column, Pages
from planstudio.reports.tagged.paragraph import Paragraph, TextStyle
from planstudio.reports.tagged.tags import Root, Tag

COLUMN = Column(50, 350, 50, 200)  # 300 points of height
STYLE = TextStyle("Serif", 10, 15, INK)


def canvas() -> TaggedCanvas:
    fonts.register()
    return TaggedCanvas(Root("en-US"), pagesize=(300, 400), font="Sans", title="Sheet", made=date(2026, 1, 1))


def pages(sheet: TaggedCanvas) -> Pages:
    return Pages(sheet, COLUMN)


def paragraph(text: str, tag: Tag | None, style: TextStyle = STYLE) -> Paragraph:
    return Paragraph([(style.look, text)], style, tag)
