"""The status of every strategy on one table: who, how, since when, and what comes next. It needs a wide page."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from planstudio.domain.cards import PlanBook, StrategyCard
from planstudio.domain.progress import next_milestone, previous, stale
from planstudio.domain.reporting import ReportData
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, medium_date, ngettext
from planstudio.reports import standings, strategy_rows
from planstudio.reports.book import goal_name
from planstudio.reports.story import Story
from planstudio.reports.style import S2
from planstudio.reports.tagged.box import Box


def strategy_list(story: Story, data: ReportData) -> None:
    """The strategies by goal."""
    book = data.listed
    story.title(_("Strategies and their status"), kicker=book.plan.title)
    rows = list(book.strategies())
    if not rows:
        nothing = _("This plan has no strategies yet.")
        story.quiet(_("No strategy is like that.") if data.strategies is not None else nothing)
        return
    story.p(status_sentence(book), story.styles.lead)
    told = _(
        "A status counts as outdated when its last update is more than four months old. Done is the owner's figure."
    )
    story.p(told, story.styles.note)
    if data.strategies is not None:
        every = sum(1 for _one in data.book.strategies())
        words = _("Chosen by a filter: {n} of the {all} strategies of the plan.")
        story.p(words.format(n=len(rows), all=every), story.styles.note)
    table = story.table([0.0, 100.0, 100.0, 88.0, 52.0, 82.0, 128.0])
    heads = story.heads(
        _("Strategy"), _("Owner"), _("Status"), _("Status before"), _("Done"), _("Last update"), _("Next milestone")
    )
    heads[4] = story.cell(_("Done"), replace(story.styles.head_number, right=S2))
    table.set_head(heads)
    for goal in book.goals:
        if goal.strategies:
            table.add_section(story.cell(story.setter.name(goal_name(goal), 120), story.styles.section))
        for strategy in goal.strategies:
            table.add_row(_row(story, strategy, book.today))


def _row(story: Story, strategy: StrategyCard, today: date) -> list[Box | list[Box]]:
    owner = ", ".join(part for part in (strategy.owner, strategy.department) if part)
    before = previous(strategy)
    return [
        strategy_rows.named(story, strategy),
        story.cell(owner or _("nobody yet")),
        standings.status_cell(story, strategy, today),
        story.cell(word(before) if before else "–"),
        story.cell(amount(strategy.percent, "%"), replace(story.styles.number, right=S2)),
        standings.update_cell(story, strategy.updated_on, today),
        _milestone(story, strategy, today),
    ]


def _milestone(story: Story, strategy: StrategyCard, today: date) -> list[Box]:
    row = next_milestone(strategy)
    if row is None:
        return [story.cell("–")]
    boxes: list[Box] = [story.cell(row.text or "–")]
    if row.due:
        words = _("due {date}") if row.due >= today else _("was due {date}")
        boxes.append(story.cell(words.format(date=medium_date(row.due)), story.styles.cell_quiet))
    return boxes


def status_sentence(book: PlanBook) -> str:
    """How many strategies stand how: "Of 13 strategies: 4 on track, 2 outdated. As of …"."""
    rows = list(book.strategies())
    count = Counter(_("outdated") if stale(row, book.today) else word(row.status).lower() for row in rows)
    told = ", ".join(f"{n} {name}" for name, n in count.most_common())
    words = ngettext(
        "Of {all} strategy: {told}. As of {date}.", "Of {all} strategies: {told}. As of {date}.", len(rows)
    )
    return words.format(all=len(rows), told=told, date=book.as_of or long_date(book.today))
