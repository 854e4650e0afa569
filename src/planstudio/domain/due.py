"""Which goals and strategies wait for an update, overdue first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.folding import fold
from planstudio.domain.kinds import Frequency
from planstudio.domain.progress import next_update
from planstudio.i18n import _

SOON = timedelta(days=14)
_SOONER = {Frequency.WEEKLY: timedelta(days=2), Frequency.MONTHLY: timedelta(days=7)}  # else these would always wait


@dataclass(frozen=True)
class DueUpdate:
    """A goal or strategy with the day on which its next update is due."""

    table: str
    card: GoalCard | StrategyCard
    number: str
    name: str
    department: str
    on: date

    def late(self, today: date) -> bool:
        return self.on < today


def due_updates(goals: Sequence[GoalCard], today: date) -> tuple[DueUpdate, ...]:
    """What is overdue, due today or soon; the longest overdue first. What was updated today waits for nothing."""
    found = [one for goal in goals for one in _of_goal(goal, today) if _is_soon(one, today)]
    return tuple(sorted(found, key=lambda one: one.on))


def _is_soon(one: DueUpdate, today: date) -> bool:
    every = one.card.update_every
    soon = _SOONER.get(every, SOON) if every else SOON
    return one.card.updated_on != today and one.on <= today + soon


def _of_goal(goal: GoalCard, today: date) -> Iterator[DueUpdate]:
    if (on := next_update(goal, today)) is not None:
        name = goal.name
        yield DueUpdate("goal", goal, goal.number, name, "", on)
    for one in goal.strategies:
        if (on := next_update(one, today)) is not None:
            yield DueUpdate("strategy", one, one.number, one.name, one.department, on)


def mine(due: Sequence[DueUpdate], who: str) -> tuple[DueUpdate, ...]:
    """Those of the owner called *who*."""
    return tuple(one for one in due if fold(one.card.owner) == fold(who))


def name_of(one: DueUpdate) -> str:
    kind = _("Goal {number}") if one.table == "goal" else _("Strategy {number}")
    return kind.format(number=one.number)
