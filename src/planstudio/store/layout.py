"""The tables of an empty plan."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, create_mock_engine

from planstudio.store.schema import Base


def lay_out(connection: Connection) -> None:
    """Make every table of a plan in the empty database of *connection*."""
    for statement in _statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


@cache
def _statements(dialect: str) -> tuple[str, ...]:
    """What makes the tables, put into words once: each new plan and each drop that is looked at needs it."""
    made: list[Any] = []
    engine = create_mock_engine(f"{dialect}://", lambda statement, *_parameters: made.append(statement))
    Base.metadata.create_all(engine, checkfirst=False)
    return tuple(str(statement.compile(dialect=engine.dialect)) for statement in made)
