"""The dated updates on goals and strategies. A status changes only by one of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from planstudio.domain import progress
from planstudio.domain.progress import ProgressDraft
from planstudio.operations.rows import added, build, fetch, owner_of
from planstudio.store.schema import ProgressUpdate


def record_progress(
    session: Session, draft: ProgressDraft, *, author: str, today: date, goal_id: str | None = None,
    strategy_id: str | None = None,
) -> str:  # fmt: skip
    """Add an update to the goal or the strategy; its id."""
    owner = owner_of(session, goal_id, strategy_id)
    progress.check(draft, last=max((update.on for update in owner.updates), default=None), today=today)
    own = {"goal_id": goal_id, "strategy_id": strategy_id, "author": author}
    return added(session, build(ProgressUpdate, **own, **vars(draft)))


def delete_update(session: Session, update_id: str) -> None:
    session.delete(fetch(session, ProgressUpdate, update_id))
