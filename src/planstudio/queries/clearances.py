"""The answers that were given to the leaks of a meeting's packets."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain import leaks
from planstudio.queries.rows import alike, rows
from planstudio.store.schema import Clearance


def clearances_of(session: Session, meeting_id: str) -> tuple[leaks.Clearance, ...]:
    """All of them, the oldest first; those whose finding is gone, too."""
    query = select(*alike(Clearance, leaks.Clearance)).where(Clearance.meeting_id == meeting_id)
    return tuple(leaks.Clearance(*row) for row in rows(session, query.order_by(Clearance.at, Clearance.id)))
