"""Statements with their entries."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from planstudio.domain.cards import ItemCard, StatementCard
from planstudio.domain.errors import NotFound
from planstudio.i18n import _
from planstudio.queries.links import links_by
from planstudio.queries.rows import rows
from planstudio.store.schema import Statement, StatementItem


def statement_card(session: Session, statement_id: str) -> StatementCard:
    found = _cards(session, Statement.id == statement_id)
    if not found:
        raise NotFound(_("The statement has been deleted."))
    return found[0]


def statements_of_plan(session: Session, plan_id: str) -> tuple[StatementCard, ...]:
    return _cards(session, Statement.plan_id == plan_id)


def _cards(session: Session, condition: ColumnElement[bool]) -> tuple[StatementCard, ...]:
    links, item_links = links_by(session, "statement_id"), links_by(session, "statement_item_id")
    items: dict[str, list[ItemCard]] = defaultdict(list)
    entries = (
        select(
            StatementItem.statement_id,
            StatementItem.id,
            StatementItem.title,
            StatementItem.text,
            StatementItem.evidence,
        )
        .join(Statement)
        .where(condition)
        .order_by(StatementItem.rank, StatementItem.id)
    )
    for statement_id, ident, title, text, evidence in rows(session, entries):
        items[statement_id].append(ItemCard(ident, title, text, evidence, tuple(item_links[ident])))
    query = (
        select(
            Statement.id,
            Statement.kind,
            Statement.heading,
            Statement.question,
            Statement.lead,
            Statement.body,
            Statement.adopted_on,
            Statement.source,
        )
        .where(condition)
        .order_by(Statement.rank, Statement.id)
    )
    return tuple(
        StatementCard(**row._mapping, items=tuple(items[row.id]), policies=tuple(links[row.id]))
        for row in rows(session, query)
    )
