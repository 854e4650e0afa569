"""Several elements at once: written line by line, chosen together, moved, given away, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QWidget

from factories import add_goal, add_statement, add_strategy
from gui.meeting_window import press
from planstudio.domain.blocks import list_of
from planstudio.domain.cards import StrategyCard
from planstudio.domain.places import Place
from planstudio.gui.dialogs.add_lines import AddLines
from planstudio.gui.pages.goal_page import GoalPage
from planstudio.gui.window import Window
from planstudio.queries.goals import goal_card
from planstudio.queries.plans import plan_outline
from planstudio.queries.statements import statement_card


def write_lines(words: str, act: Callable[[], Any]) -> None:
    """Do *act*, which asks for lines, and write *words*."""

    asked = QTimer(interval=10)

    def write() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, AddLines):
            asked.stop()
            dialog.lines.setPlainText(words)
            dialog.add.click() if dialog.add.isEnabled() else dialog.reject()

    asked.timeout.connect(write)
    asked.start()
    act()
    assert not asked.isActive(), "nothing was asked"


def strategies(window: Window, goal: str) -> tuple[StrategyCard, ...]:
    return window.plan.desk.ask(goal_card, goal).strategies


@pytest.fixture
def goal(window: Window) -> str:
    made = add_goal(window.plan.workspace, "Every child writes")
    for title in ("Read", "Write", "Speak", "Listen"):
        add_strategy(window.plan.workspace, made, title)
    window.go(Place("goal", made))
    return made


def page(window: Window) -> GoalPage:
    shown = window.plan.view.stack.currentWidget()
    assert isinstance(shown, GoalPage)
    return shown


def choose(window: Window, *rows: int) -> None:
    view = page(window).strategies
    for row in rows:
        place = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("• One\n• Two\n\n", ["One", "Two"]),
        ("1. One\n2) Two\n(3) Three", ["One", "Two", "Three"]),
        ("- One\n– Two\n  * Three", ["One", "Two", "Three"]),
        ("2030 is the year\nA. Smith stays", ["2030 is the year", "Smith stays"]),
        ("5% more\n-5 degrees", ["5% more", "-5 degrees"]),
        ("   \n\n", []),
    ],
)
def test_signs_of_lists_are_left_away(pasted: str, lines: list[str]) -> None:
    assert list_of(pasted) == lines


def test_a_strategy_a_line_is_one_step(window: Window, goal: str) -> None:
    write_lines("1. Draw\n2. Sing **loud**\n\n3. Dance", lambda: press(page(window), "Add several…"))
    assert [one.title for one in strategies(window, goal)][4:] == ["Draw", "Sing **loud**", "Dance"]
    window.plan.desk.undo()
    assert len(strategies(window, goal)) == 4
    write_lines("  \n", lambda: press(page(window), "Add several…"))
    assert len(strategies(window, goal)) == 4


def test_entries_are_written_at_once_and_read_as_typed(window: Window) -> None:
    statement = add_statement(window.plan.workspace, "What we hold to")
    window.go(Place("statement", statement))
    write_lines("* Trust_us_\n* 2. Care", lambda: press(window.plan.view.stack.currentWidget(), "Add several…"))
    texts = [one.text for one in window.plan.desk.ask(statement_card, statement).items]
    assert len(texts) == 2
    assert "Care" in texts[1]


def test_several_are_chosen_and_get_one_owner_and_priority(
    window: Window, goal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(window, 0, 2)
    assert page(window).chosen_count.text() == "2 chosen"
    assert window.plan.view.here == ("goal", goal), "choosing opens nothing"
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_a, **_k: ("Rosa Finch", True))
    press(page(window), "Owner…")
    assert [one.owner for one in strategies(window, goal)] == ["Rosa Finch", "", "Rosa Finch", ""]
    assert page(window).chosen_count.isVisible(), "they stay chosen for the next change"
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_a, **_k: ("High priority", True))
    press(page(window), "Priority…")
    assert [one.priority for one in strategies(window, goal)] == ["High priority", "", "High priority", ""]
    window.plan.desk.undo()
    window.plan.desk.undo()
    assert {one.owner for one in strategies(window, goal)} == {""}


def test_several_are_moved_in_their_order_and_deleted_together(
    window: Window, goal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = add_goal(window.plan.workspace, "Every child sings")
    add_strategy(window.plan.workspace, other, "Choir")
    choose(window, 0, 2)

    def ask(_parent: QWidget, _title: str, _words: str, names: list[str], **_how: Any) -> tuple[str, bool]:
        return next(name for name in names if name.endswith("Every child sings")), True

    monkeypatch.setattr(QInputDialog, "getItem", ask)
    press(page(window), "Move to…")
    assert [one.title for one in strategies(window, other)] == ["Choir", "Read", "Speak"]
    assert [one.title for one in strategies(window, goal)] == ["Write", "Listen"]
    assert not page(window).chosen_count.isVisible()
    choose(window, 0, 1)
    press(page(window), "Delete")
    assert strategies(window, goal) == ()
    window.plan.desk.undo()
    assert [one.title for one in strategies(window, goal)] == ["Write", "Listen"]


# In the outline.


def choose_rows(window: Window, table: str, ids: list[str]) -> None:
    """Choose rows of the outline with Ctrl and the mouse."""
    tree = window.plan.view.outline
    window.plan.view.side.refresh()
    tree.expandAll()
    for n, ident in enumerate(ids):
        tree.scrollTo(window.plan.view.model.index_of((table, ident)))
        place = tree.visualRect(window.plan.view.model.index_of((table, ident))).center()
        held = Qt.KeyboardModifier.ControlModifier if n else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, held, pos=place)
        QApplication.processEvents()
    assert [ident for _table, ident in tree.chosen_rows()] == ids


def test_several_rows_of_the_outline_are_moved_together_by_keyboard(window: Window, goal: str) -> None:
    ids = [one.id for one in strategies(window, goal)]
    choose_rows(window, "strategy", ids[:2])
    QTest.keyClick(window.plan.view.outline, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.id for one in strategies(window, goal)] == [ids[2], ids[0], ids[1], ids[3]]
    window.plan.desk.undo()
    assert [one.id for one in strategies(window, goal)] == ids


def test_several_rows_are_dragged_to_another_goal_and_keep_their_order(window: Window, goal: str) -> None:
    ids = [one.id for one in strategies(window, goal)]
    other = add_goal(window.plan.workspace, "Elsewhere")
    add_strategy(window.plan.workspace, other, "First there")
    choose_rows(window, "strategy", [ids[0], ids[2]])
    model = window.plan.view.model
    carried = model.mimeData(window.plan.view.outline.selectedIndexes())
    model.dropMimeData(carried, Qt.DropAction.MoveAction, 0, 0, model.index_of(("goal", other)))
    assert [one.id for one in strategies(window, other)][:2] == [ids[0], ids[2]]
    assert [one.id for one in strategies(window, goal)] == [ids[1], ids[3]]


def test_several_goals_are_moved_and_deleted_as_one_step(window: Window, goal: str) -> None:
    more = [add_goal(window.plan.workspace, f"More {n}") for n in range(3)]
    choose_rows(window, "goal", more[1:])
    QTest.keyClick(window.plan.view.outline, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    def names() -> list[str]:
        return [row.name for row in window.plan.desk.ask(plan_outline, window.plan.desk.plan_id).goals][-3:]

    assert names() == ["More 1", "More 2", "More 0"]
    window.plan.view.side.refresh()
    QTest.keyClick(window.plan.view.outline, Qt.Key.Key_Delete)
    assert "More 1" not in names()
    assert window.plan.desk.undo_state().undo == "Delete “2 goals”"
    window.plan.desk.undo()
    assert names() == ["More 1", "More 2", "More 0"]


def test_rows_of_two_goals_or_apart_are_not_pushed_together_by_keyboard(window: Window, goal: str) -> None:
    other = add_goal(window.plan.workspace, "Elsewhere")
    apart = add_strategy(window.plan.workspace, other, "First there")
    add_strategy(window.plan.workspace, other, "Second there")
    ids = [one.id for one in strategies(window, goal)]
    for chosen in ([ids[0], apart], [ids[0], ids[2]]):
        choose_rows(window, "strategy", chosen)
        QTest.keyClick(window.plan.view.outline, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert [one.id for one in strategies(window, goal)] == ids
        assert strategies(window, other)[0].id == apart
