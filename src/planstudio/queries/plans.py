"""The plan as a whole: its outline at the left of the window, and the book that reports print."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from planstudio.domain.cards import OrganizationCard, PersonCard, PlanBook, PlanCard
from planstudio.domain.gaps import Gap
from planstudio.domain.kinds import Direction, MeetingState
from planstudio.domain.outline import OutlineRow, PlanOutline
from planstudio.domain.plausibility import doubts
from planstudio.domain.progress import ENDED
from planstudio.domain.texts import name_of
from planstudio.i18n import _
from planstudio.queries.conflicts import unsettled
from planstudio.queries.goals import goals_of_plan, standing, updates_of
from planstudio.queries.meetings import monitoring_rows
from planstudio.queries.policies import all_policies, all_series
from planstudio.queries.rows import alike, in_plan, rows, there
from planstudio.queries.statements import statements_of_plan
from planstudio.store.schema import (
    Goal,
    Measure,
    Meeting,
    Organization,
    Person,
    Plan,
    Policy,
    Statement,
    StatementItem,
    Strategy,
)
from planstudio.store.tree import first_plan

_PLANS = select(*alike(Plan, PlanCard))


def current_plan(session: Session) -> str:
    """The id of the plan in force: the first that is adopted, else the first draft, else the first of all."""
    return there(first_plan(session), _("This file holds no plan."))


def all_plans(session: Session) -> tuple[PlanCard, ...]:
    """Every plan of the file, in its order."""
    return tuple(PlanCard(*row) for row in rows(session, _PLANS.order_by(Plan.rank, Plan.id)))


def origins(session: Session, plan_id: str) -> dict[str, str]:
    """What each element of a plan was copied from, by its id."""
    queries = [select(one.id, one.origin).where(inside, one.origin != "") for one, inside in in_plan(plan_id).items()]
    return {ident: origin for query in queries for ident, origin in rows(session, query)}


def has_plan(session: Session) -> bool:
    return session.scalars(select(Plan.id).limit(1)).first() is not None


def organization_card(session: Session) -> OrganizationCard:
    row = session.execute(select(*alike(Organization, OrganizationCard)).order_by(Organization.id)).first()
    return OrganizationCard(*row) if row else OrganizationCard("", "")


def plan_card(session: Session, plan_id: str) -> PlanCard:
    row = session.execute(_PLANS.where(Plan.id == plan_id)).one_or_none()
    return PlanCard(*there(row, _("The plan has been deleted.")))


def people(session: Session) -> tuple[PersonCard, ...]:
    query = select(*alike(Person, PersonCard))
    return tuple(sorted((PersonCard(*row) for row in rows(session, query)), key=lambda person: person.name.casefold()))


def plan_outline(session: Session, plan_id: str) -> PlanOutline:
    """What the outline lists, without measures and their figures."""
    policies = session.scalar(select(func.count()).select_from(Policy)) or 0
    meetings = session.scalar(select(func.count()).select_from(Meeting).where(Meeting.state != MeetingState.TEMPLATE))
    return PlanOutline(
        plan_id, organization_card(session).name, plan_card(session, plan_id), _statement_rows(session, plan_id),
        _goal_rows(session, plan_id), policies, meetings or 0, plan_id == current_plan(session),
    )  # fmt: skip


def _statement_rows(session: Session, plan_id: str) -> tuple[OutlineRow, ...]:
    entries = select(StatementItem.statement_id, func.count()).group_by(StatementItem.statement_id)
    counts: dict[str, int] = dict(rows(session, entries))
    query = select(Statement.id, Statement.heading, Statement.kind).where(Statement.plan_id == plan_id)
    return tuple(
        OutlineRow("statement", ident, heading, kind=kind.value, count=counts.get(ident, 0))
        for ident, heading, kind in rows(session, query.order_by(Statement.rank, Statement.id))
    )


def _goal_rows(session: Session, plan_id: str) -> tuple[OutlineRow, ...]:
    goal_updates, strategy_updates = updates_of(session)
    lacking = _lacking(session)

    def row(table: str, ident: str, name: str, updates: Any, due: list[Any], *children: OutlineRow) -> OutlineRow:
        status, _percent, updated_on = standing(updates)
        every, by, owner = due
        gaps = (*(() if owner else (Gap.NO_OWNER,)), *lacking.get(ident, ())) if status not in ENDED else ()
        return OutlineRow(
            table, ident, name, status=status, updated_on=updated_on, update_every=every, update_by=by,
            owner=owner or "", count=len(children), children=children, gaps=gaps,
        )  # fmt: skip

    below: dict[str, list[OutlineRow]] = defaultdict(list)
    strategies = (
        select(Strategy.id, Strategy.goal_id, Strategy.title, Strategy.text, *_due(Strategy))
        .join(Goal, Goal.id == Strategy.goal_id)
        .outerjoin(Person, Person.id == Strategy.owner_id)
        .where(Goal.plan_id == plan_id)
        .order_by(Strategy.rank, Strategy.id)
    )
    for ident, goal_id, title, text, *due in rows(session, strategies):
        below[goal_id].append(row("strategy", ident, name_of(title, text), strategy_updates[ident], due))
    goals = (
        select(Goal.id, Goal.label, Goal.title, Goal.statement, *_due(Goal))
        .outerjoin(Person, Person.id == Goal.owner_id)
        .where(Goal.plan_id == plan_id)
        .order_by(Goal.rank, Goal.id)
    )
    return tuple(
        row("goal", ident, name_of(title, statement, label), goal_updates[ident], due, *below[ident])
        for ident, label, title, statement, *due in rows(session, goals)
    )


def _lacking(session: Session) -> dict[str, tuple[Gap, ...]]:
    """What the measures of each goal and strategy lack, by its id."""
    band = Measure.direction == Direction.BAND
    query = select(
        func.coalesce(Measure.goal_id, Measure.strategy_id),
        func.sum(case((band, 0), (Measure.baseline.is_(None), 1), else_=0)),
        func.sum(case((band, 0), (Measure.target.is_(None), 1), else_=0)),
    ).group_by(func.coalesce(Measure.goal_id, Measure.strategy_id))
    return {
        owner: (*((Gap.NO_BASELINE,) if bases else ()), *((Gap.NO_TARGET,) if targets else ()))
        for owner, bases, targets in rows(session, query)
    }


def _due(model: type[Goal | Strategy]) -> tuple[Any, ...]:
    return model.update_every, model.update_by, Person.name


def book_in_force(session: Session, today: date) -> PlanBook:
    """As plan_book(), of the plan in force."""
    return plan_book(session, current_plan(session), today)


def plan_book(session: Session, plan_id: str, today: date, as_of: str = "") -> PlanBook:
    """Everything of a plan that a report can print."""
    book = PlanBook(
        organization_card(session), plan_card(session, plan_id), statements_of_plan(session, plan_id),
        goals_of_plan(session, plan_id), all_series(session), all_policies(session, plan_id), today, as_of,
        unsettled=unsettled(session),
    )  # fmt: skip
    return replace(book, doubts=doubts(book, monitoring_rows(session, plan_id), people(session)))
