"""A line of the journal: what one step did to one row, and which lines of that row its writer knew.

    I  made            before: nothing           after: every cell
    U  changed         before and after: the changed cells
    D  deleted         before: every cell        after: nothing
    R  brought back    before: what stood there  after: the cells that are said anew

A step has one line for a row, whatever it did on the way. `over` names the steps
whose lines of the row were its last when this one was written: so what was
written in ignorance of each other is seen from the row alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, select, tuple_

from planstudio.store import deltas
from planstudio.store.many import in_lots
from planstudio.store.schema import JOURNALED, Base
from planstudio.store.types import altered_history, blank, decode, encode

SETS: Table = Base.metadata.tables["change_set"]
ROWS: Table = Base.metadata.tables["change"]
Cells = dict[str, Any]
Key = tuple[str, str]  # table, row
OPS = frozenset("IUDR")
TAKING_BACK = ("undo", "redo")  # kinds of steps whose target is the step they take back
ORDER = {name: place for place, name in enumerate(JOURNALED)}  # parents first

_EMPTY: dict[str, Any] = {}


@dataclass(frozen=True)
class Line:
    """What one step does to one row; cells encoded for JSON, texts whole."""

    tbl: str
    row: str
    op: str
    before: Cells | None
    after: Cells | None

    @property
    def key(self) -> Key:
        return self.tbl, self.row


@dataclass(frozen=True)
class Write(Line):
    """A line as it stands in the journal."""

    step: str
    clock: int
    over: tuple[str, ...]
    takes_back: str = ""  # the step that this one takes back

    @property
    def rank(self) -> tuple[int, str]:
        return self.clock, self.step

    @property
    def said(self) -> Cells:
        return self.after or _EMPTY


def by_table(keys: Iterable[Key]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for tbl, row in keys:
        found[tbl].append(row)
    return found


# Of each table (column, the table it names) of every reference to a journaled row.
REFERENCES = {
    name: [(k.parent.name, k.column.table.name) for k in table.foreign_keys if k.column.table.name in JOURNALED]
    for name, table in JOURNALED.items()
}


_KINDS = {name: {c.name: c.type for c in table.c} for name, table in JOURNALED.items()}
_KEYS = {name: [c.name for c in table.primary_key] for name, table in JOURNALED.items()}
_BLANK = {name: {c.name: blank(c) for c in table.c} for name, table in JOURNALED.items()}
_PLAIN = frozenset((str, int, float, bool, type(None)))
_JSON = json.JSONDecoder()


def needs(key: Key, cells: Cells) -> set[Key]:
    """The rows that *cells* of the row *key* refer to."""
    return {(other, cells[name]) for name, other in REFERENCES[key[0]] if cells.get(name)}


# Keys.


def key_of(table: Table, cells: Cells) -> str:
    """A row's key as one text: its id, or its natural key as a JSON list."""
    names = _KEYS[table.name]
    return str(cells[names[0]]) if len(names) == 1 else json.dumps([encode(cells[n]) for n in names])


def key_values(table: Table, key: str) -> list[Any]:
    """The values of a row's key, as its columns want them."""
    kinds = [_KINDS[table.name][name] for name in _KEYS[table.name]]
    try:
        values = [key] if len(kinds) == 1 else json.loads(key)
        return [decode(kind, value) for kind, value in zip(kinds, values, strict=True)]
    except (TypeError, ValueError) as error:
        raise altered_history() from error


def where(table: Table, key: str) -> Any:
    """The condition that finds the row that `key_of` names."""
    return and_(*(c == value for c, value in zip(table.primary_key, key_values(table, key), strict=True)))


def among(table: Table, keys: Iterable[str]) -> ColumnElement[bool]:
    """The condition that finds the rows that any of *keys* names."""
    columns = list(table.primary_key)
    values = [tuple(key_values(table, key)) for key in keys]
    return tuple_(*columns).in_(values) if len(columns) > 1 else columns[0].in_([value for (value,) in values])


def typed(table: Table, cells: Cells | None) -> Cells:
    kinds = _KINDS[table.name]
    return {name: decode(kinds[name], value) for name, value in (cells or {}).items()}


def stored(table: Table, cells: Cells) -> Cells:
    """Encoded *cells* as the table holds them."""
    kinds = _KINDS[table.name]
    return {name: encode(decode(kinds[name], value)) for name, value in cells.items()}


def whole(table: Table, cells: Cells) -> Cells:
    """A row as the table holds it, from encoded *cells*; a column that is younger than they are is blank."""
    return _BLANK[table.name] | stored(table, cells)


