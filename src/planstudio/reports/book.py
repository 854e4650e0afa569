"""The plan book, and the board packet with the policies the plan rests on.

cover · contents │ statements · goals · scorecard │ attached · index · policies
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Unpack

from planstudio.domain.cards import PlanBook, PolicyCard, StatementCard
from planstudio.i18n import _, long_date
from planstudio.memory import steady_memory
from planstudio.reports import fonts, goals, measures, policies, statements
from planstudio.reports.contents import Entry, contents
from planstudio.reports.cover import cover
from planstudio.reports.document import PageLayout, ReportDocument
from planstudio.reports.goal_names import goal_name, labelled
from planstudio.reports.packet_map import Part
from planstudio.reports.printed import Printed, Way
from planstudio.reports.style import S3
from planstudio.reports.writer import Writer
from taggedpdf.navigation import Bookmark
from taggedpdf.pages import Anchor

_COVER, _CONTENTS, _GOALS = "cover", "contents", "goals"


class BookDocument(ReportDocument):
    """A plan book or packet in the making."""

    def __init__(self, book: PlanBook, title: str, **way: Unpack[Way]) -> None:
        self.book = labelled(book)
        title, district = fonts.one_line(title or book.plan.title) or _("Strategic plan"), book.organization.name
        when, steps = book.as_of or long_date(book.today), len(book.statements) + len(book.goals) + 2
        foot = title if when in title else f"{title} · {when}"
        super().__init__(title, district, book.today, subject=book.plan.title, foot=foot, steps=steps, **way)
        self.printed: set[str] = set()  # the policies whose text is in the file

    # ── the reports

    def plan(self) -> Printed:
        with steady_memory():
            self._write()
            return self._finish()

    def packet(self, ids: Collection[str] | None) -> Printed:
        """The plan book, the policies it rests on, and the text of those chosen."""
        book = self.book
        chosen = [one for one in book.policies if one.id in ids] if ids is not None else list(book.attached)
        self.printed = {policy.id for policy in chosen}
        self._steps += len(chosen) + 2
        with steady_memory():
            self._write()
            self._manual(chosen)
            return self._finish()

    def _write(self) -> None:
        """The sections of a plan: statements, goals, scorecard."""
        self._statements(self.book.statements, _("What we stand for"))
        self._goals(self.book, self.book.plan.goals_heading or _("Goals"))
        with self.section(_("Measures"), _("Scorecard"), "scorecard") as writer:
            measures.scorecard(writer, self.book)

    def _statements(self, cards: Sequence[StatementCard], group: str) -> None:
        if not cards:
            with self.section(group, _("Mission, vision and values"), "no-statements") as writer:
                writer.title(_("Mission, vision and values"))
                writer.quiet(_("This plan has no statements yet."))
        was_short = False
        for card in cards:
            is_short = statements.is_short(card)
            with self.section(group, statements.name(card), card.id, share=was_short and is_short) as writer:
                statements.statement(writer, card)
                _unsettled(writer, self.book, {card.id})
            was_short = is_short

    def _goals(self, book: PlanBook, group: str) -> None:
        opened = book.plan.introduces or not book.goals
        if opened:
            with self.section(group, group, _GOALS) as writer:
                goals.introduction(writer, book)
        for card in book.goals:
            measured = (*card.measures, *(one for strategy in card.strategies for one in strategy.measures))
            inside = {card.id, *(one.id for one in card.strategies), *(one.id for one in measured)}
            with self.section(group, goal_name(card), card.id, share=opened and card is book.goals[0]) as writer:
                goals.goal(writer, card, book, self.printed)
                _unsettled(writer, book, inside)

    def _manual(self, chosen: list[PolicyCard]) -> None:
        group = _("Policies")
        with self.section(group, _("Policies of this plan"), "attached") as writer:
            policies.attached(writer, self.book, self.printed)
        with self.section(group, _("Policy index"), "index") as writer:
            policies.index(writer, self.book, self.printed)
        for card in chosen:
            with self.section(group, f"{card.code} {card.title}".strip(), card.id) as writer:
                policies.policy(writer, card, self.book)

    # ── what is laid out last

    def _finish(self) -> Printed:
        made = self.finish(self._front, self._outline(), _("Contents"))
        ids = {row.id for rows in (self.book.statements, self.book.goals, self.book.policies) for row in rows}
        kept = {key: page for key, page in made.page_of.items() if key in ids}
        return Printed(made.pdf, made.pages, made.missing, kept)

    def _front(self, layout: PageLayout, page_of: dict[str, int], total: int) -> int:
        with layout.section("", "", _COVER, listed=False) as writer:
            starts = {page_of[entry.key] for entry in self.layout.entries}
            cover(writer, self.book, self.title, self._parts(page_of, total), starts, total)
        bare = layout.end()
        with layout.section("", "", _CONTENTS, listed=False) as writer:
            writer.boxes.append(Anchor(_CONTENTS, S3))
            contents(writer, self.layout.entries, page_of)
        return bare

    def _parts(self, page_of: dict[str, int], total: int) -> list[Part]:
        groups = self._groups()
        keys = [lines[0].key for _group, lines in groups]
        firsts = [page_of[key] for key in keys]
        lasts = [*(page_of[key] - (key not in self.layout.below) for key in keys[1:]), total]
        dark = {_GOALS, *(goal.id for goal in self.book.goals)}
        spans = zip(groups, firsts, lasts, strict=True)
        return [Part(name, first, max(last, first), lines[0].key in dark) for (name, lines), first, last in spans]

    def _outline(self) -> list[Bookmark]:
        marks = [Bookmark(0, _("Cover"), _COVER), Bookmark(0, _("Contents"), _CONTENTS)]
        for group, entries in self._groups():
            marks.append(Bookmark(0, group, f"group {group}", closed=len(entries) > 20))
            marks += [Bookmark(1, entry.title, entry.key) for entry in entries]
        return marks

    def _groups(self) -> list[tuple[str, list[Entry]]]:
        return [(group, [*lines]) for group, lines in groupby(self.layout.entries, key=lambda entry: entry.group)]


def _unsettled(writer: Writer, book: PlanBook, ids: set[str]) -> None:
    """Say which of the values above are one of two that were written."""
    if words := [one.words for one in book.unsettled if one.element in ids]:
        with writer.hung(_("Not settled")):
            writer.p(_("Two copies of this plan say different things here. Printed is what the plan shows now."))
            for one in words:
                writer.p(one)
