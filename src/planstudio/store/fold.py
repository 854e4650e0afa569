"""The tables brought up to the journal: the same steps make the same plan, in whatever order they came.

    a row is there        unless a deletion of it stands
    a deletion group      all that one step deleted within one element; it stands or falls as a whole
    it falls              when somebody wrote to one of its rows not knowing it, or went on writing to a row that
                          was there because it had fallen, or when a row that is there needs one of its rows
    what fell             is listed once, at the element; what comes back comes back with all that stood in it

"Needs" only ever lets more fall, so the answer does not depend on the order. Only
rows that hang together are looked at: those that were touched, what was ever
deleted together with them, and what they refer to. docs/adr/0019 has an example
to follow by hand.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update

from planstudio.store import many
from planstudio.store.graph import RowGraph
from planstudio.store.lines import (
    ORDER,
    REFERENCES,
    ROWS,
    Cells,
    Key,
    among,
    by_table,
    cells_of,
    key_of,
    key_values,
    needs,
    standing,
    stored,
    whole,
    writes_of,
)
from planstudio.store.many import in_lots
from planstudio.store.schema import JOURNALED, Base
from planstudio.store.tree import CHILDREN
from planstudio.store.types import encode

OPEN: Table = Base.metadata.tables["conflict"]
WHOLE = "*"  # in the place of a cell: whether the row is there at all
UNITS = {"motion": "", "vote": "motion_id"}  # rows that say one thing together, by the column that names it
Group = tuple[str, Key]  # a step, and the root of what it deleted


class Fold:
    """Brings the tables up to the journal for some rows and for all that hang on them."""

    def __init__(self, connection: Connection, keys: Iterable[Key]) -> None:
        self._connection = connection
        self._rows: dict[Key, RowGraph] = {}
        self._cells: dict[Key, Cells] = {}
        self._now: dict[Key, Cells] = {}
        self._groups: dict[Group, set[Key]] = {}
        self._group_of: dict[tuple[str, Key], Group] = {}
        self._fallen: set[Group] = set()
        self._load(set(keys))

    def run(self) -> set[Key]:
        """The rows that have changed."""
        there = self._there()
        wanted = {key: self._cells[key] for key in there}
        changed = {key for key in self._rows if self._now.get(key) != wanted.get(key)}
        put(self._connection, self._now, wanted, changed)
        self._list(there)
        return changed

    # Which rows hang together.

    def _load(self, new: set[Key]) -> None:
        while new := new - self._rows.keys():
            graphs = {key: RowGraph(writes) for key, writes in writes_of(self._connection, new).items()}
            now = standing(self._connection, graphs)
            self._now |= now
            for key, graph in graphs.items():
                own = graph.cells()
                self._cells[key] = own if graph.made else now.get(key, {}) | own
            self._rows |= graphs
            deleted = {x.step: x for key in graphs for x in graphs[key].once_deleted()}
            self._load_groups(deleted.keys() - {step for step, _root in self._groups})
            groups = {self._group_of[x.step, key] for key in graphs for x in graphs[key].once_deleted()}
            asked = {other for key in graphs for c in (self._cells[key], now.get(key, {})) for other in needs(key, c)}
            new = {member for group in groups for member in self._groups[group]}
            new |= ever_deleted(self._connection, asked - self._rows.keys())

    def _load_groups(self, steps: Iterable[str]) -> None:
        taken: dict[str, dict[Key, Cells]] = defaultdict(dict)
        asked = select(ROWS.c.set_id, ROWS.c.tbl, ROWS.c.row, ROWS.c.before).where(ROWS.c.op == "D")
        for lot in in_lots(steps):
            for step, tbl, row, before in self._connection.execute(asked.where(ROWS.c.set_id.in_(lot))):
                taken[step][tbl, row] = cells_of(tbl, before) or {}
        for step, rows in taken.items():
            for key in rows:
                group = step, _root(key, rows)
                self._groups.setdefault(group, set()).add(key)
                self._group_of[step, key] = group

    # Which rows are there.

    def _there(self) -> set[Key]:
        self._fallen = {
            (step, root)
            for (step, root), keys in self._groups.items()
            if any(self._rows[key].contested(self._rows[key][step]) for key in keys & self._rows.keys())
        }
        doubtful = by_table(key for key, row in self._rows.items() if row.deletions())
        outside = {other for other, child in referring(self._connection, doubtful) if child not in self._rows}
        while True:
            there = {key for key in self._rows if not self._standing(key)}
            needed = outside.union(*(needs(key, self._cells[key]) for key in there))
            more = {group for key in needed & self._rows.keys() for group in self._standing(key)}
            if not more:
                return there
            self._fallen |= more

    def _standing(self, key: Key) -> list[Group]:
        """The deletions of a row that stand."""
        groups = (self._group_of[x.step, key] for x in self._rows[key].deletions())
        return [group for group in groups if group not in self._fallen]

    # The differences that nobody has decided.

    def _list(self, there: set[Key]) -> None:
        listed = []
        for key in there:
            row, (tbl, ident) = self._rows[key], key
            for x in row.deletions():  # it has fallen, or the row would not be there
                root = self._group_of[x.step, key][1]
                if key == root or root not in there or x.step not in {d.step for d in self._rows[root].deletions()}:
                    listed.append(_difference(key, WHOLE, f"{root[0]}:{root[1]}", [[x.step, None], ["", None]]))
                    break
            for name, writers in row.differences().items():
                sides = [[x.step, x.said[name]] for x in writers]
                listed.append(_difference(key, name, unit_of(tbl, ident, self._cells[key]), sides))
        for tbl, idents in by_table(self._rows).items():
            for lot in in_lots(idents):
                self._connection.execute(delete(OPEN).where(OPEN.c.tbl == tbl, OPEN.c.row.in_(lot)))
        if listed:
            self._connection.execute(insert(OPEN), listed)


def _difference(key: Key, field: str, unit: str, sides: list[list[Any]]) -> Cells:
    tbl, row = key
    return {"tbl": tbl, "row": row, "field": field, "unit": unit, "sides": json.dumps(sides, ensure_ascii=False)}


def unit_of(tbl: str, row: str, cells: Cells) -> str:
    """What is settled together: a motion with its votes, else each row for itself."""
    name = UNITS.get(tbl)
    return f"{tbl}:{row}" if name is None else f"motion:{cells[name] if name else row}"


def _root(key: Key, rows: dict[Key, Cells]) -> Key:
    """The element that *key* was deleted with: of what it stood in, the last that is among *rows*."""
    while True:
        tbl, cells = key[0], rows[key]
        up = next((k for name, other in stands_in(tbl) if (k := (other, cells.get(name))) in rows), None)
        if up is None:
            return key
        key = up


@cache
def stands_in(tbl: str) -> tuple[tuple[str, str], ...]:
    """(column, table) of what a row of *tbl* is deleted with, the nearest first."""
    inside = [column for children in CHILDREN.values() for _key, child, column in children if child == tbl]
    along = [
        pair.name
        for mapper in Base.registry.mappers
        for relation in mapper.relationships
        if relation.cascade.delete and getattr(relation.mapper.local_table, "name", "") == tbl
        for _own, pair in relation.local_remote_pairs or ()
    ]
    table, tables = JOURNALED[tbl], dict(REFERENCES[tbl])
    held = [name for name in tables if not table.c[name].nullable]
    return tuple((name, tables[name]) for name in dict.fromkeys((*inside, *along, *held)))


def open_rows(connection: Connection) -> set[Key]:
    """The rows of which something waits for an answer."""
    return {(tbl, row) for tbl, row in connection.execute(select(OPEN.c.tbl, OPEN.c.row))}


def ever_deleted(connection: Connection, keys: Iterable[Key]) -> set[Key]:
    """Those of *keys* that some step deleted."""
    found: set[Key] = set()
    for tbl, rows in by_table(keys).items():
        for lot in in_lots(rows):
            asked = select(ROWS.c.row).where(ROWS.c.tbl == tbl, ROWS.c.row.in_(lot), ROWS.c.op == "D")
            found |= {(tbl, row) for row in connection.execute(asked.distinct()).scalars()}
    return found


def referring(connection: Connection, rows: dict[str, list[str]]) -> Iterable[tuple[Key, Key]]:
    """(row, a row that stands in the tables and refers to it) for *rows* by table."""
    for tbl, table in JOURNALED.items():
        for name, other in REFERENCES[tbl]:
            for lot in in_lots(rows.get(other, ())):
                asked = select(table.c[name], *table.primary_key).where(table.c[name].in_(lot))
                for found in connection.execute(asked).mappings():
                    yield (other, found[name]), (tbl, key_of(table, dict(found)))


def put(connection: Connection, now: dict[Key, Cells], wanted: dict[Key, Cells], changed: Iterable[Key]) -> None:
    """Write the rows *changed* from what is *now* to what is *wanted*: without the journal, which says so already."""
    rows = by_table(sorted(changed))  # in the order in which the tables keep them
    for tbl in sorted(rows, key=ORDER.__getitem__):
        table, keys = JOURNALED[tbl], [(tbl, row) for row in rows[tbl]]
        many.write(connection, insert(table), [whole(table, wanted[x]) for x in keys if x in wanted and x not in now])
        shapes: dict[tuple[str, ...], list[Key]] = defaultdict(list)
        for key in keys:
            if key in wanted and key in now:
                was = now[key]
                shapes[tuple(name for name, value in wanted[key].items() if value != was[name])].append(key)
        for names, same in shapes.items():
            if names:
                _change(connection, table, names, [(key, wanted[key]) for key in same])
    for tbl in sorted(rows, key=ORDER.__getitem__, reverse=True):
        remove(connection, tbl, [row for row in rows[tbl] if (tbl, row) not in wanted and (tbl, row) in now])


def _change(connection: Connection, table: Table, names: tuple[str, ...], rows: list[tuple[Key, Cells]]) -> None:
    """Write the cells *names* of *rows*."""
    keys = {f"k_{n}": column for n, column in enumerate(table.primary_key)}
    at = and_(*(column == bindparam(name, type_=column.type) for name, column in keys.items()))
    told = [
        dict(zip(keys, map(encode, key_values(table, key[1])), strict=True))
        | stored(table, {name: cells[name] for name in names})
        for key, cells in rows
    ]
    many.write(connection, update(table).where(at), told)


def remove(connection: Connection, tbl: str, rows: Iterable[str]) -> None:
    table = JOURNALED[tbl]
    for lot in in_lots(rows):
        connection.execute(delete(table).where(among(table, lot)))
