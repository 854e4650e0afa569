"""The list of meetings, an agenda and an item: what is typed, moved and dropped is what the plan holds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QWidget,
)

import packets
from gui.meeting_window import (
    NOON,
    Wall,
    banners,
    drop_files,
    from_menu,
    go,
    item,
    key,
    keys,
    meeting,
    open_window,
    page,
    press,
    retype,
    rows,
    said,
    titles,
    verb,
    when_asked,
    with_meeting,
    words_on,
)
from planstudio.domain.kinds import (
    Access,
    Enclosed,
    ItemState,
    ItemType,
    MeetingKind,
    MeetingState,
    Numbering,
    PageNumbers,
    TimeUse,
)
from planstudio.domain.places import Place, at_page
from planstudio.domain.words import word
from planstudio.gui.dialogs.choose_element import ChooseElement
from planstudio.gui.pages.item_page import ItemPage
from planstudio.gui.pages.meeting_page import MeetingPage
from planstudio.gui.pages.meetings_page import MeetingsPage
from planstudio.gui.window import Window
from planstudio.operations import meetings
from planstudio.queries.links import file_bytes
from planstudio.queries.meetings import posting

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def empty_window(qtbot: Any, dressed: QApplication, data: Path, tmp_path: Path) -> Iterator[Window]:
    window = open_window(qtbot, data, Wall())
    assert window.open_plan(tmp_path / "New.planstudio", create=True)
    yield window
    window.close()


@pytest.fixture
def window(qtbot: Any, dressed: QApplication, data: Path, tmp_path: Path) -> Iterator[Window]:
    """With the meeting of packets.a_meeting, whose ids are *names*."""
    made = open_window(qtbot, data, Wall())
    made.settings.details_shown = False  # the packet has its own tests
    made.names = with_meeting(made, tmp_path / "Board.planstudio")
    yield made
    made.close()


def choose(field: Any, member: Any) -> None:
    """Take a line of a closed list, as by keyboard."""
    box = getattr(field, "box", field)
    box.setFocus()
    box.setCurrentIndex(box.findData(member))
    box.activated.emit(box.currentIndex())


def wheel(target: QWidget) -> None:
    middle = QPointF(target.rect().center())
    turn = QWheelEvent(
        middle, target.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(target, turn)


# ── the list


def test_a_plan_without_meetings_says_so_and_begins_with_one_press(empty_window: Window) -> None:
    window = empty_window
    shown = go(window, MeetingsPage, at_page("meetings"))
    assert "No meetings yet" in words_on(shown)
    assert not shown.list.isVisible()
    assert shown.count.text() == ""
    press(shown, "Start with a regular meeting")
    made = meeting(window, page(window, MeetingPage).ident)
    assert (made.kind, made.start) == (MeetingKind.REGULAR, datetime(2026, 12, 18, 18, 30))
    assert [section.title for section in made.sections][:2] == ["Opening", "Recognition"]
    assert [section.title for section in made.sections if section.consent] == ["Consent agenda"]
    window.go(at_page("meetings"))
    assert "No meetings yet" not in words_on(shown)
    assert shown.count.text() == "1 meeting"


@pytest.mark.parametrize("kind", list(MeetingKind))
def test_each_kind_of_meeting_begins_with_its_order_of_business(empty_window: Window, kind: MeetingKind) -> None:
    window = empty_window
    shown = go(window, MeetingsPage, at_page("meetings"))
    from_menu(shown.new.menu(), word(kind))
    made = meeting(window, page(window, MeetingPage).ident)
    assert made.kind is kind
    assert made.sections[0].title == "Opening"
    assert list(made.items())
    assert page(window, MeetingPage).kind.text() == word(kind)
    window.plan.desk.undo()  # one step
    assert rows(window) == ()


def test_a_meeting_like_a_former_one_has_its_order_and_not_its_words(window: Window) -> None:
    shown = go(window, MeetingsPage, at_page("meetings"))
    from_menu(shown.new.menu(), "Like Regular meeting of Dec 9")
    made = meeting(window, page(window, MeetingPage).ident)
    assert [one.title for one in made.sections] == [one.title for one in meeting(window, window.names.meeting).sections]
    assert [one.title for one in made.items()] == ["Minutes of December"], "what was on the agenda once stays away"
    assert made.start == datetime(2027, 1, 6, 18, 30)
    assert made.place == "Birch Room"
    assert not any(one.background or one.files or one.links for one in made.items())


def test_a_meeting_from_a_template_has_its_words_too(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    from_menu(shown.more.menu(), "Keep as a template")
    assert "among the templates" in said(window)
    listed = go(window, MeetingsPage, at_page("meetings"))
    group = listed.list.topLevelItem(listed.list.topLevelItemCount() - 1)
    assert group.text(0) == "Templates"
    assert [group.child(n).text(0) for n in range(group.childCount())] == ["Regular meeting, template"]
    from_menu(listed.new.menu(), "From the template")
    made = meeting(window, page(window, MeetingPage).ident)
    assert made.state is MeetingState.DRAFT
    assert "Teachers tried **two** programs." in [one.background for one in made.items()]


def test_good_news_is_not_told_in_red(window: Window) -> None:
    from_menu(go(window, MeetingPage, Place("meeting", window.names.meeting)).more.menu(), "Keep as a template")
    (told,) = [one for one in banners(window) if "among the templates" in one.words]
    assert told.property("area") != "alarm"


def test_coming_meetings_stand_above_past_ones_the_next_first(window: Window) -> None:
    for day in (datetime(2026, 12, 6, 18), datetime(2026, 10, 1, 18), None):
        window.plan.workspace.do("Add", meetings.add_meeting, start=day)
    tree = go(window, MeetingsPage, at_page("meetings")).list
    shown = {}
    for n in range(tree.topLevelItemCount()):
        head = tree.topLevelItem(n)
        shown[head.text(0)] = [head.child(m).text(1) for m in range(head.childCount())]
    assert list(shown) == ["Coming", "Past"]
    assert shown["Past"] == ["Oct 1, 6:00 PM"]
    assert shown["Coming"][-2:] == ["Dec 6, 6:00 PM", "Dec 9, 6:30 PM"]
    assert "no date yet" in shown["Coming"]


def test_the_list_is_walked_opened_and_a_meeting_deleted_by_keyboard(window: Window) -> None:
    tree = go(window, MeetingsPage, at_page("meetings")).list
    tree.setFocus()
    key(Qt.Key.Key_Home)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert page(window, MeetingPage).ident == window.names.meeting
    window.go(at_page("meetings"))
    tree.setFocus()
    key(Qt.Key.Key_Home)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Delete)
    assert rows(window) == ()
    (offer,) = [one for one in banners(window) if "was deleted" in one.words]
    press(offer, "Undo")
    assert [row.id for row in rows(window)] == [window.names.meeting]
    assert len(titles(meeting(window, window.names.meeting))) == 3


def test_the_posting_rule_is_a_state_or_typed_and_nonsense_is_refused_beside_it(window: Window) -> None:
    shown = go(window, MeetingsPage, at_page("meetings"))
    line = shown.rule.lineEdit()

    def write(words: str) -> None:
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)

    choose(shown.rule, "texas")
    assert window.plan.desk.ask(posting)[0] == "texas"
    write("3 business days")
    assert window.plan.desk.ask(posting)[0] == "3 business days"
    write("soon")
    assert "soon" in shown.rule_field.error.text()
    assert line.text() == "soon"
    assert window.plan.desk.ask(posting)[0] == "3 business days"
    write("48 hours")
    assert not shown.rule_field.error.isVisible()
    assert window.plan.desk.ask(posting)[0] == "48 hours"


def test_a_refused_rule_stays_with_its_reason_when_one_goes_on(window: Window) -> None:
    shown = go(window, MeetingsPage, at_page("meetings"))
    line = shown.rule.lineEdit()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "soon")
    retype(shown.closed, "2026-12-24")
    assert (line.text(), "soon" in shown.rule_field.error.text()) == ("soon", True)


def test_days_on_which_offices_are_closed_are_listed_and_checked(window: Window) -> None:
    shown = go(window, MeetingsPage, at_page("meetings"))
    retype(shown.closed, "2026-11-27; 2026-12-24")
    assert window.plan.desk.ask(posting)[1].split("\n") == ["2026-11-27", "2026-12-24"]
    assert shown.closed.entry.text() == "2026-11-27, 2026-12-24"
    retype(shown.closed, "2026-11-27, Christmas")
    assert "Christmas" in shown.closed.error.text()
    assert shown.closed.entry.text() == "2026-11-27, Christmas"
    window.go(Place("meeting", window.names.meeting))
    assert window.plan.view.here == at_page("meetings")  # not over refused words
    QTest.keyClick(shown.closed.entry, Qt.Key.Key_Escape)
    window.go(Place("meeting", window.names.meeting))
    assert window.plan.view.here == ("meeting", window.names.meeting)


# ── the agenda


def test_a_meeting_says_when_where_how_long_and_how_much_of_it_is_about_students(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    assert shown.kind.text() == "Regular meeting"
    assert shown.day.text() == "Wednesday, December 9"
    assert shown.line.text() == "6:30 PM, Birch Room. Agenda in draft."
    assert shown.planned.text() == "41 minutes"
    assert shown.share.text() == "37% on student outcomes"
    assert shown.ends.text() == "Ends 7:11 PM"
    window.plan.desk.do("Plan", meetings.edit_item, window.names.action, minutes=60)
    assert (shown.planned.text(), shown.ends.text()) == ("86 minutes", "Ends 7:56 PM")
    assert shown.bar.accessibleName() == "70% on student outcomes"


def test_who_adds_an_item_writes_its_title_at_once_behind_the_one_one_stands_on(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    shown.agenda.setFocus()
    shown.agenda.go(window.names.action)
    key(Qt.Key.Key_N, CONTROL)
    assert page(window, ItemPage).title.hasFocus()
    keys("Bus routes")
    page(window, ItemPage).title.commit()
    assert titles(meeting(window, window.names.meeting))[1] == [
        "Reading materials",
        "Bus routes",
        "Staffing of offices",
    ]
    assert page(window, ItemPage).number.text() == "Item 2B"
    press(page(window, ItemPage), "To the meeting: Regular meeting")
    press(shown, "Add item")
    keys("Adjourn")
    page(window, ItemPage).title.commit()
    assert [one.title for one in meeting(window, window.names.meeting).items()].count("Adjourn") == 1


def test_an_item_of_an_empty_agenda_gets_a_section(empty_window: Window) -> None:
    window = empty_window
    window.plan.workspace.do("Add", meetings.add_meeting)
    (row,) = rows(window)
    shown = go(window, MeetingPage, Place("meeting", row.id))
    assert shown.day.text() == "No date yet"
    press(shown, "Add item")
    keys("Budget")
    page(window, ItemPage).title.commit()
    made = meeting(window, row.id)
    assert [(section.title, [one.title for one in section.items]) for section in made.sections] == [
        ("Business", ["Budget"])
    ]


def test_undoing_a_new_item_leads_back_to_its_agenda(window: Window) -> None:
    press(go(window, MeetingPage, Place("meeting", window.names.meeting)), "Add item")
    window.plan.desk.undo()
    assert window.plan.view.here == ("meeting", window.names.meeting)


def test_a_section_is_added_named_and_renamed_in_its_row(window: Window, qtbot: Any) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))

    def heads() -> list[str]:
        return [section.title for section in meeting(window, window.names.meeting).sections]

    press(shown, "Add section")
    keys("Reports")
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heads() == ["Consent agenda", "Action", "Closed session", "Reports"])
    qtbot.waitUntil(shown.agenda.hasFocus)
    shown.agenda.go(meeting(window, window.names.meeting).sections[0].id)
    key(Qt.Key.Key_F2)
    keys("Consent calendar")
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heads()[0] == "Consent calendar")
    qtbot.waitUntil(shown.agenda.hasFocus)
    key(Qt.Key.Key_F2)
    keys("Something else")
    key(Qt.Key.Key_Escape)
    qtbot.waitUntil(shown.agenda.hasFocus)
    assert heads()[0] == "Consent calendar"
    window.plan.desk.undo()
    assert heads() == ["Consent agenda", "Action", "Closed session", "Reports"]


def test_a_section_that_is_being_named_is_not_interrupted(window: Window, qtbot: Any) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    shown.agenda.setFocus()
    shown.agenda.edit_section(meeting(window, window.names.meeting).sections[0].id)
    keys("Consent cal")
    window.plan.desk.do("From elsewhere", meetings.edit_item, window.names.closed, minutes=25)
    QApplication.processEvents()
    keys("endar")
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: meeting(window, window.names.meeting).sections[0].title == "Consent calendar")


def test_items_step_through_their_section_and_over_its_edge_by_alt_and_arrows(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    shown.agenda.setFocus()
    shown.agenda.go(window.names.action)
    seen = []
    for step in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        key(step, ALT)
        seen.append(titles(meeting(window, window.names.meeting))[1:])
        assert shown.agenda.current.id == window.names.action  # one stands on it still
    assert seen == [
        [["Staffing of offices", "Reading materials"], ["Grievance"]],
        [["Staffing of offices"], ["Reading materials", "Grievance"]],
        [["Staffing of offices"], ["Grievance", "Reading materials"]],
        [["Staffing of offices"], ["Grievance", "Reading materials"]],
        [["Staffing of offices"], ["Reading materials", "Grievance"]],
        [["Staffing of offices", "Reading materials"], ["Grievance"]],
    ]


def test_a_section_steps_with_all_its_items(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    shown.agenda.setFocus()
    shown.agenda.go(meeting(window, window.names.meeting).sections[0].id)
    key(Qt.Key.Key_Up, ALT)
    key(Qt.Key.Key_Down, ALT)
    assert [section.title for section in meeting(window, window.names.meeting).sections] == [
        "Action", "Consent agenda", "Closed session",
    ]  # fmt: skip
    assert [one.number for one in meeting(window, window.names.meeting).items()] == ["1A", "1B", "2A", "3A"]


def drop(shown: MeetingPage, carried: str, onto: str, where: QAbstractItemView.DropIndicatorPosition) -> None:
    """Let the row *carried* go at *onto*; Qt's mark of the place is *where*."""
    tree = shown.agenda
    tree.go(carried)
    row = next(one for one in tree._rows() if one.data(0, Qt.ItemDataRole.UserRole).id == onto)
    spot = QPointF(tree.visualItemRect(row).center())
    tree.dropIndicatorPosition = lambda: where  # Qt tells it in a drag of the computer's own only
    event = QDropEvent(
        spot, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    tree.dropEvent(event)


ABOVE, BELOW = QAbstractItemView.DropIndicatorPosition.AboveItem, QAbstractItemView.DropIndicatorPosition.BelowItem
ON = QAbstractItemView.DropIndicatorPosition.OnItem


def test_an_item_is_dropped_where_the_line_shows(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    names = window.names
    drop(shown, names.action, names.administrative, BELOW)
    assert titles(meeting(window, names.meeting))[1] == ["Staffing of offices", "Reading materials"]
    drop(shown, names.action, names.administrative, ABOVE)
    assert titles(meeting(window, names.meeting))[1] == ["Reading materials", "Staffing of offices"]
    drop(shown, names.action, names.closed, BELOW)
    assert titles(meeting(window, names.meeting))[1:] == [["Staffing of offices"], ["Grievance", "Reading materials"]]
    drop(shown, names.action, names.closed, ABOVE)
    assert titles(meeting(window, names.meeting))[2] == ["Reading materials", "Grievance"]
    drop(shown, names.action, meeting(window, names.meeting).sections[0].id, ON)
    assert titles(meeting(window, names.meeting))[0] == ["Reading materials", "Minutes of November"]
    drop(shown, names.action, names.action, BELOW)  # onto itself
    assert titles(meeting(window, names.meeting))[0] == ["Reading materials", "Minutes of November"]


def test_an_item_dropped_above_a_head_ends_the_section_before(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    drop(shown, window.names.closed, meeting(window, window.names.meeting).sections[1].id, ABOVE)
    assert titles(meeting(window, window.names.meeting))[0] == ["Minutes of November", "Grievance"]


def test_a_section_is_dropped_where_the_line_shows(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    first, _second, third = meeting(window, window.names.meeting).sections
    drop(shown, first.id, third.id, ABOVE)
    assert [one.title for one in meeting(window, window.names.meeting).sections] == [
        "Action", "Consent agenda", "Closed session",
    ]  # fmt: skip


def test_items_and_sections_are_deleted_by_key_and_offered_back(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    before = titles(meeting(window, window.names.meeting))
    shown.agenda.setFocus()
    for ident, told in (
        (window.names.action, "2A Reading materials"),
        (meeting(window, window.names.meeting).sections[1].id, "2 Action"),
    ):
        shown.agenda.go(ident)
        key(Qt.Key.Key_Delete)
        assert titles(meeting(window, window.names.meeting)) != before
        assert f"“{told}” was deleted." in said(window)
        window.plan.desk.undo()
        assert titles(meeting(window, window.names.meeting)) == before
        assert "was deleted" not in said(window)
        shown.agenda.setFocus()


def test_a_consent_group_is_made_in_the_menu_of_its_head_and_an_item_taken_out(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    action = meeting(window, window.names.meeting).sections[1]

    def ask(ident: str, words: str) -> None:
        shown.agenda.go(ident)
        row = shown.agenda.currentItem()
        spot = shown.agenda.visualItemRect(row).center()
        when_asked(lambda menu: [from_menu(menu, words), menu.close()])
        QTest.mouseClick(shown.agenda.viewport(), Qt.MouseButton.RightButton, pos=spot)
        shown.agenda.contextMenuEvent(_menu_event(shown, spot))

    ask(action.id, "Make it a consent group")
    assert meeting(window, window.names.meeting).sections[1].consent
    ask(window.names.action, "Take out of consent")
    taken = item(window, window.names.meeting, window.names.action)
    assert (taken.pulled, taken.consent) == (True, False)
    ask(window.names.action, "Put back into consent")
    assert item(window, window.names.meeting, window.names.action).consent
    ask(action.id, "No consent group any more")
    assert not meeting(window, window.names.meeting).sections[1].consent


def _menu_event(shown: MeetingPage, spot: QPoint) -> Any:
    from PySide6.QtGui import QContextMenuEvent

    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, shown.agenda.mapToGlobal(spot))


def test_the_details_of_a_meeting_are_stored_as_they_are_typed(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    press(shown, "Details")
    form = shown.form
    assert form.date.entry.hasFocus()
    retype(form.date, "12/16/2026")
    retype(form.time, "7 pm")
    retype(form.place, "Gymnasium")
    retype(form.title, "Budget hearing")
    retype(form.rule, "48 hours")
    choose(form.kind, MeetingKind.HEARING)
    choose(form.numbering, Numbering.DECIMALS)
    choose(form.pages, list(PageNumbers)[1])
    retype(form.taking_part, "Doors open at 6.")
    card = meeting(window, window.names.meeting)
    assert (card.start, card.place, card.title) == (datetime(2026, 12, 16, 19), "Gymnasium", "Budget hearing")
    assert (card.posting_rule, card.kind, card.numbering) == ("48 hours", MeetingKind.HEARING, Numbering.DECIMALS)
    assert (card.page_numbers, card.taking_part) == (list(PageNumbers)[1], "Doors open at 6.")
    assert shown.day.text() == "Wednesday, December 16"
    assert shown.line.text() == "Budget hearing. 7:00 PM, Gymnasium. Agenda in draft."
    assert form.time.entry.text() == "7:00 PM"
    assert [one.number for one in card.items()] == ["1.1", "2.1", "2.2", "3.1"]


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [("date", "someday", "is not a date"), ("time", "25:99", "not a time"), ("rule", "soon", "not a posting rule")],
)
def test_what_the_details_refuse_stays_with_the_reason(window: Window, name: str, words: str, why: str) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    before = meeting(window, window.names.meeting)
    press(shown, "Details")
    field = getattr(shown.form, name)
    retype(field, words)
    assert why in field.error.text()
    assert field.error.isVisible()
    retype(shown.form.place, "Gymnasium")  # goes on, and everything is drawn anew
    assert field.entry.text() == words
    assert field.error.isVisible()
    after = meeting(window, window.names.meeting)
    assert (after.start, after.posting_rule, after.place) == (before.start, before.posting_rule, "Gymnasium")
    window.go(at_page("meetings"))
    assert window.plan.view.here == ("meeting", window.names.meeting)
    assert why in said(window)


def test_an_hour_typed_beside_a_refused_date_takes_no_date_away(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    press(shown, "Details")
    retype(shown.form.date, "someday")
    retype(shown.form.time, "7 pm")
    assert meeting(window, window.names.meeting).start is not None


def test_a_template_has_no_day_and_no_room(window: Window) -> None:
    from_menu(go(window, MeetingPage, Place("meeting", window.names.meeting)).more.menu(), "Keep as a template")
    template = next(row for row in rows(window) if row.state is MeetingState.TEMPLATE)
    shown = go(window, MeetingPage, Place("meeting", template.id))
    assert (shown.kind.text(), shown.day.text()) == ("Template", "Regular meeting, template")
    press(shown, "Details")
    assert not shown.form.date.isVisible()
    assert not shown.form.time.isVisible()
    assert not shown.room.isVisible()
    assert not shown.minutes.isVisible()


def test_a_meeting_is_deleted_and_offered_back(window: Window) -> None:
    from_menu(go(window, MeetingPage, Place("meeting", window.names.meeting)).more.menu(), "Delete this meeting")
    assert window.plan.view.here == at_page("meetings")
    (offer,) = [one for one in banners(window) if "was deleted" in one.words]
    press(offer, "Undo")
    assert [row.id for row in rows(window)] == [window.names.meeting]


def test_undoing_a_new_meeting_leads_back_to_the_list(window: Window) -> None:
    from_menu(go(window, MeetingsPage, at_page("meetings")).new.menu(), word(MeetingKind.REGULAR))
    window.plan.desk.undo()
    assert window.plan.view.here == at_page("meetings")


# ── an item


def test_every_field_of_an_item_is_stored_and_shown(window: Window) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    retype(shown.title, "Reading materials for grade two")
    choose(shown.type, ItemType.FIRST_READING)
    choose(shown.access, Access.ADMINISTRATIVE)
    choose(shown.use, TimeUse.OTHER)
    retype(shown.minutes, "25")
    retype(shown.presenter, "Bo Ekdahl")
    retype(shown.contact, "bo@example.org")
    for name, field in shown.sheet.items():
        retype(field, f"The {name}")
    card = item(window, window.names.meeting, window.names.action)
    assert (card.title, card.type, card.access) == (
        "Reading materials for grade two", ItemType.FIRST_READING, Access.ADMINISTRATIVE,
    )  # fmt: skip
    assert (card.time_use, card.minutes, card.presenter, card.contact) == (
        TimeUse.OTHER, 25, "Bo Ekdahl", "bo@example.org",
    )  # fmt: skip
    assert (card.background, card.rationale) == ("The background", "The rationale")
    assert "fiscal" in card.fiscal_impact
    assert "recommended" in card.recommended_motion
    window.go(Place("agenda_item", window.names.closed))
    window.go(Place("agenda_item", window.names.action))
    assert shown.title.text() == "Reading materials for grade two"
    assert shown.sheet["rationale"].field.text() == "The rationale"
    assert (shown.minutes.entry.text(), shown.presenter.entry.text()) == ("25", "Bo Ekdahl")
    assert shown.type.value() is ItemType.FIRST_READING


@pytest.mark.parametrize(
    ("words", "why"), [("two", "not a length of time"), ("-5", "not a length of time"), ("2000", "between")]
)
def test_minutes_that_are_none_are_refused_beside_the_field(window: Window, words: str, why: str) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    retype(shown.minutes, words)
    assert why in shown.minutes.error.text()
    retype(shown.contact, "555-0142")
    assert shown.minutes.entry.text() == words
    assert item(window, window.names.meeting, window.names.action).minutes == 15
    window.go(Place("agenda_item", window.names.closed))
    assert window.plan.view.here == ("agenda_item", window.names.action)
    QTest.keyClick(shown.minutes.entry, Qt.Key.Key_Escape)
    assert shown.minutes.entry.text() == "15"


def test_an_item_goes_from_hand_to_hand_and_is_returned_with_the_reason(window: Window) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))

    def state() -> tuple[ItemState, str]:
        card = item(window, window.names.meeting, window.names.action)
        return card.state, card.returned_because

    press(shown, "Submit")
    assert state() == (ItemState.SUBMITTED, "")
    assert shown.state.text() == word(ItemState.SUBMITTED)
    press(shown, "Return")
    assert "Say what is missing" in shown.because.error.text()
    assert shown.because.entry.hasFocus()
    keys("The quotation is missing")
    press(shown, "Return")
    assert state() == (ItemState.RETURNED, "The quotation is missing")
    assert "The quotation is missing" in shown.state.text()
    press(shown, "Submit")
    press(shown, "Accept")
    assert state() == (ItemState.ACCEPTED, "")
    press(shown, "Return")
    assert shown.because.entry.hasFocus()
    keys("Wrong year")
    key(Qt.Key.Key_Return)
    assert state() == (ItemState.RETURNED, "Wrong year")


def test_to_submit_and_to_accept_are_two_steps(window: Window) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    press(shown, "Submit")
    press(shown, "Accept")
    window.plan.desk.undo()
    assert item(window, window.names.meeting, window.names.action).state is ItemState.SUBMITTED


def test_a_closed_item_asks_for_the_law_and_a_closed_session_is_closed_by_itself(window: Window) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    assert not shown.ground.isVisible()
    choose(shown.type, ItemType.CLOSED)
    assert item(window, window.names.meeting, window.names.action).access is Access.CLOSED
    assert shown.ground.isVisible()
    retype(shown.ground, "Code 54957(b)")
    assert item(window, window.names.meeting, window.names.action).ground == "Code 54957(b)"


def test_an_item_is_linked_and_pages_are_enclosed_by_dialogs(window: Window) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.closed))

    def find(words: str) -> None:
        def answer(dialog: QWidget) -> None:
            assert isinstance(dialog, ChooseElement)
            QTest.keyClicks(dialog.search, words)
            QTest.keyClick(dialog.search, Qt.Key.Key_Return)

        when_asked(answer)

    find("coach")
    press(shown, "Link to a goal, strategy or policy")
    find("5145")
    press(shown, "Link to a goal, strategy or policy")
    find("reads")
    from_menu(verb(shown, "Enclose pages").menu(), word(Enclosed.GOAL))
    from_menu(verb(shown, "Enclose pages").menu(), word(Enclosed.ONE_PAGE))
    card = item(window, window.names.meeting, window.names.closed)
    assert [link.table for link in card.links] == ["strategy", "policy"]
    assert [one.what for one in card.enclosures] == [Enclosed.GOAL, Enclosed.ONE_PAGE]
    find("coach")
    press(shown, "Link to a goal, strategy or policy")
    assert "linked to it already" in said(window)
    when_asked(lambda dialog: dialog.reject())
    press(shown, "Link to a goal, strategy or policy")
    label = card.links[0].label
    press(shown, f"Take the link to {label} away")
    assert [link.table for link in item(window, window.names.meeting, window.names.closed).links] == ["policy"]
    press(shown, f"Do not enclose {word(Enclosed.ONE_PAGE)}: Strategic Plan")
    assert [one.what for one in item(window, window.names.meeting, window.names.closed).enclosures] == [Enclosed.GOAL]
    press(shown, "5145 Student support")
    assert window.plan.view.here[0] == "policy"


def test_files_are_dropped_described_released_moved_and_removed(window: Window, tmp_path: Path) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    paths = [tmp_path / "Quotation.pdf", tmp_path / "Classroom.png"]
    paths[0].write_bytes(packets.text_pdf())
    paths[1].write_bytes(packets.picture())
    assert drop_files(shown.files, paths[:1])
    QApplication.processEvents()
    assert drop_files(shown.files, paths[1:])

    def files() -> tuple[Any, ...]:
        return item(window, window.names.meeting, window.names.action).files

    assert [file.name for file in files()] == ["Quotation.pdf", "Classroom.png"]
    assert window.plan.desk.ask(file_bytes, files()[0].id) == paths[0].read_bytes()
    picture = shown.files.rows[1]
    retype(picture.description, "A room with 24 desks")
    assert files()[1].alternative_text == "A room with 24 desks"
    choose(picture.access, Access.CLOSED)
    assert [file.access for file in files()] == [Access.PUBLIC, Access.CLOSED]
    picture.description.entry.setFocus()
    key(Qt.Key.Key_Up, ALT)
    assert [file.name for file in files()] == ["Classroom.png", "Quotation.pdf"]
    assert picture.description.entry.hasFocus()
    key(Qt.Key.Key_Up, ALT)  # is the first already
    key(Qt.Key.Key_Down, ALT)
    assert [file.name for file in files()] == ["Quotation.pdf", "Classroom.png"]
    from_menu(picture.more.menu(), "Remove")
    assert [file.name for file in files()] == ["Quotation.pdf"]
    assert "“Classroom.png” was deleted." in said(window)
    window.plan.desk.undo()
    assert [file.alternative_text for file in files()] == ["", "A room with 24 desks"]


def test_a_file_is_added_by_the_button_and_a_copy_saved(window: Window, tmp_path: Path, monkeypatch: Any) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    path, copy = tmp_path / "Quotation.pdf", tmp_path / "copy.pdf"
    path.write_bytes(packets.text_pdf())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(path)], ""))
    press(shown, "Add files…")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(copy), ""))
    from_menu(shown.files.rows[0].more.menu(), "Save a copy…")
    assert copy.read_bytes() == path.read_bytes()


