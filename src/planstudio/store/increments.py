"""Backups of a heavy plan: a base, and for each later one the steps since, in the form of a drop.

    20261130-101500-5120.planstudio                              a whole copy: step 5120 was its last
    20261201-093000-5137-since-20261130-101500-5120.steps        17 steps more

A plan with fifty megabytes of history is not copied for one word. A base is made
anew after a month, and when the steps since are no longer little beside it.
"""

from __future__ import annotations

import os
import re
import sqlite3
from datetime import datetime
from pathlib import Path

from planstudio import files
from planstudio.domain.errors import NotAPlan
from planstudio.i18n import _
from planstudio.store import copies, doors, drops
from planstudio.store.engine import opened

NAME = re.compile(r"(\d{8}-\d{6})-(\d+)-since-(\d{8}-\d{6}-\d+)\.steps")
_BASE = re.compile(r"(\d{8}-\d{6})-(\d+)\.planstudio")
_LITTLE = 1 / 4  # of the base's bytes


def base_for(source: Path, connection: sqlite3.Connection, folder: Path, since: str) -> Path | None:
    """The whole backup to which a new one of the heavy plan at *source* can add; None where a whole one is due.

    Bases older than *since*, a moment as names begin with, are not added to any more.
    """
    if source.stat().st_size <= drops.HEAVY or doors.salt_of(source) is not None:  # steps alone are in the clear
        return None
    whole = max((path for path in folder.glob("*.planstudio") if _BASE.fullmatch(path.name)), default=None)
    if whole is None or whole.name < since:
        return None
    last = doors.rows(whole, "SELECT id FROM change_set ORDER BY seq DESC LIMIT 1", immutable=True)
    ours = connection.execute("SELECT id FROM change_set WHERE seq = ?", (_head(whole.name),)).fetchall()
    return whole if last and last == ours else None  # steps are only added


def keep(source: Path, base: Path, head: int, folder: Path, at: str) -> Path | None:
    """The steps of the live database at *source* since *base*, put into *folder*; None where they are much."""
    with opened(source, read_only=True) as engine, engine.connect() as connection:
        (plan,) = connection.exec_driver_sql("SELECT plan FROM seal").one()
        since = connection.exec_driver_sql("SELECT id FROM change_set WHERE seq > ?", (_head(base.name),))
        data = drops.pack(connection, plan, [step for (step,) in since])
    if len(data) > _LITTLE * base.stat().st_size:
        return None
    made = folder / f"{at}-{head}-since-{base.stem}.steps"
    with copies.replacing(made, private=True) as temporary:
        temporary.write_bytes(data)
        if temporary.read_bytes() != data:
            raise OSError(_("The disk did not keep what was written to {name}.").format(name=made.name))
    return made


def base_of(name: str) -> str:
    """The whole backup that the one called *name* adds to; "" for a whole one."""
    found = NAME.fullmatch(name)
    return f"{found[3]}.planstudio" if found else ""


def whole(path: Path, target: Path) -> None:
    """The plan that the backup at *path* stands for, whole, at *target*; NotAPlan where a part of it is damaged."""
    base, said = path.with_name(base_of(path.name)), drops.unpack(files.read(path, 2 * drops.LARGEST))
    if said is None or not os.path.isfile(base):
        raise NotAPlan(_("The backup {name} is damaged. Take an older one.").format(name=path.name))
    copies.put(base, target, private=True)
    with opened(target) as engine, engine.begin() as connection:
        drops.unite_packed(connection, said, datetime.now().astimezone().isoformat(timespec="milliseconds"))


def _head(name: str) -> int:
    found = _BASE.fullmatch(name)
    return int(found[2]) if found else 0
