"""Operations as steps of a plan that is open: all of one or none of it, undone and done again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from planstudio.domain.changes import Change, Done, UndoState
from planstudio.domain.clock import Clock
from planstudio.domain.differences import Answer
from planstudio.domain.errors import ReadOnly
from planstudio.domain.outline import Hit
from planstudio.i18n import _, ngettext
from planstudio.operations.record import guard
from planstudio.operations.settling import settle_differences
from planstudio.store import journal
from planstudio.store.search import SearchIndex
from planstudio.store.stacks import Stacks
from planstudio.store.taking_back import take_back
from planstudio.workspace.reading import Operation, P, Reader, T, plainly

TYPING_SECONDS = 30.0


class Doer(Reader):
    """Runs operations and queries against one live database."""

    def __init__(self, *, device: str, author: str, clock: Clock | None, read_only: bool, secret: bool) -> None:
        self.device = device  # by which this copy knows its own steps
        self.author = author
        self.clock = clock or Clock()
        self.read_only = read_only
        self._stacks = Stacks(device)
        self._index = SearchIndex(secret=secret)
        self._gate = threading.Lock()
        self._copying = 0  # copies of the working copy under way
        self._typing: tuple[str, str, float] | None = None  # merge key, change set, when

    def do(self, label: str, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        """Run *operation* as one undoable step, all of it or none of it."""
        return self._step(label, lambda session: operation(session, *args, **kwargs))

    def type(self, key: str, label: str, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        """As do(), but what is typed under the same *key* within half a minute is one step."""
        with self._gate:
            known = self._typing
            set_id = known[1] if known and known[0] == key and time.monotonic() - known[2] < TYPING_SECONDS else None
            return self._step(label, lambda session: operation(session, *args, **kwargs), set_id=set_id, key=key)

    def start_plan(self, label: str, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        """As do(), for the step a file begins with: undo stops before it, for there is nothing behind it."""
        return self._step(label, lambda session: operation(session, *args, **kwargs), kind="new")

    def bring_in(self, label: str, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        """As do(), for an import: the journal says so."""
        return self._step(label, lambda session: operation(session, *args, **kwargs), kind="import")

    def settle(self, answers: Sequence[Answer]) -> Change:
        """Answer what two copies wrote differently, as one step; InvalidInput for a third value that cannot stand."""
        n = len({(answer.unit, answer.key, answer.field) for answer in answers})
        label = ngettext("Settle a difference", "Settle {n} differences", n).format(n=n)
        return self._step(label, lambda session: settle_differences(session, answers), kind="settle")

    def undo(self) -> Change | None:
        return self._replay("undo")

    def redo(self) -> Change | None:
        return self._replay("redo")

    def undo_state(self) -> UndoState:
        self._catch_up()
        return self._stacks.state()

    def find(self, words: str, plan_id: str | None = None) -> tuple[Hit, ...]:
        """Where *words* stand in the file, best first; places in another plan than *plan_id* name theirs."""
        from planstudio.queries.search import find

        return self.ask(find, self._index, words, plan_id)

    # Transactions.

    def _step(
        self,
        label: str,
        work: Callable[[Session], T],
        *,
        kind: str = "edit",
        target: str | None = None,
        set_id: str | None = None,
        key: str = "",
    ) -> Done[T]:
        self._refuse_read_only()
        step = journal.Step(label, self.author, self.device, self._now(), kind, target, set_id)

        def run(session: Session) -> Done[T]:
            session.info["step"] = step
            if kind == "edit":
                guard(session)
            answer = work(session)
            return Done(label, journal.end_step(session).touched, answer=answer)

        change = self._transact(run)
        self._index.touch(change.touched)
        if not key or self._copying:
            self._typing = None
        elif step.set_id is not None and change.touched:
            self._typing = (key, step.set_id, time.monotonic())
        return change

    def _now(self) -> str:
        return self.clock.now().isoformat(timespec="milliseconds")

    def _replay(self, kind: str) -> Change | None:
        self._catch_up()
        found = self._stacks.next(kind)
        if found is None:
            return None
        step, label = found
        return self._step(label, lambda session: take_back(session, step), kind=kind, target=step)

    def _catch_up(self) -> None:
        with plainly(), self._engine.execution_options(reading=True).connect() as connection:
            self._stacks.catch_up(connection)

    def _transact(self, work: Callable[[Session], T]) -> T:
        session = Session(self._engine, expire_on_commit=False)
        try:
            with plainly(), session.begin():
                return work(session)
        finally:
            with suppress(DatabaseError):
                session.close()

    @contextmanager
    def _closed_step(self) -> Iterator[None]:
        """A step that others may see in a copy is not added to any more, however long the copy takes."""
        with self._gate:
            self._typing = None
            self._copying += 1
        try:
            with plainly():
                yield
        finally:
            self._copying -= 1

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise ReadOnly(_("This plan is open for reading only. Save a copy to change it."))

    def _united(self, touched: set[tuple[str, str]]) -> Change:
        """What came from others stands in the tables now."""
        self._index.touch(touched)
        self._typing = None
        return Change(_("Put both copies together"), frozenset(touched))

    def _begin_anew(self) -> None:
        """Another database has taken the place of the one before."""
        self._stacks = Stacks(self.device)
        self._typing = None
