"""What was written differently in two copies and nobody has answered yet."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.differences import WORDS, BallotRow, Difference, Side, Sort, Unsettled
from planstudio.domain.words import field_word, word
from planstudio.i18n import _
from planstudio.queries.history import said_of
from planstudio.queries.telling import PAGES, Teller
from planstudio.store.fold import WHOLE
from planstudio.store.graph import RowGraph
from planstudio.store.lines import ORDER, SETS, Cells, standing, writes_of
from planstudio.store.many import in_lots
from planstudio.store.schema import JOURNALED, Person, Vote, owners_of
from planstudio.store.settling import Open, differences


def open_differences(session: Session, device: str = "") -> tuple[Difference, ...]:
    """Everything that waits for an answer, by what is answered together; *device* is the one whose steps are mine."""
    connection = session.connection()
    found = differences(connection)
    keys = {one.key for one in found}
    now = standing(connection, keys)
    graphs = {key: RowGraph(writes) for key, writes in writes_of(connection, keys).items()}
    steps = _steps(session, {step for one in found for step, _value in one.sides})
    teller = Teller(session)
    told = (
        _Telling(teller, one, now.get(one.key, {}), graphs[one.key], steps, device).difference()
        for one in found
        if one.key in graphs
    )
    return tuple(sorted(told, key=_in_order))


def _in_order(one: Difference) -> tuple[Any, ...]:
    """Page by page: what is written in the plan, then the policies, then the meetings."""
    at = PAGES.index(one.place.noun) if one.place.noun in PAGES else len(PAGES)
    return at, one.page, one.place.ident, ORDER[one.table], one.row, one.field != WHOLE, one.field


def unsettled(session: Session) -> tuple[Unsettled, ...]:
    """What printed values wait for an answer, by the page that shows them."""
    if not count_differences(session):
        return ()
    return tuple(
        Unsettled(one.place.ident, one.element if one.whole else f"{one.element}: {one.field_words}")
        for one in open_differences(session)
    )


def count_differences(session: Session) -> int:
    """How many questions are open: a motion with its votes is one."""
    open_ones = differences(session.connection())
    ballots = {one.unit for one in open_ones if one.key[0] == "vote" and one.field != WHOLE}
    others = [one for one in open_ones if one.unit not in ballots]
    placed = [one.key for one in others if one.field in owners_of(JOURNALED[one.key[0]])]
    return len(ballots) + len(others) - len(placed) + len(set(placed))


def ballot_rows(session: Session, motion_id: str) -> dict[str, BallotRow]:
    """The votes of a motion as they stand, by the row of each, in the order of names."""
    query = select(Vote.person_id, Vote.choice, Person.name).join(Person, Person.id == Vote.person_id)
    votes = session.execute(query.where(Vote.motion_id == motion_id).order_by(Person.name)).all()
    found = {json.dumps([motion_id, person]): (name, word(choice)) for person, choice, name in votes}
    graphs = writes_of(session.connection(), [("vote", row) for row in found])
    writes = {row: graphs.get(("vote", row), []) for row in found}
    alone = {row: some[0].step for row, some in writes.items() if len(some) == 1 and some[0].op == "I"}
    return {row: BallotRow(*said, alone.get(row, "")) for row, said in found.items()}


def _steps(session: Session, ids: set[str]) -> dict[str, Any]:
    steps = select(SETS.c.id, SETS.c.author, SETS.c.at, SETS.c.device)
    lots = in_lots(sorted(ids))
    return {row.id: row for lot in lots for row in session.execute(steps.where(SETS.c.id.in_(lot)))}


class _Telling:
    """One open cell in words."""

    def __init__(
        self, teller: Teller, one: Open, now: Cells, graph: RowGraph, steps: dict[str, Any], device: str
    ) -> None:  # fmt: skip
        self._teller, self._one, self._now, self._graph = teller, one, now, graph
        self._steps, self._device = steps, device
        self._tbl = one.key[0]

    def difference(self) -> Difference:
        one, tbl = self._one, self._tbl
        whole = one.field == WHOLE
        sides = tuple(self._side(step, value) for step, value in one.sides)
        if whole:
            sides = tuple(sorted(sides, key=lambda side: side.gone))  # what is shown comes first
        found = None if whole else self._found()
        sort = Sort.ELEMENT if whole else self._teller.sort(tbl, one.field)
        place, page = self._teller.place(tbl, one.key[1], self._now)
        part = self._teller.part(tbl, self._now)
        return Difference(
            one.unit, tbl, one.key[1], one.field, self._teller.element(tbl, self._now),
            _("all of it") if whole else field_word(tbl, one.field),
            "" if whole or found is None else self._words(found),
            sides, sort in WORDS, sort, found, self._teller.name(tbl, self._now), place, page, part,
            () if whole else self._teller.options(tbl, one.field), self._teller.unit(tbl, one.field, self._now),
            f"{tbl}:{one.key[1]}:owner" if one.field in owners_of(JOURNALED[tbl]) else "",
        )  # fmt: skip

    def _side(self, step: str, value: Any) -> Side:
        whole = self._one.field == WHOLE
        if whole:
            words = _("deleted") if step else self._teller.name(self._tbl, self._now) or _("kept")
        else:
            words = self._words(value)
        author, at, mine = self._keeper() if whole and not step else self._writer(self._steps.get(step))
        return Side(step, author, at, words, value, mine, whole and bool(step), self._beside(step))

    def _keeper(self) -> tuple[str, datetime | None, bool]:
        """Who wrote to the element last, not knowing that it was deleted."""
        deletions = {step for step, _value in self._one.sides}
        others = [x for x in self._graph.heads if x.op != "D" and x.step not in deletions]
        found = _steps(self._teller.session, {others[-1].step}) if others else {}
        if not found:
            return "", None, not any(self._writer(self._steps.get(step))[2] for step in deletions)
        (made,) = found.values()
        return self._writer(made)

    def _writer(self, made: Any) -> tuple[str, datetime | None, bool]:
        """Who took a step and when, and whether that was here."""
        if not made:
            return "", None, False
        return made.author, datetime.fromisoformat(made.at), made.device == self._device

    def _words(self, value: Any) -> str:
        tbl, field = self._tbl, self._one.field
        sort = self._teller.sort(tbl, field)
        if sort in WORDS:
            return said_of(self._teller.session, tbl, field, value)
        return self._teller.value(tbl, self._one.key[1], field, value, self._now)

    def _beside(self, step: str) -> str:
        """The source of a figure, as that side had it."""
        if self._tbl != "observation" or self._one.field != "value" or step not in self._graph:
            return ""
        said = self._graph[step].said.get("source", self._now.get("source"))
        return str(said) if said else _("no source written")

    def _found(self) -> Any:
        """What both sides found: the last value that each of them knew."""
        field, graph = self._one.field, self._graph
        sides = [graph[step] for step, _value in self._one.sides if step in graph]
        known = [
            x for x in graph.writes
            if field in x.said and all(x is not side and graph.knows(side, x) for side in sides)
        ]  # fmt: skip
        if known:
            return known[-1].said[field]
        befores = [side.before[field] for side in sides if side.before and field in side.before]
        return befores[0] if befores and all(value == befores[0] for value in befores) else None
