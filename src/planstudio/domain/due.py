"""Which goals and strategies wait for an update, overdue first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.folding import fold
from planstudio.domain.kinds import Frequency
from planstudio.domain.progress import next_update
from planstudio.i18n import _

SOON = timedelta(days=14)
# Else these would always wait.
_SOONER: dict[Frequency | None, timedelta] = {Frequency.WEEKLY: timedelta(2), Frequency.MONTHLY: timedelta(7)}


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
    cards: list[GoalCard | StrategyCard] = []
    for goal in goals:
        cards += [goal, *goal.strategies]
    return tuple(sorted(filter(None, (_soon(card, today) for card in cards)), key=lambda one: one.on))


def _soon(card: GoalCard | StrategyCard, today: date) -> DueUpdate | None:
    on = next_update(card, today)
    if on is None or card.updated_on == today or on > today + _SOONER.get(card.update_every, SOON):
        return None
    table, department = ("goal", "") if isinstance(card, GoalCard) else ("strategy", card.department)
    return DueUpdate(table, card, card.number, card.name, department, on)


def mine(due: Sequence[DueUpdate], who: str) -> tuple[DueUpdate, ...]:
    """Those of the owner called *who*."""
    return tuple(one for one in due if fold(one.card.owner) == fold(who))


def name_of(one: DueUpdate) -> str:
    kind = _("Goal {number}") if one.table == "goal" else _("Strategy {number}")
    return kind.format(number=one.number)
