"""Which strategies a list shows, and in which order."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.folding import fold, holds
from planstudio.domain.progress import ENDED, silent, stale
from planstudio.richtext import plain

OUTDATED = "outdated"  # beside the statuses: said too long ago to be believed


class Attention(StrEnum):
    """What somebody should look at."""

    OVERDUE = "overdue"
    WAITS = "waits for an update"
    NO_OWNER = "no owner"
    NO_DUE = "no due day"


class SortBy(StrEnum):
    URGENCY = "urgency"  # as is asked first: off track, at risk, outdated …
    NUMBER = "number"
    OWNER = "owner"
    DEPARTMENT = "department"
    PRIORITY = "priority"
    DUE = "due"
    PERCENT = "percent"
    UPDATED = "updated"


URGENCY = ("off track", "at risk", OUTDATED, "on hold", "not started", "on track", "completed", "discontinued")


@dataclass(frozen=True)
class Filter:
    """What is asked for; "" is everything. *goal* is an id, *status* a Status or "outdated"."""

    words: str = ""
    status: str = ""
    goal: str = ""
    owner: str = ""
    department: str = ""
    priority: str = ""
    attention: str = ""
    sort: str = SortBy.URGENCY
    backwards: bool = False

    def text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self))


def read_filter(text: str) -> Filter:
    """A filter that was kept; one of everything where it cannot be read."""
    try:
        kept = json.loads(text)
        found = Filter(**{one.name: kept[one.name] for one in fields(Filter) if one.name in kept})
        SortBy(found.sort)
    except (ValueError, TypeError):
        return Filter()
    return found


def shown_status(card: StrategyCard, today: date) -> str:
    """The judged status, or that it is outdated."""
    return OUTDATED if stale(card, today) else card.status.value


def filtered(goals: Sequence[GoalCard], asked: Filter, today: date) -> tuple[StrategyCard, ...]:
    """The strategies of *goals* that *asked* lets through, in its order."""
    value = _VALUES[SortBy(asked.sort)]
    found = [one for goal in goals for one in goal.strategies if _passes(one, asked, today)]
    known = sorted((one for one in found if value(one, today) is not None), key=lambda one: value(one, today))
    if asked.backwards:
        known.reverse()
    return (*known, *(one for one in found if value(one, today) is None))  # what has no value stays at the end


_VALUES: dict[SortBy, Callable[[StrategyCard, date], Any]] = {
    SortBy.URGENCY: lambda card, today: URGENCY.index(shown_status(card, today)),
    SortBy.NUMBER: lambda _card, _today: 0,
    SortBy.OWNER: lambda card, _today: fold(card.owner) or None,
    SortBy.DEPARTMENT: lambda card, _today: fold(card.department) or None,
    SortBy.PRIORITY: lambda card, _today: fold(card.priority) or None,
    SortBy.DUE: lambda card, _today: card.due,
    SortBy.PERCENT: lambda card, _today: card.percent,
    SortBy.UPDATED: lambda card, _today: card.updated_on,
}


def _passes(card: StrategyCard, asked: Filter, today: date) -> bool:
    text = f"{card.number} {card.title} {plain(card.text)} {card.owner} {card.department}" if asked.words else ""
    return (
        holds(text, asked.words)
        and asked.status in ("", shown_status(card, today))
        and asked.goal in ("", card.goal_id)
        and asked.owner in ("", card.owner)
        and asked.department in ("", card.department)
        and asked.priority in ("", card.priority)
        and (not asked.attention or _needs(card, Attention(asked.attention), today))
    )


def _needs(card: StrategyCard, what: Attention, today: date) -> bool:
    needs = {
        Attention.OVERDUE: card.due is not None and card.due < today,
        Attention.WAITS: silent(card, today),
        Attention.NO_OWNER: not card.owner,
        Attention.NO_DUE: card.due is None,
    }
    return card.status not in ENDED and needs[what]


def statuses_of(goals: Sequence[GoalCard], today: date) -> tuple[str, ...]:
    """The statuses that occur, in the order of urgency."""
    there = {shown_status(one, today) for goal in goals for one in goal.strategies}
    return tuple(one for one in URGENCY if one in there)
