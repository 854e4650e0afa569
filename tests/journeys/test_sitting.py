"""A staff member's sitting: 25 updates by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.test_updates import ALT, CTRL, made, press, sheet, write
from planstudio.domain.kinds import Status
from planstudio.gui.window import Window
from planstudio.queries.goals import strategy_card

__all__ = ["made"]


def test_25_updates_in_one_sitting_by_keyboard(window: Window, made: list[str]) -> None:
    page = sheet(window)
    assert page.whose.currentText().startswith("Mine")
    assert page.list.count() == 25
    for n in range(25):
        press(Qt.Key.Key_2 if n % 5 else Qt.Key.Key_3, ALT)
        page.form.done.field.setFocus()
        write(f"Done {n}")
        press(Qt.Key.Key_Return, CTRL)
    assert page.list.count() == 0
    assert page.count.text() == "0 wait, 25 done now."
    assert page._nothing.isVisible()
    said = [window.plan.desk.ask(strategy_card, ident) for ident in made]
    assert [one.updates[0].done for one in said] == [f"Done {n}" for n in range(25)]
    assert [one.status for one in said[:3]] == [Status.AT_RISK, Status.ON_TRACK, Status.ON_TRACK]
    window.plan.desk.undo()
    assert page.list.count() == 1
