"""Quorum, presence and majority are applied: nothing is carried without them, and nobody votes by a guess."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Choice, Majority, MotionResult, Presence
from planstudio.domain.voting import (
    BoardRules,
    RollRow,
    board_rules,
    check_board,
    check_result,
    check_vote,
    in_the_room,
    outcome,
    quorum_alarm,
    reached,
    was_there,
)


@dataclass(frozen=True)
class Span:
    began: str = ""
    ended: str = ""


UNTIMED = Span()
TIMES = st.sampled_from(["", "18:30", "18:45", "19:00", "19:45", "20:20", "21:00", "23:50", "00:10"])
ROWS = st.lists(st.tuples(st.sampled_from([None, *Presence]), TIMES, TIMES, st.booleans()), min_size=1, max_size=9).map(
    lambda made: [
        RollRow(str(n), f"Member {n}", member, presence, arrived, departed)
        for n, (presence, arrived, departed, member) in enumerate(made)
    ]
)
SPANS = st.builds(Span, TIMES, TIMES)


def board(here: int, seats: int) -> list[RollRow]:
    """A board of so many seats, the first *here* of them present."""
    return [
        RollRow(str(n), f"Member {n}", True, Presence.PRESENT if n < here else Presence.ABSENT) for n in range(seats)
    ]


def votes(signs: str) -> dict[str, Choice]:
    choices = {"y": Choice.YES, "n": Choice.NO, "a": Choice.ABSTAIN, "r": Choice.RECUSED}
    return {str(n): choices[sign] for n, sign in enumerate(signs)}


@given(
    ROWS,
    SPANS,
    st.data(),
    st.sampled_from(list(Majority)),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 9),
)
def test_carried_means_a_quorum_and_the_majority_that_is_needed(
    rows: list[RollRow], item: Span, data: st.DataObject, majority: Majority, seats: int | None, quorum: int | None
) -> None:
    rules = board_rules(sum(row.member for row in rows), seats, quorum)
    cast = {row.person_id: data.draw(st.sampled_from(list(Choice))) for row in rows if data.draw(st.booleans())}
    result = outcome(cast, rows, item, "18:30", rules, majority)
    members = {row.person_id for row in rows if row.member}
    counted = [choice for person, choice in cast.items() if person in members or not members]
    yes, no = counted.count(Choice.YES), counted.count(Choice.NO)
    if result is not MotionResult.OPEN:
        assert yes + no > 0
        assert in_the_room(rows, item, "18:30", cast) >= rules.quorum
        assert quorum_alarm(rows, item, "18:30", rules, cast) == ""
    if result is MotionResult.PASSED:
        assert yes > no or majority is not Majority.SIMPLE
        assert yes * 2 > rules.seats or majority is not Majority.SEATS
        assert yes * 3 >= (yes + no) * 2 or majority is not Majority.TWO_THIRDS
        assert yes * 3 >= rules.seats * 2 or majority is not Majority.TWO_THIRDS_SEATS
        check_result(result, cast, rows, item, "18:30", rules, majority)
        with pytest.raises(InvalidInput):
            check_result(MotionResult.FAILED, cast, rows, item, "18:30", rules, majority)


@given(ROWS, SPANS)
def test_who_came_or_left_while_it_cannot_be_told_when_is_never_taken_for_there_or_away(
    rows: list[RollRow], item: Span
) -> None:
    for row in rows:
        there = was_there(row, item, "18:30")
        if there is not False:
            assert row.came
        if there and (row.arrived > "18:30" or row.arrived < "12:00") and row.arrived:
            assert item.began, "nothing tells that the item began after they came"
        if there and row.departed:
            assert item.ended, "nothing tells that the item ended before they left"


@pytest.mark.parametrize(
    ("majority", "seats", "cast", "result"),
    [
        (Majority.SIMPLE, 7, "yyn", MotionResult.OPEN),  # three of seven
        (Majority.SIMPLE, 7, "yyna", MotionResult.PASSED),
        (Majority.SIMPLE, 7, "yynn", MotionResult.FAILED),
        (Majority.SEATS, 7, "yyyn", MotionResult.FAILED),
        (Majority.SEATS, 7, "yyyyn", MotionResult.PASSED),
        (Majority.SEATS, 6, "yyyn", MotionResult.FAILED),
        (Majority.TWO_THIRDS, 7, "yyyynn", MotionResult.PASSED),
        (Majority.TWO_THIRDS, 7, "yyynn", MotionResult.FAILED),
        (Majority.TWO_THIRDS, 7, "yyyaaaa", MotionResult.PASSED),
        (Majority.TWO_THIRDS_SEATS, 7, "yyyynn", MotionResult.FAILED),
        (Majority.TWO_THIRDS_SEATS, 7, "yyyyynn", MotionResult.PASSED),
        (Majority.SIMPLE, 5, "aaaaa", MotionResult.OPEN),
    ],
)
def test_a_vote_comes_to_what_the_majority_asks_for(
    majority: Majority, seats: int, cast: str, result: MotionResult
) -> None:
    rows = board(len(cast), seats)
    assert outcome(votes(cast), rows, UNTIMED, "", board_rules(seats), majority) is result


def test_a_board_without_a_roll_has_no_quorum_to_ask_for() -> None:
    assert outcome(votes("yn"), [], UNTIMED, "", BoardRules()) is MotionResult.FAILED
    assert outcome(votes("yyn"), [], UNTIMED, "", BoardRules()) is MotionResult.PASSED


def test_two_of_five_carry_nothing_and_it_is_said() -> None:
    alarm = quorum_alarm(board(2, 5), UNTIMED, "", board_rules(5), votes("yy"))
    assert alarm == "No quorum: 2 of 5 present, 3 needed. The result stays open."
    with pytest.raises(InvalidInput, match="No quorum"):
        check_result(MotionResult.PASSED, {}, board(2, 5), UNTIMED, "", board_rules(5))


def test_who_is_recorded_as_absent_from_a_vote_makes_no_quorum() -> None:
    rows = board(5, 5)
    cast = {"0": Choice.YES} | {str(n): Choice.ABSENT for n in range(1, 5)}
    assert in_the_room(rows, UNTIMED, "", cast) == 1
    assert outcome(cast, rows, UNTIMED, "", board_rules(5)) is MotionResult.OPEN


def test_a_vote_of_somebody_who_is_not_there_is_refused() -> None:
    away = RollRow("a", "Ann", True, Presence.EXCUSED)
    left = RollRow("b", "Bo", True, Presence.PRESENT, departed="20:20")
    item = Span("20:30", "20:40")
    for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.RECUSED):
        with pytest.raises(InvalidInput, match="Ann is recorded as excused"):
            check_vote(away, choice, item, "18:30", ())
        with pytest.raises(InvalidInput, match="Bo was not in the room"):
            check_vote(left, choice, item, "18:30", ())
    for row in (away, left):
        check_vote(row, Choice.ABSENT, item, "18:30", ())
    check_vote(left, Choice.YES, UNTIMED, "18:30", ())  # a person says so, and nothing on record denies it


def test_who_moved_cannot_be_recused() -> None:
    ann = RollRow("a", "Ann", True, Presence.PRESENT)
    with pytest.raises(InvalidInput, match="Ann moved or seconded"):
        check_vote(ann, Choice.RECUSED, UNTIMED, "", ("a", None))
    check_vote(ann, Choice.RECUSED, UNTIMED, "", (None, "b"))


def test_a_result_by_hand_is_taken_where_no_votes_deny_it() -> None:
    check_result(MotionResult.PASSED, {}, board(4, 5), UNTIMED, "", board_rules(5))
    check_result(MotionResult.TABLED, votes("yyn"), board(5, 5), UNTIMED, "", board_rules(5))
    with pytest.raises(InvalidInput, match="1 yes and 2 no"):
        check_result(MotionResult.PASSED, votes("ynn"), board(5, 5), UNTIMED, "", board_rules(5))
    with pytest.raises(InvalidInput, match="Not enough members"):
        check_result(MotionResult.PASSED, {}, board(3, 5), UNTIMED, "", board_rules(5), Majority.TWO_THIRDS_SEATS)


@pytest.mark.parametrize(("seats", "quorum"), [(0, None), (100, None), (5, 6), (5, 0)])
def test_a_board_that_cannot_be_is_refused(seats: int, quorum: int | None) -> None:
    with pytest.raises(InvalidInput):
        check_board(seats, quorum)


def test_what_the_district_says_goes_before_the_number_of_members() -> None:
    assert board_rules(4) == BoardRules(4, 3)
    assert board_rules(4, 7) == BoardRules(7, 4)
    assert board_rules(4, 7, 5) == BoardRules(7, 5)
    assert not reached(Majority.SEATS, 0, 0, 0)
