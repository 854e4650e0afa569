"""Which strategies a list shows, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.kinds import Frequency, GoalKind, Status
from planstudio.domain.strategy_filter import Attention, Filter, SortBy, filtered, read_filter, statuses_of

TODAY = date(2026, 11, 22)


def strategy(number: str, status: Status = Status.ON_TRACK, **more: object) -> StrategyCard:
    card = StrategyCard(
        id=number, goal_id=f"g{number[0]}", number=number, title=f"Strategy {number}", text="", priority="",
        owner="Ana", owner_id=None, department="", start=None, due=date(2027, 6, 30), status=status, percent=0,
        updated_on=date(2026, 11, 1),
    )  # fmt: skip
    return replace(card, **more)  # type: ignore[arg-type]


def goal(n: int, *strategies: StrategyCard) -> GoalCard:
    return GoalCard(
        id=f"g{n}", number=str(n), kind=GoalKind.GOAL, label="", title=f"Goal {n}", statement="", owner="",
        owner_id=None, status=Status.ON_TRACK, percent=0, updated_on=None, strategies=strategies,
    )  # fmt: skip


GOALS = (
    goal(
        1,
        strategy("1.1", Status.COMPLETED, due=date(2026, 1, 1), percent=100, updated_on=date(2026, 1, 1)),
        strategy("1.2", Status.AT_RISK, owner="Bo", department="Learning", priority="High", percent=40),
        strategy("1.3", due=date(2026, 10, 1), percent=60),
    ),
    goal(
        2,
        strategy("2.1", updated_on=date(2026, 2, 1), due=None, percent=10),
        strategy("2.2", Status.OFF_TRACK, owner="", priority="Low", percent=20),
        strategy("2.3", Status.NOT_STARTED, updated_on=None, text="Write to **families**"),
    ),
)


def shown(**asked: object) -> list[str]:
    return [one.number for one in filtered(GOALS, Filter(**asked), TODAY)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, ["2.2", "1.2", "2.1", "2.3", "1.3", "1.1"]),
        ({"status": "outdated"}, ["2.1"]),
        ({"status": "on track"}, ["1.3"]),
        ({"goal": "g1"}, ["1.2", "1.3", "1.1"]),
        ({"owner": "Bo"}, ["1.2"]),
        ({"department": "Learning"}, ["1.2"]),
        ({"priority": "Low"}, ["2.2"]),
        ({"words": "famil write"}, ["2.3"]),
        ({"words": "learning bo"}, ["1.2"]),
        ({"attention": Attention.OVERDUE}, ["1.3"]),
        ({"attention": Attention.NO_OWNER}, ["2.2"]),
        ({"attention": Attention.NO_DUE}, ["2.1"]),
        ({"attention": Attention.WAITS}, ["2.1", "2.3"]),
        ({"status": "at risk", "goal": "g2"}, []),
    ],
)
def test_a_filter_lets_through_what_is_asked_for(asked: dict[str, object], numbers: list[str]) -> None:
    assert shown(**asked) == numbers


@pytest.mark.parametrize(
    ("sort", "forwards", "backwards"),
    [
        (SortBy.NUMBER, ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], ["2.3", "2.2", "2.1", "1.3", "1.2", "1.1"]),
        (SortBy.OWNER, ["1.1", "1.3", "2.1", "2.3", "1.2", "2.2"], ["1.2", "2.3", "2.1", "1.3", "1.1", "2.2"]),
        (SortBy.DUE, ["1.1", "1.3", "1.2", "2.2", "2.3", "2.1"], ["2.3", "2.2", "1.2", "1.3", "1.1", "2.1"]),
        (SortBy.PERCENT, ["2.3", "2.1", "2.2", "1.2", "1.3", "1.1"], ["1.1", "1.3", "1.2", "2.2", "2.1", "2.3"]),
    ],
)
def test_what_has_no_value_comes_last_in_both_orders(sort: SortBy, forwards: list[str], backwards: list[str]) -> None:
    assert shown(sort=sort) == forwards
    assert shown(sort=sort, backwards=True) == backwards


def test_a_weekly_update_waits_after_a_week() -> None:
    one = strategy("1.1", update_every=Frequency.WEEKLY, updated_on=date(2026, 11, 15))
    assert filtered((goal(1, one),), Filter(attention=Attention.WAITS), TODAY) == (one,)


def test_only_the_statuses_that_occur_are_offered() -> None:
    assert statuses_of(GOALS[:1], TODAY) == ("at risk", "on track", "completed")


def test_a_filter_is_kept_and_read_again() -> None:
    asked = Filter("read", "at risk", "g1", "Ana", "Learning", "High", Attention.OVERDUE, SortBy.DUE, True)
    assert read_filter(asked.text()) == asked
    assert read_filter("{") == Filter()
    assert read_filter('{"sort": "smell"}') == Filter()
    assert read_filter("[]") == Filter()


def test_what_is_due_today_is_not_overdue() -> None:
    asked = Filter(attention=Attention.OVERDUE)
    for day, overdue in ((TODAY, False), (date(2026, 11, 21), True)):
        found = filtered((goal(1, strategy("1.1", due=day)),), asked, TODAY)
        assert bool(found) is overdue
