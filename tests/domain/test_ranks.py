"""Ranks: there is always room, and they stay short."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain import ranks

ranks_made = st.text(ranks.DIGITS, min_size=1, max_size=12).filter(ranks.sound)


@given(ranks_made, ranks_made)
def test_there_is_room_between_any_two_ranks(one: str, other: str) -> None:
    low, high = sorted((one, other))
    if low != high:
        made = ranks.between(low, high)
        assert low < made < high
        assert ranks.sound(made)


@given(ranks_made)
def test_there_is_room_before_and_behind_any_rank(rank: str) -> None:
    assert ranks.between("", rank) < rank < ranks.between(rank, None)
    assert ranks.sound(ranks.between("", rank))
    assert ranks.sound(ranks.between(rank, None))


@given(st.integers(0, 400), st.one_of(st.just(""), ranks_made))
def test_a_spread_stands_in_order_behind_its_beginning(count: int, after: str) -> None:
    made = ranks.spread(count, after)
    assert len(set(made)) == count
    assert [after, *made] == sorted([after, *made])
    assert all(map(ranks.sound, made))


@pytest.mark.parametrize("count", [1, 17, 18, 35, 36, 200, 647, 648, 5_000])
def test_a_spread_over_a_new_list_is_as_short_as_it_can_be(count: int) -> None:
    longest = max(map(len, ranks.spread(count)))
    assert 36 ** (longest - 1) < 2 * (count + 1)


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=300))
def test_inserting_anywhere_keeps_the_order_of_the_list(places: list[float]) -> None:
    line: list[str] = []
    for place in places:
        at = int(place * (len(line) + 1))
        low = line[at - 1] if at else ""
        high = line[at] if at < len(line) else None
        line.insert(at, ranks.between(low, high))
    assert line == sorted(line)
    assert len(set(line)) == len(line)


def test_adding_at_the_end_ten_thousand_times_keeps_ranks_short() -> None:
    line = [""]
    for _n in range(10_000):
        line.append(ranks.between(line[-1], None))
    assert line == sorted(set(line))
    assert max(map(len, line)) <= 4


def test_adding_at_the_beginning_ten_thousand_times_keeps_ranks_short() -> None:
    line: list[str] = []
    for _n in range(10_000):
        line.append(ranks.between("", line[-1] if line else None))
    assert line == sorted(set(line), reverse=True)
    assert max(map(len, line)) <= 6


@pytest.mark.parametrize("side", ["behind the same row", "before the same row"])
def test_thousands_of_inserts_at_one_place_grow_a_digit_for_every_fourth_at_most(side: str) -> None:
    low, high = "i", "j"
    made = []
    for _n in range(3_000):
        rank = ranks.between(low, high)
        assert low < rank < high
        made.append(rank)
        low, high = (low, rank) if side.startswith("behind") else (rank, high)
    assert max(map(len, made)) <= 3_000 / 4
    assert len(set(made)) == 3_000


def test_a_day_of_shuffling_keeps_ranks_short() -> None:
    chance = random.Random(7)
    line = ranks.spread(60)
    for _n in range(5_000):
        line.pop(chance.randrange(len(line)))
        at = chance.randrange(len(line) + 1)
        line.insert(at, ranks.between(line[at - 1] if at else "", line[at] if at < len(line) else None))
    assert line == sorted(set(line))
    assert max(map(len, line)) < 40


@pytest.mark.parametrize(("low", "high"), [("i", "i"), ("j", "i"), ("i1", "i")])
def test_no_rank_is_made_up_where_there_is_no_room(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="no room"):
        ranks.between(low, high)


@pytest.mark.parametrize("rank", ["", "0", "a0", "A", "i!", "ï", "i" * 201])
def test_a_rank_that_would_leave_no_room_is_not_sound(rank: str) -> None:
    assert not ranks.sound(rank)
