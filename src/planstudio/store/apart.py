"""A large union, made in a copy of the working copy while somebody goes on typing in it.

The steps are the same as if they had been united at once; only who waits is not.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from planstudio import files
from planstudio.store import copies, doors
from planstudio.store.engine import opened
from planstudio.store.lines import SETS, Key
from planstudio.store.union import Told, steps_of, take_in

MANY = 500  # steps of others that are taken in apart: less is done before anybody notices

_NAME = "apart.tmp"  # swept by the next opening


@dataclass(frozen=True)
class Apart:
    """A copy of the plan in which the steps of others are, and ours up to *seq*."""

    path: Path
    seq: int
    touched: set[Key]


def unite_apart(
    work: Path, known: dict[str, Any], unite: Callable[[Connection, Told], set[Key]], told: Told
) -> Apart:  # fmt: skip
    """Copy the working copy *work*, and *unite* in the copy; for a job."""
    path = work.with_name(_NAME)
    try:
        copies.copy_live(work, path)
        told(0.2)
        with opened(path, known=known) as engine, engine.begin() as connection:
            seq = connection.scalar(select(func.max(SETS.c.seq))) or 0
            touched = unite(connection, lambda share: told(0.2 + 0.8 * share))
    except BaseException:
        path.unlink(missing_ok=True)
        Path(f"{path}-journal").unlink(missing_ok=True)
        raise
    return Apart(path, seq, touched)


def take_over(live: Engine, made: Apart, work: Path, arrived: str) -> None:
    """Let the copy, with what was typed meanwhile, take the place of *work*, whose engine is at its end with this."""
    with live.execution_options(reading=True).connect() as connection:
        typed = connection.execute(select(SETS.c.id).where(SETS.c.seq > made.seq)).scalars().all()
        steps, lines = steps_of(connection, typed)
    with opened(made.path) as engine, engine.begin() as connection:
        take_in(connection, steps, lines, arrived)
    live.dispose()
    if (key := doors.key_of(work)) is not None:  # the password may have been changed meanwhile
        doors.rekey(made.path, key)
    files.flush(made.path)
    os.replace(made.path, work)
    doors.replaced(work)
    Path(f"{made.path}-journal").unlink(missing_ok=True)
    files.flush_folder(work.parent)
