"""The monitoring report of Lone Star Governance, in its four parts: goal, measures, evaluation, evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.cards import GoalCard, MeasureCard, ObservationRow, PlanBook
from planstudio.domain.kinds import Compliance
from planstudio.domain.monitored import annual_target, met, periods
from planstudio.domain.reporting import ReportData, Table
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, short_month_year
from planstudio.reports import prose, standings, strategies
from planstudio.reports.charts import trend
from planstudio.reports.columns import DATE, NUMBER, Column, Columns
from planstudio.reports.figures import charted, in_unit, trend_text
from planstudio.reports.goal_names import goal_label
from planstudio.reports.goals import CHART
from planstudio.reports.measures import figure, measures_of, target_words
from planstudio.reports.style import S2, S3
from planstudio.reports.wording import said
from planstudio.reports.writer import Writer
from taggedpdf.box import Box

_CURRENT = 3  # of the four periods


def monitoring_report(
    writer: Writer, goal: GoalCard, row: MonitoringRow | None, book: PlanBook, on: date | None = None
) -> None:
    """The report on a goal. *row* has what the superintendent wrote; *on* is the day of the meeting."""
    writer.title(_("Monitoring report: {goal}").format(goal=goal_label(goal)), kicker=_when(row, on, book))
    look = writer.styles.h2
    writer.heading(_("1  The goal"), look, 2)
    _goal(writer, goal)
    writer.heading(_("2  Measures"), look, 2)
    _measures(writer, goal, book.today)
    writer.heading(_("3  The superintendent’s evaluation"), look, 2)
    _evaluation(writer, row)
    writer.heading(_("4  Supporting documentation and next steps"), look, 2)
    _evidence(writer, goal, row, book.today)


def _when(row: MonitoringRow | None, on: date | None, book: PlanBook) -> str:
    day = on or (row.reported_on if row else None)
    if day:
        return _("Reported to the board {date}").format(date=long_date(day))
    if row:
        return _("Planned for the month of {date}").format(date=long_date(row.month))
    return _("As of {date}").format(date=book.as_of or long_date(book.today))


def _goal(writer: Writer, goal: GoalCard) -> None:
    prose.write(writer, goal.statement or goal.title, replace(writer.styles.lead, keep=True))
    if goal.title and goal.statement:
        writer.p(goal.title, writer.styles.note)
    baseline, target = goal.baseline or _terms(goal, first=True), goal.target or _terms(goal, first=False)
    terms = [(_("For whom"), goal.population), (_("Measured by"), goal.measured_by), (_("Baseline"), baseline)]
    for label, words in (*terms, (_("Deadline target"), _by(target, goal.deadline))):
        if words:
            writer.hang(label, words, level=3, before=4)


def _by(target: str, deadline: date | None) -> str:
    if target and deadline:
        return _("{target} by {date}").format(target=target, date=long_date(deadline))
    return target or (long_date(deadline) if deadline else "")


def _terms(goal: GoalCard, *, first: bool) -> str:
    """Baseline or target of the goal's first measure, where the goal itself does not say."""
    for measure in goal.measures:
        value, day = (measure.baseline, measure.baseline_on) if first else (measure.target, measure.target_on)
        if value is not None:
            told = amount(value, measure.unit)
            if first and day:
                return _("{value} on {date}").format(value=told, date=long_date(day))
            return told if first or goal.deadline or day is None else _by(told, day)
    return _("not set")


def _measures(writer: Writer, goal: GoalCard, today: date) -> None:
    held = [measure for _number, _owner, measure in measures_of(goal)]
    if not held:
        writer.quiet(_("This goal has no measures yet, so nothing can be monitored by figures."))
        return
    told = _(
        "Current is the newest figure; P-1 is the period before it, P-2 and P-3 those before that. Met says whether "
        "the current figure meets the annual target, or the deadline target where there is no annual one; not yet "
        "means that the target is not due."
    )
    writer.p(told, replace(writer.styles.note, keep=True))
    _columns(today).write(writer, (_Row(goal, goal.number, measure) for measure in held))
    if shown := charted(held):
        writer.heading(in_unit(shown) or "–", writer.styles.chart_title, 3)
        writer.figure(trend(shown, writer.grid.text, CHART), trend_text(shown), after=S3)


