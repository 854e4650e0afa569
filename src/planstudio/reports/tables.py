"""Spreadsheets of reports that are no table on paper, or another one: one fact a column."""

from __future__ import annotations

from collections.abc import Iterator

from planstudio.domain.cards import MeasureCard, PlanBook, PolicyCard
from planstudio.domain.monitored import cell, periods
from planstudio.domain.plan_changes import ElementChange, compare_plans
from planstudio.domain.reporting import Column, ColumnKind, ReportData, Table, Value
from planstudio.domain.text_changes import compare_texts
from planstudio.domain.words import table_word, word
from planstudio.i18n import _
from planstudio.reports.measures import measures_of
from planstudio.reports.wording import change_words, said
from planstudio.richtext import plain

_NUMBER, _DATE = ColumnKind.NUMBER, ColumnKind.DATE


def columns(*titles: str | tuple[str, ColumnKind]) -> tuple[Column, ...]:
    return tuple(Column(one) if isinstance(one, str) else Column(*one) for one in titles)


def scorecard(data: ReportData) -> Table:
    heads = columns(
        _("Goal"), _("Number"), _("Measure"), _("Owner"), _("Unit"), _("Direction"), (_("Baseline"), _NUMBER),
        (_("Baseline date"), _DATE), (_("P-2"), _NUMBER), (_("P-1"), _NUMBER), (_("Current"), _NUMBER),
        (_("As of"), _DATE), (_("Target"), _NUMBER), (_("Target date"), _DATE), _("Data rule"), _("Source"),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for goal in data.book.goals:
        for number, owner, measure in measures_of(goal):
            values = [row.value if row else None for row in periods(measure, 3)]
            newest = measure.newest
            rows.append((
                goal.name, number, measure.name, owner, measure.unit, word(measure.direction), measure.baseline,
                measure.baseline_on, *values, newest.period_end if newest else None, measure.target,
                measure.target_on, word(measure.verdict), measure.source,
            ))  # fmt: skip
    return Table(_("Scorecard"), heads, tuple(rows))


def calendar(data: ReportData) -> Table:
    heads = columns(
        (_("Month"), _DATE), _("Goal"), _("Subject"), _("Standing"), (_("Reported on"), _DATE), _("Evaluation"),
        _("Reason"), _("Next steps"),
    )  # fmt: skip
    goals = {goal.id: goal for goal in data.book.goals}
    rows = tuple(
        (
            row.month, goals[row.goal_id].number if row.goal_id in goals else "",
            goals[row.goal_id].name if row.goal_id in goals else row.subject, said(cell(row, data.today)),
            row.reported_on, word(row.evaluation), plain(row.reason), plain(row.next_steps),
        )
        for row in data.monitoring
    )  # fmt: skip
    return Table(_("Monitoring calendar"), heads, rows)


def outline(data: ReportData) -> Table:
    dates = ((_("Begins"), _DATE), (_("Due"), _DATE))
    heads = columns(_("Kind"), _("Number"), _("Name"), _("Text"), _("Owner"), *dates)
    return Table(_("Plan outline"), heads, tuple(_outlined(data.book)))


def _outlined(book: PlanBook) -> Iterator[tuple[Value, ...]]:
    for statement in book.statements:
        text = " ".join(part for part in (plain(statement.lead), plain(statement.body)) if part)
        yield word(statement.kind), "", statement.heading, text, "", None, None
        for place, item in enumerate(statement.items, 1):
            yield table_word("statement_item"), str(place), item.title, plain(item.text), "", None, None
    for goal in book.goals:
        yield word(goal.kind), goal.number, goal.title, plain(goal.statement), goal.owner, None, goal.deadline
        for measure in goal.measures:
            yield _measure(goal.number, measure)
        for strategy in goal.strategies:
            named = table_word("strategy"), strategy.number, strategy.title, plain(strategy.text)
            yield *named, strategy.owner or strategy.department, strategy.start, strategy.due
            for measure in strategy.measures:
                yield _measure(strategy.number, measure)
            for row in strategy.milestones:
                yield table_word("milestone"), strategy.number, row.text, "", "", None, row.due


def _measure(number: str, measure: MeasureCard) -> tuple[Value, ...]:
    return table_word("measure"), number, measure.name, plain(measure.definition), "", None, measure.target_on


def redline(data: ReportData) -> Table:
    if data.before is None:
        return Table(_("Changes"), columns(_("Element"), _("Change")), ())
    if data.policy is not None:
        return _policy_changes(data.policy, data.before)
    heads = columns(_("Element"), _("Number"), _("Name"), _("Change"), _("Field"), _("Before"), _("After"))
    rows = tuple(row for change in compare_plans(data.before, data.book, data.origins) for row in _changed(change))
    return Table(_("Changes"), heads, rows)


def _changed(change: ElementChange) -> Iterator[tuple[Value, ...]]:
    element = change.element
    start = (table_word(element.table), element.number, element.name, change_words(change))
    if change.moved or not change.fields:
        yield (*start, _("Place"), change.before.number if change.before else "", element.number)
    for field in change.fields:
        before, after = (plain(text) if field.markdown else text for text in (field.before, field.after))
        yield (*start, field.name, before, after)


def _policy_changes(policy: PolicyCard, before: PlanBook) -> Table:
    old = next((one.body for one in before.policies if one.id == policy.id), "")
    counts = ((words, _NUMBER) for words in (_("Added"), _("Deleted"), _("Moved"), _("Changed")))
    heads = columns(_("Section"), *counts)
    rows = tuple(
        (change.name, change.tally.added, change.tally.deleted, change.tally.moved, change.tally.changed)
        for change in compare_texts(old, policy.body)
        if change.changed
    )
    return Table(_("Changes in {policy}").format(policy=policy.code), heads, rows)
