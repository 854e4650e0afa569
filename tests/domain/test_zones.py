"""Hours are real hours where the board meets, whatever this computer's clock says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain.errors import InvalidInput
from planstudio.domain.posting import Deadline, PostingRule, deadline, parse_notice
from planstudio.domain.zones import back, between, check_exists, check_zone, moment, other_zones, usual_zones, wall

PACIFIC, ARIZONA = "America/Los_Angeles", "America/Phoenix"
SPRING, FALL = datetime(2027, 3, 15, 18, 30), datetime(2026, 11, 2, 18, 0)
ZONES = st.sampled_from([name for name, _words in usual_zones()] + ["Europe/Madrid", "Asia/Kathmandu"])
WALLS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda when: when.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("start", "zone", "due"),
    [
        (SPRING, PACIFIC, datetime(2027, 3, 12, 17, 30)),
        (FALL, PACIFIC, datetime(2026, 10, 30, 19, 0)),
        (SPRING, ARIZONA, datetime(2027, 3, 12, 18, 30)),
        (FALL, ARIZONA, datetime(2026, 10, 30, 18, 0)),
    ],
)
def test_72_hours_over_a_change_of_the_clock_are_72_hours(start: datetime, zone: str, due: datetime) -> None:
    assert deadline(start, parse_notice("72 hours"), lambda _day: False, zone) == due


def test_business_hours_lose_none_to_the_clock() -> None:
    weekend = deadline(SPRING, parse_notice("48 business hours"), lambda day: day.weekday() >= 5, PACIFIC)
    assert weekend == datetime(2027, 3, 11, 18, 30)  # the skipped hour was on a Sunday
    every = deadline(SPRING, parse_notice("48 business hours"), lambda _day: False, PACIFIC)
    assert every == datetime(2027, 3, 13, 17, 30)


def test_what_is_left_is_reckoned_where_the_board_meets() -> None:
    due = Deadline(PostingRule("", parse_notice("72 hours")), datetime(2027, 3, 12, 17, 30), PACIFIC)
    assert due.left(datetime(2027, 3, 13, 0, 30, tzinfo=UTC)) == timedelta(hours=1)


@given(WALLS, ZONES, st.integers(1, 400))
def test_back_and_between_are_each_others_inverse(start: datetime, zone: str, hours: int) -> None:
    span = timedelta(hours=hours)
    earlier = moment(back(start, span, zone), zone)
    real = moment(start, zone).astimezone(UTC) - earlier.astimezone(UTC)
    twice = wall(earlier.astimezone(UTC) + timedelta(hours=1), zone) == back(start, span, zone)
    assert real == span or (twice and real == span + timedelta(hours=1)), "the first of an hour told twice"


def test_an_hour_that_the_clock_skips_is_refused_and_one_told_twice_is_the_first() -> None:
    with pytest.raises(InvalidInput, match="skips this hour"):
        check_exists(datetime(2027, 3, 14, 2, 30), PACIFIC)
    check_exists(datetime(2027, 3, 14, 2, 30), ARIZONA)
    check_exists(datetime(2026, 11, 1, 1, 30), PACIFIC)
    assert moment(datetime(2026, 11, 1, 1, 30), PACIFIC).utcoffset() == timedelta(hours=-7)
    assert between(datetime(2026, 11, 1, 0, 30), datetime(2026, 11, 1, 3, 30), PACIFIC) == timedelta(hours=4)


@pytest.mark.parametrize("name", ["Mars/Base", "../etc/passwd", "America", "pacific time", "/etc/localtime", "\0"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="time zone"):
        check_zone(name)


def test_the_list_begins_with_the_districts_own_and_has_each_zone_once() -> None:
    names = [name for name, _words in usual_zones()]
    assert [words for _name, words in usual_zones()][:7] == [
        "Eastern", "Central", "Mountain", "Arizona", "Pacific", "Alaska", "Hawaii",
    ]  # fmt: skip
    for name in (*names, *other_zones()):
        check_zone(name)
    assert not set(names) & set(other_zones())
