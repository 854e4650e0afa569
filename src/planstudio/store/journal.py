"""Every gesture as a step of changed cells: what the ORM flushes is written down in the same transaction.

    change_set   id · clock · who · when · kind · label · target      seq: the order of arrival in this copy
      └── change   table · row · I, U, D or R · before · after · over  (lines.py)

The price: writes must go through the ORM, or through apply() (applying.py). A bulk UPDATE or
DELETE would pass unrecorded, so it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, event, func, insert, select, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm import object_mapper as mapper_of
from sqlalchemy.orm.base import NO_VALUE

from planstudio.domain.changes import Change
from planstudio.domain.ids import uuid7
from planstudio.store import deltas
from planstudio.store.applying import apply
from planstudio.store.fold import Fold, open_rows
from planstudio.store.graph import RowGraph
from planstudio.store.lines import (
    ORDER,
    ROWS,
    SETS,
    Cells,
    Key,
    Line,
    by_table,
    cells_of,
    key_of,
    needs,
    shortened,
    standing,
    writes_of,
)
from planstudio.store.many import in_lots
from planstudio.store.schema import JOURNALED, owners_of
from planstudio.store.seal import seal
from planstudio.store.types import encode


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
    lines: dict[Key, Line] = field(default_factory=dict)
    restated: dict[Key, set[str]] = field(default_factory=dict)  # cells that are said again although they stay the same
    doubtful: set[Key] = field(default_factory=set)  # rows whose fold may be another one after this step
    touched: set[Key] = field(default_factory=set)


def end_step(session: Session) -> Change:
    """Flush what is left, write the step down and tell what it touched."""
    session.flush()
    step: Step = session.info.pop("step")
    if _Writing(session.connection(), step).run():
        session.expire_all()
    return Change(step.label, frozenset(step.touched))


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
    gone = [_whole(row, "D") for row in session.deleted if _journaled(row)]
    changed = [line for row in session.dirty if _journaled(row) and (line := _updated(row, unknown.get(row, {})))]
    new = [_whole(row, "I") for row in session.new if _journaled(row)]
    note(session, [*gone, *changed, *new])


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(execution: ORMExecuteState) -> None:
    if "step" in execution.session.info and (execution.is_update or execution.is_delete or execution.is_insert):
        raise TypeError("a bulk write would escape the journal")


def _journaled(row: Any) -> bool:
    return row.__tablename__ in JOURNALED


def _unseen(session: Session, row: Any) -> Cells:
    """What the table holds in those cells of *row* whose former value was never loaded."""
    names = [c.key for c in mapper_of(row).column_attrs if _history(row, c.key).added and not _before(row, c.key)]
    table: Table = row.__table__
    if not names:
        return {}
    asked = select(*(table.c[name] for name in names))
    asked = asked.where(*(column == getattr(row, column.name) for column in table.primary_key))
    return dict(session.connection().execute(asked).mappings().one())


def _updated(row: Any, unknown: Cells) -> Line | None:
    before, after = {}, {}
    for column in mapper_of(row).column_attrs:
        name, history = column.key, _history(row, column.key)
        if not (history.added or history.deleted):
            continue
        old = unknown[name] if name in unknown else _before(row, name)[0]
        new = history.added[0] if history.added else None
        if old != new:
            before[name], after[name] = encode(old), encode(new)
    table: Table = row.__table__
    key = key_of(table, {c.name: getattr(row, c.name) for c in table.primary_key})
    return Line(table.name, key, "U", before, after) if after else None


def _history(row: Any, name: str) -> Any:
    return row._sa_instance_state.attrs[name].history


def _before(row: Any, name: str) -> list[Any]:
    """The value that *row* was loaded with, in a list; an empty one when nobody has seen it."""
    return [value for value in _history(row, name).deleted or () if value is not NO_VALUE]


def _whole(row: Any, op: str) -> Line:
    """A new row as it is; of a row that goes what the table held, whatever was set in it meanwhile."""
    cells = {}
    for name in (attr.key for attr in mapper_of(row).column_attrs):
        before = _before(row, name) if op == "D" else []
        cells[name] = encode(before[0] if before else getattr(row, name))
    key = key_of(row.__table__, cells)
    return Line(row.__tablename__, key, op, *((None, cells) if op == "I" else (cells, None)))


# One line a row.


def note(session: Session, lines: Iterable[Line]) -> None:
    """Add what has been done in the tables to the step under way."""
    step: Step = session.info["step"]
    for line in lines:
        joined = _joined(step.lines.pop(line.key, None), line)
        if joined is not None:
            step.lines[line.key] = joined


def _joined(first: Line | None, then: Line) -> Line | None:
    """What two lines of one row come to; None for nothing."""
    if first is None:
        return then
    old, new = first.before or {}, then.after or {}
    match first.op, then.op:
        case "I", "D":
            return None
        case ("I" | "R") as op, "U":
            return Line(*first.key, op, first.before, (first.after or {}) | new)
        case "R", "D" if first.before is None:
            return None
        case "D", ("I" | "R"):
            changed = {name: value for name, value in new.items() if value != old.get(name)}
            return Line(*first.key, "U", {n: old.get(n) for n in changed}, changed) if changed else None
        case _, "D":
            return Line(*first.key, "D", (then.before or {}) | old, None)
        case _, "R":
            return Line(*first.key, "R", (then.before or {}) | old, (first.after or {}) | new)
    after = (first.after or {}) | new
    changed = {name: value for name, value in after.items() if value != ((then.before or {}) | old)[name]}
    return Line(*first.key, "U", {n: ((then.before or {}) | old)[n] for n in changed}, changed) if changed else None


class _Tip(NamedTuple):
    """A line that nobody has written over yet."""

    ident: int
    step: str
    op: str


class _Writing:
    """Writes a step down, each line over the last lines of its row."""

    def __init__(self, connection: Connection, step: Step) -> None:
        self._connection, self._step = connection, step
        self._tips: dict[Key, list[_Tip]] = {}
        self._doubtful: set[Key] = set()

    def run(self) -> set[Key]:
        """The rows that the fold has changed beside those of the step."""
        step, lines = self._step, self._lines()
        if not lines:
            return set()
        step.touched |= {line.key for line in lines}
        self._tips = tips_of(self._connection, [line.key for line in lines])
        self._doubtful = self._in_doubt(lines) | step.doubtful
        begun = step.set_id is not None
        if step.set_id is None:
            step.set_id = add_set(self._connection, step)
        self._write(self._added_to(lines) if begun else lines)
        if not self._doubtful:
            return set()
        changed = Fold(self._connection, self._doubtful).run()
        step.touched |= changed
        self._keep_the_rest(changed - {line.key for line in lines})
        return changed

    def _lines(self) -> list[Line]:
        """The lines to write, parents first and what goes last, so that they can be read as they were done."""
        found = dict(self._step.lines)
        for key, now in standing(self._connection, self._step.restated).items():
            said = {name: now[name] for name in self._step.restated[key]}
            line = found.get(key, Line(*key, "U", {}, {}))
            found[key] = Line(*key, line.op, said | (line.before or {}), said | (line.after or {}))
        lines = [self._owned(line) for line in found.values()]
        gone = sorted((x for x in lines if x.op == "D"), key=_depth, reverse=True)
        made = sorted((x for x in lines if x.op in "IR"), key=_depth)
        return [*made, *(x for x in lines if x.op == "U"), *gone]

    def _owned(self, line: Line) -> Line:
        """A row stands in one element: who names another says of all the columns that name one what they hold."""
        owners = owners_of(JOURNALED[line.tbl])
        if line.op != "U" or not line.after or line.after.keys().isdisjoint(owners):
            return line
        now = standing(self._connection, [line.key])[line.key]
        rest = {name: now[name] for name in owners if name not in line.after}
        return Line(*line.key, "U", (line.before or {}) | rest, line.after | rest)

    def _in_doubt(self, lines: list[Line]) -> set[Key]:
        """The rows whose fold may be another one now: where anything was written in ignorance of something else."""
        open_ones = open_rows(self._connection)
        doubtful = {x.key for x in lines if x.key in open_ones or len(self._tips.get(x.key, ())) > 1}
        let_go = {key for x in lines if x.op in "UD" for key in needs(x.key, x.before or {})}
        if let_go:
            tips = tips_of(self._connection, let_go)
            doubtful |= {key for key in let_go if any(tip.op == "D" for tip in tips.get(key, ()))}
        return doubtful

    def _write(self, lines: list[Line]) -> None:
        again = [x.key for x in lines if x.op == "I" and x.key in self._tips]
        known = {key: RowGraph(writes).cells() for key, writes in writes_of(self._connection, again).items()}
        rows, over = [], []
        for line in lines:
            tips = self._tips.get(line.key, [])
            if line.key in known:  # it was there once: the words that others wrote to it stay, what differs is said
                old, new = known[line.key], line.after or {}
                line = Line(*line.key, "R", None, {n: v for n, v in new.items() if v != old.get(n)})
            before, after = shortened(line)
            named: dict[str, Any] = {"set_id": self._step.set_id, "tbl": line.tbl, "row": line.row, "op": line.op}
            said = json.dumps(sorted(tip.step for tip in tips))
            rows.append(named | {"before": before, "after": after, "over": said, "head": 1})
            over += [{"ident": tip.ident} for tip in tips]
        if over:
            statement = update(ROWS).where(ROWS.c.id == bindparam("ident")).values(head=0)
            self._connection.execute(statement, over)
        if rows:
            self._connection.execute(insert(ROWS), rows)

    def _added_to(self, lines: list[Line]) -> list[Line]:
        """Those of *lines* that the step has none of their row for yet; the others are written into what it has."""
        fresh = []
        for line in lines:
            tips = self._tips.get(line.key, [])
            if [tip.step for tip in tips] != [self._step.set_id]:
                fresh.append(line)
                continue
            row = self._connection.execute(select(ROWS).where(ROWS.c.id == tips[0].ident)).one()
            first = Line(*line.key, row.op, cells_of(line.tbl, row.before), cells_of(line.tbl, row.after))
            joined = _joined(_relaid(first, line), line)
            joined = joined or Line(*line.key, "U", {}, {})  # typed and taken back: the line stays, and says nothing
            before, after = shortened(joined)
            values = {"op": joined.op, "before": before, "after": after}
            self._connection.execute(update(ROWS).where(ROWS.c.id == tips[0].ident).values(values))
        return fresh

    def _keep_the_rest(self, changed: set[Key]) -> None:
        """A gesture takes away nothing but its own rows.

        What was there only because the deletion of its element had fallen, and
        would go with whatever held it, is said to stay.
        """
        own = {line.key for line in self._step.lines.values()}
        while gone := (changed - own) - standing(self._connection, changed).keys():
            graphs = {key: RowGraph(writes) for key, writes in writes_of(self._connection, gone).items()}
            self._tips = tips_of(self._connection, gone)
            self._write([Line(*key, "R", graph.cells(), {}) for key, graph in graphs.items()])
            own |= gone
            changed = Fold(self._connection, gone).run()


def _depth(line: Line) -> int:
    return ORDER[line.tbl]


def _relaid(first: Line, then: Line) -> Line:
    """*first* as it was read, with the deltas replaced by texts where *then* says what stands there now."""
    before, after = dict(first.before or {}), dict(first.after or {})
    for name, now in (then.before or {}).items():
        if deltas.is_delta(before.get(name)):
            before[name], after[name] = deltas.lay(before[name], now, after[name]), now
    return Line(*first.key, first.op, first.before and before, first.after and after)


def tips_of(connection: Connection, keys: Iterable[Key]) -> dict[Key, list[_Tip]]:
    """The last lines of rows, by row."""
    found: dict[Key, list[_Tip]] = {}
    for tbl, rows in by_table(keys).items():
        for lot in in_lots(rows):
            asked = select(ROWS.c.row, ROWS.c.id, ROWS.c.set_id, ROWS.c.op)
            asked = asked.where(ROWS.c.tbl == tbl, ROWS.c.row.in_(lot), ROWS.c.head == 1)
            for row, *tip in connection.execute(asked).all():
                found.setdefault((tbl, row), []).append(_Tip(*tip))
    return found


def add_set(connection: Connection, step: Step) -> str:
    """Begin the record of *step*; its id."""
    ident = uuid7()
    clock = (connection.scalar(select(func.max(SETS.c.clock))) or 0) + 1
    named = {name: getattr(step, name) for name in ("device", "author", "at", "kind", "label", "target")}
    connection.execute(insert(SETS), {"id": ident, "clock": clock, "arrived": step.at, **named})
    seal(connection, [ident])
    return ident


def begin_journal(connection: Connection, label: str) -> None:
    """Begin the journal of a plan whose rows stand in the tables already: one step that made them all."""
    step = Step(label, "", "", datetime.now().astimezone().isoformat(timespec="milliseconds"), "new")
    for tbl, table in JOURNALED.items():
        for row in connection.execute(select(table)).mappings():
            cells = {name: encode(value) for name, value in row.items()}
            line = Line(tbl, key_of(table, dict(row)), "I", None, cells)
            step.lines[line.key] = line
    _Writing(connection, step).run()


# Writing without the ORM.


def add(session: Session, table: str, rows: Iterable[Cells]) -> None:
    """Put new *rows* into *table* in one go, each with all its cells."""
    model = JOURNALED[table]
    lines = [Line(table, key_of(model, row), "I", None, {n: encode(v) for n, v in row.items()}) for row in rows]
    session.flush()  # what they stand in
    apply(session.connection(), lines)
    note(session, lines)
    session.expire_all()
