"""What a person who types would curse about: a lost caret, a lost word, words under the wrong goal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planstudio.domain.kinds import Direction
from planstudio.domain.places import OVERVIEW, Place, at_page
from planstudio.gui.pages.goal_page import GoalPage
from planstudio.gui.pages.measure_page import MeasurePage
from planstudio.gui.pages.page import PrintRequest
from planstudio.gui.pages.policy_page import PolicyPage
from planstudio.gui.pages.strategy_page import StrategyPage
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.window import Window
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.measures import measure_card
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.queries.policies import all_policies, policy_card


def goals(window: Window):  # type: ignore[no-untyped-def]
    return window.plan.desk.ask(plan_outline, window.plan.desk.ask(current_plan)).goals


def shown(window: Window, kind: type):  # type: ignore[no-untyped-def]
    page = window.plan.view.stack.currentWidget()
    assert isinstance(page, kind)
    return page


def type_on(words: str) -> None:
    """Keys to whatever has the focus, as from a keyboard."""
    for sign in words:
        QTest.keyClicks(QApplication.focusWidget(), sign)


def banners(window: Window) -> list[Banner]:
    QApplication.processEvents()
    return [one for one in window.plan.view.findChildren(Banner) if one.isVisible()]


def test_who_adds_a_goal_types_its_title_at_once(window: Window, qtbot) -> None:
    before = len(goals(window))
    window.plan.view.outline.setFocus()
    window.actions_by_name["add_goal"].trigger()
    type_on("Every child a reader by grade three")
    shown(window, GoalPage).title.commit()
    assert [goal.name for goal in goals(window)][before:] == ["Every child a reader by grade three"]


def test_who_adds_a_strategy_or_a_measure_types_its_name_and_deletes_nothing(window: Window, qtbot) -> None:
    goal = goals(window)[0]
    window.go(Place("goal", goal.id))
    page = shown(window, GoalPage)
    page.add.setFocus()
    page.add.click()
    strategy = shown(window, StrategyPage)
    type_on("Publish the budget in plain words")
    strategy.title.commit()
    strategy._add_measure()
    measure = shown(window, MeasurePage)
    type_on("Readers of the budget")
    measure.name.commit()
    assert window.plan.desk.ask(strategy_card, strategy.ident).title == "Publish the budget in plain words"
    assert window.plan.desk.ask(measure_card, measure.ident).name == "Readers of the budget"


def test_words_typed_on_one_goal_are_never_stored_on_another(window: Window) -> None:
    first, second = goals(window)[:2]
    window.go(Place("goal", first.id))
    page = shown(window, GoalPage)
    page.statement.field.setFocus()
    page.statement.field.moveCursor(page.statement.field.textCursor().MoveOperation.End)
    QTest.keyClicks(page.statement.field, " And more.")
    other = window.plan.desk.ask(goal_card, second.id).statement
    window.plan.view.look(Place("goal", second.id))
    page.statement.field.commit()
    assert window.plan.desk.ask(goal_card, first.id).statement.endswith("And more.")
    assert window.plan.desk.ask(goal_card, second.id).statement == other
    assert page.statement.field.text() == other


def test_a_date_that_is_none_is_kept_with_its_reason_until_it_is_mended(window: Window) -> None:
    first, second = goals(window)[:2]
    window.go(Place("goal", first.id))
    page = shown(window, GoalPage)
    entry = page.deadline.entry
    entry.setFocus()
    entry.selectAll()
    QTest.keyClicks(entry, "when it snows")
    page.owner.entry.setFocus()
    page.title.setFocus()
    page.title.selectAll()
    QTest.keyClicks(page.title, "Another title")
    page.title.commit()
    assert entry.text() == "when it snows"
    assert page.deadline.error.isVisible()
    window.go(Place("goal", second.id))
    assert page.ident == first.id
    assert entry.hasFocus()
    assert any("is not a date" in one.words for one in banners(window))
    assert not window.close_plan()
    QTest.keyClick(entry, Qt.Key.Key_Escape)
    window.go(Place("goal", second.id))
    assert page.ident == second.id


def test_the_format_bar_moves_no_word(window: Window, qtbot) -> None:
    window.go(Place("goal", goals(window)[0].id))
    page = shown(window, GoalPage)
    page.setFocus()
    QApplication.processEvents()
    field = page.statement.field
    before = field.mapTo(page, QPoint(0, 0))
    field.setFocus()
    qtbot.waitUntil(page.statement.tools.isVisible)
    QApplication.processEvents()
    assert field.mapTo(page, QPoint(0, 0)) == before
    bar = page.statement.tools
    assert not bar.geometry().intersects(
        field.geometry().translated(field.mapTo(bar.parentWidget(), QPoint()) - field.pos())
    )
    page.title.setFocus()
    assert not bar.isVisible()


def test_tab_goes_from_field_to_field_and_past_the_styles(window: Window) -> None:
    window.go(Place("goal", goals(window)[0].id))
    window.plan.view.record_progress()
    form = window.plan.view.inspector.progress.form
    form.done.field.setFocus()
    QTest.keyClicks(form.done.field, "Done")
    QTest.keyClick(form.done.field, Qt.Key.Key_Tab)
    assert form.next.field.hasFocus()


def test_tab_from_the_outline_comes_to_the_page_before_the_details(window: Window) -> None:
    window.go(Place("goal", goals(window)[0].id))
    window.plan.view.outline.setFocus()
    page = shown(window, GoalPage)
    for _step in range(8):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert not window.plan.view.inspector.isAncestorOf(focus)
        if page.isAncestorOf(focus):
            return
    raise AssertionError("Tab did not come to the page")


def test_redo_brings_words_back_that_undo_took_from_a_field(window: Window) -> None:
    window.go(Place("goal", goals(window)[0].id))
    field = shown(window, GoalPage).statement.field
    field.setFocus()
    field.moveCursor(field.textCursor().MoveOperation.End)
    QTest.keyClicks(field, " Yes")
    field.commit()
    with_yes = field.text()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() != with_yes
    QTest.keyClick(field, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == with_yes


def test_a_half_written_update_is_there_when_one_comes_back(window: Window) -> None:
    first, second = goals(window)[:2]
    window.go(Place("goal", first.id))
    window.plan.view.record_progress()
    form = window.plan.view.inspector.progress.form
    form.done.field.setFocus()
    QTest.keyClicks(form.done.field, "Trained all tutors")
    window.plan.view.look(Place("goal", second.id))
    assert not form.isVisible()
    window.plan.view.look(Place("goal", first.id))
    assert form.isVisible()
    assert form.done.field.text() == "Trained all tutors"


def test_what_was_deleted_is_offered_back(window: Window) -> None:
    before = [goal.name for goal in goals(window)]
    window.go(Place("goal", goals(window)[0].id))
    shown(window, GoalPage).delete.click()
    assert [goal.name for goal in goals(window)] == before[1:]
    offer = next(one for one in banners(window) if "was deleted" in one.words)
    offer.chosen.emit(0)
    assert [goal.name for goal in goals(window)] == before


def test_a_legal_reference_keeps_its_signs_and_its_line(window: Window) -> None:
    policy = window.plan.desk.ask(all_policies)[0]
    window.go(Place("policy", policy.id))
    page = shown(window, PolicyPage)
    page.legal.setFocus()
    page.legal.selectAll()
    QTest.keyClicks(page.legal, "20 U.S.C. [1400] *et seq.*")
    QTest.keyClick(page.legal, Qt.Key.Key_Return)
    QTest.keyClicks(page.legal, "34 CFR 300_1")
    page.legal.commit()
    assert window.plan.desk.ask(policy_card, policy.id).legal_refs == ("20 U.S.C. [1400] *et seq.*", "34 CFR 300_1")
    assert page.legal.text() == "20 U.S.C. [1400] *et seq.*\n34 CFR 300_1"


def test_a_plan_that_is_only_read_takes_no_words(make_window, tmp_path: Path) -> None:
    window = make_window()
    path = window._sampler()
    window.open_plan(path, read_only=True)
    window.go(Place("goal", goals(window)[0].id))
    page = shown(window, GoalPage)
    assert all(field.isReadOnly() for field in page.fields())
    window.plan.view.record_progress()
    assert not window.plan.view.inspector.progress.form.isVisible()


def test_undo_in_the_print_preview_changes_no_plan(window: Window) -> None:
    window.go(Place("goal", goals(window)[0].id))
    shown(window, GoalPage).delete.click()
    after = [goal.name for goal in goals(window)]
    window.plan.print_report(PrintRequest())
    window.actions_by_name["undo"].trigger()
    assert window.stack.currentWidget() is window.plan.printer
    assert [goal.name for goal in goals(window)] == after


def test_the_outline_opens_and_deletes_by_key(window: Window) -> None:
    before = [goal.name for goal in goals(window)]
    window.go(Place("goal", goals(window)[0].id))
    window.plan.view.outline.setFocus()
    QTest.keyClick(window.plan.view.outline, Qt.Key.Key_F2)
    assert shown(window, GoalPage).title.hasFocus()
    window.plan.view.outline.setFocus()
    QTest.keyClick(window.plan.view.outline, Qt.Key.Key_Delete)
    assert [goal.name for goal in goals(window)] == before[1:]
    assert any(before[0] in one.words for one in banners(window))
    window.plan.desk.undo()
    assert [goal.name for goal in goals(window)] == before


@pytest.mark.parametrize("place", ["overview", "goal", "strategy", "statement", "measure", "policy"])
def test_tab_walks_through_all_of_a_page_and_never_in_a_circle(window: Window, place: str) -> None:
    plan = window.plan.desk.ask(plan_outline, window.plan.desk.ask(current_plan))
    goal = window.plan.desk.ask(goal_card, plan.goals[0].id)
    idents = {
        "goal": goal.id,
        "strategy": goal.strategies[0].id,
        "statement": plan.statements[2].id,
        "measure": goal.measures[0].id,
        "policy": window.plan.desk.ask(all_policies)[0].id,
    }
    window.go(Place(place, idents[place]) if place in idents else at_page(place))
    QApplication.processEvents()
    page = window.plan.view.stack.currentWidget()
    page.setFocus()
    met: list[object] = []
    for _step in range(400):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if not page.isAncestorOf(focus):
            break
        assert focus not in met, f"Tab came back to {focus.accessibleName()}"
        met.append(focus)
    wanted = [one for one in page.fields() if one.isVisible()]
    assert [field.accessibleName() for field in wanted if field not in met] == []


def test_a_figure_the_plan_refuses_can_be_taken_back(window: Window) -> None:
    goal = window.plan.desk.ask(goal_card, goals(window)[0].id)
    window.go(Place("measure", goal.measures[0].id))
    page = shown(window, MeasurePage)
    page.direction.edited.emit(Direction.BAND)
    for field, words in ((page.band_high, "10"), (page.band_low, "20")):
        field.entry.setFocus()
        field.entry.selectAll()
        QTest.keyClicks(field.entry, words)
        QTest.keyClick(field.entry, Qt.Key.Key_Return)
    entry = page.band_low.entry
    assert page.band_low.error.isVisible()
    window.go(OVERVIEW)
    assert entry.hasFocus()
    QTest.keyClick(entry, Qt.Key.Key_Escape)
    assert entry.text() == ""
    window.go(OVERVIEW)
    assert window.plan.view.here == OVERVIEW


def test_a_number_nobody_can_count_to_is_refused(window: Window) -> None:
    goal = window.plan.desk.ask(goal_card, goals(window)[0].id)
    window.go(Place("measure", goal.measures[0].id))
    field = shown(window, MeasurePage).target
    for words, why in (("9e307", "is not a number"), ("inf", "is not a number"), ("1,2,3", "is not a number")):
        field.entry.setFocus()
        field.entry.selectAll()
        QTest.keyClicks(field.entry, words)
        field.entry.commit()
        assert why in field.error.text()
    QTest.keyClick(field.entry, Qt.Key.Key_Escape)


def test_what_is_deleted_with_a_refused_field_lets_go(window: Window) -> None:
    goal = window.plan.desk.ask(goal_card, goals(window)[0].id)
    window.go(Place("measure", goal.measures[0].id))
    page = shown(window, MeasurePage)
    page.target.entry.setFocus()
    QTest.keyClicks(page.target.entry, "abc")
    page.target.entry.commit()
    page.delete.click()
    assert window.plan.view.here != ("measure", page.ident)
    window.go(OVERVIEW)
    assert window.plan.view.here == OVERVIEW


def test_a_plan_is_not_closed_over_an_update_that_is_not_recorded(window: Window) -> None:
    first, second = goals(window)[:2]
    window.go(Place("goal", first.id))
    window.plan.view.record_progress()
    form = window.plan.view.inspector.progress.form
    form.done.field.setFocus()
    QTest.keyClicks(form.done.field, "Trained all tutors")
    window.plan.view.look(Place("goal", second.id))
    assert not window.close_plan()
    assert window.plan.view.here == ("goal", first.id)
    assert form.done.field.text() == "Trained all tutors"
    form.cancel.click()
    assert window.close_plan()


def test_two_of_one_name_are_both_offered_back(window: Window) -> None:
    for _n in range(2):
        window.plan.view.add_goal()
    for _n in range(2):
        window.go(Place("goal", goals(window)[-1].id))
        shown(window, GoalPage).delete.click()
        assert any("was deleted" in one.words for one in banners(window))


def test_a_document_half_checked_is_neither_closed_over_nor_swapped(window: Window, tmp_path: Path, qtbot) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    for path in (one, two):
        path.write_text(f"OUR MISSION\nWe teach every child well, said {path.stem}.\n", "utf-8")
    window.importing.bring_in(one)
    qtbot.waitUntil(lambda: window.importing.page is not None)
    page = window.importing.page
    window.actions_by_name["overview"].trigger()
    assert window.stack.currentWidget() is window.plan.view
    window.importing.bring_in(two)
    assert window.stack.currentWidget() is page is window.importing.page
    assert not window.close_plan()
    page.closed.emit()
    assert window.importing.page is None
    assert window.close_plan()


def test_the_days_a_policy_was_revised_are_edited(window: Window) -> None:
    policy = window.plan.desk.ask(all_policies)[0]
    window.go(Place("policy", policy.id))
    field = shown(window, PolicyPage).revised
    before = window.plan.desk.ask(policy_card, policy.id).revised
    for words in ("May 3, 2021; when it snows", "May 3, 2021; 2024-06-11"):
        field.entry.setFocus()
        field.entry.selectAll()
        QTest.keyClicks(field.entry, words)
        field.entry.commit()
        refused = "when it snows" in words
        assert ("not a date" in field.error.text()) is refused
        wanted = before if refused else (date(2021, 5, 3), date(2024, 6, 11))
        assert window.plan.desk.ask(policy_card, policy.id).revised == wanted
    assert field.entry.text() == "May 3, 2021; Jun 11, 2024"
