"""Goals, their strategies and the milestones of these."""

from __future__ import annotations

from typing import Unpack

from sqlalchemy.orm import Session

from planstudio.domain.nouns.plans import GoalFields, MilestoneFields, StrategyFields
from planstudio.operations.rows import added, assign, build, fetch, last_rank, move, rank_after
from planstudio.store.schema import Goal, Milestone, Plan, Strategy


def add_goal(session: Session, plan_id: str, *, after: str | None = None, **values: Unpack[GoalFields]) -> str:
    """A goal behind the one called *after*, or at the end; its id."""
    rank = rank_after(fetch(session, Plan, plan_id).goals, after)
    return added(session, build(Goal, plan_id=plan_id, rank=rank, **values))


def edit_goal(session: Session, goal_id: str, **values: Unpack[GoalFields]) -> None:
    assign(fetch(session, Goal, goal_id), values)


def delete_goal(session: Session, goal_id: str) -> None:
    session.delete(fetch(session, Goal, goal_id))


def move_goal(session: Session, goal_id: str, to: int) -> None:
    goal = fetch(session, Goal, goal_id)
    move(goal, goal.plan.goals, to)


def add_strategy(session: Session, goal_id: str, *, after: str | None = None, **values: Unpack[StrategyFields]) -> str:
    """A strategy behind the one called *after*, or at the end; its id."""
    rank = rank_after(fetch(session, Goal, goal_id).strategies, after)
    return added(session, build(Strategy, goal_id=goal_id, rank=rank, **values))


def edit_strategy(session: Session, strategy_id: str, **values: Unpack[StrategyFields]) -> None:
    assign(fetch(session, Strategy, strategy_id), values)


def delete_strategy(session: Session, strategy_id: str) -> None:
    session.delete(fetch(session, Strategy, strategy_id))


def move_strategy(session: Session, strategy_id: str, to: int, goal_id: str | None = None) -> None:
    """Give a strategy the place *to* in its goal, or in the goal *goal_id*."""
    strategy = fetch(session, Strategy, strategy_id)
    goal = fetch(session, Goal, goal_id or strategy.goal_id)
    move(strategy, list(goal.strategies), to)
    if goal.id != strategy.goal_id:
        strategy.goal_id = goal.id


def add_milestone(session: Session, strategy_id: str, **values: Unpack[MilestoneFields]) -> str:
    rank = last_rank(fetch(session, Strategy, strategy_id).milestones)
    return added(session, build(Milestone, strategy_id=strategy_id, rank=rank, **values))


def edit_milestone(session: Session, milestone_id: str, **values: Unpack[MilestoneFields]) -> None:
    assign(fetch(session, Milestone, milestone_id), values)


def delete_milestone(session: Session, milestone_id: str) -> None:
    session.delete(fetch(session, Milestone, milestone_id))
