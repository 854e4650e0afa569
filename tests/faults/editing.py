"""A gesture that changes many rows at once, so that a half of it would show."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy.orm import Session

from factories import add_goal, create, dump
from planstudio.operations import goals
from planstudio.store import doors
from planstudio.workspace import Workspace
from secrecy import CANARY

ROWS = 12


def plan_to_edit(path: Path, data: Path) -> list[str]:
    """A published and closed plan with some goals; their ids."""
    workspace = create(path, data)
    for number in range(ROWS):
        add_goal(workspace, f"{CANARY} {number}", statement="x" * 600)
    workspace.publish()
    ids = sorted(dump(workspace)["goal"])
    workspace.close()
    return ids


def retitle(session: Session, ids: list[str], word: str) -> None:
    """Give all goals the same words, a page of them each."""
    for goal in ids:
        goals.edit_goal(session, goal, title=word, statement=word * 40)


def gesture(workspace: Workspace, ids: list[str], number: int) -> None:
    workspace.do(word(number), retitle, ids, word(number))


def word(number: int) -> str:
    return f"{CANARY}{number:05}"


def number_of(word: str) -> int:
    """Which gesture gave the goals this word; 0 for none."""
    found = word.removeprefix(CANARY)
    return int(found) if found != word and found.isdigit() else 0


def gesture_in(workspace: Workspace) -> int:
    """The number of the last gesture that a plan has, whole."""
    words = {row["title"] for row in dump(workspace)["goal"].values()}
    return number_of(words.pop()) if len(words) == 1 else 0


def read_back(path: Path) -> int:
    """The number of the last whole gesture in the database at *path*; raises when it is torn or damaged."""
    doors.replaced(path)
    with closing(doors.connect(path)) as connection:
        (sound,) = connection.execute("PRAGMA quick_check").fetchone()
        assert sound == "ok"
        label, steps = connection.execute("SELECT label, count(*) OVER () FROM change_set ORDER BY seq DESC").fetchone()
        number = number_of(label)
        found = connection.execute("SELECT DISTINCT title, statement FROM goal").fetchall()
        lines = connection.execute("SELECT count(*) FROM change JOIN change_set ON change_set.id = set_id").fetchone()
    if number:
        assert found == [(word(number), word(number) * 40)], "a gesture is half there"
        assert steps == 1 + ROWS + number
        assert lines == (2 + ROWS + ROWS * number,), "the journal tells of all of it"
    return number
