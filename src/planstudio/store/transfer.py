"""Rows carried from one plan file into a fresh one: the salvage.

It reads known columns of known tables from a file that was altered or is
partly unreadable, and tells what it could not read. A row whose parent is lost
is kept under an empty one. What goes to others is in clean_copy.py.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Float, Integer, LargeBinary, Table

from planstudio.domain.errors import NotAPlan
from planstudio.i18n import _
from planstudio.store import copies, doors
from planstudio.store.engine import opened
from planstudio.store.journal import begin_journal
from planstudio.store.layout import lay_out
from planstudio.store.schema import APPLICATION, JOURNALED, SCHEMA, Base
from planstudio.store.seal import seal
from planstudio.store.types import Day, Word, blank
from planstudio.store.validity import AT_ODDS, odd
from planstudio.store.verify import guarded


def create(path: Path, key: doors.Key | None = None) -> None:
    """An empty plan file of today's schema at *path*, under *key*; it appears whole, without a journal beside it."""
    with opened(":memory:") as engine:
        with engine.begin() as connection:
            lay_out(connection)
            seal(connection, [])
        with closing(engine.raw_connection()) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION}")
            connection.execute(f"PRAGMA user_version={SCHEMA}")
            if key is None:
                copies.vacuum_into(connection.driver_connection, path)
            else:
                with closing(doors.made(path, key)) as target:
                    doors.pour(connection.driver_connection, target)  # type: ignore[arg-type]


def carry(source: sqlite3.Connection, target: Path) -> dict[str, int]:
    """Copy what *source* holds of our tables into the fresh plan at *target*; the rows that were lost, by table."""
    lost: Counter[str] = Counter()
    every = (Base.metadata.tables["content"], *JOURNALED.values())
    with closing(doors.connect(target, implicit=False)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN IMMEDIATE")
        for table in every:
            lost[table.name] += _carry_table(source, connection, table)
        connection.execute("UPDATE content SET size = length(data) WHERE data IS NOT NULL")
        for table in every:
            lost[table.name] += _mend(connection, table)
        for table in JOURNALED.values():
            lost[table.name] += _settle_references(connection, table)
        connection.execute("COMMIT")
    return {name: count for name, count in lost.items() if count}


def salvage(path: Path, target: Path) -> dict[str, int]:
    """A new plan at *target* with every row of ours that the file at *path* still shows."""
    with copies.replacing(target) as temporary:
        create(temporary)
        with closing(guarded(path)) as source:
            source.text_factory = lambda text: text.decode("utf-8", "replace")
            lost = carry(source, temporary)
        with closing(doors.connect(temporary)) as made:
            if not any(made.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() for name in JOURNALED):
                raise NotAPlan(_("Nothing of a plan can be read from {name}.").format(name=path.name))
        with opened(temporary) as engine, engine.begin() as connection:
            begin_journal(connection, _("Salvaged from a damaged file"))
    return lost


def _carry_table(source: sqlite3.Connection, target: sqlite3.Connection, table: Table) -> int:
    try:
        kind = source.execute("SELECT type FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()
        if kind is None or kind[0] != "table":
            return 1
        stored = {row[1] for row in source.execute(f'PRAGMA table_xinfo("{table.name}")') if row[6] == 0}
        columns = [column for column in table.columns if column.name in stored]
        names = ", ".join(f'"{column.name}"' for column in columns)
        rows = source.execute(f'SELECT {names} FROM "{table.name}"')
    except doors.either(sqlite3.DatabaseError):
        return 1
    lost = 0
    absent = {c.name: _default(c) for c in table.columns if c.name not in stored and not c.nullable}
    into = ", ".join(f'"{name}"' for name in (*(column.name for column in columns), *absent))
    insert = f'INSERT INTO "{table.name}" ({into}) VALUES ({", ".join("?" * (len(columns) + len(absent)))})'
    while True:
        try:
            row = rows.fetchone()
        except doors.either(sqlite3.DatabaseError):
            return lost + 1  # what lies behind a damaged page cannot be reached
        if row is None:
            return lost
        try:
            cells = [_fitting(column, value) for column, value in zip(columns, row, strict=True)]
            target.execute(insert, [*cells, *absent.values()])
        except doors.either(sqlite3.IntegrityError):
            lost += 1


def _fitting(column: Column[Any], value: Any) -> Any:
    """*value* if the column can hold it, else what comes nearest; None where nothing does."""
    match column.type:
        case Word(kind=kind):
            return value if value in {*kind} else _default(column)
        case Day():
            with suppress(TypeError, ValueError):
                return date.fromisoformat(value).isoformat()
            return None
        case Integer():
            return value if isinstance(value, int) else None
        case Float():
            return value if isinstance(value, int | float) else None
        case LargeBinary():
            return value if isinstance(value, bytes) else None
    if value is None or isinstance(value, str):
        return value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _default(column: Column[Any]) -> Any:
    """What stands in a column that nobody has filled; None where that is nothing."""
    other = "other" if isinstance(column.type, Word) and "other" in {*column.type.kind} else None
    return other if (usual := blank(column)) is None else usual


def _mend(connection: sqlite3.Connection, table: Table) -> int:
    """Empty the cells that hold what no plan may hold; the rows that cannot be without one."""
    lost = 0
    for column in table.columns:
        wrong, value = odd(table, column), _default(column)
        if column.primary_key or (value is None and not column.nullable):
            lost += connection.execute(f'DELETE FROM "{table.name}" WHERE {wrong}').rowcount
        else:
            connection.execute(f'UPDATE "{table.name}" SET "{column.name}" = ? WHERE {wrong}', (value,))
    if table.name in AT_ODDS:
        lost += connection.execute(f'DELETE FROM "{table.name}" WHERE {AT_ODDS[table.name]}').rowcount
    return lost


def _settle_references(connection: sqlite3.Connection, table: Table) -> int:
    """Let go of a lost person or series; put an empty row where a lost one held others; the rows that still went."""
    lost = 0
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        own, other, column = f'"{table.name}"', key.column.table, f'"{key.parent.name}"'
        orphan = f'{column} IS NOT NULL AND {column} NOT IN (SELECT "{key.column.name}" FROM "{other.name}")'
        if key.parent.nullable:  # a row that needs its owner is left as it is: its CHECK says so
            connection.execute(f"UPDATE OR IGNORE {own} SET {column} = NULL WHERE {orphan}")
        most = 64 if other.name == "content" else 36
        named = f"SELECT DISTINCT {column} FROM {own} WHERE {orphan} AND length({column}) BETWEEN 1 AND {most}"
        for (ident,) in connection.execute(named).fetchall():
            _stand_in(connection, other, ident)
        lost += connection.execute(f"DELETE FROM {own} WHERE {orphan}").rowcount
    return lost


def _stand_in(connection: sqlite3.Connection, table: Table, ident: str) -> None:
    """An empty row called *ident*, under the first parent there is; none where that makes no sense."""
    cells: dict[str, Any] = {}
    for column in table.columns:
        parent = next((key.column.table.name for key in column.foreign_keys if not column.nullable), None)
        if parent is not None:
            (cells[column.name],) = connection.execute(f'SELECT min(id) FROM "{parent}"').fetchone()
        elif not column.nullable:
            cells[column.name] = ident if column.primary_key else _default(column)
    names = ", ".join(f'"{name}"' for name in cells)
    marks = ", ".join("?" * len(cells))
    connection.execute(f'INSERT OR IGNORE INTO "{table.name}" ({names}) VALUES ({marks})', list(cells.values()))
