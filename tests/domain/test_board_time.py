"""What counts as the board's time, and which decisions bear on a goal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planstudio.domain.agenda import AgendaItemCard, MeetingCard
from planstudio.domain.board_actions import asked, by_goal, decisions
from planstudio.domain.board_time import by_category, time_rows, total
from planstudio.domain.kinds import ItemState, ItemType, MotionResult, TimeUse
from reports import boards, books

GOALS = TimeUse.GOAL_MONITORING


def with_items(*items: AgendaItemCard) -> MeetingCard:
    return boards.meeting(sections=(replace(boards.SECTIONS[0], items=items),))


def test_recorded_minutes_count_else_those_that_were_planned() -> None:
    rows = time_rows([with_items(
        boards.item("1A", "a", minutes=10, began="18:00", ended="18:25", time_use=GOALS),
        boards.item("1B", "b", minutes=25),
    )])  # fmt: skip
    found = total(rows)
    assert (found.planned, found.actual, found.outcome, found.estimated) == (35, 50, 25, True)
    assert found.share == 50
    assert found.reached


def test_hearings_are_listed_but_not_counted() -> None:
    rows = time_rows([with_items(
        boards.item("1A", "a", ItemType.HEARING, minutes=60), boards.item("1B", "b", minutes=10, time_use=GOALS)
    )])  # fmt: skip
    assert len(rows) == 2
    assert total(rows).actual == 10
    assert sum(by_category(rows).values()) == 10


def test_returned_items_took_no_time_and_nothing_was_decided_on_them() -> None:
    meeting = with_items(boards.item("1A", "a", state=ItemState.RETURNED, motions=(boards.motion(),)))
    assert time_rows([meeting]) == []
    assert decisions([meeting]) == []


def test_without_minutes_there_is_no_share() -> None:
    found = total(time_rows([with_items(boards.item("1A", "a", minutes=None))]))
    assert found.share is None
    assert not found.reached
    assert not found.estimated


def test_a_decision_stands_under_each_goal_that_its_item_supports() -> None:
    groups, others = by_goal(books.whole(), decisions([boards.HELD]))
    assert [len(rows) for _goal, rows in groups] == [2, 2, 0]
    assert [one.item.number for one in others] == ["1A", "2A", "2B", "4B", "5A"]


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({}, 1),
        ({"links": ()}, 0),
        ({"recommended_motion": ""}, 0),
        ({"state": ItemState.RETURNED}, 0),
        ({"motions": (boards.motion(),)}, 0),
        ({"motions": (replace(boards.motion(), result=MotionResult.OPEN),)}, 1),
    ],
)
def test_the_board_is_asked_by_items_to_come_that_are_not_decided(more: dict[str, object], count: int) -> None:
    item = replace(boards.COMING.sections[0].items[0], **more)  # type: ignore[arg-type]
    meeting = replace(boards.COMING, sections=(replace(boards.COMING.sections[0], items=(item,)),))
    assert len(asked(books.TODAY, [boards.HELD, meeting], books.GOALS[0])) == count
