"""Opening a database: one connection, every transaction ours, every guard on.

pysqlite's own transaction handling commits behind SQLAlchemy's back (37 of 60
killed migrations were half done), so BEGIN is emitted here. Reading begins
deferred, writing IMMEDIATE, so that a lock is met at the start and not half way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, ExceptionContext, StaticPool, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.util import LRUCache

from planstudio.domain.errors import StoreUnavailable
from planstudio.i18n import _
from planstudio.store import doors

PRAGMAS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "secure_delete=ON",
    "journal_mode=TRUNCATE",
    "synchronous=FULL",
    "temp_store=MEMORY",
    "busy_timeout=3000",
)


_STATEMENTS = 2000  # kept as SQL: more than the program has


def open_engine(path: Path | str, *, read_only: bool = False, known: dict[str, Any] | None = None) -> Engine:
    """The engine for the database at *path* (or ":memory:"); what is *known* stands in a connection's `info`."""
    driver = sqlite3 if doors.salt_of(path) is None else doors.driver()
    engine = _engine(driver, lambda: doors.connect(path, read_only=read_only, own_thread=False))
    if driver is not sqlite3:
        event.listen(engine, "handle_error", _let_go)
    return _prepared(engine, read_only=read_only, known=known)


@contextmanager
def opened(path: Path | str, *, read_only: bool = False, known: dict[str, Any] | None = None) -> Iterator[Engine]:
    """As open_engine(), let go of at the end of a `with`."""
    engine = open_engine(path, read_only=read_only, known=known)
    try:
        yield engine
    finally:
        engine.dispose()


def memory_engine(*, secret: bool, keyed: bool = False, known: dict[str, Any] | None = None) -> Engine:
    """The engine for a database in memory, as doors.memory() has it; *known* as above."""
    driver = doors.driver() if secret else sqlite3
    engine = _engine(driver, lambda: doors.memory(secret=secret, keyed=keyed, own_thread=False))
    return _prepared(engine, known=known)


def _engine(driver: Any, connect: Callable[[], Any]) -> Engine:
    """An engine that knows how to say what any other of its *driver* has said: half of a short question is that."""
    dialect, said = _shared(driver)
    engine = create_engine(
        "sqlite://", module=driver, creator=connect, poolclass=StaticPool, hide_parameters=True,
        execution_options={"compiled_cache": said},
    )  # fmt: skip
    engine.dialect = dialect
    return engine


@cache
def _shared(driver: Any) -> tuple[Dialect, LRUCache[Any, Any]]:
    engine = create_engine("sqlite://", module=driver)
    with engine.connect():  # it looks what the library can do
        pass
    engine.dispose()
    return engine.dialect, LRUCache(_STATEMENTS)


def shut(engine: Engine) -> Engine:
    """Let go of *engine*; the one to have in its place refuses whoever comes too late, when the file is another's."""
    engine.dispose()
    return create_engine("sqlite://", creator=_refuse)


def _refuse() -> Any:
    raise StoreUnavailable(_("The plan has been closed."))


def _let_go(context: ExceptionContext) -> None:
    """End a connection that met trouble: SQLCipher, once it could not read a page, refuses every one after it."""
    context.is_disconnect = type(context.sqlalchemy_exception) in (OperationalError, DatabaseError)


def _prepared(engine: Engine, *, read_only: bool = False, known: dict[str, Any] | None = None) -> Engine:
    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        record.info.update(known or {})
        connection.isolation_level = None
        wanted = [one for one in PRAGMAS if not (read_only and one.startswith("journal_mode"))]
        with doors.closed_in_trouble(connection):
            for pragma in (*wanted, *(("query_only=ON",) if read_only else ())):
                connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = read_only or connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
