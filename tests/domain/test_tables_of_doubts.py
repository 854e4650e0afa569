"""What is asked about where two things hardly hold together (tables.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from domain.tables import Tables, line, shares
from planstudio.domain import (
    order_of_time,
)
from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.cards import MilestoneRow, PersonCard, PlanCard, UpdateCard
from planstudio.domain.kinds import (
    Direction,
    PersonRole,
    PolicyState,
    Status,
)
from planstudio.domain.plausibility import (
    about_goal,
    about_measure,
    about_monitoring,
    about_plan,
    about_policy,
    about_strategy,
    terms,
)
from reports import books

TODAY = date(2026, 10, 14)
TABLES = Tables()
table = TABLES.keep


# What contradicts itself.


@table
def _doubts_about_measures() -> Iterable[str]:
    row = replace(books.measure().observations[0], student_group="", value=40.0, count=40, period_end=date(2026, 6, 30))
    girls = replace(row, student_group="Girls", count=41, value=41.0)
    more = (row, girls)
    cases: dict[str, Any] = {
        "sound": shares(17.0),
        "upside down": shares(17.0, direction=Direction.HIGHER),
        "no baseline told": shares(17.0, direction=Direction.HIGHER, baseline=None),
        "lower, and higher aimed at": shares(17.0, target=20.0, kept_baseline=None),
        "equal": shares(17.0, target=18.0),
        "band mixed up": shares(17.0, band_low=20.0, band_high=10.0),
        "band of one": shares(17.0, band_low=10.0, band_high=10.0),
        "target above the band": shares(17.0, direction=Direction.BAND, band_low=11.0, band_high=12.0, target=12.1),
        "target at the band's end": shares(17.0, direction=Direction.BAND, band_low=11.0, band_high=12.0, target=12.0),
        "target at its beginning": shares(17.0, direction=Direction.BAND, band_low=11.0, target=11.0),
        "target below": shares(17.0, direction=Direction.BAND, band_low=11.0, target=10.9),
        "odd target": shares(17.0, target=0.1),
        "odd baseline": shares(17.0, baseline=180.0),
        "odd ends": shares(17.0, band_low=-1.0, band_high=101.0),
        "odd figure": shares(17.0, 0.615),
        "odd twice": shares(17.0, 615.0, 615.0),
        "negative": shares(17.0, -17.0),
        "same day": shares(17.0, target_on=date(2023, 6, 30)),
        "day after": shares(17.0, target_on=date(2023, 7, 1)),
        "ways fine": shares(17.0, interim="2025: 16; 2026: 12"),
        "way back": shares(17.0, interim="2025: 12; 2026: 13"),
        "way beyond": shares(17.0, interim="2025: 19"),
        "way below": shares(17.0, interim="2025: 9"),
        "way too late": shares(17.0, interim="2028: 12"),
        "way in the last year": shares(17.0, interim="2027: 12"),
        "ways up": shares(17.0, direction=Direction.HIGHER, target=30.0, interim="2025: 20; 2026: 19"),
        "ways in a band": shares(17.0, direction=Direction.BAND, band_low=1.0, interim="2025: 99"),
        "ways without ends": shares(17.0, target=None, target_on=None, interim="2025: 99; 2026: 100"),
        "far ahead": shares(17.0, kept=(replace(row, period_end=date(2027, 10, 15)),)),
        "a year ahead": shares(17.0, kept=(replace(row, period_end=date(2027, 10, 14)),)),
        "long before": shares(17.0, kept=(replace(row, period_end=date(2022, 6, 29)),)),
        "a year before": shares(17.0, kept=(replace(row, period_end=date(2022, 6, 30)),)),
        "more girls": shares(17.0, kept=more, observations=more),
        "as many girls": shares(
            17.0, kept=(row, replace(girls, count=40)), observations=(row, replace(girls, count=40))
        ),
        "more girls, not told": shares(17.0, kept=more, observations=(row,)),
        "students": shares(
            17.0,
            unit="students",
            kept=(row, replace(girls, count=None)),
            observations=(row, replace(girls, count=None)),
        ),
        "half a student": shares(
            17.0, unit="students", kept=(replace(row, value=40.5),), observations=(replace(row, value=40.5),)
        ),
        "fewer than none": shares(
            17.0, unit="students", kept=(replace(row, value=-1.0),), observations=(replace(row, value=-1.0),)
        ),
        "not told": shares(17.0, unit="students", kept=(replace(row, value=-1.0),), observations=()),
    }
    for name, card in cases.items():
        yield line(
            name,
            says=lambda card=card: [
                (one.field, one.number, one.page, one.words) for one in about_measure(card, "1.2", TODAY)
            ],
        )
        if about_measure(card, "1.2", TODAY) != about_measure(card, "1.2", TODAY, recording=True):
            yield line(
                name,
                "recording",
                says=lambda card=card: [
                    (one.field, one.words) for one in about_measure(card, "1.2", TODAY, recording=True)
                ],
            )


def _update(on: date, status: Status, percent: int | None) -> UpdateCard:
    return UpdateCard("u", on, status, percent, "", "", "Ann")


@table
def _doubts_about_goals_and_strategies() -> Iterable[str]:
    plan = PlanCard("p", "Plan", period_start=date(2026, 7, 1), period_end=date(2030, 6, 30))
    people = terms(
        [
            PersonCard("o", "Jordan Lee", "", PersonRole.STAFF, None, date(2026, 10, 13)),
            PersonCard("n", "Kim", "", PersonRole.STAFF),
        ]
    )
    goal = replace(
        books.GOALS[0], id="g", number="2", owner_id=None, deadline=None, updates=(), percent=0, status=Status.ON_TRACK
    )
    for name, fields in {
        "sound": {},
        "deadline before": {"deadline": date(2026, 6, 30)},
        "deadline on the first": {"deadline": date(2026, 7, 1)},
        "deadline on the last": {"deadline": date(2030, 6, 30)},
        "deadline after": {"deadline": date(2030, 7, 1)},
        "owner gone": {"owner_id": "o"},
        "owner gone, completed": {"owner_id": "o", "status": Status.COMPLETED},
        "owner stays": {"owner_id": "n"},
        "completed at 99": {"updates": (_update(TODAY, Status.COMPLETED, 99),)},
        "completed at 100": {"updates": (_update(TODAY, Status.COMPLETED, 100),), "percent": 100},
        "completed": {"updates": (_update(TODAY, Status.COMPLETED, None),)},
        "all done": {"updates": (_update(TODAY, Status.ON_TRACK, 100),), "percent": 100},
        "all done, said before": {
            "updates": (_update(TODAY, Status.ON_TRACK, None), _update(TODAY, Status.ON_TRACK, 100)),
            "percent": 100,
        },
        "not started at 1": {"updates": (_update(TODAY, Status.NOT_STARTED, 1),)},
        "not started at 0": {"updates": (_update(TODAY, Status.NOT_STARTED, 0),)},
        "to come": {"updates": (_update(TODAY + timedelta(1), Status.ON_TRACK, 5),)},
    }.items():
        yield line(
            name,
            says=lambda f=fields: [
                (one.field, one.number, one.name, one.page, one.words)
                for one in about_goal(replace(goal, **f), plan, TODAY, people)
            ],
        )
    strategy = replace(
        books.GOALS[0].strategies[0],
        id="s",
        number="2.1",
        owner_id=None,
        start=None,
        due=None,
        updates=(),
        percent=0,
        status=Status.ON_TRACK,
        milestones=(),
    )
    limited = replace(goal, deadline=date(2028, 6, 30))
    for name, fields in {
        "sound": {},
        "due before it begins": {"start": date(2027, 1, 2), "due": date(2027, 1, 1)},
        "due when it begins": {"start": date(2027, 1, 1), "due": date(2027, 1, 1)},
        "due after the goal": {"due": date(2028, 7, 1)},
        "due with the goal": {"due": date(2028, 6, 30)},
        "before the plan": {"start": date(2026, 6, 30)},
        "after the plan": {"due": date(2030, 7, 1)},
        "told before it began": {
            "start": date(2026, 8, 2),
            "updates": (_update(date(2026, 9, 1), Status.ON_TRACK, 1), _update(date(2026, 8, 1), Status.ON_TRACK, 1)),
        },
        "told when it began": {"start": date(2026, 8, 1), "updates": (_update(date(2026, 8, 1), Status.ON_TRACK, 1),)},
        "owner gone": {"owner_id": "o"},
        "milestones": {
            "start": date(2026, 8, 1),
            "due": date(2027, 6, 30),
            "milestones": (
                MilestoneRow("a", "*Late*", date(2027, 7, 1)),
                MilestoneRow("b", "In time", date(2027, 6, 30)),
                MilestoneRow("c", "Early", date(2026, 7, 31)),
                MilestoneRow("d", "First", date(2026, 8, 1)),
                MilestoneRow("e", "To come", None, date(2026, 10, 15)),
                MilestoneRow("f", "Today", None, TODAY),
            ),
        },
        "milestone after the goal": {
            "milestones": (MilestoneRow("a", "Late", date(2028, 7, 1)), MilestoneRow("b", "In time", date(2028, 6, 30)))
        },
        "completed with something left": {
            "status": Status.COMPLETED,
            "milestones": (MilestoneRow("a", "Left"), MilestoneRow("b", "Done", None, TODAY)),
        },
    }.items():
        yield line(
            name,
            says=lambda f=fields: [
                (one.table, one.id, one.field, one.number, one.name, one.page, one.words)
                for one in about_strategy(replace(strategy, **f), limited, plan, TODAY, people)
            ],
        )


@table
def _doubts_about_plans_and_the_calendar() -> Iterable[str]:
    for start, end, adopted in product(
        (None, date(2026, 7, 1)), (None, date(2026, 6, 30), date(2026, 7, 1)), (None, TODAY, TODAY + timedelta(1))
    ):
        card = PlanCard("p", "Plan", period_start=start, period_end=end, adopted_on=adopted)
        yield line(
            start,
            end,
            adopted,
            says=lambda c=card: [
                (one.table, one.id, one.field, one.name, one.page, one.words) for one in about_plan(c, TODAY)
            ],
        )
    for month, day in product(
        (date(2026, 6, 1), date(2026, 10, 1)),
        (None, date(2026, 2, 28), date(2026, 3, 1), date(2026, 10, 1), date(2026, 10, 2), TODAY, TODAY + timedelta(1)),
    ):
        row = MonitoringRow("m", "g", "Reading", month, day)
        yield line(
            month,
            day,
            says=lambda r=row: [
                (one.id, one.field, one.name, one.page, one.words) for one in about_monitoring([r], TODAY)
            ],
        )


@table
def _doubts_about_policies() -> Iterable[str]:
    policy = replace(
        books.POLICIES[0],
        first_reading=None,
        second_reading=None,
        adopted=None,
        effective=None,
        revised=(),
        reviewed=None,
        repealed=None,
    )
    days = {
        "first_reading": date(2025, 1, 1),
        "second_reading": date(2025, 2, 1),
        "adopted": date(2025, 3, 1),
        "effective": date(2025, 4, 1),
        "reviewed": date(2025, 5, 1),
        "repealed": date(2025, 6, 1),
    }
    for state in PolicyState:
        for name in days:
            yield line(
                state,
                name,
                says=lambda s=state, n=name: [
                    (one.field, one.words) for one in about_policy(replace(policy, state=s, **{n: days[n]}))
                ],
            )
    for later, day in days.items():
        for before in days:
            if days[before] > day:
                continue
            card = replace(policy, state=PolicyState.REPEALED, **{before: day, later: days[before]})
            yield line(
                before,
                later,
                says=lambda c=card: [(one.id, one.number, one.name, one.field, one.words) for one in about_policy(c)],
            )
    for revised, repealed in product(
        ((date(2025, 2, 28), date(2025, 7, 1)), (date(2025, 3, 1), date(2025, 6, 1))), (None, date(2025, 6, 1))
    ):
        card = replace(policy, state=PolicyState.REPEALED, adopted=date(2025, 3, 1), revised=revised, repealed=repealed)
        yield line(revised, repealed, says=lambda c=card: [(one.field, one.words) for one in about_policy(c)])
    for state, reading in product(PolicyState, (date(2025, 3, 1), date(2025, 3, 2))):
        card = replace(policy, state=state, adopted=date(2025, 3, 1), first_reading=reading, second_reading=reading)
        yield line(state, reading, says=lambda c=card: [(one.field, one.words) for one in about_policy(c)])


@table
def _order_of_times() -> Iterable[str]:
    times = ("", "00:15", "05:59", "06:00", "11:59", "12:00", "18:30", "20:50")
    for first, last in product(times, times):
        yield line(first, last, says=lambda f=first, w=last: order_of_time.check_times(f, w, "ended"))
    day = date(2026, 10, 14)
    for on, today in product((None, day - timedelta(1), day, day + timedelta(1)), (None, day)):
        yield line(
            on, today, says=lambda o=on, t=today: order_of_time.check_approved(datetime(2026, 10, 14, 18, 30), o, t)
        )
        if on:
            yield line(on, says=lambda o=on: order_of_time.check_held(datetime(2026, 10, 14, 18, 30), o))


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_answers_as_its_table_says(name: str) -> None:
    TABLES.hold(name)


def test_each_chapter_has_its_table() -> None:
    TABLES.hold_nothing_else()
