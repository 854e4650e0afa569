"""Rows of columns, untyped: each query names what it unpacks; and the bytes of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, or_, select
from sqlalchemy.orm import Session

from planstudio.domain.cards import FileCard
from planstudio.domain.errors import NotFound, NotHere
from planstudio.domain.files import Kept
from planstudio.store.contents import bytes_of, whereabouts
from planstudio.store.schema import Base, Goal, Measure, Milestone, Plan, Statement, StatementItem, Strategy

T = TypeVar("T")


def rows(session: Session, query: Executable) -> Iterator[Any]:
    yield from session.execute(query)


def alike(model: type[Base], card: type[Any]) -> list[Any]:
    """The columns that *card* shows under their own names, in its order."""
    columns = model.__table__.columns
    return [getattr(model, field.name) for field in fields(card) if field.name in columns]


def there(found: T | None, words: str) -> T:
    """*found*, or a sentence that it is gone."""
    if found is None:
        raise NotFound(words)
    return found


def in_plan(plan_id: str) -> dict[type[Any], ColumnElement[bool]]:
    """Which rows stand in a plan, by their model."""
    statements = select(Statement.id).where(Statement.plan_id == plan_id)
    goals = select(Goal.id).where(Goal.plan_id == plan_id)
    strategies = select(Strategy.id).where(Strategy.goal_id.in_(goals))
    return {
        Plan: Plan.id == plan_id,
        Statement: Statement.plan_id == plan_id,
        StatementItem: StatementItem.statement_id.in_(statements),
        Goal: Goal.plan_id == plan_id,
        Strategy: Strategy.goal_id.in_(goals),
        Milestone: Milestone.strategy_id.in_(strategies),
        Measure: or_(Measure.goal_id.in_(goals), Measure.strategy_id.in_(strategies)),
    }


def placed(session: Session, files: Iterable[FileCard]) -> tuple[FileCard, ...]:
    """The files, each with where its bytes are."""
    found = tuple(files)
    where = whereabouts(session.connection(), (file.sha256 for file in found)) if found else {}
    return tuple(file if where[file.sha256] is Kept.HERE else replace(file, kept=where[file.sha256]) for file in found)


def bytes_here(session: Session, sha: str, name: str) -> bytes:
    """The bytes of the file called *name* in sentences; NotHere where they did not come with the plan."""
    data = bytes_of(session.connection(), sha)
    if data is None:
        raise NotHere(name)
    return data
