"""What people who did not know of each other wrote differently, answered: a step like any other.

What is kept is said again, over all that was written: so the answer travels,
closes the question on every copy, and opens it again where it is taken back.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from planstudio.domain.differences import Answer
from planstudio.domain.errors import NotFound
from planstudio.i18n import _
from planstudio.store import journal
from planstudio.store.applying import apply
from planstudio.store.fold import OPEN, UNITS, WHOLE, unit_of
from planstudio.store.graph import RowGraph
from planstudio.store.lines import Cells, Key, Line, Write, key_values, lines_of, standing, writes_of
from planstudio.store.schema import JOURNALED, MODELS

KEEP = ""  # the side that keeps an element which the other has deleted


@dataclass(frozen=True)
class Open:
    """One cell that is open, or "*" for whether the row is there: [step, value] for each side, the shown one first."""

    key: Key
    field: str
    unit: str
    sides: tuple[tuple[str, Any], ...]


def differences(connection: Connection) -> list[Open]:
    """What waits for an answer; what another program wrote into the list is left out, for a fold finds it anew."""
    found = connection.execute(select(OPEN).order_by(OPEN.c.unit, OPEN.c.tbl, OPEN.c.row, OPEN.c.field))
    return [one for x in found if (one := _open(x)) is not None]


def _open(x: Any) -> Open | None:
    try:
        sides = tuple((str(step), value) for step, value in json.loads(x.sides))
    except (TypeError, ValueError):
        return None
    if not sides or (x.field != WHOLE and x.field not in JOURNALED[x.tbl].c):
        return None
    return Open((x.tbl, x.row), x.field, x.unit, sides)


def settle(session: Session, answers: Sequence[Answer]) -> None:
    """Carry the *answers* out as the step under way; NotFound where one of them is settled already."""
    for answer in sorted(answers, key=lambda answer: answer.field != WHOLE):  # what goes takes its cells along
        session.flush()
        _Settling(session, answer).run()


class _Settling:
    def __init__(self, session: Session, answer: Answer) -> None:
        self._session, self._answer = session, answer
        self._connection = session.connection()
        open_ones = [x for x in differences(self._connection) if x.unit == answer.unit]
        if answer.key is not None:
            open_ones = [x for x in open_ones if x.key == answer.key and x.field in (answer.field, *answer.more)]
        if not open_ones:
            raise NotFound(_("This difference has been settled already."))
        self._open = open_ones

    def run(self) -> None:
        for one in (x for x in self._open if x.field == WHOLE):
            if one.sides[0][0] in self._answer.steps:
                self._delete(one.key)
            else:
                self._keep(one.sides[0][0])
        cells = [x for x in self._open if x.field != WHOLE]
        for key in dict.fromkeys(one.key for one in cells):
            self._say(key, {one.field: self._value(one) for one in cells if one.key == key})
        if self._answer.unit.startswith("motion:") and self._answer.key is None:
            self._take_back_the_rest(cells)
        self._session.expire_all()

    def _value(self, one: Open) -> Any:
        if (one.key, one.field) == (self._answer.key, self._answer.field) and self._answer.third is not None:
            return self._answer.third
        said = dict(one.sides)
        return next((said[step] for step in self._answer.steps if step in said), one.sides[0][1])

    def _say(self, key: Key, cells: Cells) -> None:
        """Say cells of a row, even where they stay as they are."""
        step: journal.Step = self._session.info["step"]
        now = standing(self._connection, [key]).get(key)
        if now is None:
            if key in step.lines:
                return  # it went with an element that another answer of this step has deleted
            raise NotFound(_("The element has been deleted meanwhile."))
        changed = {name: value for name, value in cells.items() if now[name] != value}
        if changed:
            self._do(Line(*key, "U", {name: now[name] for name in changed}, changed))
        step.restated.setdefault(key, set()).update(cells)

    def _do(self, line: Line) -> None:
        apply(self._connection, [line])
        journal.note(self._session, [line])

    def _delete(self, key: Key) -> None:
        """A row with all that stands in it."""
        values = key_values(JOURNALED[key[0]], key[1])
        row = self._session.get(MODELS[key[0]], values[0] if len(values) == 1 else tuple(values))
        if row is not None:
            self._session.delete(row)
            self._session.flush()

    def _keep(self, deletion: str) -> None:
        """All that went with the element stays."""
        now = standing(self._connection, [x.key for x in lines_of(self._connection, deletion) if x.op == "D"])
        for key, writes in writes_of(self._connection, now).items():
            if any(head.op == "D" for head in RowGraph(writes).heads):
                journal.note(self._session, [Line(*key, "R", now[key], {})])

    def _take_back_the_rest(self, cells: list[Open]) -> None:
        """What only the others said of the same motion: its votes and its result go together."""
        losers = {step for x in cells for step, _value in x.sides} - set(self._answer.steps)
        answered = {(x.key, x.field) for x in cells}
        for step in losers:
            for x in lines_of(self._connection, step):
                if x.tbl in UNITS:
                    self._take_back(x, answered)

    def _take_back(self, x: Write, answered: set[tuple[Key, str]]) -> None:
        key, own, before = x.key, [x.step], x.before or {}
        graph = RowGraph(writes_of(self._connection, [key])[key])
        if unit_of(*key, graph.cells()) != self._answer.unit:
            return
        if x.op == "I":
            if not any(one == key for one, _field in answered) and [h.step for h in graph.heads] == own:
                self._delete(key)
            return
        alone = [n for n in x.said if (key, n) not in answered and [w.step for w in graph.writers(n)] == own]
        now = standing(self._connection, [key]).get(key)
        if alone and now is not None:
            self._do(Line(*key, "U", {n: now[n] for n in alone}, {n: before[n] for n in alone}))
