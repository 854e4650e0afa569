"""A plan as a file: a closed document where the user keeps it, and a private working copy.

    Plan.planstudio          the document: complete, no journal file, replaced as a whole
    working/<key>/work.db    the live database: every gesture is durable here at once
    working/<key>/meta.json  which document it was last the same as
    working/<key>/backups/   verified copies

A plan under a password is Plan.planstudiox: the same, each file under one key (doors.py), and nothing beside them.

Publishing writes a copy beside the document, flushes it, reads it back and
renames it over the document, so a sync client, a crash or a pulled stick meets
either the old plan or the new one. When it cannot, the work stays safe here and
the standing says what it waits for.

A file that shares no first step with the working copy is another plan: it is
neither merged nor written over. When it is opened, the former work becomes a backup.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from planstudio import files
from planstudio.domain.errors import Locked, NotAPlan, ReadOnly, StoreUnavailable
from planstudio.domain.files import BackupRow, FileRelation, Kept, OpenElsewhere, Upkeep
from planstudio.domain.ids import uuid7
from planstudio.domain.kinds import Access
from planstudio.i18n import _
from planstudio.store import backups, clean_copy, copies, doors, merged_copies, transfer, upkeep
from planstudio.store.apart import Apart, take_over, unite_apart
from planstudio.store.beside import rescue
from planstudio.store.contents import Contents, PlanFiles, known, let_go, too_heavy
from planstudio.store.engine import open_engine, shut
from planstudio.store.look import There, look
from planstudio.store.note import Note
from planstudio.store.peer import FilePeer
from planstudio.store.schema import SCHEMA
from planstudio.store.verify import check_whole, inspect, sniff
from planstudio.store.working import TAILS, adopt, is_open, open_already, set_aside, sweep, working_folder

_WEEK = timedelta(days=7)


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
        self.working_copy = self._folder / "work.db"
        self._backed_up = False
        self._lock: FileLock | None = None
        self.recovered = 0  # steps that only the working copy had when it was opened
        self.former: Path | None = None  # where the work is whose file another plan has replaced
        self._note = Note(self.path, author)
        self.secret = files.is_secret(self.path)  # under a password: one file, and nothing in the clear beside it
        beside = PlanFiles(self.path, self._plan)
        self.contents = None if self.secret else Contents(data / "contents", beside)
        self.peer = FilePeer(self.path, self.working_copy, self._migrate, contents=self.contents)
        if read_only:
            self._open_read_only()
        else:
            self._open(fresh)

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
            self._sniff()
        elif not self.working_copy.exists():
            raise NotAPlan(_("There is no file at {path}.").format(path=self.path))
        self._lock_working_copy()
        try:
            doors.replaced(self.working_copy)  # by another program, while it was closed here
            self._ask_former()
            sweep(self._folder)
            if fresh:
                set_aside(self._folder)  # of a plan of the same name that has been deleted
            elif exists and not self.working_copy.exists():
                adopt(self.path, self._folder)
            if exists:
                self._settle()
            self._migrate()
            self._take_key()
            self._finish_rekey()
            self.engine = self._connect()
            try:
                self._catch_up()
                self._note.leave()
            except BaseException:
                self.engine.dispose()
                raise
        except BaseException as error:
            self._unlock()
            if isinstance(error, doors.either(sqlite3.Error, SQLAlchemyError)):
                words = _("The working copy of {name} cannot be opened: {why}. Its backups can: File, Restore…")
                why = getattr(error, "orig", error)
                raise StoreUnavailable(words.format(name=self.path.name, why=why)) from error
            raise

    # Under a password.

    def _sniff(self) -> None:
        try:
            sniff(self.path)
        except Locked:
            if not self.working_copy.exists() or doors.is_locked(self.working_copy):
                raise
            words = _("The password of {name} was changed. Enter the new one.")
            if (doors.salt_of(self.path) or b"").hex() in self._former_salts():
                words = _("The file {name} is still under the former password. Enter that one, too.")
            raise Locked(words.format(name=files.shown(self.path.name))) from None

    def _ask_former(self) -> None:
        """Locked where the work on this computer is under a password that nobody has given."""
        if not self.secret or not doors.is_locked(self.working_copy):
            return
        if doors.salt_of(self.path) in (None, doors.salt_of(self.working_copy)):
            raise doors.locked(self.path)
        words = _("Your work on this computer is still under the former password of {name}. Enter that one, too.")
        raise Locked(words.format(name=files.shown(self.path.name)))

    def take_key(self) -> bool:
        """Put the work under the password that the file has by now, which has been given; whether it has another."""
        if not self.secret or doors.salt_of(self.path) == doors.salt_of(self.working_copy):
            return False
        self.engine.dispose()  # what comes next connects anew, by the key that the file has then
        self._take_key()
        self.peer.forget()
        return True

    def _take_key(self) -> None:
        """What another computer changed the password to is the password here; one that we had before is none.

        The backups first: after a crash the work is under the former password, and both are asked for once more.
        """
        key = doors.key_of(self.path) if self.secret else None
        if key is None or key.salt == doors.salt_of(self.working_copy) or key.salt.hex() in self._former_salts():
            return
        seal = look(self.path).seal
        if seal is not None and seal.plan == self._plan():
            self._rekey_backups(key)
            self._rekey_work(key)

    def _former_salts(self) -> list[str]:
        return [str(one) for one in self.peer.meta().get("former", [])]

    def change_key(self, key: doors.Key) -> None:
        """Put the work and its backups under *key*; the file follows when it is published."""
        if self.read_only:
            raise ReadOnly(_("This plan is open for reading only. Save a copy to change it."))
        doors.learn(key)
        self.engine.dispose()  # what comes next connects anew, by the key that the file has then
        self._rekey_work(key)
        self._rekey_backups(key)
        self.peer.forget()

    def _rekey_work(self, key: doors.Key) -> None:
        before = doors.salt_of(self.working_copy)
        with closing(doors.connect(self.working_copy)) as connection:
            connection.execute("SELECT count(*) FROM seal")  # a journal that a crash has left is played back
        if before is not None:  # noted first: after a crash the file that is still under it does not bring it back
            self.peer.remember(former=[*self._former_salts(), before.hex()])
        with self.peer.still():
            self._put_under(key, self.working_copy)

    def _rekey_backups(self, key: doors.Key) -> None:
        """Put under *key* what is under another one that we know; what is not is a file that asks for it."""
        for kept in (self._folder / "backups").rglob(f"*{files.SECRET_SUFFIX}"):
            if doors.key_of(kept) not in (None, key):
                self._put_under(key, kept)

    def _put_under(self, key: doors.Key, path: Path) -> None:
        try:
            doors.rekey(path, key)
        except doors.either(sqlite3.Error, OSError) as error:
            raise copies.unavailable(path, error) from error

    def _finish_rekey(self) -> None:
        """Put the backups under the password of the work, where a crash or a full disk came between."""
        if self.key is not None:
            with suppress(StoreUnavailable):
                self._rekey_backups(self.key)

    @property
    def key(self) -> doors.Key | None:
        return doors.key_of(self.working_copy)

    def protect(self, target: Path, key: doors.Key) -> None:
        """The whole plan with its history and its files at *target*, under *key*: from there on a plan of its own."""
        copies.write_copy(self.working_copy, self._free(target), plan=uuid7(), fill=self._fill, key=key)

    # Opening to read.

    def _open_read_only(self) -> None:
        """A copy of the document that nothing can change."""
        sniff(self.path)
        self._make_folder()
        self.working_copy = self._folder / f"view-{os.getpid()}-{id(self)}.db"
        try:
            self.peer.copy(self.path, self.working_copy)
            self._migrate(self.working_copy)
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
        try:
            files.private_folder(self._folder)
        except OSError as error:
            raise copies.unavailable(self._folder, error) from error

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
        if seen.stamp and list(seen.stamp[1:]) == self.peer.meta().get("stamp"):
            return
        inspect(self.path)
        if seen.seal is None or seen.seal.plan != self._plan():
            self.former = set_aside(self._folder, former=True)
            self._copy_in(self.path)

    def _plan(self) -> str:
        with closing(doors.connect(self.working_copy)) as connection:
            row = connection.execute("SELECT plan FROM seal").fetchone()
        return row[0] if row else ""

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
        self.peer.copy(source, temporary)
        for tail in TAILS[1:]:  # a journal of the older file must not be played into the new one
            Path(f"{self.working_copy}{tail}").unlink(missing_ok=True)
        copies.put(temporary, self.working_copy, private=True)
        temporary.unlink()

    def _migrate(self, copy: Path | None = None) -> None:
        """Bring the working copy, or a *copy* of somebody else's plan, to today's schema."""
        path = copy or self.working_copy
        with closing(doors.connect(path)) as connection:  # after a crash the header alone may tell of the new
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

    def _count(self, statement: str, *values: int) -> int:
        with self.engine.execution_options(reading=True).connect() as connection:
            return int(connection.exec_driver_sql(statement, values).scalar() or 0)

    @property
    def dirty(self) -> bool:
        """Whether the file lacked steps of ours when it was looked at; without a look."""
        return not self.read_only and self.peer.waiting() > 0

    @property
    def elsewhere(self) -> OpenElsewhere | None:
        return self._note.elsewhere

    # Publishing.

    def publish(self, now: datetime, *, anew: bool = True, whole: bool = True) -> bool:
        """Write what stands in the working copy into the file; False where somebody was faster.

        Not *whole*: of a heavy plan the new steps alone are laid beside it.

        May run in a thread of its own: it uses connections of its own. StoreUnavailable leaves both as they were.
        """
        if self.read_only:
            return True
        if self.contents is not None:
            self._lighten(self.contents)
        if not self._backed_up:
            self.back_up(now)
            self._backed_up = True
        return self.peer.publish(anew=anew, whole=whole)

    def _lighten(self, contents: Contents) -> None:
        """Take the files out of a plan that has become heavy, one after the other: who types meanwhile waits for none.

        Not undone by a crash half way: each file is in the plan or in the store.
        """
        engine = self._connect()
        try:
            with engine.execution_options(reading=True).connect() as connection:
                heavy = too_heavy(connection)
            for sha in heavy:
                with engine.begin() as connection:
                    let_go(connection, sha, contents)
        finally:
            engine.dispose()
        if heavy:
            with closing(doors.connect(self.working_copy, timeout=10)) as connection:
                connection.execute("VACUUM")  # the room that they took would be written with each save

    def gather(self, told: Callable[[float], bool]) -> int:
        """Bring the files that lie beside the plan to this computer, and ours there; how many came.

        *told* hears the share that is done; False stops it. Waits for a share. Who moves a plan without its folder
        gets that at the new place.
        """
        if self.contents is None:
            return 0
        wanted = self._outside()
        came = self.contents.gather(wanted, told)
        if not self.read_only and self.peer.state.relation is FileRelation.SAVED:
            with suppress(OSError, StoreUnavailable):  # a folder that takes nothing: told when the plan is saved
                self.contents.lay_beside(wanted, told)
        return came

    def care_is_due(self, now: datetime) -> bool:
        """Whether the files of this plan have not been looked after for a week."""
        if self.contents is None or self.read_only:
            return False
        with suppress(ValueError):
            return now - datetime.fromisoformat(self.peer.meta().get("looked_after", "")) >= _WEEK
        return True

    def look_after(self, now: datetime, told: Callable[[float], bool]) -> Upkeep | None:
        """Verify and thin the attached files on this computer; None where *told* has stopped it. Waits for a share."""
        if self.contents is None or self.read_only:
            return None
        found = upkeep.look_after(self.contents, set(self._outside()), told, all_known=self.peer.all_is_known())
        if found is None:
            return None
        gone = upkeep.thin(self.contents.store, self._folder.parent)
        with self.peer.still():
            self.peer.remember(looked_after=now.isoformat())
        return replace(found, gone=gone)

    @property
    def files_folder(self) -> Path | None:
        """The folder beside the plan that its files are in; None for a light plan. Waits for a share."""
        return self.contents.beside.find() if self.contents is not None and self._outside() else None

    def _outside(self) -> list[str]:
        with closing(doors.connect(self.working_copy, timeout=10)) as connection:
            return [sha for (sha,) in connection.execute("SELECT sha256 FROM content WHERE data IS NULL")]

    def save_copy(self, target: Path) -> None:
        """The whole plan with its history and its files at *target*: from there on a plan of its own."""
        copies.write_copy(self.working_copy, self._as_secret(target), plan=uuid7(), fill=self._fill)

    def one_file(self, target: Path) -> None:
        """The plan with its history and all its files at *target*, to be sent: what comes back can be merged."""
        copies.write_copy(self.working_copy, self._as_secret(target), fill=self._fill)

    @property
    def _fill(self) -> Callable[[sqlite3.Connection], None] | None:
        return None if self.contents is None else self.contents.fill

    def _as_secret(self, target: Path) -> Path:
        """*target*, where its name says as much about a password as this plan's does."""
        if files.is_secret(target) != self.secret:
            words = _("A copy of this plan is under its password, too. End the name with .planstudiox.")
            if not self.secret:
                words = _("This plan is under no password, and its copy is none. End the name with .planstudio.")
            raise StoreUnavailable(words)
        return self._free(target)

    def clean_copy(self, target: Path, audience: Access) -> None:
        """What of the plan is given to *audience*, without its history, at *target*."""
        if files.is_secret(target):
            words = _("A clean copy is for others and under no password. End the name with .planstudio.")
            raise StoreUnavailable(words)
        clean_copy.write_for(self.working_copy, self._free(target), audience, self.contents)

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
        merged_copies.thin(self._folder, self.working_copy, self._has_bytes, now)

    def _has_bytes(self, sha: str) -> bool:
        return self.contents is not None and self.contents.where(sha) is Kept.HERE

    def chosen(self, name: str, now: datetime) -> Path:
        """A copy of the backup called *name*, checked once more, of today's schema; what stands there now is kept."""
        if self.read_only:
            raise ReadOnly(_("This plan is open for reading only. Save a copy to change it."))
        found = backups.checked(self._folder / "backups", name)
        backups.keep(self.working_copy, self._folder / "backups", now, former=backups.is_former(name))
        return self._today(found)

    def is_of(self, path: Path) -> bool:
        """Whether the verified file at *path* is a state of this plan."""
        seal = look(path).seal
        return seal is not None and seal.plan == self._plan()

    def unite_apart(self, arrived: str, told: Callable[[float], None]) -> Apart:
        """What the last look found of others, taken in in a copy; for a job. What *told* raises stops it."""
        take = self.peer.take_in
        return unite_apart(
            self.working_copy, known(self.contents), lambda connection, say: take(connection, arrived, say), told
        )

    def take_over(self, made: Apart, arrived: str) -> None:
        """Go on in the copy that unite_apart() made."""
        try:
            take_over(self.engine, made, self.working_copy, arrived)
        finally:
            self.engine = self._connect()
        self.peer.taken_in()
        self.peer = FilePeer(self.path, self.working_copy, self._migrate, contents=self.contents)

    def become(self, chosen: Path) -> None:
        """Have another plan in this one's place: the one at *chosen*, with its own history."""
        self._keep_unread()
        self.engine.dispose()
        self._copy_in(chosen)
        self._migrate()
        copies.write_copy(self.working_copy, self.path)
        self.engine = self._connect()
        self.peer = FilePeer(self.path, self.working_copy, self._migrate, contents=self.contents)
        self.peer.look_again()

    def _keep_unread(self) -> None:
        """Put among the copies what stands at the plan's place, and beside it, and has what we have not."""
        seen = look(self.path)
        if seen.there not in (There.NOTHING, There.OUT_OF_REACH) and not self.peer.has_all_of(seen):
            shutil.copyfile(self.path, merged_copies.place_for(self._folder, self.path.name))
        rescue(self.path, self._folder)

    def theirs(self) -> Path:
        """A verified copy of the file as it stands, of today's schema, beside the working copy."""
        return self._today(self.path)

    def _today(self, source: Path) -> Path:
        copy = self._folder / "theirs.db"
        self.peer.copy(source, copy)
        self._migrate(copy)
        return copy

    @contextmanager
    def another_copy(self, path: Path) -> Iterator[Path]:
        """A verified copy of the plan at *path*, which somebody brings by hand; in our own folder, for a while."""
        if files.same(path, self.path):
            raise NotAPlan(_("This is the plan itself, not another copy of it."))
        sniff(path)
        copy = self._folder / "brought.tmp"
        try:
            key = self.key
            if key is not None and doors.salt_of(path) != key.salt:
                self._copy_under(key, path, copy)
            else:
                self.peer.copy(path, copy)
            self._migrate(copy)
            yield copy
        finally:
            copy.unlink(missing_ok=True)

    def _copy_under(self, key: doors.Key, source: Path, target: Path) -> None:
        """As FilePeer.copy(), of a plan in the clear or under another password: in our folder it is under ours."""
        inspect(source)
        check_whole(source)
        try:
            files.blank(target)
            with closing(doors.made(target, key)) as made, closing(doors.connect(source, immutable=True)) as whole:
                doors.pour(whole, made)
        except doors.either(sqlite3.Error, OSError) as error:
            raise copies.unavailable(target, error) from error

    def keep_copy(self, copy: Path, name: str) -> None:
        """Put what another_copy() gave among the backups, under the *name* that it came with."""
        suffix = files.SECRET_SUFFIX if doors.salt_of(copy) is not None else files.PLAN_SUFFIX
        shutil.copyfile(copy, merged_copies.place_for(self._folder, str(Path(name).with_suffix(suffix))))

    def close(self) -> None:
        self.engine = shut(self.engine)
        self._note.take_away()
        if self.read_only:
            self.working_copy.unlink(missing_ok=True)
        self._unlock()

    def abandon(self) -> None:
        """End it as if it had never been made: neither the file nor the work on it stays."""
        self.engine = shut(self.engine)
        self._note.take_away()
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
