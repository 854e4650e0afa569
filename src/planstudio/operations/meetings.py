"""Meetings, their agendas, and what is recorded in the room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Unpack

from sqlalchemy.orm import Session

from planstudio.domain.agenda import check_minutes, check_reason
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import (
    Access,
    Choice,
    Enclosed,
    ItemState,
    ItemType,
    MeetingState,
    MinutesState,
    MotionResult,
    PersonRole,
    Presence,
)
from planstudio.domain.nouns.meetings import (
    ENCLOSES,
    AgendaItemFields,
    AgendaSectionFields,
    AttendanceFields,
    EnclosureFields,
    MeetingFields,
    MotionFields,
    PacketFields,
)
from planstudio.domain.order_of_time import check_held, check_times
from planstudio.domain.posting import Deadline, check_rule
from planstudio.domain.voting import BY_VOTE
from planstudio.domain.zones import check_exists, check_zone
from planstudio.i18n import _
from planstudio.operations import ballots, likeness
from planstudio.operations.consent import is_carried, kept_true, made_text, rescue_motions
from planstudio.operations.minutes import go_on_with_minutes
from planstudio.operations.rows import added, assign, build, cleaned, fetch, last_rank, move, rank_after
from planstudio.operations.standing import before_holding, day_of, follow_start, zone_of
from planstudio.store.schema import (
    MODELS,
    AgendaItem,
    AgendaLink,
    AgendaSection,
    Attendance,
    Enclosure,
    Meeting,
    Motion,
    Packet,
)

_LIKE = ("place", "taking_part", "posting_rule", "numbering", "page_numbers", "time_zone")  # what a meeting copies


def add_meeting(session: Session, *, like: str | None = None, **values: Unpack[MeetingFields]) -> str:
    """A meeting with an empty agenda, or with that of the template or former meeting *like*; its id."""
    model = fetch(session, Meeting, like) if like else None
    meeting = build(Meeting, **({name: getattr(model, name) for name in _LIKE if model is not None} | values))
    if meeting.start is not None:
        check_exists(meeting.start, zone_of(session, meeting))
    ident = added(session, meeting)
    if model is not None:
        likeness.copy_agenda(session, model, meeting)
    return ident


def add_template(session: Session, meeting_id: str, title: str) -> str:
    """A template with the agenda of a meeting; its id."""
    model = fetch(session, Meeting, meeting_id)
    return add_meeting(session, kind=model.kind, like=meeting_id, title=title, state=MeetingState.TEMPLATE)


def edit_meeting(session: Session, meeting_id: str, **values: Unpack[MeetingFields]) -> None:
    """Change a meeting; a new date asks for a new posting, and minutes are approved and reopened by their own verbs."""
    meeting = fetch(session, Meeting, meeting_id)
    check_rule(values.get("posting_rule", ""))
    check_zone(values.get("time_zone", ""))
    go_on_with_minutes(session, meeting, values)
    _check_order(meeting, values, "called_to_order", "adjourned")
    with kept_true(session, meeting), ballots.recounted(session, meeting):
        assign(meeting, values)
        if meeting.state is MeetingState.TEMPLATE and meeting.start is not None:
            raise InvalidInput(_("A template has no date. Make a meeting from it."), field="start")
        if {"start", "time_zone"} & values.keys() and meeting.start is not None:
            check_exists(meeting.start, zone_of(session, meeting))
        if "start" in values:
            follow_start(session, meeting)


def delete_meeting(session: Session, meeting_id: str) -> None:
    session.delete(fetch(session, Meeting, meeting_id))


def post_meeting(session: Session, meeting_id: str, at: datetime, deadline: Deadline | None = None) -> None:
    """The agenda was posted *at* that moment; what the *deadline* was stays on the record with it."""
    meeting = fetch(session, Meeting, meeting_id)
    if meeting.start is None:
        raise InvalidInput(_("Give the meeting a date before its agenda is posted."), field="start")
    if meeting.state is MeetingState.HELD:
        raise InvalidInput(_("The meeting has been held; its agenda is not posted any more."), field="posted_at")
    kept = {
        "posted_for": meeting.start,
        "posted_deadline": deadline.due if deadline else None,
        "posted_notice": deadline.rule.notice.plain if deadline else "",
    }
    assign(meeting, {"state": MeetingState.POSTED, "posted_at": at, **kept})


def hold_meeting(session: Session, meeting_id: str, frozen_at: str) -> None:
    """The meeting has been held: what it encloses stays as it stood at *frozen_at*; the minutes begin."""
    meeting = fetch(session, Meeting, meeting_id)
    if meeting.start is None:
        raise InvalidInput(_("Give the meeting a date before it is held."), field="start")
    check_held(meeting.start, day_of(session, meeting, frozen_at))
    minutes = MinutesState.DRAFT if meeting.minutes_state is MinutesState.NONE else meeting.minutes_state
    assign(meeting, {"state": MeetingState.HELD, "frozen_at": frozen_at, "minutes_state": minutes})


def reopen_meeting(session: Session, meeting_id: str) -> None:
    """Back to the agenda: what it encloses is shown as it stands now."""
    meeting = fetch(session, Meeting, meeting_id)
    assign(meeting, {"state": before_holding(meeting), "frozen_at": ""})


def add_section(
    session: Session, meeting_id: str, *, after: str | None = None, **values: Unpack[AgendaSectionFields]
) -> str:
    meeting = fetch(session, Meeting, meeting_id)
    section = build(AgendaSection, meeting_id=meeting_id, rank=rank_after(meeting.sections, after), **values)
    with kept_true(session, meeting):
        return added(session, section)


def edit_section(session: Session, section_id: str, **values: Unpack[AgendaSectionFields]) -> None:
    section = fetch(session, AgendaSection, section_id)
    with kept_true(session, section.meeting):
        assign(section, values)
        if not section.consent:
            for item in section.items:
                assign(item, {"pulled": False})


def delete_section(session: Session, section_id: str) -> None:
    section = fetch(session, AgendaSection, section_id)
    with kept_true(session, section.meeting):
        session.delete(section)


def move_section(session: Session, section_id: str, to: int) -> None:
    section = fetch(session, AgendaSection, section_id)
    with kept_true(session, section.meeting):
        move(section, section.meeting.sections, to)


def add_item(session: Session, section_id: str, *, after: str | None = None, **values: Unpack[AgendaItemFields]) -> str:
    """An item behind the one called *after*, or at the end of the section, of the section's kind; its id."""
    section = fetch(session, AgendaSection, section_id)
    values.setdefault("type", likeness.prevailing_type(section))
    if values["type"] is ItemType.CLOSED:
        values.setdefault("access", Access.CLOSED)
    if section.consent and is_carried(section.items):
        values.setdefault("pulled", True)  # the board has carried the group without it
    item = build(AgendaItem, section_id=section_id, rank=rank_after(section.items, after), **values)
    check_times(item.began, item.ended, "ended")
    with kept_true(session, section.meeting):
        return added(session, item)


