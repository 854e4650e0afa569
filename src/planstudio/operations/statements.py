"""Mission, vision, values and whatever else a district states, and the entries in them."""

from __future__ import annotations

from typing import Unpack

from sqlalchemy.orm import Session

from planstudio.domain.adopted import check_statement
from planstudio.domain.kinds import StatementKind
from planstudio.domain.nouns.plans import StatementFields, StatementItemFields
from planstudio.operations.rows import added, assign, build, fetch, move, rank_after
from planstudio.store.held import has_words
from planstudio.store.schema import Plan, Statement, StatementItem


def add_statement(
    session: Session, plan_id: str, kind: StatementKind, heading: str = "", /, *, after: str | None = None,
    **values: Unpack[StatementFields],
) -> str:  # fmt: skip
    """A statement behind the one called *after*, or at the end; its id."""
    rank = rank_after(fetch(session, Plan, plan_id).statements, after)
    return added(session, build(Statement, plan_id=plan_id, kind=kind, heading=heading, rank=rank, **values))


def edit_statement(
    session: Session, statement_id: str, *, filling: bool = False, **values: Unpack[StatementFields]
) -> None:
    """Change a statement. Adopted words stay, unless the day goes or comes with them; *filling* writes the first ones.

    The first words are written bit by bit, each stored for itself: only who writes them knows that there were none.
    """
    statement = fetch(session, Statement, statement_id)
    if "adopted_on" not in values and not filling and has_words(statement):
        check_statement(statement.adopted_on, values)
    assign(statement, values)


def delete_statement(session: Session, statement_id: str) -> None:
    """Delete a statement; adopted words only when the day was taken off before."""
    session.delete(_open(fetch(session, Statement, statement_id), "body"))


def _open(statement: Statement, *names: str, filling: bool = False) -> Statement:
    """*statement*, whose entries are words that the board may have adopted."""
    if has_words(statement) and not filling:
        check_statement(statement.adopted_on, names or ("text",))
    return statement


def move_statement(session: Session, statement_id: str, to: int) -> None:
    statement = fetch(session, Statement, statement_id)
    move(statement, statement.plan.statements, to)


def add_item(
    session: Session, statement_id: str, *, after: str | None = None, filling: bool = False,
    **values: Unpack[StatementItemFields],
) -> str:  # fmt: skip
    """An entry behind the one called *after*, or at the end; its id."""
    statement = _open(fetch(session, Statement, statement_id), filling=filling)
    rank = rank_after(statement.items, after)
    return added(session, build(StatementItem, statement_id=statement_id, rank=rank, **values))


def edit_item(session: Session, item_id: str, *, filling: bool = False, **values: Unpack[StatementItemFields]) -> None:
    item = fetch(session, StatementItem, item_id)
    _open(item.statement, *values, filling=filling)
    assign(item, values)


def delete_item(session: Session, item_id: str) -> None:
    item = fetch(session, StatementItem, item_id)
    _open(item.statement)
    session.delete(item)


def move_item(session: Session, item_id: str, to: int) -> None:
    item = fetch(session, StatementItem, item_id)
    _open(item.statement)
    move(item, item.statement.items, to)
