"""Looking back: the plan as it was, what has changed since, and what can be brought back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from factories import add_goal, add_strategy
from gui.meeting_window import press
from planstudio.domain.kinds import PlanState
from planstudio.domain.places import at_page
from planstudio.gui.pages.district_page import DistrictPage
from planstudio.gui.pages.past_page import PastPage
from planstudio.gui.window import Window
from planstudio.operations import goals, moments, plans
from planstudio.queries.goals import goal_card
from planstudio.queries.moments import history_moments
from planstudio.queries.plans import plan_card, plan_outline


def look_back(window: Window) -> PastPage:
    window.go(at_page("past"))
    page = window.plan.view.stack.currentWidget()
    assert isinstance(page, PastPage)
    settle(page)
    return page


def settle(page: PastPage) -> None:
    """Until the plan has been read."""
    QApplication.processEvents()
    while page.busy:  # pytest-timeout ends it where it never comes
        QApplication.processEvents()


def slide_to(page: PastPage, label: str) -> None:
    page.slider.setValue(next(n for n, step in enumerate(page._steps) if step.label == label))
    settle(page)


def compare(page: PastPage) -> None:
    page.changed.click()
    settle(page)


def said(page: PastPage) -> str:
    return " ".join(label.text() or label.accessibleName() for label in page.list.findChildren(QLabel))


@pytest.fixture
def page(window: Window) -> PastPage:
    goal = add_goal(window.plan.workspace, "Every child reads")
    strategy = add_strategy(window.plan.workspace, goal, "Coach every teacher", text="Two coaches in each school.")
    add_strategy(window.plan.workspace, goal, "Open the library")
    window.plan.desk.do("Sharpen", goals.edit_strategy, strategy, text="Three coaches in each school.")
    window.plan.desk.do("Give up", goals.delete_strategy, strategy)
    window.plan.desk.do("Rename", goals.edit_goal, goal, title="Every child a reader")
    return look_back(window)


def test_the_slider_shows_the_plan_as_it_was(page: PastPage) -> None:
    assert "Every child a reader" in page.text.toPlainText()
    assert page.when.text() == "The plan as it is now"
    slide_to(page, "Sharpen")
    assert "Every child reads" in page.text.toPlainText()
    assert "Three coaches in each school." in page.text.toPlainText()
    assert "after “Sharpen”" in page.step.text()
    slide_to(page, "Add strategy")
    assert "Two coaches in each school." in page.text.toPlainText()


def test_what_has_changed_since_is_told_word_by_word(page: PastPage) -> None:
    slide_to(page, "Sharpen")
    compare(page)
    assert "Goal: 1 changed" in page.summary.text()
    assert "Strategy: 1 deleted" in page.summary.text()
    spoken = " ".join(label.accessibleName() for label in page.list.findChildren(QLabel))
    assert "Every child Deleted: reads. Added: a reader." in spoken
    assert "Deleted: Three coaches in each school.." in spoken.replace("...", "..")


def test_an_element_is_brought_back_with_its_texts_and_undo_takes_that_back(window: Window, page: PastPage) -> None:
    slide_to(page, "Sharpen")
    compare(page)
    names = [button.accessibleName() for button in page.list.findChildren(type(page.print))]
    assert "Restore Coach every teacher as it was" in names
    press(page.list, "Restore Coach every teacher as it was")
    settle(page)
    card = window.plan.desk.ask(goal_card, _last_goal(window))
    assert {one.text for one in card.strategies} >= {"Three coaches in each school."}
    assert window.plan.desk.undo_state().undo == "Restore “Coach every teacher”"
    press(page.list, "Restore Every child a reader as it was")
    settle(page)
    assert window.plan.desk.ask(goal_card, card.id).title == "Every child reads"
    assert len(window.plan.desk.ask(goal_card, card.id).strategies) == 2, "what stands in it stays as it is"
    window.plan.desk.undo()
    window.plan.desk.undo()
    assert window.plan.desk.ask(goal_card, card.id).title == "Every child a reader"
    assert len(window.plan.desk.ask(goal_card, card.id).strategies) == 1


def _last_goal(window: Window) -> str:
    return window.plan.desk.ask(plan_outline, window.plan.desk.plan_id).goals[-1].id


def test_what_stood_in_something_deleted_waits_for_that(window: Window, page: PastPage) -> None:
    goal = _last_goal(window)
    window.plan.desk.do("Drop", goals.delete_goal, goal)
    slide_to(page, "Sharpen")
    compare(page)
    told: list[str] = []
    window.plan.desk.failed.connect(lambda error: told.append(str(error)))
    press(page.list, "Restore Coach every teacher as it was")
    settle(page)
    assert told == ["What it stood in has been deleted, too. Restore that first: Goal."]
    press(page.list, "Restore Every child reads as it was")
    settle(page)
    assert len(window.plan.desk.ask(goal_card, goal).strategies) == 2


def test_a_moment_gets_a_name_and_is_found_again(window: Window, page: PastPage) -> None:
    slide_to(page, "Sharpen")
    page.name.entry.setText("Second reading")
    press(page, "Name it")
    assert [page.moments.item(n).text().split("\n")[0] for n in range(page.moments.count())] == ["Second reading"]
    page.slider.setValue(page.slider.maximum())
    page.moments.setCurrentRow(0)
    assert page._steps[page.slider.value()].label == "Sharpen"
    press(page, "Delete the name")
    assert page.moments.count() == 0
    window.plan.desk.undo()
    assert page.moments.count() == 1


def test_adoption_names_itself(window: Window) -> None:
    plan = window.plan.desk.plan_id
    window.plan.desk.do("Reopen", plans.edit_plan, plan, state=PlanState.DRAFT)
    window.plan.desk.do("Adopt", plans.edit_plan, plan, state=PlanState.ADOPTED)
    at = datetime.now().astimezone() - timedelta(days=1)
    window.plan.desk.do("Name", moments.name_moment, "Before everything", at)
    assert [moment.name for moment in window.plan.desk.ask(history_moments)] == ["Adopted", "Before everything"]
    page = look_back(window)
    page.moments.setCurrentRow(1)
    assert page.slider.value() == 0


def test_the_past_is_printed_as_it_stood(window: Window, page: PastPage, qtbot: Any) -> None:
    slide_to(page, "Sharpen")
    press(page, "Print…")
    qtbot.waitUntil(lambda: "tagged" in window.plan.printer.status.text(), timeout=100_000)
    assert window.plan.printer.moment.text().startswith("As of ")
    assert "Three coaches" in _printed(window)
    press(window.plan.printer, "Print the plan of today")
    qtbot.waitUntil(lambda: "Three coaches" not in _printed(window), timeout=100_000)
    window.come_back()
    compare(page)
    press(page, "Print…")
    qtbot.waitUntil(lambda: "What changed in the plan" in _printed(window), timeout=100_000)
    assert "Coach every teacher" in _printed(window)


def _printed(window: Window) -> str:
    import pypdfium2

    if not window.plan.printer._pdf:
        return ""
    file = pypdfium2.PdfDocument(window.plan.printer._pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in file)
    finally:
        file.close()


def test_a_draft_is_written_beside_the_adopted_plan_and_compared_with_it(window: Window, qtbot: Any) -> None:
    goal = add_goal(window.plan.workspace, "Every child reads")
    add_strategy(window.plan.workspace, goal, "Coach every teacher")
    adopted = window.plan.desk.plan_id
    window.plan.desk.do("Adopt", plans.edit_plan, adopted, state=PlanState.ADOPTED, title="Plan 2026")
    window.go(at_page("district"))
    overview = window.plan.view.stack.currentWidget()
    assert isinstance(overview, DistrictPage)
    press(overview, "New draft from this plan")
    draft = window.plan.desk.plan_id
    assert draft != adopted
    assert overview._plan.title == "Plan 2026, new draft"
    copy = _last_goal(window)
    window.plan.desk.do("Rename", goals.edit_goal, copy, title="Every child reads for joy")
    window.plan.desk.do("Add", goals.add_strategy, copy, title="A library card for each")
    press(overview, "Show Plan 2026")
    assert window.plan.desk.plan_id == adopted
    page = look_back(window)
    compare(page)
    page.against.setCurrentIndex(1)
    page.against.activated.emit(1)
    settle(page)
    assert page.summary.text().splitlines() == ["Plan: 1 changed", "Goal: 1 changed", "Strategy: 1 added"]
    assert "for joy" in said(page)
    press(page, "Print…")
    qtbot.waitUntil(lambda: "A library card for each" in _printed(window), timeout=100_000)
    assert window.plan.desk.ask(plan_card, draft).state is PlanState.DRAFT


def test_a_deleted_draft_gives_way_to_the_plan_in_force(window: Window) -> None:
    window.go(at_page("district"))
    overview = window.plan.view.stack.currentWidget()
    first = window.plan.desk.plan_id
    assert isinstance(overview, DistrictPage)
    overview.draft_from()
    window.plan.desk.undo()
    assert window.plan.desk.plan_id == first
    assert overview._plan.id == first


def test_restore_gives_what_the_list_shows_wherever_the_slider_has_gone(window: Window, page: PastPage) -> None:
    slide_to(page, "Sharpen")
    compare(page)
    page.slider.setValue(page.slider.maximum())  # and no rest yet: the list still speaks of "Sharpen"
    press(page.list, "Restore Coach every teacher as it was")
    card = window.plan.desk.ask(goal_card, _last_goal(window))
    assert "Three coaches in each school." in {one.text for one in card.strategies}
    settle(page)


def test_tab_chooses_no_moment(window: Window, page: PastPage, qtbot: Any) -> None:
    slide_to(page, "Sharpen")
    page.name.entry.setText("Second reading")
    press(page, "Name it")
    page.slider.setValue(page.slider.maximum())
    settle(page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.moments.setFocus()
    assert page.slider.value() == page.slider.maximum()
    QTest.keyClick(page.moments, Qt.Key.Key_Down)
    assert page._steps[page.slider.value()].label == "Sharpen"
    settle(page)


def test_any_two_moments_are_compared_the_earlier_first(window: Window, page: PastPage) -> None:
    slide_to(page, "Give up")
    page.name.entry.setText("Given up")
    press(page, "Name it")
    settle(page)
    slide_to(page, "Add strategy")
    compare(page)
    page.against.setCurrentIndex(page.against.findText("until “Given up”"))
    page.against.activated.emit(page.against.currentIndex())
    settle(page)
    there = page.summary.text()
    assert there == "Strategy: 1 added, 1 deleted"
    assert "Goal" not in there, "the goal got its new name later"
    page.slider.setValue(page.slider.maximum())
    settle(page)
    assert page.summary.text() == "Goal: 1 changed", "from “Given up” until now"
