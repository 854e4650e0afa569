"""An open plan: the one place that begins and ends transactions."""

from __future__ import annotations

import sqlite3
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from planstudio.domain.changes import Change, Done, UndoState
from planstudio.domain.clock import Clock
from planstudio.domain.differences import Answer
from planstudio.domain.errors import EditConflict, ReadOnly, StoreUnavailable, another_writes
from planstudio.domain.files import BackupRow, CopyCounts, FileState, Finding, OpenElsewhere, Upkeep
from planstudio.domain.kinds import Access
from planstudio.domain.outline import Hit
from planstudio.i18n import _, ngettext
from planstudio.operations.record import guard
from planstudio.operations.settling import settle_differences
from planstudio.store import doors, journal
from planstudio.store.another_copy import counts, unite_copy
from planstudio.store.apart import MANY
from planstudio.store.apart import Apart as Apart
from planstudio.store.asof import engine_as_of, sequence_at
from planstudio.store.becoming import become_file
from planstudio.store.clean_copy import engine_for
from planstudio.store.contents import known
from planstudio.store.document import Document
from planstudio.store.engine import open_engine
from planstudio.store.search import SearchIndex
from planstudio.store.stacks import Stacks
from planstudio.store.taking_back import take_back

P = ParamSpec("P")
T = TypeVar("T")
Operation: TypeAlias = Callable[Concatenate[Session, P], T]  # of a session and what it needs: a verb or a question
TYPING_SECONDS = 30.0
PATIENCE = 60.0  # seconds in which others may be faster


