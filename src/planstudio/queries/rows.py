"""Rows of columns, untyped: each query names what it unpacks; and the plan that is meant when none is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Executable, case, select
from sqlalchemy.orm import Session

from planstudio.domain.kinds import PlanState
from planstudio.store.schema import Plan


def rows(session: Session, query: Executable) -> Iterator[Any]:
    yield from session.execute(query)


def first_plan(session: Session) -> str | None:
    """The id of the first plan that is adopted, else of the first draft, else of the first of all."""
    standing = case({PlanState.ADOPTED: 0, PlanState.DRAFT: 1}, value=Plan.state, else_=2)
    return session.scalars(select(Plan.id).order_by(standing, Plan.rank, Plan.id)).first()
