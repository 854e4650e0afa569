"""One statement for many rows, whose values go to the driver as they are.

SQLAlchemy looks at each value of each row, which costs more than to write them.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Insert, Update


def write(connection: Connection, statement: Insert | Update, rows: Sequence[dict[str, Any]]) -> None:
    """Execute *statement* for each of *rows*, which name the same cells, each as the table holds it."""
    if not rows:
        return
    statement = statement.inline()
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names = getattr(compiled, "positiontup", None)  # of a dialect that knows no names
    connection.exec_driver_sql(str(compiled), list(map(itemgetter(*names), rows)) if names else rows)