def standing(
    connection: Connection, keys: Iterable[Key], names: Collection[str] | None = None
) -> dict[Key, Cells]:  # fmt: skip
    """The rows of *keys* that stand in the tables, their cells encoded; of those only *names* and the key, if given."""
    found: dict[Key, Cells] = {}
    for tbl, rows in by_table(keys).items():
        table = JOURNALED[tbl]
        wanted = [c for c in table.c if names is None or c.name in names or c.primary_key]
        read = [c.name for c in wanted]
        for lot in in_lots(rows):
            for values in connection.execute(select(*wanted).where(among(table, lot))).all():
                cells = dict(zip(read, map(encode, values), strict=True))
                found[tbl, key_of(table, cells)] = cells
    return found


# The journal.


def dumped(cells: Cells | None) -> str | None:
    return None if cells is None else json.dumps(cells, ensure_ascii=False)


def shortened(line: Line) -> tuple[str | None, str | None]:
    """Before and after as they are stored: of a long text only what has changed."""
    if line.op != "U" or line.before is None or line.after is None:
        return dumped(line.before), dumped(line.after)
    before, after = dict(line.before), dict(line.after)
    for name, new in line.after.items():
        old = before.get(name)
        if isinstance(old, str) and isinstance(new, str) and len(old) + len(new) > deltas.LONG:
            before[name], after[name] = deltas.cut(old, new)
    return dumped(before), dumped(after)


def cells_of(tbl: str, stored: str | None) -> Cells | None:
    """Cells as they stand in the journal, if they are such as this program can have written."""
    if not stored:
        return None
    try:
        cells = _read(stored)
        known = cells.keys() <= _KINDS[tbl].keys()
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise altered_history() from error
    if not known or not isinstance(cells, dict) or not _are_plain(cells.values()):
        raise altered_history()
    return cells


def _read(stored: str) -> Any:
    """What json.loads() makes of it, without a look for spaces around it."""
    value, end = _JSON.raw_decode(stored)
    if end != len(stored):
        raise ValueError(stored)
    return value


def _are_plain(values: Collection[Any]) -> bool:
    return _PLAIN.issuperset(map(type, values)) or all(type(x) in _PLAIN or deltas.is_delta(x) for x in values)


def over_of(stored: str) -> tuple[str, ...]:
    try:
        return tuple(_read(stored))
    except (TypeError, ValueError) as error:
        raise altered_history() from error


def writes_of(connection: Connection, keys: Iterable[Key]) -> dict[Key, list[Write]]:
    """All lines of each row that has any, the known before who knew them; texts whole."""
    found: dict[Key, list[Any]] = defaultdict(list)
    asked = select(ROWS, SETS.c.clock, SETS.c.kind, SETS.c.target).join(SETS, SETS.c.id == ROWS.c.set_id)
    for tbl, rows in by_table(keys).items():
        for lot in in_lots(rows):
            for row in connection.execute(asked.where(ROWS.c.tbl == tbl, ROWS.c.row.in_(lot))):
                found[tbl, row.row].append(row)
    return {key: _whole(key, sorted(rows, key=lambda x: (x.clock, x.set_id))) for key, rows in found.items()}


def _whole(key: Key, rows: Sequence[Any]) -> list[Write]:
    """The lines of a row with their deltas laid over the text that each was cut from, known by its fingerprint."""
    tbl, ident = key
    if tbl not in JOURNALED:
        raise altered_history()
    texts: dict[tuple[str, str], str] = {}
    cut = any(deltas.KEY in (row.before or "") for row in rows)
    made = []
    for row in rows:
        if row.op not in OPS:
            raise altered_history()
        before, after = cells_of(tbl, row.before), cells_of(tbl, row.after)
        for name in [n for n, value in (before or {}).items() if deltas.is_delta(value)]:
            _lay(texts, name, before or {}, after or {})
        for cells in (before or {}, after or {}) if cut else ():
            long = {n: v for n, v in cells.items() if isinstance(v, str) and len(v) >= deltas.LONG}
            texts |= {(n, deltas.fingerprint(v)): v for n, v in long.items()}
        over = over_of(row.over)
        taken = (row.target or "") if row.kind in TAKING_BACK else ""
        made.append(Write(tbl, ident, row.op, before, after, row.set_id, row.clock, over, taken))
    return made


def _lay(texts: dict[tuple[str, str], str], name: str, before: Cells, after: Cells) -> None:
    """Replace the two deltas of cell *name* by whole texts."""
    try:
        old = texts[name, before[name][deltas.KEY]["is"]]
        before[name], after[name] = old, deltas.lay(after[name], old, before[name])
    except (KeyError, TypeError, deltas.WrongText) as error:
        raise altered_history() from error


def lines_of(connection: Connection, step: str) -> list[Write]:
    """What a step did, in the order in which it was written down."""
    named = select(ROWS.c.tbl, ROWS.c.row).where(ROWS.c.set_id == step).order_by(ROWS.c.id)
    keys: list[Key] = [(tbl, row) for tbl, row in connection.execute(named)]
    found = writes_of(connection, keys)
    return [next(x for x in found[key] if x.step == step) for key in keys]
