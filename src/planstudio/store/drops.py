"""Drops: a heavy plan is saved by small files of steps, for its own file would have to be written whole each time.

    Plan files/steps/<sha256>    zlib over JSON: {"planstudio": "steps", "schema": n, "plan": id,
                                 "steps": [change_set…], "lines": [change…], "contents": [[sha256, size]…]}

A drop never changes and no two have one name, so nobody's save meets another's, and
a program that synchronises may bring them in any order. What is not whole does not fit
its name and is looked at again the next time; a step that speaks of something which has
not arrived waits (union.waiting). The plan's own file is made whole at rest and when the
plan is closed; a drop goes when the file has had its steps for a month.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import SQLAlchemyError

from planstudio.domain.errors import NotAPlan
from planstudio.i18n import _
from planstudio.store import contents, hashed
from planstudio.store.contents import CONTENT, PlanFiles
from planstudio.store.engine import opened
from planstudio.store.layout import lay_out
from planstudio.store.lines import ROWS, SETS, Key, cells_of
from planstudio.store.schema import SCHEMA, Base
from planstudio.store.union import step_ids, steps_of, take_in, waiting
from planstudio.store.validity import first_odd

HEAVY = 8_000_000  # bytes of a plan's own file from which on it is saved by drops
_KEPT = 30 * 86_400.0  # seconds that a drop stays after the file has all of it
LARGEST = 500_000_000  # bytes that one may unfold to
_NAMES_CONTENT = {
    (table.name, key.parent.name)
    for table in Base.metadata.sorted_tables
    for key in table.foreign_keys
    if key.column.table is CONTENT
}


class Drops:
    """The drops beside one plan, as far as they have been read."""

    def __init__(self, beside: PlanFiles) -> None:
        self._beside = beside
        self._read: dict[str, frozenset[str]] = {}  # the steps in each that lies there

    def look(self, plan: str) -> set[str]:
        """The steps of *plan* that lie there in drops. Waits for a share."""
        folder = self._folder()
        there = hashed.names(folder) if folder is not None else set[str]()
        self._read = {name: steps for name, steps in self._read.items() if name in there}
        for name in there - self._read.keys():
            assert folder is not None
            said = _said(folder, name)
            if said is not None:
                own = said.get("plan") == plan
                self._read[name] = frozenset(x["id"] for x in said["steps"]) if own else frozenset()
        return set[str]().union(*self._read.values())

    def unread(self) -> bool:
        """Whether something lies there that has not been read. Waits for a share."""
        folder = self._folder()
        return folder is not None and not hashed.names(folder) <= self._read.keys()

    def write(self, connection: Connection, plan: str, steps: Iterable[str]) -> None:
        """Lay down *steps* of the plan of *connection*. OSError where the folder does not take it."""
        given = set(steps)
        name = hashed.lay(self._beside.make() / "steps", pack(connection, plan, given))
        self._read[name] = frozenset(given)

    def take_in(self, connection: Connection, arrived: str) -> set[Key]:
        """Unite our steps with those that lie there, as far as what they speak of has arrived; the rows changed.

        NotAPlan, once, for a drop that no Plan Studio has written: from then on it is left out.
        """
        folder, ours = self._folder(), step_ids(connection)
        new = {name for name, steps in self._read.items() if not steps <= ours}
        said = {name: x for name in new if folder is not None and (x := _said(folder, name)) is not None}
        if not said:
            return set()
        try:
            with as_plan(said.values(), ours) as theirs:
                return _united(theirs, connection, arrived)
        except NotAPlan:
            for name in said:
                with suppress(NotAPlan), as_plan([said[name]], ours):
                    continue
                self._read[name] = frozenset()
            raise

    def tidy(self, in_file: Callable[[], set[str]]) -> None:
        """Take away what the plan's file has had for a month."""
        folder = self._folder()
        for name, steps in list(self._read.items()):
            with suppress(OSError):
                if folder is None or time.time() - (folder / name).stat().st_mtime <= _KEPT:
                    continue
                if steps and steps <= in_file():
                    (folder / name).unlink()
                    del self._read[name]

    def _folder(self) -> Path | None:
        found = self._beside.find()
        return found / "steps" if found is not None else None


