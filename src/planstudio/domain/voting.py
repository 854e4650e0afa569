"""Who sits, who was there, and what a vote comes to: seats, quorum, presence and majority, applied.

    BoardRules   seats, quorum, the usual majority
    RollRow      somebody on the roll of one meeting
    outcome()    what the votes come to; without a quorum nothing

Nobody votes by a guess: of somebody who came or left while an item was under
way, or at an item without times, it cannot be told whether they were there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Choice, Majority, MotionResult, PersonRole, Presence
from planstudio.domain.words import word
from planstudio.i18n import _

MOST_SEATS = 99
BY_VOTE = (MotionResult.OPEN, MotionResult.PASSED, MotionResult.FAILED)  # what the votes decide
IN_PERSON = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.RECUSED)
_HALF_A_DAY = 12 * 60


@dataclass(frozen=True)
class BoardRules:
    """How many seats the board has, how many must be there, and how many yes a motion needs where it says nothing."""

    seats: int = 0  # 0: nobody knows, so no quorum can be asked for
    quorum: int = 0
    majority: Majority = Majority.SIMPLE


@dataclass(frozen=True)
class RollRow:
    """Somebody on the roll; *presence* is None as long as nobody has said."""

    person_id: str
    person: str
    member: bool = True
    presence: Presence | None = None
    arrived: str = ""
    departed: str = ""

    @property
    def came(self) -> bool:
        return self.presence in (Presence.PRESENT, Presence.REMOTE)


class Timed(Protocol):
    """What began and ended at a time of day, or "" where nobody wrote it down."""

    @property
    def began(self) -> str: ...
    @property
    def ended(self) -> str: ...


def sits(role: PersonRole, start: date | None, end: date | None, on: date | None) -> bool:
    """Whether somebody is a member of the board, on the day *on* where one is given."""
    if role is not PersonRole.BOARD_MEMBER:
        return False
    return on is None or ((start is None or start <= on) and (end is None or end >= on))


def board_rules(
    members: int, seats: int | None = None, quorum: int | None = None, majority: Majority = Majority.SIMPLE
) -> BoardRules:
    """The rules of a board, by what the district says or else by how many *members* it has."""
    seats = seats or members
    return BoardRules(seats, (quorum or seats // 2 + 1) if seats else 0, majority)


def check_board(seats: int | None, quorum: int | None) -> None:
    """Refuse numbers of seats that no board has, and a quorum that cannot be."""
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        raise InvalidInput(_("A board has between 1 and {most} seats.").format(most=MOST_SEATS), field="seats")
    if quorum is not None and not 1 <= quorum <= (seats or MOST_SEATS):
        raise InvalidInput(_("A quorum is at least 1 and at most all of the seats."), field="quorum")


def present(rows: Sequence[RollRow]) -> int:
    """How many members are in the room now."""
    return sum(row.member and row.came and not row.departed for row in rows)


def was_there(row: RollRow, item: Timed, opened: str) -> bool | None:
    """Whether somebody was in the room for the whole of *item*; None where the times do not tell.

    *opened* is the call to order.
    """
    if not row.came:
        return False
    times = (item.began, item.ended, row.arrived, row.departed)
    began, ended, came, left = (since(opened, time) if time else None for time in times)
    if left is not None and began is not None and left <= began:
        return False
    if came is not None and ended is not None and came >= ended:
        return False
    late = came is not None and came > 0 and (began is None or came > began)
    early = left is not None and (ended is None or left < ended)
    return None if late or early else True


def since(opened: str, time: str) -> int:
    """Minutes from the opening on, over midnight; what lies less than half a day before it is negative."""
    first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (opened or "12:00", time))
    return (last - first + _HALF_A_DAY) % (2 * _HALF_A_DAY) - _HALF_A_DAY


def in_the_room(rows: Sequence[RollRow], item: Timed, opened: str, votes: Mapping[str, Choice]) -> int:
    """How many members were surely there when *item* was voted on: by the roll, or by their own vote."""
    return sum(_took_part(row, item, opened, votes.get(row.person_id)) for row in rows if row.member)


def _took_part(row: RollRow, item: Timed, opened: str, cast: Choice | None) -> bool:
    there = was_there(row, item, opened)
    if cast is None:
        return there is True
    return cast in IN_PERSON and (there is not False or row.presence is None)


def counted(rows: Sequence[RollRow], votes: Mapping[str, Choice]) -> tuple[int, int]:
    """Yes and no of the members; of everybody, where nobody is known as one."""
    members = {row.person_id for row in rows if row.member}
    cast = [choice for person, choice in votes.items() if not members or person in members]
    return cast.count(Choice.YES), cast.count(Choice.NO)


def reached(majority: Majority, yes: int, no: int, seats: int) -> bool:
    """Whether so many *yes* are enough."""
    enough = {
        Majority.SIMPLE: yes > no,
        Majority.SEATS: 2 * yes > seats,
        Majority.TWO_THIRDS: 3 * yes >= 2 * (yes + no),
        Majority.TWO_THIRDS_SEATS: 3 * yes >= 2 * seats,
    }
    return yes > 0 and enough[majority]


def outcome(
    votes: Mapping[str, Choice], rows: Sequence[RollRow], item: Timed, opened: str, rules: BoardRules,
    majority: Majority | None = None,
) -> MotionResult:  # fmt: skip
    """What *votes*, by person's id, come to; open where nobody voted or no quorum was there."""
    yes, no = counted(rows, votes)
    if not (yes or no) or in_the_room(rows, item, opened, votes) < rules.quorum:
        return MotionResult.OPEN
    return MotionResult.PASSED if reached(majority or rules.majority, yes, no, rules.seats) else MotionResult.FAILED


