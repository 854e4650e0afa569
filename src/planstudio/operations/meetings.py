"""Meetings, their agendas, and what is recorded in the room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from planstudio.domain.agenda import check_minutes, check_reason, time_of_day
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import (
    Access,
    Choice,
    Enclosed,
    ItemState,
    ItemType,
    MeetingKind,
    MeetingState,
    MinutesState,
    MotionResult,
    Presence,
)
from planstudio.domain.posting import check_rule
from planstudio.i18n import _
from planstudio.operations.people import person_named
from planstudio.operations.rows import assign, build, fetch, last_rank, move, ordered, rank_after
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
    Vote,
)

TIMES = {"called_to_order", "adjourned", "began", "ended", "arrived", "departed"}
SUPPORTS = {"goal": "goal_id", "strategy": "strategy_id", "policy": "policy_id"}
ENCLOSES = {
    Enclosed.POLICY: "policy_id",
    Enclosed.POLICY_CHANGES: "policy_id",
    Enclosed.GOAL: "goal_id",
    Enclosed.MONITORING: "goal_id",
    Enclosed.PLAN: "plan_id",
    Enclosed.ONE_PAGE: "plan_id",
    Enclosed.SCORECARD: "plan_id",
}
# What stays when an agenda is copied: its order, not what was said in it.
_STANDING = ("title", "type", "access", "ground", "presenter", "contact", "minutes", "time_use", "rank")
_WORDING = ("background", "rationale", "fiscal_impact", "recommended_motion")

# ── meetings


def add_meeting(
    session: Session,
    *,
    kind: MeetingKind = MeetingKind.REGULAR,
    start: datetime | None = None,
    like: str | None = None,
    **values: Any,
) -> str:
    """A meeting with an empty agenda, or with that of the template or former meeting *like*; its id."""
    model = fetch(session, Meeting, like) if like else None
    if model is not None:
        copied = ("place", "taking_part", "posting_rule", "numbering", "page_numbers")
        values = {name: getattr(model, name) for name in copied} | values
    meeting = build(Meeting, kind=kind, start=start, **values)
    session.add(meeting)
    session.flush()
    if model is not None:
        _copy_agenda(session, model, meeting)
    return meeting.id


def add_template(session: Session, meeting_id: str, title: str) -> str:
    """A template with the agenda of a meeting; its id."""
    model = fetch(session, Meeting, meeting_id)
    return add_meeting(session, kind=model.kind, like=meeting_id, title=title, state=MeetingState.TEMPLATE)


def edit_meeting(session: Session, meeting_id: str, **values: Any) -> None:
    meeting = fetch(session, Meeting, meeting_id)
    check_rule(values.get("posting_rule", ""))
    assign(meeting, _timed(values))
    if meeting.state is MeetingState.TEMPLATE and meeting.start is not None:
        raise InvalidInput(_("A template has no date. Make a meeting from it."), field="start")


def delete_meeting(session: Session, meeting_id: str) -> None:
    session.delete(fetch(session, Meeting, meeting_id))


def post_meeting(session: Session, meeting_id: str, at: datetime) -> None:
    """The agenda was posted *at* that moment."""
    meeting = fetch(session, Meeting, meeting_id)
    if meeting.start is None:
        raise InvalidInput(_("Give the meeting a date before its agenda is posted."), field="start")
    assign(meeting, {"state": MeetingState.POSTED, "posted_at": at})


def hold_meeting(session: Session, meeting_id: str, frozen_at: str) -> None:
    """The meeting has been held: what it encloses stays as it stood at *frozen_at*; the minutes begin."""
    meeting = fetch(session, Meeting, meeting_id)
    if meeting.start is None:
        raise InvalidInput(_("Give the meeting a date before it is held."), field="start")
    minutes = MinutesState.DRAFT if meeting.minutes_state is MinutesState.NONE else meeting.minutes_state
    assign(meeting, {"state": MeetingState.HELD, "frozen_at": frozen_at, "minutes_state": minutes})


def reopen_meeting(session: Session, meeting_id: str) -> None:
    """Back to the agenda: what it encloses is shown as it stands now."""
    meeting = fetch(session, Meeting, meeting_id)
    state = MeetingState.POSTED if meeting.posted_at else MeetingState.DRAFT
    assign(meeting, {"state": state, "frozen_at": ""})


def _copy_agenda(session: Session, model: Meeting, meeting: Meeting) -> None:
    """The sections and items of *model* into *meeting*; of a template the wording, too."""
    template = MeetingState.TEMPLATE in (model.state, meeting.state)
    names = _STANDING + (_WORDING if template else ())
    for section in ordered(model.sections):
        copy = build(AgendaSection, meeting_id=meeting.id, title=section.title, consent=section.consent)
        copy.rank = section.rank
        session.add(copy)
        session.flush()
        for item in ordered(section.items):
            session.add(build(AgendaItem, section_id=copy.id, **{name: getattr(item, name) for name in names}))
    session.flush()


# ── the agenda


def add_section(session: Session, meeting_id: str, *, after: str | None = None, **values: Any) -> str:
    meeting = fetch(session, Meeting, meeting_id)
    section = build(AgendaSection, meeting_id=meeting_id, rank=rank_after(meeting.sections, after), **values)
    session.add(section)
    session.flush()
    return section.id


def edit_section(session: Session, section_id: str, **values: Any) -> None:
    assign(fetch(session, AgendaSection, section_id), values)


def delete_section(session: Session, section_id: str) -> None:
    session.delete(fetch(session, AgendaSection, section_id))


def move_section(session: Session, section_id: str, to: int) -> None:
    section = fetch(session, AgendaSection, section_id)
    move(section, section.meeting.sections, to)


def add_item(session: Session, section_id: str, *, after: str | None = None, **values: Any) -> str:
    """An item behind the one called *after*, or at the end of the section; its id."""
    section = fetch(session, AgendaSection, section_id)
    if section.consent:
        values.setdefault("type", ItemType.CONSENT)
    item = build(AgendaItem, section_id=section_id, rank=rank_after(section.items, after), **_timed(values))
    session.add(item)
    session.flush()
    return item.id


def edit_item(session: Session, item_id: str, **values: Any) -> None:
    check_minutes(values.get("minutes"))
    item = fetch(session, AgendaItem, item_id)
    if values.get("type") is ItemType.CLOSED:
        values.setdefault("access", Access.CLOSED)
    assign(item, _timed(values))


def delete_item(session: Session, item_id: str) -> None:
    session.delete(fetch(session, AgendaItem, item_id))


def move_item(session: Session, item_id: str, to: int, section_id: str | None = None) -> None:
    """Give an item the place *to* in its section, or in the section *section_id*."""
    item = fetch(session, AgendaItem, item_id)
    section = fetch(session, AgendaSection, section_id or item.section_id)
    move(item, list(section.items), to)
    if section.id != item.section_id:
        item.section_id = section.id


def send_item(session: Session, item_id: str, state: ItemState, because: str = "") -> None:
    """Take an item a step on: submitted, accepted, or returned with the reason."""
    check_reason(state, because)
    kept = because if state is ItemState.RETURNED else ""
    assign(fetch(session, AgendaItem, item_id), {"state": state, "returned_because": kept})


def pull_item(session: Session, item_id: str, pulled: bool) -> None:
    """Take an item out of the consent group, or put it back."""
    item = fetch(session, AgendaItem, item_id)
    if not item.section.consent:
        raise InvalidInput(_("The item is not in a consent group."), field="pulled")
    assign(item, {"pulled": pulled})


# ── what an item supports and encloses


def support(session: Session, item_id: str, table: str, row_id: str) -> str:
    """Link an item to a goal, strategy or policy; the id of the link."""
    item = fetch(session, AgendaItem, item_id)
    fetch(session, MODELS[table], row_id)
    if any(getattr(link, SUPPORTS[table]) == row_id for link in item.links):
        raise InvalidInput(_("The item is linked to it already."), field="supports")
    link = build(AgendaLink, agenda_item_id=item_id, rank=last_rank(item.links), **{SUPPORTS[table]: row_id})
    session.add(link)
    session.flush()
    return link.id


def withdraw_support(session: Session, link_id: str) -> None:
    session.delete(fetch(session, AgendaLink, link_id))


def enclose(session: Session, item_id: str, what: Enclosed, row_id: str, **values: Any) -> str:
    """Print pages of the plan or the manual behind an item; the id of the enclosure."""
    item = fetch(session, AgendaItem, item_id)
    column = ENCLOSES[what]
    fetch(session, MODELS[column.removesuffix("_id")], row_id)
    if any(other.what is what and getattr(other, column) == row_id for other in item.enclosures):
        raise InvalidInput(_("It is enclosed here already."), field="what")
    enclosure = build(
        Enclosure, agenda_item_id=item_id, what=what, rank=last_rank(item.enclosures), **{column: row_id}, **values
    )
    session.add(enclosure)
    session.flush()
    return enclosure.id


def remove_enclosure(session: Session, enclosure_id: str) -> None:
    session.delete(fetch(session, Enclosure, enclosure_id))


# ── in the room


def record_attendance(
    session: Session, meeting_id: str, person_id: str, presence: Presence | None, **times: Any
) -> None:
    """Who was there, and when they came or left; None takes the record back."""
    fetch(session, Meeting, meeting_id)
    row = session.get(Attendance, (meeting_id, person_id))
    if presence is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = build(Attendance, meeting_id=meeting_id, person_id=person_id, presence=presence)
        session.add(row)
    assign(row, {"presence": presence, **_timed(times)})


def add_motion(session: Session, item_id: str, text: str = "", *, mover: str = "", seconder: str = "") -> str:
    """A motion with the names of those who moved and seconded it; its id."""
    item = fetch(session, AgendaItem, item_id)
    motion = build(
        Motion,
        agenda_item_id=item_id,
        text=text or item.recommended_motion,
        rank=last_rank(item.motions),
        mover_id=person_named(session, mover),
        seconder_id=person_named(session, seconder),
    )
    session.add(motion)
    session.flush()
    return motion.id


def edit_motion(session: Session, motion_id: str, **values: Any) -> None:
    """Change a motion; mover and seconder are given by name."""
    motion = fetch(session, Motion, motion_id)
    for name in ("mover", "seconder"):
        if name in values:
            values[f"{name}_id"] = person_named(session, values.pop(name))
    mover, seconder = values.get("mover_id", motion.mover_id), values.get("seconder_id", motion.seconder_id)
    if mover is not None and mover == seconder:
        raise InvalidInput(_("Nobody seconds their own motion."), field="seconder")
    assign(motion, values)


def delete_motion(session: Session, motion_id: str) -> None:
    session.delete(fetch(session, Motion, motion_id))


def record_votes(session: Session, motion_id: str, choices: dict[str, Choice | None]) -> None:
    """The vote of each person by id; None takes it back. The result follows, where it is not settled otherwise."""
    motion = fetch(session, Motion, motion_id)
    for person_id, choice in choices.items():
        row = session.get(Vote, (motion_id, person_id))
        if choice is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(build(Vote, motion_id=motion_id, person_id=person_id, choice=choice))
        else:
            assign(row, {"choice": choice})
    session.flush()
    session.expire(motion, ["votes"])
    if motion.result in (MotionResult.OPEN, MotionResult.PASSED, MotionResult.FAILED):
        assign(motion, {"result": _result(motion)})


def _result(motion: Motion) -> MotionResult:
    """By the majority of those who voted yes or no; a tie fails."""
    yes = sum(vote.choice is Choice.YES for vote in motion.votes)
    no = sum(vote.choice is Choice.NO for vote in motion.votes)
    if not yes and not no:
        return MotionResult.OPEN
    return MotionResult.PASSED if yes > no else MotionResult.FAILED


# ── packets


def record_packet(session: Session, meeting_id: str, digest: str, **values: Any) -> str:
    """Keep that a packet was printed, whose bytes are stored under *digest*; the id of the record."""
    fetch(session, Meeting, meeting_id)
    packet = build(Packet, meeting_id=meeting_id, sha256=digest, **values)
    session.add(packet)
    session.flush()
    return packet.id


def _timed(values: dict[str, Any]) -> dict[str, Any]:
    return {name: time_of_day(value, name) if name in TIMES else value for name, value in values.items()}
