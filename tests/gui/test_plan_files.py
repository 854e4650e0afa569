"""Attached files that lie beside the plan: told once, fetched by themselves, missed in plain words, sent along."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from factories import add, add_goal, reopen
from gui.meeting_window import banners, said
from planstudio.domain.places import Place
from planstudio.gui.window import Window
from planstudio.operations import files
from planstudio.queries.links import file_bytes
from planstudio.store import contents

LONG = 100_000
FOLDER = "Plan files"


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LIGHT", 1000)


@pytest.fixture
def plan(make_window: Callable[[], Window], tmp_path: Path) -> Window:
    window = make_window()
    window.open_plan(tmp_path / "Plan.planstudio", create=True)
    return window


def attach(window: Window, goal: str) -> str:
    return add(window.plan.workspace, "attachment", files.attach_file, "goal", goal, "Bids.txt", b"bid " * 1000)


def save(window: Window, qtbot) -> None:
    window.plan.saver.save()
    qtbot.waitUntil(lambda: window.plan.saver.standing.saved and not window.plan.saver._writing, timeout=LONG)


def shown(window: Window) -> str:
    return " ".join(label.text() for label in window.plan.view.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def sent(plan: Window, qtbot, tmp_path: Path) -> tuple[Path, str, str]:
    """The file of a plan with one attached file, without its folder, as another computer has it."""
    goal = add_goal(plan.plan.workspace)
    file = attach(plan, goal)
    save(plan, qtbot)
    place = tmp_path / "sent" / "Plan.planstudio"
    place.parent.mkdir()
    shutil.copy(plan.plan.workspace.path, place)
    shutil.rmtree(tmp_path / "data" / "contents")
    plan.close_plan()
    return place, goal, file


def test_the_folder_is_told_once_with_the_way_to_send_everything(plan: Window, qtbot, tmp_path: Path) -> None:
    goal = add_goal(plan.plan.workspace)
    attach(plan, goal)
    save(plan, qtbot)
    assert "keeps its files in the folder Plan files beside it" in said(plan)
    asked: list[str] = []
    plan.ask_path = lambda title, name, kinds: asked.append(name)  # type: ignore[method-assign]
    buttons = [b for one in banners(plan) for b in one.findChildren(QPushButton) if b.text() == "Send as one file…"]
    buttons[0].click()
    assert asked == ["Plan to send.planstudio"]
    for one in banners(plan):
        one.deleteLater()
    add_goal(plan.plan.workspace, "One more")
    save(plan, qtbot)
    assert "keeps its files" not in said(plan)


def test_what_came_without_its_files_says_so_and_looks_again(
    make_window: Callable[[], Window], sent: tuple[Path, str, str], qtbot, tmp_path: Path
) -> None:
    place, goal, file = sent
    window = make_window()
    window.open_plan(place)
    qtbot.waitUntil(lambda: "1 file of this plan is not here" in said(window), timeout=LONG)
    window.go(Place("goal", goal))
    shutil.copytree(tmp_path / FOLDER, place.parent / FOLDER)
    (again,) = [b for one in banners(window) for b in one.findChildren(QPushButton) if b.text() == "Look again"]
    again.click()
    qtbot.waitUntil(lambda: window.plan.saver.gatherer.missing == 0, timeout=LONG)
    assert window.plan.desk.ask(file_bytes, file) == b"bid " * 1000


def test_files_that_a_colleague_adds_are_fetched_by_themselves(plan: Window, qtbot, tmp_path: Path) -> None:
    goal = add_goal(plan.plan.workspace)
    save(plan, qtbot)
    other = reopen(plan.plan.workspace.path, tmp_path / "laptop", device="laptop", author="Ana")
    file = add(other, "attachment", files.attach_file, "goal", goal, "Bids.txt", b"bid " * 1000)
    other.publish()
    other.close()
    plan.plan.saver.watcher.look()
    qtbot.waitUntil(lambda: list((tmp_path / "data" / "contents").glob("[0-9a-f]*")) != [], timeout=LONG)
    qtbot.waitUntil(lambda: plan.plan.saver.gatherer._job is None, timeout=LONG)
    (tmp_path / FOLDER).rename(tmp_path / "away")  # at once: somebody may be writing there
    assert plan.plan.desk.ask(file_bytes, file) == b"bid " * 1000


@pytest.fixture
def kept(plan: Window, qtbot, tmp_path: Path) -> list[Path]:
    """Where a file of the plan lies: on this computer, and beside the plan."""
    attach(plan, add_goal(plan.plan.workspace))
    save(plan, qtbot)
    return [*(tmp_path / "data" / "contents").iterdir(), *(tmp_path / FOLDER / "contents").iterdir()]


def test_a_damaged_file_is_told_after_a_rest_only_where_no_whole_one_is_found(
    plan: Window, kept: list[Path], qtbot
) -> None:
    gatherer = plan.plan.saver.gatherer
    assert gatherer._quiet.isActive(), "it waits until nobody types"
    for path in kept:
        path.write_bytes(b"bad " * 1000)
    gatherer._quiet.timeout.emit()
    qtbot.waitUntil(lambda: "Bids.txt: damaged on this computer" in said(plan), timeout=LONG)
    assert not plan.plan.workspace.care_is_due


def test_a_damaged_file_comes_anew_without_a_word(plan: Window, kept: list[Path], qtbot) -> None:
    here, beside = kept
    here.write_bytes(b"bad " * 1000)
    before = said(plan)
    plan.plan.saver.gatherer._quiet.timeout.emit()
    qtbot.waitUntil(lambda: plan.plan.saver.gatherer._care is None, timeout=LONG)
    assert here.read_bytes() == beside.read_bytes()
    assert said(plan) == before


def test_closing_waits_for_no_file_that_is_looked_after(plan: Window, kept: list[Path], tmp_path: Path, qtbot) -> None:
    path = plan.plan.workspace.path
    plan.plan.saver.gatherer._quiet.timeout.emit()
    assert plan.close_plan()
    plan.open_plan(path, at_once=True)
    qtbot.waitUntil(lambda: plan.plan.saver.gatherer._job is None, timeout=LONG)
    plan.plan.saver.gatherer._quiet.timeout.emit()
    qtbot.waitUntil(lambda: not plan.plan.workspace.care_is_due, timeout=LONG)
