"""Screens on a real plan: what is typed becomes a row, what is undone shows."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QLineEdit, QMenu, QWidget

from planstudio.domain.kinds import Relation, StatementKind, Status
from planstudio.domain.places import OVERVIEW, Place, at_page
from planstudio.domain.progress import ProgressDraft
from planstudio.gui.dialogs.attach_policy import AttachPolicy, LinkDraft
from planstudio.gui.pages.goal_page import GoalPage
from planstudio.gui.pages.measure_page import MeasurePage
from planstudio.gui.pages.policies_page import PoliciesPage
from planstudio.gui.pages.policy_page import PolicyPage
from planstudio.gui.pages.statement_page import StatementPage
from planstudio.gui.pages.strategy_page import StrategyPage
from planstudio.gui.widgets.item_rows import MIME as ITEM
from planstudio.gui.window import Window
from planstudio.operations import goals
from planstudio.operations.goals import delete_goal
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.measures import measure_card
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.queries.policies import all_policies, policy_card
from planstudio.queries.statements import statement_card


def outline(window: Window):  # type: ignore[no-untyped-def]
    assert window.plan is not None
    return window.plan.desk.ask(plan_outline, window.plan.desk.ask(current_plan))


def page(window: Window, kind: type, table: str, ident: str):  # type: ignore[no-untyped-def]
    window.go(Place(table, ident))
    shown = window.plan.view.stack.currentWidget()
    assert isinstance(shown, kind)
    return shown


def retype(field, words: str) -> None:  # type: ignore[no-untyped-def]
    """Write *words* over what stands in a field, and leave it."""
    inner = getattr(field, "field", getattr(field, "entry", field))
    inner.setFocus()
    inner.selectAll()
    QTest.keyClicks(inner, words)
    if isinstance(inner, QLineEdit):
        QTest.keyClick(inner, Qt.Key.Key_Return)
    else:
        inner.commit()


def test_a_goal_is_renamed_where_it_stands_and_undo_brings_the_name_back(window: Window) -> None:
    goal = outline(window).goals[0]
    shown = page(window, GoalPage, "goal", goal.id)
    retype(shown.title, "Readers everywhere")
    assert window.plan.desk.ask(goal_card, goal.id).title == "Readers everywhere"
    assert outline(window).goals[0].name == "Readers everywhere"
    window.plan.desk.undo()
    assert shown.title.text() == "Every child a reader"
    window.plan.desk.redo()
    assert shown.title.text() == "Readers everywhere"


def test_the_undo_menu_names_the_step(window: Window) -> None:
    shown = page(window, GoalPage, "goal", outline(window).goals[1].id)
    retype(shown.title, "Seen")
    assert "Known and present" in window.actions_by_name["undo"].text()


def test_a_title_of_a_megabyte_is_refused_beside_the_field_and_not_lost(window: Window) -> None:
    goal = outline(window).goals[0]
    shown = page(window, GoalPage, "goal", goal.id)
    shown.title.setFocus()
    shown.title.selectAll()
    pasted = QMimeData()
    pasted.setText("word " * 200_000)
    shown.title.insertFromMimeData(pasted)
    shown.title.commit()
    assert shown.title.property("wrong") is True
    assert "1,000" in shown.title.accessibleDescription()
    assert len(shown.title.text()) > 900_000
    assert window.plan.desk.ask(goal_card, goal.id).title == "Every child a reader"


def test_markup_in_a_title_stays_words(window: Window) -> None:
    goal = outline(window).goals[0]
    shown = page(window, GoalPage, "goal", goal.id)
    retype(shown.title, '<img src="file:x"> & <b>bold</b>')
    assert window.plan.desk.ask(goal_card, goal.id).title == '<img src="file:x"> & <b>bold</b>'
    window.go(OVERVIEW)
    assert outline(window).goals[0].name == '<img src="file:x"> & <b>bold</b>'


def test_entries_are_added_edited_moved_and_deleted(window: Window, qtbot) -> None:
    values = next(row for row in outline(window).statements if row.kind == StatementKind.VALUES)
    shown = page(window, StatementPage, "statement", values.id)
    first = shown.items.rows[0]
    retype(first.text, "We speak plainly.")
    assert window.plan.desk.ask(statement_card, values.id).items[0].text == "We speak plainly."
    first.title.setFocus()
    QTest.keyClick(first.title, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [item.title for item in window.plan.desk.ask(statement_card, values.id).items][:2] == [
        "Craft",
        "Plain speech",
    ]
    shown.add.click()
    new = shown.items.rows[-1]
    qtbot.waitUntil(new.title.hasFocus)
    retype(new.title, "Patience")
    assert window.plan.desk.ask(statement_card, values.id).items[-1].title == "Patience"
    new.asked.emit(new.card.id, "delete")
    assert len(window.plan.desk.ask(statement_card, values.id).items) == 5
    window.plan.desk.undo()
    assert [row.card.title for row in shown.items.rows][-1] == "Patience"


def test_an_entry_is_dragged_to_its_place(window: Window, qtbot) -> None:
    values = next(row for row in outline(window).statements if row.kind == StatementKind.VALUES)
    shown = page(window, StatementPage, "statement", values.id)
    qtbot.waitUntil(lambda: shown.items.rows[1].geometry().top() > 0)
    last = shown.items.rows[-1]
    carried = QMimeData()
    carried.setData(ITEM, last.card.id.encode())
    top = QPointF(20, shown.items.rows[1].geometry().top() + 2)
    event = QDropEvent(
        top, Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    shown.items.dropEvent(event)
    assert [item.title for item in window.plan.desk.ask(statement_card, values.id).items][:3] == [
        "Plain speech",
        "Nerve",
        "Craft",
    ]


def test_the_outline_moves_a_goal_by_keyboard_and_a_strategy_by_drag_to_another_goal(window: Window) -> None:
    tree, model = window.plan.view.outline, window.plan.view.model
    first, second = outline(window).goals[:2]
    window.go(Place("goal", first.id))
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [goal.id for goal in outline(window).goals][:2] == [second.id, first.id]
    strategy = first.children[0]
    carried = model.mimeData([model.index_of(("strategy", strategy.id))])
    target = model.index_of(("goal", second.id))
    assert model.canDropMimeData(carried, Qt.DropAction.MoveAction, 1, 0, target)
    model.dropMimeData(carried, Qt.DropAction.MoveAction, 1, 0, target)
    assert window.plan.desk.ask(strategy_card, strategy.id).goal_id == second.id
    assert outline(window).goals[0].children[1].id == strategy.id
    window.plan.desk.undo()
    assert window.plan.desk.ask(strategy_card, strategy.id).goal_id == first.id


@pytest.mark.parametrize(
    ("taken", "gap", "order"),
    [(0, 2, "BAC"), (0, 3, "BCA"), (2, 0, "CAB"), (2, 1, "ACB"), (1, 1, "ABC"), (1, 2, "ABC"), (1, -1, "ACB")],
)
def test_a_strategy_is_dropped_between_two_others_and_stands_there(
    window: Window, taken: int, gap: int, order: str
) -> None:
    """*gap* is the row before which it is let go; -1 is the empty space below the last."""
    window.plan.desk.do("Add", goals.add_goal, window.plan.desk.ask(current_plan), title="Three")
    goal = outline(window).goals[-1].id
    for name in "ABC":
        window.plan.desk.do("Add", goals.add_strategy, goal, title=name)
    model = page(window, GoalPage, "goal", goal).strategies.model()
    model.dropMimeData(model.mimeData([model.index(taken, 0)]), Qt.DropAction.MoveAction, gap, 0, QModelIndex())
    assert "".join(one.title for one in window.plan.desk.ask(goal_card, goal).strategies) == order


def test_undo_first_stores_what_stands_in_the_field_under_the_cursor(window: Window) -> None:
    ident = outline(window).goals[0].id
    window.plan.desk.do("Relabel", goals.edit_goal, ident, label="First of all")
    shown = page(window, GoalPage, "goal", ident)
    shown.title.setFocus()
    shown.title.selectAll()
    QTest.keyClicks(shown.title, "Written a moment ago")

    def names() -> tuple[str, str]:
        card = window.plan.desk.ask(goal_card, ident)
        return card.label, card.title

    window.actions_by_name["undo"].trigger()
    assert names() == ("First of all", "Every child a reader"), "what was just typed is the last step"
    window.actions_by_name["redo"].trigger()
    assert names() == ("First of all", "Written a moment ago")


def test_a_goal_cannot_be_dropped_into_a_statement(window: Window) -> None:
    model = window.plan.view.model
    carried = model.mimeData([model.index_of(("goal", outline(window).goals[0].id))])
    statement = model.index_of(("statement", outline(window).statements[0].id))
    assert not model.canDropMimeData(carried, Qt.DropAction.MoveAction, -1, 0, statement)


def test_progress_is_recorded_from_the_keyboard_and_shows_everywhere(window: Window, qtbot) -> None:
    strategy = outline(window).goals[0].children[1]
    page(window, StrategyPage, "strategy", strategy.id)
    QTest.keyClick(window.plan.view.outline, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form = window.plan.view.inspector.progress.form
    qtbot.waitUntil(form.isVisible)
    form.status.box.setCurrentIndex(list(Status).index(Status.OFF_TRACK))
    retype(form.percent, "30")
    form.done.field.setFocus()
    QTest.keyClicks(form.done.field, "Both posts stay open.")
    QTest.keyClick(form.done.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    card = window.plan.desk.ask(strategy_card, strategy.id)
    assert (card.status, card.percent, card.updates[0].done) == (Status.OFF_TRACK, 30, "Both posts stay open.")
    assert card.updates[0].author == "Ruth Hale"
    assert outline(window).goals[0].children[1].status is Status.OFF_TRACK
    assert not form.isVisible()


def test_an_update_before_the_last_one_is_refused_in_the_form(window: Window) -> None:
    strategy = outline(window).goals[0].children[0]
    page(window, StrategyPage, "strategy", strategy.id)
    inspector = window.plan.view.inspector
    inspector.progress.act()
    inspector.progress.form.submitted.emit(ProgressDraft(date(2020, 1, 1), Status.ON_TRACK))
    assert not inspector.progress.form.error.isHidden()
    assert "later update" in inspector.progress.form.error.text()


def test_a_policy_is_added_attached_and_seen_from_both_ends(window: Window, monkeypatch) -> None:
    window.go(at_page("policies"))
    manual = window.plan.view.stack.currentWidget()
    assert isinstance(manual, PoliciesPage)
    manual.code.entry.setText("5150")
    manual.title.entry.setText("Lost and found")
    manual.add.click()
    shown = window.plan.view.stack.currentWidget()
    assert isinstance(shown, PolicyPage)
    shown.body.field.setFocus()
    QTest.keyClicks(shown.body.field, "What is found is kept a year.")
    shown.body.field.commit()
    retype(shown.dates["adopted"], "May 3, 2026")
    policy = window.plan.desk.ask(policy_card, shown.ident)
    assert (policy.code, policy.body, policy.adopted) == ("5150", "What is found is kept a year.", date(2026, 5, 3))
    assert policy.series.number == "5000"

    monkeypatch.setattr(AttachPolicy, "draft", lambda _self: LinkDraft(policy.id, Relation.REQUIRES, "the shelf"))
    goal = outline(window).goals[3]
    window.go(Place("goal", goal.id))
    window.plan.view.attach_policy()
    assert window.plan.desk.ask(goal_card, goal.id).policies[-1].code == "5150"
    window.go(Place("policy", policy.id))
    assert [use.row_id for use in window.plan.desk.ask(policy_card, policy.id).uses] == [goal.id]


def test_the_code_of_another_policy_is_refused_beside_the_field(window: Window) -> None:
    policy = next(p for p in window.plan.desk.ask(all_policies) if p.code == "5110")
    shown = page(window, PolicyPage, "policy", policy.id)
    retype(shown.code, "6142")
    assert "Reading instruction" in shown.code.error.text()
    assert window.plan.desk.ask(policy_card, policy.id).code == "5110"


def test_a_policy_can_be_chosen_by_typing(window: Window) -> None:
    dialog = AttachPolicy(window, window.plan.desk.ask(all_policies), "goal")
    QTest.keyClicks(dialog.search, "conduct")
    assert dialog.list.count() == 1
    assert dialog.attach.isEnabled()
    QTest.keyClicks(dialog.search, "zzz")
    assert not dialog.attach.isEnabled()


def test_figures_are_recorded_corrected_and_deleted(window: Window) -> None:
    measure = window.plan.desk.ask(goal_card, outline(window).goals[0].id).measures[0]
    shown = page(window, MeasurePage, "measure", measure.id)
    retype(shown.figures.day, "May 31, 2027")
    shown.figures.value.entry.setText("70.5")
    shown.figures.add.click()
    assert window.plan.desk.ask(measure_card, measure.id).newest.value == 70.5
    shown.figures.table.item(0, 1).setText("71")
    assert window.plan.desk.ask(measure_card, measure.id).newest.value == 71
    shown.figures.table.item(0, 1).setText("many")
    assert window.plan.desk.ask(measure_card, measure.id).newest.value == 71
    assert "many" in shown.figures.error.text()
    shown.figures.table.setCurrentCell(0, 0)
    QTest.keyClick(shown.figures.table, Qt.Key.Key_Delete)
    assert window.plan.desk.ask(measure_card, measure.id).newest.value == 66.4


def test_the_targets_of_a_measure_are_typed_as_people_write_them(window: Window) -> None:
    measure = window.plan.desk.ask(goal_card, outline(window).goals[0].id).measures[0]
    shown = page(window, MeasurePage, "measure", measure.id)
    retype(shown.target, "90%")
    retype(shown.target_on, "June 2029")
    card = window.plan.desk.ask(measure_card, measure.id)
    assert (card.target, card.target_on) == (90, date(2029, 6, 30))
    retype(shown.target_on, "whenever")
    assert "is not a date" in shown.target_on.error.text()
    assert window.plan.desk.ask(measure_card, measure.id).target_on == date(2029, 6, 30)


def test_find_shows_places_as_one_types_and_opens_them(window: Window, qtbot) -> None:
    view = window.plan.view
    view.side.begin_find()
    QTest.keyClicks(view.search, "second abs")
    qtbot.waitUntil(lambda: view.results.isVisible() and view.results.count() > 0)
    QTest.keyClick(view.search, Qt.Key.Key_Return)
    assert view.here[0] in ("strategy", "policy")
    view.search.clear()
    qtbot.waitUntil(lambda: view.outline.isVisible())


def test_what_is_not_there_is_said(window: Window, qtbot) -> None:
    view = window.plan.view
    view.search.setText("xylophone")
    qtbot.waitUntil(lambda: view.results.isVisible())
    assert "not in this plan" in view.results.item(0).text()


def test_a_page_whose_goal_was_deleted_leads_back_to_the_overview(window: Window) -> None:
    goal = outline(window).goals[2]
    page(window, GoalPage, "goal", goal.id)
    window.plan.desk.do("Delete", delete_goal, goal.id)
    assert window.plan.view.here == OVERVIEW


def test_history_names_who_what_and_the_cells(window: Window) -> None:
    shown = page(window, GoalPage, "goal", outline(window).goals[0].id)
    retype(shown.title, "Readers")
    window.go(at_page("history"))
    history = window.plan.view.stack.currentWidget()
    assert history.list.topLevelItem(0).text(1) == "RH  Ruth Hale"
    words = " ".join(label.text() for label in history._details_page.findChildren(QWidget) if hasattr(label, "text"))
    assert "Every child a reader" in words
    assert "Readers" in words


PLACES = ("overview", "policies", "history")


def every_place(window: Window):  # type: ignore[no-untyped-def]
    plan = outline(window)
    yield from (at_page(name) for name in PLACES)
    yield Place("statement", plan.statements[2].id)
    yield Place("goal", plan.goals[0].id)
    yield Place("strategy", plan.goals[0].children[0].id)
    yield Place("measure", window.plan.desk.ask(goal_card, plan.goals[0].id).measures[0].id)
    yield Place("policy", window.plan.desk.ask(all_policies)[1].id)


def test_everything_that_takes_the_focus_has_a_name(window: Window) -> None:
    nameless = []
    for place in every_place(window):
        window.go(place)
        QApplication.processEvents()
        for widget in window.findChildren(QWidget):
            if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            if isinstance(widget, QMenu) or type(widget) is QAbstractScrollArea:
                continue
            words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            if not words and isinstance(widget, QLineEdit):
                words = widget.placeholderText()
            if not words.strip():
                nameless.append((place, type(widget).__name__))
    assert nameless == []


def test_tab_walks_the_page_in_the_order_of_reading(window: Window) -> None:
    shown = page(window, GoalPage, "goal", outline(window).goals[0].id)
    shown.label.setFocus()
    seen = []
    for _n in range(12):
        focus = QApplication.focusWidget()
        if focus is None or not shown.isAncestorOf(focus):
            break
        seen.append(focus.mapTo(shown, QPoint(0, 0)).y())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert len(seen) >= 5
    assert all(later >= earlier - 40 for earlier, later in itertools.pairwise(seen))


def test_f6_walks_the_panes(window: Window) -> None:
    window.go(Place("goal", outline(window).goals[0].id))
    window.plan.view.outline.setFocus()
    window.actions_by_name["next_pane"].trigger()
    assert window.plan.view.stack.isAncestorOf(QApplication.focusWidget())
    window.actions_by_name["next_pane"].trigger()
    assert window.plan.view.inspector.isAncestorOf(QApplication.focusWidget())
    window.actions_by_name["next_pane"].trigger()
    assert QApplication.focusWidget() is window.plan.view.outline


def test_a_wheel_over_a_choice_does_not_change_it_unseen(window: Window) -> None:
    policy = window.plan.desk.ask(all_policies)[0]
    shown = page(window, PolicyPage, "policy", policy.id)
    shown.kind.box.clearFocus()
    before = policy.kind
    QApplication.sendEvent(shown.kind.box, QEvent(QEvent.Type.Wheel))
    assert window.plan.desk.ask(policy_card, policy.id).kind is before
    assert isinstance(shown.kind.box, QComboBox)
