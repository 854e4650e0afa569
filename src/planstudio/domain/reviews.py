"""When a policy is due for review, and how that stands on a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planstudio.domain.cards import GoalCard, PlanBook, PolicyCard, StrategyCard
from planstudio.domain.kinds import PolicyState, Worded
from planstudio.i18n import N_

SOON_MONTHS = 12


class Due(Worded):
    OVERDUE = "overdue", N_("Overdue")
    SOON = "soon", N_("Due within a year")  # within twelve months
    LATER = "later", N_("Later")
    UNKNOWN = "unknown", N_("No day known")  # no cycle, or no day to count from


@dataclass(frozen=True)
class Review:
    """A policy with the day it was last looked at and the day it is due."""

    policy: PolicyCard
    last: date | None
    on: date | None
    due: Due


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_looked_at(policy: PolicyCard) -> date | None:
    """The last day on which the board adopted, revised or reviewed it."""
    return max((day for day in (policy.adopted, *policy.revised, policy.reviewed) if day), default=None)


def review_due(policy: PolicyCard) -> date | None:
    """The day by which it is to be reviewed; None without a cycle or a day to count from."""
    last = last_looked_at(policy)
    return add_months(last, policy.review_months) if last and policy.review_months else None


def reviews(book: PlanBook) -> list[Review]:
    """The policies that are in force or on their way, those that wait longest first, those without a day last."""
    found = [
        Review(policy, last_looked_at(policy), on := review_due(policy), _standing(on, book.today))
        for policy in book.policies
        if policy.state is not PolicyState.REPEALED
    ]
    return sorted(found, key=lambda review: review.on or date.max)


def _standing(on: date | None, today: date) -> Due:
    if on is None:
        return Due.UNKNOWN
    if on < today:
        return Due.OVERDUE
    return Due.SOON if on <= add_months(today, SOON_MONTHS) else Due.LATER


def supported_goals(policy: PolicyCard, book: PlanBook) -> Iterator[GoalCard]:
    """The goals that the policy is attached to, itself or by a strategy or measure."""
    ids = {use.row_id for use in policy.uses}
    for goal in book.goals:
        cards: tuple[GoalCard | StrategyCard, ...] = (goal, *goal.strategies)
        if ids & {ident for card in cards for ident in (card.id, *(measure.id for measure in card.measures))}:
            yield goal
