"""A new draft from a plan: everything that is planned, nothing that was reported."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.ids import uuid7
from planstudio.domain.kinds import PlanState
from planstudio.operations.rows import clean, fetch, last_rank
from planstudio.store import journal
from planstudio.store.many import in_lots
from planstudio.store.schema import JOURNALED, Plan
from planstudio.store.tree import CHILDREN

_LEFT = {"progress_update", "attachment", "comment", "monitoring"}  # tell of the plan they belong to
Rows = list[dict[str, Any]]


def draft_from(session: Session, plan_id: str, title: str) -> str:
    """A draft called *title* with the statements, goals, strategies and measures of a plan; its id.

    Each copy knows its origin, so that the two plans can be compared word by word.
    Figures and attached policies come along; progress, files and comments stay where they are.
    Read and written a table at a time, for a plan may have 50,000 figures.
    """
    source = fetch(session, Plan, plan_id)
    cells = {column.name: getattr(source, column.name) for column in Plan.__table__.columns}
    rank = last_rank(session.scalars(select(Plan)).all())
    made = cells | {"title": clean("plan", "title", title), "state": PlanState.DRAFT, "adopted_on": None, "rank": rank}
    return _copy(session, "plan", [made])[plan_id]


def _copy(session: Session, table: str, rows: Rows) -> dict[str, str]:
    """Copies of *rows* and of all that stands in them; the ids of the copies by those of the rows."""
    ids = {row["id"]: uuid7() for row in rows if "id" in row}
    own = [{"id": ids[row["id"]]} if "id" in row else {} for row in rows]
    origins = [{"origin": row["id"]} if "origin" in row else {} for row in rows]
    journal.add(session, table, [row | ident | origin for row, ident, origin in zip(rows, own, origins, strict=True)])
    for _key, child, column in CHILDREN.get(table, ()):
        below = _below(session, child, column, list(ids)) if child not in _LEFT else ()
        if below:
            _copy(session, child, [row | {column: ids[row[column]]} for row in below])
    return ids


def _below(session: Session, table: str, column: str, parents: list[str]) -> Rows:
    model = JOURNALED[table]
    return [
        dict(row)
        for ids in in_lots(parents)
        for row in session.connection().execute(select(model).where(model.c[column].in_(ids))).mappings()
    ]
