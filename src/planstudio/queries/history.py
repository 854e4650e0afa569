"""The audit trail: who changed what and when, in the words of the screen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from planstudio.domain.changes import HistoryDetail, HistoryLine, HistoryStep
from planstudio.domain.texts import name_in
from planstudio.domain.words import field_word, table_word
from planstudio.i18n import _
from planstudio.queries.rows import rows
from planstudio.richtext import plain
from planstudio.store import deltas
from planstudio.store.lines import ROWS, SETS
from planstudio.store.schema import JOURNALED
from planstudio.store.tree import CHILDREN

MOST = 500
MOST_ROWS = 900  # in one question
_QUIET = {"id", "rank"}  # what is no news to a reader


def plan_history(session: Session, limit: int = MOST, before: int | None = None) -> tuple[HistoryLine, ...]:
    """The newest steps of the whole plan, newest first; those before the step *before*."""
    query = _steps(limit) if before is None else _steps(limit).where(SETS.c.seq < before)
    return tuple(map(_line, session.execute(query)))


def element_history(session: Session, table: str, row_id: str, limit: int = MOST) -> tuple[HistoryLine, ...]:
    """The steps that touched an element or what stands in it, newest first."""
    inside = {table: [row_id], **_below(session, table, [row_id])}
    parts = ((ROWS.c.tbl == name) & ROWS.c.row.in_(ids[:MOST_ROWS]) for name, ids in inside.items())
    touched = select(ROWS.c.set_id).where(or_(*parts))
    return tuple(map(_line, session.execute(_steps(limit).where(SETS.c.id.in_(touched)))))


def last_step(session: Session) -> int:
    """The number of the newest step in this copy."""
    return session.scalar(select(func.max(SETS.c.seq))) or 0


def arrived_after(session: Session, seq: int, device: str = "") -> list[tuple[str, datetime]]:
    """Who made each of the steps that came into this copy after the step *seq*, but for those of *device*, and when."""
    new = select(SETS.c.author, SETS.c.at).where(SETS.c.seq > seq, SETS.c.device != device)
    return [(author, datetime.fromisoformat(at)) for author, at in rows(session, new.order_by(SETS.c.seq))]


def step_details(session: Session, seq: int) -> tuple[HistoryDetail, ...]:
    """The cells that a step changed, before and after, in words."""
    lines = select(ROWS.c.tbl, ROWS.c.row, ROWS.c.op, ROWS.c.before, ROWS.c.after)
    lines = lines.join(SETS, SETS.c.id == ROWS.c.set_id).where(SETS.c.seq == seq).order_by(ROWS.c.id).limit(200)
    return tuple(detail for row in rows(session, lines) for detail in _details(session, *row))


def step_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(SETS)) or 0


def _steps(limit: int) -> Any:
    columns = (SETS.c.seq, SETS.c.at, SETS.c.author, SETS.c.label, SETS.c.kind)
    return select(*columns).order_by(SETS.c.seq.desc()).limit(limit)


def _line(row: Any) -> HistoryLine:
    label = {"undo": _("Undid “{step}”"), "redo": _("Redid “{step}”")}.get(row.kind, "{step}").format(step=row.label)
    return HistoryLine(row.seq, datetime.fromisoformat(row.at), row.author, label, row.kind)


def _below(session: Session, table: str, row_ids: list[str]) -> dict[str, list[str]]:
    """What stands in the elements now, by table; observations speak through their measure."""
    found: dict[str, list[str]] = defaultdict(list)
    for _key, child, column in CHILDREN.get(table, ()):
        own = JOURNALED[child]
        if "id" in own.c:
            ids = [*session.scalars(select(own.c.id).where(own.c[column].in_(row_ids[:MOST_ROWS])))]
            for name, more in ({child: ids} | _below(session, child, ids)).items() if ids else ():
                found[name] += more
    return found


def _details(
    session: Session, table: str, row: str, op: str, before: str | None, after: str | None
) -> Iterable[HistoryDetail]:
    old, new = json.loads(before or "{}"), json.loads(after or "{}")
    if op != "U" and not (op == "R" and old):
        cells = old if op == "D" else new
        name = name_in(cells)
        word = table_word(table)
        yield HistoryDetail(word, "", name or word if op == "D" else "", "" if op == "D" else name or word)
        return
    element = f"{table_word(table)} {_name_now(session, table, row)}".strip()
    for name in new:
        if name not in _QUIET and name in JOURNALED[table].c:
            before_words, after_words = (said_of(session, table, name, cells.get(name)) for cells in (old, new))
            yield HistoryDetail(element, field_word(table, name), before_words, after_words)
    if set(new) <= _QUIET:
        yield HistoryDetail(element, _("Place"), "", _("moved"))


def _name_now(session: Session, table: str, row: str) -> str:
    own = JOURNALED[table]
    if "id" not in own.c:
        return ""
    found = session.execute(select(own).where(own.c.id == row)).mappings().one_or_none()
    return f"“{name}”" if found and (name := name_in(dict(found))) else ""


def said_of(session: Session, table: str, name: str, value: Any) -> str:
    """A cell in words: what an id stands for by its name, where it still has one."""
    for key in JOURNALED[table].c[name].foreign_keys:
        if isinstance(value, str) and key.column.table.name in JOURNALED:
            return _name_now(session, key.column.table.name, value).strip("“”") or _("something deleted since")
    if deltas.is_delta(value):
        part = value[deltas.KEY]
        return f"… {str(part.get('text', '')).strip()} …"[:400] if isinstance(part, dict) else ""
    return "" if value is None else plain(str(value))[:400]


def began(session: Session, table: str, row_id: str) -> HistoryStep | None:
    """The step that brought an element into this file; None where the file has no history of it."""
    query = (
        select(SETS.c.seq, SETS.c.at, SETS.c.label, SETS.c.author)
        .join(ROWS, ROWS.c.set_id == SETS.c.id)
        .where(ROWS.c.tbl == table, ROWS.c.row == row_id, ROWS.c.op == "I")
        .order_by(SETS.c.seq)
        .limit(1)
    )
    found = session.execute(query).first()
    return HistoryStep(found.seq, datetime.fromisoformat(found.at), found.label, found.author) if found else None
