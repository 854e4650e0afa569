"""The plan's goals in the shape of California's LCAP: metrics by year, then actions. It needs a wide page.

Funds, and which actions contribute, are the budget's to say.
"""

from __future__ import annotations

from dataclasses import replace

from planstudio.domain.cards import GoalCard, PlanBook
from planstudio.domain.lcap import Metric, metrics
from planstudio.i18n import _, number, short_month_year
from planstudio.reports import prose
from planstudio.reports.book import goal_name
from planstudio.reports.measures import figure
from planstudio.reports.story import Story
from planstudio.reports.style import S4
from planstudio.reports.tagged.box import Box


def lcap(story: Story, book: PlanBook) -> None:
    """Every goal with its metrics and actions."""
    story.title(_("Goals and actions"), kicker=book.plan.title)
    if not book.goals:
        story.quiet(_("This plan has no goals yet."))
        return
    told = _(
        "Years count from the first of the plan. The target is that of year 3, or the plan’s own with its day. "
        "The total funds and the contributing actions stand in the budget."
    )
    story.p(told, story.styles.note)
    for goal in book.goals:
        _goal(story, goal, book)


def _goal(story: Story, goal: GoalCard, book: PlanBook) -> None:
    story.gap(S4)
    story.boxes.append(story.text(story.setter.name(goal_name(goal), 200), story.styles.h2, story.heading_tag(2)))
    if goal.title and goal.statement:
        prose.write(story, goal.statement, story.styles.body)
    _metrics(story, goal, book)
    _actions(story, goal)


def _metrics(story: Story, goal: GoalCard, book: PlanBook) -> None:
    rows = list(metrics(goal, book))
    if not rows:
        story.quiet(_("No metrics yet."))
        return
    table = story.table([60.0, 0.0, 78.0, 84.0, 84.0, 92.0, 104.0])
    table.set_head(
        story.heads(
            _("Metric no."), _("Metric"), _("Baseline"), _("Year 1 outcome"), _("Year 2 outcome"),
            _("Target"), _("Difference from baseline"), numbers=range(2, 7),
        )
    )  # fmt: skip
    look = story.styles.number
    for row in rows:
        unit = row.measure.unit
        difference = "–" if row.difference is None else _signed(row.difference)
        table.add_row([
            story.cell(row.number, story.styles.cell_bold),
            story.cell(row.measure.name or "–"),
            story.cell(figure(row.measure.baseline, unit), look),
            *(story.cell(figure(value, unit), look) for value in row.years),
            _target(story, row),
            story.cell(difference, look),
        ])  # fmt: skip


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


def _target(story: Story, row: Metric) -> list[Box]:
    boxes: list[Box] = [story.cell(figure(row.target, row.measure.unit), story.styles.number)]
    if row.target is not None and row.target_on:
        words = _("by {date}").format(date=short_month_year(row.target_on))
        boxes.append(story.cell(words, replace(story.styles.cell_quiet, flush_right=True)))
    return boxes


def _actions(story: Story, goal: GoalCard) -> None:
    if not goal.strategies:
        story.quiet(_("No actions yet."))
        return
    table = story.table([60.0, 200.0, 0.0])
    table.set_head(story.heads(_("Action no."), _("Title"), _("Description")))
    for strategy in goal.strategies:
        description = prose.cell_runs(story, strategy.text, story.styles.cell) if strategy.title else []
        table.add_row([
            story.cell(strategy.number, story.styles.cell_bold),
            story.cell(strategy.name or "–"),
            [*description] or [story.cell("–")],
        ])  # fmt: skip