def test_a_file_that_is_not_there_is_told_and_the_others_are_added(window: Window, tmp_path: Path) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    there = tmp_path / "there.txt"
    there.write_text("Here.", "utf-8")
    assert drop_files(shown.files, [tmp_path / "gone.pdf", tmp_path, there])
    assert [file.name for file in item(window, window.names.meeting, window.names.action).files] == ["there.txt"]
    assert "gone.pdf cannot be read: No such file or directory." in said(window)
    assert f"{tmp_path.name} cannot be read: Is a directory." in said(window)


@pytest.mark.parametrize("name", ["background", "recommended_motion"])
def test_a_file_dropped_onto_a_text_is_a_file(window: Window, tmp_path: Path, name: str) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    path = tmp_path / "Quotation.pdf"
    path.write_bytes(packets.text_pdf())
    assert drop_files(shown.sheet[name].field.viewport(), [path])
    assert "file:" not in shown.sheet[name].field.text()
    assert [file.name for file in item(window, window.names.meeting, window.names.action).files] == ["Quotation.pdf"]


def test_a_wheel_over_a_choice_opens_nothing_to_the_public(window: Window) -> None:
    packets.attach(window.plan.workspace, window.names.closed, "Letter.pdf", packets.text_pdf(), access=Access.CLOSED)
    shown = go(window, ItemPage, Place("agenda_item", window.names.closed))
    shown.setFocus()
    for box in shown.findChildren(QComboBox):
        if box.isVisible():
            for _n in range(3):
                wheel(box)
    card = item(window, window.names.meeting, window.names.closed)
    assert (card.access, card.type, card.files[0].access) == (Access.CLOSED, ItemType.CLOSED, Access.CLOSED)


