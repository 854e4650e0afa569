"""What a document that is brought in is compared with."""

from __future__ import annotations

from sqlalchemy.orm import Session

from planstudio.domain.import_matching import Held
from planstudio.store import held as stored


def held(session: Session, plan_id: str) -> Held:
    """What the plan and its district say already."""
    return stored.held(session, plan_id)
