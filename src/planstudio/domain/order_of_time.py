"""What must come after what: times of an evening, dates of a policy, the days of a meeting and its minutes.

A check refuses what is typed against the order. A doubt is told of what already stands so, wherever it came from: where
it is typed, among what is missing in the plan, and before printing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from planstudio.domain.cards import PolicyCard
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import PolicyState
from planstudio.domain.words import field_word, word
from planstudio.i18n import _, clock_time, medium_date

_NOON, _SMALL_HOURS = "12:00", "06:00"  # an evening that goes past midnight ends before these
_READINGS = ("first_reading", "second_reading", "adopted", "reviewed", "repealed")
_AGAIN = (PolicyState.FIRST_READING, PolicyState.SECOND_READING, PolicyState.UNDER_REVIEW)
_NOT_YET = (PolicyState.DRAFT, PolicyState.FIRST_READING, PolicyState.SECOND_READING)


@dataclass(frozen=True)
class OutOfOrder:
    """Two things that cannot both be: the field to look at, and one sentence."""

    field: str
    words: str


def in_order(first: str, last: str) -> bool:
    """Whether "20:50" may be followed by "00:15": later, or past midnight in the same night."""
    return not first or not last or last >= first or (first >= _NOON and last < _SMALL_HOURS)


def check_times(first: str, last: str, field: str) -> None:
    """Refuse an end before its beginning."""
    if not in_order(first, last):
        words = _("{last} lies before {first}. Say whether AM or PM is meant, or correct the other time.")
        raise InvalidInput(words.format(first=_said(first), last=_said(last)), field=field)


def _said(time: str) -> str:
    return clock_time(datetime.fromisoformat(f"2000-01-01T{time}"))


def check_held(start: datetime, on: date) -> None:
    """Refuse that a meeting was held before its day."""
    if on < start.date():
        words = _("The meeting is set for {day}. If it was held before, change its date first.")
        raise InvalidInput(words.format(day=medium_date(start.date())), field="start")


def check_approved(start: datetime | None, on: date | None, today: date | None = None) -> None:
    """Refuse minutes that were approved before their meeting or are to be approved later."""
    if on and start and on < start.date():
        words = _("The meeting was on {day}: its minutes cannot have been approved before.")
        raise InvalidInput(words.format(day=medium_date(start.date())), field="minutes_approved_on")
    if on and today and on > today:
        words = _("{day} is still to come. Approve the minutes when the board has done so.")
        raise InvalidInput(words.format(day=medium_date(on)), field="minutes_approved_on")


def policy_doubts(policy: PolicyCard) -> tuple[OutOfOrder, ...]:
    """Dates of a policy that cannot follow one another, and dates that its state does not have yet."""
    return (*_out_of_order(policy), *_not_its_state(policy))


def _out_of_order(policy: PolicyCard) -> Iterator[OutOfOrder]:
    """For each date the latest of those that should have come before it and did not."""
    days = {name: getattr(policy, name) for name in (*_READINGS, "effective")}
    pairs = [*combinations(_READINGS, 2), ("adopted", "effective"), ("effective", "repealed")]
    later: dict[str, tuple[date, str]] = {}
    again = _is_read_again(policy)
    for before, after in pairs:
        if again and before.endswith("reading") and after in ("adopted", "reviewed"):
            continue
        if days[before] is not None and days[after] is not None and days[after] < days[before]:
            later[after] = max(later.get(after, (date.min, "")), (days[before], before))
    for after, (first, before) in later.items():
        yield _before(after, days[after], before, first)
    if policy.revised and policy.adopted is not None and min(policy.revised) < policy.adopted:
        yield _before("revised", min(policy.revised), "adopted", policy.adopted)
    if policy.revised and policy.repealed is not None and policy.repealed < max(policy.revised):
        yield _before("revised", max(policy.revised), "repealed", policy.repealed, after=True)


def _is_read_again(policy: PolicyCard) -> bool:
    """Whether the readings are of a change to what was adopted before them."""
    reading, adopted = policy.first_reading, policy.adopted
    return policy.state in _AGAIN and reading is not None and adopted is not None and adopted < reading


def _before(field: str, day: date, other: str, other_day: date, *, after: bool = False) -> OutOfOrder:
    words = _("{after}, {last}, lies before {before}, {first}.")
    if after:
        words = _("{after}, {last}, lies after {before}, {first}.")
    days = {"last": medium_date(day), "first": medium_date(other_day)}
    return OutOfOrder(field, words.format(after=_word(field), before=_word(other).lower(), **days))


def _not_its_state(policy: PolicyCard) -> Iterator[OutOfOrder]:
    known = {name for name in ("second_reading", "adopted", "repealed") if getattr(policy, name) is not None}
    early = known & {"adopted", "repealed"} if policy.state in _NOT_YET else set()
    if _is_read_again(policy):
        early -= {"adopted"}
    if policy.state is not PolicyState.REPEALED and not early:
        early = known & {"repealed"}
    if policy.state in (PolicyState.DRAFT, PolicyState.FIRST_READING):
        early |= known & {"second_reading"}
    for name in sorted(early):
        words = _("The state is “{state}”, and there is a date under “{field}”.")
        yield OutOfOrder(name, words.format(state=word(policy.state), field=_word(name)))


def _word(name: str) -> str:
    return field_word("policy_version", name)
