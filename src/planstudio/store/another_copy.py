"""Another copy of a plan, which somebody brings by hand: whether it is one, and what each of the two has.

A copy has the plan's id. A branch, as "Save a copy" makes one, has an id of its
own and the same founding step: that of one stands in the other. Whatever else
is brought is another plan.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select

from planstudio.domain.errors import NotAPlan
from planstudio.domain.files import CopyCounts
from planstudio.i18n import _
from planstudio.store.becoming import keys_in, refuse_much
from planstudio.store.engine import opened
from planstudio.store.lines import SETS, Key
from planstudio.store.seal import SEAL
from planstudio.store.union import step_ids, unite


def counts(connection: Connection, path: Path) -> CopyCounts:
    """How many steps the plan and the verified copy at *path* have; NotAPlan where it is another plan."""
    with opened(path, read_only=True) as engine, engine.connect() as other:
        ours, theirs = step_ids(connection), step_ids(other)
        same = connection.scalar(select(SEAL.c.plan)) == other.scalar(select(SEAL.c.plan))
        if not (same or _founding(connection) in theirs or _founding(other) in ours):
            raise NotAPlan(_("This is another plan, not a copy."))
    return CopyCounts(len(theirs - ours), len(theirs & ours), len(ours - theirs))


def _founding(connection: Connection) -> str | None:
    """The step that every other one was made after."""
    return connection.scalar(select(SETS.c.id).order_by(SETS.c.clock, SETS.c.id).limit(1))


def unite_copy(connection: Connection, path: Path, arrived: str, *, much: bool) -> set[Key]:
    """Take in what the verified copy at *path*, which counts() took, has beside ours; TakesMuch if not *much*."""
    before = keys_in(connection)
    touched = unite(connection, path, arrived)
    if not much:
        refuse_much(before, keys_in(connection))
    return touched
