"""Moments of the history that have a name, so that people can go back to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import MomentKind
from planstudio.i18n import _
from planstudio.operations.rows import added, build, fetch
from planstudio.store.schema import NamedMoment


def name_moment(session: Session, name: str, at: datetime, kind: MomentKind = MomentKind.OTHER) -> str:
    """Call the moment *at*, which knows its offset, by *name*; its id."""
    if not name.strip():
        raise InvalidInput(_("A moment needs a name."), field="name")
    return added(session, build(NamedMoment, name=name, kind=kind, at=at.isoformat()))


def delete_moment(session: Session, moment_id: str) -> None:
    session.delete(fetch(session, NamedMoment, moment_id))
