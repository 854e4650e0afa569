"""What figures say, and what becomes of the monitoring calendar (tables.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

import golden
from domain.tables import Tables, line, shares
from planstudio.domain import (
    measures,
    monitored,
)
from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.coded import bounded
from planstudio.domain.kinds import (
    Compliance,
    Direction,
)
from reports import books
from suppressing import suppress

TODAY = date(2026, 10, 14)
TABLES = Tables()
table = TABLES.keep


# Measures.


@table
def _measures_verdicts() -> Iterable[str]:
    values: tuple[tuple[float, ...], ...] = (
        (),
        (70.0,),
        (69.9,),
        (60.0, 70.0),
        (60.0, 60.0),
        (60.0, 61.0),
        (61.0, 60.0),
        (75.0, 74.0),
    )
    for direction, row, baseline, target in product(Direction, values, (None, 60.0), (None, 70.0)):
        band = (65.0, 72.0) if direction is Direction.BAND else (None, None)
        yield line(
            direction,
            row,
            baseline,
            target,
            says=lambda d=direction, v=row, b=baseline, t=target, w=band: measures.verdict(
                v, baseline=b, target=t, direction=d, band=w
            ),
        )
    for band in ((None, 72.0), (65.0, None), (None, None)):
        for value in (64.0, 65.0, 72.0, 73.0):
            yield line(
                band,
                value,
                says=lambda v=value, w=band: measures.verdict(
                    (66.0, v), baseline=None, target=None, direction=Direction.BAND, band=w
                ),
            )


@table
def _measures_possible_values() -> Iterable[str]:
    for value, band in product(
        (50.0, bounded(5.0, "<"), bounded(95.0, ">")), ((None, None), (3.0, 97.0), (0.0, 5.0), (95.0, 100.0))
    ):
        found = measures.possible(value, band)
        said = f"{golden.short(value, {})}{measures.sign_of(value)}"
        yield f"{said} | {band} -> {len(found)}: {found[:2]} to {found[-3:]}"


@table
def _measures_doubtful_shares() -> Iterable[str]:
    for unit, value, others in product(
        ("%", " % ", "points"),
        (-1.0, -0.01, 0.0, 0.01, 0.615, 0.99, 1.0, 99.0, 100.0, 100.1, 615.0),
        ((), (5.0,), (4.9,), (61.0, 0.5), (-3.0,), (120.0,)),
    ):
        rows = tuple(replace(books.measure().observations[0], value=one, student_group="") for one in (*others, value))
        card = replace(
            books.measure(),
            unit=unit,
            baseline=None,
            target=None,
            band_low=None,
            band_high=None,
            observations=rows,
            kept=rows,
        )
        if measures.doubtful_share(value, card):
            yield line(unit, value, others, says=lambda: "doubtful")


@table
def _measures_forecasts() -> Iterable[str]:
    year = [date(2021 + n, 6, 30) for n in range(7)]
    rows = {
        "two": [(year[0], 1.0), (year[1], 2.0)],
        "line": [(day, 50.0 + 2 * n) for n, day in enumerate(year)],
        "bent": [(day, value) for day, value in zip(year, (90.0, 10.0, 50.0, 54.0, 51.0, 60.0, 58.0), strict=True)],
        "flat": [(day, 7.0) for day in year[:3]],
        "coded": [(year[0], 1.0), (year[1], 2.0), (year[2], bounded(5.0, "<"))],
        "falling": [(day, 30.0 - 9 * n) for n, day in enumerate(year[:4])],
    }
    for (name, figures), on in product(
        rows.items(), (None, year[2], year[6], date(2027, 6, 30), date(2028, 6, 30), date(2035, 1, 1))
    ):
        found = measures.forecast(figures, on)
        yield f"{name} | {on} -> {found and (round(found.value, 6), found.figures)}"
    for unit, name in product(("%", "books"), ("line", "falling")):
        kept = tuple(
            replace(books.measure().observations[0], student_group="", period_end=day, value=value)
            for day, value in rows[name]
        )
        found = measures.forecast_of(
            replace(books.measure(), unit=unit, observations=kept, target_on=date(2060, 6, 30))
        )
        yield f"{unit} | {name} by 2060 -> {found and (round(found.value, 6), found.figures)}"


@table
def _measures_told() -> Iterable[str]:
    groups = {
        "all are large": {"": 200, "Girls": 90, "Boys": 110},
        "one is small": {"": 200, "EL": 3, "Not EL": 197},
        "one below": {"": 100, "EL": 9, "Others": 91},
        "one at ten": {"": 100, "EL": 10, "Others": 90},
        "everyone is small": {"": 9, "Girls": 5},
        "sizes unknown": {"": None, "EL": None},
        "one unknown": {"": 50, "Girls": 20, "Boys": None},
    }
    row = books.measure().observations[0]
    for (name, sizes), value, unit, coded in product(
        groups.items(), (0.0, 1.0, 50.0, 97.0, 100.0), ("%", "students"), (0, 5)
    ):
        rows = [
            replace(row, student_group=group, value=value, count=size, period_end=date(2026, 6, 30))
            for group, size in sizes.items()
        ]
        shown, hidden = suppress(rows, 10, unit=unit, coded_shares=coded)
        said = [f"{one.student_group or 'all'} {one.coded}{golden.short(float(one.value), {})}" for one in shown]
        kept = ", ".join(one.student_group or "all" for one in hidden) or "-"
        yield f"{name} | {value} {unit} | codes {coded} -> {', '.join(said) or '-'}; hidden: {kept}"


# The calendar of monitoring.


@table
def _monitored_cells_and_months() -> Iterable[str]:
    for month, reported in product(
        (date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 1)), (None, date(2026, 10, 2))
    ):
        yield line(
            month, reported, says=lambda m=month, r=reported: monitored.cell(MonitoringRow("m", "g", "", m, r), TODAY)
        )
    for first, last in (
        (None, None),
        (date(2026, 10, 5), date(2026, 12, 1)),
        (date(2026, 1, 1), date(2027, 6, 1)),
        (date(2026, 1, 1), date(2027, 7, 1)),
        (date(2024, 1, 1), date(2026, 12, 1)),
        (date(2024, 1, 1), date(2027, 1, 1)),
        (date(2020, 5, 1), date(2027, 1, 1)),
        (date(2026, 8, 1), date(2031, 1, 1)),
    ):
        rows = [MonitoringRow("m", "g", "", day) for day in (first, last) if day]
        found = monitored.months(rows, TODAY)
        yield f"{first} to {last} -> {len(found)} from {found[0]} to {found[-1]}"


@table
def _monitored_lines_and_entries() -> Iterable[str]:
    goals = [replace(goal, id=str(n)) for n, goal in enumerate(books.GOALS[:2])]
    rows = [
        MonitoringRow("a", "0", "", date(2026, 9, 1), date(2026, 9, 9)),
        MonitoringRow("b", "0", "", date(2026, 10, 5)),
        MonitoringRow("c", "0", "", date(2026, 10, 6)),
        MonitoringRow("d", None, "Budget", date(2026, 9, 1)),
        MonitoringRow("e", None, "Board", date(2026, 9, 1)),
        MonitoringRow("f", None, "Budget", date(2026, 12, 1)),
        MonitoringRow("h", "gone", "Old", date(2026, 9, 1)),
        MonitoringRow("i", "0", "", date(2027, 1, 1)),
        MonitoringRow("j", "0", "", date(2026, 8, 1), None, Compliance.PARTIALLY),
    ]
    for one in monitored.lines(goals, rows):
        entries = [(str(month), [row.id for row in found]) for month, found in one.entries.items()]
        yield f"{one.goal_id} {one.subject}: {entries}"
    for goal, day in product(
        ("0", "1"),
        (
            date(2026, 7, 31),
            date(2026, 8, 15),
            date(2026, 9, 30),
            date(2026, 10, 14),
            date(2026, 11, 1),
            date(2027, 1, 31),
            date(2028, 1, 1),
        ),
    ):
        found = monitored.entry_for(rows, goal, day)
        yield f"{goal} on {day} -> {found.id if found else '-'}"


@table
def _monitored_targets() -> Iterable[str]:
    for interim in (
        "2027: 70; 2028: 75",
        "2026-27: 70%",
        "2026–2027 70",
        "2027 = 1,234.5",
        "2027: 70,5",
        "2027: −3",
        "1999: 5",
        "2027: ",
        "70",
        "2027: 70, 2028",
        "by 2027 about 70",
        "2027/28: 5",
        "12027: 5",
        "2027" + " " * 13 + "70",
        "2027: 70; soon",
        "",
    ):
        card = shares(17.0, interim=interim)
        yield line(
            interim,
            says=lambda c=card, i=interim: (
                monitored.interim_targets(c),
                monitored.annual_target(c, TODAY),
                monitored.unread(i),
            ),
        )
    for day in (date(2026, 6, 30), date(2026, 7, 1)):
        yield line(day, says=lambda d=day: monitored.school_year(d))


@table
def _monitored_met() -> Iterable[str]:
    cases: dict[str, Any] = {
        "none": shares(),
        "lower, met": shares(10.0),
        "lower, not yet": shares(10.1),
        "lower, due today": shares(10.1, target_on=TODAY),
        "lower, over": shares(10.1, target_on=TODAY - timedelta(1)),
        "no target": shares(10.1, target=None),
        "no day": shares(10.1, target_on=None),
        "annual": shares(15.0, interim="2024: 15; 2025: 12"),
        "annual, past": shares(15.1, interim="2023: 15; 2024: 15"),
        "higher": shares(30.0, direction=Direction.HIGHER, target=30.0),
        "higher, below": shares(29.0, direction=Direction.HIGHER, target=30.0),
        "contradicted": shares(17.0, direction=Direction.HIGHER),
        "doubtful": shares(615.0),
        "no band": shares(5.0, direction=Direction.BAND),
        "in the band": shares(5.0, direction=Direction.BAND, band_low=5.0, band_high=6.0),
        "at its end": shares(6.0, direction=Direction.BAND, band_low=5.0, band_high=6.0),
        "over it": shares(6.1, direction=Direction.BAND, band_high=6.0),
        "under it": shares(4.9, direction=Direction.BAND, band_low=5.0),
        "coded": shares(bounded(5.0, "<")),
        "coded, open": shares(bounded(20.0, "<")),
    }
    for name, card in cases.items():
        yield line(name, says=lambda c=card: (monitored.met(c, TODAY), measures.verdict_of(c)))
    for count in (1, 2, 4):
        yield line(
            count, says=lambda n=count: [row and row.value for row in monitored.periods(shares(1.0, 2.0, 3.0), n)]
        )


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_answers_as_its_table_says(name: str) -> None:
    TABLES.hold(name)


def test_each_chapter_has_its_table() -> None:
    TABLES.hold_nothing_else()
