"""My updates: one sheet, gone through by keyboard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from factories import add_goal, add_strategy
from planstudio.domain.kinds import Frequency, Status
from planstudio.domain.places import at_page
from planstudio.domain.progress import ProgressDraft
from planstudio.gui.pages.updates_page import UpdatesPage
from planstudio.gui.window import Window
from planstudio.operations import goals, people
from planstudio.operations.progress import record_progress

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def made(window: Window) -> list[str]:
    """Twenty-five strategies of mine, a new one each."""
    window.plan.desk.do("Add me", people.add_person, window.plan.workspace.author)
    goal = add_goal(window.plan.workspace, "Every child writes")
    ids = [add_strategy(window.plan.workspace, goal, f"Step {n}") for n in range(25)]
    for ident in ids:
        window.plan.desk.do("Own", people.set_owner, "strategy", ident, window.plan.workspace.author)
    window.plan.desk.do(
        "Own", goals.edit_goal, goal, update_by=window.plan.workspace.clock.today() + timedelta(days=90)
    )
    return ids


def sheet(window: Window) -> UpdatesPage:
    window.go(at_page("updates"))
    page = window.plan.view.stack.currentWidget()
    assert isinstance(page, UpdatesPage)
    return page


def press(key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, how)


def write(words: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), words)


def test_the_longest_overdue_comes_first_and_what_is_not_due_stays_away(window: Window, made: list[str]) -> None:
    today = window.plan.workspace.clock.today()
    for ident, days, every in ((made[0], 40, Frequency.MONTHLY), (made[1], 10, Frequency.WEEKLY), (made[2], 1, None)):
        draft = ProgressDraft(today - timedelta(days=days), Status.ON_TRACK)
        window.plan.desk.do("Record", record_progress, draft, author="", today=today, strategy_id=ident)
        window.plan.desk.do("Every", goals.edit_strategy, ident, update_every=every)
    page = sheet(window)
    shown = [page.list.item(n).text().split("\n") for n in range(page.list.count())]
    assert shown[0][0].endswith("Step 0")
    assert shown[0][1].startswith("overdue since")
    assert shown[1][0].endswith("Step 1")
    assert not any(words.endswith("Step 2") for words, _when in shown)
    assert "2 overdue" in page.count.text()


def test_what_is_updated_each_week_is_done_for_today(window: Window, made: list[str]) -> None:
    for ident in made:
        window.plan.desk.do("Weekly", goals.edit_strategy, ident, update_every=Frequency.WEEKLY)
    page = sheet(window)
    for _n in range(25):
        press(Qt.Key.Key_2, ALT)
        press(Qt.Key.Key_Return, CTRL)
    assert page.list.count() == 0


def test_what_is_half_written_waits_and_a_refusal_keeps_the_words(window: Window, made: list[str]) -> None:
    page = sheet(window)
    first = page.name.text()
    page.form.done.field.setFocus()
    write("Half a sentence")
    press(Qt.Key.Key_Escape)
    assert page.name.text() != first
    assert page.form.done.field.text() == ""
    press(Qt.Key.Key_Up, ALT)
    assert page.name.text() == first
    assert page.form.done.field.text() == "Half a sentence"
    page.form.percent.entry.setText("140")
    page.form.submit()
    assert page.form.error.text() == "Progress lies between 0 and 100 percent."
    assert page.form.done.field.text() == "Half a sentence"
    assert page.list.count() == 25


def test_everybodys_and_a_persons_can_be_chosen(window: Window, made: list[str]) -> None:
    page = sheet(window)
    names = [page.whose.itemText(n) for n in range(page.whose.count())]
    assert "Everybody’s" in names
    assert "Without an owner" in names
    page.whose.setCurrentIndex(names.index("Everybody’s"))
    page._fill()
    assert page.list.count() > 25
