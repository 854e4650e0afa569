"""What colleagues say of an element: written, resolved, opened again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from planstudio.domain.errors import InvalidInput
from planstudio.i18n import _
from planstudio.operations.rows import added, assign, build, fetch
from planstudio.store.schema import MODELS, Comment


def add_comment(session: Session, table: str, row_id: str, text: str, *, author: str, at: datetime) -> str:
    """A comment on an element; its id. *at* is the clock on the wall."""
    if not text.strip():
        raise InvalidInput(_("A comment needs words."), field="text")
    fetch(session, MODELS[table], row_id)
    return added(session, build(Comment, text=text, author=author, at=at, **{f"{table}_id": row_id}))


def resolve_comment(session: Session, comment_id: str, *, author: str, at: datetime) -> None:
    assign(fetch(session, Comment, comment_id), {"resolved_at": at, "resolved_by": author})


def reopen_comment(session: Session, comment_id: str) -> None:
    assign(fetch(session, Comment, comment_id), {"resolved_at": None, "resolved_by": ""})


def delete_comment(session: Session, comment_id: str) -> None:
    session.delete(fetch(session, Comment, comment_id))
