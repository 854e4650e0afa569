"""Mission, vision, values and whatever else a district states, and the entries in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from planstudio.domain.kinds import StatementKind
from planstudio.operations.rows import assign, build, fetch, move, rank_after
from planstudio.store.schema import Plan, Statement, StatementItem


def add_statement(
    session: Session, plan_id: str, kind: StatementKind, heading: str = "", *, after: str | None = None, **values: Any
) -> str:
    """A statement behind the one called *after*, or at the end; its id."""
    plan = fetch(session, Plan, plan_id)
    rank = rank_after(plan.statements, after)
    statement = build(Statement, plan_id=plan_id, kind=kind, heading=heading, rank=rank, **values)
    session.add(statement)
    session.flush()
    return statement.id


def edit_statement(session: Session, statement_id: str, **values: Any) -> None:
    assign(fetch(session, Statement, statement_id), values)


def delete_statement(session: Session, statement_id: str) -> None:
    session.delete(fetch(session, Statement, statement_id))


def move_statement(session: Session, statement_id: str, to: int) -> None:
    statement = fetch(session, Statement, statement_id)
    move(statement, statement.plan.statements, to)


def add_item(session: Session, statement_id: str, *, after: str | None = None, **values: Any) -> str:
    """An entry behind the one called *after*, or at the end; its id."""
    statement = fetch(session, Statement, statement_id)
    item = build(StatementItem, statement_id=statement_id, rank=rank_after(statement.items, after), **values)
    session.add(item)
    session.flush()
    return item.id


def edit_item(session: Session, item_id: str, **values: Any) -> None:
    assign(fetch(session, StatementItem, item_id), values)


def delete_item(session: Session, item_id: str) -> None:
    session.delete(fetch(session, StatementItem, item_id))


def move_item(session: Session, item_id: str, to: int) -> None:
    item = fetch(session, StatementItem, item_id)
    move(item, item.statement.items, to)
