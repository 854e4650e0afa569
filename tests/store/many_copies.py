"""Several people with a copy each, who meet now and then: what each of them wrote, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, select

from factories import one_of_everything, prepared, reopen
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.kinds import Choice
from planstudio.operations import meetings
from planstudio.store import contents
from planstudio.store.becoming import become, everything
from planstudio.store.engine import open_engine
from planstudio.store.fold import OPEN, WHOLE, stands_in
from planstudio.store.layout import lay_out
from planstudio.store.lines import SETS, Cells, Key
from planstudio.store.settling import Answer, differences
from planstudio.store.union import step_ids, steps_of, take_in
from planstudio.workspace import Workspace
from store.random_session import gesture

State = dict[Key, Cells]
NOW = "2026-11-30T12:00:00.000+00:00"


@dataclass
class Word:
    """What somebody wrote: a cell's value, or with the field "*" that a row is gone."""

    step: str
    knew: frozenset[str]  # the steps that its writer had
    key: Key
    field: str
    value: Any
    meant: bool  # false for what undo and redo put back
    held: tuple[Key, ...] = ()  # what a row that is gone stood in


class Copies:
    """Copies of one plan; `words` is everything that was written in any of them."""

    def __init__(self, folder: Path, people: tuple[str, ...] = ("Ann", "Bo", "Cy")) -> None:
        first, self.names = prepared(one_of_everything, folder / "first.planstudio", folder / "data")
        first.close()
        bytes_ = (folder / "first.planstudio").read_bytes()
        self.all: list[Workspace] = []
        for name in people:
            path = folder / f"{name}.planstudio"
            path.write_bytes(bytes_)
            self.all.append(reopen(path, folder / name, device=name, author=name))
        self.words: list[Word] = []
        self._seen = {w.author: w.ask(lambda s: dict(everything(s.connection()))) for w in self.all}
        self._ever = set(self._seen[people[0]])
        self._answered: list[tuple[Key, str]] = []  # what the gesture under way has settled, be it as it stood

    def close(self) -> None:
        for workspace in self.all:
            workspace.close()

    # Writing.

    def session(self, chance: Random, gestures: int) -> None:
        """Somebody writes for a while."""
        workspace = chance.choice(self.all)
        for _n in range(gestures):
            before, knew = self._seen[workspace.author], frozenset(steps(workspace))
            kind = self._gesture(workspace, chance)
            self.note(workspace, before, knew, meant=kind != "undo")

    def note(self, workspace: Workspace, before: State, knew: frozenset[str], *, meant: bool = True) -> None:
        after = state(workspace)
        made = sorted(steps(workspace) - knew)
        self._seen[workspace.author] = after
        again = [(key, field, after.get(key, {}).get(field)) for key, field in self._answered]
        self._answered = []
        step = made[-1] if made else ""
        taken = workspace.ask(lambda s: s.scalar(select(SETS.c.target).where(SETS.c.id == step)))
        for word in self.words:
            if word.step == taken:
                word.meant = False  # who wrote it took it back
        for key, field, value in changed(before, after):
            back = key not in before and key in self._ever  # it is said to be there again, not what stands in it
            held = tuple(above(key, before[key], before)) if field == WHOLE else ()
            self.words.append(Word(step, knew, key, field, value, meant and not back, held))
        self._ever |= after.keys()
        self.words += (Word(step, knew, *one, meant and one[1] != WHOLE) for one in again)

    def _gesture(self, workspace: Workspace, chance: Random) -> str:
        lot = chance.random()
        try:
            if lot < 0.12:
                workspace.undo() if chance.random() < 0.6 else workspace.redo()
                return "undo"
            if lot < 0.18:
                self._restore(workspace, chance)
            elif lot < 0.3:
                self._settle(workspace, chance)
            elif lot < 0.36:
                self._vote(workspace, chance)
            else:
                gesture(workspace, chance)
        except PlanStudioError:
            return "refused"
        return "edit"

    def _restore(self, workspace: Workspace, chance: Random) -> None:
        last = max(workspace.ask(lambda s: s.scalars(select(SETS.c.seq)).all()))
        then = workspace.ask_at(max(1, last - chance.randrange(6)), lambda s: dict(everything(s.connection())))
        workspace.do("Restore", lambda session: become(session, then))

    def _settle(self, workspace: Workspace, chance: Random) -> None:
        found = workspace.ask(lambda s: differences(s.connection()))
        if found:
            one = chance.choice(found)
            workspace.settle([Answer(one.unit, chance.choice(one.sides)[0])])
            self._answered = [(x.key, x.field) for x in found if x.unit == one.unit]

    def _vote(self, workspace: Workspace, chance: Random) -> None:
        voter = next((row["person_id"] for key, row in state(workspace).items() if key[0] == "vote"), None)
        if voter:
            workspace.do("Vote", meetings.record_votes, self.names.motion, {voter: chance.choice(list(Choice))})

    # Meeting.

    def bring(self, into: Workspace, other: Workspace) -> None:
        """*into* takes in what *other* has."""
        have = steps(into)
        missing = steps(other) - have
        made, lines = other.ask(lambda s: steps_of(s.connection(), missing))

        def unite(session: Any) -> None:
            other.ask(lambda s: contents.bring(s.connection(), session.connection()))
            take_in(session.connection(), made, lines, NOW)

        into._transact(unite)
        into._typing = None
        self._seen[into.author] = state(into)

    def meet(self, chance: Random) -> None:
        """Everybody comes to have everything, over roads drawn by lot."""
        while len({frozenset(steps(w)) for w in self.all}) > 1:
            into, other = chance.sample(self.all, 2)
            self.bring(into, other)

    # What became of it.

    def lost(self) -> list[Word]:
        """What somebody wrote that neither stands, nor was changed by somebody who knew it, nor is listed."""
        result, open_ones = state(self.all[0]), listed(self.all[0])
        by_key: dict[Key, list[Word]] = {}
        for word in self.words:
            by_key.setdefault(word.key, []).append(word)
        return [w for w in self.words if w.meant and not self._accounted(w, result, open_ones, by_key)]

    def _accounted(
        self, word: Word, result: State, open_ones: dict[tuple[Key, str], list[Any]], by_key: dict[Key, list[Word]]
    ) -> bool:  # fmt: skip
        cells = result.get(word.key)
        if word.field == WHOLE:
            if cells is None:
                return True
        elif cells is not None and cells.get(word.field) == word.value:
            return True
        later = (other for other in by_key[word.key] if word.step in other.knew or not word.step)
        if any(other.field in (word.field, WHOLE) or word.field == WHOLE for other in later):
            return True
        if word.value in open_ones.get((word.key, word.field), ()):
            return True
        held = {*above(word.key, cells or {}, result), *word.held}  # else it may have been moved elsewhere meanwhile
        answers = (other for key in held for other in by_key.get(key, ()) if other.field == WHOLE)
        if word.field == WHOLE and any(word.step in other.knew for other in answers):
            return True  # the element that it went with was said to stay
        return any((key, WHOLE) in open_ones for key in held)