class _Row(NamedTuple):
    goal: GoalCard
    number: str  # of the goal or strategy that it measures
    measure: MeasureCard


def _columns(today: date) -> Columns[_Row]:
    return Columns(
        Column(_("Goal"), lambda row: row.goal.name),
        Column(_("Number"), lambda row: row.number),
        Column(_("Measure"), lambda row: row.measure.name, width=0),
        Column(_("Unit"), lambda row: row.measure.unit),
        _period(_("P-3"), 0, 50), _period(_("P-2"), 1, 50), _period(_("P-1"), 2, 50), _period(_("Current"), 3, 54),
        Column(_("As of"), lambda row: row.measure.newest.period_end if row.measure.newest else None, DATE),
        Column(
            _("Annual target"), lambda row: (annual_target(row.measure, today) or (None, None))[1], NUMBER, width=54,
            cell=lambda w, row: _annual(w, row.measure, today),
        ),
        Column(_("Deadline target"), lambda row: row.measure.target, NUMBER, _deadline_target, 54 + S2, right=S2),
        Column(_("Deadline"), lambda row: row.measure.target_on, DATE),
        Column(
            _("Met?"), lambda row: said(met(row.measure, today)), width=70,
            cell=lambda w, row: standings.marked(w, met(row.measure, today)),
        ),
    )  # fmt: skip


def _period(words: str, at: int, width: float) -> Column[_Row]:
    """One of the four newest figures, the last of which is current."""

    def value(row: _Row) -> float | None:
        found = periods(row.measure)[at]
        return found.value if found else None

    def cell(writer: Writer, row: _Row) -> list[Box]:
        return _value(writer, periods(row.measure)[at], row.measure.unit, newest=at == _CURRENT)

    return Column(words, value, NUMBER, cell, width)


def sheet(data: ReportData) -> Table:
    """Every measure on a line of a spreadsheet."""
    goals = [data.goal] if data.goal else data.book.goals
    rows = (_Row(goal, number, measure) for goal in goals for number, _owner, measure in measures_of(goal))
    return _columns(data.today).sheet(_("Monitoring report"), rows)


def _annual(writer: Writer, measure: MeasureCard, today: date) -> list[Box]:
    annual = annual_target(measure, today)
    return _two(writer, figure(annual[1], measure.unit), str(annual[0])) if annual else _two(writer, "–", "")


def _deadline_target(writer: Writer, row: _Row) -> list[Box]:
    day = row.measure.target_on
    return _two(writer, target_words(row.measure), short_month_year(day) if day else "", right=S2)


def _value(writer: Writer, row: ObservationRow | None, unit: str, *, newest: bool) -> list[Box]:
    if row is None:
        return [writer.cell("–", writer.styles.number)]
    return _two(writer, figure(row.value, unit), short_month_year(row.period_end), bold=newest)


def _two(writer: Writer, words: str, below: str, *, bold: bool = False, right: float = 0) -> list[Box]:
    """A number with its day below it."""
    look = writer.styles.number_bold if bold else writer.styles.number
    boxes: list[Box] = [writer.cell(words, replace(look, right=right))]
    if below:
        boxes.append(writer.cell(below, replace(writer.styles.cell_quiet, flush_right=True, right=right)))
    return boxes


def _evaluation(writer: Writer, row: MonitoringRow | None) -> None:
    evaluation = row.evaluation if row else Compliance.NONE
    standings.line(writer, standings.MARKS[evaluation], word(evaluation))
    missing = _("The superintendent has not given a reason yet.")
    _written(writer, _("Reason"), row.reason if row else "", missing)


def _written(writer: Writer, label: str, markdown: str, missing: str) -> None:
    if markdown:
        with writer.hung(label, level=3, before=4):
            prose.write(writer, markdown)
    else:
        writer.quiet(missing)


def _evidence(writer: Writer, goal: GoalCard, row: MonitoringRow | None, today: date) -> None:
    missing = _("No supporting documentation has been entered.")
    _written(writer, _("Evidence"), row.evidence if row else "", missing)
    if goal.strategies:
        strategies.of_goal(writer, goal, today, owner=104, update=150, done=True)
    with writer.hung(_("Next steps and requests of the board"), level=3):
        if row and row.next_steps:
            prose.write(writer, row.next_steps)
        else:
            writer.p(_("No next steps have been entered, and nothing is asked of the board."))
