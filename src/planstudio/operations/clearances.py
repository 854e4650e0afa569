"""Answers to leaks: why words of something withheld may stand in a packet all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from planstudio.domain.kinds import ClearedAs
from planstudio.domain.leaks import Leak, check_reason
from planstudio.operations.rows import build, fetch
from planstudio.store.schema import Clearance, Meeting


def clear_leaks(
    session: Session, meeting_id: str, leaks: Sequence[Leak], kind: ClearedAs, reason: str, *, author: str, at: datetime
) -> None:
    """Keep that none of *leaks* is one, with the reason; an answer given before to the same finding is replaced."""
    said = check_reason(reason)
    known = {one.code: one for one in fetch(session, Meeting, meeting_id).clearances}
    for leak in leaks:
        if leak.code in known:
            session.delete(known[leak.code])
        told = {"words": leak.words, "access": leak.access, "withheld": leak.withheld.place, "shown": leak.shown.place}
        given = {"code": leak.code, "kind": kind, "reason": said, "author": author, "at": at}
        session.add(build(Clearance, meeting_id=meeting_id, **given, **told))
    session.flush()


def take_back_clearance(session: Session, clearance_id: str) -> None:
    """The finding waits for an answer again."""
    session.delete(fetch(session, Clearance, clearance_id))
