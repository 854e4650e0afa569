"""The status of every strategy: who, how, since when, and what comes next. On paper it needs a wide page."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from planstudio.domain.cards import GoalCard, PlanBook, StrategyCard
from planstudio.domain.progress import next_milestone, previous, stale
from planstudio.domain.reporting import ReportData, Table
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, medium_date, ngettext
from planstudio.reports import prose, standings
from planstudio.reports.columns import DATE, NUMBER, PERCENT, Column, Columns
from planstudio.reports.goal_names import goal_name
from planstudio.reports.style import S2
from planstudio.reports.wording import owners, status_word
from planstudio.reports.writer import Writer
from taggedpdf.box import Box
from taggedpdf.breaking import Run


class _Row(NamedTuple):
    goal: GoalCard
    strategy: StrategyCard
    today: date


def _columns() -> Columns[_Row]:
    return Columns(
        Column(_("Goal"), lambda row: row.goal.name),
        Column(_("Number"), lambda row: row.strategy.number),
        Column(_("Strategy"), lambda row: row.strategy.name, cell=lambda w, row: named(w, row.strategy), width=0),
        Column(_("Priority"), lambda row: row.strategy.priority),
        Column(_("Owner"), lambda row: row.strategy.owner, cell=_owner, width=100),
        Column(_("Department"), lambda row: row.strategy.department),
        Column(_("Status"), lambda row: status_word(row.strategy, row.today), cell=_status, width=100),
        Column(_("Judged"), lambda row: word(row.strategy.status)),
        Column(_("Status before"), _before, width=88),
        Column(_("Done"), lambda row: row.strategy.percent, PERCENT, width=52, right=S2),
        Column(_("Last update"), lambda row: row.strategy.updated_on, DATE, _updated, width=82),
        Column(_("Age in days"), _age, NUMBER),
        Column(_("Next milestone"), _milestone, cell=_milestone_cell, width=128),
        Column(_("Due"), _milestone_due, DATE),
        Column(_("Budget"), lambda row: row.strategy.budget, NUMBER),
    )  # fmt: skip


def sheet(data: ReportData) -> Table:
    """Every strategy on a line of a spreadsheet."""
    goals = data.listed.goals
    rows = (_Row(goal, strategy, data.today) for goal in goals for strategy in goal.strategies)
    return _columns().sheet(_("Strategies"), rows)


def strategy_list(writer: Writer, data: ReportData) -> None:
    """The strategies by goal."""
    book = data.listed
    writer.title(_("Strategies and their status"), kicker=book.plan.title)
    count = sum(1 for _one in book.strategies())
    if not count:
        nothing = _("This plan has no strategies yet.")
        writer.quiet(_("No strategy is like that.") if data.strategies is not None else nothing)
        return
    writer.p(status_sentence(book), writer.styles.lead)
    old = _(
        "A status counts as outdated when its last update is more than four months old. Done is the owner's figure."
    )
    writer.p(old, writer.styles.note)
    if data.strategies is not None:
        words = _("Chosen by a filter: {n} of the {all} strategies of the plan.")
        writer.p(words.format(n=count, all=sum(1 for _one in data.book.strategies())), writer.styles.note)
    columns = _columns()
    table = columns.begin(writer)
    for goal in book.goals:
        if goal.strategies:
            name = writer.setter.name(goal_name(goal), 120)
            columns.add(writer, table, (_Row(goal, one, book.today) for one in goal.strategies), name)


def of_goal(writer: Writer, goal: GoalCard, today: date, *, owner: float, update: float, done: bool = False) -> None:
    """The strategies of a goal on paper: who, how they stand and since when; *done* says what was done last, too."""

    def last(writer: Writer, one: StrategyCard) -> list[Box]:
        boxes = standings.update_cell(writer, one.updated_on, today)
        told = one.updates[0].done if done and one.updates else ""
        return [*boxes, *prose.cell_runs(writer, told, writer.styles.cell)] if told else boxes

    Columns[StrategyCard](
        Column(_("Strategy"), cell=named, width=0),
        Column(_("Owner"), cell=lambda w, one: w.cell(one.owner or one.department or _("nobody yet")), width=owner),
        Column(_("Status"), cell=lambda w, one: standings.status_cell(w, one, today), width=100),
        Column(_("Last update"), cell=last, width=update),
    ).write(writer, goal.strategies)


def named(writer: Writer, strategy: StrategyCard) -> list[Box]:
    """Its number and name, or its text where it has no name; below, its priority and its budget."""
    styles, number = writer.styles, numbered(writer, strategy)
    budget = "" if strategy.budget is None else amount(strategy.budget, "$")
    below = ", ".join(filter(None, (strategy.priority, budget)))
    ranked = [writer.cell(below, styles.cell_quiet)] if below else []
    if strategy.title:
        return [writer.cell([*number, *writer.setter.plain(strategy.title, styles.cell)]), *ranked]
    lines = prose.cell_runs(writer, strategy.text, styles.cell) or [writer.cell("–")]
    lines[0].runs = [*number, *lines[0].runs]
    return [*lines, *ranked]


def numbered(writer: Writer, strategy: StrategyCard) -> list[Run]:
    """Its number, before its name."""
    return [(look, f"{text}  ") for look, text in writer.setter.plain(strategy.number, writer.styles.cell_bold)]


def _owner(writer: Writer, row: _Row) -> Box:
    return writer.cell(owners(row.strategy) or _("nobody yet"))


def _status(writer: Writer, row: _Row) -> list[Box]:
    return standings.status_cell(writer, row.strategy, row.today)


def _updated(writer: Writer, row: _Row) -> list[Box]:
    return standings.update_cell(writer, row.strategy.updated_on, row.today)


def _before(row: _Row) -> str:
    before = previous(row.strategy)
    return word(before) if before else ""


def _age(row: _Row) -> int | None:
    on = row.strategy.updated_on
    return (row.today - on).days if on else None


def _milestone(row: _Row) -> str:
    milestone = next_milestone(row.strategy)
    return milestone.text if milestone else ""


def _milestone_due(row: _Row) -> date | None:
    milestone = next_milestone(row.strategy)
    return milestone.due if milestone else None


def _milestone_cell(writer: Writer, row: _Row) -> list[Box]:
    boxes: list[Box] = [writer.cell(_milestone(row) or "–")]
    if due := _milestone_due(row):
        words = _("due {date}") if due >= row.today else _("was due {date}")
        boxes.append(writer.cell(words.format(date=medium_date(due)), writer.styles.cell_quiet))
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
