"""What of a plan goes to others: a plan of its own with nothing in it but what domain/given.py gives an audience.

It is filled from what is given, table by table, and nothing is taken out
afterwards: no page of the file has ever held anything else. A row goes only
with its parent; a reference to what is withheld is left empty.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, Table

from planstudio.domain.agenda import withheld_title
from planstudio.domain.audiences import Rows, When, seen_by
from planstudio.domain.errors import NotAPlan
from planstudio.domain.given import GIVEN, NUMBERED, columns_for, columns_when
from planstudio.domain.kinds import Access, ItemState, ItemType
from planstudio.i18n import _
from planstudio.store import copies, doors
from planstudio.store.contents import Contents, known
from planstudio.store.engine import memory_engine
from planstudio.store.journal import begin_journal
from planstudio.store.layout import lay_out
from planstudio.store.schema import APPLICATION, JOURNALED, SCHEMA, owners_of
from planstudio.store.suppressed_figures import tell_figures
from planstudio.store.types import blank

_STANDING = "('adopted', 'under review')"  # a policy in force, though it may be looked at
_READ = "('draft', 'first reading', 'second reading')"
_APPROVED = "SELECT id FROM meeting WHERE minutes_state = 'approved'"
_OF_APPROVED = f"SELECT id FROM agenda_section WHERE meeting_id IN ({_APPROVED})"
# The text in force: the newest adopted one. A text on its way may stand behind it; one without a date is taken at the
# policy's word.
_TEXT_IN_FORCE = f"""
SELECT coalesce(
    (SELECT max(v.id) FROM policy_version v WHERE v.policy_id = p.id AND v.adopted IS NOT NULL
     AND (p.state IN {_STANDING} OR v.id < (SELECT max(n.id) FROM policy_version n WHERE n.policy_id = p.id))),
    CASE WHEN p.state IN {_STANDING} THEN (SELECT max(v.id) FROM policy_version v WHERE v.policy_id = p.id) END)
