"""SQLAlchemy on any of apsw's virtual file systems: where faults are put in and crashes recorded.

Only what SQLAlchemy's dialect asks of a driver is here. The program itself runs
on the standard library's sqlite3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import apsw


class Error(Exception): ...


class DatabaseError(Error): ...


class OperationalError(DatabaseError): ...


class IntegrityError(DatabaseError): ...


class Cursor:
    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection.real
        self._cursor = connection.real.cursor()
        self._cursor.exec_trace = self._before
        self._rows: list[Any] = []
        self.description: tuple[Any, ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Cursor:
        return self._run(statement, [values])

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> Cursor:
        return self._run(statement, rows)

    def _run(self, statement: str, rows: Sequence[Sequence[Any]]) -> Cursor:
        before = self._connection.total_changes()
        try:
            for values in rows:
                self._rows = list(self._cursor.execute(statement, values))
        except (apsw.ConstraintError, apsw.MismatchError) as error:
            raise IntegrityError(str(error)) from error
        except (apsw.CorruptError, apsw.NotADBError) as error:
            raise DatabaseError(str(error)) from error
        except apsw.Error as error:
            raise OperationalError(str(error)) from error
        self.rowcount = self._connection.total_changes() - before
        self.lastrowid = self._connection.last_insert_rowid()
        return self

    def _before(self, cursor: apsw.Cursor, _statement: str, _values: Any) -> bool:
        """Note the columns while they are known: afterwards an empty answer has none."""
        self.description = tuple((name, kind, *[None] * 5) for name, kind in cursor.get_description()) or None
        return True

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[Any]:
        return self.fetchmany(len(self._rows))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchall())

    def close(self) -> None:
        self._cursor.close(True)

    def setinputsizes(self, *_sizes: Any) -> None: ...


class Connection:
    isolation_level: str | None = None

    def __init__(self, path: str, vfs: str) -> None:
        self.real = apsw.Connection(path, vfs=vfs)

    def cursor(self, *_factory: Any) -> Cursor:
        return Cursor(self)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Cursor:
        return self.cursor().execute(statement, values)

    @property
    def in_transaction(self) -> bool:
        return self.real.in_transaction

    def commit(self) -> None:
        if self.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self.in_transaction:
            self.execute("ROLLBACK")

    def create_function(self, name: str, count: int, function: Any, deterministic: bool = False) -> None:
        self.real.create_scalar_function(name, function, count, deterministic=deterministic)

    def close(self) -> None:
        self.real.close(True)


def driver(vfs: str) -> SimpleNamespace:
    """What stands in for the module sqlite3, on the virtual file system called *vfs*."""
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    others = ("Warning", "InterfaceError", "DataError", "InternalError", "ProgrammingError", "NotSupportedError")
    return SimpleNamespace(
        apilevel="2.0",
        threadsafety=1,
        paramstyle="qmark",
        sqlite_version=apsw.sqlite_lib_version(),
        sqlite_version_info=version,
        version="2.6.0",
        PARSE_DECLTYPES=1,
        PARSE_COLNAMES=2,
        Binary=bytes,
        Error=Error,
        DatabaseError=DatabaseError,
        OperationalError=OperationalError,
        IntegrityError=IntegrityError,
        **{name: type(name, (DatabaseError,), {}) for name in others},
        connect=lambda path, **_options: Connection(path, vfs),
    )