def pack(connection: Connection, plan: str, wanted: Iterable[str]) -> bytes:
    """The steps *wanted* of the plan of *connection*, with the contents that they name."""
    sets, lines = steps_of(connection, wanted)
    named = {
        value
        for x in lines
        for column, value in (cells_of(x["tbl"], x["after"]) or {}).items()
        if (x["tbl"], column) in _NAMES_CONTENT and value is not None
    }
    found = connection.execute(select(CONTENT.c.sha256, CONTENT.c.size).where(CONTENT.c.sha256.in_(named)))
    said = {
        "planstudio": "steps", "schema": SCHEMA, "plan": plan, "steps": sets, "lines": lines,
        "contents": [list(row) for row in found],
    }  # fmt: skip
    return zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpack(data: bytes) -> dict[str, Any] | None:
    """What pack() has made; None for anything else."""
    with suppress(zlib.error, ValueError, TypeError, KeyError):
        unfolding = zlib.decompressobj()
        said = json.loads(unfolding.decompress(data, LARGEST))
        ours = unfolding.eof and said["planstudio"] == "steps" and said["schema"] <= SCHEMA
        if ours and all(isinstance(x["id"], str) for x in said["steps"]):
            return dict(said)
    return None


def unite_packed(connection: Connection, said: dict[str, Any], arrived: str) -> set[Key]:
    """Take in what unpack() gave; the rows changed. NotAPlan where another program has been at it."""
    with as_plan([said], step_ids(connection)) as theirs:
        return _united(theirs, connection, arrived)


def _said(folder: Path, name: str) -> dict[str, Any] | None:
    """What the drop called *name* says; None where it has not arrived whole, or is none."""
    data = hashed.read(folder, name)
    return unpack(data) if data is not None else None


@contextmanager
def as_plan(drops: Iterable[dict[str, Any]], ours: set[str]) -> Iterator[Connection]:
    """A plan in memory that holds the steps of *drops* which we lack, looked at as any file is; NotAPlan."""
    with opened(":memory:") as engine:
        with engine.begin() as theirs:
            lay_out(theirs)
            for said in drops:
                _put(theirs, said, ours)
        with closing(engine.raw_connection()) as raw:
            if first_odd(raw.driver_connection) is not None:  # type: ignore[arg-type]
                raise _altered()
        with engine.connect() as theirs:
            yield theirs


def _put(theirs: Connection, said: dict[str, Any], ours: set[str]) -> None:
    """The steps of one drop that we lack into an empty plan, in which they are looked at like any file."""
    have = set(theirs.scalars(select(SETS.c.id))) | ours
    new = [x for x in said["steps"] if x["id"] not in have]
    ids = {x["id"] for x in new}
    lines = [x | {"head": 0} for x in said["lines"] if x["set_id"] in ids]
    try:
        for table, rows in ((SETS, [x | {"arrived": x["at"]} for x in new]), (ROWS, lines)):
            if rows:
                theirs.execute(insert(table), rows)
        known = set(theirs.scalars(select(CONTENT.c.sha256)))
        named = [{"sha256": sha, "size": size} for sha, size in said["contents"] if sha not in known]
        if named:
            theirs.execute(insert(CONTENT), named)
    except (SQLAlchemyError, TypeError, KeyError, ValueError, AttributeError) as error:
        raise _altered() from error


def _altered() -> NotAPlan:
    return NotAPlan(_("Changes of this plan that lie beside it were altered by another program and are left out."))


def _united(theirs: Connection, ours: Connection, arrived: str) -> set[Key]:
    steps, lines = steps_of(theirs, theirs.scalars(select(SETS.c.id)).all())
    early = waiting(ours, steps, lines)
    contents.bring(theirs, ours)
    steps, lines = [x for x in steps if x["id"] not in early], [x for x in lines if x["set_id"] not in early]
    return take_in(ours, steps, lines, arrived)
