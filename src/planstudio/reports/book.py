"""The plan book, and the board packet with the policies the plan rests on.

cover · contents │ statements · goals · scorecard │ attached · index · policies
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import groupby

from planstudio.domain.cards import GoalCard, PlanBook, PolicyCard, StatementCard
from planstudio.i18n import _, long_date
from planstudio.memory import steady_memory
from planstudio.reports import fonts, goals, measures, policies, statements
from planstudio.reports.contents import contents
from planstudio.reports.cover import cover
from planstudio.reports.document import PageLayout, ReportDocument
from planstudio.reports.goal_names import goal_name, labelled
from planstudio.reports.packet_map import Part
from planstudio.reports.printed import Printed
from planstudio.reports.style import S3
from planstudio.reports.writer import Writer
from taggedpdf.navigation import Bookmark
from taggedpdf.pages import Anchor

_COVER, _CONTENTS, _GOALS = "cover", "contents", "goals"


class BookDocument(ReportDocument):
    """A plan book or packet in the making."""

    def __init__(
        self,
        book: PlanBook,
        *,
        title: str = "",
        paper: str = "letter",
        progress: Callable[[float, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self.book = labelled(book)
        title = fonts.one_line(title or book.plan.title) or _("Strategic plan")
        when = book.as_of or long_date(book.today)
        super().__init__(
            title, book.organization.name, book.today, subject=book.plan.title,
            foot=title if when in title else f"{title} · {when}",
            paper=paper, progress=progress, cancelled=cancelled,
            steps=len(book.statements) + len(book.goals) + 2,
        )  # fmt: skip
        self.printed: set[str] = set()  # the policies whose text is in the file

    # ── the reports

    def plan(self) -> Printed:
        """The plan book."""
        with steady_memory():
            write_plan(self, self.book, self.printed)
            return self._finish()

    def packet(self, ids: Collection[str] | None) -> Printed:
        """The plan book, the policies it rests on, and the text of those chosen."""
        chosen = policies.chosen(self.book, None if ids is None else set(ids))
        self.printed = {policy.id for policy in chosen}
        self._steps += len(chosen) + 2
        with steady_memory():
            write_plan(self, self.book, self.printed)
            self._manual(chosen)
            return self._finish()

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
            writer.anchor(Anchor(_CONTENTS, S3))
            contents(writer, self.layout.entries, page_of)
        return bare

    def _parts(self, page_of: dict[str, int], total: int) -> list[Part]:
        groups = [(group, [*lines]) for group, lines in groupby(self.layout.entries, key=lambda entry: entry.group)]
        keys = [lines[0].key for _group, lines in groups]
        firsts = [page_of[key] for key in keys]
        lasts = [*(page_of[key] - (key not in self.layout.below) for key in keys[1:]), total]
        dark = {_GOALS, *(goal.id for goal in self.book.goals)}
        return [
            Part(group, first, max(last, first), lines[0].key in dark)
            for (group, lines), first, last in zip(groups, firsts, lasts, strict=True)
        ]

    def _outline(self) -> list[Bookmark]:
        marks = [Bookmark(0, _("Cover"), _COVER), Bookmark(0, _("Contents"), _CONTENTS)]
        for group, lines in groupby(self.layout.entries, key=lambda entry: entry.group):
            entries = list(lines)
            marks.append(Bookmark(0, group, f"group {group}", closed=len(entries) > 20))
            marks += [Bookmark(1, entry.title, entry.key) for entry in entries]
        return marks


def write_plan(document: ReportDocument, book: PlanBook, printed: set[str]) -> None:
    """The sections of a plan: statements, goals, scorecard."""
    _statements(document, book, _("What we stand for"))
    _goals(document, book, book.plan.goals_heading or _("Goals"), printed)
    with document.section(_("Measures"), _("Scorecard"), "scorecard") as writer:
        measures.scorecard(writer, book)


def _statements(document: ReportDocument, book: PlanBook, group: str) -> None:
    if not book.statements:
        with document.section(group, _("Mission, vision and values"), "no-statements") as writer:
            writer.title(_("Mission, vision and values"))
            writer.quiet(_("This plan has no statements yet."))
    before: StatementCard | None = None
    for card in book.statements:
        share = before is not None and statements.is_short(before) and statements.is_short(card)
        with document.section(group, statements.name(card), card.id, share=share) as writer:
            statements.statement(writer, card)
            _unsettled(writer, book, {card.id})
        before = card


def _goals(document: ReportDocument, book: PlanBook, group: str, printed: set[str]) -> None:
    opened = book.plan.introduces or not book.goals
    if opened:
        with document.section(group, group, _GOALS) as writer:
            goals.introduction(writer, book)
    for card in book.goals:
        with document.section(group, goal_name(card), card.id, share=opened and card is book.goals[0]) as writer:
            goals.goal(writer, card, book, printed)
            _unsettled(writer, book, _ids(card))


def _ids(goal: GoalCard) -> set[str]:
    """The goal and what stands in it."""
    measured = (*goal.measures, *(one for strategy in goal.strategies for one in strategy.measures))
    return {goal.id, *(one.id for one in goal.strategies), *(one.id for one in measured)}


def _unsettled(writer: Writer, book: PlanBook, ids: set[str]) -> None:
    """Say which of the values above are one of two that were written."""
    words = [one.words for one in book.unsettled if one.element in ids]
    if words:
        with writer.hung(_("Not settled")):
            writer.p(_("Two copies of this plan say different things here. Printed is what the plan shows now."))
            for one in words:
                writer.p(one)
