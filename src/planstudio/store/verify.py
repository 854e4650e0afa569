"""Whether a file is a plan of ours, before anything else touches it.

    header      SQLite, our application id, a schema we know
    structure   exactly our tables: no trigger, view or generated column of anybody's
    content     quick_check under limits, and no more work than a file of its size can need
    values      each cell holds what its column is for (validity.py)

The work is counted in steps of SQLite, never in seconds: a sound plan on a slow
machine takes long and is sound, a doctored one that leads round in a ring is
found out on every machine. Who waits can look on and stop it (watched()).
"""

from __future__ import annotations

import re
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from planstudio import files
from planstudio.domain.errors import NotAPlan, StoreUnavailable, TooNew
from planstudio.domain.words import field_word, table_word
from planstudio.i18n import _
from planstudio.store import doors
from planstudio.store.doors import either
from planstudio.store.schema import APPLICATION, FINGERPRINTS, SCHEMA
from planstudio.store.validity import Odd, first_odd

# Steps of SQLite's machine. A plan needs at most one for each of its bytes, where it holds nothing but short rows.
STEPS, STEPS_PER_BYTE = 50_000_000, 16
_EACH = 10_000  # steps between two looks
Watch = Callable[[float, str], bool]  # gets the share that is done and the file's name; False stops it
_watching = threading.local()
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000_000),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (sqlite3.SQLITE_LIMIT_COLUMN, 200),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 50),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 250_000),
)


def sniff(path: Path, name: str = "") -> int:
    """The schema number in the header of the file at *path*, if it is ours; sentences call it *name*."""
    name = name or path.name
    header = _header(path, name)
    if len(header) >= 100 and doors.salt_of(path) is not None:
        application, version = _behind_the_door(path, name)
    else:
        application, version = _number(header, 68), _number(header, 60)
        if files.is_secret(path) and len(header) >= 100:
            words = _("{name} is not under a password, though its name says so. Let its name end with .planstudio.")
            raise NotAPlan(words.format(name=name))
    if len(header) < 100 or application != APPLICATION:
        raise _no_plan(name)
    if version > SCHEMA:
        words = _(
            "{name} was made by a newer Plan Studio (format {its}; this program knows {ours}). Update this program."
        )
        raise TooNew(words.format(name=name, its=version, ours=SCHEMA))
    return version


def _header(path: Path, name: str) -> bytes:
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise NotAPlan(_("{name} is a folder. Choose a plan file in it.").format(name=name))
        if not stat.S_ISREG(kind):  # a pipe would keep us waiting
            raise _no_plan(name)
        with open(path, "rb") as file:
            return file.read(100)
    except FileNotFoundError as error:
        raise NotAPlan(_("There is no file at {path}.").format(path=path)) from error
    except OSError as error:
        words = _("{name} cannot be read: {why}.")
        raise StoreUnavailable(words.format(name=name, why=error.strerror or error)) from error


def _behind_the_door(path: Path, name: str) -> tuple[int, int]:
    """The application and the schema that the file at *path*, which is no plain database, says behind its password."""
    if path.stat().st_size % doors.PAGE:
        raise _damaged(name) if doors.SECRET in path.name.lower() else _no_plan(name)
    if doors.is_locked(path):
        raise doors.locked(path) if doors.SECRET in path.name.lower() else _no_plan(name)
    try:
        asked = "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
        ((application, version),) = doors.rows(path, asked, immutable=True)
    except either(sqlite3.DatabaseError) as error:
        raise _damaged(name) from error
    return application, version


@contextmanager
def watched(watch: Watch | None) -> Iterator[None]:
    """Let *watch* look on while files are checked on this thread."""
    before, _watching.by = getattr(_watching, "by", None), watch
    try:
        yield
    finally:
        _watching.by = before


def inspect(path: Path, name: str = "", *, values: bool = True) -> None:
    """Refuse a file whose structure is not ours or whose pages are damaged; sentences call it *name*.

    With *values* each cell must hold what its column is for, too: a copy of our own work is kept in any case.
    """
    name = name or path.name
    version = sniff(path, name)
    try:
        with closing(_connected(path)) as connection, _bounded(connection, path, name):
            if structure(connection) != FINGERPRINTS.get(version):
                raise _altered(name)
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if doors.is_by_cipher(connection) and connection.execute("PRAGMA cipher_integrity_check").fetchone():
                found = "a page that is not what was written"
            if found == "ok" and not _complete(connection, path):
                found = "what quick_check does not look at"
            if found == "ok" and values and version == SCHEMA and (odd := first_odd(connection)):
                raise _altered(name, odd)
    except either(sqlite3.DatabaseError) as error:
        raise _damaged(name) from error
    if found != "ok":
        raise _damaged(name)


