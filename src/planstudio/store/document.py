"""A plan as a file: a closed document where the user keeps it, and a private working copy.

    Plan.planstudio          the document: complete, no journal file, replaced as a whole (peer.py)
    working/<key>/work.db    the live database: every gesture is durable here at once
    working/<key>/meta.json  which document it was last the same as
    working/<key>/backups/   verified copies

A sync client, a crash or a pulled stick meets either the old plan or the new one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from planstudio import files
from planstudio.domain.errors import NotAPlan, ReadOnly, StoreUnavailable
from planstudio.domain.files import BackupRow, FileRelation
from planstudio.i18n import _
from planstudio.store import backups, copies, doors, merged_copies, transfer, writing
from planstudio.store.apart import Apart, take_over, unite_apart
from planstudio.store.attached import AttachedFiles
from planstudio.store.beside import rescue
from planstudio.store.contents import Contents, PlanFiles, known
from planstudio.store.engine import open_engine, shut
from planstudio.store.incoming import Incoming
from planstudio.store.lines import Key
from planstudio.store.look import Look, There, look, plan_of
from planstudio.store.migrations import bring_up
from planstudio.store.note import Note
from planstudio.store.outgoing import Outgoing
from planstudio.store.peer import FilePeer
from planstudio.store.rekeying import Rekeying
from planstudio.store.union import Told
from planstudio.store.verify import inspect, sniff
from planstudio.store.working import TAILS, adopt, open_already, set_aside, sweep, working_folder


class Document:
    """An open plan file. *engine* is the live database, over the file *working_copy*; close() ends it."""

    def __init__(
        self,
        path: Path,
        data: Path,
        *,
        author: str = "",
        read_only: bool = False,
        fresh: bool = False,
        patience: float = 0,
    ) -> None:
        """*patience*: seconds to wait for another window of this computer that has the plan open."""
        self.path = Path(os.path.abspath(path))
        self.read_only, self._patience = read_only, patience
        self._folder = working_folder(self.path, data)
        self.working_copy = self._folder / (f"view-{os.getpid()}-{id(self)}.db" if read_only else "work.db")
        self._backed_up = False
        self._lock: FileLock | None = None
        self.recovered = 0  # steps that only the working copy had when it was opened
        self.former: Path | None = None  # where the work is whose file another plan has replaced
        self.note = Note(self.path, author)
        self.secret = files.is_secret(self.path)  # under a password: one file, and nothing in the clear beside it
        beside = PlanFiles(self.path, lambda: plan_of(self.working_copy))
        self.contents = None if self.secret else Contents(data / "contents", beside)
        self.outgoing = Outgoing(self.path, self.working_copy, data, self.contents)
        self.incoming = Incoming(self.path, self.working_copy)
        self._begin_looking()
        if read_only:
            self._open_read_only()
        else:
            self._open(fresh)

    def _begin_looking(self) -> None:
        """A peer that knows nothing yet, for a working copy that is new."""
        self.peer = FilePeer(self.path, self._folder / "work.db", contents=self.contents)
        self.keys = Rekeying(self.path, self.working_copy, self.peer)
        self.attached = AttachedFiles(self.contents, self.working_copy, self.peer, read_only=self.read_only)

    # Opening.

    @classmethod
    def create(cls, path: Path, data: Path, *, author: str = "", key: doors.Key | None = None) -> Document:
        """A new empty plan at *path*, which must be free; under *key* where its name says that it has a password."""
        if files.is_secret(path) != (key is not None):
            raise doors.locked(path)
        if os.path.lexists(path):
            raise StoreUnavailable(_("{name} exists already. Choose another name.").format(name=path.name))
        if not os.path.isdir(path.parent):
            raise StoreUnavailable(_("There is no folder {folder}.").format(folder=path.parent))
        with copies.replacing(path) as temporary:
            transfer.create(temporary, key)
        return cls(path, data, author=author, fresh=True)

    def _open(self, fresh: bool) -> None:
        exists = os.path.exists(self.path)
        if exists:
            self.keys.sniff()
        elif not self.working_copy.exists():
            raise NotAPlan(_("There is no file at {path}.").format(path=self.path))
        self._lock_working_copy()
        try:
            self._begin(exists, fresh)
        except BaseException as error:
            self._unlock()
            if isinstance(error, doors.either(sqlite3.Error, SQLAlchemyError)):
                words = _("The working copy of {name} cannot be opened: {why}. Its backups can: File, Restore…")
                why = getattr(error, "orig", error)
                raise StoreUnavailable(words.format(name=self.path.name, why=why)) from error
            raise

    def _begin(self, exists: bool, fresh: bool) -> None:
        doors.replaced(self.working_copy)  # by another program, while it was closed here
        self.keys.ask_former()
        sweep(self._folder)
        if fresh:
            set_aside(self._folder)  # of a plan of the same name that has been deleted
        elif exists and not self.working_copy.exists():
            adopt(self.path, self._folder)
        if exists:
            self._settle()
        bring_up(self.working_copy, self._folder / "backups")
        self.keys.take()
        self.keys.finish()
        self.engine = self._connect()
        try:
            self._catch_up()
            self.note.leave()
        except BaseException:
            self.engine.dispose()
            raise

    def _open_read_only(self) -> None:
        """A copy of the document that nothing can change."""
        sniff(self.path)
        self._make_folder()
        try:
            copies.verified(self.path, self.working_copy)
            bring_up(self.working_copy)
            self.engine = open_engine(self.working_copy, read_only=True, known=known(self.contents))
        except BaseException:
            self.working_copy.unlink(missing_ok=True)
            raise

    def _connect(self) -> Engine:
        engine = open_engine(self.working_copy, known=known(self.contents))
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM change_set")
        except BaseException:
            engine.dispose()
            raise
        return engine

    def _make_folder(self) -> None:
        with copies.in_plain_words(self._folder):
            files.private_folder(self._folder)

    def _lock_working_copy(self) -> None:
        self._make_folder()
        # Not of one thread alone: a job may have opened the plan.
        self._lock = FileLock(self._folder / "lock", self._patience, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout as error:
            self._lock = None
            raise open_already(self.path) from error
        except OSError as error:
            self._lock = None
            raise copies.unavailable(self._folder / "lock", error) from error

    def _settle(self) -> None:
        """Begin with the working copy, or with the file where there is none or another plan stands there by now.

        What the file has beside is taken in when the working copy is open.
        """
        if not self.working_copy.exists():
            self._copy_in(self.path)
            return
        seen = look(self.path)
        if seen.stamp and list(seen.stamp[1:]) == self.peer.meta.read().get("stamp"):
            return
        inspect(self.path)
        if seen.seal is None or seen.seal.plan != plan_of(self.working_copy):
            self.former = set_aside(self._folder, former=True)
            self._copy_in(self.path)

    def _catch_up(self) -> None:
        """Look at the file, and take in what it has beside our steps."""
        state = self.peer.look_again()
        if self.peer.has_new():
            with Session(self.engine) as session, session.begin():
                self.peer.take_in(session.connection(), datetime.now().astimezone().isoformat(timespec="milliseconds"))
            self.peer.taken_in()
            state = self.peer.look_again()
        self.recovered = state.missing if state.relation in (FileRelation.WAITING, FileRelation.OLDER) else 0

    def _copy_in(self, source: Path) -> None:
        """Make *source* the working copy."""
        temporary = self.working_copy.with_suffix(".tmp")
        copies.verified(source, temporary)
        for tail in TAILS[1:]:  # a journal of the older file must not be played into the new one
            Path(f"{self.working_copy}{tail}").unlink(missing_ok=True)
        copies.put(temporary, self.working_copy, private=True)
        temporary.unlink()

    @property
    def dirty(self) -> bool:
        """Whether the file lacked steps of ours when it was looked at; without a look."""
        return not self.read_only and self.peer.waiting() > 0

    # Publishing.

    def publish(self, now: datetime, *, anew: bool = True, whole: bool = True) -> bool:
        """Write what stands in the working copy into the file; False where somebody was faster.

        Not *whole*: of a heavy plan the new steps alone are laid beside it.

        May run in a thread of its own: it uses connections of its own. StoreUnavailable leaves both as they were.
        """
        if self.read_only:
            return True
        self.attached.lighten()
        if not self._backed_up:
            self.back_up(now)
            self._backed_up = True
        return self.peer.publish(anew=anew, whole=whole)

    # Backups.

    def backups(self) -> tuple[BackupRow, ...]:
        with self.engine.execution_options(reading=True).connect() as connection:
            last = int(connection.exec_driver_sql("SELECT max(seq) FROM change_set").scalar() or 0)
        return backups.rows(self._folder / "backups", last)

    def back_up(self, now: datetime) -> None:
        backups.keep(self.working_copy, self._folder / "backups", now)
        merged_copies.thin(self._folder, self.working_copy, self.attached.has, now)

    def chosen(self, name: str, now: datetime) -> Path:
        """A copy of the backup called *name*, checked once more, of today's schema; what stands there now is kept."""
        self._refuse_read_only()
        found = backups.checked(self._folder / "backups", name)
        backups.keep(self.working_copy, self._folder / "backups", now, former=backups.is_former(name))
        return self.incoming.today(found)

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise ReadOnly(_("This plan is open for reading only. Save a copy to change it."))

    def is_of(self, path: Path) -> bool:
        """Whether the verified file at *path* is a state of this plan."""
        seal = look(path).seal
        return seal is not None and seal.plan == plan_of(self.working_copy)

    def unite_apart(self, arrived: str, told: Told) -> Apart:
        """What the last look found of others, taken in in a copy; for a job."""

        def unite(copy: Connection, say: Told) -> set[Key]:
            return self.peer.take_in(copy, arrived, say)

        return unite_apart(self.working_copy, known(self.contents), unite, told)

    def take_over(self, made: Apart, arrived: str) -> None:
        """Go on in the copy that unite_apart() made."""
        try:
            take_over(self.engine, made, self.working_copy, arrived)
        finally:
            self.engine = self._connect()
        self.peer.taken_in()
        self._begin_looking()

    def take_key(self) -> bool:
        """Put the work under the password that the file has by now, which has been given; whether it has another."""
        if not self.keys.is_outdated:
            return False
        self.engine.dispose()  # what comes next connects anew, by the key that the file has then
        self.keys.take()
        self.peer.forget()
        return True

    def change_key(self, key: doors.Key) -> None:
        """Put the work and its backups under *key*; the file follows when it is published."""
        self._refuse_read_only()
        self.engine.dispose()
        self.keys.change(key)
        self.peer.forget()

    def become(self, chosen: Path) -> None:
        """Have another plan in this one's place: the one at *chosen*, with its own history."""
        seen = self._keep_unread()
        self.engine.dispose()
        self._copy_in(chosen)
        bring_up(self.working_copy, self._folder / "backups")
        writing.take_the_place(self.path, self.working_copy, seen.stamp, self._folder)
        self.engine = self._connect()
        self._begin_looking()
        self.peer.look_again()

    def _keep_unread(self) -> Look:
        """Put among the copies what stands at the plan's place, and beside it, and has what we have not."""
        seen = look(self.path)
        if seen.there not in (There.NOTHING, There.OUT_OF_REACH) and not self.peer.has_all_of(seen):
            shutil.copyfile(self.path, merged_copies.place_for(self._folder, self.path.name))
        rescue(self.path, self._folder)
        return seen

    def close(self) -> None:
        self.engine = shut(self.engine)
        self.note.take_away()
        if self.read_only:
            self.working_copy.unlink(missing_ok=True)
        self._unlock()

    def abandon(self) -> None:
        """End it as if it had never been made: neither the file nor the work on it stays."""
        self.engine = shut(self.engine)
        self.note.take_away()
        for tail in reversed(TAILS):
            Path(f"{self.working_copy}{tail}").unlink(missing_ok=True)
        doors.replaced(self.working_copy)
        (self._folder / "meta.json").unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None
