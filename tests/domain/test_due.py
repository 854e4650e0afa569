"""What waits for an update: from which day on, in which order, and who is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.due import SOON, due_updates, mine, name_of
from planstudio.domain.kinds import Frequency, GoalKind, Status

TODAY = date(2026, 11, 22)


def strategy(number: str, due: date | None, **more: object) -> StrategyCard:
    card = StrategyCard(
        id=number, goal_id="g", number=number, title=f"Strategy {number}", text="", priority="", owner="Ana Ríos",
        owner_id=None, department="Learning", start=None, due=None, status=Status.ON_TRACK, percent=0,
        updated_on=date(2026, 8, 1), update_by=due,
    )  # fmt: skip
    return replace(card, **more)  # type: ignore[arg-type]


def goal(*strategies: StrategyCard, **more: object) -> GoalCard:
    card = GoalCard(
        id="g", number="1", kind=GoalKind.GOAL, label="", title="Readers", statement="", owner="", owner_id=None,
        status=Status.ON_TRACK, percent=0, updated_on=TODAY, strategies=strategies, update_by=date(2027, 6, 1),
    )  # fmt: skip
    return replace(card, **more)  # type: ignore[arg-type]


def test_what_is_due_today_is_not_late_and_the_day_after_it_is() -> None:
    (one,) = due_updates([goal(strategy("1.1", TODAY))], TODAY)
    assert not one.late(TODAY)
    assert one.late(TODAY + timedelta(days=1))


def test_the_longest_overdue_comes_first_and_what_is_far_away_not_at_all() -> None:
    days = {"1.1": TODAY, "1.2": date(2026, 9, 1), "1.3": TODAY + SOON, "1.4": TODAY + SOON + timedelta(days=1)}
    found = due_updates([goal(*(strategy(number, day) for number, day in days.items()))], TODAY)
    assert [(one.number, one.on) for one in found] == [("1.2", days["1.2"]), ("1.1", TODAY), ("1.3", days["1.3"])]


@pytest.mark.parametrize(("every", "within"), [(Frequency.WEEKLY, 2), (Frequency.MONTHLY, 7), (Frequency.ANNUAL, 14)])
def test_what_is_updated_often_is_soon_later(every: Frequency, within: int) -> None:
    found = [
        bool(due_updates([goal(strategy("1.1", TODAY + timedelta(days=days), update_every=every))], TODAY))
        for days in (within, within + 1)
    ]
    assert found == [True, False]


def test_what_was_updated_today_waits_for_nothing() -> None:
    assert due_updates([goal(strategy("1.1", TODAY, updated_on=TODAY))], TODAY) == ()


def test_a_goal_waits_by_itself_and_is_asked_of_its_owner() -> None:
    whole = goal(strategy("1.1", TODAY), updated_on=date(2026, 5, 1), update_by=TODAY, owner="Bo", title="")
    found = due_updates([replace(whole, statement="Every **child** reads")], TODAY)
    assert [(one.table, one.name, one.department) for one in found] == [
        ("goal", "Every child reads", ""), ("strategy", "Strategy 1.1", "Learning"),
    ]  # fmt: skip
    assert [name_of(one) for one in found] == ["Goal 1", "Strategy 1.1"]
    assert [one.number for one in mine(found, "ana ríos")] == ["1.1"]
