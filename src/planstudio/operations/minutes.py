"""The minutes on their way: approved by the board, back to draft, amended afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from planstudio.domain.approved import kept_roll
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import MeetingState, MinutesState
from planstudio.domain.nouns.meetings import MeetingFields
from planstudio.domain.order_of_time import check_approved
from planstudio.i18n import _, medium_date
from planstudio.operations.ballots import Room, motions_of, room_of, votes_of
from planstudio.operations.rows import added, assign, build, fetch
from planstudio.store.schema import Amendment, Meeting, Person


def approve_minutes(session: Session, meeting_id: str, on: date, *, today: date | None = None) -> None:
    """The board approved the minutes on the day *on*; from then on they stand."""
    meeting = fetch(session, Meeting, meeting_id)
    if meeting.state is not MeetingState.HELD or meeting.minutes_state is MinutesState.NONE:
        raise InvalidInput(_("Minutes are approved when the meeting has been held."), field="minutes_state")
    check_approved(meeting.start, on, today)
    room = room_of(session, meeting)
    rolled = ((row.person_id, row.person, row.member) for row in room.rows)
    # The numbers are kept so that a later election does not take a quorum away.
    kept = {"seats": room.rules.seats or None, "quorum": room.rules.quorum or None}
    kept_names = kept_roll((*_movers(session, room), *rolled)).to_json()
    approved = {"minutes_state": MinutesState.APPROVED, "minutes_approved_on": on, "approved_roll": kept_names}
    assign(meeting, approved | kept)


def _movers(session: Session, room: Room) -> Iterator[tuple[str, str, bool]]:
    """Who moved, seconded or voted, whether or not anybody has written down that they came."""
    for motion, _item in motions_of(session, room.meeting):
        for ident in (motion.mover_id, motion.seconder_id, *votes_of(motion)):
            if ident is not None:
                yield ident, fetch(session, Person, ident).name, False


def reopen_minutes(session: Session, meeting_id: str) -> None:
    """Take approved minutes back to draft, where they can be corrected."""
    meeting = fetch(session, Meeting, meeting_id)
    if meeting.minutes_state is not MinutesState.APPROVED:
        raise InvalidInput(_("These minutes are not approved."), field="minutes_state")
    assign(meeting, {"minutes_state": MinutesState.DRAFT, "minutes_approved_on": None, "approved_roll": ""})


def go_on_with_minutes(session: Session, meeting: Meeting, values: MeetingFields) -> None:
    """What is said of the minutes' standing goes through the verbs that keep its rules."""
    if "minutes_state" not in values:
        check_approved(meeting.start, values.get("minutes_approved_on"))
        return
    state, on = values.pop("minutes_state"), values.pop("minutes_approved_on", None)
    if state is MinutesState.APPROVED and on is not None:
        approve_minutes(session, meeting.id, on)
    elif meeting.minutes_state is MinutesState.APPROVED:
        reopen_minutes(session, meeting.id)
    else:
        assign(meeting, {"minutes_state": state})
    session.flush()


def add_amendment(session: Session, meeting_id: str, on: date, text: str, *, today: date | None = None) -> str:
    """What the board changed in its approved minutes on a day; printed at their end. Its id."""
    meeting = fetch(session, Meeting, meeting_id)
    if meeting.minutes_state is not MinutesState.APPROVED:
        words = _("Minutes in draft are corrected where they are wrong. Only approved ones are amended.")
        raise InvalidInput(words, field="text")
    if not text.strip():
        raise InvalidInput(_("Write what the board changed."), field="text")
    approved = meeting.minutes_approved_on
    if approved is not None and on < approved:
        words = _("The minutes were approved on {day}: an amendment comes after that.")
        raise InvalidInput(words.format(day=medium_date(approved)), field="on")
    if today is not None and on > today:
        raise InvalidInput(_("{day} is still to come.").format(day=medium_date(on)), field="on")
    return added(session, build(Amendment, meeting_id=meeting_id, on=on, text=text))


def delete_amendment(session: Session, amendment_id: str) -> None:
    """Take an amendment away: with minutes that went back to draft it has become part of them."""
    session.delete(fetch(session, Amendment, amendment_id))
