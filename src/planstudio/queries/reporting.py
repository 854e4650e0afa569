"""What a report is made from: the plan, and of meetings only what the report asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, SectionCard
from planstudio.domain.cards import PlanBook
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import MeetingState
from planstudio.domain.reporting import SOURCES, ReportData, ReportSubjects
from planstudio.domain.reviews import add_months
from planstudio.i18n import _
from planstudio.queries.meetings import meeting_card, meeting_rows, monitoring_rows
from planstudio.queries.plans import plan_book, plan_outline
from planstudio.queries.policies import all_policies
from planstudio.store.schema import AgendaItem, AgendaLink, AgendaSection, Meeting, Strategy

_RECENT_MONTHS = 12
_PAST = ("time-use", "decisions")  # what tells of meetings that have been


def subjects(session: Session, plan_id: str) -> ReportSubjects:
    """What a report can be about, without reading the whole plan."""
    return ReportSubjects(meeting_rows(session), plan_outline(session, plan_id).goals, all_policies(session, plan_id))


def report_data(
    session: Session,
    name: str,
    plan_id: str,
    today: date,
    *,
    meeting_id: str | None = None,
    goal_id: str | None = None,
    policy_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: str = "",
) -> ReportData:
    """All that the report called *name* prints, but the earlier plan of a redline, which is asked for in the past."""
    source = SOURCES.get(name)
    if source is None:
        raise InvalidInput(_("There is no such report."), field="report")
    book = plan_book(session, plan_id, today, as_of)
    data = ReportData(book, today, goal_id=goal_id, policy_id=policy_id, since=since, until=until)
    if goal_id is not None and data.goal is None:
        raise NotFound(_("The goal has been deleted."))
    if policy_id is not None and data.policy is None:
        raise NotFound(_("The policy has been deleted."))
    meetings = _meetings(session, name, today, since, until) if source.meetings and not meeting_id else ()
    return replace(
        data,
        meeting=_bearing_on(book, meeting_card(session, meeting_id)) if meeting_id else None,
        meetings=tuple(_bearing_on(book, one) for one in meetings) if name in _PAST else meetings,
        monitoring=monitoring_rows(session, plan_id) if source.monitoring else (),
    )


def _bearing_on(book: PlanBook, meeting: MeetingCard) -> MeetingCard:
    """The meeting with what its items support of this plan: the goals of another have the same numbers."""
    inside = {goal.id for goal in book.goals} | {one.id for one in book.strategies()}

    def told(section: SectionCard) -> Iterator[AgendaItemCard]:
        for item in section.items:
            yield replace(item, links=tuple(x for x in item.links if x.table == "policy" or x.row_id in inside))

    return meeting.with_items(told)


def meetings_about(session: Session, goal_id: str) -> tuple[MeetingCard, ...]:
    """The meetings with an item on the goal or on a strategy of it, oldest first."""
    inside = select(Strategy.id).where(Strategy.goal_id == goal_id)
    about = (
        select(AgendaSection.meeting_id)
        .join(AgendaItem, AgendaItem.section_id == AgendaSection.id)
        .join(AgendaLink, AgendaLink.agenda_item_id == AgendaItem.id)
        .where(or_(AgendaLink.goal_id == goal_id, AgendaLink.strategy_id.in_(inside)))
    )
    query = select(Meeting.id).where(Meeting.id.in_(about), Meeting.state != MeetingState.TEMPLATE)
    return tuple(meeting_card(session, ident) for ident in session.scalars(query.order_by(Meeting.start, Meeting.id)))


def _meetings(
    session: Session, name: str, today: date, since: date | None, until: date | None
) -> tuple[MeetingCard, ...]:
    """The meetings of a period, oldest first."""
    if name == "data-quality" and since is None:
        since = add_months(today, -_RECENT_MONTHS)
    if name in _PAST:
        until = min(until, today) if until else today
    query = select(Meeting.id).where(Meeting.start.is_not(None), Meeting.state != MeetingState.TEMPLATE)
    if since is not None:
        query = query.where(Meeting.start >= datetime.combine(since, time.min))
    if until is not None:
        query = query.where(Meeting.start <= datetime.combine(until, time.max))
    ids = session.scalars(query.order_by(Meeting.start, Meeting.id)).all()
    return tuple(meeting_card(session, ident) for ident in ids)
