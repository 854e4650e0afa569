"""What votes come to, and when an agenda must be posted (tables.py)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import product

import pytest

from domain.tables import Tables, line
from planstudio.domain import (
    posting,
    voting,
)
from planstudio.domain.kinds import (
    Choice,
    Majority,
    MeetingKind,
    MotionResult,
    PersonRole,
    Presence,
)
from planstudio.domain.voting import BoardRules, RollRow

TODAY = date(2026, 10, 14)
TABLES = Tables()
table = TABLES.keep


# Votes.


class _Item:
    def __init__(self, began: str = "", ended: str = "") -> None:
        self.began, self.ended = began, ended


_ITEMS = {
    "untimed": _Item(),
    "18:40 to 18:52": _Item("18:40", "18:52"),
    "from 18:40": _Item("18:40"),
    "to 18:52": _Item("", "18:52"),
    "over midnight": _Item("23:50", "00:20"),
}


@table
def _votes_who_was_there() -> Iterable[str]:
    times = ("", "18:20", "18:30", "18:31", "18:40", "18:41", "18:52", "18:53", "00:10")
    for (name, item), arrived, departed in product(_ITEMS.items(), times, times):
        if arrived and departed and arrived >= departed and departed != "00:10":
            continue
        row = RollRow("a", "Ann", True, Presence.PRESENT, arrived, departed)
        yield f"{name} | {arrived or '-'} to {departed or '-'} -> {voting.was_there(row, item, '18:30')}"
    for presence in (None, *Presence):
        row = RollRow("a", "Ann", True, presence)
        yield f"{presence} -> {voting.was_there(row, _ITEMS['18:40 to 18:52'], '')}"


@table
def _votes_minutes_since() -> Iterable[str]:
    for opened, time in product(
        ("", "18:30", "00:10"),
        ("00:00", "00:10", "06:29", "06:30", "06:31", "12:00", "12:10", "12:11", "18:30", "23:59"),
    ):
        yield line(opened, time, says=lambda opened=opened, time=time: voting.since(opened, time))


@table
def _votes_majorities() -> Iterable[str]:
    for majority in Majority:
        for yes, no in product(range(6), range(6)):
            reached = [seats for seats in range(8) if voting.reached(majority, yes, no, seats)]
            yield f"{majority.value}: {yes} yes, {no} no -> with {reached} seats"


def _room(*presences: Presence | None, members: int | None = None) -> list[RollRow]:
    return [
        RollRow(str(n), f"Member {n}", members is None or n < members, presence) for n, presence in enumerate(presences)
    ]


_P, _A = Presence.PRESENT, Presence.ABSENT
_ROOMS = {
    "nobody written": _room(None, None, None),
    "all three": _room(_P, Presence.REMOTE, _P),
    "two of three": _room(_P, _P, _A),
    "one of three": _room(_P, Presence.EXCUSED, _A),
    "two and a guest": _room(_P, _P, _P, members=2),
    "no members": _room(_P, _P, members=0),
    "one unwritten": _room(_P, None, _A),
}
_VOTES = {
    "none": {},
    "3 yes": dict.fromkeys("012", Choice.YES),
    "2 yes, 1 no": {"0": Choice.YES, "1": Choice.YES, "2": Choice.NO},
    "1 yes, 1 no": {"0": Choice.YES, "1": Choice.NO},
    "1 yes": {"0": Choice.YES},
    "1 no, 2 abstain": {"0": Choice.NO, "1": Choice.ABSTAIN, "2": Choice.ABSTAIN},
    "1 yes, 1 recused": {"0": Choice.YES, "1": Choice.RECUSED},
    "1 yes, 1 absent": {"0": Choice.YES, "1": Choice.ABSENT},
    "abstain alone": {"0": Choice.ABSTAIN},
}


@table
def _votes_outcomes() -> Iterable[str]:
    item = _ITEMS["18:40 to 18:52"]
    for (name, rows), (cast, votes), rules in product(
        _ROOMS.items(), _VOTES.items(), (BoardRules(), BoardRules(3, 2), BoardRules(3, 2, Majority.SEATS))
    ):
        made = voting.outcome(votes, rows, item, "18:30", rules)
        two = voting.outcome(votes, rows, item, "18:30", rules, Majority.TWO_THIRDS)
        here = voting.in_the_room(rows, item, "18:30", votes)
        alarm = voting.quorum_alarm(rows, item, "18:30", rules, votes)
        seats = f"{rules.seats}/{rules.quorum}/{rules.majority.value}"
        yield f"{name} | {cast} | {seats} -> {made.value}, two thirds {two.value}, {here} here {alarm}".rstrip()


@table
def _votes_results_by_hand() -> Iterable[str]:
    item = _ITEMS["18:40 to 18:52"]
    for (name, rows), (cast, votes), result in product(_ROOMS.items(), _VOTES.items(), MotionResult):
        if result in (MotionResult.PASSED, MotionResult.FAILED, MotionResult.TABLED):
            for majority in (None, Majority.TWO_THIRDS_SEATS):
                told = line(
                    name,
                    cast,
                    result,
                    majority,
                    says=lambda r=result, v=votes, w=rows, m=majority: voting.check_result(
                        r, v, w, item, "18:30", BoardRules(3, 2), m
                    ),
                )
                if "refused" in told or majority is None:
                    yield told


@table
def _votes_of_somebody() -> Iterable[str]:
    for presence, choice, movers in product((None, *Presence), Choice, ((), ("a", None))):
        row = RollRow("a", "Ann", True, presence)
        told = line(
            presence,
            choice,
            movers,
            says=lambda r=row, c=choice, m=movers: voting.check_vote(r, c, _ITEMS["18:40 to 18:52"], "18:30", m),
        )
        if "refused" in told:
            yield told
    late = RollRow("a", "Ann", True, Presence.PRESENT, "19:00")
    yield line("late", says=lambda: voting.check_vote(late, Choice.YES, _ITEMS["18:40 to 18:52"], "18:30", ()))
    yield line("unknown", says=lambda: voting.check_vote(None, Choice.YES, _ITEMS["18:40 to 18:52"], "18:30", ()))


@table
def _votes_boards() -> Iterable[str]:
    for members, seats, quorum in product((0, 1, 2, 5), (None, 0, 3, 7), (None, 0, 2)):
        yield line(members, seats, quorum, says=lambda m=members, s=seats, q=quorum: voting.board_rules(m, s, q))
    for seats, quorum in product((None, 0, 1, 99, 100), (None, 0, 1, 2, 99, 100)):
        yield line(seats, quorum, says=lambda s=seats, q=quorum: voting.check_board(s, q))
    days = (None, date(2026, 1, 1), date(2026, 12, 31))
    for role, start, end, on in product(
        (PersonRole.BOARD_MEMBER, PersonRole.STAFF), days, days, (*days, date(2026, 6, 1), date(2027, 1, 1))
    ):
        if voting.sits(role, start, end, on):
            yield line(role, start, end, on, says=lambda: "sits")


# Posting.


@table
def _posting_deadlines() -> Iterable[str]:
    closed = {date(2026, 11, 26), date(2026, 11, 27)}

    def shut(day: date) -> bool:
        return day.weekday() >= 5 or day in closed

    for start in (
        datetime(2026, 11, 30, 18, 30),
        datetime(2026, 12, 9, 18, 30),
        datetime(2026, 11, 28, 0, 0),
        datetime(2026, 11, 2, 9, 0),
    ):
        for rule in (
            "1 hour",
            "24 hours",
            "72 hours",
            "24 business hours",
            "48 business hours",
            "1 day",
            "6 days",
            "1 business day",
            "3 business days",
        ):
            for zone in ("", "America/New_York"):
                yield line(
                    start,
                    rule,
                    zone,
                    says=lambda s=start, r=rule, z=zone: posting.deadline(s, posting.parse_notice(r), shut, z),
                )


@table
def _posting_notices() -> Iterable[str]:
    for words in (
        "72 hours",
        "1 hour",
        " 3  business days ",
        "3 Business Day",
        "48 business hours",
        "3 días hábiles",
        "1 día hábil",
        "72 horas",
        "6 dias laborables",
        "0 hours",
        "366 days",
        "367 days",
        "9999 hours",
        "12345 hours",
        "soon",
        "",
        "3 days business",
        "-3 days",
    ):
        yield line(
            words,
            says=lambda words=words: (
                posting.parse_notice(words),
                str(posting.parse_notice(words)),
                posting.parse_notice(words).plain,
            ),
        )
        yield line(words, says=lambda words=words: posting.check_rule(words))
    for words in ("", "2026-11-26", "2026-11-26\n 2026-12-25 \n", "2026-13-01", "Christmas " * 9):
        yield line(words, says=lambda words=words: posting.check_days(words))


@table
def _posting_rules_of_states() -> Iterable[str]:
    for state in sorted(posting.states()):
        for kind in (MeetingKind.REGULAR, MeetingKind.SPECIAL, MeetingKind.RETREAT, MeetingKind.EMERGENCY):
            yield line(state.title(), kind, says=lambda s=state, k=kind: posting.posting_rule(s.title(), k))
    yield line("2 days", says=lambda: posting.posting_rule("2 days", MeetingKind.REGULAR))


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_answers_as_its_table_says(name: str) -> None:
    TABLES.hold(name)


def test_each_chapter_has_its_table() -> None:
    TABLES.hold_nothing_else()
