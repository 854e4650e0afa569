"""Policy codes in the order people file them."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain.codes import natural


@pytest.mark.parametrize(
    "filed",
    [
        ["1326", "1326.1", "1326.2", "1326.10", "1327", "11000"],
        ["BE", "BEA", "BEDB", "BF"],
        ["AC", "AC-E", "AC-R", "ACA"],
        ["B-9", "B-10", "B-1211"],
        ["5.1", "5.9", "5.10", "5.100"],
        ["100", "jica", "JICFB"],
    ],
)
def test_codes_sort_as_people_file_them(filed: list[str]) -> None:
    mixed = filed[:]
    random.Random(3).shuffle(mixed)
    assert sorted(mixed, key=natural) == filed


@given(st.lists(st.text(max_size=30), max_size=20))
def test_any_codes_at_all_can_be_sorted(codes: list[str]) -> None:
    filed = sorted(codes, key=natural)
    assert all(natural(one) <= natural(next_) for one, next_ in pairwise(filed))


@pytest.mark.parametrize("code", ["²", "٣٤", "９", "1" * 100_000, "½", ""])
def test_odd_digits_and_endless_codes_do_not_break_the_order(code: str) -> None:
    assert sorted([code, "1326"], key=natural)
