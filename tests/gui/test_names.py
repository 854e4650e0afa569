"""Levels and statuses get the district's names in the window, and lose them by undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from planstudio.domain.kinds import Status
from planstudio.domain.words import word
from planstudio.gui.dialogs.names import Names
from planstudio.gui.window import Window
from planstudio.queries.plans import organization_card


def name(window: Window, fill: Callable[[Names], None]) -> str:
    """Ask for the names, fill them in and keep them; why they were refused."""
    told = []
    asked = QTimer(interval=10)

    def write() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Names):
            asked.stop()
            fill(dialog)
            dialog.keep.click()
            told.append(dialog.told.text())
            if dialog.isVisible():
                dialog.reject()

    asked.timeout.connect(write)
    asked.start()
    window.actions_by_name["names"].trigger()
    assert told, "nothing was asked"
    return told[0]


def write_names(dialog: Names) -> None:
    dialog.levels["goal"][0].setText("Priority")
    dialog.levels["goal"][1].setText("Priorities")
    dialog.statuses[Status.ON_TRACK].setText("Green light")


@pytest.fixture
def named(qtbot, window: Window) -> Window:
    with qtbot.waitSignal(window.restyled, timeout=100_000):  # every page is built anew
        name(window, write_names)
    return window


def test_menus_and_statuses_speak_in_the_districts_words(named: Window) -> None:
    district = named.plan.desk.ask(organization_card)
    assert (district.level_words, district.status_words) == ("goal=Priority, Priorities", "on track=Green light")
    assert named.actions_by_name["add_goal"].text() == "Add a priority"
    assert word(Status.ON_TRACK) == "Green light"


def test_undo_gives_the_fields_own_words_back(qtbot, named: Window) -> None:
    with qtbot.waitSignal(named.restyled, timeout=100_000):
        named.plan.desk.undo()
    assert named.actions_by_name["add_goal"].text() == "Add a goal"
    assert word(Status.ON_TRACK) == "On track"


def test_the_words_are_there_when_the_plan_is_opened_again_and_gone_when_it_is_closed(named: Window) -> None:
    path = named.plan.workspace.path
    named.close_plan()
    assert word(Status.ON_TRACK) == "On track"
    named.open_plan(path)
    assert named.actions_by_name["add_goal"].text() == "Add a priority"


def test_a_refusal_stands_in_the_dialog_and_keeps_nothing(window: Window) -> None:
    def fill(dialog: Names) -> None:
        dialog.statuses[Status.ON_TRACK].setText("At risk")

    assert name(window, fill) == "“At risk” stands for two statuses."
    assert window.plan.desk.ask(organization_card).status_words == ""
