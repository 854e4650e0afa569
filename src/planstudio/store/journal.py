"""Undo, redo, the audit trail and the view of a former day, from one record of changed cells.

What the ORM flushes is written down in the same transaction: inserts and
deletes as whole rows, updates as the changed cells only, long texts as deltas.
Undoing a gesture applies its inverse as a new gesture, so the record is only
ever added to; what could be undone next is read from it, which is why undo
survives a restart. A step refuses to be undone when a cell has moved on.

    change_set   seq · who · when · kind · label · target
      └── change   table · row · I, U or D · before · after

The price: writes must go through the ORM. A bulk UPDATE or DELETE would pass
unrecorded, so it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, event, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm import object_mapper as mapper_of
from sqlalchemy.orm.base import NO_VALUE

from planstudio.domain.changes import Change, UndoState
from planstudio.domain.errors import EditConflict
from planstudio.domain.ids import uuid7
from planstudio.i18n import _
from planstudio.store import deltas
from planstudio.store.schema import JOURNALED, Base
from planstudio.store.types import altered_history, decode, encode

SETS: Table = Base.metadata.tables["change_set"]
ROWS: Table = Base.metadata.tables["change"]
Cells = dict[str, Any]
_INVERSE = {"I": "D", "D": "I", "U": "U"}


@dataclass(frozen=True)
class Line:
    """One changed row, cells encoded for JSON."""

    tbl: str
    row: str
    op: str
    before: Cells | None
    after: Cells | None

    def inverse(self) -> Line:
        return Line(self.tbl, self.row, _INVERSE[self.op], self.after, self.before)


@dataclass
class Step:
    """What the gesture under way is called and who makes it; lives in Session.info while it lasts."""

    label: str
    author: str
    device: str
    at: str
    kind: str = "edit"
    target: str | None = None
    set_id: str | None = None  # given beforehand: the gesture goes on with an earlier one
    touched: set[tuple[str, str]] = field(default_factory=set)


def begin_step(session: Session, step: Step) -> None:
    """Record what *session* flushes from now on as *step*."""
    session.info["step"] = step


def end_step(session: Session) -> Change:
    """Flush what is left and tell what the step touched."""
    session.flush()
    step: Step = session.info.pop("step")
    return Change(step.label, frozenset(step.touched))


def key_of(table: Table, cells: Cells) -> str:
    """A row's key as one text: its id, or its natural key as a JSON list."""
    names = [column.name for column in table.primary_key]
    return str(cells[names[0]]) if len(names) == 1 else json.dumps([encode(cells[n]) for n in names])


# What the ORM writes.


