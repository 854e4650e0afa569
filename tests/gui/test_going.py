"""Going anywhere by a few letters, and what colleagues say beside an element."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from factories import add_goal
from gui.meeting_window import press
from planstudio.domain.places import OVERVIEW, Place, at_page
from planstudio.gui.dialogs.quick_open import QuickOpen
from planstudio.gui.window import Window
from planstudio.operations import drafts
from planstudio.queries.comments import comments_of


def quick_open(window: Window, words: str, keys: tuple[Qt.Key, ...] = (Qt.Key.Key_Return,)) -> None:
    """Ctrl+K, *words*, *keys*."""

    def write() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QuickOpen)
        QTest.keyClicks(dialog.search, words)
        for key in keys:
            QTest.keyClick(dialog.search, key)

    QTimer.singleShot(0, write)
    window.actions_by_name["quick_open"].trigger()


@pytest.mark.parametrize(
    ("words", "place"),
    [("my upd", at_page("updates")), ("look back", at_page("past")), ("overview", OVERVIEW)],
)
def test_a_page_is_found(window: Window, words: str, place: tuple[str, str]) -> None:
    window.go(at_page("history"))
    quick_open(window, words)
    assert window.plan.view.here == place


def test_elements_commands_and_plans_are_found(window: Window) -> None:
    goal = add_goal(window.plan.workspace, "Warm meals at noon")
    quick_open(window, "meals noon")
    assert window.plan.view.here == ("goal", goal)
    quick_open(window, "6142")
    assert window.plan.view.here[0] == "policy"
    quick_open(window, "add a goal")
    assert window.plan.view.here[0] == "goal"
    assert window.plan.desk.undo_state().undo == "Add a goal"
    first = window.plan.desk.plan_id
    window.plan.desk.do("Draft", drafts.draft_from, first, "Plan for 2031")
    quick_open(window, "2031")
    assert window.plan.desk.plan_id != first


def test_arrows_choose_and_esc_leaves_everything(window: Window) -> None:
    window.go(at_page("history"))
    quick_open(window, "zzzz", (Qt.Key.Key_Escape,))
    assert window.plan.view.here == at_page("history")
    quick_open(window, "", (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return))
    assert window.plan.view.here == at_page("replace")


def test_comments_are_said_resolved_and_taken_back(window: Window) -> None:
    goal = add_goal(window.plan.workspace, "Warm meals at noon")
    window.go(Place("goal", goal))
    talk = window.plan.view.inspector.comments.list
    talk.entry.entry.setText("By which noon? *All* of them?")
    QTest.keyClick(talk.entry.entry, Qt.Key.Key_Return)
    (one,) = window.plan.desk.ask(comments_of, "goal", goal)
    assert one.author == window.plan.workspace.author
    window.plan.view.inspector.refresh()
    said = " ".join(label.accessibleName() or label.text() for label in talk.findChildren(QLabel))
    assert "By which noon? *All* of them?" in said, "what is typed is no markup"
    resolve = next(b for b in talk.findChildren(type(talk.add)) if b.accessibleName().startswith("Resolve"))
    resolve.click()
    assert window.plan.desk.ask(comments_of, "goal", goal)[0].resolved_by == window.plan.workspace.author
    window.plan.desk.undo()
    assert window.plan.desk.ask(comments_of, "goal", goal)[0].resolved_at is None
    window.plan.desk.undo()
    assert window.plan.desk.ask(comments_of, "goal", goal) == ()
    press(window.plan.view.inspector, "Add the comment")  # with nothing written
    assert window.plan.desk.ask(comments_of, "goal", goal) == ()
