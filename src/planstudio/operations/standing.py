"""How a meeting stands in time: posted for the hour it has, held on its day, by the clock of its place."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.kinds import MeetingState
from planstudio.domain.order_of_time import check_held
from planstudio.domain.posting import posting_stands
from planstudio.domain.zones import wall
from planstudio.operations.rows import assign
from planstudio.store.schema import Meeting, Organization


def follow_start(session: Session, meeting: Meeting) -> None:
    """A posted agenda counts for the time that stood on it, a held meeting is not to come."""
    if meeting.state is MeetingState.HELD and meeting.start is not None and meeting.frozen_at:
        check_held(meeting.start, day_of(session, meeting, meeting.frozen_at))
    if meeting.state in (MeetingState.DRAFT, MeetingState.POSTED):
        assign(meeting, {"state": before_holding(meeting)})


def before_holding(meeting: Meeting) -> MeetingState:
    return MeetingState.POSTED if posting_stands(meeting) else MeetingState.DRAFT


def day_of(session: Session, meeting: Meeting, at: str) -> date:
    """The day that the moment *at* is where the board meets."""
    when = datetime.fromisoformat(at)
    return wall(when, zone_of(session, meeting)).date() if when.tzinfo else when.date()


def zone_of(session: Session, meeting: Meeting) -> str:
    return meeting.time_zone or session.scalar(select(Organization.time_zone)) or ""
