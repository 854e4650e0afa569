"""Two copies of a plan put together: their steps united, and the tables folded anew where that matters.

A union decides nothing and is no step: it can be repeated, and comes to the same
in whatever order copies meet. Rows that only one side went on with, which is
nearly all of them, are taken over without a look at their history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from planstudio.domain.errors import NotAPlan
from planstudio.i18n import _
from planstudio.memory import steady_memory
from planstudio.store import contents, deltas, many
from planstudio.store.engine import opened
from planstudio.store.fold import Fold, ever_deleted, open_rows, put
from planstudio.store.journal import tips_of
from planstudio.store.lines import (
    REFERENCES,
    ROWS,
    SETS,
    TAKING_BACK,
    Cells,
    Key,
    cells_of,
    needs,
    over_of,
    standing,
    writes_of,
)
from planstudio.store.many import in_lots
from planstudio.store.seal import seal
from planstudio.store.types import altered_history

Stored = dict[str, Any]  # a row of the journal as it stands there
Told = Callable[[float], None]  # hears the share that is done, from 0 to 1; what it raises stops the work
_STEP = [c for c in SETS.c if c.name not in ("seq", "arrived")]  # what is the same in every copy
_LINE = [c for c in ROWS.c if c.name not in ("id", "head")]
_AT_ONCE = 2000  # lines


def step_ids(connection: Connection) -> set[str]:
    return set(connection.execute(select(SETS.c.id)).scalars())


def steps_of(connection: Connection, wanted: Iterable[str]) -> tuple[list[Stored], list[Stored]]:
    """Steps and their lines, to be taken in by another copy."""
    steps: list[Stored] = []
    lines: list[Stored] = []
    for lot in in_lots(wanted):
        steps += map(dict, connection.execute(select(*_STEP).where(SETS.c.id.in_(lot))).mappings())
        asked = select(*_LINE).where(ROWS.c.set_id.in_(lot)).order_by(ROWS.c.id)
        lines += map(dict, connection.execute(asked).mappings())
    return sorted(steps, key=_rank), lines


def _rank(step: Stored) -> tuple[int, str]:
    return step["clock"], step["id"]


def unheard(_share: float) -> None: ...


@steady_memory()
def take_in(
    connection: Connection, steps: list[Stored], lines: list[Stored], arrived: str, told: Told = unheard
) -> set[Key]:
    """Unite our steps with these, which have *arrived* now; the rows that have changed. Twice changes nothing."""
    have = step_ids(connection)
    new = sorted((x for x in steps if x["id"] not in have), key=_rank)
    if not new:
        return set()
    ids = {x["id"]: n for n, x in enumerate(new)}
    own = [x for x in lines if x["set_id"] in ids]
    own.sort(key=lambda x: ids[x["set_id"]])
    many.write(connection, insert(SETS), [x | {"arrived": arrived} for x in new])
    seal(connection, list(ids))
    return _Union(connection, own, {x["id"] for x in new if x["kind"] in TAKING_BACK}, told).run()


class _Line(NamedTuple):
    """A line that has come, read once."""

    step: str
    op: str
    over: tuple[str, ...]
    before: Cells
    after: Cells


class _Union:
    def __init__(self, connection: Connection, lines: list[Stored], taking_back: set[str], told: Told) -> None:
        self._connection, self._lines, self._taking_back, self._told = connection, lines, taking_back, told
        self._by_row: dict[Key, list[_Line]] = defaultdict(list)
        for x in lines:
            tbl = x["tbl"]
            before, after = cells_of(tbl, x["before"]) or {}, cells_of(tbl, x["after"]) or {}
            self._by_row[tbl, x["row"]].append(_Line(x["set_id"], x["op"], over_of(x["over"]), before, after))
        self._tips = tips_of(connection, self._by_row)

    def run(self) -> set[Key]:
        self._write()
        self._told(0.4)
        plain = self._plain()
        changed = self._taken_over(plain)
        self._told(0.7)
        rest = self._by_row.keys() - plain.keys()
        if rest:
            changed |= Fold(self._connection, rest).run()
        self._told(1.0)
        return changed

    def _write(self) -> None:
        """Add the lines; of each row those that somebody has written over are no heads."""
        covered = {key: {step for x in lines for step in x.over} for key, lines in self._by_row.items()}
        for lot in in_lots(self._lines, _AT_ONCE):
            rows = [x | {"head": int(x["set_id"] not in covered[x["tbl"], x["row"]])} for x in lot]
            many.write(self._connection, insert(ROWS), rows)
        over = [tip.ident for key, row in self._tips.items() for tip in row if tip.step in covered[key]]
        for idents in in_lots(sorted(over)):
            self._connection.execute(update(ROWS).where(ROWS.c.id.in_(idents)).values(head=0))

    def _plain(self) -> dict[Key, list[_Line]]:
        """The rows that only they have written to since, and did not delete."""
        open_ones = open_rows(self._connection)
        found = {
            key: lines
            for key, lines in self._by_row.items()
            if key not in open_ones and self._is_simple(lines) and self._is_chain(key, lines)
        }
        deleted = ever_deleted(self._connection, found.keys() & self._tips.keys())
        named = {key: _named(key, lines) for key, lines in found.items()}
        gone = ever_deleted(self._connection, set[Key]().union(*named.values()))
        return {key: x for key, x in found.items() if key not in deleted and named[key].isdisjoint(gone)}

    def _is_simple(self, lines: list[_Line]) -> bool:
        """Whether they only make the row or change it; what was taken back may open a question again."""
        return all(x.op in "IU" and x.step not in self._taking_back for x in lines)

    def _is_chain(self, key: Key, lines: list[_Line]) -> bool:
        """Whether each line is written over the one before, and the first over all that we have of the row."""
        last = tuple(tip.step for tip in self._tips.get(key, ()))
        if len(last) > 1 or (not last and lines[0].op != "I"):
            return False
        for x in lines:
            if x.over != last:
                return False
            last = (x.step,)
        return True

    def _taken_over(self, plain: dict[Key, list[_Line]]) -> set[Key]:
        now = self._under(plain)
        wanted: dict[Key, Cells] = {}
        for key, lines in plain.items():
            wanted[key] = cells = dict(now.get(key, {}))
            for x in lines:
                lay_over(cells, x.before, x.after)
        changed = {key for key in plain if now.get(key) != wanted[key]}
        put(self._connection, now, wanted, changed)
        return changed

    def _under(self, plain: dict[Key, list[_Line]]) -> dict[Key, Cells]:
        """What stands in the tables where the lines of *plain* are written over."""
        made = {key for key, lines in plain.items() if lines[0].op == "I"}
        said = {name for key in plain.keys() - made for x in plain[key] for name in x.after}
        return standing(self._connection, made) | standing(self._connection, plain.keys() - made, said)


def _named(key: Key, lines: list[_Line]) -> set[Key]:
    """The rows that the *lines* of a row refer to, before and after."""
    refers = REFERENCES[key[0]]
    return {
        (other, cells[name])
        for x in lines
        for cells in (x.before, x.after)
        for name, other in refers
        if cells.get(name)
    }


def lay_over(cells: Cells, before: Cells, after: Cells) -> None:
    """Write what a line says over *cells*."""
    for name, value in after.items():
        if value.__class__ is dict:
            try:
                value = deltas.lay(value, cells[name], before[name])
            except (KeyError, TypeError, deltas.WrongText) as error:
                raise altered_history() from error
        cells[name] = value


def waiting(connection: Connection, steps: list[Stored], lines: list[Stored]) -> set[str]:
    """Those of the steps that speak of something which has not arrived yet: small files may come in any order."""
    by_step: dict[str, list[Stored]] = defaultdict(list)
    for x in lines:
        by_step[x["set_id"]].append(x)
    there = {x["id"] for x in steps}
    known = step_ids(connection)
    named: dict[str, set[Key]] = {
        step: {k for x in rows for k in needs((x["tbl"], x["row"]), cells_of(x["tbl"], x["after"]) or {})}
        for step, rows in by_step.items()
    }
    rows = set(writes_of(connection, set[Key]().union(*named.values())))
    while True:
        made = rows | {(x["tbl"], x["row"]) for step in there for x in by_step[step]}
        early = {
            step
            for step in there
            if any(o not in known and o not in there for x in by_step[step] for o in over_of(x["over"]))
            or not named.get(step, set()) <= made
        }
        if not early:
            return {x["id"] for x in steps} - there
        there -= early


def unite(connection: Connection, path: Path, arrived: str, told: Told = unheard) -> set[Key]:
    """Take in what the verified copy at *path* has and ours has not; the rows that have changed."""
    with opened(path, read_only=True) as engine, engine.connect() as theirs:
        contents.bring(theirs, connection)
        steps, lines = steps_of(theirs, step_ids(theirs) - step_ids(connection))
        if {x["id"] for x in steps} != {x["set_id"] for x in lines}:  # each step has done something to some row
            raise NotAPlan(_("The other copy is not whole, so nothing was taken in."))
        return take_in(connection, steps, lines, arrived, told)
