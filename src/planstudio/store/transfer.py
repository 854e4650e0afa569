"""Rows carried from one plan file into a fresh one: the clean copy and the salvage.

The clean copy leaves the history behind: a mailed file must not carry every
draft, author and deleted text. The salvage reads known columns of known tables
from a file that was altered or is partly unreadable, and tells what it could
not read.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Table

from planstudio.store.engine import open_engine
from planstudio.store.journal import tables
from planstudio.store.schema import APPLICATION, SCHEMA, Base
from planstudio.store.verify import guarded


def create(path: Path) -> None:
    """An empty plan file of today's schema at *path*; it appears whole, without a journal beside it."""
    engine = open_engine(":memory:")
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
    with closing(engine.raw_connection()) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION}")
        connection.execute(f"PRAGMA user_version={SCHEMA}")
        connection.execute("VACUUM INTO ?", (str(path),))
    engine.dispose()


def carry(source: sqlite3.Connection, target: Path) -> dict[str, int]:
    """Copy what *source* holds of our tables into the fresh plan at *target*; the rows that were lost, by table."""
    lost: dict[str, int] = {}
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN IMMEDIATE")
        for table in (Base.metadata.tables["content"], *tables()):
            if missing := _carry_table(source, connection, table):
                lost[table.name] = missing
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        while orphans:
            for table_name, rowid, *_rest in orphans:
                connection.execute(f'DELETE FROM "{table_name}" WHERE rowid = ?', (rowid,))
                lost[table_name] = lost.get(table_name, 0) + 1
            orphans = [o for o in connection.execute("PRAGMA foreign_key_check") if o[1] is not None]
        connection.execute("COMMIT")
    return lost


def forget_unused(path: Path) -> None:
    """Take the bytes of files that nothing refers to any more out of the closed plan at *path*, to the last byte."""
    columns = [key.parent for table in tables() for key in table.foreign_keys if key.column.table.name == "content"]
    used = " UNION ".join(f'SELECT "{c.name}" FROM "{c.table.name}" WHERE "{c.name}" IS NOT NULL' for c in columns)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"DELETE FROM content WHERE sha256 NOT IN ({used})")
        connection.execute("VACUUM")


def salvage(path: Path, target: Path) -> dict[str, int]:
    """A new plan at *target* with every row of ours that the file at *path* still shows."""
    create(target)
    with closing(guarded(path)) as source:
        return carry(source, target)


def _carry_table(source: sqlite3.Connection, target: sqlite3.Connection, table: Table) -> int:
    try:
        kind = source.execute("SELECT type FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()
        if kind is None or kind[0] != "table":
            return 1
        stored = {row[1] for row in source.execute(f'PRAGMA table_xinfo("{table.name}")') if row[6] == 0}
        names = [column.name for column in table.columns if column.name in stored]
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        rows = source.execute(f'SELECT {columns} FROM "{table.name}"')
    except sqlite3.DatabaseError:
        return 1
    lost = 0
    insert = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'
    while True:
        try:
            row = rows.fetchone()
        except sqlite3.DatabaseError:
            return lost + 1  # what lies behind a damaged page cannot be reached
        if row is None:
            return lost
        try:
            target.execute(insert, row)
        except sqlite3.IntegrityError:
            lost += 1
