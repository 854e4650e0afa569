"""Goals and strategies as their pages and the reports show them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from planstudio.domain import measures
from planstudio.domain.cards import GoalCard, MilestoneRow, StrategyCard, UpdateCard
from planstudio.domain.errors import NotFound
from planstudio.domain.kinds import Status
from planstudio.i18n import _
from planstudio.queries.links import links_by
from planstudio.queries.measures import measures_of_goals, measures_of_strategy
from planstudio.queries.rows import alike, rows
from planstudio.store.schema import Goal, Milestone, Person, ProgressUpdate, Strategy

Updates = dict[str, list[UpdateCard]]


def goal_card(session: Session, goal_id: str) -> GoalCard:
    """A goal with its own measures; its strategies come without theirs, which their pages ask for."""
    plan_id = session.scalar(select(Goal.plan_id).where(Goal.id == goal_id))
    if plan_id is None:
        raise NotFound(_("The goal has been deleted."))
    ids = list(session.scalars(select(Goal.id).where(Goal.plan_id == plan_id).order_by(Goal.rank, Goal.id)))
    return _goals(session, [goal_id], {goal_id: ids.index(goal_id) + 1}, whole=False)[0]


def strategy_card(session: Session, strategy_id: str) -> StrategyCard:
    goal_id = session.scalar(select(Strategy.goal_id).where(Strategy.id == strategy_id))
    if goal_id is None:
        raise NotFound(_("The strategy has been deleted."))
    card = next(one for one in goal_card(session, goal_id).strategies if one.id == strategy_id)
    return replace(card, measures=tuple(measures_of_strategy(session, strategy_id)))


def goals_of_plan(session: Session, plan_id: str, *, whole: bool = True) -> tuple[GoalCard, ...]:
    """All goals of a plan with everything in them, in order; not *whole*, without the measures of their strategies."""
    ids = list(session.scalars(select(Goal.id).where(Goal.plan_id == plan_id).order_by(Goal.rank, Goal.id)))
    return _goals(session, ids, {ident: n for n, ident in enumerate(ids, 1)}, whole=whole)


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


def _goals(session: Session, ids: list[str], numbers: dict[str, int], *, whole: bool = True) -> tuple[GoalCard, ...]:
    inside = select(Strategy.id).where(Strategy.goal_id.in_(ids))
    goal_updates, strategy_updates = updates_of(
        session, or_(ProgressUpdate.goal_id.in_(ids), ProgressUpdate.strategy_id.in_(inside))
    )
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
        updates = goal_updates[row.id]
        status, percent, updated_on = standing(updates)
        if percent is None:
            percent = round(sum(part.percent for part in parts) / len(parts)) if parts else 0
        own = tuple(goal_measures[row.id])
        cards.append(
            GoalCard(
                **(dict(row._mapping) | {"owner": row.owner or ""}),
                number=str(numbers[row.id]),
                status=status,
                percent=percent,
                updated_on=updated_on,
                strategies=parts,
                measures=own,
                updates=tuple(updates),
                policies=tuple(links[row.id]),
                verdict=measures.overall([m.verdict for m in own]),
            )
        )
    return tuple(cards)


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
        found[row.goal_id].append(_strategy(row, number, milestones, updates, links))
    return found


def _strategy(row: Any, number: str, milestones: Any, updates: Updates, links: Any) -> StrategyCard:
    status, percent, updated_on = standing(updates[row.id])
    steps: list[MilestoneRow] = milestones[row.id]
    if percent is None and steps:  # nobody has said: as many as are done
        percent = round(100 * sum(step.done_on is not None for step in steps) / len(steps))
    return StrategyCard(
        **(dict(row._mapping) | {"owner": row.owner or ""}),
        number=number,
        status=status,
        percent=percent or 0,
        updated_on=updated_on,
        milestones=tuple(milestones[row.id]),
        updates=tuple(updates[row.id]),
        policies=tuple(links[row.id]),
    )