def edit_item(session: Session, item_id: str, **values: Unpack[AgendaItemFields]) -> None:
    check_minutes(values.get("minutes"))
    item = fetch(session, AgendaItem, item_id)
    if values.get("type") is ItemType.CLOSED:
        values.setdefault("access", Access.CLOSED)
    _check_order(item, values, "began", "ended")
    meeting = item.section.meeting
    with kept_true(session, meeting), ballots.recounted(session, meeting):
        assign(item, values)
        if item.access is not Access.CLOSED and item.type is not ItemType.CLOSED:
            assign(item, {"ground": ""})  # what nobody sees must not live on: the law closes nothing any more


def delete_item(session: Session, item_id: str) -> None:
    item = fetch(session, AgendaItem, item_id)
    with kept_true(session, item.section.meeting):
        rescue_motions(session, item)
        session.delete(item)


def move_item(session: Session, item_id: str, to: int, section_id: str | None = None) -> None:
    """Give an item the place *to* in its section, or in the section *section_id*."""
    item = fetch(session, AgendaItem, item_id)
    section = fetch(session, AgendaSection, section_id or item.section_id)
    with kept_true(session, item.section.meeting):
        move(item, list(section.items), to)
        if section.id != item.section_id:
            item.section_id = section.id
            assign(item, {"pulled": item.pulled and section.consent})


def send_item(session: Session, item_id: str, state: ItemState, because: str = "") -> None:
    """Take an item a step on: submitted, accepted, or returned with the reason."""
    check_reason(state, because)
    item, returned = fetch(session, AgendaItem, item_id), state is ItemState.RETURNED
    if returned and any(motion.result is not MotionResult.OPEN for motion in item.motions):
        raise InvalidInput(_("The board has decided on this item, so it cannot be returned."), field="state")
    with kept_true(session, item.section.meeting):
        assign(item, {"state": state, "returned_because": because if returned else ""})


def pull_item(session: Session, item_id: str, pulled: bool) -> None:
    """Take an item out of the consent group, or put it back."""
    item = fetch(session, AgendaItem, item_id)
    if not item.section.consent:
        raise InvalidInput(_("The item is not in a consent group."), field="pulled")
    with kept_true(session, item.section.meeting):
        assign(item, {"pulled": pulled})


def support(session: Session, item_id: str, table: str, row_id: str) -> str:
    """Link an item to a goal, strategy or policy; the id of the link."""
    item, column = fetch(session, AgendaItem, item_id), f"{table}_id"
    fetch(session, MODELS[table], row_id)
    if any(getattr(link, column) == row_id for link in item.links):
        raise InvalidInput(_("The item is linked to it already."), field="supports")
    return added(session, build(AgendaLink, agenda_item_id=item_id, rank=last_rank(item.links), **{column: row_id}))


def withdraw_support(session: Session, link_id: str) -> None:
    session.delete(fetch(session, AgendaLink, link_id))


