"""When a policy is due, and which goals it supports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planstudio.domain.cards import Use
from planstudio.domain.kinds import PolicyState, Relation
from planstudio.domain.reviews import Due, add_months, last_looked_at, review_due, reviews, supported_goals
from reports import books


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 5), -12, date(2025, 1, 5)),
        (date(9999, 1, 1), 24, date.max),
    ],
)
def test_months_end_on_a_day_that_exists(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_the_newest_look_counts_whatever_it_was() -> None:
    policy = books.policy(adopted=date(2019, 5, 8), revised=(date(2021, 3, 9), date(2020, 1, 1)), review_months=60)
    assert last_looked_at(policy) == date(2021, 3, 9)
    assert review_due(policy) == date(2026, 3, 9)
    assert review_due(replace(policy, reviewed=date(2025, 4, 1))) == date(2030, 4, 1)


def test_without_a_cycle_or_a_day_nothing_is_due() -> None:
    assert review_due(books.policy(review_months=None)) is None
    assert review_due(books.policy(review_months=12, adopted=None)) is None


@pytest.mark.parametrize(
    ("adopted", "due"),
    [
        (date(2023, 10, 13), Due.OVERDUE),
        (date(2023, 10, 14), Due.SOON),
        (date(2024, 10, 14), Due.SOON),
        (date(2024, 10, 15), Due.LATER),
    ],
)
def test_overdue_begins_the_day_after(adopted: date, due: Due) -> None:
    book = books.book(policies=(books.policy(review_months=36, adopted=adopted),))
    assert [review.due for review in reviews(book)] == [due]


def test_those_that_wait_longest_come_first_and_repealed_ones_not_at_all() -> None:
    old = books.policy("1", review_months=12, adopted=date(2015, 1, 1))
    new = books.policy("2", review_months=12, adopted=date(2026, 1, 1))
    none = books.policy("3")
    gone = books.policy("4", state=PolicyState.REPEALED)
    found = reviews(books.book(policies=(none, new, gone, old)))
    assert [review.policy.code for review in found] == ["1", "2", "3"]


@pytest.mark.parametrize("row", ["g1", "s1.3", "m2", "m4"])
def test_a_policy_supports_the_goal_of_what_it_is_attached_to(row: str) -> None:
    policy = books.policy(uses=(Use("l", "any", row, "", Relation.SUPPORTS),))
    assert [goal.id for goal in supported_goals(policy, books.whole())] == ["g1"]