def check_whole(path: Path, name: str = "") -> None:
    """Raise NotAPlan where the pages of the verified file at *path* are of two states, as of one that is half copied.

    quick_check takes each page for itself; here every entry of an index must lead to its row.
    """
    try:
        with closing(_connected(path)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except either(sqlite3.DatabaseError) as error:
        raise _damaged(name or path.name) from error
    if found != "ok":
        raise _damaged(name or path.name)


def _complete(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the file is as long as it says: missing bytes at its end would be read as zeros."""
    page, count = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_size", "page_count"))
    length = path.stat().st_size
    return length >= page * count and length % page == 0


def _no_plan(name: str) -> NotAPlan:
    words = _("{name} is not a Plan Studio plan. To bring in a document, use “Bring in the plan you have”.")
    return NotAPlan(words.format(name=name))


def _altered(name: str, odd: Odd | None = None) -> NotAPlan:
    """Another program has been at it; *odd* is a cell that holds what no Plan Studio writes."""
    words = _(
        "{name} was altered by another program, so it was not opened. "
        "Save its texts into a new plan with: planstudio restore {name} --salvage NEW.planstudio"
    )
    said = words.format(name=name)
    if odd is None:
        return NotAPlan(said)
    place = ", ".join(filter(None, (table_word(odd.table), odd.column and field_word(odd.table, odd.column))))
    return NotAPlan(said + " " + _("What this program never writes stands in: {place}.").format(place=place))


def _damaged(name: str) -> NotAPlan:
    words = _("{name} is damaged on disk, so it was not opened. Restore its last good copy: File, Restore…")
    return NotAPlan(words.format(name=name))


def guarded(path: Path) -> sqlite3.Connection:
    """A connection that can only read, and not without end: for files we do not trust yet."""
    connection = _connected(path)
    _Count(path, path.name, None).put_on(connection)
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    connection = doors.connect(path, immutable=True, implicit=False)
    with doors.closed_in_trouble(connection):
        if not doors.is_by_cipher(connection):  # that driver knows no limits; its pages come from who has the password
            for limit, value in _LIMITS:
                connection.setlimit(limit, value)
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")
    return connection


class _Count:
    """Ends the reading of a file that asks for more work than its size can, or that nobody wants any more."""

    def __init__(self, path: Path, name: str, watch: Watch | None) -> None:
        size = path.stat().st_size
        self._name, self._watch = name, watch
        self._usual, self._most = 1.0 * size, STEPS + STEPS_PER_BYTE * size
        self._steps = 0
        self.stopped = False
        self.broken: KeyboardInterrupt | None = None

    def put_on(self, connection: sqlite3.Connection) -> None:
        connection.set_progress_handler(self._look, _EACH)

    def _look(self) -> bool:
        self._steps += _EACH
        try:
            if self._watch is not None and not self._watch(min(self._steps / self._usual, 0.99), self._name):
                self.stopped = True
        except KeyboardInterrupt as error:  # SQLite would swallow it
            self.broken = error
        return self.stopped or self.broken is not None or self._steps > self._most


@contextmanager
def _bounded(connection: sqlite3.Connection, path: Path, name: str) -> Iterator[None]:
    count = _Count(path, name, getattr(_watching, "by", None))
    count.put_on(connection)
    try:
        yield
    except either(sqlite3.OperationalError):
        if count.broken is not None:
            raise count.broken from None
        if count.stopped:
            words = _("The check of {name} was stopped before its end, so nothing was done with it.")
            raise StoreUnavailable(words.format(name=name)) from None
        raise


def structure(connection: sqlite3.Connection) -> str:
    """A digest of everything the file declares.

    The order within a declaration does not count: a table that Alembic makes
    anew has its constraints in another order each time.
    """
    declared = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return sha256("\n".join(sorted(_in_order(sql) for (sql,) in declared)).encode()).hexdigest()


def _in_order(sql: str) -> str:
    head, bracket, rest = re.sub(r"\s+", " ", sql).partition("(")
    body, end, tail = rest.rpartition(")")
    return head + bracket + ",".join(sorted(part.strip() for part in body.split(","))) + end + tail


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")
