"""Rows of columns, untyped: each query names what it unpacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.orm import Session


def rows(session: Session, query: Executable) -> Iterator[Any]:
    yield from session.execute(query)
