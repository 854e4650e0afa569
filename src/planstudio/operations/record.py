"""What the board has approved stands: one guard for every operation, those to come too.

Rows of a meeting whose minutes are approved change only after the minutes have gone back to draft. What is told of such
a meeting afterwards is an amendment. The guard listens to what a step is about to write, so that no operation can
forget it; undo, redo, restoring, settling and bringing in a file write what already happened elsewhere and are not
asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import MinutesState
from planstudio.i18n import _
from planstudio.store.schema import (
    AgendaItem,
    AgendaLink,
    AgendaSection,
    Amendment,
    Attachment,
    Attendance,
    Base,
    Enclosure,
    Meeting,
    Motion,
    Vote,
)

_GOING_BACK = {"minutes_state", "minutes_approved_on", "approved_roll"}
_FREE = {"page_numbers"}  # how a packet is printed is not what the board did


def guard(session: Session) -> None:
    """Refuse from now on what would change approved minutes or what they tell."""
    event.listen(session, "before_flush", _before_flush)


def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    is_approved = cache(partial(_is_approved, session))
    touched = [*session.new, *session.deleted, *(row for row in session.dirty if _changed(row))]
    for row in touched:
        if any(map(is_approved, set(_meetings_of(session, row)))) and not _allowed(session, row):
            words = _(
                "The board has approved the minutes of this meeting. "
                "Take them back to draft first, or add an amendment to them."
            )
            raise InvalidInput(words, field="minutes_state")


def _changed(row: Base) -> set[str]:
    """The columns of *row* that will be written."""
    state = inspect(row)
    return {one.key for one in state.mapper.column_attrs if state.attrs[one.key].history.has_changes()}


def _allowed(session: Session, row: Base) -> bool:
    if isinstance(row, Meeting):
        changed = _changed(row)
        back = row.minutes_state is MinutesState.DRAFT and changed <= _GOING_BACK
        return row not in session.deleted and (back or changed <= _FREE)
    if isinstance(row, Amendment):
        return row in session.new
    if isinstance(row, AgendaLink | Enclosure) and row in session.deleted:  # a goal that goes takes its links along
        going = {one.id for one in session.deleted if hasattr(one, "id")}
        targets = (getattr(row, name, None) for name in ("goal_id", "strategy_id", "policy_id", "plan_id"))
        return any(target in going for target in targets if target)
    return False


def _is_approved(session: Session, meeting_id: str) -> bool:
    """As it stands in the file: what this step is about to write does not count yet."""
    query = select(Meeting.__table__.c.minutes_state).where(Meeting.__table__.c.id == meeting_id)
    return session.connection().scalar(query) is MinutesState.APPROVED


def _meetings_of(session: Session, row: Any) -> Iterator[str]:
    """The ids of the meetings that a row belongs to: before the step and after it."""
    match row:
        case Meeting():
            yield row.id
        case AgendaSection() | Attendance() | Amendment():
            yield from _both(row, "meeting_id")
        case AgendaItem():
            yield from _above(session, AgendaSection, _both(row, "section_id"))
        case AgendaLink() | Enclosure() | Attachment() | Motion():
            yield from _above(session, AgendaItem, _both(row, "agenda_item_id"))
        case Vote():
            yield from _above(session, Motion, _both(row, "motion_id"))


def _both(row: Any, name: str) -> Iterator[str]:
    history = inspect(row).attrs[name].history
    yield from {one for one in (*history.added, *history.unchanged, *history.deleted) if isinstance(one, str)}


def _above(session: Session, model: type[Base], ids: Iterator[str]) -> Iterator[str]:
    for above in (session.get(model, ident) for ident in ids):
        yield from _meetings_of(session, above)  # nothing for None