def test_an_item_is_deleted_from_its_page_and_offered_back(window: Window) -> None:
    press(go(window, ItemPage, Place("agenda_item", window.names.action)), "Delete this item")
    assert window.plan.view.here == ("meeting", window.names.meeting)
    (offer,) = [one for one in banners(window) if "was deleted" in one.words]
    press(offer, "Undo")
    assert titles(meeting(window, window.names.meeting))[1] == ["Reading materials", "Staffing of offices"]


# ── all three pages


@pytest.fixture(params=["meetings", "meeting", "agenda_item"])
def place(request: pytest.FixtureRequest, window: Window) -> Place:
    packets.attach(window.plan.workspace, window.names.closed, "Letter.pdf", packets.text_pdf())
    window.plan.workspace.do("Link", meetings.support, window.names.closed, "goal", window.names.goal)
    idents = {"meeting": window.names.meeting, "agenda_item": window.names.closed}
    name = request.param
    return Place(name, idents[name]) if name in idents else at_page(name)


def open_place(window: Window, place: Place) -> QWidget:
    window.go(place)
    shown = window.plan.view.stack.currentWidget()
    if isinstance(shown, MeetingPage):
        shown.toggle_details()
    QApplication.processEvents()
    return shown


def test_everything_that_takes_the_focus_has_a_name(
    window: Window, place: Place, request: pytest.FixtureRequest
) -> None:
    window.settings.details_shown = True
    open_place(window, place)
    nameless = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if isinstance(widget, QMenu) or type(widget) is QAbstractScrollArea:
            continue
        words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not words and isinstance(widget, QLineEdit):
            words = widget.placeholderText()
        if not words.strip():
            nameless.append(type(widget).__name__)
    assert nameless == []


