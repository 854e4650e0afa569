"""The cells that two copies changed differently and nobody has settled yet."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.files import ConflictRow
from planstudio.domain.words import field_word, table_word
from planstudio.i18n import _
from planstudio.queries.rows import rows
from planstudio.richtext import plain
from planstudio.store.schema import Conflict


def open_conflicts(session: Session) -> tuple[ConflictRow, ...]:
    columns = (Conflict.id, Conflict.tbl, Conflict.field, Conflict.ours, Conflict.theirs, Conflict.author)
    return tuple(
        ConflictRow(
            ident,
            table_word(tbl),
            _("all of it") if field == "*" else field_word(field),
            _said(ours),
            _said(theirs),
            author,
        )
        for ident, tbl, field, ours, theirs, author in rows(session, select(*columns).order_by(Conflict.id))
    )


def _said(stored: str | None) -> str:
    """A cell's value, or a whole row by its words."""
    value = json.loads(stored) if stored else None
    if isinstance(value, dict):
        value = next(
            (value[name] for name in ("title", "name", "heading", "text", "body") if value.get(name)), _("kept")
        )
    return "" if value is None else plain(str(value))[:200]