@event.listens_for(Session, "before_flush")
def _ask_unknown(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Read what stands in cells that were set unseen (expired, not loaded): soon nobody will know."""
    if "step" in session.info:
        session.info["unknown"] = {row: _unseen(session, row) for row in session.dirty if _journaled(row)}


@event.listens_for(Session, "after_flush")  # only now have new rows their defaults, and keys their parents' ids
def _record(session: Session, _context: UOWTransaction) -> None:
    if "step" not in session.info:
        return
    unknown: dict[Any, Cells] = session.info.pop("unknown", {})
    changed = [line for row in session.dirty if _journaled(row) and (line := _updated(row, unknown.get(row, {})))]
    new = [_whole(row, "I") for row in session.new if _journaled(row)]
    gone = [_whole(row, "D") for row in session.deleted if _journaled(row)]
    # Parents first, and what points at a new row behind it, so that it can be done again line by line.
    write(session, [*sorted(new, key=_depth), *changed, *sorted(gone, key=_depth, reverse=True)])


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(execution: ORMExecuteState) -> None:
    if "step" in execution.session.info and (execution.is_update or execution.is_delete or execution.is_insert):
        raise TypeError("a bulk write would escape the journal")


_DEPTHS = {name: depth for depth, name in enumerate(JOURNALED)}


def _depth(line: Line) -> int:
    return _DEPTHS[line.tbl]


def _journaled(row: Any) -> bool:
    return row.__tablename__ in JOURNALED


def _unseen(session: Session, row: Any) -> Cells:
    """What the table holds in those cells of *row* whose former value was never loaded."""
    names = [c.key for c in mapper_of(row).column_attrs if _history(row, c.key).added and not _before(row, c.key)]
    table: Table = row.__table__
    if not names:
        return {}
    found = session.connection().execute(select(*(table.c[name] for name in names)).where(_is(table, row)))
    return dict(found.mappings().one())


def _updated(row: Any, unknown: Cells) -> Line | None:
    before, after = {}, {}
    for column in mapper_of(row).column_attrs:
        name, history = column.key, _history(row, column.key)
        if not (history.added or history.deleted):
            continue
        old = unknown[name] if name in unknown else _before(row, name)[0]
        new = history.added[0] if history.added else None
        if old != new:
            before[name], after[name] = _pair(old, new)
    table: Table = row.__table__
    key = key_of(table, {c.name: getattr(row, c.name) for c in table.primary_key})
    return Line(table.name, key, "U", before, after) if after else None


def _history(row: Any, name: str) -> Any:
    return row._sa_instance_state.attrs[name].history


def _before(row: Any, name: str) -> list[Any]:
    """The value that *row* was loaded with, in a list; an empty one when nobody has seen it."""
    return [value for value in _history(row, name).deleted or () if value is not NO_VALUE]


def _pair(before: Any, after: Any) -> tuple[Any, Any]:
    if isinstance(before, str) and isinstance(after, str) and len(before) + len(after) > deltas.LONG:
        return deltas.cut(before, after)
    return encode(before), encode(after)


def _is(table: Table, row: Any) -> Any:
    return and_(*(column == getattr(row, column.name) for column in table.primary_key))


def _whole(row: Any, op: str) -> Line:
    cells = {attr.key: encode(_stored(row, attr.key, op)) for attr in mapper_of(row).column_attrs}
    key = key_of(row.__table__, cells)
    return Line(row.__tablename__, key, op, *((None, cells) if op == "I" else (cells, None)))


def _stored(row: Any, name: str, op: str) -> Any:
    """A cell of a new row, or what the table held in a row that goes, whatever was set in it meanwhile."""
    before = _before(row, name) if op == "D" else []
    return before[0] if before else getattr(row, name)


def write(session: Session, lines: Iterable[Line]) -> None:
    """Add *lines* to the step under way; its change_set begins with the first of them."""
    rows = [{"tbl": x.tbl, "row": x.row, "op": x.op, "before": _json(x.before), "after": _json(x.after)} for x in lines]
    if not rows:
        return
    step: Step = session.info["step"]
    open_set(session)
    session.connection().execute(insert(ROWS), [{**row, "set_id": step.set_id} for row in rows])
    step.touched |= {(str(row["tbl"]), str(row["row"])) for row in rows}


def open_set(session: Session) -> None:
    """Write the change_set of the step under way, if it stands not there yet."""
    step: Step = session.info["step"]
    if step.set_id is None:
        step.set_id = uuid7()
        named = {name: getattr(step, name) for name in ("device", "author", "at", "kind", "label", "target")}
        session.connection().execute(insert(SETS), {"id": step.set_id, "applied": 1, **named})


def _json(cells: Cells | None) -> str | None:
    return None if cells is None else json.dumps(cells, ensure_ascii=False)


# What it can take back.


def lines_of(connection: Connection, set_id: str) -> list[Line]:
    found = connection.execute(
        select(ROWS.c.tbl, ROWS.c.row, ROWS.c.op, ROWS.c.before, ROWS.c.after)
        .where(ROWS.c.set_id == set_id)
        .order_by(ROWS.c.id)
    )
    return [line(*row) for row in found]


def line(tbl: str, row: str, op: str, before: str | None, after: str | None) -> Line:
    """A line as it stands in the journal, if it is one that this program can have written."""
    if tbl not in JOURNALED or op not in _INVERSE:
        raise altered_history()
    return Line(tbl, row, op, _read(tbl, before), _read(tbl, after))


def _read(tbl: str, stored: str | None) -> Cells | None:
    if not stored:
        return None
    try:
        cells = json.loads(stored)
        known = cells.keys() <= set(JOURNALED[tbl].c.keys())
    except (ValueError, AttributeError, RecursionError) as error:
        raise altered_history() from error
    if not known or not all(deltas.is_delta(v) or not isinstance(v, dict | list) for v in cells.values()):
        raise altered_history()
    return dict(cells)


class Stacks:
    """What can be undone and redone on this device, read from the journal and kept up with it."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._seq = 0
        self._labels: dict[str, str] = {}
        self._undo: list[str] = []
        self._redo: list[str] = []

    def catch_up(self, connection: Connection) -> None:
        found = connection.execute(
            select(SETS.c.seq, SETS.c.id, SETS.c.kind, SETS.c.target, SETS.c.label)
            .where(SETS.c.seq > self._seq, SETS.c.device == self._device, SETS.c.applied == 1)
            .order_by(SETS.c.seq)
        )
        for seq, ident, kind, target, label in found:
            self._seq = seq
            self._labels[ident] = label
            if kind == "undo" and target in self._undo:
                self._undo.remove(target)
                self._redo.append(target)
            elif kind == "redo" and target in self._redo:
                self._redo.remove(target)
                self._undo.append(target)
            elif kind in ("edit", "import"):
                self._undo.append(ident)
                self._redo.clear()

    def next(self, kind: str) -> tuple[str, str] | None:
        """The id and label of what *kind* ("undo" or "redo") would act on."""
        stack = self._undo if kind == "undo" else self._redo
        return (stack[-1], self._labels[stack[-1]]) if stack else None

    def state(self) -> UndoState:
        undo, redo = self.next("undo"), self.next("redo")
        return UndoState(undo and undo[1], redo and redo[1])


def replay(session: Session, set_id: str, *, back: bool) -> None:
    """Apply the gesture *set_id* again, or with *back* its inverse, as the step under way."""
    lines = lines_of(session.connection(), set_id)
    if back:
        lines = [x.inverse() for x in reversed(lines)]
    apply(session, lines)


def add(session: Session, table: str, rows: Iterable[Cells]) -> None:
    """Put new *rows* into *table* in one go, each with all its cells."""
    model = JOURNALED[table]
    lines = [Line(table, key_of(model, row), "I", None, {n: encode(v) for n, v in row.items()}) for row in rows]
    session.flush()  # what they stand in
    apply(session, lines)


def apply(session: Session, lines: list[Line]) -> None:
    """Carry out *lines* and record them; refuse when a cell is not what the line says it was."""
    connection = session.connection()
    try:
        for run in _runs(lines):
            table = JOURNALED[run[0].tbl]
            if run[0].op == "I":
                connection.execute(insert(table), [_typed(table, x.after) for x in run])
            elif len(run) > 1:
                _apply_run(connection, table, run)
            else:
                _apply_one(connection, table, run[0])
    except IntegrityError as error:  # the row is there again, or something stands in it
        raise _moved_on() from error
    write(session, lines)
    session.expire_all()


def _runs(lines: list[Line]) -> Iterable[list[Line]]:
    """Lines of one shape in one go, an import of 50,000 rows in seconds; the order otherwise as it was."""
    run: list[Line] = []
    shape: Any = None
    rows: set[str] = set()
    for x in lines:
        alone = any(deltas.is_delta(value) for value in (x.before or {}).values())
        now = (x.tbl, x.op, *(() if x.op == "I" else (tuple(x.before or ()), tuple(x.after or ()))))
        if run and (now != shape or alone or x.row in rows):
            yield run
            run, rows = [], set()
        shape = None if alone else now
        run.append(x)
        rows.add(x.row)
    if run:
        yield run


def _apply_run(connection: Connection, table: Table, run: list[Line]) -> None:
    """Updates or deletes of rows of one shape, by one statement executed for each."""
    keys, before = list(table.primary_key), run[0].before or {}
    at = [column == bindparam(f"k_{n}", type_=column.type) for n, column in enumerate(keys)]
    same = [table.c[n].is_not_distinct_from(bindparam(f"b_{n}", type_=table.c[n].type)) for n in before]
    new = {name: bindparam(f"a_{name}", type_=table.c[name].type) for name in run[0].after or {}}
    statement = delete(table) if run[0].op == "D" else update(table).values(new)
    values = [
        {f"k_{n}": value for n, value in enumerate(_key(table, x.row))}
        | {f"b_{name}": value for name, value in _typed(table, x.before).items()}
        | {f"a_{name}": value for name, value in _typed(table, x.after).items()}
        for x in run
    ]
    if connection.execute(statement.where(*at, *same), values).rowcount != len(run):
        raise _moved_on()


def _apply_one(connection: Connection, table: Table, x: Line) -> None:
    before, after = x.before or {}, x.after or {}
    at = where(table, x.row)
    if any(deltas.is_delta(value) for value in before.values()):
        found = connection.execute(select(table).where(at)).mappings().one_or_none()
        if found is None:
            raise _moved_on()
        before, after = _laid(before, after, dict(found))
    same = [table.c[name].is_not_distinct_from(decode(table.c[name].type, old)) for name, old in before.items()]
    statement = delete(table) if x.op == "D" else update(table).values(_typed(table, after))
    if connection.execute(statement.where(at, *same)).rowcount != 1:
        raise _moved_on()


def _laid(before: Cells, after: Cells, now: Cells) -> tuple[Cells, Cells]:
    """Both sides with their deltas replaced by whole texts."""
    try:
        laid = {n: deltas.lay(after[n], now[n], before[n]) for n in before if deltas.is_delta(before[n])}
    except deltas.WrongText as error:
        raise _moved_on() from error
    except (KeyError, TypeError) as error:
        raise altered_history() from error
    return before | {n: now[n] for n in laid}, after | laid


def _moved_on() -> EditConflict:
    return EditConflict(_("This was changed again in the meantime, so the step cannot be taken back by itself."))


def where(table: Table, key: str) -> Any:
    """The condition that finds the row that `key_of` names."""
    return and_(*(c == value for c, value in zip(table.primary_key, _key(table, key), strict=True)))


def _key(table: Table, key: str) -> list[Any]:
    """The values of a row's key, as its columns want them."""
    columns = list(table.primary_key)
    try:
        values = [key] if len(columns) == 1 else json.loads(key)
        return [decode(c.type, value) for c, value in zip(columns, values, strict=True)]
    except (TypeError, ValueError) as error:
        raise altered_history() from error


def _typed(table: Table, cells: Cells | None) -> Cells:
    return {name: decode(table.c[name].type, value) for name, value in (cells or {}).items()}


def tables() -> Iterable[Table]:
    """The journaled tables, parents first."""
    return JOURNALED.values()


assert Base.metadata.tables.keys() >= JOURNALED.keys()
