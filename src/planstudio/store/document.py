"""A plan as a file: a closed document where the user keeps it, and a private working copy.

    Plan.planstudio          the document: complete, no journal file, replaced as a whole
    working/<key>/work.db    the live database: every gesture is durable here at once
    working/<key>/meta.json  which document it was last the same as
    working/<key>/backups/   verified copies

Publishing writes a copy beside the document, flushes it, reads it back and
renames it over the document, so a sync client, a crash or a pulled stick meets
either the old plan or the new one. When it cannot, the work stays safe here and
the standing says what it waits for.

A file that shares no first step with the working copy is another plan: it is
neither merged nor written over. When it is opened, the former work becomes a backup.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from planstudio import files
from planstudio.domain.errors import NotAPlan, PlanStudioError, ReadOnly, Replaced, StoreUnavailable
from planstudio.domain.files import BackupRow, OpenElsewhere
from planstudio.domain.kinds import Access
from planstudio.i18n import _
from planstudio.store import backups, copies, giving, transfer
from planstudio.store.engine import open_engine
from planstudio.store.note import Note
from planstudio.store.schema import SCHEMA
from planstudio.store.trace import Trace
from planstudio.store.verify import inspect, sniff
from planstudio.store.working import TAILS, adopt, is_open, open_already, set_aside, sweep, working_folder

_STEPS_AFTER = "SELECT count(DISTINCT set_id) FROM change WHERE id > ?"


class Document:
    """An open plan file. *engine* is the live database, over the file *working_copy*; close() ends it."""

    def __init__(
        self, path: Path, data: Path, *, author: str = "", read_only: bool = False, fresh: bool = False
    ) -> None:
        self.path = Path(os.path.abspath(path))
        self.read_only = read_only
        self._folder = working_folder(self.path, data)
        self.working_copy = self._folder / "work.db"
        self._backed_up = False
        self._lock: FileLock | None = None
        self.recovered = 0  # steps that only the working copy had when it was opened
        self.former: Path | None = None  # where the work is whose file another plan has replaced
        self._note = Note(self.path, author)
        if read_only:
            self._open_read_only()
        else:
            self._open(fresh)

    # Opening.

    @classmethod
    def create(cls, path: Path, data: Path, *, author: str = "") -> Document:
        """A new empty plan at *path*, which must be free."""
        if os.path.lexists(path):
            raise StoreUnavailable(_("{name} exists already. Choose another name.").format(name=path.name))
        if not os.path.isdir(path.parent):
            raise StoreUnavailable(_("There is no folder {folder}.").format(folder=path.parent))
        with copies.replacing(path) as temporary:
            transfer.create(temporary)
        return cls(path, data, author=author, fresh=True)

    def _open(self, fresh: bool) -> None:
        exists = os.path.exists(self.path)
        if exists:
            sniff(self.path)
        elif not self.working_copy.exists():
            raise NotAPlan(_("There is no file at {path}.").format(path=self.path))
        self._lock_working_copy()
        try:
            sweep(self._folder)
            if fresh:
                set_aside(self._folder)  # of a plan of the same name that has been deleted
            elif exists and not self.working_copy.exists():
                adopt(self.path, self._folder)
            if exists:
                self._settle()
            self._migrate()
            self.engine = self._connect()
            if exists:
                self.recovered = self._unpublished()
            self._note.leave()
        except BaseException as error:
            self._unlock()
            if isinstance(error, sqlite3.Error | SQLAlchemyError):
                words = _("The working copy of {name} cannot be opened: {why}. Its backups can: File, Restore…")
                why = getattr(error, "orig", error)
                raise StoreUnavailable(words.format(name=self.path.name, why=why)) from error
            raise

    def _open_read_only(self) -> None:
        """A copy of the document that nothing can change."""
        sniff(self.path)
        self._make_folder()
        self.working_copy = self._folder / f"view-{os.getpid()}-{id(self)}.db"
        try:
            self._copy(self.path, self.working_copy)
            self._migrate(self.working_copy)
            self.engine = open_engine(self.working_copy, read_only=True)
        except BaseException:
            self.working_copy.unlink(missing_ok=True)
            raise

    def _connect(self) -> Engine:
        engine = open_engine(self.working_copy)
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM change_set")
        return engine

    def _make_folder(self) -> None:
        try:
            files.private_folder(self._folder)
        except OSError as error:
            raise copies.unavailable(self._folder, error) from error

    def _lock_working_copy(self) -> None:
        self._make_folder()
        self._lock = FileLock(self._folder / "lock", timeout=0, thread_local=False)  # a job may have opened the plan
        try:
            self._lock.acquire()
        except Timeout as error:
            self._lock = None
            raise open_already(self.path) from error
        except OSError as error:
            self._lock = None
            raise copies.unavailable(self._folder / "lock", error) from error

    def _settle(self) -> None:
        """Make the working copy the newer of itself and the document; leave a real fork to the next publish.

        another plan            the document; what was worked on here becomes a backup
        changed there only      the document, also when it is an older state that was put back
        changed here only       the working copy, still to be written
        changed in both         the working copy, to be put together at the next publish
        """
        if not self.working_copy.exists():
            self._copy_in(self.path)
            return
        meta, stamp = self._meta(), copies.stamp(self.path)
        if stamp == meta.get("stamp"):
            return
        inspect(self.path)
        trace, own = Trace.of(self.path), Trace.of(self.working_copy, ours=True)
        theirs, ours = trace.steps, own.steps
        if not trace.same_plan(own, from_nothing=meta.get("head") == 0):
            self.former = set_aside(self._folder, former=True)
            self._copy_in(self.path)
        elif theirs >= ours:
            self._copy_in(self.path)
        elif theirs < ours and not self._waiting(int(meta.get("head", -1))):
            backups.keep(self.working_copy, self._folder / "backups", datetime.now().astimezone())
            self._copy_in(self.path)
        else:
            self._set_meta(self._last_shared(theirs), stamp if theirs < ours else meta.get("stamp"))

    def _copy_in(self, source: Path) -> None:
        """Make *source* the working copy."""
        stamp = copies.stamp(source)  # before it is read: who replaces it meanwhile is noticed
        temporary = self.working_copy.with_suffix(".tmp")
        self._copy(source, temporary)
        for tail in TAILS[1:]:  # a journal of the older file must not be played into the new one
            Path(f"{self.working_copy}{tail}").unlink(missing_ok=True)
        copies.put(temporary, self.working_copy, private=True)
        temporary.unlink()
        if source == self.path:
            with closing(sqlite3.connect(self.working_copy)) as connection:
                self._set_meta(connection.execute(copies.HEAD).fetchone()[0], stamp)

    def _copy(self, source: Path, target: Path) -> None:
        """A verified copy of the closed file *source* in our own folder."""
        try:
            files.blank(target)
            shutil.copyfile(source, target)
            inspect(target, source.name)
        except OSError as error:
            target.unlink(missing_ok=True)
            raise copies.unavailable(target, error) from error
        except PlanStudioError:
            target.unlink(missing_ok=True)
            raise

    def _migrate(self, copy: Path | None = None) -> None:
        """Bring the working copy, or a *copy* of somebody else's plan, to today's schema."""
        path = copy or self.working_copy
        with closing(sqlite3.connect(path)) as connection:  # after a crash the header alone may tell of the new
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version == SCHEMA:
            return
        from planstudio.store.migrations import upgrade

        if copy is None:
            backups.keep(path, self._folder / "backups", datetime.now().astimezone())
        engine = open_engine(path)
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
                upgrade(connection, version)
        finally:
            engine.dispose()

    # What stands where.

    def _meta(self) -> dict[str, Any]:
        try:
            return dict(json.loads((self._folder / "meta.json").read_text("utf-8")))
        except (OSError, ValueError):
            return {}

    def _set_meta(self, head: int, stamp: copies.Stamp | None) -> None:
        """Note which state of the document the working copy has, up to which line of the journal."""
        meta = {"path": str(self.path), "stamp": stamp, "head": head}
        temporary = self._folder / "meta.tmp"
        try:
            files.blank(temporary)
            with open(temporary, "w", encoding="utf-8") as file:
                json.dump(meta, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._folder / "meta.json")
        except OSError as error:
            raise copies.unavailable(temporary, error) from error

    def _count(self, statement: str, *values: int) -> int:
        with self.engine.execution_options(reading=True).connect() as connection:
            return int(connection.exec_driver_sql(statement, values).scalar() or 0)

    def _unpublished(self) -> int:
        """How many steps of the working copy the document does not have, or has not all of."""
        head = int(self._meta().get("head", -1))
        return self._count(_STEPS_AFTER, head) or int(head < 0)

    def _waiting(self, head: int) -> bool:
        """As _unpublished(), before the engine is there."""
        with closing(sqlite3.connect(self.working_copy)) as connection:
            return head < 0 or connection.execute(_STEPS_AFTER, (head,)).fetchone()[0] > 0

    def _last_shared(self, theirs: set[str]) -> int:
        """The last line of our journal before the first one that is not in the document."""
        with closing(sqlite3.connect(self.working_copy)) as connection:
            lines = connection.execute("SELECT id, set_id FROM change ORDER BY id")
            return next((ident - 1 for ident, set_id in lines if set_id not in theirs), -1)

    @property
    def dirty(self) -> bool:
        """Whether the document still has to be written."""
        return not self.read_only and (not os.path.exists(self.path) or self._unpublished() > 0)

    @property
    def elsewhere(self) -> OpenElsewhere | None:
        return self._note.elsewhere

    # Publishing.

    def forked(self) -> bool:
        """Whether somebody else has put steps into the document that this copy does not have."""
        theirs, ours = self._both()
        return theirs is not None and not theirs.steps <= ours.steps and self._is_same(theirs, ours)

    def check_place(self) -> None:
        """Refuse to go on where another plan stands by now in this one's place: it is neither merged nor replaced."""
        theirs, ours = self._both()
        if theirs is not None and not self._is_same(theirs, ours):
            words = _("Another plan stands at {path} now. Save a copy of this one under another name.")
            raise Replaced(words.format(path=files.shown(self.path)))

    def _both(self) -> tuple[Trace | None, Trace]:
        """The steps of the document, where it is not what was published last and can be read; ours."""
        try:
            stamp = copies.stamp(self.path)
            if not self.read_only and stamp is not None and stamp != self._meta().get("stamp"):
                sniff(self.path)
                return Trace.of(self.path), Trace.of(self.working_copy, ours=True)
        except (OSError, NotAPlan, sqlite3.Error):
            pass
        return None, Trace()

    def _is_same(self, theirs: Trace, ours: Trace) -> bool:
        return theirs.same_plan(ours, from_nothing=self._meta().get("head") == 0)

    def copy_of_theirs(self) -> Path:
        """The document as somebody else left it: a verified copy of today's schema beside the working copy."""
        copy = self._folder / "theirs.db"
        self._copy(self.path, copy)
        self._migrate(copy)
        return copy

    def publish(self, now: datetime) -> None:
        """Replace the document by what stands in the working copy; StoreUnavailable leaves both as they were.

        May run in a thread of its own: it uses a connection of its own.
        """
        if self.read_only:
            return
        if os.path.exists(self.path):
            sniff(self.path)  # never over a file that has become something else
            self.check_place()
        if not self._backed_up:
            backups.keep(self.working_copy, self._folder / "backups", now)
            self._backed_up = True
        self._set_meta(*copies.write_copy(self.working_copy, self.path))

    def save_copy(self, target: Path) -> None:
        """The whole plan with its history at *target*."""
        copies.write_copy(self.working_copy, self._free(target))

    def clean_copy(self, target: Path, audience: Access) -> None:
        """What of the plan is given to *audience*, without its history, at *target*."""
        giving.write_for(self.working_copy, self._free(target), audience)

    def _free(self, target: Path) -> Path:
        """*target*, where a copy may go: into a folder that is there, and over no plan that is open."""
        target = Path(os.path.abspath(target))
        if files.same(target, self.path):
            raise StoreUnavailable(_("The plan is saved there already. Choose another name for the copy."))
        if not target.parent.is_dir():
            raise StoreUnavailable(_("There is no folder {folder}.").format(folder=target.parent))
        if target.is_dir():
            raise StoreUnavailable(_("{path} is a folder. Name a file in it.").format(path=target))
        if is_open(target, self._folder.parent.parent):
            raise open_already(target)
        return target

    # Backups.

    def backups(self) -> tuple[BackupRow, ...]:
        return backups.rows(self._folder / "backups", self._count("SELECT max(seq) FROM change_set"))

    def back_up(self, now: datetime) -> None:
        backups.keep(self.working_copy, self._folder / "backups", now)

    def restore(self, name: str, now: datetime) -> None:
        """Make the backup called *name* the plan; what stood before is backed up first."""
        if self.read_only:
            raise ReadOnly(_("This plan is open for reading only. Save a copy to change it."))
        chosen = backups.checked(self._folder / "backups", name)
        former = backups.is_former(name)
        backups.keep(self.working_copy, self._folder / "backups", now, former=former)
        self._set_meta(-1, self._meta().get("stamp"))  # the document is not this any more: it is to be written
        self.engine.dispose()
        self._copy_in(chosen)
        self._migrate()
        self.engine = self._connect()

    def close(self) -> None:
        self.engine.dispose()
        self._note.take_away()
        if self.read_only:
            self.working_copy.unlink(missing_ok=True)
        self._unlock()

    def abandon(self) -> None:
        """End it as if it had never been made: neither the file nor the work on it stays."""
        self.engine.dispose()
        self._note.take_away()
        for tail in reversed(TAILS):
            Path(f"{self.working_copy}{tail}").unlink(missing_ok=True)
        (self._folder / "meta.json").unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None
