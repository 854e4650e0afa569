"""Goals and strategies as their pages and the reports show them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from planstudio.domain import measures
from planstudio.domain.cards import GoalCard, MilestoneRow, PolicyRef, StrategyCard, UpdateCard
from planstudio.domain.kinds import Status
from planstudio.i18n import _
from planstudio.queries.links import links_by
from planstudio.queries.measures import measures_of_goals, measures_of_strategy
from planstudio.queries.rows import alike, rows, there
from planstudio.store.schema import Goal, Milestone, Person, ProgressUpdate, Strategy

Updates = dict[str, list[UpdateCard]]


def goal_card(session: Session, goal_id: str) -> GoalCard:
    """A goal with its own measures; its strategies come without theirs, which their pages ask for."""
    found = session.scalar(select(Goal.plan_id).where(Goal.id == goal_id))
    plan_id = there(found, _("The goal has been deleted."))
    return _goals(session, [goal_id], _numbers(session, plan_id), whole=False)[0]


def strategy_card(session: Session, strategy_id: str) -> StrategyCard:
    found = session.scalar(select(Strategy.goal_id).where(Strategy.id == strategy_id))
    goal_id = there(found, _("The strategy has been deleted."))
    card = next(one for one in goal_card(session, goal_id).strategies if one.id == strategy_id)
    return replace(card, measures=tuple(measures_of_strategy(session, strategy_id)))


def goals_of_plan(session: Session, plan_id: str, *, whole: bool = True) -> tuple[GoalCard, ...]:
    """All goals of a plan with everything in them, in order; not *whole*, without the measures of their strategies."""
    numbers = _numbers(session, plan_id)
    return _goals(session, list(numbers), numbers, whole=whole)


def _numbers(session: Session, plan_id: str) -> dict[str, int]:
    """The goals of a plan in their order, by their ids."""
    ids = session.scalars(select(Goal.id).where(Goal.plan_id == plan_id).order_by(Goal.rank, Goal.id))
    return {ident: n for n, ident in enumerate(ids, 1)}


def updates_of(session: Session, condition: ColumnElement[bool] | None = None) -> tuple[Updates, Updates]:
    """Progress updates by goal and by strategy, newest first."""
    query = select(ProgressUpdate.goal_id, ProgressUpdate.strategy_id, *alike(ProgressUpdate, UpdateCard))
    query = query.order_by(ProgressUpdate.on.desc(), ProgressUpdate.id.desc())
    if condition is not None:
        query = query.where(condition)
    goals: Updates = defaultdict(list)
    strategies: Updates = defaultdict(list)
    for goal_id, strategy_id, *rest in rows(session, query):
        (goals[goal_id] if goal_id else strategies[strategy_id]).append(UpdateCard(*rest))
    return goals, strategies


def standing(updates: list[UpdateCard]) -> tuple[Status, int | None, date | None]:
    """Status, percent and day by the newest update; the percent by the newest that names one."""
    if not updates:
        return Status.NOT_STARTED, None, None
    newest = updates[0]
    if newest.status is Status.COMPLETED:
        return newest.status, 100, newest.on
    percent = next((update.percent for update in updates if update.percent is not None), None)
    return newest.status, percent, newest.on


def _goals(session: Session, ids: list[str], numbers: dict[str, int], *, whole: bool) -> tuple[GoalCard, ...]:
    inside = select(Strategy.id).where(Strategy.goal_id.in_(ids))
    about = or_(ProgressUpdate.goal_id.in_(ids), ProgressUpdate.strategy_id.in_(inside))
    goal_updates, strategy_updates = updates_of(session, about)
    goal_measures, strategy_measures = measures_of_goals(session, ids, with_strategies=whole)
    strategies = _strategies(session, ids, numbers, strategy_updates)
    links = links_by(session, "goal_id")
    query = (
        select(*alike(Goal, GoalCard), Person.name.label("owner"))
        .outerjoin(Person, Person.id == Goal.owner_id)
        .where(Goal.id.in_(ids))
        .order_by(Goal.rank, Goal.id)
    )
    cards = []
    for row in rows(session, query):
        parts = tuple(replace(card, measures=tuple(strategy_measures[card.id])) for card in strategies[row.id])
        own = tuple(goal_measures[row.id])
        told = _told(row, goal_updates[row.id], [part.percent for part in parts], links)
        verdict = measures.overall([measure.verdict for measure in own])
        cards.append(GoalCard(**told, number=str(numbers[row.id]), strategies=parts, measures=own, verdict=verdict))
    return tuple(cards)


def _told(row: Any, updates: list[UpdateCard], parts: list[int], links: dict[str, list[PolicyRef]]) -> dict[str, Any]:
    """What goals and strategies tell alike; where nobody has said how far one has come, the mean of its *parts*."""
    status, percent, updated_on = standing(updates)
    if percent is None:
        percent = round(sum(parts) / len(parts)) if parts else 0
    return dict(row._mapping) | {
        "owner": row.owner or "", "status": status, "percent": percent, "updated_on": updated_on,
        "updates": tuple(updates), "policies": tuple(links[row.id]),
    }  # fmt: skip


def _strategies(
    session: Session, goal_ids: list[str], numbers: dict[str, int], updates: Updates
) -> dict[str, list[StrategyCard]]:
    links = links_by(session, "strategy_id")
    milestones: dict[str, list[MilestoneRow]] = defaultdict(list)
    steps = select(Milestone.strategy_id, *alike(Milestone, MilestoneRow))
    for strategy_id, *rest in rows(session, steps.order_by(Milestone.rank, Milestone.id)):
        milestones[strategy_id].append(MilestoneRow(*rest))
    query = (
        select(*alike(Strategy, StrategyCard), Person.name.label("owner"))
        .outerjoin(Person, Person.id == Strategy.owner_id)
        .where(Strategy.goal_id.in_(goal_ids))
        .order_by(Strategy.rank, Strategy.id)
    )
    found: dict[str, list[StrategyCard]] = defaultdict(list)
    for row in rows(session, query):
        number = f"{numbers[row.goal_id]}.{len(found[row.goal_id]) + 1}"
        own = tuple(milestones[row.id])
        told = _told(row, updates[row.id], [100 * (step.done_on is not None) for step in own], links)
        found[row.goal_id].append(StrategyCard(**told, number=number, milestones=own))
    return found
