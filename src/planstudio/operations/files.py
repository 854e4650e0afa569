"""Files kept with an element; their bytes are stored once for each content."""

from __future__ import annotations

import mimetypes
from typing import Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.errors import InvalidInput
from planstudio.domain.file_names import of_path
from planstudio.domain.nouns import NOUNS
from planstudio.domain.nouns.meetings import AttachmentFields
from planstudio.i18n import _
from planstudio.operations.rows import added, assign, build, fetch, last_rank, move
from planstudio.store.contents import keep
from planstudio.store.schema import MODELS, Attachment

TARGETS = NOUNS["attachment"].inside  # to which a file can be attached
MOST_BYTES = 100_000_000


def attach_file(
    session: Session, table: str, row_id: str, name: str, data: bytes, *, alternative_text: str = ""
) -> str:
    """Keep *data* as the file *name* with the element; the id of the attachment."""
    fetch(session, MODELS[table], row_id)
    name = of_path(name)
    if len(data) > MOST_BYTES:
        words = _("{name} is larger than 100 MB. Keep it elsewhere and link to it.")
        raise InvalidInput(words.format(name=name), field="file")
    own = {f"{table}_id": row_id, "rank": last_rank(_beside(session, table, row_id))}
    kept = {"sha256": store(session, data), "size": len(data), "media_type": media_type(name)}
    return added(session, build(Attachment, name=name, alternative_text=alternative_text, **own, **kept))


def store(session: Session, data: bytes) -> str:
    """Keep *data*, once for each content; its SHA-256."""
    return keep(session.connection(), data)


def move_file(session: Session, attachment_id: str, to: int) -> None:
    """Give a file the place *to* among those of its element."""
    row = fetch(session, Attachment, attachment_id)
    table, owner = next((table, ident) for table in TARGETS if (ident := getattr(row, f"{table}_id")))
    move(row, _beside(session, table, owner), to)


def _beside(session: Session, table: str, row_id: str) -> list[Attachment]:
    return list(session.scalars(select(Attachment).where(getattr(Attachment, f"{table}_id") == row_id)))


def edit_attachment(session: Session, attachment_id: str, **values: Unpack[AttachmentFields]) -> None:
    assign(fetch(session, Attachment, attachment_id), values)


def detach_file(session: Session, attachment_id: str) -> None:
    session.delete(fetch(session, Attachment, attachment_id))


def media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
