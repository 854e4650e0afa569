"""The answers that were given to the leaks of a meeting's packets."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain import leaks
from planstudio.queries.rows import rows
from planstudio.store.schema import Clearance


def clearances_of(session: Session, meeting_id: str) -> tuple[leaks.Clearance, ...]:
    """All of them, the oldest first; those whose finding is gone, too."""
    columns = (
        Clearance.id, Clearance.code, Clearance.words, Clearance.kind, Clearance.reason, Clearance.author,
        Clearance.at, Clearance.access, Clearance.withheld, Clearance.shown,
    )  # fmt: skip
    query = select(*columns).where(Clearance.meeting_id == meeting_id).order_by(Clearance.at, Clearance.id)
    return tuple(leaks.Clearance(*row) for row in rows(session, query))
