"""The dated updates on goals and strategies. A status changes only by one of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from planstudio.domain import progress
from planstudio.domain.progress import ProgressDraft
from planstudio.operations.rows import build, fetch
from planstudio.store.schema import Goal, ProgressUpdate, Strategy


def record_progress(
    session: Session,
    draft: ProgressDraft,
    *,
    author: str,
    today: date,
    goal_id: str | None = None,
    strategy_id: str | None = None,
) -> str:
    """Add an update to the goal or the strategy; its id."""
    owner = fetch(session, Goal, goal_id) if goal_id else fetch(session, Strategy, strategy_id or "")
    progress.check(draft, last=max((update.on for update in owner.updates), default=None), today=today)
    update = build(
        ProgressUpdate,
        goal_id=goal_id,
        strategy_id=strategy_id,
        on=draft.on,
        status=draft.status,
        percent=draft.percent,
        done=draft.done,
        next=draft.next,
        author=author,
    )
    session.add(update)
    session.flush()
    return update.id


def delete_update(session: Session, update_id: str) -> None:
    session.delete(fetch(session, ProgressUpdate, update_id))
