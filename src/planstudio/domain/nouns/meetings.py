"""A meeting, its agenda, its minutes and what is printed for it."""

from datetime import date, datetime
from typing import Annotated, TypedDict

from planstudio.domain.audiences import HOUSE, MINUTES, PUBLIC, REPORTED, STAFF, Rows
from planstudio.domain.kinds import (
    Access,
    Choice,
    ClearedAs,
    Compliance,
    Enclosed,
    ItemState,
    ItemType,
    Majority,
    MeetingKind,
    MeetingState,
    MinutesState,
    MotionResult,
    Numbering,
    PageNumbers,
    Presence,
    TimeUse,
)
from planstudio.domain.nouns.fields import (
    FIND,
    choice,
    exact_day,
    first_day,
    flag,
    line,
    lines,
    markdown,
    moment,
    month,
    noun,
    own,
    person,
    prose,
    refers,
    stamp,
    time,
    whole,
)
from planstudio.i18n import N_


class MeetingFields(TypedDict, total=False):
    kind: Annotated[MeetingKind, choice(N_("Kind"), PUBLIC)]
    state: Annotated[MeetingState, choice(N_("State"), PUBLIC)]
    title: Annotated[str, line(N_("Title"), PUBLIC, FIND)]
    start: Annotated[datetime | None, moment(N_("Start"), PUBLIC)]
    place: Annotated[str, line(N_("Place"), PUBLIC, FIND)]
    taking_part: Annotated[str, markdown(N_("Taking part"), PUBLIC)]
    posting_rule: Annotated[str, lines(N_("Posting rule"), STAFF)]
    posted_at: Annotated[datetime | None, moment(N_("Posted at"), PUBLIC)]
    numbering: Annotated[Numbering, choice(N_("Numbering"), PUBLIC)]
    page_numbers: Annotated[PageNumbers, choice(N_("Page numbers"), PUBLIC)]
    called_to_order: Annotated[str, time(N_("Called to order"), MINUTES)]
    adjourned: Annotated[str, time(N_("Adjourned"), MINUTES)]
    minutes_state: Annotated[MinutesState, choice(N_("Minutes state"), MINUTES)]
    minutes_approved_on: Annotated[date | None, exact_day(N_("Minutes approved on"), MINUTES)]
    minutes_opening: Annotated[str, markdown(N_("Minutes opening"), MINUTES, FIND)]
    minutes_closing: Annotated[str, markdown(N_("Minutes closing"), MINUTES, FIND)]
    frozen_at: Annotated[str, stamp(N_("Frozen at"), HOUSE)]
    time_zone: Annotated[str, line(N_("Time zone"), PUBLIC)]
    posted_for: Annotated[datetime | None, moment(N_("Posted for"), PUBLIC)]
    posted_deadline: Annotated[datetime | None, moment(N_("Posting due"), PUBLIC)]
    posted_notice: Annotated[str, line(N_("Notice required"), PUBLIC)]
    seats: Annotated[int | None, whole(N_("Seats"), MINUTES)]
    quorum: Annotated[int | None, whole(N_("Quorum"), MINUTES)]
    approved_roll: Annotated[str, own(N_("Names as approved"), MINUTES)]


class AgendaSectionFields(TypedDict, total=False):
    title: Annotated[str, line(N_("Title"), PUBLIC, FIND)]
    consent: Annotated[bool, flag(N_("Consent"), PUBLIC)]


class AgendaItemFields(TypedDict, total=False):
    title: Annotated[str, line(N_("Title"), PUBLIC, FIND)]
    type: Annotated[ItemType, choice(N_("Type"), PUBLIC)]
    access: Annotated[Access, choice(N_("Access"), PUBLIC)]
    ground: Annotated[str, line(N_("Ground"), PUBLIC)]
    state: Annotated[ItemState, choice(N_("State"), PUBLIC)]
    returned_because: Annotated[str, prose(N_("Returned because"), STAFF)]
    presenter: Annotated[str, line(N_("Presenter"), PUBLIC, FIND)]
    contact: Annotated[str, lines(N_("Contact"), PUBLIC)]
    minutes: Annotated[int | None, whole(N_("Minutes"), PUBLIC, least=0, most=1440)]
    time_use: Annotated[TimeUse, choice(N_("Time use"), PUBLIC)]
    pulled: Annotated[bool, flag(N_("Pulled"), PUBLIC)]
    background: Annotated[str, markdown(N_("Background"), PUBLIC, FIND)]
    rationale: Annotated[str, markdown(N_("Rationale"), PUBLIC, FIND)]
    fiscal_impact: Annotated[str, markdown(N_("Fiscal impact"), PUBLIC, FIND)]
    recommended_motion: Annotated[str, markdown(N_("Recommended motion"), PUBLIC, FIND)]
    began: Annotated[str, time(N_("Began"), MINUTES)]
    ended: Annotated[str, time(N_("Ended"), MINUTES)]
    notes: Annotated[str, markdown(N_("Notes"), MINUTES, FIND)]


class AgendaLinkFields(TypedDict, total=False):
    """No more than what it joins."""


class EnclosureFields(TypedDict, total=False):
    what: Annotated[Enclosed, choice(N_("What"), PUBLIC)]
    since: Annotated[date | None, first_day(N_("Since"), PUBLIC)]


