"""What is known of a vote before it is written: the day's roll, the board's rules, and what the votes come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.errors import InvalidInput, UnknownPerson
from planstudio.domain.kinds import Choice, Majority, MotionResult, PersonRole
from planstudio.domain.voting import (
    BY_VOTE,
    IN_PERSON,
    BoardRules,
    RollRow,
    board_rules,
    check_result,
    check_vote,
    counted,
    outcome,
    sits,
    was_there,
)
from planstudio.domain.words import word
from planstudio.i18n import _
from planstudio.operations.people import add_person, known_person
from planstudio.operations.rows import assign, build
from planstudio.store.schema import AgendaItem, AgendaSection, Attendance, Meeting, Motion, Organization, Person, Vote


@dataclass(frozen=True)
class Room:
    """A meeting with its roll and rules."""

    meeting: Meeting
    rows: tuple[RollRow, ...]
    rules: BoardRules

    @property
    def opened(self) -> str:
        start = self.meeting.start
        return self.meeting.called_to_order or (f"{start:%H:%M}" if start else "")

    def row_of(self, person_id: str | None) -> RollRow | None:
        return next((row for row in self.rows if row.person_id == person_id), None)

    def outcome(self, motion: Motion, item: AgendaItem) -> MotionResult:
        return outcome(votes_of(motion), self.rows, item, self.opened, self.rules, motion.majority)

    def check_vote(self, motion: Motion, item: AgendaItem, person_id: str, choice: Choice) -> None:
        check_vote(self.row_of(person_id), choice, item, self.opened, (motion.mover_id, motion.seconder_id))

    def check_result(self, motion: Motion, item: AgendaItem, result: MotionResult) -> None:
        check_result(result, votes_of(motion), self.rows, item, self.opened, self.rules, motion.majority)

    def check_mover(self, motion: Motion | None, item: AgendaItem, person_id: str | None, field: str) -> None:
        """Refuse as mover or seconder somebody who was not there, or who is recused."""
        row = self.row_of(person_id)
        if row is None:
            return
        if row.presence is not None and was_there(row, item, self.opened) is False:
            words = _("{name} was not in the room for this item, by the attendance.")
            raise InvalidInput(words.format(name=row.person), field=field)
        if motion is not None and votes_of(motion).get(row.person_id) is Choice.RECUSED:
            words = _("{name} is recused from this motion, and neither moves nor seconds it.")
            raise InvalidInput(words.format(name=row.person), field=field)


def room_of(session: Session, meeting: Meeting) -> Room:
    """Who was on the board on the day of *meeting*, who came, and by which rules it votes."""
    session.flush()
    day = meeting.start.date() if meeting.start else None
    attendance = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id))
    records = {row.person_id: (row.presence, row.arrived, row.departed) for row in attendance}
    rows = []
    for one in session.scalars(select(Person)):
        member = sits(one.role, one.term_start, one.term_end, day)
        if member or one.id in records:
            rows.append(RollRow(one.id, one.name, member, *records.get(one.id, ())))
    district = session.scalars(select(Organization)).first()
    usual = (district.seats, district.quorum, district.majority) if district else (None, None, Majority.SIMPLE)
    seats, quorum, members = meeting.seats or usual[0], meeting.quorum or usual[1], sum(row.member for row in rows)
    return Room(meeting, tuple(rows), board_rules(members, seats, quorum, usual[2]))


def votes_of(motion: Motion) -> dict[str, Choice]:
    return {vote.person_id: vote.choice for vote in motion.votes}


def motions_of(session: Session, meeting: Meeting) -> list[tuple[Motion, AgendaItem]]:
    query = (
        select(Motion, AgendaItem)
        .join(AgendaItem, AgendaItem.id == Motion.agenda_item_id)
        .join(AgendaSection, AgendaSection.id == AgendaItem.section_id)
        .where(AgendaSection.meeting_id == meeting.id)
    )
    return [(motion, item) for motion, item in session.execute(query)]


def has_votes(motion: Motion) -> bool:
    return not {Choice.YES, Choice.NO}.isdisjoint(votes_of(motion).values())


def by_hand(motion: Motion) -> bool:
    """Whether the result was settled without votes by name."""
    return motion.result in (MotionResult.PASSED, MotionResult.FAILED) and not has_votes(motion)


def count_anew(session: Session, motion: Motion) -> None:
    """Let the result follow the votes; a result by hand gives way to nothing but a person."""
    item = session.get_one(AgendaItem, motion.agenda_item_id)
    result = room_of(session, item.section.meeting).outcome(motion, item)
    if motion.result in BY_VOTE and result is not motion.result:
        assign(motion, {"result": result})


def check_overturned(room: Room, motion: Motion, item: AgendaItem, was_by_hand: bool) -> None:
    """Refuse votes that would overturn what was settled by hand."""
    result = room.outcome(motion, item)
    if was_by_hand and any(counted(room.rows, votes_of(motion))) and result is not motion.result:
        words = _(
            "The result was set by hand to “{by_hand}”, and with this vote it would be “{result}”. "
            "Set it to “{open}” first, and the votes decide."
        )
        said = words.format(by_hand=word(motion.result), result=word(result), open=word(MotionResult.OPEN))
        raise InvalidInput(said, field="result")


@contextmanager
def recounted(session: Session, meeting: Meeting) -> Iterator[None]:
    """After the attendance or a time has changed, what was voted is counted by it; a vote it denies is in the way."""
    yield
    session.flush()
    motions = motions_of(session, meeting)
    if not motions:
        return
    session.expire(meeting, ["attendance"])
    room = room_of(session, meeting)
    for motion, item in motions:
        if motion.result in BY_VOTE and has_votes(motion):
            assign(motion, {"result": room.outcome(motion, item)})


def check_absence(session: Session, meeting: Meeting, person_id: str) -> None:
    """Refuse to let somebody have been away who voted, moved or seconded."""
    room = room_of(session, meeting)
    row = room.row_of(person_id)
    if row is None or row.presence is None:
        return
    for motion, item in motions_of(session, meeting):
        if was_there(row, item, room.opened) is not False:
            continue
        if votes_of(motion).get(person_id) in IN_PERSON or person_id in (motion.mover_id, motion.seconder_id):
            words = _("{name} voted on “{item}”, or moved or seconded there. Take that back first.")
            raise InvalidInput(words.format(name=row.person, item=item.title), field="presence")


def name_movers(
    session: Session, motion: Motion, item: AgendaItem, names: dict[str, str], add_as: PersonRole | None
) -> None:
    """Find who moved and seconded; who is not known is asked about, and nobody seconds their own motion."""
    room = room_of(session, item.section.meeting) if any(names.values()) else None
    for field, name in names.items():
        person_id = known_person(session, name)
        if person_id is None and name.strip():
            if add_as is None:
                words = _("Nobody is called “{name}”. Correct the name, or add the person.")
                raise UnknownPerson(words.format(name=name.strip()[:60]), field=field)
            person_id = add_person(session, name, role=add_as)
        if room is not None:
            room.check_mover(motion if motion.id else None, item, person_id, field)
        assign(motion, {f"{field}_id": person_id})
    if motion.mover_id is not None and motion.mover_id == motion.seconder_id:
        raise InvalidInput(_("Nobody seconds their own motion."), field="seconder")


def set_result(session: Session, motion: Motion, item: AgendaItem, result: MotionResult) -> None:
    """By hand, where nothing on record is against it; “Not decided” gives it back to the votes."""
    room = room_of(session, item.section.meeting)
    room.check_result(motion, item, result)
    if result is MotionResult.NO_SECOND and motion.seconder_id is not None:
        raise InvalidInput(_("Somebody seconded this motion. Take the name away first."), field="result")
    assign(motion, {"result": room.outcome(motion, item) if result is MotionResult.OPEN else result})


def cast(session: Session, motion_id: str, person_id: str, choice: Choice | None) -> None:
    row = session.get(Vote, (motion_id, person_id))
    if choice is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(build(Vote, motion_id=motion_id, person_id=person_id, choice=choice))
    else:
        assign(row, {"choice": choice})
