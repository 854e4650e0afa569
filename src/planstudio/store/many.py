"""Many rows at once: asked for in lots, and written by one statement whose values go to the driver as they are.

SQLAlchemy looks at each value of each row, which costs more than to write them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Insert, Update

T = TypeVar("T")


def in_lots(values: Iterable[T], size: int = 400) -> Iterator[list[T]]:
    """*values* in as many as one question may name."""
    found = list(values)
    return (found[n : n + size] for n in range(0, len(found), size))


def write(connection: Connection, statement: Insert | Update, rows: Sequence[dict[str, Any]]) -> None:
    """Execute *statement* for each of *rows*, which name the same cells, each as the table holds it."""
    if not rows:
        return
    statement = statement.inline()
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names = getattr(compiled, "positiontup", None)  # of a dialect that knows no names
    connection.exec_driver_sql(str(compiled), list(map(itemgetter(*names), rows)) if names else rows)