def test_a_row_is_spoken_as_it_is_seen(window: Window) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    spoken = [row.data(0, Qt.ItemDataRole.AccessibleTextRole) for row in shown.agenda._rows()]
    assert spoken[0] == "1 Consent agenda, 1 minute"
    assert spoken[3] == "2A Reading materials, Goal One, Action, 15 minutes"
    assert "Administrative" in spoken[4]


def test_tab_walks_through_all_of_the_page_downwards_and_never_in_a_circle(
    window: Window, place: Place, request: pytest.FixtureRequest
) -> None:
    shown = open_place(window, place)
    shown.setFocus()
    met: list[QWidget] = []
    for _step in range(200):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if not shown.isAncestorOf(focus):
            break
        assert focus not in met, f"Tab came back to {focus.accessibleName()}"
        met.append(focus)
    wanted = [one for one in shown.fields() if one.isVisible()]
    assert [field.accessibleName() for field in wanted if field not in met] == []
    heads = [focus.mapTo(shown, QPoint(0, 0)).y() for focus in met]
    assert len(met) >= 3
    back = [met[n + 1].accessibleName() for n, (a, b) in enumerate(itertools.pairwise(heads)) if b < a - 60]
    assert back == []


def test_f6_walks_from_the_outline_to_the_agenda_and_the_packet(window: Window) -> None:
    window.settings.details_shown = True
    window.go(Place("meeting", window.names.meeting))
    window.plan.view.outline.setFocus()
    window.actions_by_name["next_pane"].trigger()
    assert window.plan.view.stack.isAncestorOf(QApplication.focusWidget())
    window.actions_by_name["next_pane"].trigger()
    assert window.plan.view.packet.isAncestorOf(QApplication.focusWidget())
    window.actions_by_name["next_pane"].trigger()
    assert QApplication.focusWidget() is window.plan.view.outline


