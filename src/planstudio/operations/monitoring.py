"""The monitoring calendar: when each goal is reported to the board, and what was reported."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.errors import InvalidInput
from planstudio.domain.nouns.meetings import MonitoringFields
from planstudio.domain.reviews import add_months
from planstudio.i18n import _
from planstudio.operations.rows import added, assign, build, fetch, ordered
from planstudio.store.schema import Monitoring, Plan

LONGEST = 60  # months


def schedule(
    session: Session, plan_id: str, month: date, /, *, goal_id: str | None = None, **values: Unpack[MonitoringFields]
) -> str:
    """Put a report on the calendar: of a goal, or of a subject of its own; its id."""
    fetch(session, Plan, plan_id)
    if goal_id is None and not values.get("subject", "").strip():
        raise InvalidInput(_("Say what is reported in that month."), field="subject")
    return added(session, build(Monitoring, plan_id=plan_id, goal_id=goal_id, month=month.replace(day=1), **values))


def draft_calendar(session: Session, plan_id: str, first: date, months: int) -> int:
    """Give each goal a month in turn, from *first* on, where it has none yet; how many were scheduled."""
    if not 1 <= months <= LONGEST:
        words = _("A monitoring calendar covers between 1 and {most} months.")
        raise InvalidInput(words.format(most=LONGEST), field="months")
    goals = ordered(fetch(session, Plan, plan_id).goals)
    known = session.scalars(select(Monitoring).where(Monitoring.plan_id == plan_id)).all()
    taken = {(row.goal_id, row.month) for row in known}
    turns = ((goals[n % len(goals)].id, add_months(first.replace(day=1), n)) for n in range(months if goals else 0))
    free = [turn for turn in turns if turn not in taken]
    for goal_id, month in free:
        schedule(session, plan_id, month, goal_id=goal_id)
    return len(free)


def edit_monitoring(session: Session, monitoring_id: str, **values: Unpack[MonitoringFields]) -> None:
    assign(fetch(session, Monitoring, monitoring_id), values)


def rename_subject(session: Session, plan_id: str, subject: str, words: str) -> None:
    """Give a subject of its own other words in every month."""
    if not words.strip():
        raise InvalidInput(_("Say what is reported in that month."), field="subject")
    query = select(Monitoring).where(Monitoring.plan_id == plan_id, Monitoring.subject == subject)
    for row in session.scalars(query.where(Monitoring.goal_id.is_(None))).all():
        assign(row, {"subject": words})


def delete_monitoring(session: Session, monitoring_id: str) -> None:
    session.delete(fetch(session, Monitoring, monitoring_id))
