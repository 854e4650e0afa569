"""What comes after what: evenings, policies, meetings and their minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain.cards import PolicyCard
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import PolicyKind, PolicyState
from planstudio.domain.order_of_time import (
    check_approved,
    check_held,
    check_times,
    in_order,
    policy_doubts,
)
from planstudio.domain.times_of_day import minutes_between

POLICY = PolicyCard("p", "5145", "Support", PolicyKind.POLICY, PolicyState.ADOPTED)
IN_TURN = ("first_reading", "second_reading", "adopted", "reviewed", "repealed")
EVENING = datetime(2026, 12, 9, 18, 30)


def test_an_adopted_policy_may_be_read_again_and_a_draft_was_never_adopted() -> None:
    adopted, reading = date(2016, 11, 8), date(2026, 10, 13)
    read = replace(POLICY, adopted=adopted, first_reading=reading)
    for state in (PolicyState.UNDER_REVIEW, PolicyState.FIRST_READING, PolicyState.SECOND_READING):
        assert policy_doubts(replace(read, state=state)) == ()
    for state in (PolicyState.DRAFT, PolicyState.ADOPTED):
        assert "adopted" in [doubt.field for doubt in policy_doubts(replace(read, state=state))]
    backwards = replace(read, state=PolicyState.SECOND_READING, second_reading=date(2026, 9, 1))
    assert [doubt.field for doubt in policy_doubts(backwards)] == ["second_reading"]


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [("18:32", "20:50", 138), ("20:50", "00:15", 205), ("08:00", "17:00", 540), ("20:50", "08:37", None),
     ("09:00", "08:00", None), ("", "20:00", None)],
)  # fmt: skip
def test_an_evening_may_go_past_midnight_and_not_into_the_morning(first: str, last: str, minutes: int | None) -> None:
    assert minutes_between(first, last) == minutes
    if first and minutes is None:
        with pytest.raises(InvalidInput, match="lies before"):
            check_times(first, last, "adjourned")
    else:
        assert in_order(first, last)


def test_the_board_has_held_and_approved_nothing_before_its_time() -> None:
    with pytest.raises(InvalidInput, match="change its date first"):
        check_held(EVENING, date(2026, 12, 8))
    check_held(EVENING, date(2026, 12, 9))
    with pytest.raises(InvalidInput, match="cannot have been approved before"):
        check_approved(EVENING, date(2026, 12, 1), date(2027, 2, 1))
    with pytest.raises(InvalidInput, match="still to come"):
        check_approved(EVENING, date(2027, 1, 13), date(2027, 1, 12))
    check_approved(EVENING, date(2027, 1, 13), date(2027, 1, 13))


def test_the_example_of_impossible_dates_is_told_at_every_field() -> None:
    policy = replace(
        POLICY, state=PolicyState.DRAFT, first_reading=date(2026, 12, 8), second_reading=date(2026, 11, 1),
        adopted=date(2026, 10, 1), repealed=date(2019, 1, 1),
    )  # fmt: skip
    doubts = policy_doubts(policy)
    assert {doubt.field for doubt in doubts} == {"second_reading", "adopted", "repealed"}
    said = [doubt.words for doubt in doubts]
    assert "Second reading, Nov 1, 2026, lies before first reading, Dec 8, 2026." in said
    assert "The state is “Draft”, and there is a date under “Repealed”." in said


def test_a_repealed_policy_and_one_under_review_are_in_order() -> None:
    dates = {"first_reading": date(2020, 1, 1), "adopted": date(2020, 2, 1), "repealed": date(2024, 1, 1)}
    assert policy_doubts(replace(POLICY, state=PolicyState.REPEALED, **dates)) == ()
    assert [doubt.field for doubt in policy_doubts(replace(POLICY, **dates))] == ["repealed"]
    assert policy_doubts(replace(POLICY, state=PolicyState.UNDER_REVIEW, adopted=date(2020, 2, 1))) == ()


@given(st.lists(st.integers(0, 4000), min_size=5, max_size=5))
def test_dates_are_in_doubt_exactly_when_two_of_them_are_the_wrong_way_round(days: list[int]) -> None:
    dates = dict(zip(IN_TURN, (date(2015, 1, 1) + timedelta(days=n) for n in days), strict=True))
    policy = replace(POLICY, state=PolicyState.REPEALED, **dates)
    assert bool(policy_doubts(policy)) == (days != sorted(days))