def check_vote(row: RollRow | None, choice: Choice, item: Timed, opened: str, movers: Iterable[str | None]) -> None:
    """Refuse the vote of somebody who was not there, and the recusal of who moved or seconded the motion."""
    if row is None:
        return
    if choice in IN_PERSON and row.presence is not None and was_there(row, item, opened) is False:
        words = _("{name} is recorded as {presence}, so there is no vote. Change the attendance first.")
        if row.came:
            words = _("{name} was not in the room for this item. Change the times of the attendance first.")
        raise InvalidInput(words.format(name=row.person, presence=word(row.presence).lower()), field="votes")
    if choice in (Choice.RECUSED, Choice.ABSENT) and row.person_id in movers:
        words = _("{name} moved or seconded this motion, and cannot be recused or absent. Change that first.")
        raise InvalidInput(words.format(name=row.person), field="votes")


def check_result(
    result: MotionResult, votes: Mapping[str, Choice], rows: Sequence[RollRow], item: Timed, opened: str,
    rules: BoardRules, majority: Majority | None = None,
) -> None:  # fmt: skip
    """Refuse a result by hand that the recorded votes, or an empty room, contradict."""
    if result not in (MotionResult.PASSED, MotionResult.FAILED):
        return
    yes, no = counted(rows, votes)
    if not any(row.presence for row in rows) and not (yes or no):
        return  # a voice vote, and nobody has written down who was there
    if alarm := quorum_alarm(rows, item, opened, rules, votes):
        raise InvalidInput(alarm, field="result")
    if (yes or no) and outcome(votes, rows, item, opened, rules, majority) is not result:
        words = _("The votes on record, {yes} yes and {no} no, do not come to that. Correct a vote, or what is needed.")
        raise InvalidInput(words.format(yes=yes, no=no), field="result")
    here = sum(was_there(row, item, opened) is not False for row in rows if row.member)
    if result is MotionResult.PASSED and not reached(majority or rules.majority, here, 0, rules.seats) and here:
        words = _("Not enough members were there for what this motion needs: {majority}.")
        raise InvalidInput(words.format(majority=word(majority or rules.majority).lower()), field="result")


def quorum_alarm(
    rows: Sequence[RollRow], item: Timed, opened: str, rules: BoardRules, votes: Mapping[str, Choice]
) -> str:
    """What is to be said when too few were there for a vote; "" when there were enough."""
    if not rules.seats or (here := in_the_room(rows, item, opened, votes)) >= rules.quorum:
        return ""
    words = _("No quorum: {here} of {seats} present, {quorum} needed. The result stays open.")
    return words.format(here=here, seats=rules.seats, quorum=rules.quorum)
