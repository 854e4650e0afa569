"""The one door to database files: plain ones by the standard library, those under a password by sqlcipher3.

    "SQLite format 3", empty, absent    the standard library's driver
    any other first 16 bytes            SQLCipher's salt: sqlcipher3, with the key that belongs to the salt

All files of one plan have one salt. So a key that was found once, at the cost of
256,000 rounds, opens the working copy, the backups and the copies; it lives in
this process alone, until the plan is locked.

A file that a connection is on must not be opened and closed by another handle:
on Linux and macOS that drops its locks. Only working copies are connected to
while they are connected to, so their first bytes are read once and remembered.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planstudio import files
from planstudio.domain import recovery
from planstudio.domain.errors import Locked, PartMissing
from planstudio.i18n import _

SECRET = files.SECRET_SUFFIX
LIVE = "work.db"
PAGE = 4096  # bytes: a plan under a password is a whole number of them
_PLAIN = b"SQLite format 3\0"
_SALT = 16
_ROUNDS, _BYTES = 256_000, 32  # as SQLCipher 4 has it, so that its own tools open the file by the password
_DRIVER = "sqlcipher3.dbapi2"
_QUIET = ("cipher_log_level=NONE", "cipher_memory_security=ON")


@dataclass(frozen=True, repr=False)
class Key:
    """What opens the files of one plan."""

    salt: bytes
    secret: bytes

    @property
    def words(self) -> str:
        """As a recovery sheet writes it."""
        return recovery.written(self.secret)


_keys: dict[bytes, Key] = {}  # by their salt
_heads: dict[str, bytes] = {}  # the first bytes of working copies


def either(*kinds: type[Exception]) -> tuple[type[Exception], ...]:
    """*kinds* of errors, those of the standard library's driver also as the other driver has them; any for none."""
    wanted = kinds or (sqlite3.Error,)
    other = sys.modules.get(_DRIVER)  # what has not been imported raises nothing
    if other is None:
        return wanted
    return (*wanted, *(getattr(other, kind.__name__) for kind in wanted if issubclass(kind, sqlite3.Error)))


# Names and first bytes.


def salt_of(path: Path | str) -> bytes | None:
    """The salt of the file at *path*; None for one that is plain, empty or not there."""
    head = _head(Path(path))
    return None if len(head) < _SALT or head == _PLAIN else head


def replaced(path: Path | str) -> None:
    """Another file stands at *path* from now on, or none."""
    _heads.pop(str(path), None)


def _head(path: Path) -> bytes:
    known = _heads.get(str(path))
    if known is not None:
        return known
    found = b""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        try:
            found = os.read(handle, _SALT)
        finally:
            os.close(handle)
    if path.name == LIVE and found:
        _heads[str(path)] = found
    return found


# Keys.


def new_key(password: str) -> Key:
    """A key of its own for a plan that is to be kept under *password*. Takes some tenths of a second."""
    driver()
    return _derived(password, os.urandom(_SALT))


def key_for(words: str, salt: bytes) -> Key:
    """The key that *words* stand for: a password, or what is printed on a recovery sheet."""
    secret = recovery.read(words)
    return Key(salt, secret) if secret is not None else _derived(words, salt)


def _derived(password: str, salt: bytes) -> Key:
    typed = unicodedata.normalize("NFC", password).encode()  # computers disagree on how an accent is typed
    return Key(salt, hashlib.pbkdf2_hmac("sha512", typed, salt, _ROUNDS, _BYTES))


def learn(key: Key) -> None:
    """Let all files under *key* be opened from now on."""
    _keys[key.salt] = key


def forget(*but: Path) -> None:
    """Let go of every key, but those to these files."""
    wanted = {salt_of(path) for path in but}
    for salt in _keys.keys() - wanted:
        del _keys[salt]
    if not but:
        _heads.clear()


def key_of(path: Path | str) -> Key | None:
    """The key of the file at *path*, if it has one and we do."""
    salt = salt_of(path)
    return _keys.get(salt) if salt is not None else None


def is_locked(path: Path | str) -> bool:
    """Whether the file at *path* is under a password that nobody has given yet."""
    salt = salt_of(path)
    return salt is not None and salt not in _keys


