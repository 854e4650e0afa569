"""Who has the plan open: the lock of this computer, and the courtesy note for all others."""

from __future__ import annotations

import json
import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from factories import add_goal, create, reopen
from planstudio.domain.errors import StoreUnavailable
from planstudio.store.working import has_working_copy
from planstudio.workspace import Workspace


def test_a_second_window_on_this_computer_is_refused_with_a_sentence(
    workspace: Workspace, place: Path, data: Path
) -> None:
    with pytest.raises(StoreUnavailable, match="already open in another Plan Studio window"):
        reopen(place, data)
    add_goal(workspace, "Read")  # and the first one goes on
    workspace.close()
    reopen(place, data).close()


def test_has_working_copy_tells_whether_this_computer_knows_the_plan(place: Path, data: Path) -> None:
    assert not has_working_copy(place, data)
    create(place, data).close()
    assert has_working_copy(place, data)


def note_of(place: Path) -> Path:
    return place.with_name(f"~${place.name}")


def leave_note(place: Path, **words: object) -> None:
    since = datetime.now().astimezone() - timedelta(hours=1)  # a note of more than a day counts no more
    known = {"user": "J. Lee", "computer": "BOARD-PC", "pid": 4, "since": since.isoformat()}
    note_of(place).write_text(json.dumps(known | words))


def test_the_note_of_another_computer_says_who_has_it_open(place: Path, data: Path) -> None:
    create(place, data).close()
    leave_note(place)
    workspace = reopen(place, data)
    assert workspace.elsewhere is not None
    assert (workspace.elsewhere.user, workspace.elsewhere.computer) == ("J. Lee", "BOARD-PC")
    add_goal(workspace, "Both may work")
    workspace.close()
    assert note_of(place).exists(), "somebody else's note is theirs to take away"


def test_a_note_of_this_computer_counts_while_its_program_lives(place: Path, data: Path) -> None:
    create(place, data).close()
    leave_note(place, computer=socket.gethostname(), pid=os.getppid())
    workspace = reopen(place, data)
    assert workspace.elsewhere is not None
    workspace.close()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"user": 1}',
        json.dumps({"user": "a", "computer": socket.gethostname(), "pid": 10**30, "since": "2026-11-21T09:12:00"}),
        json.dumps({"user": "a", "computer": "b", "pid": "x", "since": "2026-11-21T09:12:00"}),
        json.dumps({"user": "a", "computer": "b", "pid": 1, "since": "yesterday"}),
        '{"user": "a", "computer": "b", "pid": Infinity, "since": "2026-11-21T09:12:00"}',
        "[" * 100_000,
    ],
    ids=["empty", "cut", "list", "null", "bare", "huge pid", "word pid", "no date", "infinite pid", "deep"],
)
def test_a_broken_note_is_no_note(place: Path, data: Path, text: str) -> None:
    create(place, data).close()
    note_of(place).write_text(text)
    workspace = reopen(place, data)
    assert workspace.elsewhere is None
    workspace.close()
    assert not note_of(place).exists()
