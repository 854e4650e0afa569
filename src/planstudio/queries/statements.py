"""Statements with their entries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from planstudio.domain.cards import ItemCard, StatementCard
from planstudio.i18n import _
from planstudio.queries.links import links_by
from planstudio.queries.rows import alike, rows, there
from planstudio.store.schema import Statement, StatementItem


def statement_card(session: Session, statement_id: str) -> StatementCard:
    found = next(iter(_cards(session, Statement.id == statement_id)), None)
    return there(found, _("The statement has been deleted."))


def statements_of_plan(session: Session, plan_id: str) -> tuple[StatementCard, ...]:
    return _cards(session, Statement.plan_id == plan_id)


def _cards(session: Session, condition: ColumnElement[bool]) -> tuple[StatementCard, ...]:
    links, item_links = links_by(session, "statement_id"), links_by(session, "statement_item_id")
    items: dict[str, list[ItemCard]] = defaultdict(list)
    entries = select(StatementItem.statement_id, *alike(StatementItem, ItemCard)).join(Statement).where(condition)
    for statement_id, *rest in rows(session, entries.order_by(StatementItem.rank, StatementItem.id)):
        card = ItemCard(*rest)
        items[statement_id].append(replace(card, policies=tuple(item_links[card.id])))
    query = select(*alike(Statement, StatementCard)).where(condition).order_by(Statement.rank, Statement.id)
    return tuple(
        StatementCard(**row._mapping, items=tuple(items[row.id]), policies=tuple(links[row.id]))
        for row in rows(session, query)
    )
