"""What a goal is called in reports: its label, its title, both; and when the district's own labels cannot stand."""

from __future__ import annotations

import re
from dataclasses import replace

from planstudio.domain.cards import GoalCard, PlanBook
from planstudio.domain.texts import name_of
from planstudio.domain.words import word
from planstudio.i18n import _

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_DIGITS = 2  # longer numbers are years
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def goal_label(goal: GoalCard) -> str:
    """Goal 1, or what the district calls it."""
    return goal.label or _("{kind} {number}").format(kind=word(goal.kind), number=goal.number)


def goal_title(goal: GoalCard) -> str:
    """What stands as the page's title."""
    return name_of(goal.title, goal.statement) or goal_label(goal)


def goal_name(goal: GoalCard) -> str:
    """Goal 1: Every child a reader."""
    label, title = goal_label(goal), goal_title(goal)
    return title if title == label else f"{label}: {title}"


def labelled(book: PlanBook) -> PlanBook:
    """*book*, its goals without their own labels when one of these counts otherwise than the plan does.

    A goal that was moved still says "GOAL 1" as in the source. Were that
    printed, it would stand beside "Goal 4" and "Strategy 4.1", so places count.
    """
    if all(counted(goal.label) in (None, int(goal.number)) for goal in book.goals if goal.number.isdecimal()):
        return book
    return replace(book, goals=tuple(replace(goal, label="") for goal in book.goals))


def counted(label: str) -> int | None:
    """The place that a label claims: 3 for "Goal Three", "GOAL 3", "Goal III: Safety"; a year is no place."""
    for token in _TOKEN.findall(label):
        if token.isdecimal() and len(token) <= _DIGITS:
            return int(token)
        if token.casefold() in _NUMBERS:
            return _NUMBERS.index(token.casefold()) + 1
        if token in _ROMANS:
            return _ROMANS.index(token) + 1
    return None
