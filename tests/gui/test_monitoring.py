"""The monitoring calendar: months scheduled, reports recorded, by arrow keys and by clicks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from factories import add, add_goal, create, plan_in, reopen
from gui.evening import Watch, click, goes_down, locked, nameless, press, retype, shown, tab_walk
from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.kinds import Compliance
from planstudio.domain.places import OVERVIEW
from planstudio.gui.desk import Desk
from planstudio.gui.models.rows import CardRole
from planstudio.gui.pages.monitoring_page import MonitoringPage
from planstudio.operations import monitoring
from planstudio.queries.meetings import monitoring_rows
from planstudio.workspace import Workspace

DECEMBER = date(2026, 12, 1)  # the month that the watch shows


@pytest.fixture
def workspace(tmp_path: Path, data: Path) -> Iterator[Workspace]:
    made = create(tmp_path / "Plan.planstudio", data, clock=Watch().clock())
    yield made
    made.close()


@pytest.fixture
def goals(workspace: Workspace) -> list[str]:
    return [add_goal(workspace, "Every child a reader", label="Goal One"), add_goal(workspace, "Known and present")]


@pytest.fixture
def page(qtbot, dressed: QApplication, workspace: Workspace, goals: list[str]) -> MonitoringPage:
    made = MonitoringPage(Desk(workspace))
    shown(qtbot, made, "monitoring")
    return made


def rows(page: MonitoringPage) -> tuple[MonitoringRow, ...]:
    return page.desk.ask(monitoring_rows, plan_in(page.desk.workspace))


def by_hand(page: MonitoringPage) -> None:
    click(page.start_by_hand)
    QApplication.processEvents()


def scheduled(page: MonitoringPage, goal: str, month: date = DECEMBER, **values: object) -> str:
    """An entry, and the page standing on it."""
    made = add(page.desk.workspace, "monitoring", monitoring.schedule, plan_in(page.desk.workspace), month,
               goal_id=goal, **values)  # fmt: skip
    page.refresh()
    QApplication.processEvents()
    page.grid.go(goal, month)
    page.grid.setFocus()
    return made


def test_an_empty_calendar_says_what_it_is_for_and_drafts_one(page: MonitoringPage, goals: list[str]) -> None:
    assert page.first_draft.isVisible()
    assert not page.grid.isVisible()
    page.span.setCurrentIndex(1)
    click(page.first_draft)
    assert len(rows(page)) == 24
    assert rows(page)[0].month == DECEMBER
    assert page.grid.hasFocus()
    assert "24 to come" in page.line.text()
    page.desk.undo()
    assert page.first_draft.isVisible()


def test_without_goals_the_page_leads_to_them(qtbot, dressed: QApplication, workspace: Workspace) -> None:
    made = MonitoringPage(Desk(workspace))
    shown(qtbot, made, "monitoring")
    went: list[tuple[str, str]] = []
    made.go_requested.connect(went.append)
    assert not made.first_draft.isVisible()
    click(made.to_goals)
    assert went == [OVERVIEW]


def test_arrows_walk_and_enter_schedules_and_delete_takes_back(page: MonitoringPage, goals: list[str]) -> None:
    by_hand(page)
    assert page.grid.place() == (goals[0], DECEMBER)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    (made,) = rows(page)
    assert (made.goal_id, made.month) == (goals[1], date(2027, 2, 1))
    assert page.grid.hasFocus()
    assert page.grid.place() == (goals[1], date(2027, 2, 1))
    gone: list[str] = []
    page.removed.connect(gone.append)
    press(Qt.Key.Key_Delete)
    assert rows(page) == ()
    assert gone == ["Known and present, February 2027"]
    page.desk.undo()
    assert rows(page) == (made,)


def test_a_click_schedules_and_a_second_one_opens_the_report(page: MonitoringPage, goals: list[str]) -> None:
    by_hand(page)
    cell = page.grid.visualRect(page.grid.model().index(0, 1)).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert [one.month for one in rows(page)] == [date(2027, 1, 1)]
    assert not page.form.isVisible()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert page.form.isVisible()
    assert page.form.title.text() == "Goal One, Every child a reader, January 2027"
    assert page.form.reported_on.entry.hasFocus()


def test_a_report_is_recorded_below_the_grid(page: MonitoringPage, goals: list[str]) -> None:
    scheduled(page, goals[0])
    press(Qt.Key.Key_Return)
    retype(page.form.reported_on.entry, "Dec 9 2026")
    page.form.evaluation.box.setCurrentIndex(list(Compliance).index(Compliance.PARTIALLY))
    page.form.evaluation.box.activated.emit(page.form.evaluation.box.currentIndex())
    reason = page.form.texts["reason"].field
    reason.setFocus()
    QTest.keyClicks(reason, "Three of four schools rose.")
    reason.commit()
    (made,) = rows(page)
    assert (made.reported_on, made.evaluation) == (date(2026, 12, 9), Compliance.PARTIALLY)
    assert made.reason == "Three of four schools rose."
    assert reason.hasFocus()
    told = page.grid.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Every child a reader, December 2026: reported Dec 9, Partially compliant"
    page.desk.undo()
    assert reason.text() == ""


def test_today_is_one_press(page: MonitoringPage, goals: list[str]) -> None:
    scheduled(page, goals[0])
    press(Qt.Key.Key_Return)
    click(page.form.today)
    assert rows(page)[0].reported_on == date(2026, 12, 9)
    assert not page.form.today.isVisible()


def test_a_day_that_is_none_keeps_its_words_and_the_report_open(page: MonitoringPage, goals: list[str]) -> None:
    scheduled(page, goals[0])
    other = scheduled(page, goals[1])
    press(Qt.Key.Key_Return)
    retype(page.form.reported_on.entry, "when it snows")
    told: list[str] = []
    page.said.connect(told.append)
    page.grid.setFocus()
    page.grid.go(goals[0], DECEMBER)
    assert page.form.reported_on.entry.text() == "when it snows"
    assert page.opened == other
    assert page.form.isVisible()
    assert "is not a date" in told[0]
    page.form.reported_on.entry.setFocus()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    assert page.grid.hasFocus()


def test_each_state_has_a_word(page: MonitoringPage, goals: list[str]) -> None:
    scheduled(page, goals[0], date(2026, 10, 1))
    scheduled(page, goals[0], date(2026, 11, 1), reported_on=date(2026, 11, 18))
    scheduled(page, goals[0], DECEMBER)
    scheduled(page, goals[0], date(2027, 1, 1))
    model = page.grid.model()
    assert [model.index(0, n).data() for n in range(5)] == ["Missed", "Nov 18", "This month", "Scheduled", ""]
    assert "1 reported, 1 missed, 2 to come" in page.line.text()
    assert "1 goal has no month" in page.line.text()


def test_a_subject_of_its_own_is_added_and_renamed_in_every_month(page: MonitoringPage) -> None:
    by_hand(page)
    page.month.setCurrentIndex(2)
    retype(page.subject.entry, "Self-evaluation")
    assert [(one.subject, one.month) for one in rows(page)] == [("Self-evaluation", date(2027, 2, 1))]
    assert page.grid.place() == ("Self-evaluation", date(2027, 2, 1))
    assert page.subject.entry.text() == ""
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.form.subject.isVisible()
    retype(page.form.subject.entry, "The self-evaluation of the board")
    assert {one.subject for one in rows(page)} == {"The self-evaluation of the board"}
    assert page.form.isVisible()
    assert page.grid.entries()[0].id == page.opened
    assert page.refused() is None


def test_a_subject_without_words_is_refused_beside_the_field(page: MonitoringPage) -> None:
    by_hand(page)
    click(page.add)
    assert "what is reported" in page.subject.error.text()
    assert rows(page) == ()


def test_the_grid_covers_the_months_that_are_wanted(page: MonitoringPage, goals: list[str]) -> None:
    by_hand(page)
    assert page.grid.model().columnCount() == 18
    page.span.setCurrentIndex(2)
    page.span.activated.emit(2)
    assert page.grid.model().columnCount() == 36
    scheduled(page, goals[0], date(2026, 9, 1))
    assert page.grid.model().columnCount() == 39


def test_the_papers_are_asked_for_and_the_report_needs_a_goal(page: MonitoringPage, goals: list[str]) -> None:
    by_hand(page)
    asked: list[tuple[str, str]] = []
    page.print_requested.connect(lambda wish: asked.append((wish.report, wish.about)))
    retype(page.subject.entry, "Self-evaluation")
    assert not page.print_report.isEnabled()
    page.grid.go(goals[1], DECEMBER)
    click(page.print_report)
    click(page.print_calendar)
    assert asked == [("monitoring", goals[1]), ("calendar", "")]


def test_everything_has_a_name_and_tab_leaves_the_grid(page: MonitoringPage, goals: list[str]) -> None:
    scheduled(page, goals[0])
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert nameless(page) == []
    met = tab_walk(page, page.up)
    assert goes_down(page, met)
    assert met.index(page.form.reported_on.entry) > met.index(page.grid)
    assert page.add in met


def test_names_stay_in_sight_when_the_months_move(page: MonitoringPage, goals: list[str]) -> None:
    by_hand(page)
    page.grid.go(goals[0], date(2028, 5, 1))
    QApplication.processEvents()
    assert page.grid.horizontalScrollBar().value() > 0
    names = page.grid.verticalHeader()
    assert names.geometry().left() == 0
    assert names.width() >= 100
    assert page.grid.model().headerData(0, Qt.Orientation.Vertical) == "Every child a reader"


def test_a_narrow_window_needs_no_sideways_scrolling_but_in_the_grid(page: MonitoringPage, goals: list[str]) -> None:
    scheduled(page, goals[0])
    press(Qt.Key.Key_Return)
    page.resize(440, 700)
    QApplication.processEvents()
    assert page._area.widget().width() <= page._area.viewport().width()


def test_a_plan_that_is_only_read_schedules_nothing(
    qtbot, dressed: QApplication, workspace: Workspace, goals: list[str], tmp_path: Path, data: Path
) -> None:
    workspace.do("Schedule", monitoring.schedule, plan_in(workspace), DECEMBER, goal_id=goals[0])
    workspace.publish()
    workspace.close()
    reader = reopen(tmp_path / "Plan.planstudio", data, read_only=True)
    try:
        made = MonitoringPage(Desk(reader))
        shown(qtbot, made, "monitoring")
        made.begin()
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Delete)
        assert len(rows(made)) == 1
        column = [made.grid.model().index(0, n).data(CardRole) for n in range(3)].index(rows(made))
        made.grid.setCurrentIndex(made.grid.model().index(0, column))
        press(Qt.Key.Key_Delete)
        assert len(rows(made)) == 1
        press(Qt.Key.Key_Return)
        assert made.form.isVisible()
        assert all(field.isReadOnly() for field in made.fields())
        assert {"Draft a calendar", "Add subject", "Take it off the calendar"}.isdisjoint(locked(made))
    finally:
        reader.close()
