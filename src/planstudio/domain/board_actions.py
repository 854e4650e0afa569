"""What the board decided, and on which goals: motions by the goals that their items support."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, MotionCard, dealt_with
from planstudio.domain.board_time import day_of
from planstudio.domain.cards import GoalCard, PlanBook
from planstudio.domain.kinds import MotionResult


@dataclass(frozen=True)
class Decision:
    """A motion with where it was made."""

    meeting: MeetingCard
    item: AgendaItemCard
    motion: MotionCard

    @property
    def on(self) -> date | None:
        return day_of(self.meeting)

    @property
    def decided(self) -> bool:
        return self.motion.result is not MotionResult.OPEN


def decisions(meetings: Iterable[MeetingCard]) -> list[Decision]:
    """Every motion, in the order of meetings and agendas."""
    return [
        Decision(meeting, item, motion)
        for meeting in meetings
        for item in dealt_with(meeting.items())
        for motion in item.motions
    ]


def bears_on(item: AgendaItemCard, goal: GoalCard) -> bool:
    """Whether the item supports the goal or a strategy of it."""
    ids = {goal.id, *(strategy.id for strategy in goal.strategies)}
    return any(link.row_id in ids for link in item.links)


def by_goal(book: PlanBook, found: Iterable[Decision]) -> tuple[list[tuple[GoalCard, list[Decision]]], list[Decision]]:
    """The decisions on each goal of the plan, and those on none. One that bears on two goals stands under both."""
    rows = list(found)
    groups = [(goal, [row for row in rows if bears_on(row.item, goal)]) for goal in book.goals]
    linked = {id(row) for _goal, under in groups for row in under}
    return groups, [row for row in rows if id(row) not in linked]


def asked(book_day: date, meetings: Iterable[MeetingCard], goal: GoalCard) -> list[tuple[MeetingCard, AgendaItemCard]]:
    """The items of meetings to come that ask for a motion on *goal*."""
    return [
        (meeting, item)
        for meeting in meetings
        for item in dealt_with(meeting.items())
        if (day := day_of(meeting)) is not None
        and day >= book_day
        and item.recommended_motion
        and bears_on(item, goal)
        and not any(motion.result is not MotionResult.OPEN for motion in item.motions)
    ]
