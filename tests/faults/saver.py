"""Somebody at a computer of their own who types a word and saves, again and again: a real process.

python -m faults.saver PLAN DATA NAME SAVES [rename] [no-lock] [drops] [password-changes] [changes-password]

*password-changes*: somebody else changes the password meanwhile; *changes-password*: this one does, half way.
"""

from __future__ import annotations

import json
import sys
import zlib
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from factories import dump, reopen
from planstudio import passwords
from planstudio.domain.errors import InvalidInput, StoreUnavailable
from planstudio.domain.files import FileRelation
from planstudio.operations import goals
from planstudio.store import doors, drops, peer
from planstudio.store.lines import SETS
from planstudio.workspace import Workspace
from secrecy import learn

CHANGED = "another one altogether"
TOLD = (FileRelation.SAVED, FileRelation.NEWER)  # "Saved" stands in the window
_again = 0  # times that a save is tried once more


def steps_in(path: Path) -> set[str]:
    """The steps that anybody finds in the file at *path*."""
    with closing(doors.connect(path, immutable=True)) as connection:
        return {step for (step,) in connection.execute("SELECT id FROM change_set")}


def steps_at(place: Path) -> set[str]:
    """The steps that anybody finds in the file at *place* and beside it."""
    beside = place.with_name(f"{place.stem} files") / "steps"
    laid = [json.loads(zlib.decompress(path.read_bytes())) for path in beside.glob("[0-9a-f]*")]
    return steps_in(place) | {step["id"] for drop in laid for step in drop["steps"]}


def main(place: Path, data: Path, name: str, saves: int, *, whole: bool, changes: bool = False) -> None:
    learn()
    with suppress(InvalidInput):  # who comes late is asked for what the password is by now
        passwords.unlock(place, data, CHANGED)
    workspace, chance = reopen(place, data, device=name, author=name), Random(name)
    ids = sorted(dump(workspace)["goal"])
    for n in range(saves):
        workspace.do("Rename", goals.edit_goal, chance.choice(ids), title=f"{name} {n}")
        made = workspace.ask(newest_step, name)
        if changes and n == saves // 2:
            workspace.change_password(CHANGED)
        save(workspace, data, whole=whole)
        if workspace.file_state.relation in TOLD:
            sys.stdout.write(f"{made} {'there' if made in steps_at(place) else 'MISSING'}\n")
            sys.stdout.flush()
    workspace.close()


def save(workspace: Workspace, data: Path, *, whole: bool) -> None:
    """Save; who is told that the password was changed gives the new one, and saves.

    Where there is no lock others may be faster for a minute: who is told so tries again, as the window does.
    """
    for last in (*[False] * _again, True):
        try:
            workspace.publish(whole=whole)
        except StoreUnavailable:
            if workspace.look_again().relation is FileRelation.LOCKED:
                sys.stdout.write("ASKED asked\n")
                passwords.unlock(workspace.path, data, CHANGED)
                workspace.take_password()
                workspace.publish(whole=whole)
            elif last:
                raise
        else:
            return


def newest_step(session: Session, device: str) -> str:
    own = select(SETS.c.id).where(SETS.c.device == device)
    return str(session.scalar(own.order_by(SETS.c.seq.desc()).limit(1)))


if __name__ == "__main__":
    if "rename" in sys.argv:
        peer.exchange = lambda _one, _other: False
    if "no-lock" in sys.argv:
        peer.turn = contextmanager(lambda _path: iter([None]))
        _again = 20
    if "drops" in sys.argv:
        drops.HEAVY = 0
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        sys.argv[3],
        int(sys.argv[4]),
        whole="drops" not in sys.argv,
        changes="changes-password" in sys.argv,
    )