FROM policy p WHERE p.state IN {_STANDING} OR p.state IN {_READ}
"""
# Which rows of a table are given, in SQL over the plan as it stands in the house.
_ROWS: dict[tuple[str, Rows], str] = {
    ("plan", Rows.IN_FORCE): (
        "state = 'adopted' OR (NOT EXISTS (SELECT 1 FROM plan WHERE state = 'adopted') "
        "AND id = (SELECT id FROM plan ORDER BY state <> 'draft', rank, id LIMIT 1))"
    ),
    ("policy", Rows.IN_FORCE): (
        f"state IN {_STANDING} "
        f"OR id IN (SELECT policy_id FROM policy_version WHERE id IN (SELECT * FROM ({_TEXT_IN_FORCE})))"
    ),
    ("policy_version", Rows.IN_FORCE): f"id IN (SELECT * FROM ({_TEXT_IN_FORCE}))",
    ("meeting", Rows.POSTED): "state IN ('posted', 'held')",
    ("attendance", Rows.APPROVED): f"meeting_id IN ({_APPROVED})",
    ("amendment", Rows.APPROVED): f"meeting_id IN ({_APPROVED})",
    ("motion", Rows.APPROVED): (f"agenda_item_id IN (SELECT id FROM agenda_item WHERE section_id IN ({_OF_APPROVED}))"),
    ("vote", Rows.APPROVED): "1",  # by its motion
    ("agenda_item", Rows.NUMBERED): "1",  # told apart row by row
    ("attachment", Rows.SEEN): "1",
    ("clearance", Rows.SEEN): "1",
}
# When a column that waits is given.
_HAPPENED = {
    ("meeting", When.APPROVED): "minutes_state = 'approved'",
    ("agenda_item", When.APPROVED): f"section_id IN ({_OF_APPROVED})",
    ("monitoring", When.REPORTED): "reported_on IS NOT NULL",
}
Ids = dict[str, set[str]]


def write_for(source: Path, target: Path, audience: Access, contents: Contents | None = None) -> None:
    """The plan that *audience* gets of the one at *source*, as a closed file at *target*; its files are in it."""
    engine = engine_for(source, audience)
    try:
        with engine.begin() as connection:
            begin_journal(connection, _("Made as a copy for others"))
        with copies.replacing(target) as temporary:
            with closing(engine.raw_connection()) as made:
                made.execute("VACUUM INTO ?", (str(temporary),))
            with closing(_reading(source)) as whole, closing(doors.connect(temporary)) as copy:
                _give_contents(whole, copy, contents)
                copy.commit()
    finally:
        engine.dispose()


def engine_for(source: Path, audience: Access, contents: Contents | None = None, *, with_files: bool = False) -> Engine:
    """The plan that *audience* gets of the one at *source*, in memory, *with_files* or without.

    *contents*: where the bytes are that the plan does not hold.
    """
    engine = memory_engine(secret=doors.salt_of(source) is not None, known=known(contents))
    with engine.begin() as connection:
        lay_out(connection)
    raw = engine.raw_connection()
    made: Any = raw.driver_connection
    made.execute(f"PRAGMA application_id={APPLICATION}")
    made.execute(f"PRAGMA user_version={SCHEMA}")
    made.execute("PRAGMA foreign_keys=OFF")  # people come last, when it is known who is named
    try:
        with closing(_reading(source)) as whole:
            _Giving(whole, made, audience).all()
            if with_files:
                _give_contents(whole, made)
        if any(parent != "content" for _t, _r, parent, _k in made.execute("PRAGMA foreign_key_check").fetchall()):
            raise sqlite3.DatabaseError
    except doors.either(sqlite3.DatabaseError) as error:
        engine.dispose()
        words = _("The plan is damaged, so no copy was made. Restore a backup: File, Restore…")
        raise NotAPlan(words) from error
    made.execute("PRAGMA foreign_keys=ON")
    raw.close()
    return engine


def _reading(path: Path) -> sqlite3.Connection:
    """The working copy in one state, whatever is written meanwhile."""
    connection = doors.connect(path, read_only=True, implicit=False, timeout=10)
    with doors.closed_in_trouble(connection):
        connection.execute("BEGIN")
    return connection


class _Giving:
    """Carries what is given from one plan into an empty one."""

    def __init__(self, source: sqlite3.Connection, target: sqlite3.Connection, audience: Access) -> None:
        self._source, self._target, self._audience = source, target, audience
        self._given: Ids = defaultdict(set)  # the rows that came along whole, by table
        self._named: set[str] = set()  # people

    def all(self) -> None:
        """Every table, parents first; people when it is known who is named."""
        for name in sorted(JOURNALED, key="person".__eq__):
            self._table(JOURNALED[name])
        self._target.execute(f"UPDATE policy SET state = 'adopted' WHERE state IN {_READ}")  # as the given text is
        tell_figures(self._target)

    def _table(self, table: Table) -> None:
        names = columns_for(table.name, self._audience)
        if not names:
            return
        columns = [column for column in table.columns if column.name in names]
        given = [column.name for column in columns]
        empty = {column.name: usual(column) for column in table.columns if column.name not in names}
        insert = _insert(table, [*given, *empty])
        for values in self._source.execute(self._select(table, columns)):
            row = dict(zip(given, values, strict=True))
            if self._may_go(table, row) and self._lets_go(table, row):
                self._target.execute(insert, [*row.values(), *empty.values()])
                self._note(table, row)
            elif table.name == "agenda_item" and row["section_id"] in self._given["agenda_section"]:
                self._target.execute(_insert(table, list(stub := _stub(table, row))), list(stub.values()))

    def _select(self, table: Table, columns: list[Column[Any]]) -> str:
        """The given columns of the rows that may be given; what waits is as if nobody had filled it."""
        later = (when for when in When if when is not When.ALWAYS)
        waiting = {name: _HAPPENED[table.name, when] for when in later for name in columns_when(table.name, when)}
        parts = [
            f'CASE WHEN {waiting[c.name]} THEN "{c.name}" ELSE {_literal(usual(c))} END' if c.name in waiting
            else f'"{c.name}"'
            for c in columns
        ]  # fmt: skip
        rows = GIVEN[table.name].rows
        where = "1" if rows in (Rows.ALL, Rows.ON_PAPERS) else _ROWS[table.name, rows]
        return f'SELECT {", ".join(parts)} FROM "{table.name}" WHERE {where}'

    def _may_go(self, table: Table, row: dict[str, Any]) -> bool:
        """Whether this one row is for the audience."""
        match table.name:
            case "person":
                return row["id"] in self._named or row["role"] == "board member"
            case "attachment" | "clearance":
                return seen_by(self._audience, Access(row["access"]))
            case "agenda_item":
                return seen_by(self._audience, Access(row["access"])) and row["state"] != ItemState.RETURNED.value
        return True

    def _lets_go(self, table: Table, row: dict[str, Any]) -> bool:
        """Empty the references to what is withheld; False when the row cannot be without one."""
        needed = owners_of(table)
        for key in table.foreign_keys:
            name, parent = key.parent.name, key.column.table.name
            if row.get(name) is None or parent in ("person", "content") or row[name] in self._given[parent]:
                continue
            if not key.parent.nullable or name in needed:
                return False
            row[name] = None
        return True

    def _note(self, table: Table, row: dict[str, Any]) -> None:
        if "id" in row:
            self._given[table.name].add(row["id"])
        for key in table.foreign_keys:
            if key.column.table.name == "person" and row.get(key.parent.name) is not None:
                self._named.add(row[key.parent.name])


def _stub(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The line of an agenda item that is withheld: it keeps its number, and says by what law it is closed."""
    access = Access(row["access"])
    closed = access is Access.CLOSED
    made = {column.name: usual(column) for column in table.columns} | {name: row[name] for name in NUMBERED}
    made["title"] = withheld_title(access) if access is not Access.PUBLIC else ""
    made["ground"] = row["ground"] if closed else ""
    made["type"] = (ItemType.CLOSED if closed else ItemType.INFORMATION).value
    return made


def _give_contents(source: sqlite3.Connection, target: sqlite3.Connection, contents: Contents | None = None) -> None:
    """The files that a given row names; with *contents* the bytes that the plan does not hold, too."""
    keys = (key for table in JOURNALED.values() for key in table.foreign_keys if key.column.table.name == "content")
    columns = [(key.parent.name, key.parent.table.name) for key in keys]
    used = " UNION ".join(f'SELECT "{name}" FROM "{table}" WHERE "{name}" IS NOT NULL' for name, table in columns)
    for digest in target.execute(used).fetchall():
        for sha, size, data in source.execute("SELECT sha256, size, data FROM content WHERE sha256 = ?", digest):
            whole = contents.read(sha) if data is None and contents is not None else data
            target.execute("INSERT INTO content (sha256, size, data) VALUES (?, ?, ?)", (sha, size, whole))


def usual(column: Column[Any]) -> Any:
    """What stands in a column that nobody has filled, as SQLite keeps it."""
    value = blank(column)
    return int(value) if isinstance(value, bool) else value


def _insert(table: Table, names: list[str]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" * len(names))})'


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"
