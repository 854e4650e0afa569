"""Nothing that was begun is lost, and what is shown is what is stored, wherever one goes meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from factories import add_goal, add_measure
from planstudio.domain.kinds import PlanState, Status
from planstudio.domain.places import OVERVIEW, Place, at_page
from planstudio.gui.dialogs.add_lines import AddLines
from planstudio.gui.dialogs.restore import Restore
from planstudio.gui.pages.monitoring_page import MonitoringPage
from planstudio.gui.pages.page import PrintRequest
from planstudio.gui.pages.updates_page import UpdatesPage
from planstudio.gui.window import Window
from planstudio.i18n import names
from planstudio.operations import goals, measures, monitoring, plans
from planstudio.operations.drafts import draft_from
from planstudio.queries.comments import comments_of
from planstudio.queries.goals import goal_card
from planstudio.queries.measures import measure_card
from planstudio.queries.plans import all_plans, organization_card, plan_outline


@pytest.fixture
def two_plans(window: Window) -> tuple[str, str]:
    """The plan in force and a draft beside it, which is shown."""
    force = window.plan.desk.plan_id
    window.plan.desk.do("Adopt", plans.edit_plan, force, state=PlanState.ADOPTED)
    window.plan.desk.do("Draft", draft_from, force, "Next plan")
    draft = next(one.id for one in window.plan.desk.ask(all_plans) if one.id != force)
    window.go(Place("goal", window.plan.desk.ask(plan_outline, force).goals[0].id))
    window.plan.desk.show_plan(draft)
    return force, draft


def begin_an_update(window: Window) -> UpdatesPage:
    window.go(at_page("updates"))
    page = window.plan.view.stack.currentWidget()
    page.whose.setCurrentIndex(page.whose.findText("Everybody’s"))
    page.whose.activated.emit(page.whose.currentIndex())
    page.form.done.field.setFocus()
    QTest.keyClicks(page.form.done.field, "Half an hour of writing")
    return page


# Unrecorded.


def test_a_comment_waits_at_its_element(window: Window) -> None:
    here, there = add_goal(window.plan.workspace, "A"), add_goal(window.plan.workspace, "B")
    window.plan.view.refresh()
    window.go(Place("goal", here))
    line = window.plan.view.inspector.comments.list.entry.entry
    QTest.keyClicks(line, "about A")
    window.go(Place("goal", there))
    assert line.text() == ""
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert window.plan.desk.ask(comments_of, "goal", there) == ()
    assert not window.close_plan(), "a comment that nobody added would be gone"
    assert (window.plan.view.here, line.text()) == (("goal", here), "about A")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [one.text for one in window.plan.desk.ask(comments_of, "goal", here)] == ["about A"]


def test_an_update_begun_on_the_sheet_is_shown_before_the_plan_is_closed(window: Window) -> None:
    begin_an_update(window)
    assert not window.close_plan()
    assert window.plan.view.here[0] in ("goal", "strategy")
    form = window.plan.view.inspector.progress.form
    assert form.done.field.text() == "Half an hour of writing"
    form.cancel.click()
    assert window.close_plan()


def test_an_update_begun_on_the_sheet_goes_on_on_the_page_of_its_element_and_back(window: Window) -> None:
    page = begin_an_update(window)
    at = page._at
    window.go(Place(at.table, at.card.id))
    form = window.plan.view.inspector.progress.form
    assert form.done.field.text() == "Half an hour of writing"
    window.go(at_page("updates"))
    rows = [page.list.item(n).data(Qt.ItemDataRole.UserRole).card.id for n in range(page.list.count())]
    page.list.setCurrentRow(rows.index(at.card.id))
    assert page.form.done.field.text() == "Half an hour of writing"
    page.form.done.field.clear()


def test_a_window_in_another_look_goes_on_with_what_was_begun(window: Window) -> None:
    begin_an_update(window)
    begun = window.plan.take_unrecorded()
    assert [state[3] for state in begun.updates.values()] == ["Half an hour of writing"]


# Shown and stored.


def test_a_document_goes_into_the_plan_that_is_shown(
    window: Window, two_plans: tuple[str, str], tmp_path: Path, qtbot
) -> None:
    force, draft = two_plans
    before = {plan: len(window.plan.desk.ask(plan_outline, plan).goals) for plan in two_plans}
    document = tmp_path / "more.txt"
    document.write_text("Goal 1: Every child a swimmer\nStrategy 1.1: Open the pool\n", "utf-8")
    window.open_any(document)
    qtbot.waitUntil(lambda: window.importing.page is not None, timeout=100_000)
    window.importing.page.take.click()
    assert len(window.plan.desk.ask(plan_outline, draft).goals) == before[draft] + 1
    assert len(window.plan.desk.ask(plan_outline, force).goals) == before[force]


def test_another_plan_is_never_shown_with_an_element_of_the_first(window: Window, two_plans: tuple[str, str]) -> None:
    assert window.plan.view.here == OVERVIEW


def test_no_update_is_due_of_a_draft_beside_the_plan_in_force(window: Window, two_plans: tuple[str, str]) -> None:
    force, _draft = two_plans

    def due() -> int:
        window.go(at_page("updates"))
        page = window.plan.view.stack.currentWidget()
        page.whose.setCurrentIndex(page.whose.findText("Everybody’s"))
        page.whose.activated.emit(page.whose.currentIndex())
        return page.list.count()

    assert due() == 0
    window.plan.desk.show_plan(force)
    assert due() > 0


def test_the_monitoring_page_prints_the_goal_it_shows(window: Window, two_plans: tuple[str, str], qtbot) -> None:
    force, _draft = two_plans
    second = window.plan.desk.ask(plan_outline, force).goals[1]
    window.plan.desk.do("Plan", monitoring.schedule, force, date(2026, 12, 1), goal_id=second.id)
    window.go(at_page("monitoring"))
    page = window.plan.view.stack.currentWidget()
    assert isinstance(page, MonitoringPage)
    page.grid.go(second.id, date(2026, 12, 1))
    page._on_stood()
    page.print_report.click()
    qtbot.waitUntil(window.plan.printer.cancel.isHidden, timeout=100_000)
    assert window.plan.printer._data.goal.id == second.id
    window.come_back()
    page.print_calendar.click()
    qtbot.waitUntil(window.plan.printer.cancel.isHidden, timeout=100_000)
    assert window.plan.printer._data.monitoring


def test_a_page_that_was_covered_shows_what_changed_meanwhile(window: Window, qtbot) -> None:
    goal = add_goal(window.plan.workspace, "Old")
    window.plan.view.refresh()
    window.go(Place("goal", goal))
    window.plan.print_report(PrintRequest())
    window.plan.desk.do("Edit", goals.edit_goal, goal, title="New")
    window.come_back()
    qtbot.waitUntil(lambda: window.plan.view.stack.currentWidget().title.text() == "New", timeout=100_000)


def test_after_a_restore_everything_is_asked_again(window: Window) -> None:
    window.plan.workspace.back_up()
    district = window.plan.desk.ask(organization_card)
    window.plan.desk.do("Name", plans.edit_organization, district.id, level_words="goal=Priority, Priorities")
    assert names()

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Restore)
        dialog.accept()

    QTimer.singleShot(100, choose)
    window.plan.copies.restore()
    assert window.plan.desk.ask(organization_card).level_words == ""
    assert not names()


def test_columns_added_by_hand_stay_with_their_measure(window: Window) -> None:
    goal = add_goal(window.plan.workspace, "A")
    first, second = add_measure(window.plan.workspace, goal, "M1"), add_measure(window.plan.workspace, goal, "M2")
    window.plan.desk.do(
        "Figure", measures.record_observation, first, date(2026, 1, 1), 5.0, "English learners", count=50
    )
    window.go(Place("measure", first))
    grid = window.plan.view.stack.currentWidget().grid
    assert "English learners" in [one.group for one in grid.model.columns]
    window.go(Place("measure", second))
    assert [one.group for one in grid.model.columns] == [""]


def test_deleting_cells_takes_wrong_words_and_stored_figures_alike(window: Window) -> None:
    goal = add_goal(window.plan.workspace, "A")
    measure = add_measure(window.plan.workspace, goal, "M")
    window.plan.desk.do("Figure", measures.record_observation, measure, date(2026, 1, 1), 5.0)
    window.plan.desk.do("Figure", measures.record_observation, measure, date(2026, 2, 1), 6.0, "EL")
    window.go(Place("measure", measure))
    table = window.plan.view.stack.currentWidget().grid.table
    table.item(0, 2).setText("n/a")
    table.item(0, 1).setSelected(True)
    table.item(0, 2).setSelected(True)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert [one.value for one in window.plan.desk.ask(measure_card, measure).observations] == [6.0]
    assert "n/a" not in {table.item(r, 2).text() for r in range(table.rowCount())}


# Saved.


def test_saved_is_only_said_of_what_is_in_the_file(window: Window, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = add_goal(window.plan.workspace, "A")
    write, typed = window.plan.workspace.write_file, threading.Event()

    def slow(**how: bool) -> bool:
        done = write(**how)
        typed.wait(10)
        return done

    monkeypatch.setattr(window.plan.workspace, "write_file", slow)
    window.plan.desk.do("Edit", goals.edit_goal, goal, title="B")
    window.plan.saver.save()
    window.plan.desk.do("Edit", goals.edit_goal, goal, title="typed while it was written")
    typed.set()
    qtbot.waitUntil(lambda: not window.plan.saver._writing, timeout=100_000)
    assert window.plan.saver.standing.saved is not window.plan.workspace.dirty


@pytest.mark.logs
def test_an_unforeseen_error_does_not_end_saving(window: Window, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = add_goal(window.plan.workspace, "A")
    window.plan.desk.do("Edit", goals.edit_goal, goal, title="B")

    def broken() -> None:
        raise ValueError("a bug")

    with monkeypatch.context() as patch, qtbot.captureExceptions():
        patch.setattr(window.plan.workspace, "write_file", broken)
        window.plan.saver.save()
        qtbot.waitUntil(lambda: "unforeseen" in window.plan.saver.standing.waiting, timeout=100_000)
    window.plan.saver.save()
    qtbot.waitUntil(lambda: window.plan.saver.standing.saved, timeout=100_000)
    assert window.plan.desk.ask(goal_card, goal).title == "B"


def test_no_page_grows_with_each_refresh(window: Window) -> None:
    goal = window.plan.desk.ask(plan_outline, window.plan.desk.plan_id).goals[0]

    def settled(work: Callable[[], None]) -> int:
        for _time in range(10):
            work()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(page.findChildren(QObject))

    window.go(Place("goal", goal.id))
    page = window.plan.view.stack.currentWidget()
    assert settled(page.refresh) == settled(page.refresh)


# Given up, or refused.


def in_dialog(act: Callable[[AddLines], None]) -> None:
    """Do *act* in the dialog that opens next."""

    def begin() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AddLines)
        try:
            act(dialog)
        finally:
            dialog.lines.clear()
            dialog.reject()

    QTimer.singleShot(100, begin)


def test_a_list_with_a_line_that_is_refused_stays_to_be_mended(window: Window) -> None:
    goal = add_goal(window.plan.workspace, "A")
    window.plan.view.refresh()
    window.go(Place("goal", goal))
    seen: list[str] = []

    def write(dialog: AddLines) -> None:
        dialog.lines.setPlainText("Read daily\n" + "too long " * 200)
        dialog.add.click()
        seen.extend((dialog.told.text(), dialog.lines.toPlainText()[:10]))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        seen.append(dialog.told.text())
        assert dialog.isVisible()
        dialog.lines.setPlainText("Read daily\nRead aloud")
        dialog.add.click()

    in_dialog(write)
    window.plan.view.stack.currentWidget().add_several()
    assert seen[0].startswith("Line 2, “too long")
    assert seen[1] == "Read daily"
    assert "once more" in seen[2]
    strategies = window.plan.desk.ask(goal_card, goal).strategies
    assert [one.title for one in strategies] == ["Read daily", "Read aloud"]


def test_esc_puts_an_update_aside_and_cancel_gives_it_up(window: Window) -> None:
    goal = add_goal(window.plan.workspace, "A")
    window.plan.view.refresh()
    window.go(Place("goal", goal))
    window.plan.view.record_progress()
    form = window.plan.view.inspector.progress.form
    QTest.keyClicks(form.done.field, "Two coaches began")
    QTest.keyClick(form.done.field, Qt.Key.Key_Escape)
    assert form.isHidden()
    window.plan.view.record_progress()
    assert form.done.field.text() == "Two coaches began"
    form.cancel.click()
    window.plan.view.record_progress()
    assert form.done.field.text() == ""
    form.percent.entry.setText("66.7")
    form.record.click()
    assert "whole number" in form.error.text()
    form.cancel.click()


def test_a_status_that_was_chosen_is_an_update_begun(window: Window) -> None:
    goal = add_goal(window.plan.workspace, "A")
    window.plan.view.refresh()
    window.go(Place("goal", goal))
    window.plan.view.record_progress()
    form = window.plan.view.inspector.progress.form
    assert not form.is_begun()
    form.status.show_value(Status.AT_RISK)
    assert form.is_begun()
    form.cancel.click()


def test_a_draft_before_its_time_says_so(window: Window, two_plans: tuple[str, str], qtbot) -> None:
    window.go(at_page("past"))
    page = window.plan.view.stack.currentWidget()
    page.slider.setValue(0)
    qtbot.waitUntil(lambda: not page.busy, timeout=100_000)
    assert "was not in the file" in page.text.toPlainText()
    assert not page.print.isEnabled()
    page.slider.setValue(page.slider.maximum())
    qtbot.waitUntil(lambda: not page.busy, timeout=100_000)
    assert page.print.isEnabled()


def test_a_moment_without_a_name_is_told_at_its_field(window: Window) -> None:
    window.go(at_page("past"))
    page = window.plan.view.stack.currentWidget()
    page.keep.click()
    assert page.name.error.text() == "A moment needs a name."


@pytest.mark.parametrize(
    ("interim", "refused"), [("2027: 70, 2028: 80%", False), ("", False), ("2027 70, 2028 soon", True), ("more", True)]
)
def test_targets_on_the_way_that_cannot_be_read_are_told(window: Window, interim: str, refused: bool) -> None:
    measure = add_measure(window.plan.workspace, add_goal(window.plan.workspace, "A"), "M")
    window.go(Place("measure", measure))
    field = window.plan.view.stack.currentWidget().interim
    field.entry.setText(interim)
    field.entry.setModified(True)
    field.entry.commit()
    assert bool(field.error.text()) is refused
    assert window.plan.desk.ask(measure_card, measure).interim == ("" if refused else interim)
    field.entry.clear()
    field.entry.setModified(True)
    field.entry.commit()
