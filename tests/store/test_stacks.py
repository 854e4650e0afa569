"""What can be undone is known from the end of the journal, and is what the whole journal would say."""

from __future__ import annotations

from random import Random

import pytest

from factories import add_goal
from planstudio.operations import goals
from planstudio.store import stacks
from planstudio.store.stacks import Stacks
from planstudio.workspace import Workspace


def state(workspace: Workspace) -> object:
    fresh = Stacks("desk")
    workspace.ask(lambda session: fresh.catch_up(session.connection()))
    return fresh.state(), fresh.next("undo"), fresh.next("redo")


@pytest.mark.parametrize("seed", range(4))
def test_a_small_window_says_what_the_whole_journal_says(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance, goal = Random(seed), add_goal(workspace)
    for n in range(60):
        what = chance.random()
        if what < 0.5:
            workspace.do(f"Edit {n}", goals.edit_goal, goal, title=f"Read {n}")
        elif what < 0.8 and (workspace.undo_state().undo or "").startswith("Edit"):
            workspace.undo()
        elif workspace.undo_state().redo:
            workspace.redo()
        monkeypatch.setattr(stacks, "_WINDOW", 1)
        near = state(workspace)
        monkeypatch.setattr(stacks, "_WINDOW", 10_000)
        assert near == state(workspace)


def test_undo_goes_on_beyond_what_was_read(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacks, "_WINDOW", 3)
    goal = add_goal(workspace)
    for n in range(20):
        workspace.do(f"Edit {n}", goals.edit_goal, goal, title=f"Read {n}")
    again = Workspace(workspace._document, device="desk", author="Ann", clock=workspace.clock)
    for n in reversed(range(20)):
        assert again.undo_state().undo == f"Edit {n}"
        again.undo()
    for n in range(20):
        assert again.undo_state().redo == f"Edit {n}"
        again.redo()
