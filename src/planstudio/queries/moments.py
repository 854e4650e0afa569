"""The steps of the history to slide through, and the moments among them that have a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planstudio.domain.changes import HistoryMoment, HistoryStep
from planstudio.domain.kinds import MeetingState, MomentKind, PlanState
from planstudio.i18n import _
from planstudio.queries.meetings import meeting_rows
from planstudio.queries.rows import rows
from planstudio.store.lines import ROWS, SETS
from planstudio.store.schema import Meeting, NamedMoment

_ADOPTED = f'%"state": "{PlanState.ADOPTED.value}"%'


def history_step(session: Session, nth: int) -> HistoryStep:
    """The step that came *nth*, from 0: of half a million only the one that is looked at is read."""
    query = select(SETS.c.seq, SETS.c.at, SETS.c.label, SETS.c.author).order_by(SETS.c.seq)
    first = session.scalar(select(func.min(SETS.c.seq))) or 0
    found = session.execute(query.where(SETS.c.seq >= first + nth).limit(1)).one()
    return HistoryStep(found.seq, datetime.fromisoformat(found.at), found.label, found.author)


def history_moments(session: Session) -> tuple[HistoryMoment, ...]:
    """What people named, and what names itself: imports, adoptions, meetings that were held; newest first."""
    named = rows(session, select(NamedMoment.id, NamedMoment.name, NamedMoment.kind, NamedMoment.at))
    found = [HistoryMoment(ident, name, kind, datetime.fromisoformat(at)) for ident, name, kind, at in named]
    steps = select(SETS.c.at, SETS.c.label)
    for at, label in rows(session, steps.where(SETS.c.kind == "import")):
        found.append(HistoryMoment("", label, MomentKind.IMPORTED, datetime.fromisoformat(at)))
    adopted = select(ROWS.c.set_id).where(ROWS.c.tbl == "plan", ROWS.c.op == "U", ROWS.c.after.like(_ADOPTED))
    for at, _label in rows(session, steps.where(SETS.c.id.in_(adopted))):
        found.append(HistoryMoment("", _("Adopted"), MomentKind.ADOPTED, datetime.fromisoformat(at)))
    names: dict[str, Any] = {row.id: row for row in meeting_rows(session)}
    held = select(Meeting.id, Meeting.frozen_at).where(Meeting.state == MeetingState.HELD, Meeting.frozen_at != "")
    for ident, at in rows(session, held):
        name = _("Before the board: {meeting}").format(meeting=names[ident].name)
        found.append(HistoryMoment("", name, MomentKind.PRESENTED, datetime.fromisoformat(at)))
    return tuple(sorted(found, key=lambda moment: moment.at, reverse=True))
