"""Who is in the room, what a vote came to, and what nobody has written down yet."""

from __future__ import annotations

import pytest

from planstudio.domain.agenda import AgendaItemCard, AttendanceRow, MotionCard, VoteRow
from planstudio.domain.kinds import Access, Choice, ItemState, ItemType, MotionResult, Presence, TimeUse
from planstudio.domain.room import RollRow, motion_words, quorum_words, roll, roll_words, tally, unanimous, was_there


def an_item(began: str = "", ended: str = "") -> AgendaItemCard:
    return AgendaItemCard(
        id="i", section_id="s", number="1A", title="Boiler", type=ItemType.ACTION, access=Access.PUBLIC, ground="",
        state=ItemState.ACCEPTED, returned_because="", presenter="", contact="", minutes=8, time_use=TimeUse.OTHER,
        pulled=False, background="", rationale="", fiscal_impact="", recommended_motion="", began=began, ended=ended,
    )  # fmt: skip


def a_motion(votes: str, result: MotionResult = MotionResult.PASSED, **names: str) -> MotionCard:
    """A motion with a vote for each letter of *votes*, cast by A, B, C …"""
    choices = {"y": Choice.YES, "n": Choice.NO, "a": Choice.ABSTAIN, "b": Choice.ABSENT, "r": Choice.RECUSED}
    cast = tuple(VoteRow(str(n), chr(65 + n), choices[sign]) for n, sign in enumerate(votes))
    return MotionCard("m", "To accept", result=result, votes=cast, **names)


def a_row(presence: Presence | None, arrived: str = "", departed: str = "", *, member: bool = True) -> RollRow:
    return RollRow("p", "Rosa Finch", member, presence, arrived, departed)


@pytest.mark.parametrize(
    ("here", "words"),
    [
        (4, "4 of 7 present: a quorum"),
        (3, "3 of 7 present: no quorum"),
        (0, "Nobody’s attendance is recorded yet"),
    ],
)
def test_a_quorum_is_more_than_half_of_the_seats(here: int, words: str) -> None:
    rows = [a_row(Presence.REMOTE if n < here else None) for n in range(7)]
    assert quorum_words(rows) == words


def test_half_of_an_even_board_is_no_quorum_and_guests_do_not_count() -> None:
    rows = [a_row(Presence.PRESENT)] * 3 + [a_row(Presence.ABSENT)] * 3 + [a_row(Presence.PRESENT, member=False)]
    assert quorum_words(rows) == "3 of 6 present: no quorum"


def test_who_has_left_is_not_in_the_room() -> None:
    rows = [a_row(Presence.PRESENT), a_row(Presence.PRESENT, departed="20:00"), a_row(Presence.PRESENT)]
    assert quorum_words(rows) == "2 of 3 present: a quorum"


def test_the_roll_lists_members_first_and_forgets_nobody_with_a_record() -> None:
    records = [AttendanceRow("g", "Guest", Presence.PRESENT), AttendanceRow("a", "Ann", Presence.ABSENT)]
    rows = roll([("a", "Ann"), ("b", "Bo")], records)
    assert [(row.person, row.member, row.presence) for row in rows] == [
        ("Ann", True, Presence.ABSENT),
        ("Bo", True, None),
        ("Guest", False, Presence.PRESENT),
    ]


@pytest.mark.parametrize(
    ("row", "item", "there"),
    [
        (a_row(Presence.PRESENT), an_item(), True),
        (a_row(Presence.ABSENT), an_item(), False),
        (a_row(None), an_item(), False),
        (a_row(Presence.PRESENT, departed="20:00"), an_item(), None),
        (a_row(Presence.PRESENT, arrived="19:45"), an_item(), None),
        (a_row(Presence.PRESENT, departed="19:35"), an_item("19:30", "19:40"), None),
        (a_row(Presence.PRESENT, departed="20:00"), an_item("19:30", "19:40"), True),
        (a_row(Presence.PRESENT, departed="20:00"), an_item("20:10"), False),
        (a_row(Presence.PRESENT, arrived="18:50"), an_item("18:35", "18:45"), False),
        (a_row(Presence.PRESENT, arrived="18:50"), an_item("18:35", "18:55"), None),
        (a_row(Presence.PRESENT, arrived="18:20"), an_item("18:35", "18:55"), True),
        (a_row(Presence.PRESENT, departed="00:15"), an_item("23:50", "00:10"), True),
        (a_row(Presence.PRESENT, departed="23:50"), an_item("00:15"), False),
    ],
)
def test_who_was_there_for_an_item_is_told_by_the_clock_over_midnight_too(
    row: RollRow, item: AgendaItemCard, there: bool | None
) -> None:
    assert was_there(row, item, "18:30") is there


def test_all_present_vote_yes_and_the_others_are_absent() -> None:
    rows = [RollRow("a", "A", presence=Presence.PRESENT), RollRow("b", "B"), RollRow("c", "C", False, Presence.PRESENT)]
    assert unanimous(rows, an_item(), "") == {"a": Choice.YES, "b": Choice.ABSENT}


@pytest.mark.parametrize(
    ("motion", "words"),
    [
        (a_motion("yyyyynn"), "5 yes, 2 no: carried"),
        (a_motion("yna", MotionResult.FAILED), "1 yes, 1 no, 1 abstained: failed"),
        (a_motion("", MotionResult.OPEN), "No votes yet"),
        (a_motion("b", MotionResult.OPEN), "1 absent"),
        (a_motion("", MotionResult.NO_SECOND), "Died for lack of a second"),
    ],
)
def test_a_vote_is_counted_in_words(motion: MotionCard, words: str) -> None:
    assert tally(motion) == words


def test_the_minutes_tell_a_motion_in_sentences() -> None:
    assert motion_words(a_motion("yyn", mover="Rosa Finch", seconder="Owen Marsh")) == (
        "Moved by Rosa Finch, seconded by Owen Marsh.",
        "2 yes, 1 no: carried.",
        "Yes: A, B. No: C.",
    )
    assert motion_words(a_motion("", MotionResult.NO_SECOND, mover="Rosa Finch")) == (
        "Moved by Rosa Finch.",
        "Died for lack of a second.",
    )


def test_the_roll_is_told_by_presence() -> None:
    records = [
        AttendanceRow("a", "Ann", Presence.PRESENT),
        AttendanceRow("b", "Bo", Presence.EXCUSED),
        AttendanceRow("c", "Cy", Presence.PRESENT),
    ]
    assert roll_words(records) == "Present: Ann, Cy. Excused: Bo."
