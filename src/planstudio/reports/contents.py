"""Contents: the page number first, then the title; no dots, no journey across the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from planstudio.i18n import _
from planstudio.reports.style import S2, S3
from planstudio.reports.writer import Writer
from taggedpdf.box import Box, SideLabel
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.tags import Tag

_PAGE, _TITLE = 22.0, 34.0  # where the page number ends and the title begins


class Entry(NamedTuple):
    """A line of the contents: its group, its title, where it leads."""

    group: str
    title: str
    key: str


class EntryLine(Box):
    """One line: a link over its page number and title. It reads as one link, number last."""

    def __init__(self, writer: Writer, tag: Tag, entry: Entry, page: int | str) -> None:
        spoken = _("{title}, page {page}").format(title=entry.title, page=page)
        self.tag = link = tag.add("TOCI").add("Reference").add("Link", alt=spoken)
        self.key, self.side = entry.key, writer.grid.side
        number, title = writer.styles.contents_page, writer.styles.contents
        # a space between the number and the title, or they are read as one word
        self._number = writer.text(f"{page}\u00a0", number, link)
        self._title = writer.text(entry.title, title, link)
        self._width = 0.0

    def wrap(self, width: float) -> float:
        self._width = width
        self._number.wrap(_PAGE)
        return self._title.wrap(width - self.side - _TITLE)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        height = self.wrap(self._width)
        drop = self._title.style.ascent - self._number.style.ascent
        self._number.draw(canvas, x + self.side, top - drop)
        self._title.draw(canvas, x + self.side + _TITLE, top)
        canvas.add_link(self.tag, f"#{self.key}", (x + self.side, top - height, x + self._width, top))


def contents(writer: Writer, entries: Sequence[Entry], page_of: Mapping[str, int] | Mapping[str, str]) -> None:
    writer.title(_("Contents"))
    if not entries:
        writer.quiet(_("There is nothing in this plan yet."))
    for group, lines in groupby(entries, key=lambda entry: entry.group):
        writer.gap(S3)
        start = len(writer.boxes)
        side = writer.text(group, writer.styles.side, writer.heading_tag(2))
        toc = writer.sect.add("TOC")
        writer.boxes += (EntryLine(writer, toc, entry, page_of[entry.key]) for entry in lines)
        drop = writer.styles.contents.ascent - writer.styles.side.ascent
        writer.boxes[start] = SideLabel(side, writer.boxes[start], writer.grid.span(3), drop)
        writer.gap(S2)
