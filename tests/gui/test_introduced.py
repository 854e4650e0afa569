"""Who works here is asked once; keys are changed; the window speaks the chosen language and opens where it was left."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from planstudio.domain.places import OVERVIEW, at_page
from planstudio.gui.dialogs.preferences import Preferences
from planstudio.gui.dialogs.shortcuts import Shortcuts
from planstudio.gui.models.outline import OutlineModel
from planstudio.gui.window import Window
from planstudio.queries.history import plan_history

Make = Callable[[], Window]


def asked(kind: type[QDialog], act: Callable[[], object], answer: Callable[[QDialog], None]) -> None:
    """Do *act*, which asks by a dialog of *kind*, and answer."""
    timer = QTimer(interval=10)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            timer.stop()
            answer(dialog)
            if dialog.isVisible():
                dialog.reject()

    timer.timeout.connect(look)
    timer.start()
    act()
    assert not timer.isActive(), "nothing was asked"


@pytest.fixture
def stranger(data: Path, make_window: Make) -> Window:
    (data / "person.json").unlink()
    return make_window()


def test_a_stranger_is_asked_once_and_known_from_then_on(stranger: Window, make_window: Make, data: Path) -> None:
    start = stranger.start
    assert start.who.isVisible()
    QTest.keyClicks(start.name.entry, "Noor Haddad")
    QTest.keyClicks(start.role.entry, "Board secretary")
    QTest.keyClick(start.role.entry, Qt.Key.Key_Return)
    assert not start.who.isVisible()
    assert "Noor" in start.hello.text()
    assert json.loads((data / "person.json").read_text("utf-8")) == {"name": "Noor Haddad", "role": "Board secretary"}
    assert not make_window().start.who.isVisible()


def test_history_names_whoever_has_been_introduced(stranger: Window) -> None:
    stranger.open_sample()
    asked(Preferences, stranger.personal.preferences, lambda dialog: introduce(dialog, "Noor Haddad"))
    stranger.plan.view.add_goal()
    assert stranger.plan.desk.ask(plan_history, 1, None)[0].author == "Noor Haddad"


def introduce(dialog: QDialog, name: str) -> None:
    assert isinstance(dialog, Preferences)
    dialog.name.entry.setText(name)
    dialog.accept()


def test_a_plan_that_is_opened_by_a_stranger_says_what_history_calls_them(stranger: Window) -> None:
    stranger.open_sample()
    words = [stranger.plan.view.banners.itemAt(n).widget().words for n in range(stranger.plan.view.banners.count())]
    assert "History names you “Ruth Hale”." in words


def test_a_key_is_changed_and_kept(qtbot, window: Window, make_window: Make) -> None:
    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, Shortcuts)
        dialog.fields["history"].setKeySequence(QKeySequence("Ctrl+Alt+H"))
        dialog.keep.click()

    asked(Shortcuts, window.personal.show_keys, change)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(OVERVIEW)
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert window.plan.view.here == at_page("history")
    assert make_window().actions_by_name["history"].shortcut().toString() == "Ctrl+Alt+H"


def test_two_entries_cannot_have_one_key(window: Window) -> None:
    told: list[tuple[str, bool]] = []

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, Shortcuts)
        dialog.fields["history"].setKeySequence(QKeySequence("Ctrl+1"))
        told.append((dialog.told.text(), dialog.keep.isEnabled()))
        dialog.reset.click()
        told.append((dialog.told.text(), dialog.keep.isEnabled()))

    asked(Shortcuts, window.personal.show_keys, change)
    assert told == [("Ctrl+1 would do two things: Overview, History.", False), ("", True)]
    assert window.actions_by_name["history"].shortcut().toString() == "Ctrl+5"


def test_no_two_entries_come_with_the_same_key(window: Window) -> None:
    keys = [action.shortcut().toString() for action in window.actions_by_name.values()]
    given = [key for key in keys if key]
    assert len(set(given)) == len(given)


def test_the_outline_stands_in_the_window_before_the_plan_is_read(window: Window, make_window: Make) -> None:
    goal = window.plan.view.model.index_of(at_page("district"))
    assert goal.isValid()
    path = window.plan.workspace.path
    rows = window.plan.view.model.rowCount()
    window.close_plan()
    again = make_window()
    again.opening.begin(path)
    shown = again.stack.currentWidget().outline.model()
    assert isinstance(shown, OutlineModel)
    assert shown.rowCount() == rows
    assert again.plan is None
    again.opening.end(path)
    assert again.stack.currentWidget() is again.plan.view


def test_a_plan_that_is_gone_leaves_the_start_page(window: Window, make_window: Make) -> None:
    path = window.plan.workspace.path
    window.close_plan()
    path.rename(path.with_name("elsewhere.planstudio"))
    again = make_window()
    again.opening.begin(path)
    again.opening.end(path.with_name("not there.planstudio"))
    assert again.stack.currentWidget() is again.start
    assert not again.bar.isVisible()


def test_the_plan_that_was_open_is_remembered_when_the_program_is_left(window: Window) -> None:
    path = window.plan.workspace.path
    window.close()
    assert window.settings.left_open == str(path)


def test_a_plan_that_was_closed_is_not(window: Window) -> None:
    window.close_plan()
    window.close()
    assert window.settings.left_open == ""


@pytest.mark.parametrize("keys", ["A", "Del", "Ctrl+B", "F2", "Alt+Up", "Shift+X"])
def test_keys_that_write_or_move_cannot_be_given_away(window: Window, keys: str) -> None:
    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, Shortcuts)
        dialog.fields["history"].setKeySequence(QKeySequence(keys))
        assert not dialog.keep.isEnabled()
        assert "is needed for writing" in dialog.told.text()

    asked(Shortcuts, window.personal.show_keys, change)


def test_esc_leaves_the_keys_as_they_are(window: Window) -> None:
    def leave(dialog: QDialog) -> None:
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()

    asked(Shortcuts, window.personal.show_keys, leave)
    assert window.settings.own_keys == {}
