"""Two copies of a plan put together, cell by cell, and nothing dropped in silence.

    changed there only            taken
    changed here only, or alike   stays
    changed in both               ours stays, theirs is listed as a conflict
    deleted there, edited here    stays, listed
    deleted here, edited there    comes back, listed
    child of a deleted parent     the parent comes back, or stays

"Changed" means by a step that the other copy does not have: what they changed
knowing our step is their word on it, and no conflict. Merges do not count, they
only pass on what others did. Steps are known by their ids, so merging twice
changes nothing. Their history comes along as it is, marked as applied
elsewhere; its effect is this one step.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.orm import Session

from planstudio.domain.ids import uuid7
from planstudio.store import deltas, journal
from planstudio.store.engine import in_parts, open_engine
from planstudio.store.journal import ROWS, SETS, Cells, Line
from planstudio.store.schema import JOURNALED, Base
from planstudio.store.types import encode

Key = tuple[str, str]
MERGE = "merge"
WHOLE = "*"  # in the place of a cell: all of the row
CONFLICTS = Base.metadata.tables["conflict"]
CONTENT = Base.metadata.tables["content"]


def merge(session: Session, path: Path) -> None:
    """Bring what only the plan at *path* has into the open one, as the step under way."""
    engine = open_engine(path, read_only=True)
    try:
        with engine.connect() as theirs:
            _Merge(session, theirs).run()
    finally:
        engine.dispose()


class _Merge:
    def __init__(self, session: Session, theirs: Connection) -> None:
        self._session = session
        self._ours = session.connection()
        self._theirs = theirs
        self._lines: dict[Key, Line] = {}
        self._conflicts: list[dict[str, Any]] = []
        self._here: dict[Key, set[str]] = {}  # cells changed by steps that only we have
        self._there: dict[Key, set[str]] = {}  # and by steps that only they have
        self._passed_on: dict[Key, set[str]] = {}  # cells that their merges have changed

    def run(self) -> None:
        ours, theirs = _steps(self._ours), _steps(self._theirs)
        new = {ident: row for ident, row in theirs.items() if ident not in ours}
        author = next((row["author"] for row in reversed(new.values()) if row["applied"]), "")
        self._here = _cells(self._ours, {i for i, row in ours.items() if i not in theirs and row["kind"] != MERGE})
        self._passed_on = _cells(self._theirs, {i for i, row in new.items() if row["kind"] == MERGE})
        self._there = _cells(self._theirs, {i for i, row in new.items() if row["kind"] != MERGE})
        bases = self._bases({ident for ident, row in new.items() if row["applied"]})
        for key in self._there:
            theirs_now = _row(self._theirs, *key)
            self._row(key, bases.get(key, theirs_now), theirs_now)
        self._keep_parents()
        self._copy_contents()
        self._copy_history(list(new.values()))
        order = list(JOURNALED)
        inserts = sorted((x for x in self._lines.values() if x.op == "I"), key=lambda x: order.index(x.tbl))
        updates = [x for x in self._lines.values() if x.op == "U"]
        deletes = sorted((x for x in self._lines.values() if x.op == "D"), key=lambda x: -order.index(x.tbl))
        journal.apply(self._session, [*inserts, *updates, *deletes])
        self._list_conflicts(author, new.keys())

    def _bases(self, sets: set[str]) -> dict[Key, Cells | None]:
        """Each row that their new steps touched, as it was before them; None where it was not there."""
        found = self._theirs.execute(
            select(ROWS.c.set_id, ROWS.c.tbl, ROWS.c.row, ROWS.c.op, ROWS.c.before, ROWS.c.after)
            .join(SETS, SETS.c.id == ROWS.c.set_id)
            .order_by(SETS.c.seq.desc(), ROWS.c.id.desc())
        )
        bases: dict[Key, Cells | None] = {}
        for set_id, *rest in found:
            if set_id not in sets:
                continue
            line = journal.line(*rest)
            key = (line.tbl, line.row)
            now = bases[key] if key in bases else _row(self._theirs, *key)
            bases[key] = _undone(line, now)
        return bases

    def _row(self, key: Key, base: Cells | None, theirs: Cells | None) -> None:
        ours = _row(self._ours, *key)
        if theirs is None:
            if ours is None:
                return
            if key not in self._here or ours == base:
                self._lines[key] = Line(*key, "D", ours, None)
            else:
                self._conflict(key, WHOLE, ours, None)
        elif ours is None:
            self._lines[key] = Line(*key, "I", None, theirs)
            if key in self._here:
                self._conflict(key, WHOLE, None, theirs)
        else:
            self._each_cell(key, base or {}, theirs, ours)

    def _each_cell(self, key: Key, base: Cells, theirs: Cells, ours: Cells) -> None:
        taken: Cells = {}
        for name, value in theirs.items():
            if value == ours[name] or not _touched(self._there, key, name):
                continue
            known = name in base and not _touched(self._passed_on, key, name)
            if not _touched(self._here, key, name) or (name in base and ours[name] == base[name]):
                taken[name] = value
            elif not (known and value == base[name]):
                self._conflict(key, name, ours[name], value)
        if taken:
            self._lines[key] = Line(*key, "U", {name: ours[name] for name in taken}, taken)

    def _keep_parents(self) -> None:
        """What a kept row refers to has to be there."""
        waiting = [x for x in self._lines.values() if x.op != "D"]
        while waiting:
            line = waiting.pop()
            for parent in _parents(JOURNALED[line.tbl], line.after or {}):
                waiting += self._revive(parent)
        again = True
        while again:
            again = False
            for key in [key for key, x in self._lines.items() if x.op == "D"]:
                if any(self._still_refers(*child) for child in _children(self._ours, key)):
                    self._conflict(key, WHOLE, self._lines.pop(key).before, None)
                    again = True

    def _still_refers(self, child: Key, column: str) -> bool:
        """Whether a row of ours will refer by *column* to what it refers to now."""
        planned = self._lines.get(child)
        return planned is None or (planned.op != "D" and column not in (planned.after or {}))

    def _revive(self, parent: Key) -> list[Line]:
        planned = self._lines.get(parent)
        if planned is not None and planned.op == "D":
            del self._lines[parent]
            self._conflict(parent, WHOLE, planned.before, None)
            return []
        if planned is not None or _row(self._ours, *parent) is not None:
            return []
        row = _row(self._theirs, *parent)
        if row is None:
            return []
        self._lines[parent] = Line(*parent, "I", None, row)
        self._conflict(parent, WHOLE, None, row)
        return [self._lines[parent]]

    def _copy_contents(self) -> None:
        have = set(self._ours.execute(select(CONTENT.c.sha256)).scalars())
        for sha in set(self._theirs.execute(select(CONTENT.c.sha256)).scalars()) - have:
            row = self._theirs.execute(select(CONTENT).where(CONTENT.c.sha256 == sha)).mappings().one()
            self._ours.execute(insert(CONTENT), dict(row))

    def _copy_history(self, new: list[dict[str, Any]]) -> None:
        for row in new:
            named = {name: value for name, value in row.items() if name != "seq"}
            self._ours.execute(insert(SETS), {**named, "applied": 0})
        for ids in in_parts([row["id"] for row in new]):
            part = select(ROWS).where(ROWS.c.set_id.in_(ids)).order_by(ROWS.c.id)
            lines = [{k: v for k, v in row.items() if k != "id"} for row in self._theirs.execute(part).mappings()]
            if lines:
                self._ours.execute(insert(ROWS), lines)

    def _conflict(self, key: Key, name: str, ours: Any, theirs: Any) -> None:
        said = {"tbl": key[0], "row": key[1], "field": name, "ours": json.dumps(ours), "theirs": json.dumps(theirs)}
        self._conflicts.append(said)

    def _list_conflicts(self, author: str, new: Iterable[str]) -> None:
        """Ours of this step, and those that their steps have left open."""
        if self._conflicts:
            journal.open_set(self._session)
            step: journal.Step = self._session.info["step"]
            rows = [{**c, "id": uuid7(), "set_id": step.set_id, "author": author} for c in self._conflicts]
            self._ours.execute(insert(CONFLICTS), rows)
        steps = set(new)
        for row in self._theirs.execute(select(CONFLICTS)).mappings():
            if row["set_id"] in steps:
                self._ours.execute(insert(CONFLICTS), dict(row))


def _steps(connection: Connection) -> dict[str, dict[str, Any]]:
    """The steps of a journal by their ids, in order."""
    return {row["id"]: dict(row) for row in connection.execute(select(SETS).order_by(SETS.c.seq)).mappings()}


def _cells(connection: Connection, steps: set[str]) -> dict[Key, set[str]]:
    """The cells that *steps* have changed, by row; WHOLE for a row that was made or went."""
    found: dict[Key, set[str]] = {}
    lines = connection.execute(select(ROWS.c.set_id, ROWS.c.tbl, ROWS.c.row, ROWS.c.op, ROWS.c.after))
    for set_id, tbl, row, op, after in lines if steps else ():
        if set_id in steps:
            found.setdefault((tbl, row), set()).update(json.loads(after) if op == "U" else {WHOLE})
    return found


def _touched(cells: dict[Key, set[str]], key: Key, name: str) -> bool:
    return not cells.get(key, set()).isdisjoint({name, WHOLE})


def _row(connection: Connection, tbl: str, row: str) -> Cells | None:
    table = JOURNALED[tbl]
    found = connection.execute(select(table).where(journal.where(table, row))).mappings().one_or_none()
    return None if found is None else {name: encode(value) for name, value in found.items()}


def _undone(line: Line, now: Cells | None) -> Cells | None:
    if line.op == "I":
        return None
    if line.op == "D":
        return line.before
    assert now is not None
    assert line.before is not None
    assert line.after is not None
    before = {
        name: deltas.lay(value, now[name], line.after[name]) if deltas.is_delta(value) else value
        for name, value in line.before.items()
    }
    return now | before


def _parents(table: Table, cells: Cells) -> list[Key]:
    return [
        (key.column.table.name, cells[key.parent.name])
        for key in table.foreign_keys
        if key.column.table.name in JOURNALED and cells.get(key.parent.name) is not None
    ]


def _children(connection: Connection, parent: Key) -> list[tuple[Key, str]]:
    """What refers to a row, and by which column."""
    found = []
    for table in JOURNALED.values():
        for key in table.foreign_keys:
            if key.column.table.name == parent[0]:
                rows = connection.execute(select(*table.primary_key).where(key.parent == parent[1])).mappings()
                found += [((table.name, journal.key_of(table, dict(row))), key.parent.name) for row in rows]
    return found
