"""Another plan where one stood, and a plan so large that its check takes a while: what the window says and offers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from factories import add_goal, create
from gui.meeting_window import banners, said
from planstudio import app
from planstudio.gui.dialogs.restore import Restore
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.window import Window, opening
from planstudio.store import verify

LONG = 100_000


@pytest.fixture
def beta(tmp_path: Path) -> Path:
    workspace = create(tmp_path / "Beta.planstudio", tmp_path / "beta")
    add_goal(workspace, "Of Beta")
    workspace.publish()
    workspace.close()
    return tmp_path / "Beta.planstudio"


@pytest.fixture
def alpha(make_window, tmp_path: Path) -> Window:
    window = make_window()
    window.open_plan(tmp_path / "A.planstudio", create=True)
    add_goal(window.plan.workspace, "Of Alpha")
    window.plan.saver.save_and_wait()
    window.plan.saver._over = False
    return window


def exchange(place: Path, other: Path) -> None:
    shutil.copyfile(other, place)
    os.utime(place, ns=(1, 1))


def test_another_plan_at_the_next_opening_is_shown_and_the_former_offered(
    alpha: Window, beta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = alpha.plan.workspace.path
    assert alpha.close_plan()
    exchange(place, beta)
    alpha.open_plan(place)
    assert "A.planstudio is another plan than the one that stood here before" in said(alpha)
    assert str(alpha.plan.workspace.former) in said(alpha)
    listed: list[str] = []

    def choose(dialog: Restore) -> str:
        listed.extend(dialog.list.item(n).text() for n in range(dialog.list.count()))
        return next(row.name for row in alpha.plan.workspace.backups() if row.former)

    monkeypatch.setattr(Restore, "chosen", choose)
    (line,) = [one for one in banners(alpha) if "another plan" in one.words]
    line.chosen.emit(0)
    assert any("another plan, which stood here before" in one for one in listed)
    assert alpha.plan.workspace.find("Of Alpha")
    assert not alpha.plan.workspace.find("Of Beta")


def test_a_plan_exchanged_while_open_is_told_with_save_a_copy_and_nothing_is_overwritten(
    alpha: Window, beta: Path, qtbot
) -> None:
    place = alpha.plan.workspace.path
    exchange(place, beta)
    before = place.read_bytes()
    add_goal(alpha.plan.workspace, "Typed meanwhile")
    alpha.plan.saver.save()
    qtbot.waitUntil(lambda: "Another plan stands at" in said(alpha), timeout=LONG)
    qtbot.waitUntil(lambda: not alpha.plan.saver.standing.saved, timeout=LONG)
    assert place.read_bytes() == before
    asked: list[str] = []
    alpha.ask_path = lambda title, *_rest: asked.append(title)
    next(one for one in banners(alpha) if "Another plan stands" in one.words).chosen.emit(0)
    assert asked == ["Save a copy"]


def large(window: Window, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(opening, "LARGE", 1)
    monkeypatch.setattr(verify, "_EACH", 100)
    opener = window.opener

    def watching(path: Path, *, watch: Any = None, **how: bool) -> Any:
        with app.watching(watch):
            return opener(path, **how)

    window.opener = watching
    place = window.plan.workspace.path
    assert place is not None
    window.close_plan()
    shutil.rmtree(window.data / "working")
    return place


def test_a_large_plan_is_checked_in_a_job_and_then_shown(alpha: Window, monkeypatch, qtbot) -> None:
    place = large(alpha, monkeypatch)
    shares: list[float] = []
    alpha.jobs.progressed.connect(lambda share, _words: shares.append(share))
    assert not alpha.open_plan(place)
    (line,) = [one for one in alpha.findChildren(Banner) if "is being checked" in one.words]
    assert "damaged" not in line.words
    qtbot.waitUntil(lambda: alpha.plan is not None and alpha.plan.workspace.path == place, timeout=LONG)
    assert shares
    qtbot.waitUntil(
        lambda: not [one for one in alpha.findChildren(Banner) if "being checked" in one.words], timeout=LONG
    )


def test_the_check_of_a_large_plan_can_be_stopped_and_begun_again(alpha: Window, monkeypatch, qtbot) -> None:
    place = large(alpha, monkeypatch)
    alpha.open_plan(place)
    next(one for one in alpha.findChildren(Banner) if "is being checked" in one.words).chosen.emit(0)
    told: list[str] = []
    alpha.problems.told.connect(lambda words, _alarm: told.append(words))
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    assert "was stopped" in told[0]
    assert "damaged" not in told[0]
    assert alpha.plan is None
    alpha.open_plan(place)
    qtbot.waitUntil(lambda: alpha.plan is not None and alpha.plan.workspace.path == place, timeout=LONG)
