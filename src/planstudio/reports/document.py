"""Sections onto pages, and pages into a file: what every report is made with.

Cover and contents are laid out last, when every page is known, and bound
first. Heads and feet are stamped when the number of pages is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Unpack

from planstudio import i18n
from planstudio.i18n import _
from planstudio.reports import fonts
from planstudio.reports.contents import Entry
from planstudio.reports.printed import FURNITURE, Printed, Watched, go_on
from planstudio.reports.style import PAPERS, QUIET, S3, S5, Grid
from planstudio.reports.typesetter import Typesetter
from planstudio.reports.writer import Writer
from taggedpdf.binder import Binder, Furniture
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.metadata import Metadata
from taggedpdf.navigation import Bookmark
from taggedpdf.pages import Anchor, Column, Pages
from taggedpdf.paragraph import Paragraph, TextStyle
from taggedpdf.tags import FOOTER, HEADER, Root

_SHARE = 260.0  # the height that a section needs to begin below another
_HEAD, _FOOT = 42.0, 36.0  # baselines of head and foot, from the top and from the bottom edge
_PLAIN = TextStyle("Sans", 8.5, 11, QUIET)
_BOLD = TextStyle("Sans-B", 8.5, 11, QUIET)
_RIGHT = TextStyle("Sans", 8.5, 11, QUIET, flush_right=True)
_SPOTS = (
    (HEADER, _BOLD, 0.48),
    (HEADER, _RIGHT, 0.48),
    (FOOTER, _PLAIN, 0.7),
    (FOOTER, _RIGHT, 0.28),
)  # share of width


@dataclass(frozen=True)
class PaperFormat:
    """The sheets a report is printed on."""

    upright: Grid
    wide: Grid

    @classmethod
    def called(cls, name: str) -> PaperFormat:
        width, height = PAPERS[name]
        return cls(Grid(width, height), Grid(height, width, margin=48, top=66, bottom=60))


class PageLayout:
    """Pages in the making; they become one fragment."""

    def __init__(self, paper: PaperFormat, setter: Typesetter, check: Callable[[], None] = lambda: None) -> None:
        fonts.register()
        self.paper, self.setter, self.check = paper, setter, check
        self.grid = paper.upright
        self.root = Root(i18n.language().replace("_", "-"))
        size = (self.grid.width, self.grid.height)
        self.canvas = TaggedCanvas(self.root, pagesize=size, font="Sans", furniture=FURNITURE)
        self.pages = Pages(self.canvas, _column(self.grid), self._turned)
        self.grids: list[Grid] = []  # of each page
        self.heads: list[str] = []  # of each page: the part that began it
        self._head = self._next_head = ""
        self.entries: list[Entry] = []
        self.index_of: dict[str, int] = {}  # key: its page, from 0
        self.below: set[str] = set()  # the keys that stand below another section's end

    @contextmanager
    def section(
        self, group: str, name: str, key: str, *, share: bool = False, wide: bool = False, listed: bool = True
    ) -> Iterator[Writer]:
        """A writer of a section, which is laid out when it is written.

        A page has one title, so a section begins a page, unless it may *share*
        one, or below the end of a section that began on an earlier page.
        """
        self.check()
        name = self.setter.name(name)
        grid = self.paper.wide if wide else self.paper.upright
        if grid is not self.grid or not ((share or self._is_tail()) and self.pages.room > _SHARE):
            self.pages.turn()
        if grid is not self.grid:
            self.grid = grid
            self.canvas.setPageSize((grid.width, grid.height))
            self.pages.use(_column(grid))
        self._next_head = name
        if self.pages.fresh:
            self._head = name
        writer = Writer(self.grid, self.setter, self.root.document.add("Sect"))
        if not self.pages.fresh:
            writer.gap(S5)
        if listed:
            if not self.entries or self.entries[-1].group != group:
                writer.boxes.append(Anchor(f"group {group}", S3))
            self.entries.append(Entry(group, name, key))
        writer.boxes.append(Anchor(key, S3, self._reached))
        yield writer
        self.pages.flow(writer.boxes)

    def end(self) -> int:
        """End the last page; how many pages there are."""
        self.pages.turn()
        return self.pages.ended

    def _is_tail(self) -> bool:
        """Whether the page holds only what is left of a section that began before it."""
        return bool(self.entries) and self.index_of[self.entries[-1].key] < self.canvas.shown

    def _reached(self, key: str) -> None:
        self.index_of[key] = self.canvas.shown
        if not self.pages.fresh:
            self.below.add(key)

    def _turned(self) -> None:
        self.check()
        self.heads.append(self._head)
        self._head = self._next_head
        self.grids.append(self.grid)


class ReportDocument:
    """A report in the making: sections first, then what needs the page numbers, then heads and feet."""

    def __init__(
        self, title: str, district: str, today: date, *, subject: str = "", foot: str = "", paper: str = "letter",
        steps: int = 1, **watched: Unpack[Watched],
    ) -> None:  # fmt: skip
        fonts.register()
        self.progress, self.cancelled = watched.get("progress"), watched.get("cancelled")
        self.setter = Typesetter()
        self.title = fonts.one_line(title)
        self.district = fonts.one_line(district) or _("School district")
        self.today, self.subject, self.foot = today, subject or self.title, foot or self.title
        self.paper = PaperFormat.called(paper)
        self.layout = PageLayout(self.paper, self.setter, self.check)
        self._steps, self._step = steps, 0

    @contextmanager
    def section(self, group: str, name: str, key: str, *, share: bool = False, wide: bool = False) -> Iterator[Writer]:
        """A writer of a section, which is laid out when it is written."""
        self.report_progress(self.setter.name(name))
        with self.layout.section(group, name, key, share=share, wide=wide) as writer:
            yield writer

    def check(self) -> None:
        go_on(self.cancelled)

    def report_progress(self, what: str) -> None:
        """Say how far the report is."""
        self.check()
        if self.progress:
            self.progress(self._step / self._steps, what)
        self._step = min(self._step + 1, self._steps)

    def finish(
        self,
        front: Callable[[PageLayout, dict[str, int], int], int] | None = None,
        outline: Sequence[Bookmark] = (),
        front_head: str = "",
    ) -> Printed:
        """The file. *front* writes the pages that come first, given the page of each key and how many pages
        there are; it answers how many of its pages have no head and foot.
        """
        total, before, bare, layouts = self.layout.end(), 0, 0, [self.layout]
        index_of = self.layout.index_of
        if front:
            self.report_progress(_("Cover and contents"))
            trial = PageLayout(self.paper, Typesetter())
            front(trial, dict.fromkeys(index_of, total), total)
            before = trial.end()
        pages = {key: index + before + 1 for key, index in index_of.items()}
        total += before
        if front:
            layouts.insert(0, PageLayout(self.paper, self.setter, self.check))
            bare = front(layouts[0], pages, total)
            layouts[0].end()
        grids = [grid for layout in layouts for grid in layout.grids]
        furniture = list(self._furniture(grids, [front_head] * before + self.layout.heads, bare))
        about = metadata(f"{self.district}: {self.title}", self.district, self.subject, self.today)
        fragments = [layout.canvas.fragment() for layout in layouts]
        data = Binder().bind(fragments, about, outline=outline, furniture=furniture, check=self.check)
        if self.progress:
            self.progress(1.0, "")
        return Printed(data, total, dict(self.setter.coverage.missing), pages)

    def _furniture(self, grids: Sequence[Grid], heads: Sequence[str], bare: int) -> Iterator[Furniture]:
        """Head and foot of each page but the first *bare* ones, drawn on a canvas that makes no pages."""
        canvas, setter = TaggedCanvas(Root("en"), pagesize=(612, 792), font="Sans"), Typesetter()
        district, foot = setter.name(self.district, 70), setter.name(self.foot, 110)
        for n, (grid, head) in enumerate(zip(grids, heads, strict=True), 1):
            if n > bare:
                place = _("Page {page} of {total}").format(page=n, total=len(grids))
                stamp(canvas, setter, grid, (district, head, foot, place))
            yield Furniture(*canvas.sketch())


def stamp(canvas: TaggedCanvas, setter: Typesetter, grid: Grid, words: tuple[str, str, str, str]) -> None:
    """Draw the district and the part above, the title and the place below: which page of how many."""
    for said, (scope, look, share) in zip(words, _SPOTS, strict=True):
        if runs := setter.fitted(said, look, grid.text * share):
            line = Paragraph(runs, look)
            line.wrap(grid.text)
            baseline = grid.height - _HEAD if scope is HEADER else _FOOT
            with canvas.scope(scope):
                line.draw(canvas, grid.margin, baseline + look.ascent)


def metadata(title: str, author: str, subject: str, made: date, *, ua: bool = True, archival: bool = True) -> Metadata:
    """What a file says of itself, in the language spoken now."""
    name = Typesetter().name
    return Metadata(
        name(title, 200), name(author, 200), name(subject, 200), i18n.language().replace("_", "-"), made, ua, archival,
        creator="Plan Studio", producer="Plan Studio with ReportLab",
    )  # fmt: skip


def _column(grid: Grid) -> Column:
    return Column(grid.margin, grid.height - grid.top, grid.bottom, grid.text)
