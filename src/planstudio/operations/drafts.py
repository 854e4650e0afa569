"""A new draft from a plan: everything that is planned, nothing that was reported."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.ids import uuid7
from planstudio.domain.kinds import PlanState
from planstudio.operations.rows import fetch, last_rank
from planstudio.store.schema import MODELS, Base, Plan
from planstudio.store.tree import CHILDREN

_LEFT = {"progress_update", "attachment", "comment", "monitoring"}  # tell of the plan they belong to


def draft_from(session: Session, plan_id: str, title: str) -> str:
    """A draft called *title* with the statements, goals, strategies and measures of a plan; its id.

    Each copy knows its origin, so that the two plans can be compared word by word.
    Figures and attached policies come along; progress, files and comments stay where they are.
    """
    source = fetch(session, Plan, plan_id)
    rank = last_rank(session.scalars(select(Plan)).all())
    made = _copy(session, source, title=title, state=PlanState.DRAFT, adopted_on=None, rank=rank)
    session.flush()
    return made


def _copy(session: Session, row: Base, **changed: Any) -> str:
    """A copy of *row* and of what stands in it; its id."""
    table = row.__table__
    values = {column.name: getattr(row, column.name) for column in table.columns}
    ident = str(values.get("id", ""))
    if ident:
        values["id"] = uuid7()
    if "origin" in values:
        values["origin"] = ident
    session.add(type(row)(**(values | changed)))
    for _key, child, column in CHILDREN.get(row.__tablename__, ()):
        if child not in _LEFT:
            model = MODELS[child]
            for below in session.scalars(select(model).where(model.__table__.c[column] == ident)).all():
                _copy(session, below, **{column: values["id"]})
    return str(values.get("id", ""))