def above(key: Key, cells: Cells, result: State) -> Iterator[Key]:
    """A row, and what it stands in or refers to."""
    yield key
    for name, other in stands_in(key[0]):
        if cells.get(name):
            up = (other, str(cells[name]))
            yield from above(up, result.get(up, {}), result)


def changed(before: State, after: State) -> Iterator[tuple[Key, str, Any]]:
    for key, row in after.items():
        old = before.get(key, {})
        yield from ((key, name, value) for name, value in row.items() if name not in old or old[name] != value)
    yield from ((key, WHOLE, None) for key in before.keys() - after.keys())


def state(workspace: Workspace) -> State:
    return workspace.ask(lambda s: dict(everything(s.connection())))


def steps(workspace: Workspace) -> set[str]:
    return workspace.ask(lambda s: step_ids(s.connection()))


def listed(workspace: Workspace) -> dict[tuple[Key, str], list[Any]]:
    found = workspace.ask(lambda s: differences(s.connection()))
    return {(one.key, one.field): [value for _step, value in one.sides] for one in found}


def questions(connection: Connection) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(select(OPEN))}


def fresh(workspace: Workspace) -> tuple[State, set[tuple[Any, ...]], list[Any]]:
    """A new copy that takes the whole set in at once: its rows, its questions, and rows that refer to nothing."""
    made, lines = workspace.ask(lambda s: steps_of(s.connection(), step_ids(s.connection())))
    engine = open_engine(":memory:")
    with engine.begin() as connection:
        lay_out(connection)
        workspace.ask(lambda s: contents.bring(s.connection(), connection))
        take_in(connection, made, lines, NOW)
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        found = dict(everything(connection)), questions(connection), list(loose)
    engine.dispose()
    return found
