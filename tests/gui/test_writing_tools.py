"""Find and replace, spelling, tables and what is pasted: the tools of writing in the real window."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from factories import add_goal, add_statement
from planstudio.domain.errors import NotFound
from planstudio.domain.places import Place, at_page
from planstudio.gui.pages.replace_page import ReplacePage
from planstudio.gui.pages.spelling_page import SpellingPage
from planstudio.gui.widgets import table_edit
from planstudio.gui.widgets.basics import column
from planstudio.gui.widgets.fields import LineField
from planstudio.gui.widgets.positions import from_qt, to_qt
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.spelling import add_suggestions, spelling
from planstudio.gui.widgets.text_field import TextField
from planstudio.gui.window import Window
from planstudio.operations.goals import delete_goal, edit_goal
from planstudio.operations.statements import edit_statement
from planstudio.queries.goals import goal_card
from planstudio.queries.plans import organization_card
from planstudio.queries.statements import statement_card

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {color:red}</style></head><body>
<!--StartFragment--><h2>How we work</h2>
<p class=MsoNormal>We <b>listen</b> and <i>act</i><del>, sometimes</del>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'>&#183;<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>First thing</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]>o<span>&nbsp;</span>
<![endif]>Below it</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]>&#183;<span>&nbsp;</span>
<![endif]>Second thing</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]>1.<span>&nbsp;</span>
<![endif]>Counted</p>
<table><tr><td><p>Year</p></td><td><p>Aim</p></td></tr>
<tr><td><p>2027</p></td><td><p>70%</p><p>at least</p></td></tr></table>
<!--EndFragment--></body></html>"""


@pytest.fixture
def replacing(window: Window) -> ReplacePage:
    window.actions_by_name["replace"].trigger()
    page = window.plan.view.stack.currentWidget()
    assert isinstance(page, ReplacePage)
    return page


@pytest.fixture
def rich(qtbot, dressed) -> RichField:
    made = RichField("Text")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_text("words")
    made.show()
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def write(page: ReplacePage, find: str, by: str) -> None:
    page.wanted.clear()
    QTest.keyClicks(page.wanted, find)
    QTest.keyClick(page.wanted, Qt.Key.Key_Return)
    QTest.keyClicks(page.by, by)


def test_words_are_replaced_over_the_whole_plan_in_one_step(window: Window, replacing: ReplacePage) -> None:
    goal = add_goal(window.plan.workspace, "Pupils read")
    statement = add_statement(window.plan.workspace, heading="To our pupils")
    window.plan.desk.do("Write", edit_statement, statement, body="Each *pupil* counts")
    write(replacing, "pupil", "Student")
    assert replacing.list.model().rowCount() == 3
    QTest.mouseClick(replacing.replace, Qt.MouseButton.LeftButton)
    assert window.plan.desk.ask(goal_card, goal).title == "Students read"
    assert window.plan.desk.ask(statement_card, statement).heading == "To our Students"
    assert window.plan.desk.ask(statement_card, statement).body == "Each *Student* counts"
    window.plan.desk.undo()
    assert window.plan.desk.ask(goal_card, goal).title == "Pupils read"
    assert window.plan.desk.ask(statement_card, statement).body == "Each *pupil* counts"


def test_a_place_that_is_left_by_space_or_mouse_keeps_its_words(window: Window, replacing: ReplacePage) -> None:
    goals = [add_goal(window.plan.workspace, f"Zebra {n}") for n in range(3)]
    write(replacing, "zebra", "Horse")
    replacing.list.setFocus()
    QTest.keyClick(replacing.list, Qt.Key.Key_Space)
    row = replacing.list.visualRect(replacing.list.model().index(1, 0))
    QTest.mouseClick(replacing.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, row.center().y()))
    assert replacing.count.text() == "3 places, 1 chosen"
    QTest.keyClick(replacing.by, Qt.Key.Key_Return)
    assert [window.plan.desk.ask(goal_card, one).title for one in goals] == ["Zebra 0", "Zebra 1", "Horse 2"]


def test_enter_on_a_place_opens_its_page(window: Window, replacing: ReplacePage) -> None:
    goal = add_goal(window.plan.workspace, "Zebra")
    write(replacing, "zebra", "")
    QTest.keyClick(replacing.list, Qt.Key.Key_Return)
    assert window.plan.view.here == ("goal", goal)


def test_words_that_are_nowhere_are_told_and_replace_nothing(window: Window, replacing: ReplacePage) -> None:
    steps = window.plan.desk.undo_state()
    write(replacing, "xylophone", "x")
    assert replacing.count.text() == "“xylophone” is not in this plan."
    assert not replacing.replace.isEnabled()
    QTest.keyClick(replacing.by, Qt.Key.Key_Return)
    assert window.plan.desk.undo_state() == steps