def enclose(session: Session, item_id: str, what: Enclosed, row_id: str, /, **values: Unpack[EnclosureFields]) -> str:
    """Print pages of the plan or the manual behind an item; the id of the enclosure."""
    item = fetch(session, AgendaItem, item_id)
    column = ENCLOSES[what]
    fetch(session, MODELS[column.removesuffix("_id")], row_id)
    if any(other.what is what and getattr(other, column) == row_id for other in item.enclosures):
        raise InvalidInput(_("It is enclosed here already."), field="what")
    own = {"agenda_item_id": item_id, "rank": last_rank(item.enclosures), column: row_id}
    return added(session, build(Enclosure, what=what, **own, **values))


def remove_enclosure(session: Session, enclosure_id: str) -> None:
    session.delete(fetch(session, Enclosure, enclosure_id))


def record_attendance(
    session: Session, meeting_id: str, person_id: str, presence: Presence | None, /, **times: Unpack[AttendanceFields]
) -> None:
    """Who was there, and when they came or left; None takes the record back."""
    meeting = fetch(session, Meeting, meeting_id)
    row = session.get(Attendance, (meeting_id, person_id))
    with ballots.recounted(session, meeting):
        if presence is None:
            if row is not None:
                session.delete(row)
            return
        if row is None:
            row = build(Attendance, meeting_id=meeting_id, person_id=person_id, presence=presence)
            session.add(row)
        _check_order(row, times, "arrived", "departed")
        assign(row, {"presence": presence, **times})
        ballots.check_absence(session, meeting, person_id)


class MotionDraft(MotionFields, total=False):
    """A motion whose mover and seconder are named."""

    mover: str
    seconder: str


def add_motion(
    session: Session, item_id: str, text: str = "", /, *, mover: str = "", seconder: str = "",
    add_as: PersonRole | None = None, **values: Unpack[MotionFields],
) -> str:  # fmt: skip
    """A motion with the names of those who moved and seconded it; its id.

    Without words the first one of an item moves what was recommended, or its consent group.
    """
    item = fetch(session, AgendaItem, item_id)
    made = not text and not item.motions
    text = made_text(session, item) if made else text
    motion = build(Motion, agenda_item_id=item_id, text=text, made=made, rank=last_rank(item.motions), **values)
    ballots.name_movers(session, motion, item, {"mover": mover, "seconder": seconder}, add_as)
    return added(session, motion)


def edit_motion(
    session: Session, motion_id: str, *, add_as: PersonRole | None = None, **values: Unpack[MotionDraft]
) -> None:
    """Change a motion; mover and seconder are given by name. A name that nobody has is added only *add_as* a role."""
    motion = fetch(session, Motion, motion_id)
    item = fetch(session, AgendaItem, motion.agenda_item_id)
    names = {name: str(value) for name, value in values.items() if name in ("mover", "seconder")}
    ballots.name_movers(session, motion, item, names, add_as)
    result = values.get("result")
    fields = {name: value for name, value in values.items() if name != "result" and name not in names}
    if values.get("text", motion.text) != motion.text:
        fields["made"] = False
    assign(motion, fields)
    if result is not None:
        ballots.set_result(session, motion, item, result)
    elif "majority" in values:
        ballots.count_anew(session, motion)


def delete_motion(session: Session, motion_id: str) -> None:
    session.delete(fetch(session, Motion, motion_id))


def record_votes(session: Session, motion_id: str, choices: dict[str, Choice | None]) -> None:
    """The vote of each person by id; None takes it back. The result follows, where it is not settled otherwise."""
    motion = fetch(session, Motion, motion_id)
    item = fetch(session, AgendaItem, motion.agenda_item_id)
    room = ballots.room_of(session, item.section.meeting)
    by_hand = ballots.by_hand(motion)
    for person_id, choice in choices.items():
        if choice is not None:
            room.check_vote(motion, item, person_id, choice)
        ballots.cast(session, motion_id, person_id, choice)
    session.flush()
    session.expire(motion, ["votes"])
    ballots.check_overturned(room, motion, item, by_hand)
    if motion.result in BY_VOTE and not by_hand:
        assign(motion, {"result": room.outcome(motion, item)})


def record_packet(session: Session, meeting_id: str, digest: str, **values: Unpack[PacketFields]) -> str:
    """Keep that a packet was printed, whose bytes are stored under *digest*; the id of the record."""
    fetch(session, Meeting, meeting_id)
    return added(session, build(Packet, meeting_id=meeting_id, sha256=digest, **values))


def _check_order(row: Meeting | AgendaItem | Attendance, values: Mapping[str, object], first: str, last: str) -> None:
    """Refuse times that are typed against their order; what came so from elsewhere hinders no other change."""
    if {first, last} & values.keys():
        now = cleaned(type(row), {name: values.get(name, getattr(row, name)) for name in (first, last)})
        check_times(now[first], now[last], last)
