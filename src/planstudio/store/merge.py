"""Two copies of a plan put together, cell by cell, and nothing dropped in silence.

    changed there only            taken
    changed here only, or alike   stays
    changed in both               ours stays, theirs is listed as a conflict
    deleted there, edited here    stays, listed
    deleted here, edited there    comes back, listed
    child of a deleted parent     the parent comes back, or stays

Steps are known by their ids, so merging twice changes nothing. Their history
comes along as it is, marked as applied elsewhere; its effect is this one step.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.orm import Session

from planstudio.domain.ids import uuid7
from planstudio.store import deltas, journal
from planstudio.store.engine import open_engine
from planstudio.store.journal import ROWS, SETS, Cells, Line
from planstudio.store.schema import JOURNALED, Base
from planstudio.store.types import encode

Key = tuple[str, str]
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

    def run(self) -> None:
        have = set(self._ours.execute(select(SETS.c.id)).scalars())
        new = [
            row for row in self._theirs.execute(select(SETS).order_by(SETS.c.seq)).mappings() if row["id"] not in have
        ]
        author = next((row["author"] for row in reversed(new) if row["applied"]), "")
        for key, base in self._bases({row["id"] for row in new if row["applied"]}).items():
            self._row(key, base)
        self._keep_parents()
        self._copy_contents()
        self._copy_history([dict(row) for row in new])
        order = list(JOURNALED)
        inserts = sorted((x for x in self._lines.values() if x.op == "I"), key=lambda x: order.index(x.tbl))
        updates = [x for x in self._lines.values() if x.op == "U"]
        deletes = sorted((x for x in self._lines.values() if x.op == "D"), key=lambda x: -order.index(x.tbl))
        journal.apply(self._session, [*inserts, *updates, *deletes])
        self._list_conflicts(author)

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

    def _row(self, key: Key, base: Cells | None) -> None:
        theirs, ours = _row(self._theirs, *key), _row(self._ours, *key)
        if theirs is None:
            if base is None or ours is None:
                return
            if ours == base:
                self._lines[key] = Line(*key, "D", ours, None)
            else:
                self._conflict(key, "*", ours, None)
        elif ours is None:
            self._lines[key] = Line(*key, "I", None, theirs)
            if base is not None:
                self._conflict(key, "*", None, theirs)
        else:
            self._cells(key, base or {}, theirs, ours)

    def _cells(self, key: Key, base: Cells, theirs: Cells, ours: Cells) -> None:
        taken: Cells = {}
        for name, value in theirs.items():
            was = base.get(name)
            if value == ours[name] or (name in base and value == was):
                continue
            if name in base and ours[name] == was:
                taken[name] = value
            else:
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
                if any((child := self._lines.get(k)) is None or child.op != "D" for k in _children(self._ours, key)):
                    self._conflict(key, "*", self._lines.pop(key).before, None)
                    again = True

    def _revive(self, parent: Key) -> list[Line]:
        planned = self._lines.get(parent)
        if planned is not None and planned.op == "D":
            del self._lines[parent]
            self._conflict(parent, "*", planned.before, None)
            return []
        if planned is not None or _row(self._ours, *parent) is not None:
            return []
        row = _row(self._theirs, *parent)
        if row is None:
            return []
        self._lines[parent] = Line(*parent, "I", None, row)
        self._conflict(parent, "*", None, row)
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
        ids = [row["id"] for row in new]
        for start in range(0, len(ids), 500):
            part = select(ROWS).where(ROWS.c.set_id.in_(ids[start : start + 500])).order_by(ROWS.c.id)
            lines = [{k: v for k, v in row.items() if k != "id"} for row in self._theirs.execute(part).mappings()]
            if lines:
                self._ours.execute(insert(ROWS), lines)

    def _conflict(self, key: Key, name: str, ours: Any, theirs: Any) -> None:
        said = {"tbl": key[0], "row": key[1], "field": name, "ours": json.dumps(ours), "theirs": json.dumps(theirs)}
        self._conflicts.append(said)

    def _list_conflicts(self, author: str) -> None:
        step: journal.Step = self._session.info["step"]
        if step.set_id is None:
            journal.open_set(self._session)
        if self._conflicts:
            rows = [{**c, "id": uuid7(), "set_id": step.set_id, "author": author} for c in self._conflicts]
            self._ours.execute(insert(CONFLICTS), rows)


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


def _children(connection: Connection, parent: Key) -> list[Key]:
    found = []
    for table in JOURNALED.values():
        for key in table.foreign_keys:
            if key.column.table.name == parent[0]:
                rows = connection.execute(select(*table.primary_key).where(key.parent == parent[1])).mappings()
                found += [(table.name, journal.key_of(table, dict(row))) for row in rows]
    return found
