"""A strategy on a line of a table: its first cell on paper, and its columns in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planstudio.domain.cards import StrategyCard
from planstudio.domain.progress import next_milestone, previous
from planstudio.domain.reporting import ColumnKind, ReportData, Table, Value
from planstudio.domain.words import word
from planstudio.i18n import _, amount
from planstudio.reports.tables import columns
from planstudio.reports.wording import status_word

if TYPE_CHECKING:  # a spreadsheet is written without ReportLab
    from planstudio.reports.story import Story
    from planstudio.reports.tagged.box import Box

_NUMBER, _DATE, _PERCENT = ColumnKind.NUMBER, ColumnKind.DATE, ColumnKind.PERCENT


def named(story: Story, strategy: StrategyCard) -> list[Box]:
    """Its number and name, or its text where it has no name; below, its priority and its budget."""
    styles = story.styles
    budget = "" if strategy.budget is None else amount(strategy.budget, "$")
    below = ", ".join(filter(None, (strategy.priority, budget)))
    ranked = [story.cell(below, styles.cell_quiet)] if below else []
    number = [(look, f"{text}  ") for look, text in story.setter.plain(strategy.number, styles.cell_bold)]
    if strategy.title:
        return [story.cell([*number, *story.setter.plain(strategy.title, styles.cell)]), *ranked]
    from planstudio.reports import prose

    lines = prose.cell_runs(story, strategy.text, styles.cell) or [story.cell("–")]
    lines[0].runs = [*number, *lines[0].runs]
    return [*lines, *ranked]


def table(data: ReportData) -> Table:
    """Every strategy on a line of a spreadsheet."""
    heads = columns(
        _("Goal"), _("Number"), _("Strategy"), _("Priority"), _("Owner"), _("Department"), _("Status"), _("Judged"),
        _("Status before"), (_("Done"), _PERCENT), (_("Last update"), _DATE), (_("Age in days"), _NUMBER),
        _("Next milestone"), (_("Due"), _DATE), (_("Budget"), _NUMBER),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for goal in data.listed.goals:
        for one in goal.strategies:
            before = previous(one)
            milestone = next_milestone(one)
            rows.append((
                goal.name, one.number, one.name, one.priority, one.owner, one.department,
                status_word(one, data.today), word(one.status), word(before) if before else "",
                one.percent, one.updated_on, (data.today - one.updated_on).days if one.updated_on else None,
                milestone.text if milestone else "", milestone.due if milestone else None, one.budget,
            ))  # fmt: skip
    return Table(_("Strategies"), heads, tuple(rows))
