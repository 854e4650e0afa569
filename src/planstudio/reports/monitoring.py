"""The monitoring report of Lone Star Governance, in its four parts: goal, measures, evaluation, evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.cards import GoalCard, MeasureCard, ObservationRow, PlanBook
from planstudio.domain.kinds import Compliance
from planstudio.domain.monitored import annual_target, met, periods
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, short_month_year
from planstudio.reports import goals, prose, standings, strategy_rows
from planstudio.reports.charts import trend
from planstudio.reports.figures import series, trend_text, unit_words
from planstudio.reports.measures import figure
from planstudio.reports.story import Story
from planstudio.reports.style import S2, S3
from planstudio.reports.tagged.box import Box

_CHART = 116.0


def monitoring_report(
    story: Story, goal: GoalCard, row: MonitoringRow | None, book: PlanBook, on: date | None = None
) -> None:
    """The report on a goal. *row* has what the superintendent wrote; *on* is the day of the meeting."""
    story.title(_("Monitoring report: {goal}").format(goal=goals.name(goal)), kicker=_when(row, on, book))
    _part(story, _("1  The goal"))
    _goal(story, goal)
    _part(story, _("2  Measures"))
    _measures(story, goal, book.today)
    _part(story, _("3  The superintendent’s evaluation"))
    _evaluation(story, row)
    _part(story, _("4  Supporting documentation and next steps"))
    _evidence(story, goal, row, book.today)


def _when(row: MonitoringRow | None, on: date | None, book: PlanBook) -> str:
    day = on or (row.reported_on if row else None)
    if day:
        return _("Reported to the board {date}").format(date=long_date(day))
    if row:
        return _("Planned for the month of {date}").format(date=long_date(row.month))
    return _("As of {date}").format(date=book.as_of or long_date(book.today))


def _part(story: Story, words: str) -> None:
    story.boxes.append(story.text(words, story.styles.h2, story.heading_tag(2)))


def _goal(story: Story, goal: GoalCard) -> None:
    prose.write(story, goal.statement or goal.title, replace(story.styles.lead, keep=True))
    if goal.title and goal.statement:
        story.p(goal.title, story.styles.note)
    terms = [(_("For whom"), goal.population), (_("Measured by"), goal.measured_by)]
    terms += [(_("Baseline"), goal.baseline or _terms(goal, first=True))]
    terms += [(_("Deadline target"), _by(goal.target or _terms(goal, first=False), goal.deadline))]
    for label, words in terms:
        if words:
            with story.hung(label, level=3, before=4):
                story.p(words)


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


def _measures(story: Story, goal: GoalCard, today: date) -> None:
    held = [*goal.measures, *(measure for strategy in goal.strategies for measure in strategy.measures)]
    if not held:
        story.quiet(_("This goal has no measures yet, so nothing can be monitored by figures."))
        return
    told = _(
        "Current is the newest figure; P-1 is the period before it, P-2 and P-3 those before that. Met says whether "
        "the current figure meets the annual target, or the deadline target where there is no annual one; not yet "
        "means that the target is not due."
    )
    story.p(told, replace(story.styles.note, keep=True))
    table = story.table([0.0, 50.0, 50.0, 50.0, 54.0, 54.0, 54.0 + S2, 70.0])
    heads = (_("Measure"), _("P-3"), _("P-2"), _("P-1"), _("Current"), _("Annual target"), _("Deadline target"))
    row = [*story.heads(*heads, numbers=range(1, 7)), story.cell(_("Met?"), story.styles.head)]
    row[6] = story.cell(heads[6], replace(story.styles.head_number, right=S2))
    table.set_head(row)
    for measure in held:
        table.add_row(_row(story, measure, today))
    shown = next((measure for measure in held if len(series(measure).points) > 1), None)
    if shown:
        unit = unit_words(shown.unit)
        head = story.text(
            f"{shown.name}, {unit}" if unit else shown.name, story.styles.chart_title, story.heading_tag(3)
        )
        story.boxes.append(head)
        story.figure(trend(shown, story.grid.text, _CHART), trend_text(shown), after=S3)


def _row(story: Story, measure: MeasureCard, today: date) -> list[Box | list[Box]]:
    annual = annual_target(measure, today)
    values = [_value(story, row, measure.unit, newest=at == 3) for at, row in enumerate(periods(measure))]
    yearly = (figure(annual[1], measure.unit), str(annual[0])) if annual else ("–", "")
    deadline = short_month_year(measure.target_on) if measure.target_on else ""
    return [
        story.cell(measure.name or "–"),
        *values,
        _two(story, *yearly),
        _two(story, _target(measure), deadline, right=S2),
        standings.marked(story, met(measure, today)),
    ]


def _target(measure: MeasureCard) -> str:
    if measure.target is None and measure.band_low is not None and measure.band_high is not None:
        return f"{figure(measure.band_low, measure.unit)} – {figure(measure.band_high, measure.unit)}"
    return figure(measure.target, measure.unit)


def _value(story: Story, row: ObservationRow | None, unit: str, *, newest: bool) -> list[Box]:
    if row is None:
        return [story.cell("–", story.styles.number)]
    return _two(story, figure(row.value, unit), short_month_year(row.period_end), bold=newest)


def _two(story: Story, words: str, below: str, *, bold: bool = False, right: float = 0) -> list[Box]:
    """A number with its day below it."""
    look = story.styles.number_bold if bold else story.styles.number
    boxes: list[Box] = [story.cell(words, replace(look, right=right))]
    if below:
        boxes.append(story.cell(below, replace(story.styles.cell_quiet, flush_right=True, right=right)))
    return boxes


def _evaluation(story: Story, row: MonitoringRow | None) -> None:
    evaluation = row.evaluation if row else Compliance.NONE
    standings.line(story, standings.MARKS[evaluation], word(evaluation))
    if row and row.reason:
        with story.hung(_("Reason"), level=3, before=4):
            prose.write(story, row.reason)
    else:
        story.quiet(_("The superintendent has not given a reason yet."))


def _evidence(story: Story, goal: GoalCard, row: MonitoringRow | None, today: date) -> None:
    if row and row.evidence:
        with story.hung(_("Evidence"), level=3, before=4):
            prose.write(story, row.evidence)
    else:
        story.quiet(_("No supporting documentation has been entered."))
    if goal.strategies:
        table = story.table([0.0, 104.0, 100.0, 150.0])
        table.set_head(story.heads(_("Strategy"), _("Owner"), _("Status"), _("Last update")))
        for strategy in goal.strategies:
            table.add_row([
                strategy_rows.named(story, strategy),
                story.cell(strategy.owner or strategy.department or _("nobody yet")),
                standings.status_cell(story, strategy, today),
                _told(story, strategy.updates[0].done if strategy.updates else "", strategy.updated_on, today),
            ])  # fmt: skip
    with story.hung(_("Next steps and requests of the board"), level=3):
        if row and row.next_steps:
            prose.write(story, row.next_steps)
        else:
            story.p(_("No next steps have been entered, and nothing is asked of the board."))


def _told(story: Story, done: str, on: date | None, today: date) -> list[Box]:
    """The last update of a strategy: its day and age, and what was done."""
    boxes = standings.update_cell(story, on, today)
    return [*boxes, *prose.cell_runs(story, done, story.styles.cell)] if done else boxes
