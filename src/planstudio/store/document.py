"""A plan as a file: a closed document where the user keeps it, and a private working copy.

    Plan.planstudio          the document: complete, no journal file, replaced as a whole
    working/<key>/work.db    the live database: every gesture is durable here at once
    working/<key>/meta.json  which document it was last the same as
    working/<key>/backups/   verified copies

Publishing writes a copy beside the document, flushes it, reads it back and
renames it over the document, so a sync client, a crash or a pulled stick meets
either the old plan or the new one. When it cannot, the work stays safe here and
the standing says what it waits for. Nothing else opens a database file.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from planstudio.domain.errors import NotAPlan, ReadOnly, StoreUnavailable
from planstudio.domain.files import BackupRow, OpenElsewhere
from planstudio.i18n import _
from planstudio.store import backups, transfer
from planstudio.store.engine import open_engine
from planstudio.store.note import Note
from planstudio.store.schema import SCHEMA
from planstudio.store.verify import guarded, inspect, sniff

SUFFIX = ".planstudio"
# What a copy has of the journal: its last line, for a step can grow while it is typed.
HEAD = "SELECT coalesce(max(id), 0) FROM change"


def working_folder(path: Path, data: Path) -> Path:
    """Where the working copy and the backups of the document at *path* are."""
    key = sha256(os.path.normcase(os.path.abspath(path)).encode()).hexdigest()[:16]
    return data / "working" / key


def has_working_copy(path: Path, data: Path) -> bool:
    return (working_folder(path, data) / "work.db").exists()


class Shelf:
    """The backups of a plan that may itself be beyond opening."""

    def __init__(self, path: Path, data: Path) -> None:
        self._path = Path(os.path.abspath(path))
        self._folder = working_folder(path, data)

    def backups(self) -> tuple[BackupRow, ...]:
        work = self._folder / "work.db"
        head = 0
        with suppress(sqlite3.Error, OSError):
            if work.exists():
                with closing(sqlite3.connect(f"{work.as_uri()}?mode=ro", uri=True)) as connection:
                    head = int(connection.execute("SELECT coalesce(max(seq), 0) FROM change_set").fetchone()[0])
        return backups.rows(self._folder / "backups", head)

    def restore(self, name: str) -> None:
        """Put the backup called *name* in the document's place; what stood there is kept beside it."""
        chosen = backups.checked(self._folder / "backups", name)
        lock = FileLock(self._folder / "lock", timeout=0)
        try:
            with lock:
                self._replace(chosen)
        except Timeout as error:
            raise _open_already(self._path) from error

    def _replace(self, chosen: Path) -> None:
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        try:
            if self._path.exists():
                os.replace(self._path, self._path.with_name(f"{self._path.stem} before restore {stamp}{SUFFIX}"))
            for tail in ("", "-journal", "-wal", "-shm"):
                work = Path(f"{self._folder / 'work.db'}{tail}")
                if work.exists():
                    os.replace(work, self._folder / f"replaced-{stamp}.db{tail}")
            (self._folder / "meta.json").unlink(missing_ok=True)
            temporary = self._path.with_name(f".~{self._path.name}.{os.getpid()}.tmp")
            shutil.copyfile(chosen, temporary)
            _flush(temporary)
            os.replace(temporary, self._path)
        except OSError as error:
            raise _unavailable(self._path, error) from error


