"""When an agenda must be posted: hours and days, open and closed, by state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import MeetingKind
from planstudio.domain.posting import (
    Notice,
    check_days,
    check_rule,
    deadline,
    late_words,
    moved_words,
    parse_notice,
    posting_rule,
    posting_stands,
    state_note,
    states,
)

HOLIDAY = date(2026, 11, 26)  # a Thursday


def closed(day: date) -> bool:
    return day.weekday() >= 5 or day == HOLIDAY


@pytest.mark.parametrize(
    ("notice", "start", "due"),
    [
        ("72 hours", "2026-12-01T18:30", "2026-11-28T18:30"),  # weekend hours count
        ("24 hours", "2026-12-01T18:30", "2026-11-30T18:30"),
        ("48 business hours", "2026-12-01T18:30", "2026-11-27T18:30"),  # over the weekend
        ("48 business hours", "2026-11-30T18:30", "2026-11-25T18:30"),  # over the holiday, too
        ("6 days", "2026-12-01T18:30", "2026-11-25T23:59"),
        ("3 business days", "2026-11-19T18:30", "2026-11-13T23:59"),  # Thursday: post on the Friday before
        ("3 business days", "2026-12-01T18:30", "2026-11-24T23:59"),  # Monday, Friday, Wednesday; posted on Tuesday
    ],
)
def test_the_last_minute_to_post(notice: str, start: str, due: str) -> None:
    assert deadline(datetime.fromisoformat(start), parse_notice(notice), closed) == datetime.fromisoformat(due)


@given(
    some.integers(1, 200), some.booleans(), some.booleans(), some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))
)
def test_a_deadline_lies_before_the_meeting_and_a_longer_notice_earlier(
    amount: int, business: bool, hours: bool, start: datetime
) -> None:
    start = start.replace(second=0, microsecond=0)
    due = deadline(start, Notice(amount, business, hours), closed)
    longer = deadline(start, Notice(amount + 1, business, hours), closed)
    assert longer <= due < start
    if hours:
        assert start - due >= timedelta(hours=amount)
    if business:
        assert not closed(due.date()) or due.time() == datetime.min.time()


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("72 horas", "72 hours"),
        ("1 día", "1 day"),
        ("6 dias", "6 days"),
        ("48 horas hábiles", "48 business hours"),
        ("3 Días Hábiles", "3 business days"),
        ("3 días laborables", "3 business days"),
        ("1 hora", "1 hour"),
    ],
)
def test_a_notice_is_read_in_either_language_and_said_in_the_one_spoken(spanish: str, english: str) -> None:
    assert parse_notice(spanish) == parse_notice(english)
    assert str(parse_notice(spanish)) == english


@pytest.mark.parametrize("words", ["3 hábiles", "72", "días 3", "3 days hábiles", "0 horas", "400 días"])
def test_what_is_no_notice_is_refused(words: str) -> None:
    with pytest.raises(InvalidInput, match="posting rule"):
        parse_notice(words)


def test_every_state_has_rules_that_can_be_read() -> None:
    assert {"california", "connecticut", "massachusetts", "texas"} <= states().keys()
    for name in states():
        for kind in MeetingKind:
            assert posting_rule(name.title(), kind).notice.amount > 0
    assert str(posting_rule("california", MeetingKind.REGULAR).notice) == "72 hours"
    assert str(posting_rule("California", MeetingKind.SPECIAL).notice) == "24 hours"
    assert posting_rule("36 hours", MeetingKind.REGULAR).notice == Notice(36, business=False, hours=True)


@pytest.mark.parametrize("wrong", ["soon", "hours", "0 hours", "72", "9999 days", "Ohio"])
def test_what_is_no_rule_is_refused_with_an_example(wrong: str) -> None:
    with pytest.raises(InvalidInput, match="72 hours"):
        check_rule(wrong)


def test_closed_days_are_days() -> None:
    check_days("2026-11-27\n\n2026-12-24")
    with pytest.raises(InvalidInput, match="Thanksgiving"):
        check_days("Thanksgiving")


# What stays on the record of a posting.


@dataclass(frozen=True)
class A:
    start: datetime | None = datetime(2026, 12, 9, 18, 30)
    posted_at: datetime | None = None
    posted_for: datetime | None = None
    posted_deadline: datetime | None = None
    posted_notice: str = ""
    zone: str = "America/Denver"


LATE = A(
    posted_at=datetime(2026, 12, 8, 8, 30), posted_for=datetime(2026, 12, 9, 18, 30),
    posted_deadline=datetime(2026, 12, 6, 18, 30), posted_notice="72 hours",
)  # fmt: skip


@pytest.mark.parametrize(
    ("meeting", "words"),
    [
        (A(), ""),
        (LATE, "Posted 34 h before; 72 required"),
        (replace(LATE, posted_notice="3 business days"), "Posted 34 h before; 3 business days required"),
        (replace(LATE, posted_at=datetime(2026, 12, 9, 19)), "Posted after the meeting had begun; 72 hours required"),
        (replace(LATE, posted_at=datetime(2026, 12, 6, 18, 30)), ""),
        (replace(LATE, start=datetime(2026, 12, 16, 18, 30)), "Posted 34 h before; 72 required"),
        (replace(LATE, posted_notice=""), "Posted 34 h before: late"),
        (replace(LATE, posted_notice="two suns"), "Posted 34 h before: late"),
    ],
)
def test_a_late_posting_stays_on_the_record(meeting: A, words: str) -> None:
    assert late_words(meeting) == words


def test_a_posting_stands_for_the_time_it_was_made_for() -> None:
    assert posting_stands(LATE)
    moved = replace(LATE, start=datetime(2026, 12, 16, 18, 30))
    assert not posting_stands(moved)
    assert not posting_stands(A())
    assert "was posted for Wednesday, December 9, 2026" in moved_words(moved)
    assert moved_words(LATE) == ""


def test_a_notice_is_kept_in_words_that_are_read_back() -> None:
    for words in ("72 hours", "3 business days", "1 days", "48 business hours"):
        assert parse_notice(parse_notice(words).plain) == parse_notice(words)


def test_a_states_rule_has_its_name_and_note_and_the_districts_own_has_neither() -> None:
    noted = next(name for name, state in states().items() if state["note"])
    rule = posting_rule(noted.upper(), MeetingKind.REGULAR)
    assert (rule.name, rule.note, rule.named) == (states()[noted]["name"], states()[noted]["note"], True)
    assert state_note(noted.title()) == states()[noted]["note"]
    own = posting_rule("72 hours", MeetingKind.REGULAR)
    assert (own.name, own.note, own.named) == ("The district’s rule", "", False)
    assert state_note("72 hours") == ""
