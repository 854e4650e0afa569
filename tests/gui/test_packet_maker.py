"""The packet's states: what follows upon what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import packets
from planstudio.domain.kinds import Access
from planstudio.domain.packets import PacketOptions
from planstudio.gui.pages.packet_maker import PacketMaker, PacketWish, State
from planstudio.workspace import Workspace

LONG = 100_000


class Made:
    def __init__(self, workspace: Workspace, cache: Path) -> None:
        self.wish: PacketWish | None = None
        self.maker = PacketMaker(workspace, cache, lambda: self.wish)
        self.states: list[State] = []
        self.maker.state_changed.connect(self.states.append)


@pytest.fixture
def made(dressed: Any, workspace: Workspace, tmp_path: Path) -> Any:
    made = Made(workspace, tmp_path / "cache")
    names = packets.a_meeting(workspace)
    made.meeting = names.meeting
    yield made
    made.maker.close()


def of(meeting: str) -> PacketWish:
    return PacketWish(meeting, Access.PUBLIC, PacketOptions(), "")


def test_a_change_is_set_after_a_rest_and_is_then_what_the_plan_says(made: Any, qtbot: Any) -> None:
    made.wish = of(made.meeting)
    made.maker.wait(1)
    assert made.maker.leaks is None, "nothing has been looked through yet"
    qtbot.waitUntil(lambda: made.maker.state is State.READY, timeout=LONG)
    assert made.states == [State.WAITING, State.ASKING, State.SETTING, State.READY]
    assert made.maker.made.printed.pages > 1
    assert made.maker.leaks == made.maker.made.unanswered
    made.maker.outdate()
    assert made.maker.leaks is None, "what was found is of before the change"


def test_where_nothing_is_wanted_nothing_is_set(made: Any) -> None:
    made.maker.begin()
    assert (made.maker.state, made.maker.is_busy) == (State.IDLE, False)


def test_what_is_stopped_delivers_nothing(made: Any, qtbot: Any) -> None:
    made.wish = of(made.meeting)
    made.maker.begin()
    qtbot.waitUntil(lambda: made.maker.state is State.SETTING, timeout=LONG)
    made.maker.stop()
    assert made.maker.state is State.STOPPED
    made.maker._jobs.wait()
    qtbot.wait(1)
    assert (made.maker.state, made.maker.made) == (State.STOPPED, None)


def test_a_meeting_that_is_gone_is_refused_in_words(made: Any, qtbot: Any) -> None:
    made.wish = of("no such meeting")
    with qtbot.waitSignal(made.maker.refused, timeout=LONG) as told:
        made.maker.begin()
    assert "deleted" in told.args[0]
    assert made.maker.state is State.STOPPED
