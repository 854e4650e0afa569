"""What the secretary does at the table in one gesture: begin an item, end it, call everyone present."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from planstudio.domain.kinds import Presence
from planstudio.domain.order_of_time import check_times
from planstudio.domain.times_of_day import time_of_day
from planstudio.operations.ballots import recounted
from planstudio.operations.meetings import record_attendance
from planstudio.operations.rows import assign, fetch
from planstudio.store.schema import AgendaItem, Meeting


def begin_item(session: Session, item_id: str, at: str) -> None:
    """Begin an item at a time of day, or go on with one that was ended; whatever else is running ends then."""
    item = fetch(session, AgendaItem, item_id)
    at = time_of_day(at, "began")
    meeting = item.section.meeting
    others = (other for section in meeting.sections for other in section.items if other is not item)
    with recounted(session, meeting):
        for running in [other for other in others if other.began and not other.ended]:
            check_times(running.began, at, "ended")
            assign(running, {"ended": at})
        assign(item, {"began": item.began or at, "ended": ""})


def end_item(session: Session, item_id: str, at: str) -> None:
    item = fetch(session, AgendaItem, item_id)
    at = time_of_day(at, "ended")
    check_times(item.began, at, "ended")
    with recounted(session, item.section.meeting):
        assign(item, {"ended": at})


def call_everyone_present(session: Session, meeting_id: str, person_ids: Sequence[str]) -> None:
    """Record all of them as present; who came by video or left early keeps that record."""
    meeting = fetch(session, Meeting, meeting_id)
    there = {row.person_id for row in meeting.attendance if row.presence in (Presence.PRESENT, Presence.REMOTE)}
    for person_id in person_ids:
        if person_id not in there:
            record_attendance(session, meeting_id, person_id, Presence.PRESENT)