class AttachmentFields(TypedDict, total=False):
    name: Annotated[str, line(N_("Name"), PUBLIC, FIND)]
    media_type: Annotated[str, own(N_("Media type"), PUBLIC)]
    sha256: Annotated[str, refers(N_("Sha256"), PUBLIC, of="content")]
    size: Annotated[int, whole(N_("Size"), PUBLIC, least=0)]
    alternative_text: Annotated[str, prose(N_("Alternative text"), PUBLIC, FIND)]
    access: Annotated[Access, choice(N_("Access"), PUBLIC)]


class AttendanceFields(TypedDict, total=False):
    presence: Annotated[Presence, choice(N_("Presence"), PUBLIC)]
    arrived: Annotated[str, time(N_("Arrived"), PUBLIC)]
    departed: Annotated[str, time(N_("Departed"), PUBLIC)]


class MotionFields(TypedDict, total=False):
    text: Annotated[str, markdown(N_("Text"), PUBLIC, FIND)]
    mover_id: Annotated[str | None, person(N_("Mover"), PUBLIC)]
    seconder_id: Annotated[str | None, person(N_("Seconder"), PUBLIC)]
    result: Annotated[MotionResult, choice(N_("Result"), PUBLIC)]
    majority: Annotated[Majority | None, choice(N_("Majority"), PUBLIC)]
    made: Annotated[bool, flag(N_("Made from the agenda"), HOUSE)]


class VoteFields(TypedDict, total=False):
    choice: Annotated[Choice, choice(N_("Choice"), PUBLIC)]


class AmendmentFields(TypedDict, total=False):
    on: Annotated[date, exact_day(N_("On"), PUBLIC)]
    text: Annotated[str, markdown(N_("Text"), PUBLIC)]


class PacketFields(TypedDict, total=False):
    revision: Annotated[int, whole(N_("Revision"), HOUSE, least=0)]
    audience: Annotated[Access, choice(N_("Audience"), HOUSE)]
    printed_at: Annotated[datetime, moment(N_("Printed at"), HOUSE)]
    pages: Annotated[int, whole(N_("Pages"), HOUSE, least=0)]
    sha256: Annotated[str, refers(N_("Sha256"), HOUSE, of="content")]
    record: Annotated[str, prose(N_("Record"), HOUSE)]
    note: Annotated[str, prose(N_("Note"), HOUSE)]


class ClearanceFields(TypedDict, total=False):
    code: Annotated[str, line(N_("Code"), STAFF)]
    words: Annotated[str, line(N_("Words"), STAFF)]
    kind: Annotated[ClearedAs, choice(N_("Kind"), STAFF)]
    reason: Annotated[str, prose(N_("Reason"), STAFF)]
    author: Annotated[str, line(N_("Author"), STAFF)]
    at: Annotated[datetime, moment(N_("At"), STAFF)]
    access: Annotated[Access, choice(N_("Access"), STAFF)]
    withheld: Annotated[str, own(N_("Withheld"), STAFF)]
    shown: Annotated[str, own(N_("Shown"), STAFF)]


class MonitoringFields(TypedDict, total=False):
    subject: Annotated[str, line(N_("Subject"), PUBLIC)]
    month: Annotated[date, month(N_("Month"), PUBLIC)]
    reported_on: Annotated[date | None, exact_day(N_("Reported on"), PUBLIC)]
    evaluation: Annotated[Compliance, choice(N_("Evaluation"), REPORTED)]
    reason: Annotated[str, markdown(N_("Reason"), REPORTED)]
    evidence: Annotated[str, markdown(N_("Evidence"), REPORTED)]
    next_steps: Annotated[str, markdown(N_("Next steps"), REPORTED)]


# In which of its columns an enclosure names what it prints.
ENCLOSES = {
    **dict.fromkeys((Enclosed.POLICY, Enclosed.POLICY_CHANGES), "policy_id"),
    **dict.fromkeys((Enclosed.GOAL, Enclosed.MONITORING), "goal_id"),
    **dict.fromkeys((Enclosed.PLAN, Enclosed.ONE_PAGE, Enclosed.SCORECARD), "plan_id"),
}

NOUNS = (
    noun("meeting", N_("Meeting"), Rows.POSTED, MeetingFields, title="title", ranked=False),
    noun("agenda_section", N_("Agenda section"), Rows.ALL, AgendaSectionFields, inside="meeting", title="title"),
    noun("agenda_item", N_("Agenda item"), Rows.NUMBERED, AgendaItemFields, inside="section", title="title"),
    noun("agenda_link", N_("What an item supports"), Rows.ALL, AgendaLinkFields,
         inside="agenda_item goal strategy policy"),
    noun("enclosure", N_("Enclosed pages"), Rows.ALL, EnclosureFields, inside="agenda_item policy goal plan"),
    noun("attachment", N_("File"), Rows.SEEN, AttachmentFields, title="name",
         inside="statement goal strategy measure policy agenda_item"),
    noun("attendance", N_("Attendance"), Rows.APPROVED, AttendanceFields,
         inside="meeting person", keyed=False, ranked=False),
    noun("motion", N_("Motion"), Rows.APPROVED, MotionFields, inside="agenda_item", title="text"),
    noun("vote", N_("Vote"), Rows.APPROVED, VoteFields, inside="motion person", keyed=False, ranked=False),
    noun("amendment", N_("Amendment of minutes"), Rows.APPROVED, AmendmentFields, inside="meeting", ranked=False),
    noun("packet", N_("Printed packet"), Rows.NONE, PacketFields, inside="meeting", ranked=False),
    noun("clearance", N_("Answer to a leak"), Rows.SEEN, ClearanceFields, inside="meeting", ranked=False),
    noun("monitoring", N_("Monitoring"), Rows.ALL, MonitoringFields, inside="plan goal", ranked=False),
)  # fmt: skip