def test_find_and_replace_begins_with_what_is_selected(window: Window) -> None:
    goal = add_goal(window.plan.workspace, "Zebra crossing")
    window.go(Place("goal", goal))
    title = window.plan.view.stack.currentWidget().title
    title.setFocus()
    title.selectAll()
    window.actions_by_name["replace"].trigger()
    assert window.plan.view.stack.currentWidget().wanted.text() == "Zebra crossing"


def test_what_was_deleted_meanwhile_is_passed_over(window: Window, replacing: ReplacePage) -> None:
    goal = add_goal(window.plan.workspace, "Zebra")
    write(replacing, "zebra", "Horse")
    chosen = replacing.list.chosen()
    window.plan.desk.do("Delete", delete_goal, goal)
    assert replacing.list.chosen() == []
    from planstudio.domain.replacing import Wanted
    from planstudio.operations.replacing import replace_words

    assert window.plan.desk.do("Replace", replace_words, chosen, Wanted("zebra"), "Horse")
    with pytest.raises(NotFound):
        window.plan.desk.ask(goal_card, goal)


# Spelling.


@pytest.fixture
def checked(qtbot, window: Window) -> Window:
    spelling().use(["en"])
    qtbot.waitUntil(lambda: spelling().speller is not None and spelling().speller.languages == ("en",))
    return window


def spelling_page(window: Window) -> SpellingPage:
    window.actions_by_name["spelling"].trigger()
    page = window.plan.view.stack.currentWidget()
    assert isinstance(page, SpellingPage)
    return page


def test_every_unknown_word_of_the_plan_is_listed_and_mended(checked: Window) -> None:
    goal = add_goal(checked.plan.workspace, "Evrey child")
    other = add_goal(checked.plan.workspace, "Evrey teacher")
    page = spelling_page(checked)
    assert [page.words.item(n).text() for n in range(page.words.count())] == ["Evrey  ·  2"]
    assert page.right.entry.text() == "Every"
    QTest.mouseClick(page.mend, Qt.MouseButton.LeftButton)
    assert checked.plan.desk.ask(goal_card, goal).title == "Every child"
    assert checked.plan.desk.ask(goal_card, other).title == "Every teacher"
    assert page.words.count() == 0


def test_a_word_of_the_district_is_known_from_then_on_and_can_be_taken_out(checked: Window) -> None:
    add_goal(checked.plan.workspace, "Tamaqwet reads")
    page = spelling_page(checked)
    QTest.mouseClick(page.learn, Qt.MouseButton.LeftButton)
    assert checked.plan.desk.ask(organization_card).dictionary == "Tamaqwet"
    assert page.words.count() == 0
    page.known.setFocus()
    page.known.selectAll()
    QTest.keyClick(page.known, Qt.Key.Key_Delete)
    page.known.commit()
    assert checked.plan.desk.ask(organization_card).dictionary == ""
    assert page.words.count() == 1


def test_a_wave_stands_below_an_unknown_word_while_its_field_is_written_in(qtbot, checked: Window) -> None:
    goal = add_goal(checked.plan.workspace, "Evrey child")
    checked.go(Place("goal", goal))
    field = checked.plan.view.stack.currentWidget().title
    checked.activateWindow()
    qtbot.waitUntil(checked.isActiveWindow)
    field.setFocus()

    def waves() -> list[tuple[int, int]]:
        return [(one.start, one.length) for one in field.document().firstBlock().layout().formats()]

    qtbot.waitUntil(lambda: waves() == [(0, 5)])
    assert field.text() == "Evrey child"
    checked.plan.view.outline.setFocus()
    qtbot.waitUntil(lambda: waves() == [])


def test_the_menu_of_an_unknown_word_offers_what_may_have_been_meant(checked: Window) -> None:
    goal = add_goal(checked.plan.workspace, "")
    checked.plan.desk.do("Write", edit_goal, goal, statement="We **recieve** guests")
    checked.go(Place("goal", goal))
    field = checked.plan.view.stack.currentWidget().statement.field
    field.setFocus()
    cursor = QTextCursor(field.document())
    cursor.setPosition(5)
    menu = QMenu()
    menu.addAction("Copy")
    add_suggestions(menu, field, cursor)
    assert menu.actions()[0].text() == "receive"
    menu.actions()[0].trigger()
    assert field.text() == "We **receive** guests"
    field.commit()
    assert checked.plan.desk.ask(goal_card, goal).statement == "We **receive** guests"


@settings(deadline=None)
@given(st.text(max_size=40), st.integers(0, 40))
def test_places_of_qt_and_of_python_are_one(text: str, at: int) -> None:
    at = min(at, len(text))
    assert from_qt(text, to_qt(text, at)) == at
    assert to_qt(text, len(text)) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("before", ["", "🎉 ", "👩🏽‍🏫 𝒜 ", "学校🎒 "])
