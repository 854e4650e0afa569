"""What colleagues say of an element."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.cards import CommentCard
from planstudio.queries.rows import alike, rows
from planstudio.store.schema import Comment


def comments_of(session: Session, table: str, row_id: str) -> tuple[CommentCard, ...]:
    """The comments on an element: the open ones first, each group oldest first."""
    query = select(*alike(Comment, CommentCard)).where(getattr(Comment, f"{table}_id") == row_id)
    order = (Comment.resolved_at.is_not(None), Comment.at, Comment.id)
    return tuple(CommentCard(*row) for row in rows(session, query.order_by(*order)))