class Document:
    """An open plan file. *engine* is the live database; close() ends it."""

    def __init__(self, path: Path, data: Path, *, author: str = "", read_only: bool = False) -> None:
        self.path = Path(os.path.abspath(path))
        self.read_only = read_only
        self._folder = working_folder(self.path, data)
        self._work = self._folder / "work.db"
        self._backed_up = False
        self._lock: FileLock | None = None
        self.recovered = 0  # steps that only the working copy had when it was opened
        self._note = Note(self.path, author)
        if read_only:
            self._open_read_only()
        else:
            self._open()

    # Opening.

    @classmethod
    def create(cls, path: Path, data: Path, *, author: str = "") -> Document:
        """A new empty plan at *path*, which must be free."""
        if path.exists():
            raise StoreUnavailable(_("{name} exists already. Choose another name.").format(name=path.name))
        if not path.parent.is_dir():
            raise StoreUnavailable(_("There is no folder {folder}.").format(folder=path.parent))
        temporary = path.with_name(f".~{path.name}.{os.getpid()}.new")
        try:
            transfer.create(temporary)
            os.replace(temporary, path)
        except (OSError, sqlite3.Error) as error:
            raise _unavailable(path, error) from error
        except Exception as error:
            raise _unavailable(path, error) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return cls(path, data, author=author)

    def _open(self) -> None:
        exists = self.path.exists()
        if exists:
            sniff(self.path)
        elif not self._work.exists():
            raise NotAPlan(_("There is no file at {path}.").format(path=self.path))
        self._folder.mkdir(parents=True, exist_ok=True)
        os.chmod(self._folder, 0o700)
        self._lock_working_copy()
        try:
            if exists:
                self._settle()
            self._migrate()
            self.engine = self._connect()
            if exists:
                self.recovered = self._unpublished()
            self._note.leave()
        except BaseException:
            self._unlock()
            raise

    def _open_read_only(self) -> None:
        """A copy of the document, in memory or on disk, that nothing can change."""
        inspect(self.path)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._work = self._folder / f"view-{os.getpid()}-{id(self)}.db"
        shutil.copyfile(self.path, self._work)
        try:
            self._migrate()
            self.engine = open_engine(self._work, read_only=True)
        except BaseException:
            self._work.unlink(missing_ok=True)
            raise

    def _connect(self) -> Engine:
        try:
            engine = open_engine(self._work)
            with engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM change_set")
        except Exception as error:
            raise StoreUnavailable(
                _("The working copy of {name} cannot be opened: {why}.").format(name=self.path.name, why=error)
            ) from error
        return engine

    def _lock_working_copy(self) -> None:
        self._lock = FileLock(self._folder / "lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            self._lock = None
            raise _open_already(self.path) from error

    def _settle(self) -> None:
        """Make the working copy the newer of itself and the document; leave a real fork to the next publish."""
        if not self._work.exists():
            self._copy_in(self.path)
        elif self._stamp() != self._meta().get("stamp"):
            theirs, ours = _set_ids(self.path), self._our_ids()
            if theirs >= ours:
                self._copy_in(self.path)
            elif theirs <= ours:
                self._remember()

    def _copy_in(self, source: Path) -> None:
        temporary = self._work.with_suffix(".tmp")
        try:
            shutil.copyfile(source, temporary)
            inspect(temporary)
        except NotAPlan as error:
            temporary.unlink(missing_ok=True)
            raise NotAPlan(str(error).replace(temporary.name, source.name)) from error
        except OSError as error:
            raise _unavailable(source, error) from error
        for tail in ("", "-journal", "-wal", "-shm"):  # a journal of the older file must not be played into the new one
            Path(f"{self._work}{tail}").unlink(missing_ok=True)
        os.replace(temporary, self._work)
        os.chmod(self._work, 0o600)
        if source == self.path:
            self._remember()

    def _migrate(self) -> None:
        version = sniff(self._work)
        if version == SCHEMA:
            return
        from planstudio.store.migrations import upgrade

        backups.keep(self._work, self._folder / "backups", datetime.now().astimezone())
        engine = open_engine(self._work)
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
            upgrade(connection, version)
        engine.dispose()

    # What stands where.

    def _stamp(self) -> list[int]:
        found = os.stat(self.path)
        return [found.st_mtime_ns, found.st_size]

    def _meta(self) -> dict[str, Any]:
        try:
            return dict(json.loads((self._folder / "meta.json").read_text("utf-8")))
        except (OSError, ValueError):
            return {}

    def _remember(self) -> None:
        """Note that document and working copy are the same."""
        with closing(sqlite3.connect(self._work)) as connection:
            head = connection.execute(HEAD).fetchone()[0]
        self._set_meta(head)

    def _set_meta(self, head: int) -> None:
        meta = {"path": str(self.path), "stamp": self._stamp(), "head": head}
        temporary = self._folder / "meta.tmp"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(meta, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self._folder / "meta.json")

    def _count(self, statement: str, *values: int) -> int:
        with self.engine.execution_options(reading=True).connect() as connection:
            return int(connection.exec_driver_sql(statement, values).scalar() or 0)

    def _unpublished(self) -> int:
        """How many steps of the working copy the document does not have, or has not all of."""
        head = int(self._meta().get("head", 0))
        return self._count("SELECT count(DISTINCT set_id) FROM change WHERE id > ?", head) or int(head < 0)

    def _our_ids(self) -> set[str]:
        with closing(sqlite3.connect(self._work)) as connection:
            return {ident for (ident,) in connection.execute("SELECT id FROM change_set")}

    @property
    def dirty(self) -> bool:
        """Whether the document still has to be written."""
        return not self.read_only and (not self.path.exists() or self._unpublished() > 0)

    @property
    def elsewhere(self) -> OpenElsewhere | None:
        return self._note.elsewhere

    # Publishing.

    def forked(self) -> bool:
        """Whether somebody else has put steps into the document that this copy does not have."""
        try:
            if self.read_only or self._stamp() == self._meta().get("stamp"):
                return False
            return not _set_ids(self.path) <= self._our_ids()
        except (OSError, NotAPlan, sqlite3.Error):
            return False

    def copy_of_theirs(self) -> Path:
        """The document as somebody else left it, copied beside the working copy and verified."""
        copy = self._folder / "theirs.db"
        try:
            shutil.copyfile(self.path, copy)
        except OSError as error:
            raise _unavailable(self.path, error) from error
        inspect(copy)
        return copy

    def publish(self, now: datetime) -> None:
        """Replace the document by what stands in the working copy; StoreUnavailable leaves both as they were.

        May run in a thread of its own: it uses a connection of its own.
        """
        if self.read_only:
            return
        if self.path.exists():
            sniff(self.path)  # never over a file that has become something else
        if not self._backed_up:
            backups.keep(self._work, self._folder / "backups", now)
            self._backed_up = True
        head = write_copy(self._work, self.path)
        self._set_meta(head)

    def save_copy(self, target: Path) -> None:
        """The whole plan with its history at *target*."""
        write_copy(self._work, _free(target, self.path))

    def clean_copy(self, target: Path) -> None:
        """The plan without its history, drafts and deleted texts at *target*."""
        target = _free(target, self.path)
        temporary = target.with_name(f".~{target.name}.{os.getpid()}.tmp")
        try:
            temporary.unlink(missing_ok=True)
            transfer.create(temporary)
            with closing(sqlite3.connect(self._work)) as source:
                transfer.carry(source, temporary)
            with closing(sqlite3.connect(temporary)) as connection:
                connection.execute("VACUUM")
            inspect(temporary)
            _flush(temporary)
            os.replace(temporary, target)
        except (OSError, sqlite3.Error) as error:
            raise _unavailable(target, error) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    # Backups.

    def backups(self) -> tuple[BackupRow, ...]:
        return backups.rows(self._folder / "backups", self._count("SELECT max(seq) FROM change_set"))

    def back_up(self, now: datetime) -> None:
        backups.keep(self._work, self._folder / "backups", now)

    def restore(self, name: str, now: datetime) -> None:
        """Make the backup called *name* the plan; what stood before is backed up first."""
        if self.read_only:
            raise ReadOnly(_("This plan is open for reading only. Save a copy to change it."))
        chosen = backups.checked(self._folder / "backups", name)
        backups.keep(self._work, self._folder / "backups", now)
        self.engine.dispose()
        self._copy_in(chosen)
        self._set_meta(-1)  # the document is not this any more: it is to be written
        self._migrate()
        self.engine = self._connect()

    def close(self) -> None:
        self.engine.dispose()
        self._note.take_away()
        if self.read_only:
            self._work.unlink(missing_ok=True)
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def write_copy(source: Path, target: Path) -> int:
    """Write the live database *source* to *target* as a whole, or not at all; the journal's last line in it."""
    temporary = target.with_name(f".~{target.name}.{os.getpid()}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        with closing(sqlite3.connect(source, timeout=10)) as connection:
            connection.execute("VACUUM INTO ?", (str(temporary),))
        _flush(temporary)
        with closing(guarded(temporary)) as connection:  # read back before it takes the old one's place
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise StoreUnavailable(_("The disk did not keep what was written to {name}.").format(name=target.name))
            head = int(connection.execute(HEAD).fetchone()[0])
        os.replace(temporary, target)
        _flush_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise _unavailable(target, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return head


def _unavailable(path: Path, error: Exception) -> StoreUnavailable:
    folder = path.parent
    why = str(error)
    if "full" in why or getattr(error, "errno", 0) == 28:
        words = _("The disk that holds {folder} is full.")
    elif not folder.is_dir():
        words = _("The folder {folder} cannot be reached.")
    elif not os.access(folder, os.W_OK) or isinstance(error, PermissionError) or "readonly" in why:
        words = _("The folder {folder} does not let this program write.")
    else:
        words = _("{folder} cannot be written to: {why}.")
    return StoreUnavailable(words.format(folder=folder, why=getattr(error, "strerror", None) or why))


def _open_already(path: Path) -> StoreUnavailable:
    words = _("{name} is already open in another Plan Studio window on this computer.")
    return StoreUnavailable(words.format(name=path.name))


def _free(target: Path, own: Path) -> Path:
    target = Path(os.path.abspath(target))
    if target == own:
        raise StoreUnavailable(_("The plan is saved there already. Choose another name for the copy."))
    if not target.parent.is_dir():
        raise StoreUnavailable(_("There is no folder {folder}.").format(folder=target.parent))
    return target


def _set_ids(path: Path) -> set[str]:
    with closing(guarded(path)) as connection:
        return {ident for (ident,) in connection.execute("SELECT id FROM change_set")}


def _flush(path: Path) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