class Reader(ABC):
    """Answers questions about a plan as it is and as it was."""

    clock: Clock

    @property
    @abstractmethod
    def _engine(self) -> Engine: ...

    @abstractmethod
    def snapshot(self, step: int | None) -> PlanSnapshot:
        """The plan after a step of its history, now for None, as a copy that a job may ask; close it."""

    def ask(self, query: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer *query* with plain values; nothing it changes is kept."""
        with _plainly(), Session(self._engine.execution_options(reading=True)) as session:
            return query(session, *args, **kwargs)

    def ask_as_of(self, moment: datetime, query: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer *query* as it would have been answered at *moment*."""
        with _plainly(), self._engine.execution_options(reading=True).connect() as connection:
            step = sequence_at(connection, moment)
        return self.ask_at(step, query, *args, **kwargs)

    def ask_at(self, step: int, query: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer *query* as it would have been answered after the step *step* of the history."""
        with closing(self.snapshot(step)) as then:
            return then.ask(query, *args, **kwargs)


class Workspace(Reader):
    """Runs operations and queries against one document."""

    def __init__(self, document: Document, *, device: str, author: str = "", clock: Clock | None = None) -> None:
        self._document = document
        self._device = device
        self.author = author
        self.clock = clock or Clock()
        self._stacks = Stacks(device)
        self._index = SearchIndex(secret=document.secret)
        self._gate = threading.Lock()
        self._file = threading.RLock()  # one at a time writes, reads or replaces files
        self._copying = 0  # copies of the working copy under way
        self._typing: tuple[str, str, float] | None = None  # merge key, change set, when

    # Doing and asking.

    def do(
        self,
        label: str,
        operation: Operation[P, T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done[T]:
        """Run *operation* as one undoable step, all of it or none of it."""
        return self._step(label, lambda session: operation(session, *args, **kwargs))

    def type(
        self,
        key: str,
        label: str,
        operation: Operation[P, T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done[T]:
        """As do(), but what is typed under the same *key* within half a minute is one step."""
        with self._gate:
            known = self._typing
            same = known and known[0] == key and time.monotonic() - known[2] < TYPING_SECONDS
            set_id = known[1] if known and same else None
            return self._step(label, lambda session: operation(session, *args, **kwargs), set_id=set_id, key=key)

    def start_plan(
        self,
        label: str,
        operation: Operation[P, T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done[T]:
        """As do(), for the step a file begins with: undo stops before it, for there is nothing behind it."""
        return self._step(label, lambda session: operation(session, *args, **kwargs), kind="new")

    def bring_in(
        self,
        label: str,
        operation: Operation[P, T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done[T]:
        """As do(), for an import: the journal says so."""
        return self._step(label, lambda session: operation(session, *args, **kwargs), kind="import")

    def settle(self, answers: Sequence[Answer]) -> Change:
        """Answer what two copies wrote differently, as one step; InvalidInput for a third value that cannot stand."""
        n = len({(answer.unit, answer.key, answer.field) for answer in answers})
        label = ngettext("Settle a difference", "Settle {n} differences", n).format(n=n)
        return self._step(label, lambda session: settle_differences(session, answers), kind="settle")

    @property
    def device(self) -> str:
        """By which this copy knows its own steps."""
        return self._device

    @property
    def _engine(self) -> Engine:
        return self._document.engine

    def snapshot(self, step: int | None) -> PlanSnapshot:
        """As Reader says, over a connection of its own: any thread may make the copy, while another one writes."""
        engine = open_engine(self._document.working_copy, read_only=True, known=known(self._document.contents))
        try:
            return _snapshot(engine, step, self.clock)
        finally:
            engine.dispose()

    def find(self, words: str, plan_id: str | None = None) -> tuple[Hit, ...]:
        """Where *words* stand in the file, best first; places in another plan than *plan_id* name theirs."""
        from planstudio.queries.search import find

        return self.ask(find, self._index, words, plan_id)

    def read_words(self) -> None:
        """Read the plan for find(), so that the first question is answered at once; for a job."""
        engine = open_engine(self._document.working_copy, read_only=True)
        try:
            with _plainly():
                self._index.build(engine)
        finally:
            engine.dispose()

    def undo(self) -> Change | None:
        return self._replay("undo")

    def redo(self) -> Change | None:
        return self._replay("redo")

    def undo_state(self) -> UndoState:
        self._catch_up()
        return self._stacks.state()

    # The file.

    @property
    def path(self) -> Path:
        return self._document.path

    @property
    def read_only(self) -> bool:
        return self._document.read_only

    @property
    def recovered(self) -> int:
        """Steps that the file did not have when it was opened: a crash or an unplugged folder."""
        return self._document.recovered

    @property
    def former(self) -> Path | None:
        """Where the work is kept that another plan has replaced since it was last open here."""
        return self._document.former

    @property
    def file_state(self) -> FileState:
        """How the file stood when it was looked at last."""
        return self._document.peer.state

    def look_again(self) -> FileState:
        """How the file stands now; any thread may look."""
        with _plainly():
            return self._document.peer.look_again()

    def has_new(self) -> bool:
        """Whether the file, or a copy beside it, holds what this plan has not; after a look."""
        return not self.read_only and self._document.peer.has_new()

    @property
    def waiting(self) -> int:
        """How many steps the file did not have when it was looked at."""
        return self._document.peer.waiting()

    @property
    def common_step(self) -> int:
        """The last step of this copy before the first that the file lacks; 0 where it lacks none."""
        return self._document.peer.common

    @property
    def file_is_whole(self) -> bool:
        """Whether the file itself has all that we have: a heavy plan may be saved beside it."""
        return self._document.peer.file_is_whole

    @property
    def elsewhere(self) -> OpenElsewhere | None:
        return self._document.elsewhere

    @property
    def dirty(self) -> bool:
        with _plainly():
            return self._document.dirty

    @property
    def writing(self) -> bool:
        """Whether a file is being written, so that whoever wants one now would wait."""
        free = self._file.acquire(blocking=False)
        if free:
            self._file.release()
        return not free

    def publish(self, *, anew: bool = True, whole: bool = True) -> Change | None:
        """Write the plan to its file, together with what others put there meanwhile; what was taken in.

        *anew* writes a file that is gone; *whole* as write_file() has it.
        """
        peer, merged, beaten = self._document.peer, None, False
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with peer.held() if beaten else nullcontext():
                merged = self.merge_foreign() or merged
                if self.write_file(anew=anew, whole=whole):
                    found = self.merge_foreign()  # what somebody had put there in the moment before: it goes in, too
                    if found is None:
                        return merged
                    merged = found
            beaten = True
        raise another_writes(self.path)

    def alone(self) -> AbstractContextManager[None]:
        """Keep the others out for what follows: for who has been beaten once, and would write a large plan in vain."""
        return self._document.peer.held()

    def merge_foreign(self, *, look: bool = True) -> Change | None:
        """Take in what another copy has put into the file; None when there is nothing.

        Without a *look* only what the last one found: for a window, which waits for no share.
        """
        with self._file, _plainly():
            peer = self._document.peer
            if self.read_only:
                return None
            if look:
                peer.look_again()
            if not peer.has_new():
                return None
            before = peer.count
            touched = self._transact(lambda session: peer.take_in(session.connection(), self._now()))
            peer.taken_in()
            peer.look_again()
            return self._united(touched) if peer.count > before else None  # else it waits for what it speaks of

    @property
    def much_is_new(self) -> bool:
        """Whether the last look found so many steps of others that taking them in is a job's work."""
        return not self.read_only and self._document.peer.state.new > MANY

    def unite_apart(self, told: Callable[[float], None]) -> Apart:
        """What others have put into the file, taken in in a copy while somebody types; for a job.

        *told* hears the share that is done; what it raises stops the work, and nothing has changed.
        """
        return self._document.unite_apart(self._now(), told)

    def take_over(self, made: Apart) -> Change:
        """Go on in what unite_apart() has made, with what was typed meanwhile."""
        with self._file, self._closed_step():
            self._document.take_over(made, self._now())
        self._stacks = Stacks(self._device)
        return self._united(made.touched)

    def _united(self, touched: set[tuple[str, str]]) -> Change:
        self._index.touch(touched)
        self._typing = None
        return Change(_("Put both copies together"), frozenset(touched))

    def write_file(self, *, anew: bool = True, whole: bool = True) -> bool:
        """Replace the document, safe in a thread of its own; False where somebody was faster.

        Not *whole*: of a heavy plan the new steps alone are laid beside it, and its file waits.
        """
        with self._file, self._closed_step():
            return self._document.publish(self.clock.now(), anew=anew, whole=whole)

    def save_copy(self, target: Path) -> None:
        with self._file, self._closed_step():
            self._document.save_copy(target)

    def one_file(self, target: Path) -> None:
        """The whole plan with all its files as one file, to be sent; what comes back can be merged."""
        with self._file, self._closed_step():
            self._document.one_file(target)

    @property
    def places(self) -> list[Path]:
        """Where others change something that concerns this plan: its file, and the folders as far as they are known."""
        contents = self._document.contents
        folder = contents.beside.known if contents is not None else None
        beside = [folder, folder / "steps", folder / "contents"] if folder is not None else []
        return [self.path, self.path.parent, *beside]

    @property
    def files_folder(self) -> Path | None:
        """The folder beside the plan that its files are kept in, if there is one. For a job: it waits for a share."""
        return self._document.files_folder

    def gather(self, told: Callable[[float], bool] = lambda _share: True) -> int:
        """Bring the files that lie beside the plan to this computer; how many came. For a job: it waits for a share.

        *told* hears the share that is done; False stops it.
        """
        return self._document.gather(told)

    @property
    def care_is_due(self) -> bool:
        """Whether the attached files of this plan have not been looked after for a week."""
        return self._document.care_is_due(self.clock.now())

    def look_after(self, told: Callable[[float], bool] = lambda _share: True) -> Upkeep | None:
        """Verify and thin this computer's store of attached files; None where *told* has stopped it.

        For a job: it reads every file, and waits for a share.
        """
        return self._document.look_after(self.clock.now(), told)

    def clean_copy(self, target: Path, audience: Access = Access.PUBLIC) -> None:
        """What of the plan is given to *audience*, as a plan of its own."""
        with self._file, self._closed_step():
            self._document.clean_copy(target, audience)

    def snapshot_for(self, audience: Access) -> PlanSnapshot:
        """The plan as *audience* gets it, as a copy that a job may ask; close it."""
        with _plainly():
            document = self._document
            engine = engine_for(document.working_copy, audience, document.contents, with_files=True)
            return PlanSnapshot(engine, self.clock)

    def backups(self) -> tuple[BackupRow, ...]:
        return self._document.backups()

    def back_up(self) -> None:
        with self._file, self._closed_step():
            self._document.back_up(self.clock.now())

    def restore(self, name: str, *, much: bool = True) -> Change:
        """Have the backup called *name* as the plan: a step like any other, where it is a state of this plan.

        TakesMuch where more than a third of the plan would go, unless it may be *much*.
        """
        with self._file:
            chosen = self._document.chosen(name, self.clock.now())
            try:
                if self._document.is_of(chosen):
                    return self._become(_("Restore a backup"), chosen, much=much)
                self._document.become(chosen)
            finally:
                chosen.unlink(missing_ok=True)
        self._stacks = Stacks(self._device)
        self._index.forget()
        self._typing = None
        return Change(_("Restore a backup"), frozenset(), whole=True)

    def take_older(self, *, much: bool = True) -> Change:
        """Make the plan what stands in its file, which lacks some of our steps: a step like any other."""
        with self._file:
            copy = self._document.theirs()
            try:
                return self._become(_("Take the older state of the file"), copy, much=much)
            finally:
                copy.unlink(missing_ok=True)

    def _become(self, label: str, path: Path, *, much: bool) -> Change:
        return self._step(label, lambda session: become_file(session, path, much=much), kind="restore")

    # Another copy of it, brought by hand.

    def copy_counts(self, path: Path) -> CopyCounts:
        """What the plan and its copy at *path* have; NotAPlan where that is another plan."""
        with self._file, self._document.another_copy(path) as copy:
            return self.ask(lambda session: counts(session.connection(), copy))

    def merge_copy(self, path: Path, *, much: bool = False) -> Change | None:
        """Unite the plan with its copy at *path*, which stays as it is; both are put among the backups first.

        None when it has nothing new. TakesMuch, and nothing is changed, where more than a third of the plan would
        go and nobody has said that it may be *much*.
        """
        if self.read_only:
            raise ReadOnly(_("This plan is open for reading only. Save a copy to change it."))
        with self._file, self._document.another_copy(path) as copy:
            if not self.ask(lambda session: counts(session.connection(), copy)).only_there:
                return None
            with self._closed_step():
                self._document.back_up(self.clock.now())
            self._document.keep_copy(copy, path.name)
            touched = self._transact(lambda s: unite_copy(s.connection(), copy, self._now(), much=much))
            return self._united(touched)

    def find_moved(self) -> Path | None:
        """Where the file of this plan lies, when it is no longer in its place: near it, under any name."""
        return self._document.peer.find_moved()

    def is_of(self, path: Path) -> bool:
        """Whether the file at *path* is this plan."""
        return self._document.is_of(path)

    def check(self) -> tuple[Finding, ...]:
        """What a thorough check of rows, structure and history finds."""
        from planstudio.store.check import findings

        return findings(self._engine)

    def close(self) -> None:
        with self._file:
            self._document.close()
            self._index.close()

    # Under a password.

    @property
    def secret(self) -> bool:
        """Whether the plan is under a password: nothing of it may stand in the clear on a disk."""
        return self._document.secret

    @property
    def recovery_key(self) -> str:
        """What opens the plan when its password is forgotten, as it is printed."""
        key = self._document.key
        return key.words if key is not None else ""

    def forget_other_keys(self) -> None:
        """Let go of the passwords of other plans."""
        doors.forget(self.path, self._document.working_copy)

    def change_password(self, password: str) -> Change | None:
        """Put the plan, its backups and its file under another *password*; what was taken in from the file."""
        key = doors.new_key(password)
        with self._file, _plainly():
            found = self.merge_foreign()
            self._document.change_key(key)
            return self.publish() or found

    def take_password(self) -> bool:
        """Go on under the password that the file has by now, when it has been given; whether it has another."""
        with self._file, _plainly():
            return self._document.take_key()

    def protect(self, target: Path, password: str) -> None:
        """The whole plan with its history and its files at *target*, under *password*: a plan of its own."""
        key = doors.new_key(password)
        with self._file, self._closed_step():
            self._document.protect(target, key)

    def abandon(self) -> None:
        """Close a plan that was to be made and was not: nothing of it stays."""
        with self._file:
            self._document.abandon()

    @contextmanager
    def _closed_step(self) -> Iterator[None]:
        """A step that others may see in a copy is not added to any more, however long the copy takes."""
        with self._gate:
            self._typing = None
            self._copying += 1
        try:
            with _plainly():
                yield
        finally:
            self._copying -= 1

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
        if self._document.read_only:
            raise ReadOnly(_("This plan is open for reading only. Save a copy to change it."))
        step = journal.Step(label, self.author, self._device, self._now(), kind, target, set_id)

        def run(session: Session) -> Done[T]:
            journal.begin_step(session, step)
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
        with _plainly(), self._engine.execution_options(reading=True).connect() as connection:
            self._stacks.catch_up(connection)

    def _transact(self, work: Callable[[Session], T]) -> T:
        session = Session(self._engine, expire_on_commit=False)
        try:
            with _plainly(), session.begin():
                return work(session)
        finally:
            with suppress(DatabaseError):
                session.close()


class PlanSnapshot(Reader):
    """A plan as it stood, in memory and read only: nobody else has it, so any thread may ask."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._memory, self.clock = engine, clock

    @property
    def _engine(self) -> Engine:
        return self._memory

    def snapshot(self, step: int | None) -> PlanSnapshot:
        return _snapshot(self._memory, step, self.clock)

    def close(self) -> None:
        self._memory.dispose()

    def __del__(self) -> None:
        """A job that is given up lets go of its copy where it stands."""
        self.close()


def _snapshot(engine: Engine, step: int | None, clock: Clock) -> PlanSnapshot:
    with _plainly(), engine.execution_options(reading=True).connect() as connection:
        return PlanSnapshot(engine_as_of(connection, step), clock)


@contextmanager
def _plainly() -> Iterator[None]:
    """Say in plain words what a disk, a lock or another program has done; the rest is a bug and stays one."""
    try:
        yield
    except IntegrityError as error:
        if "FOREIGN KEY" not in str(error.orig):
            raise
        raise EditConflict(_("What this needs is no longer there, so nothing was changed.")) from error
    except DatabaseError as error:
        if type(error) not in (OperationalError, DatabaseError):
            raise
        raise StoreUnavailable(_trouble(str(error.orig))) from error
    except doors.either(sqlite3.Error) as error:  # of a connection beside the engine's
        raise StoreUnavailable(_trouble(str(error))) from error


def _trouble(why: str) -> str:
    if "full" in why:
        return _("The disk of this computer is full. Free some space and try again; nothing was lost.")
    if "locked" in why:
        return _("Another program is using the working copy of this plan. Try again in a moment.")
    if "malformed" in why or "not a database" in why or "decode" in why:
        return _("The working copy of this plan is damaged ({why}). Restore its last good copy: File, Restore…").format(
            why=why
        )
    return _("This computer could not store the change ({why}). Nothing was changed.").format(why=why)
