"""The months of a monitoring calendar, and the targets that a monitoring report compares with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planstudio.domain.kinds import Compliance, Direction
from planstudio.domain.monitored import Cell, Met, annual_target, cell, entry_for, lines, met, months, periods
from reports import boards, books

TODAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("month", "reported", "state"),
    [
        (date(2026, 9, 1), None, Cell.MISSED),
        (date(2026, 9, 1), date(2026, 9, 23), Cell.DONE),
        (date(2026, 10, 1), None, Cell.NOW),
        (date(2026, 11, 1), None, Cell.PLANNED),
        (date(2026, 11, 1), date(2026, 10, 1), Cell.DONE),
    ],
)
def test_a_month_that_has_passed_without_a_report_was_missed(month: date, reported: date | None, state: Cell) -> None:
    assert cell(boards.entry(month, reported_on=reported), TODAY) is state


@pytest.mark.parametrize(
    ("first", "last", "begins", "count"),
    [
        (date(2026, 9, 1), date(2026, 10, 1), date(2026, 9, 1), 18),
        (date(2026, 9, 1), date(2028, 8, 1), date(2026, 9, 1), 24),
        (date(2020, 1, 1), date(2027, 1, 1), date(2025, 10, 1), 18),
        (date(2020, 1, 1), date(2040, 1, 1), date(2025, 10, 1), 36),
    ],
)
def test_a_calendar_shows_eighteen_to_thirty_six_months(first: date, last: date, begins: date, count: int) -> None:
    shown = months([boards.entry(first), boards.entry(last)], TODAY)
    assert (shown[0], len(shown)) == (begins, count)


def test_each_goal_has_a_line_and_each_other_subject_one() -> None:
    found = lines(books.GOALS, boards.CALENDAR)
    assert [line.subject for line in found[3:]] == ["Evaluation of the superintendent", "Self-evaluation of the board"]
    assert [len(line.entries) for line in found] == [3, 0, 2, 1, 1]


def test_a_goal_that_is_no_more_is_told_by_its_subject() -> None:
    found = lines((), [boards.entry(TODAY, "gone", "Reading"), boards.entry(TODAY, "gone", "Reading")])
    assert [(line.subject, len(line.entries[date(2026, 10, 1)])) for line in found] == [("Reading", 2)]


def test_the_entry_of_the_month_answers_else_the_last_written_else_the_next() -> None:
    rows = [
        boards.entry(date(2026, 5, 1), evaluation=Compliance.COMPLIANT),
        boards.entry(date(2026, 8, 1)),
        boards.entry(date(2026, 10, 1)),
        boards.entry(date(2026, 12, 1)),
    ]
    months_of = [entry_for(rows, "g1", day) for day in (date(2026, 10, 20), date(2026, 9, 1), date(2026, 4, 1))]
    assert [row.month.month for row in months_of if row] == [10, 5, 5]
    assert entry_for(rows, "g2", TODAY) is None


def test_periods_are_the_newest_figures_for_everyone() -> None:
    measure = books.measure(values=(1, 2, 3, 4, 5))
    assert [row.value for row in periods(measure) if row] == [2, 3, 4, 5]
    assert periods(books.measure(values=(1,)))[:3] == [None, None, None]


@pytest.mark.parametrize(
    ("interim", "last", "target"),
    [
        ("2026: 63; 2027: 66; 2028: 70", date(2026, 6, 1), (2026, 63)),
        ("2026: 63; 2027: 66; 2028: 70", date(2026, 9, 30), (2027, 66)),
        ("2026–27: 66%, 2027–28: 1,070.5", date(2026, 9, 30), (2027, 66)),
        ("2026–27: 66%, 2027–28: 1,070.5", date(2028, 1, 31), (2028, 1070.5)),
        ("2020: 40", date(2026, 6, 1), (2020, 40)),
        ("2026: 61,5; 2027: −5", date(2026, 6, 1), (2026, 61.5)),
        ("2026: 61,5, 2027: −5", date(2026, 9, 30), (2027, -5)),
        ("66 by next year", date(2026, 6, 1), None),
        ("", date(2026, 6, 1), None),
    ],
)
def test_the_annual_target_is_that_of_the_newest_figures_school_year(
    interim: str, last: date, target: tuple[int, float] | None
) -> None:
    measure = books.measure(values=(60,), interim=interim)
    row = replace(measure.observations[0], period_end=last)
    assert annual_target(replace(measure, observations=(row,)), TODAY) == target


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({"interim": "2026: 61"}, Met.MET),
        ({"interim": "2026: 62"}, Met.NOT_MET),
        ({"interim": "2027: 62"}, Met.NOT_YET),
        ({"target": 61.0}, Met.MET),
        ({"target": 75.0}, Met.NOT_YET),
        ({"target": 75.0, "target_on": date(2026, 6, 1)}, Met.NOT_MET),
        ({"target": 75.0, "target_on": None}, Met.NOT_MET),
        ({"baseline": 70.0, "target": 60.0, "direction": Direction.LOWER, "target_on": None}, Met.NOT_MET),
        ({"baseline": 70.0, "target": 62.0, "direction": Direction.LOWER}, Met.MET),
        ({"target": 62.0, "direction": Direction.LOWER}, Met.UNCLEAR),  # less is better, and more is aimed at
        ({"observations": (), "direction": Direction.LOWER}, Met.UNKNOWN),
        ({"target": None}, Met.UNKNOWN),
        ({"observations": ()}, Met.UNKNOWN),
        ({"direction": Direction.BAND, "band_low": 60.0}, Met.MET),
        ({"direction": Direction.BAND, "band_high": 60.0}, Met.NOT_MET),
        ({"direction": Direction.BAND}, Met.UNKNOWN),
    ],
)
def test_a_target_that_is_not_due_is_not_missed_yet(more: dict[str, object], verdict: Met) -> None:
    assert met(books.measure(**more), TODAY) is verdict  # type: ignore[arg-type]
