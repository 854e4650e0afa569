"""The plan's goals in the shape of California's LCAP: metrics by year, then actions. It needs a wide page.

Funds, and which actions contribute, are the budget's to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from planstudio.domain.cards import GoalCard, PlanBook
from planstudio.domain.lcap import Metric, metrics
from planstudio.domain.reporting import ReportData, Table
from planstudio.i18n import _, number, short_month_year
from planstudio.reports import prose
from planstudio.reports.columns import DATE, NUMBER, Column, Columns
from planstudio.reports.goal_names import goal_name
from planstudio.reports.measures import figure
from planstudio.reports.style import S4
from planstudio.reports.writer import Writer
from taggedpdf.box import Box


def lcap(writer: Writer, book: PlanBook) -> None:
    """Every goal with its metrics and actions."""
    writer.title(_("Goals and actions"), kicker=book.plan.title)
    if not book.goals:
        writer.quiet(_("This plan has no goals yet."))
        return
    told = _(
        "Years count from the first of the plan. The target is that of year 3, or the plan’s own with its day. "
        "The total funds and the contributing actions stand in the budget."
    )
    writer.p(told, writer.styles.note)
    for goal in book.goals:
        _goal(writer, goal, book)


def _goal(writer: Writer, goal: GoalCard, book: PlanBook) -> None:
    writer.gap(S4)
    writer.heading(writer.setter.name(goal_name(goal), 200), writer.styles.h2, 2)
    if goal.title and goal.statement:
        prose.write(writer, goal.statement, writer.styles.body)
    if rows := [_Row(goal, metric) for metric in metrics(goal, book)]:
        _columns().write(writer, rows)
    else:
        writer.quiet(_("No metrics yet."))
    _actions(writer, goal)


class _Row(NamedTuple):
    goal: GoalCard
    metric: Metric


def _columns() -> Columns[_Row]:
    return Columns(
        Column(_("Goal"), lambda row: row.goal.name),
        Column(_("Metric no."), lambda row: row.metric.number, width=60, bold=True),
        Column(_("Metric"), lambda row: row.metric.measure.name, width=0),
        Column(_("Unit"), lambda row: row.metric.measure.unit),
        _number(_("Baseline"), lambda metric: metric.measure.baseline, 78),
        _number(_("Year 1 outcome"), lambda metric: metric.years[0], 84),
        _number(_("Year 2 outcome"), lambda metric: metric.years[1], 84),
        Column(_("Target"), lambda row: row.metric.target, NUMBER, cell=_target, width=92),
        Column(_("Target date"), lambda row: row.metric.target_on, DATE),
        Column(_("Difference from baseline"), lambda row: row.metric.difference, NUMBER, cell=_signed, width=104),
    )


def sheet(data: ReportData) -> Table:
    """Every metric on a line of a spreadsheet."""
    book = data.book
    rows = (_Row(goal, metric) for goal in book.goals for metric in metrics(goal, book))
    return _columns().sheet(_("Goals and metrics"), rows)


def _number(head: str, value: Callable[[Metric], float | None], width: float) -> Column[_Row]:
    return Column(head, lambda row: value(row.metric), NUMBER, lambda w, row: _figure(w, row, value(row.metric)), width)


def _figure(writer: Writer, row: _Row, value: float | None) -> Box:
    return writer.cell(figure(value, row.metric.measure.unit), writer.styles.number)


def _signed(writer: Writer, row: _Row) -> Box:
    value = row.metric.difference
    words = "–" if value is None else f"+{number(value)}" if value > 0 else number(value).replace("-", "−")
    return writer.cell(words, writer.styles.number)


def _target(writer: Writer, row: _Row) -> list[Box]:
    metric = row.metric
    boxes: list[Box] = [_figure(writer, row, metric.target)]
    if metric.target is not None and metric.target_on:
        words = _("by {date}").format(date=short_month_year(metric.target_on))
        boxes.append(writer.cell(words, replace(writer.styles.cell_quiet, flush_right=True)))
    return boxes


def _actions(writer: Writer, goal: GoalCard) -> None:
    if not goal.strategies:
        writer.quiet(_("No actions yet."))
        return
    table = writer.table([60.0, 200.0, 0.0])
    table.set_head(writer.heads(_("Action no."), _("Title"), _("Description")))
    for strategy in goal.strategies:
        description = prose.cell_runs(writer, strategy.text, writer.styles.cell) if strategy.title else []
        number = writer.cell(strategy.number, writer.styles.cell_bold)
        table.add_row([number, writer.cell(strategy.name or "–"), description or [writer.cell("–")]])
