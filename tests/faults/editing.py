"""A gesture that changes many rows at once, so that a half of it would show."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.orm import Session

from factories import add_goal, create, dump
from planstudio.operations import goals
from planstudio.workspace import Workspace

ROWS = 12


def plan_to_edit(path: Path, data: Path) -> list[str]:
    """A published and closed plan with some goals; their ids."""
    workspace = create(path, data)
    for number in range(ROWS):
        add_goal(workspace, f"Goal {number}", statement="x" * 600)
    workspace.publish()
    ids = sorted(dump(workspace)["goal"])
    workspace.close()
    return ids


def retitle(session: Session, ids: list[str], word: str) -> None:
    """Give all goals the same words, a page of them each."""
    for goal in ids:
        goals.edit_goal(session, goal, title=word, statement=word * 100)


def gesture(workspace: Workspace, ids: list[str], number: int) -> None:
    workspace.do(word(number), retitle, ids, word(number))


def word(number: int) -> str:
    return f"step{number:05}"


def read_back(path: Path) -> int:
    """The number of the last whole gesture in the database at *path*; raises when it is torn or damaged."""
    with closing(sqlite3.connect(path)) as connection:
        (sound,) = connection.execute("PRAGMA quick_check").fetchone()
        assert sound == "ok"
        label, steps = connection.execute("SELECT label, count(*) OVER () FROM change_set ORDER BY seq DESC").fetchone()
        number = int(label[4:]) if label.startswith("step") else 0
        found = connection.execute("SELECT DISTINCT title, statement FROM goal").fetchall()
        lines = connection.execute("SELECT count(*) FROM change JOIN change_set ON change_set.id = set_id").fetchone()
    if number:
        assert found == [(word(number), word(number) * 100)], "a gesture is half there"
        assert steps == 1 + ROWS + number
        assert lines == (2 + ROWS + ROWS * number,), "the journal tells of all of it"
    return number