def opens(key: Key, path: Path) -> bool:
    """Whether *key* is the one to the file at *path*."""
    if key.salt != salt_of(path):
        return False
    try:
        with closing(_keyed(_address(path, read_only=True, immutable=True), key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except either(sqlite3.DatabaseError):
        return False
    return True


def locked(path: Path) -> Locked:
    words = _("{name} is kept under a password. Enter it to open the plan.")
    return Locked(words.format(name=files.shown(path.name)))


# Connections.


def driver() -> Any:
    """The driver for plans under a password, imported when the first one is met; PartMissing where there is none."""
    try:
        return importlib.import_module(_DRIVER)
    except ImportError as error:
        words = _(
            "Plans under a password need a part of this program that is not installed. "
            'Install it with: python -m pip install "planstudio[secret]"'
        )
        raise PartMissing(words) from error


def connect(
    path: Path | str,
    *,
    read_only: bool = False,
    immutable: bool = False,
    timeout: float = 5.0,
    own_thread: bool = True,
    implicit: bool = True,
) -> sqlite3.Connection:
    """A connection to the file at *path*, by whichever driver it needs; Locked where its key is not known.

    *immutable*: nobody writes to it meanwhile. Not *own_thread*: any thread may use it. Not *implicit*: it begins
    no transaction by itself.
    """
    kinds: dict[str, Any] = {"timeout": timeout, "check_same_thread": own_thread}
    if not implicit:
        kinds["isolation_level"] = None
    salt = salt_of(path)
    key = _keys.get(salt) if salt is not None else None
    address = _address(Path(path), read_only=read_only, immutable=immutable)
    if key is not None:
        return _keyed(address, key, **kinds)
    if salt is not None and SECRET in Path(path).name.lower():
        raise locked(Path(path))
    connection: sqlite3.Connection = sqlite3.connect(address, uri=address.startswith("file:"), **kinds)
    return connection


def rows(path: Path | str, asked: str, *values: Any, **how: Any) -> list[Any]:
    """What one question to the file at *path* answers, over a connection of its own; *how* as connect() has it."""
    with closing(connect(path, **how)) as connection:
        return connection.execute(asked, values).fetchall()


def made(path: Path | str, key: Key) -> sqlite3.Connection:
    """A connection to the file at *path*, which is empty or not there, under *key*.

    Without a journal: what is not complete is thrown away, and a kill leaves none beside the plan.
    """
    replaced(path)
    connection = _keyed(str(path), key, isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    return connection


def memory(*, secret: bool, keyed: bool = False, own_thread: bool = True) -> sqlite3.Connection:
    """A database in memory, for a *secret* plan by its driver, which empties what it lets go of.

    *keyed*: its pages are laid out as those of a file under a key are, so that one can be copied into it.
    """
    if not secret:
        return sqlite3.connect(":memory:", check_same_thread=own_thread)
    key = Key(os.urandom(_SALT), os.urandom(_BYTES)) if keyed else None
    return _keyed(":memory:", key, check_same_thread=own_thread)


def is_by_cipher(connection: Any) -> bool:
    """Whether a driver's *connection* is to a plan under a password."""
    return type(connection).__module__.startswith("sqlcipher3")


def _address(path: Path, *, read_only: bool, immutable: bool) -> str:
    if not (read_only or immutable):
        return str(path)
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}"


def _keyed(address: str, key: Key | None, **kinds: Any) -> sqlite3.Connection:
    connection = driver().connect(address, uri=address.startswith("file:"), **kinds)
    with closed_in_trouble(connection):
        if key is not None:
            connection.execute(f"PRAGMA key = \"x'{key.secret.hex()}{key.salt.hex()}'\"")
        for pragma in _QUIET:
            connection.execute(f"PRAGMA {pragma}")
    return connection  # type: ignore[no-any-return]


@contextmanager
def closed_in_trouble(connection: Any) -> Iterator[None]:
    """Close a *connection* that cannot be made ready: nobody will get it."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


# Whole files.


def pour(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Fill the empty database of *target* with all that *source* holds, whatever drivers and keys they have."""
    for name in ("application_id", "user_version"):
        target.execute(f"PRAGMA {name}={int(source.execute(f'PRAGMA {name}').fetchone()[0])}")
    target.execute("PRAGMA foreign_keys=OFF")
    target.execute("BEGIN")
    kinds = source.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    for kind, name, sql in sorted(kinds, key=lambda one: one[0] != "table"):
        if name.startswith("sqlite_"):
            continue
        target.execute(sql)
        if kind == "table":
            rows = source.execute(f'SELECT * FROM "{name}"')
            marks = ",".join("?" * len(rows.description))
            while lot := rows.fetchmany(1000):
                target.executemany(f'INSERT INTO "{name}" VALUES ({marks})', lot)
    target.execute("COMMIT")


def copy_live(source: sqlite3.Connection, target: Path, key: Key) -> None:
    """The database of *source*, which is under a key, in the empty file at *target* under *key*."""
    with closing(made(target, key)) as copy:
        source.backup(copy)


def is_whole(path: Path) -> bool:
    """Whether every page of the file at *path* is what was written under its key, and none is lacking."""
    with closing(connect(path, immutable=True)) as connection:
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            return False
        count = int(connection.execute("PRAGMA page_count").fetchone()[0])
    return path.stat().st_size == count * PAGE


def rekey(path: Path, key: Key) -> None:
    """Put the closed file at *path* under another *key*; a crash leaves it under the one or the other."""
    if salt_of(path) == key.salt:
        return
    with files.replacing(path, private=True) as temporary, closing(connect(path)) as connection:
        copy_live(connection, temporary, key)
    replaced(path)
