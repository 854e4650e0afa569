"""A folder that does not answer keeps nobody who types waiting."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from factories import add_goal
from planstudio.store import peer
from planstudio.workspace import Workspace


def test_what_waits_is_known_while_a_look_at_the_folder_hangs(
    workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.publish()
    looking, answer = threading.Event(), threading.Event()

    def hanging(_path: Path) -> peer.Look:
        looking.set()
        answer.wait(60)
        return peer.Look(peer.There.OUT_OF_REACH)

    monkeypatch.setattr(peer, "stamp", lambda _path: None)
    monkeypatch.setattr(peer, "look", hanging)
    watcher = threading.Thread(target=workspace.look_again)
    watcher.start()
    assert looking.wait(60)
    asked: list[bool] = []
    typing = threading.Thread(target=lambda: asked.append(workspace.dirty), daemon=True)
    typing.start()
    typing.join(30)
    told = list(asked)
    answer.set()
    watcher.join()
    assert told == [False]
    add_goal(workspace, "Typed meanwhile")
    assert workspace.dirty
