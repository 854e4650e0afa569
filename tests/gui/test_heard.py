"""By ear: what happens is said once, what is painted says what it is, and the focus is never left on what deletes."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QTreeView, QWidget

from gui.hearing import Ear, listening, press, settle, told
from gui.test_clipped import PLACES
from planstudio.domain.places import Place, at_page
from planstudio.gui.dialogs.quick_open import QuickOpen, targets
from planstudio.gui.focus import can_take, hand_on, never_hand_on_to
from planstudio.gui.jobs import Job
from planstudio.gui.pages.page import PrintRequest
from planstudio.gui.pages.registry import titles
from planstudio.gui.widgets.basics import button, column, empty, plain, tool
from planstudio.gui.widgets.marks import chip
from planstudio.gui.widgets.measure_card import Trend
from planstudio.gui.widgets.painted import Painted, Pressable
from planstudio.gui.window import Window
from planstudio.operations import goals
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.meetings import meeting_rows
from planstudio.queries.plans import plan_outline
from planstudio.queries.policies import all_policies

Role = QAccessible.Role


@pytest.fixture
def ear(window: Window) -> Iterator[Ear]:
    yield from listening()


@pytest.fixture
def goal_id(window: Window) -> str:
    return window.plan.desk.ask(plan_outline, window.plan.desk.plan_id).goals[0].id


@pytest.fixture
def strategy_id(window: Window, goal_id: str) -> str:
    return window.plan.desk.ask(goal_card, goal_id).strategies[0].id


# Announced.


def record(window: Window, percent: str) -> None:
    """As somebody does who records progress on what is shown."""
    form = window.plan.view.inspector.progress.form
    form.percent.entry.setText(percent)
    form.record.click()


def open_form(window: Window, strategy_id: str) -> None:
    window.go(Place("strategy", strategy_id))
    window.plan.view.record_progress()


def page(window: Window) -> QWidget:
    return window.plan.view.stack.currentWidget()


def test_a_step_is_said_when_it_is_done_undone_and_done_again(window: Window, ear: Ear) -> None:
    assert ear.after(window.plan.view.add_goal) == "Add a goal: done. Short title of the goal."
    assert ear.after(window.plan.desk.undo).startswith("Undone: Add a goal.")
    assert ear.after(window.plan.desk.redo).startswith("Done again: Add a goal.")


def test_progress_that_was_recorded_is_said(window: Window, ear: Ear, strategy_id: str) -> None:
    open_form(window, strategy_id)
    assert ear.after(lambda: record(window, "40")) == "Record progress: done."


def test_a_form_that_was_refused_says_why_and_interrupts(window: Window, ear: Ear, strategy_id: str) -> None:
    open_form(window, strategy_id)
    said = ear.after(lambda: record(window, "140 of 100"))
    assert said == "Percent complete is a whole number from 0 to 100."
    assert ear.heard[0][1], "a refusal waits for nothing"


def test_what_was_deleted_is_named_with_its_undo_and_said_once(
    window: Window, ear: Ear, strategy_id: str, goal_id: str
) -> None:
    window.go(Place("strategy", strategy_id))
    card, goal = window.plan.desk.ask(strategy_card, strategy_id), window.plan.desk.ask(goal_card, goal_id)
    said = ear.after(page(window).delete.click)
    assert f"“{card.number} {card.name}"[:40] in said
    assert "was deleted. To choose: Undo." in said
    assert said.count("deleted") == 1
    assert "done." not in said, "the step is told by what was deleted"
    assert goal.title in said, "and where one is now"
    assert len(ear.heard) == 1, "one thing after the other, in one breath"


def test_a_line_says_what_is_wrong_with_its_field_every_time(window: Window, ear: Ear, strategy_id: str) -> None:
    window.go(Place("strategy", strategy_id))
    due = page(window).due
    due.entry.setFocus()

    def type_wrong() -> None:
        due.entry.setText("soon")
        QTest.keyClick(due.entry, Qt.Key.Key_Return)

    first = ear.after(type_wrong)
    assert first.startswith(f"{due.caption.text()}: “soon”")
    assert ear.heard[0][1]
    assert ear.after(type_wrong) == first


def test_typing_is_said_to_be_stored_once_when_the_field_is_left(window: Window, ear: Ear, goal_id: str) -> None:
    window.go(Place("goal", goal_id))
    title = page(window).title
    title.setFocus()
    settle()

    def type_and_rest() -> None:
        for letters in ("One", "Two"):
            QTest.keyClicks(title, letters)
            title.commit()  # as after a rest

    assert ear.after(type_and_rest) == "", "nothing at each letter"
    said = ear.after(page(window).statement.field.setFocus)
    assert said.count(": done.") == 1
    assert ear.after(page(window).owner.setFocus) == ""


def test_what_was_typed_is_told_before_it_is_undone(window: Window, ear: Ear, goal_id: str) -> None:
    window.go(Place("goal", goal_id))
    title = page(window).title
    title.setFocus()
    QTest.keyClicks(title, "One")
    title.commit()
    done, undone = ear.after(window.plan.desk.undo).rstrip(".").split(". ")
    assert done.endswith(": done")
    assert undone == "Undone: " + done.removesuffix(": done")
    assert ear.after(page(window).owner.setFocus) == "", "it has been said"


def test_a_choice_is_said_at_once(window: Window, ear: Ear, goal_id: str) -> None:
    window.go(Place("goal", goal_id))
    kind = page(window).kind.box

    def choose() -> None:
        kind.setCurrentIndex((kind.currentIndex() + 1) % kind.count())
        kind.activated.emit(kind.currentIndex())

    assert ear.after(choose).endswith(": done.")


def test_a_refused_step_says_why_and_that_nothing_was_done(window: Window, ear: Ear, goal_id: str) -> None:
    said = ear.after(lambda: window.plan.desk.do("Rename the goal", goals.edit_goal, goal_id, title="x" * 5_000))
    assert "1,000" in said
    assert "Rename" not in said
    assert ear.heard[0][1]
    assert ear.after(lambda: window.plan.desk.do("Rename", goals.edit_goal, goal_id, title="x" * 5_000)) == said


def test_a_page_that_is_opened_says_its_name_and_the_title_has_it(window: Window, ear: Ear, goal_id: str) -> None:
    assert ear.after(lambda: window.go(at_page("meetings"))) == "Meetings."
    assert window.windowTitle().startswith("Meetings — ")
    title = window.plan.desk.ask(goal_card, goal_id).title
    assert ear.after(lambda: window.go(Place("goal", goal_id))) == f"{title}."
    plan = window.windowTitle().split(" — ")[1]
    assert plan
    assert window.windowTitle() == f"{title} — {plan} — Plan Studio"
    assert ear.after(lambda: window.go(Place("goal", goal_id))) == "", "it is open already"


def test_the_page_for_printing_is_named_and_the_plan_again_after_it(window: Window, ear: Ear, goal_id: str) -> None:
    window.go(at_page("meetings"))
    assert ear.after(lambda: window.plan.print_report(PrintRequest())).startswith("Print.")
    assert window.windowTitle().startswith("Print — ")
    assert "Meetings." in ear.after(window.come_back)
    assert window.windowTitle().startswith("Meetings — ")


def test_the_outline_reads_its_rows_itself(window: Window, ear: Ear) -> None:
    window.plan.view.outline.setFocus()
    assert ear.after(lambda: window.plan.view.look(at_page("policies"))) == ""
    assert window.windowTitle().startswith("Policies — ")


def test_a_title_follows_the_page_that_is_renamed(window: Window, goal_id: str) -> None:
    window.go(Place("goal", goal_id))
    window.plan.desk.do("Rename", goals.edit_goal, goal_id, title="Swimming")
    settle()
    assert window.windowTitle().startswith("Swimming — ")


def test_every_page_has_a_name(window: Window, ear: Ear) -> None:
    for place in places(window):
        window.go(place)
        settle()
        name = window.windowTitle().split(" — ")[0]
        assert len(window.windowTitle().split(" — ")) == 3, f"{place} names no page: {window.windowTitle()}"
        assert name.strip()


def test_the_search_says_how_much_it_found_once_one_has_typed(window: Window, ear: Ear, qtbot) -> None:
    window.plan.view.side.begin_find()
    QTest.keyClicks(window.plan.view.search, "read")
    qtbot.waitUntil(lambda: "hold" in ear.words, timeout=100_000)
    n = window.plan.view.results.count()
    assert ear.words.endswith(f"{n} places hold “read”.")
    assert ear.words.count("hold") == 1


def test_a_job_is_said_when_it_begins_and_ends(window: Window, ear: Ear, qtbot) -> None:
    heard = threading.Event()

    def work(job: Job) -> None:
        for n in range(9):
            job.progress(n / 9, "Setting the pages")
        heard.wait(100)

    window.jobs.start(work, lambda _done: None)
    qtbot.waitUntil(lambda: "Setting the pages." in ear.words, timeout=100_000)
    heard.set()
    qtbot.waitUntil(lambda: "ended" in ear.words, timeout=100_000)
    assert ear.words.count("Setting the pages.") == 1
    assert ear.words.endswith("Setting the pages: ended.")


def test_esc_says_that_the_field_is_as_it_was(window: Window, ear: Ear, strategy_id: str) -> None:
    window.go(Place("strategy", strategy_id))
    owner = page(window).owner.entry
    owner.setFocus()
    QTest.keyClicks(owner, "Zed")
    assert ear.after(lambda: QTest.keyClick(owner, Qt.Key.Key_Escape)) == "The field is as it was."


def test_what_others_have_written_is_said(window: Window, ear: Ear) -> None:
    when = window.plan.workspace.clock.now()
    said = ear.after(lambda: window.plan.saver.merged.emit([("Bo Iverson", when)], 0))
    assert "Bo Iverson" in said
    assert said.endswith("To choose: See all.")


def test_ctrl_k_reads_the_row_that_enter_takes(window: Window, ear: Ear) -> None:
    dialog = QuickOpen(window, targets(window.plan.desk, titles(), window.actions_by_name))
    dialog.show()
    said = ear.after(lambda: QTest.keyClicks(dialog.search, "meeting"))
    assert f"Meetings, Page, 1 of {dialog.list.count()}." in said
    assert ", 2 of " in ear.after(lambda: QTest.keyClick(dialog.search, Qt.Key.Key_Down))
    assert ear.after(lambda: dialog.search.setText("zzzz")).startswith("Nothing fits.")
    dialog.close()


def test_a_dialog_that_was_answered_is_gone(window: Window) -> None:
    QTimer.singleShot(50, lambda: QApplication.activeModalWidget().reject())
    window.plan.quick_open()
    QApplication.sendPostedEvents(None, 52)  # deferred deletion
    assert window.findChildren(QuickOpen) == []


def type_and_press(entry: QLineEdit, words: str, verb: QPushButton | None = None) -> None:
    entry.setText(words)
    if verb is not None:
        verb.click()
    else:
        QTest.keyClick(entry, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("place", "act", "said"),
    [
        ("goal", lambda page, view: page.add.click(), "Add a strategy: done."),
        ("goal", lambda page, view: page.add_measure(), "Add a measure: done."),
        (
            "goal",
            lambda page, view: view.side.outline.move_requested.emit(Place("goal", page.ident), 1),
            "Move a goal: done.",
        ),
        ("goal", lambda page, view: view.inspector.comments.list.added.emit("Why?"), "Comment: done."),
        ("strategy", lambda page, view: type_and_press(page.new_milestone.entry, "A step"), "Add a milestone: done."),
        ("strategy", lambda page, view: page.findChild(QCheckBox).click(), "a milestone: done."),
        ("policies", lambda page, view: type_and_press(page.code.entry, "9999", page.add), "Add policy 9999: done."),
        ("policies", lambda page, view: type_and_press(page.series_title.entry, "Ours"), "Add a series: done."),
    ],
)
def test_what_a_page_does_is_said(window: Window, ear: Ear, goal_id: str, strategy_id: str, place, act, said) -> None:
    window.go({"goal": Place("goal", goal_id), "strategy": Place("strategy", strategy_id)}.get(place, at_page(place)))
    settle()
    assert said in ear.after(lambda: act(page(window), window.plan.view))
    assert not any(urgent for _words, urgent in ear.heard)
    assert said in ear.after(window.plan.desk.undo).replace("Undone: ", "").replace(".", ": done.", 1)


@pytest.mark.parametrize(
    ("place", "act", "why"),
    [
        ("policies", lambda page, view: type_and_press(page.code.entry, "", page.add), "A policy needs"),
        ("strategy", lambda page, view: type_and_press(page.start.entry, "soon"), "“soon”"),
        ("strategy", lambda page, view: type_and_press(page.budget.entry, "-5"), "Budget"),
        ("measure", lambda page, view: page.figures.add.click(), "A figure needs a date and a value."),
        ("goal", lambda page, view: page.desk.do("X", goals.delete_goal, "nowhere"), ""),
    ],
)
def test_what_a_page_refuses_is_said_with_its_reason(
    window: Window, ear: Ear, goal_id: str, strategy_id: str, place, act, why
) -> None:
    measure = next(one.id for one in window.plan.desk.ask(goal_card, goal_id).measures)
    known = {
        "goal": Place("goal", goal_id),
        "strategy": Place("strategy", strategy_id),
        "measure": Place("measure", measure),
    }
    window.go(known.get(place, at_page(place)))
    settle()
    said = ear.after(lambda: act(page(window), window.plan.view))
    assert why in said
    assert said
    assert ": done" not in said
    assert any(urgent for _words, urgent in ear.heard)


# Roles.


def places(window: Window) -> list[Place]:
    """Every kind of page, with something on it."""
    desk = window.plan.desk
    outline = desk.ask(plan_outline, desk.plan_id)
    goal = next(desk.ask(goal_card, one.id) for one in outline.goals if desk.ask(goal_card, one.id).measures)
    meeting = desk.ask(meeting_rows)[0].id
    return [
        *(at_page(name) for name in PLACES),
        Place("statement", outline.statements[0].id),
        Place("goal", goal.id),
        Place("strategy", goal.strategies[0].id),
        Place("measure", goal.measures[0].id),
        Place("policy", desk.ask(all_policies)[0].id),
        Place("brief", goal.id),
        Place("meeting", meeting),
        Place("meeting_room", meeting),
        Place("minutes", meeting),
    ]


def seen(window: Window, kind: type) -> list[QWidget]:
    return [one for one in window.plan.view.findChildren(kind) if one.isVisible()]


def test_what_is_painted_or_pressed_says_what_it_is_on_every_page(window: Window, ear: Ear) -> None:
    cards = heads = boxes = pictures = 0
    for place in places(window):
        window.go(place)
        settle()
        for card in seen(window, Pressable):
            said = told(card)
            assert (said.role, "Press" in said.actions) == (Role.Button, True), (place, said)
            assert said.name.strip(), f"a card without a name on {place}"
            cards += 1
        for box in seen(window, QComboBox):
            said = told(box)
            assert said.role == Role.ComboBox
            assert said.name.strip(), f"a box without a label on {place}"
            assert said.name != box.currentText() or not box.currentText(), f"{said.name}: a value is no name, {place}"
            assert said.value == box.currentText()
            boxes += 1
        heads += len(headings(window, place))
        for picture in seen(window, Painted):
            said = told(picture)
            assert said.role in (Role.Graphic, Role.StaticText)
            assert said.invisible == (not said.name), "what says nothing is not met"
            assert said.value == said.name
            pictures += 1
    assert min(cards, heads, boxes, pictures) > 20


def headings(window: Window, place: tuple[str, str]) -> list[str]:
    found = [told(one) for one in seen(window, QLabel)]
    heads = [one for one in found if one.role == Role.Heading]
    assert all(one.level in (1, 2) and one.name.strip() for one in heads if one.name), place
    assert all(one.level == 0 for one in found if one.role != Role.Heading)
    return [one.name for one in heads]


def test_a_card_is_opened_through_its_interface(window: Window, ear: Ear, goal_id: str) -> None:
    window.go(at_page("overview"))
    settle()
    title = window.plan.desk.ask(goal_card, goal_id).title
    tile = next(one for one in seen(window, Pressable) if title in one.accessibleName())
    press(tile)
    assert window.plan.view.here == ("goal", goal_id)


def test_a_card_is_opened_by_key(window: Window, goal_id: str) -> None:
    window.go(at_page("overview"))
    settle()
    title = window.plan.desk.ask(goal_card, goal_id).title
    QTest.keyClick(next(one for one in seen(window, Pressable) if title in one.accessibleName()), Qt.Key.Key_Space)
    assert window.plan.view.here == ("goal", goal_id)


def test_a_chip_has_its_words_as_name_and_value(ear: Ear) -> None:
    said = told(chip("at risk"))
    assert (said.role, said.name, said.value) == (Role.StaticText, "At risk", "At risk")


def test_a_chart_has_its_words_before_it_was_painted(window: Window, ear: Ear, goal_id: str) -> None:
    asked = []

    def draw(_measure: object, _width: int, _height: int) -> tuple[str, str]:
        asked.append(1)
        return "<svg/>", "From 40% to 55%"

    chart = Trend(window.plan.desk.ask(goal_card, goal_id).measures[0], draw)
    assert asked == [], "words that cost something wait for a listener"
    assert (told(chart).role, told(chart).name) == (Role.Chart, "From 40% to 55%")


def test_a_section_says_whether_it_is_unfolded(window: Window, ear: Ear, goal_id: str) -> None:
    window.go(Place("goal", goal_id))
    section = window.plan.view.inspector.history
    assert (told(section._head).expandable, told(section._head).expanded) == (True, True)
    press(section._head)
    assert not told(section._head).expanded
    assert "History" in told(section._head).name


def test_leaves_are_not_expanded(window: Window, ear: Ear) -> None:
    outline: QTreeView = window.plan.view.outline
    outline.expandAll()
    assert folding(outline) == {(True, True), (False, False)}
    for place in (at_page("policies"), at_page("meetings"), Place("meeting", window.plan.desk.ask(meeting_rows)[0].id)):
        window.go(place)
        settle()
        for tree in page(window).findChildren(QTreeView):
            assert (True, True) in folding(tree), place
            assert (False, True) not in folding(tree), place


def folding(view: QTreeView) -> set[tuple[bool, bool]]:
    """Whether its rows can be unfolded, and whether they are, as a screen reader is told."""
    tree = QAccessible.queryAccessibleInterface(view)
    rows = [tree.child(n) for n in range(tree.childCount())]
    states = [row.state() for row in rows if row.role() == Role.TreeItem]
    return {(bool(state.expandable), bool(state.expanded)) for state in states}


def test_a_box_has_the_row_that_is_chosen_in_its_selection(window: Window, ear: Ear, goal_id: str) -> None:
    window.go(Place("goal", goal_id))
    box = page(window).kind.box
    face = QAccessible.queryAccessibleInterface(box)
    chosen = [one.text(QAccessible.Text.Name) for one in face.selectionInterface().selectedItems()]
    assert chosen == [box.currentText()]
    assert face.child(0).role() == Role.List
    assert face.indexOfChild(face.child(0)) == 0


# The focus.


@pytest.fixture
def bench(qtbot, dressed: QApplication) -> QWidget:
    from planstudio.gui.focus import watch

    watch()
    box = QWidget()
    box.opener, box.delete = button("Open"), tool("trash", tip="Delete this")
    box.form = plain(column(QLineEdit()))
    box.rows = column()
    box.setLayout(column(box.opener, box.form, box.delete, plain(box.rows)))
    qtbot.addWidget(box)
    box.show()
    qtbot.waitExposed(box)
    box.activateWindow()
    return box


def focus() -> QWidget | None:
    settle()
    return QApplication.focusWidget()


def test_the_named_one_has_the_focus_of_what_is_hidden(bench: QWidget) -> None:
    hand_on(bench.form, bench.opener)
    bench.form.findChild(QLineEdit).setFocus()
    bench.form.hide()
    assert focus() is bench.opener


def test_where_nobody_was_named_what_stands_around_has_it_and_never_what_deletes(bench: QWidget) -> None:
    bench.form.findChild(QLineEdit).setFocus()
    bench.form.hide()
    assert focus() is bench
    bench.opener.setFocus()
    bench.opener.setEnabled(False)
    assert focus() is bench


def test_a_named_one_that_deletes_or_is_away_is_passed_over(bench: QWidget) -> None:
    hand_on(bench.form, bench.delete, bench.opener)
    assert not can_take(bench.delete)
    bench.form.findChild(QLineEdit).setFocus()
    bench.form.hide()
    assert focus() is bench.opener


def test_what_is_deleted_hands_on_too(bench: QWidget) -> None:
    hand_on(bench.form, bench.opener)
    line = bench.form.findChild(QLineEdit)
    line.setFocus()
    settle()
    line.deleteLater()
    QApplication.sendPostedEvents(line, 52)
    assert focus() is bench.opener


def fill(bench: QWidget, *names: str) -> None:
    empty(bench.rows)
    for name in names:
        bench.rows.addWidget(QPushButton(name, accessibleName=name))
        bench.rows.itemAt(bench.rows.count() - 1).widget().show()


def test_a_list_that_is_built_anew_gives_the_focus_back(bench: QWidget) -> None:
    def at(name: str) -> None:
        next(one for one in bench.findChildren(QPushButton) if one.text() == name and one.isVisible()).setFocus()
        settle()

    def name() -> str:
        now = focus()
        return now.text() if isinstance(now, QPushButton) else ""

    fill(bench, "A", "B", "C")
    at("B")
    fill(bench, "0", "A", "B", "C")
    assert name() == "B", "to the same, wherever it stands now"
    fill(bench, "0", "A", "C")
    assert name() == "C", "to the next, where it is gone"
    fill(bench, "0", "A")
    assert name() == "A", "to the one before, where it was the last"


def milestones(window: Window, strategy_id: str, *names: str) -> None:
    for name in names:
        window.plan.desk.do("Add", goals.add_milestone, strategy_id, text=name)
    window.go(Place("strategy", strategy_id))
    settle()


def named(window: Window, name: str) -> QWidget:
    return next(
        one for one in window.plan.view.findChildren(QWidget) if one.accessibleName() == name and one.isVisible()
    )


def test_after_deleting_a_row_the_next_one_has_the_focus(window: Window, strategy_id: str) -> None:
    before = [one.text for one in window.plan.desk.ask(strategy_card, strategy_id).milestones]
    milestones(window, strategy_id, "First step", "Second step", "Third step")
    for gone, then in (("Second step", "Third step"), ("Third step", "First step")):
        away = named(window, f"Delete the milestone {gone}")
        away.setFocus()
        away.click()
        now = focus()
        assert isinstance(now, QCheckBox)
        assert now.accessibleName() == f"Milestone: {then}"
    after = [one.text for one in window.plan.desk.ask(strategy_card, strategy_id).milestones]
    assert after == [*before, "First step"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [one.text for one in window.plan.desk.ask(strategy_card, strategy_id).milestones] == after


def test_after_recording_the_button_that_opened_the_form_has_the_focus(window: Window, strategy_id: str) -> None:
    open_form(window, strategy_id)
    window.plan.view.inspector.progress.form.record.setFocus()
    record(window, "40")
    assert focus() is window.plan.view.inspector.progress.action
    QTest.keyClick(window.plan.view.inspector.progress.action, Qt.Key.Key_Escape)
    assert window.plan.desk.ask(strategy_card, strategy_id).updates[0].percent == 40


def test_a_form_given_up_hands_the_focus_back(window: Window, strategy_id: str) -> None:
    open_form(window, strategy_id)
    window.plan.view.inspector.progress.form.cancel.setFocus()
    window.plan.view.inspector.progress.form.cancel.click()
    assert focus() is window.plan.view.inspector.progress.action


def test_deleting_what_a_page_shows_leaves_the_focus_on_nothing_that_deletes(
    window: Window, strategy_id: str, goal_id: str
) -> None:
    window.go(Place("strategy", strategy_id))
    page(window).delete.setFocus()
    page(window).delete.click()
    now = focus()
    assert now is not None
    assert window.plan.view.here == ("goal", goal_id)
    count = len(window.plan.desk.ask(goal_card, goal_id).strategies)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert len(window.plan.desk.ask(goal_card, goal_id).strategies) == count


def test_what_is_rebuilt_by_somebody_else_keeps_the_cursor(window: Window, strategy_id: str) -> None:
    milestones(window, strategy_id, "First step", "Second step")
    named(window, "Milestone: Second step").setFocus()
    window.plan.desk.do("Add", goals.add_milestone, strategy_id, text="From elsewhere")
    now = focus()
    assert now is not None
    assert now.accessibleName() == "Milestone: Second step"


def test_buttons_that_delete_are_known_by_their_sign(dressed: QApplication) -> None:
    for made in (tool("trash", tip="Delete"), button("Delete", "quiet", "trash"), tool("close", tip="Close")):
        assert not can_take(made)
    other = button("Delete")
    never_hand_on_to(other)
    other.show()
    assert not can_take(other)
