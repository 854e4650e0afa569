"""Where the plan's file stands while it is open: seen by itself, told once, and each verb does what it says."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from factories import add_goal, dump, reopen
from gui.meeting_window import banners, said
from planstudio.domain.files import FileRelation
from planstudio.domain.places import Place
from planstudio.gui.pages.past_page import PastPage
from planstudio.gui.window import Window
from planstudio.operations import goals
from planstudio.workspace import Workspace, filing

LONG = 100_000


@pytest.fixture
def plan(make_window: Callable[[], Window], tmp_path: Path) -> Window:
    window = make_window()
    window.open_plan(tmp_path / "Plan.planstudio", create=True)
    add_goal(window.plan.workspace, "Read")
    save(window)
    return window


def save(window: Window) -> None:
    window.plan.workspace.publish()
    window.plan.saver.watcher.look()


def titles(workspace: Workspace) -> list[str]:
    return sorted(row["title"] for row in dump(workspace)["goal"].values())


def press(window: Window, words: str) -> None:
    buttons = [b for one in banners(window) for b in one.findChildren(QPushButton) if b.text() == words]
    assert buttons, said(window)
    buttons[0].click()


def wait(qtbot, window: Window, words: str) -> None:
    qtbot.waitUntil(lambda: words in said(window), timeout=LONG)


def status(window: Window) -> str:
    return window._saved.text()


def test_a_file_that_is_moved_is_found_and_the_work_goes_on_there(plan: Window, qtbot, tmp_path: Path) -> None:
    place = tmp_path / "OneDrive" / "Plan of the board.planstudio"
    place.parent.mkdir()
    goal = add_goal(plan.plan.workspace, "Typed since")
    os.replace(plan.plan.workspace.path, place)
    wait(qtbot, plan, "It was found at")
    assert "not in the file" in status(plan)
    plan.go(Place("goal", goal))
    press(plan, "Use it there")
    assert plan.plan.workspace.path == place
    assert titles(plan.plan.workspace) == ["Read", "Typed since"]
    assert plan.plan.view.here == ("goal", goal)
    qtbot.waitUntil(lambda: plan.plan.saver.standing.saved, timeout=LONG)
    assert not (tmp_path / "Plan.planstudio").exists(), "nothing is written where it was"


def test_a_file_that_is_gone_is_written_again_when_somebody_says_so(plan: Window, qtbot, tmp_path: Path) -> None:
    place = plan.plan.workspace.path
    place.unlink()
    wait(qtbot, plan, "it was moved or deleted")
    plan.plan.desk.do("Add", lambda session: None)
    plan.plan.saver.save()
    qtbot.waitUntil(lambda: not plan.plan.saver._writing, timeout=LONG)
    assert not place.exists()
    press(plan, "Write it here again")
    qtbot.waitUntil(lambda: place.exists() and plan.plan.saver.standing.saved, timeout=LONG)
    qtbot.waitUntil(lambda: "moved or deleted" not in said(plan), timeout=LONG)


def test_an_older_state_is_told_and_taken_and_undo_brings_the_work_back(plan: Window, qtbot, tmp_path: Path) -> None:
    older = plan.plan.workspace.path.read_bytes()
    add_goal(plan.plan.workspace, "Since then")
    save(plan)
    plan.plan.workspace.path.write_bytes(older)
    wait(qtbot, plan, "The file is older than your work and lacks 1 change.")
    assert "put back in a minute" in status(plan)
    press(plan, "Take the older state")
    assert titles(plan.plan.workspace) == ["Read"]
    plan.plan.desk.undo()
    assert titles(plan.plan.workspace) == ["Read", "Since then"]
    qtbot.waitUntil(lambda: "is older" not in said(plan), timeout=LONG)


def test_the_difference_to_an_older_file_is_shown_word_by_word(plan: Window, qtbot) -> None:
    older = plan.plan.workspace.path.read_bytes()
    (goal,) = dump(plan.plan.workspace)["goal"]
    plan.plan.desk.do("Rename", goals.edit_goal, goal, title="Read and count")
    save(plan)
    plan.plan.workspace.path.write_bytes(older)
    wait(qtbot, plan, "The file is older")
    press(plan, "See the difference")
    page = plan.plan.view.stack.currentWidget()
    assert isinstance(page, PastPage)
    qtbot.waitUntil(lambda: not page.busy and "count" in shown(page), timeout=LONG)


def shown(page: PastPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_work_is_put_back_into_an_older_file(plan: Window, qtbot) -> None:
    older = plan.plan.workspace.path.read_bytes()
    add_goal(plan.plan.workspace, "Since then")
    save(plan)
    plan.plan.workspace.path.write_bytes(older)
    wait(qtbot, plan, "The file is older")
    press(plan, "Put my work back now")
    qtbot.waitUntil(lambda: plan.plan.workspace.look_again().relation is FileRelation.SAVED, timeout=LONG)
    qtbot.waitUntil(lambda: "is older" not in said(plan), timeout=LONG)


def test_what_a_colleague_saves_comes_in_by_itself_with_their_name(plan: Window, qtbot, tmp_path: Path) -> None:
    other = reopen(plan.plan.workspace.path, tmp_path / "laptop", device="laptop", author="Ana Fuentes")
    (goal,) = dump(other)["goal"]
    other.do("Rename", goals.edit_goal, goal, title="Read well")
    add_goal(other, "Belong")
    other.publish()
    other.close()
    wait(qtbot, plan, "Ana Fuentes changed 2 things")
    assert titles(plan.plan.workspace) == ["Belong", "Read well"]


def test_a_conflicted_copy_beside_the_plan_is_taken_in(plan: Window, qtbot, tmp_path: Path) -> None:
    aside = tmp_path / "aside.planstudio"
    shutil.copy(plan.plan.workspace.path, aside)
    other = reopen(aside, tmp_path / "laptop", device="laptop", author="Bo")
    add_goal(other, "From the copy")
    other.publish()
    other.close()
    copy = tmp_path / "Plan (Bo's conflicted copy 2026-11-30).planstudio"
    os.replace(aside, copy)
    wait(qtbot, plan, "Bo changed 1 thing")
    assert "From the copy" in titles(plan.plan.workspace)
    qtbot.waitUntil(lambda: not copy.exists(), timeout=LONG)
    assert list(tmp_path.glob("data/working/*/backups/copies/*conflicted copy*"))


def test_a_plan_half_written_by_another_program_is_left_alone(plan: Window, qtbot) -> None:
    half = plan.plan.workspace.path.read_bytes()[:5000]
    plan.plan.workspace.path.write_bytes(half)
    wait(qtbot, plan, "damaged or half written")
    add_goal(plan.plan.workspace, "Typed meanwhile")
    plan.plan.saver.save()
    qtbot.waitUntil(lambda: not plan.plan.saver._writing, timeout=LONG)
    assert plan.plan.workspace.path.read_bytes() == half


# Closing with work that is nowhere but here.


def hide(window: Window) -> Path:
    """The folder of the plan is unplugged; where it is kept."""
    folder = window.plan.workspace.path.parent
    away = folder.with_name("unplugged")
    folder.rename(away)
    return away


@pytest.fixture
def on_a_stick(make_window: Callable[[], Window], tmp_path: Path) -> Window:
    (tmp_path / "stick").mkdir()
    window = make_window()
    window.open_plan(tmp_path / "stick" / "Plan.planstudio", create=True)
    add_goal(window.plan.workspace, "Read")
    save(window)
    return window


def test_closing_with_work_that_is_nowhere_else_says_so_with_the_choices(on_a_stick: Window, tmp_path: Path) -> None:
    window = on_a_stick
    away = hide(window)
    add_goal(window.plan.workspace, "Typed since")
    assert not window.close_plan()
    assert window.plan is not None
    assert "1 change is nowhere but on this computer, where it is kept." in said(window)
    away.rename(tmp_path / "stick")
    press(window, "Try again")
    assert window.plan is None
    found = reopen(tmp_path / "stick" / "Plan.planstudio", tmp_path / "laptop")
    assert titles(found) == ["Read", "Typed since"]
    found.close()


def test_closing_anyway_keeps_the_work_for_the_next_time(on_a_stick: Window, tmp_path: Path) -> None:
    window = on_a_stick
    away = hide(window)
    add_goal(window.plan.workspace, "Typed since")
    window.close()
    assert window.isVisible()
    press(window, "Close anyway")
    assert not window.isVisible(), "the window was to be closed, and not the plan alone"
    away.rename(tmp_path / "stick")
    found = reopen(tmp_path / "stick" / "Plan.planstudio", tmp_path / "data")
    assert titles(found) == ["Read", "Typed since"]
    found.close()


def test_closing_asks_nothing_where_nothing_is_lacking(on_a_stick: Window) -> None:
    hide(on_a_stick)
    assert on_a_stick.close_plan()


# Much at once.


@pytest.fixture
def much(plan: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """A colleague has written more than is taken in on the window's thread."""
    monkeypatch.setattr(filing, "MANY", 2)
    write_much(plan, tmp_path)
    return plan


