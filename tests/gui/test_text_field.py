"""Text that is edited where it is read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from planstudio.domain.kinds import PlanState
from planstudio.gui.widgets import text_styles
from planstudio.gui.widgets.fields import ChoiceField, DateField, LineField, NumberField
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField


@pytest.fixture
def field(qtbot, dressed) -> TextField:
    made = TextField("Title")
    qtbot.addWidget(made)
    made.show_text("Old words")
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def test_showing_a_text_tells_nothing(qtbot, field: TextField) -> None:
    with qtbot.assertNotEmitted(field.edited, wait=1000):
        field.show_text("Other words")


def test_typing_is_told_after_a_rest(qtbot, field: TextField) -> None:
    field.selectAll()
    with qtbot.waitSignal(field.edited, timeout=100_000) as told:
        QTest.keyClicks(field, "New words")
    assert told.args == ["New words"]


def test_leaving_the_field_tells_at_once(qtbot, field: TextField) -> None:
    QTest.keyClicks(field, "x")
    told: list[str] = []
    field.edited.connect(told.append)
    field.clearFocus()
    assert told


def test_escape_gives_the_old_text_back(qtbot, field: TextField) -> None:
    QTest.keyClicks(field, "much more")
    with qtbot.assertNotEmitted(field.edited, wait=1000):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Old words"


def test_a_refusal_keeps_the_words_and_says_why(field: TextField) -> None:
    QTest.keyClicks(field, " typed")
    field.complain("Too long")
    assert "typed" in field.text()
    assert field.accessibleDescription() == "Too long"
    assert field.property("wrong") is True
    field.accept(field.text())
    assert not field.property("wrong")


def test_what_changes_elsewhere_does_not_overwrite_what_is_being_typed(field: TextField) -> None:
    QTest.keyClicks(field, "my ")
    field.show_text("Theirs")
    assert "my" in field.text()


def test_enter_finishes_a_field_of_one_line(qtbot, field: TextField) -> None:
    QTest.keyClicks(field, "a")
    told: list[str] = []
    field.edited.connect(told.append)
    field.finished.connect(lambda *_given: told.append("finished"))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(told) == 2
    assert "\n" not in field.toPlainText()


def test_a_field_of_one_line_joins_pasted_lines(field: TextField) -> None:
    field.selectAll()
    pasted = QMimeData()
    pasted.setText("two\nlines  here")
    field.insertFromMimeData(pasted)
    assert field.text() == "two lines here"


def test_pasted_web_pages_keep_their_structure_and_lose_the_rest(qtbot, dressed) -> None:
    rich = RichField("Text")
    qtbot.addWidget(rich)
    rich.show()
    pasted = QMimeData()
    pasted.setHtml(
        "<style>p{color:red}</style><h2>Head</h2><p>A <b>bold</b> word<script>alert(1)</script>"
        "<img src='file:///etc/passwd'><a href='javascript:x'>no link</a></p><ul><li>one<li>two</ul>"
    )
    rich.field.insertFromMimeData(pasted)
    markdown = rich.field.text()
    assert "## Head" in markdown
    assert "**bold**" in markdown
    assert "- one\n- two" in markdown
    assert "alert" not in markdown
    assert "javascript" not in markdown
    assert "passwd" not in markdown


def test_bold_italic_and_lists_by_keyboard(qtbot, dressed) -> None:
    rich = RichField("Text")
    qtbot.addWidget(rich)
    rich.show()
    field = rich.field
    QTest.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "strong")
    QTest.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, " and ")
    QTest.keyClick(field, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "soft")
    assert field.text() == "**strong** and *soft*"
    text_styles.toggle_list(field, ordered=True)
    assert field.text() == "1. **strong** and *soft*"


def test_a_text_that_was_not_edited_comes_back_to_the_letter(qtbot, dressed) -> None:
    rich = RichField("Text")
    qtbot.addWidget(rich)
    odd = "*  star\n\n\n1) one\n2) two   \nsoft break"
    rich.show_text(odd)
    assert rich.field.text() == odd


def test_escape_gives_back_what_stood_there_also_after_the_rest(qtbot, field: TextField) -> None:
    field.edited.connect(field.accept)  # as a page does that has stored it
    with qtbot.waitSignal(field.edited, timeout=3000):
        QTest.keyClicks(field, "New ")
    with qtbot.waitSignal(field.edited, timeout=3000):
        QTest.keyClicks(field, "and newer ")
    with qtbot.waitSignal(field.edited, timeout=1000) as told:
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told.args == ["Old words"]
    assert field.text() == "Old words"


def test_escape_gives_rich_text_back_after_the_rest(qtbot, dressed) -> None:
    made = RichField("Text")
    qtbot.addWidget(made)
    old = "A **bold** word.\n\n- one\n- two"
    made.show_text(old)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    made.edited.connect(made.accept)
    with qtbot.waitSignal(made.edited, timeout=3000):
        QTest.keyClicks(made.field, "More ")
    with qtbot.waitSignal(made.edited, timeout=1000) as told:
        QTest.keyClick(made.field, Qt.Key.Key_Escape)
    assert told.args == [old]
    assert made.field.text() == old


def test_the_field_is_entered_anew_after_another_had_the_cursor(qtbot, field: TextField) -> None:
    field.edited.connect(field.accept)
    QTest.keyClicks(field, "New ")
    field.clearFocus()
    field.setFocus()
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "New Old words"


@pytest.mark.parametrize(
    ("kind", "before", "typed"),
    [(LineField, "Old", "New"), (DateField, None, "2026-10-14"), (NumberField, 3.5, "66.4")],
)
def test_escape_gives_a_line_back_after_enter(qtbot, dressed, kind, before, typed) -> None:
    made = kind("Value")
    qtbot.addWidget(made)
    made.show_value(before)
    made.show()
    made.activateWindow()
    made.entry.setFocus()
    qtbot.waitUntil(made.entry.hasFocus)
    shown = made.entry.text()
    made.entry.selectAll()
    QTest.keyClicks(made.entry, typed)
    with qtbot.waitSignal(made.edited, timeout=1000) as told:
        QTest.keyClick(made.entry, Qt.Key.Key_Return)
    made.show_value(told.args[0])
    with qtbot.waitSignal(made.edited, timeout=1000) as told:
        QTest.keyClick(made.entry, Qt.Key.Key_Escape)
    assert (told.args, made.entry.text()) == ([before], shown)


def test_escape_gives_a_choice_back(qtbot, dressed) -> None:
    made = ChoiceField("State", list(PlanState))
    qtbot.addWidget(made)
    made.show_value(PlanState.DRAFT)
    made.show()
    made.activateWindow()
    made.box.setFocus()
    qtbot.waitUntil(made.box.hasFocus)
    with qtbot.waitSignal(made.edited, timeout=1000):
        QTest.keyClick(made.box, Qt.Key.Key_Down)
    with qtbot.waitSignal(made.edited, timeout=1000) as told:
        QTest.keyClick(made.box, Qt.Key.Key_Escape)
    assert told.args == [PlanState.DRAFT]
    assert made.value() is PlanState.DRAFT


def test_words_that_nobody_stores_yet_stay_when_the_cursor_goes_and_comes_back(qtbot, dressed) -> None:
    holder = QWidget()
    other, field = QLineEdit(), TextField("Words", rich=True)
    box = QVBoxLayout(holder)
    box.addWidget(other)
    box.addWidget(field)
    qtbot.addWidget(holder)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    field.show_text("Read to every child")
    for _visit in range(2):
        field.setFocus()
        QTest.keyClicks(field, "We ")
        other.setFocus()
        field.setFocus()
        QApplication.processEvents()  # the spelling is looked at anew
    assert field.text().count("We ") == 2