def test_behind_an_emoji_the_right_letters_are_marked_and_mended(qtbot, checked: Window, before: str) -> None:
    goal = add_goal(checked.plan.workspace, before + "Teh studnets lern 🎉 recieve")
    checked.go(Place("goal", goal))
    field = checked.plan.view.stack.currentWidget().title
    checked.activateWindow()
    qtbot.waitUntil(checked.isActiveWindow)
    field.setFocus()

    def marked() -> list[str]:
        shown = field.document().firstBlock().text().encode("utf-16-le")
        return [
            shown[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le")
            for one in field.document().firstBlock().layout().formats()
        ]

    qtbot.waitUntil(lambda: marked() == ["Teh", "studnets", "lern", "recieve"])
    cursor = QTextCursor(field.document().find("recieve"))
    cursor.setPosition(cursor.position() - 2)
    menu = QMenu()
    menu.addAction("Copy")
    add_suggestions(menu, field, cursor)
    menu.actions()[0].trigger()
    assert field.text() == before + "Teh studnets lern 🎉 receive"


def test_a_word_is_learned_from_the_menu(qtbot, checked: Window) -> None:
    goal = add_goal(checked.plan.workspace, "Tamaqwet")
    checked.go(Place("goal", goal))
    field = checked.plan.view.stack.currentWidget().title
    field.setFocus()
    menu = QMenu()
    menu.addAction("Copy")
    add_suggestions(menu, field, field.textCursor())
    learn = next(action for action in menu.actions() if "Tamaqwet" in action.text())
    learn.trigger()
    qtbot.waitUntil(lambda: checked.plan.desk.ask(organization_card).dictionary == "Tamaqwet")
    assert field.document().firstBlock().layout().formats() == []


# Tables and what is pasted.


def test_a_table_is_made_and_filled_by_keyboard_alone(rich: RichField) -> None:
    rich.field.moveCursor(QTextCursor.MoveOperation.End)
    table_edit.insert_table(rich.field)
    for words in ("Year", "Aim", "Who", "2027", "70%", "All", "2028", "75%", "All"):
        QTest.keyClicks(rich.field, words)
        QTest.keyClick(rich.field, Qt.Key.Key_Tab)
    QTest.keyClicks(rich.field, "2029")  # behind the last cell Tab makes a row
    assert rich.field.text() == (
        "words\n\n| Year | Aim | Who |\n| --- | --- | --- |\n| 2027 | 70% | All |\n| 2028 | 75% | All |\n| 2029 |  |  |"
    )


def test_rows_and_columns_of_a_table_come_and_go(rich: RichField) -> None:
    rich.show_text("| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |")
    cursor = QTextCursor(rich.field.document())
    cursor.setPosition(2)
    rich.field.setTextCursor(cursor)

    def do(words: str) -> None:
        menu = QMenu()
        table_edit.add_actions(menu, rich.field)
        next(action for action in menu.actions() if action.text() == words).trigger()

    do("Add a row below")
    assert rich.field.text() == "| a | b |\n| --- | --- |\n|  |  |\n| 1 | 2 |\n| 3 | 4 |"
    do("Add a column at the right")
    do("Delete this row")
    do("Delete this column")
    do("Delete the table")
    assert "|" not in rich.field.text()


def test_tab_leaves_the_field_outside_of_a_table(qtbot, dressed) -> None:
    first, other = RichField("First"), RichField("Other")
    window = QWidget()
    window.setLayout(column(first, other))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    first.field.setFocus()
    qtbot.waitUntil(first.field.hasFocus)
    QTest.keyClick(first.field, Qt.Key.Key_Tab)
    assert other.field.hasFocus()
    assert first.field.text() == ""


def test_what_word_puts_on_the_clipboard_keeps_its_structure_and_nothing_else(rich: RichField) -> None:
    carried = QMimeData()
    carried.setHtml(WORD)
    rich.field.selectAll()
    rich.field.insertFromMimeData(carried)
    assert rich.field.text().strip() == (
        "## How we work\n\nWe **listen** and *act*.\n\n- First thing\n  - Below it\n- Second thing\n\n1) Counted\n\n"
        "| Year | Aim |\n| --- | --- |\n| 2027 | 70% at least |"
    )


def test_words_that_are_struck_out_are_not_pasted_and_told(rich: RichField) -> None:
    carried = QMimeData()
    carried.setHtml(
        "<style>.gone {text-decoration:line-through}</style><p>x<sup>2</sup> <s>old words</s>new"
        "<span class=gone> older</span><span style='display:none'>secret</span> H<sub>2</sub>O</p>"
    )
    carried.setText("x2 old wordsnew oldersecret H2O")
    rich.field.selectAll()
    rich.field.insertFromMimeData(carried)
    assert rich.field.text().strip() == "x² new H₂O"
    assert rich.note.text() == "3 struck-out words were left out. 1 hidden word was left out."
    assert not rich.note.isHidden()


def test_in_a_line_struck_out_words_do_not_come_alive_either(qtbot, dressed) -> None:
    line = TextField("Title")
    qtbot.addWidget(line)
    carried = QMimeData()
    carried.setHtml("<p>Every child <del>writes</del>reads</p>")
    carried.setText("Every child writesreads")
    with qtbot.waitSignal(line.left_out) as told:
        line.insertFromMimeData(carried)
    assert line.text() == "Every child reads"
    assert told.args == ["1 struck-out word was left out."]


def test_in_an_entry_struck_out_words_are_not_pasted(qtbot, dressed) -> None:
    field = LineField("Unit")
    qtbot.addWidget(field)
    carried = QMimeData()
    carried.setHtml("<span>m<sup>2</sup> <s>miles</s>")
    carried.setText("m2 miles")
    QApplication.clipboard().setMimeData(carried)
    QTest.keyClick(field.entry, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.entry.text().strip() == "m²"
    QApplication.clipboard().setText("two\nlines")
    field.entry.clear()
    QTest.keyClick(field.entry, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.entry.text() == "two lines"


def test_word_count_and_reading_level_stand_below_the_mission(window: Window) -> None:
    statement = add_statement(window.plan.workspace, heading="Mission")
    window.go(Place("statement", statement))
    body = window.plan.view.stack.currentWidget().body
    assert body.level.isHidden()
    words = "We read each day. We like to read. Each child has a book. The book is good. We go home and read."
    window.plan.desk.do("Write", edit_statement, statement, body=words)
    assert body.level.text() == "22 words  ·  reads like grade 1"


def test_the_page_follows_the_cursor_through_a_long_text(qtbot, window: Window) -> None:
    statement = add_statement(window.plan.workspace, heading="Long")
    window.plan.desk.do(
        "Write", edit_statement, statement, body="\n\n".join(f"Paragraph {n}, in full." for n in range(120))
    )
    window.go(Place("statement", statement))
    field = window.plan.view.stack.currentWidget().body.field
    field.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: field.visibleRegion().contains(field.cursorRect().center()))


def test_places_that_were_left_out_stay_so_when_one_comes_back(window: Window, replacing: ReplacePage) -> None:
    for n in range(3):
        add_goal(window.plan.workspace, f"Zebra {n}")
    write(replacing, "zebra", "Horse")
    QTest.mouseClick(replacing.none, Qt.MouseButton.LeftButton)
    QTest.keyClick(replacing.list, Qt.Key.Key_Return)
    window.go(at_page("replace"))
    assert replacing.count.text() == "3 places, 0 chosen"
    assert not replacing.replace.isEnabled()


def test_the_menu_of_a_table_acts_where_one_clicked(rich: RichField, qtbot) -> None:
    rich.show_text("| head | h |\n| --- | --- |\n| one | 1 |\n| two | 2 |")
    field = rich.field
    found = field.document().find("two")
    place = field.cursorRect(found).center()
    asked = QTimer(interval=10)

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            asked.stop()
            next(one for one in menu.actions() if one.text() == "Delete this row").trigger()
            menu.close()

    asked.timeout.connect(choose)
    asked.start()
    field.moveCursor(QTextCursor.MoveOperation.Start)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.viewport().mapToGlobal(place))
    field.contextMenuEvent(event)
    qtbot.waitUntil(lambda: not asked.isActive())
    assert "two" not in field.text()
    assert "one" in field.text()


def test_a_cell_over_several_columns_is_pasted_once(rich: RichField) -> None:
    carried = QMimeData()
    carried.setHtml("<table><tr><td colspan=2>Goals</td></tr><tr><td>a</td><td>b</td></tr></table>")
    rich.field.selectAll()
    rich.field.insertFromMimeData(carried)
    assert rich.field.text().strip() == "| Goals |  |\n| --- | --- |\n| a | b |"


def test_a_suggestion_for_a_long_word_comes_at_once() -> None:
    from planstudio.spelling import Speller

    speller = Speller(["en"])
    assert speller.suggest("acheivment") == ["achievement"]
    assert speller.suggest("x" * 39) == []


def test_the_label_of_a_goal_is_typed(window: Window) -> None:
    goal = add_goal(window.plan.workspace, "Readers")
    window.go(Place("goal", goal))
    label = window.plan.view.stack.currentWidget().label
    label.setFocus()
    QTest.keyClicks(label, "Goal Nine")
    label.commit()
    assert window.plan.desk.ask(goal_card, goal).label == "Goal Nine"
