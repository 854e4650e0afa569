"""Files kept with an element; their bytes are stored once for each content."""

from __future__ import annotations

import mimetypes
from typing import Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.errors import InvalidInput
from planstudio.domain.file_names import of_path
from planstudio.domain.nouns.meetings import AttachmentFields
from planstudio.i18n import _
from planstudio.operations.rows import assign, build, fetch, last_rank, move
from planstudio.store.contents import keep
from planstudio.store.schema import MODELS, Attachment

TARGETS = {
    "statement": "statement_id",
    "goal": "goal_id",
    "strategy": "strategy_id",
    "measure": "measure_id",
    "policy": "policy_id",
    "agenda_item": "agenda_item_id",
}
MOST_BYTES = 100_000_000


def attach_file(
    session: Session, table: str, row_id: str, name: str, data: bytes, *, alternative_text: str = ""
) -> str:
    """Keep *data* as the file *name* with the element; the id of the attachment."""
    fetch(session, MODELS[table], row_id)
    name = of_path(name)
    if len(data) > MOST_BYTES:
        raise InvalidInput(
            _("{name} is larger than 100 MB. Keep it elsewhere and link to it.").format(name=name), field="file"
        )
    row = build(
        Attachment,
        name=name,
        media_type=media_type(name),
        sha256=store(session, data),
        size=len(data),
        alternative_text=alternative_text,
        rank=last_rank(_beside(session, table, row_id)),
    )
    setattr(row, TARGETS[table], row_id)
    session.add(row)
    session.flush()
    return row.id


def store(session: Session, data: bytes) -> str:
    """Keep *data*, once for each content; its SHA-256."""
    return keep(session.connection(), data)


def move_file(session: Session, attachment_id: str, to: int) -> None:
    """Give a file the place *to* among those of its element."""
    row = fetch(session, Attachment, attachment_id)
    table, column = next((table, column) for table, column in TARGETS.items() if getattr(row, column))
    move(row, _beside(session, table, getattr(row, column)), to)


def _beside(session: Session, table: str, row_id: str) -> list[Attachment]:
    return list(session.scalars(select(Attachment).where(getattr(Attachment, TARGETS[table]) == row_id)))


def edit_attachment(session: Session, attachment_id: str, **values: Unpack[AttachmentFields]) -> None:
    assign(fetch(session, Attachment, attachment_id), values)


def detach_file(session: Session, attachment_id: str) -> None:
    session.delete(fetch(session, Attachment, attachment_id))


def media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