def write_much(plan: Window, tmp_path: Path) -> None:
    other = reopen(plan.plan.workspace.path, tmp_path / "laptop", device="laptop", author="Ana Fuentes")
    for n in range(5):
        add_goal(other, f"Goal {n}")
    other.publish()
    other.close()


def test_the_work_of_months_comes_in_while_somebody_types(much: Window, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    real, typed = much.plan.workspace._document.unite_apart, threading.Event()

    def slow(*given: object) -> object:
        made = real(*given)
        typed.wait(60)
        return made

    monkeypatch.setattr(much.plan.workspace._document, "unite_apart", slow)
    much.plan.saver.watcher.look()
    qtbot.waitUntil(much._cancel.isVisible, timeout=LONG)
    add_goal(much.plan.workspace, "Typed meanwhile")
    typed.set()
    wait(qtbot, much, "Ana Fuentes changed 5 things")
    assert titles(much.plan.workspace) == [*(f"Goal {n}" for n in range(5)), "Read", "Typed meanwhile"]
    assert not much._cancel.isVisible()
    much.plan.desk.undo()
    assert "Typed meanwhile" not in titles(much.plan.workspace)
    assert all(finding.harmless for finding in much.plan.workspace.check())
    qtbot.waitUntil(lambda: much.plan.workspace.look_again().relation is FileRelation.SAVED, timeout=LONG)


def test_saving_waits_for_what_is_taken_in(much: Window, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    much.plan.workspace.look_again()
    add_goal(much.plan.workspace, "Typed before")
    wrote: list[bool] = []
    real = much.plan.workspace.write_file
    monkeypatch.setattr(
        much.plan.workspace, "write_file", lambda **how: wrote.append(much.plan.saver._writing) or real(**how)
    )
    much.plan.saver.save()
    qtbot.waitUntil(lambda: len(titles(much.plan.workspace)) == 7, timeout=LONG)
    assert wrote == [], "nothing is written before the work of others is in"
    qtbot.waitUntil(lambda: much.plan.workspace.look_again().relation is FileRelation.SAVED, timeout=LONG)


def test_taking_in_can_be_stopped_and_asked_for_again(much: Window, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    real, go = much.plan.workspace._document.unite_apart, threading.Event()

    def slow(arrived: str, told: Callable[[float], None]) -> object:
        told(0.1)
        go.wait(60)
        return real(arrived, told)

    monkeypatch.setattr(much.plan.workspace._document, "unite_apart", slow)
    much.plan.saver.watcher.look()
    qtbot.waitUntil(much._cancel.isVisible, timeout=LONG)
    much._cancel.click()
    go.set()
    qtbot.waitUntil(lambda: "5 changes of others wait in the file" in said(much), timeout=LONG)
    assert "kept on this computer alone" not in said(much)
    assert titles(much.plan.workspace) == ["Read"]
    for _several in range(4):
        much.tell(f"Something else {_several}", False)
    much.plan.desk.do("Add", goals.add_goal, much.plan.desk.plan_id)
    much.plan.saver.save()
    qtbot.waitUntil(lambda: not much.plan.saver._writing, timeout=LONG)
    assert "your own changes are kept on this computer alone" in said(much), "it says what waits, and stays"
    assert status(much) == "Saved on this computer, until the changes of others are taken in"
    press(much, "Take it in now")
    qtbot.waitUntil(lambda: len(titles(much.plan.workspace)) == 7, timeout=LONG)
    qtbot.waitUntil(lambda: much.plan.workspace.look_again().relation is FileRelation.SAVED, timeout=LONG)
    qtbot.waitUntil(lambda: "changes of others" not in said(much), timeout=LONG)


@pytest.mark.parametrize("before", ["nothing", "stopped", "under way"])
def test_closing_takes_in_much_in_a_job_while_the_window_paints(
    plan: Window, qtbot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, before: str
) -> None:
    much, painted, alive = plan, threading.Event(), []
    real = much.plan.workspace._document.unite_apart

    def slow(*given: object) -> object:
        alive.append(painted.wait(60))
        return real(*given)

    monkeypatch.setattr(filing, "MANY", 2)
    monkeypatch.setattr(much.plan.workspace._document, "unite_apart", slow)
    qtbot.waitUntil(lambda: not much.plan.saver.watcher._looking, timeout=LONG)
    write_much(much, tmp_path)
    if before == "under way":
        much.plan.saver.watcher.look()
        qtbot.waitUntil(lambda: much.plan.saver._writing, timeout=LONG)
    much.plan.saver._put_off = before == "stopped"
    much.plan.desk.do("Add", goals.add_goal, much.plan.desk.plan_id)
    beat = QTimer(much, interval=10)
    beat.timeout.connect(painted.set)
    beat.start()
    path = much.plan.workspace.path
    assert much.close_plan()
    beat.stop()
    assert alive == [True], "the window went on while it was waited for"
    left = reopen(path, tmp_path / "later", device="later")
    assert len(titles(left)) == 7
    left.close()
