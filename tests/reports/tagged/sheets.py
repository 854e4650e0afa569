"""A small sheet to draw on, without a report around it."""

from __future__ import annotations

from datetime import date

from planstudio.reports import fonts
from planstudio.reports.style import INK
from planstudio.reports.tagged.binder import Binder
from planstudio.reports.tagged.canvas import TaggedCanvas
from planstudio.reports.tagged.metadata import About
from planstudio.reports.tagged.pages import Column, Pages
from planstudio.reports.tagged.paragraph import Paragraph, TextStyle
from planstudio.reports.tagged.tags import Root, Tag

COLUMN = Column(50, 350, 50, 200)  # 300 points of height
STYLE = TextStyle("Serif", 10, 15, INK)


class Sheet(TaggedCanvas):
    """A canvas that becomes a file of its own."""

    def finish(self) -> bytes:
        if self._code:
            self.showPage()
        return Binder().bind([self.fragment()], About("Sheet", made=date(2026, 1, 1)))


def canvas() -> Sheet:
    fonts.register()
    return Sheet(Root("en-US"), pagesize=(300, 400), font="Sans")


def pages(sheet: TaggedCanvas) -> Pages:
    return Pages(sheet, COLUMN)


def paragraph(text: str, tag: Tag | None, style: TextStyle = STYLE) -> Paragraph:
    return Paragraph([(style.look, text)], style, tag)
