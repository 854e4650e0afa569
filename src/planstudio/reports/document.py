"""Sections onto pages, and pages into a file: what every report is made with.

    PageLayout        sections laid out one after another; they become one fragment
    ReportDocument    a report in the making: its layout, what is laid out last, heads and feet, the file

Cover and contents are laid out last, when every page is known, and bound
first. Heads and feet are stamped when the number of pages is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from planstudio import i18n
from planstudio.i18n import _
from planstudio.reports import fonts
from planstudio.reports.contents import Entry
from planstudio.reports.printed import FURNITURE, Cancelled, Printed
from planstudio.reports.running import Running, Stamp
from planstudio.reports.style import PAPERS, S3, S5, Grid
from planstudio.reports.typesetter import Typesetter
from planstudio.reports.writer import Writer
from taggedpdf.binder import Binder, Furniture
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.fragment import Fragment
from taggedpdf.metadata import Metadata
from taggedpdf.navigation import Bookmark
from taggedpdf.pages import Anchor, Column, Pages
from taggedpdf.tags import Root

_SHARE = 260.0  # the height that a section needs to begin below another


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
        self.canvas = TaggedCanvas(
            self.root, pagesize=(self.grid.width, self.grid.height), font="Sans", furniture=FURNITURE
        )  # fmt: skip
        self.running = Running()
        self.pages = Pages(self.canvas, _column(self.grid), self._turned)
        self.grids: list[Grid] = []  # of each page
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
            self._use(grid)
        self.running.enter(name, fresh=self.pages.fresh)
        writer = Writer(self.grid, self.setter, self.root.document.add("Sect"))
        if not self.pages.fresh:
            writer.gap(S5)
        if listed:
            if not self.entries or self.entries[-1].group != group:
                writer.anchor(Anchor(f"group {group}", S3))
            self.entries.append(Entry(group, name, key))
        writer.anchor(Anchor(key, S3, self._reached))
        yield writer
        self.pages.flow(writer.take())

    def end(self) -> int:
        """End the last page; how many pages there are."""
        self.pages.turn()
        return self.pages.ended

    def fragment(self) -> Fragment:
        return self.canvas.fragment()

    def _use(self, grid: Grid) -> None:
        if grid is not self.grid:
            self.grid = grid
            self.canvas.setPageSize((grid.width, grid.height))
            self.pages.use(_column(grid))

    def _is_tail(self) -> bool:
        """Whether the page holds only what is left of a section that began before it."""
        return bool(self.entries) and self.index_of[self.entries[-1].key] < self.canvas.shown

    def _reached(self, key: str) -> None:
        self.index_of[key] = self.canvas.shown
        if not self.pages.fresh:
            self.below.add(key)

    def _turned(self) -> None:
        self.check()
        self.running.turned()
        self.grids.append(self.grid)


class ReportDocument:
    """A report in the making: sections first, then what needs the page numbers, then heads and feet."""

    def __init__(
        self,
        title: str,
        district: str,
        today: date,
        *,
        subject: str = "",
        foot: str = "",
        paper: str = "letter",
        progress: Callable[[float, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        steps: int = 1,
    ) -> None:
        fonts.register()
        self.progress, self.cancelled = progress, cancelled
        self.setter = Typesetter()
        self.title = fonts.one_line(title)
        self.district = fonts.one_line(district) or _("School district")
        self.today, self.subject, self.foot = today, subject or self.title, foot or self.title
        self.paper = PaperFormat.called(paper)
        self.grid = self.paper.upright
        self.layout = PageLayout(self.paper, self.setter, self.check)
        self._steps, self._step = steps, 0

    @contextmanager
    def section(self, group: str, name: str, key: str, *, share: bool = False, wide: bool = False) -> Iterator[Writer]:
        """A writer of a section, which is laid out when it is written."""
        self.report_progress(self.setter.name(name))
        with self.layout.section(group, name, key, share=share, wide=wide) as writer:
            yield writer

    def check(self) -> None:
        if self.cancelled and self.cancelled():
            raise Cancelled

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
        count = self.layout.end()
        index_of = self.layout.index_of
        bare, fragments, heads, grids = 0, [], [], []
        before = 0
        if front:
            self.report_progress(_("Cover and contents"))
            trial = PageLayout(self.paper, Typesetter())
            front(trial, dict.fromkeys(index_of, count), count)
            before = trial.end()
            layout = PageLayout(self.paper, self.setter, self.check)
            bare = front(layout, {key: index + before + 1 for key, index in index_of.items()}, before + count)
            layout.end()
            fragments.append(layout.fragment())
            heads += [front_head] * before
            grids += layout.grids
        fragments.append(self.layout.fragment())
        heads += self.layout.running.heads
        grids += self.layout.grids
        total = before + count
        stamps = _Stamps(self.setter.name(self.district, 70), self.setter.name(self.foot, 110))
        furniture = [
            stamps.page(grid, head, n, total) if n > bare else Furniture()
            for n, (grid, head) in enumerate(zip(grids, heads, strict=True), 1)
        ]
        about = metadata(f"{self.district}: {self.title}", self.district, self.subject, self.today)
        data = Binder().bind(fragments, about, outline=outline, furniture=furniture, check=self.check)
        if self.progress:
            self.progress(1.0, "")
        pages = {key: index + before + 1 for key, index in index_of.items()}
        return Printed(data, total, self.setter.coverage.report(), pages)


def metadata(title: str, author: str, subject: str, made: date, *, ua: bool = True, archival: bool = True) -> Metadata:
    """What a file says of itself, in the language spoken now."""
    name = Typesetter().name
    return Metadata(
        name(title, 200), name(author, 200), name(subject, 200), i18n.language().replace("_", "-"), made, ua, archival,
        creator="Plan Studio", producer="Plan Studio with ReportLab",
    )  # fmt: skip


class _Stamps:
    """Heads and feet, page after page, on a canvas that makes no pages."""

    def __init__(self, district: str, foot: str) -> None:
        self._canvas = TaggedCanvas(Root("en"), pagesize=(612, 792), font="Sans")
        self._setter = Typesetter()
        self._district, self._foot = district, foot
        self._stamp: dict[int, Stamp] = {}

    def page(self, grid: Grid, head: str, page: int, total: int) -> Furniture:
        stamp = self._stamp.setdefault(id(grid), Stamp(grid, self._setter, self._district, self._foot))
        stamp.draw(self._canvas, head, _("Page {page} of {total}").format(page=page, total=total))
        return Furniture(*self._canvas.sketch())


def _column(grid: Grid) -> Column:
    return Column(grid.margin, grid.height - grid.top, grid.bottom, grid.text)
