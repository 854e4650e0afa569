"""Lays out the plan book and the board packet.

One pass: the body first, then cover and contents, which are laid out last,
when every page is known, and moved to the front. Heads and feet are stamped
when the number of pages is known.

    cover · contents │ statements · goals · scorecard │ attached · index · policies
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import groupby

from planstudio import i18n
from planstudio.domain.cards import GoalCard, PlanBook, PolicyCard, StatementCard
from planstudio.i18n import _, long_date
from planstudio.reports import fonts, goals, measures, policies, statements
from planstudio.reports.contents import Entry, contents
from planstudio.reports.cover import cover
from planstudio.reports.packet_map import Part
from planstudio.reports.printed import Cancelled, Printed
from planstudio.reports.running import Running, Stamp
from planstudio.reports.story import Story
from planstudio.reports.style import PAPERS, S3, S5, Grid
from planstudio.reports.tagged.canvas import TaggedCanvas
from planstudio.reports.tagged.pages import Anchor, Column, Pages
from planstudio.reports.tagged.tags import Root, Tag
from planstudio.reports.typesetter import Typesetter

_SHARE = 260.0  # the height that a section needs to begin below another
_COVER, _CONTENTS = "cover", "contents"


@contextmanager
def steady_memory() -> Iterator[None]:
    """No hunt for cycles while tens of thousands of tags are made: they all live to the end."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Press:
    """One report in the making."""

    def __init__(
        self,
        book: PlanBook,
        *,
        title: str = "",
        paper: str = "letter",
        progress: Callable[[float, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        fonts.register()
        self.book, self.progress, self.cancelled = goals.labelled(book), progress, cancelled
        self.setter = Typesetter()
        self.title = fonts.one_line(title or book.plan.title) or _("Strategic plan")
        self.district = fonts.one_line(book.organization.name) or _("School district")
        self.grid = Grid(*PAPERS[paper])
        self.root = Root(i18n.language().replace("_", "-"))
        self.canvas = TaggedCanvas(
            self.root, pagesize=(self.grid.width, self.grid.height), font="Sans",
            title=self.setter.name(f"{self.district}: {self.title}", 200), author=self.setter.name(self.district, 200),
            subject=self.setter.name(book.plan.title or self.title, 200), made=book.today,
        )  # fmt: skip
        grid = self.grid
        self.column = Column(grid.margin, grid.height - grid.top, grid.bottom, grid.text)
        self.running = Running()
        self.pages = Pages(self.canvas, self.column, self._turned)
        self.cover_sect, self.contents_sect = self.root.document.add("Sect"), self.root.document.add("Sect")
        self.entries: list[Entry] = []
        self.index_of: dict[str, int] = {}  # key: its page in the body, from 0
        self.below: set[str] = set()  # the keys that stand below another section's end
        self.printed: set[str] = set()  # the policies whose text is in the file
        self._steps, self._step = 1, 0

    # ── the reports

    def plan(self) -> Printed:
        """The plan book."""
        with steady_memory():
            self._steps = len(self.book.statements) + len(self.book.goals) + 2
            self._plan()
            return self._finish()

    def packet(self, ids: Collection[str] | None) -> Printed:
        """The plan book, the policies it rests on, and the text of those chosen."""
        chosen = policies.chosen(self.book, None if ids is None else set(ids))
        self.printed = {policy.id for policy in chosen}
        with steady_memory():
            self._steps = len(self.book.statements) + len(self.book.goals) + len(chosen) + 4
            self._plan()
            self._manual(chosen)
            return self._finish()

    def _plan(self) -> None:
        self._statements(_("What we stand for"))
        self._goals(_("Goals"))
        with self._section(_("Measures"), _("Scorecard"), "scorecard") as story:
            measures.scorecard(story, self.book)

    def _statements(self, group: str) -> None:
        if not self.book.statements:
            with self._section(group, _("Mission, vision and values"), "no-statements") as story:
                story.title(_("Mission, vision and values"))
                story.quiet(_("This plan has no statements yet."))
        before: StatementCard | None = None
        for card in self.book.statements:
            share = before is not None and statements.is_short(before) and statements.is_short(card)
            with self._section(group, statements.name(card), card.id, share=share) as story:
                statements.statement(story, card)
            before = card

    def _goals(self, group: str) -> None:
        if not self.book.goals:
            with self._section(group, _("Goals"), "no-goals") as story:
                story.title(_("Goals"))
                story.quiet(_("This plan has no goals yet."))
        for card in self.book.goals:
            with self._section(group, self._goal_name(card), card.id) as story:
                goals.goal(story, card, self.book, self.printed)

    @staticmethod
    def _goal_name(card: GoalCard) -> str:
        label, title = goals.name(card), goals.heading(card)
        return title if title == label else f"{label}: {title}"

    def _manual(self, chosen: list[PolicyCard]) -> None:
        group = _("Policies")
        with self._section(group, _("Policies of this plan"), "attached") as story:
            policies.attached(story, self.book, self.printed)
        with self._section(group, _("Policy index"), "index") as story:
            policies.index(story, self.book, self.printed)
        for card in chosen:
            with self._section(group, f"{card.code} {card.title}".strip(), card.id) as story:
                policies.policy(story, card, self.book)

    # ── sections and pages

    @contextmanager
    def _section(self, group: str, name: str, key: str, *, share: bool = False) -> Iterator[Story]:
        """A story that is laid out when it is written.

        A page has one title, so a section begins a page, unless it may *share*
        one, or below the end of a section that began on an earlier page.
        """
        name = self.setter.name(name)
        self._told(name)
        if not ((share or self._is_tail()) and self.pages.room > _SHARE):
            self.pages.turn()
        self.running.enter(name, fresh=self.pages.fresh)
        story = Story(self.grid, self.setter, self.root.document.add("Sect"))
        if not self.pages.fresh:
            story.gap(S5)
        if not self.entries or self.entries[-1].group != group:
            story.anchor(Anchor(f"group {group}", S3))
        story.anchor(Anchor(key, S3, self._reached))
        self.entries.append(Entry(group, name, key))
        yield story
        self.pages.flow(story.take())

    def _is_tail(self) -> bool:
        """Whether the page holds only what is left of a section that began before it."""
        return bool(self.entries) and self.index_of[self.entries[-1].key] < self.canvas.shown

    def _reached(self, key: str) -> None:
        self.index_of[key] = self.canvas.shown
        if not self.pages.fresh:
            self.below.add(key)

    def _turned(self) -> None:
        self._check()
        self.running.turned()

    def _check(self) -> None:
        if self.cancelled and self.cancelled():
            raise Cancelled

    def _told(self, what: str) -> None:
        self._check()
        if self.progress:
            self.progress(self._step / self._steps, what)
        self._step = min(self._step + 1, self._steps)

    # ── what is laid out last

    def _finish(self) -> Printed:
        self.pages.turn()
        body = self.pages.ended
        self._told(_("Cover and contents"))
        front = self._count_front(body)
        total = front + body
        page_of = {key: index + front + 1 for key, index in self.index_of.items()}
        self._write_front(self.canvas, self.setter, (self.cover_sect, self.contents_sect), page_of, total)
        self.canvas.move_pages(body, 0)
        self._outline()
        self._furnish(front, total)
        data = self.canvas.finish()
        if self.progress:
            self.progress(1.0, "")
        ids = {row.id for rows in (self.book.statements, self.book.goals, self.book.policies) for row in rows}
        kept = {key: page for key, page in page_of.items() if key in ids}
        return Printed(data, total, self.setter.coverage.report(), kept)

    def _count_front(self, body: int) -> int:
        """How many pages cover and contents take: laid out once for nobody."""
        guess = dict.fromkeys(self.index_of, body)
        return self._write_front(None, Typesetter(), (Tag("Sect"), Tag("Sect")), guess, body)

    def _write_front(
        self,
        canvas: TaggedCanvas | None,
        setter: Typesetter,
        sects: tuple[Tag, Tag],
        page_of: dict[str, int],
        total: int,
    ) -> int:
        pages = Pages(canvas, self.column)
        story = Story(self.grid, setter, sects[0])
        story.anchor(Anchor(_COVER, S3))
        starts = {page_of[entry.key] for entry in self.entries}
        cover(story, self.book, self.title, self._parts(page_of, total), starts, total)
        pages.flow(story.take())
        pages.turn()
        self.cover_pages = pages.ended
        story = Story(self.grid, setter, sects[1])
        story.anchor(Anchor(_CONTENTS, S3))
        contents(story, self.entries, page_of)
        pages.flow(story.take())
        pages.turn()
        return pages.ended

    def _parts(self, page_of: dict[str, int], total: int) -> list[Part]:
        groups = [(group, [*lines]) for group, lines in groupby(self.entries, key=lambda entry: entry.group)]
        keys = [lines[0].key for _group, lines in groups]
        firsts = [page_of[key] for key in keys]
        lasts = [*(page_of[key] - (key not in self.below) for key in keys[1:]), total]
        dark = {goal.id for goal in self.book.goals}
        return [
            Part(group, first, max(last, first), lines[0].key in dark)
            for (group, lines), first, last in zip(groups, firsts, lasts, strict=True)
        ]

    def _outline(self) -> None:
        canvas = self.canvas
        canvas.addOutlineEntry(_("Cover"), _COVER, 0)
        canvas.addOutlineEntry(_("Contents"), _CONTENTS, 0)
        for group, lines in groupby(self.entries, key=lambda entry: entry.group):
            entries = list(lines)
            canvas.addOutlineEntry(group, f"group {group}", 0, closed=len(entries) > 20)
            for entry in entries:
                canvas.addOutlineEntry(entry.title, entry.key, 1)
        canvas.addPageLabel(0, "ARABIC", 1)
        canvas.showOutline()

    def _furnish(self, front: int, total: int) -> None:
        """Stamp heads and feet on every page but the cover."""
        when, title = self.book.as_of or long_date(self.book.today), self.setter.name(self.title, 70)
        stamp = Stamp(self.grid, Typesetter(), self.district, title if when in title else f"{title} · {when}")
        heads = [_("Contents")] * front + self.running.heads
        for index in range(self.cover_pages, total):
            with self.canvas.again(index):
                stamp.draw(self.canvas, heads[index], index + 1, total)
