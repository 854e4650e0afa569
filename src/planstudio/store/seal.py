"""The seal of a plan: its id, how many steps it has, and one digest of their ids.

The digest is the exclusive or of a hash of each id, so the order in which steps
came does not matter, and one step more is one operation. Two copies with the
same seal hold the same steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from planstudio.domain.ids import uuid7
from planstudio.store.lines import SETS
from planstudio.store.schema import Base

SEAL: Table = Base.metadata.tables["seal"]
_BYTES = 16


@dataclass(frozen=True)
class Seal:
    plan: str
    digest: str  # hexadecimal
    count: int


def digest_of(steps: Iterable[str], before: str = "") -> str:
    """The digest of *steps*, together with those that *before* is the digest of."""
    value = int(before or "0", 16)
    for step in steps:
        value ^= int.from_bytes(sha256(step.encode()).digest()[:_BYTES])
    return f"{value:0{2 * _BYTES}x}"


def seal(connection: Connection, steps: list[str]) -> None:
    """Take new *steps* into the seal; the first of all steps gives the plan its id."""
    row: Any = connection.execute(select(SEAL)).one_or_none()
    if row is None:
        connection.execute(insert(SEAL).values(plan=uuid7(), digest=digest_of(steps), count=len(steps)))
    else:
        connection.execute(update(SEAL).values(digest=digest_of(steps, row.digest), count=row.count + len(steps)))


def sealed(connection: Connection) -> Seal:
    """The seal that fits the steps, reckoned anew."""
    steps = list(connection.execute(select(SETS.c.id)).scalars())
    return Seal(connection.scalar(select(SEAL.c.plan)) or "", digest_of(steps), len(steps))
