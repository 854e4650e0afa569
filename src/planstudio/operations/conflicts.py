"""Settling what two copies changed differently."""

from __future__ import annotations

import json

from sqlalchemy import delete
from sqlalchemy.orm import Session

from planstudio.domain.errors import NotFound
from planstudio.i18n import _
from planstudio.operations.record import lift
from planstudio.operations.rows import assign
from planstudio.store.schema import JOURNALED, MODELS, Base, Conflict
from planstudio.store.types import decode


def settle(session: Session, conflict_id: str, *, take_theirs: bool) -> None:
    """Take the other copy's value, or leave ours, and strike the conflict off the list."""
    lift(session)
    conflict = session.get(Conflict, conflict_id)
    if conflict is None:
        raise NotFound(_("This difference has been settled already."))
    if take_theirs and conflict.field != "*":
        row = session.get(MODELS[conflict.tbl], conflict.row)
        if row is None:
            raise NotFound(_("The element has been deleted meanwhile."))
        column = JOURNALED[conflict.tbl].c[conflict.field]
        value = decode(column.type, json.loads(conflict.theirs or "null"))
        assign(row, {conflict.field: value})
    elif take_theirs and conflict.theirs in (None, "null"):
        row = session.get(MODELS[conflict.tbl], conflict.row)
        if row is not None:
            session.delete(row)
    table = Base.metadata.tables["conflict"]
    session.expunge(conflict)
    session.connection().execute(delete(table).where(table.c.id == conflict_id))