def test_redrawing_keeps_the_cursor_and_the_words_where_somebody_types(window: Window) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    for field in (shown.title, shown.sheet["background"].field, shown.presenter.entry):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "Half a sen")
        window.plan.desk.do(
            "From elsewhere", meetings.edit_item, window.names.closed, minutes=len(field.accessibleName())
        )
        window.plan.desk.do("From elsewhere", meetings.support, window.names.closed, "goal", window.names.goal)
        window.plan.desk.undo()
        assert field.hasFocus()
        QTest.keyClicks(field, "tence")
        assert field.text() == "Half a sentence"
    shown.presenter.entry.commit()
    card = item(window, window.names.meeting, window.names.action)
    assert (card.title, card.background, card.presenter) == ("Half a sentence",) * 3


def test_words_typed_on_one_item_are_never_stored_on_another(window: Window) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    field = shown.sheet["rationale"].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Only here")
    window.plan.view.look(Place("agenda_item", window.names.closed))
    field.commit()
    assert item(window, window.names.meeting, window.names.action).rationale == "Only here"
    assert item(window, window.names.meeting, window.names.closed).rationale == ""


@pytest.fixture
def locked(qtbot: Any, dressed: QApplication, data: Path, tmp_path: Path) -> Iterator[Window]:
    """The same plan, open for reading."""
    path = tmp_path / "Board.planstudio"
    first = open_window(qtbot, data, Wall())
    names = with_meeting(first, path)
    packets.attach(first.plan.workspace, names.action, "Quotation.pdf", packets.text_pdf())
    assert first.close_plan()
    assert first.open_plan(path, read_only=True)
    first.names = names
    yield first
    first.close()


