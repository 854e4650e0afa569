"""Somebody at a computer of their own who types a word and saves, again and again: a real process.

python -m faults.saver PLAN DATA NAME SAVES [rename] [no-lock] [drops]
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zlib
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from factories import dump, reopen
from planstudio.domain.files import Place
from planstudio.operations import goals
from planstudio.store import drops, peer
from planstudio.store.lines import SETS

TOLD = (Place.SAVED, Place.NEWER)  # "Saved" stands in the window


def steps_in(path: Path) -> set[str]:
    """The steps that anybody finds in the file at *path*."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return {step for (step,) in connection.execute("SELECT id FROM change_set")}


def steps_at(place: Path) -> set[str]:
    """The steps that anybody finds in the file at *place* and beside it."""
    beside = place.with_name(f"{place.stem} files") / "steps"
    laid = [json.loads(zlib.decompress(path.read_bytes())) for path in beside.glob("[0-9a-f]*")]
    return steps_in(place) | {step["id"] for drop in laid for step in drop["steps"]}


def main(place: Path, data: Path, name: str, saves: int, *, whole: bool) -> None:
    workspace, chance = reopen(place, data, device=name, author=name), Random(name)
    ids = sorted(dump(workspace)["goal"])
    for n in range(saves):
        workspace.do("Rename", goals.edit_goal, chance.choice(ids), title=f"{name} {n}")
        made = workspace.ask(newest_step, name)
        workspace.publish(whole=whole)
        if workspace.file_state.place in TOLD:
            sys.stdout.write(f"{made} {'there' if made in steps_at(place) else 'MISSING'}\n")
            sys.stdout.flush()
    workspace.close()


def newest_step(session: Session, device: str) -> str:
    own = select(SETS.c.id).where(SETS.c.device == device)
    return str(session.scalar(own.order_by(SETS.c.seq.desc()).limit(1)))


if __name__ == "__main__":
    if "rename" in sys.argv:
        peer.exchange = lambda _one, _other: False
    if "no-lock" in sys.argv:
        peer.turn = contextmanager(lambda _path: iter([None]))
    if "drops" in sys.argv:
        drops.HEAVY = 0
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), whole="drops" not in sys.argv)