def test_a_plan_that_is_only_read_takes_nothing(locked: Window, tmp_path: Path) -> None:
    window, names = locked, locked.names
    before = (rows(window), meeting(window, names.meeting))
    listed = go(window, MeetingsPage, at_page("meetings"))
    assert not listed.new.isEnabled()
    assert not listed.rule.isEnabled()
    assert listed.closed.entry.isReadOnly()
    shown = go(window, MeetingPage, Place("meeting", names.meeting))
    assert not any(one.isEnabled() for one in (shown.add, shown.section, shown.more))
    shown.toggle_details()
    assert all(field.isReadOnly() for field in shown.fields())
    assert not any(box.isEnabled() for box in shown.findChildren(QComboBox))
    shown.agenda.setFocus()
    shown.agenda.go(names.action)
    for which, modifier in ((Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Down, ALT)):
        key(which, modifier)
    sheet = go(window, ItemPage, Place("agenda_item", names.action))
    assert all(field.isReadOnly() for field in sheet.fields())
    assert not any(one.isVisible() for one in sheet.verbs.values())
    assert not sheet.files.rows[0].isEnabled()
    path = tmp_path / "x.txt"
    path.write_text("x", "utf-8")
    drop_files(sheet.files, [path])
    assert (rows(window), meeting(window, names.meeting)) == before


def test_a_plan_that_is_only_read_offers_nothing_that_it_would_refuse(locked: Window) -> None:
    sheet = go(locked, ItemPage, Place("agenda_item", locked.names.action))
    verbs = ("Link to a goal, strategy or policy", "Enclose pages", "Add files…", "Delete this item",
             "Take the link to Goal One away")  # fmt: skip
    assert [words for words in verbs if verb(sheet, words).isEnabled()] == []
    shown = go(locked, MeetingPage, Place("meeting", locked.names.meeting))
    shown.agenda.setFocus()
    shown.agenda.go(shown._card.sections[0].id)
    key(Qt.Key.Key_F2)
    assert shown.agenda.hasFocus()


def test_the_day_of_the_tests_is_before_the_meeting() -> None:
    assert date(2026, 12, 9) > NOON.date()
