"""The secretary's month: an agenda from a template, an item with its papers, the packet, a revision, the minutes.

All of it by mouse and keyboard in the real window. What is printed is read
back by another reader of PDF than the one that wrote it.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

import factories
import packets
from gui.meeting_window import (
    LONG,
    Wall,
    banners,
    drop_files,
    from_menu,
    item,
    key,
    keys,
    meeting,
    open_window,
    page,
    press,
    rows,
    titles,
)
from planstudio.domain.kinds import Choice, ItemState, ItemType, MeetingState, MotionResult, PersonRole, Presence
from planstudio.gui.pages.item_page import ItemPage
from planstudio.gui.pages.meeting_page import MeetingPage
from planstudio.gui.pages.meetings_page import MeetingsPage
from planstudio.gui.pages.minutes_page import MinutesPage
from planstudio.gui.pages.room_page import RoomPage
from planstudio.gui.window import Window
from planstudio.operations import people

MEMBERS = ("Ann Alvarez", "Sam Cole", "Rosa Finch")
TAB, ENTER, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def wall() -> Wall:
    return Wall(datetime(2026, 11, 23, 9, 0))


@pytest.fixture
def window(qtbot: Any, dressed: QApplication, data: Path, tmp_path: Path, wall: Wall) -> Iterator[Window]:
    made = open_window(qtbot, data, wall)
    assert made.open_plan(tmp_path / "Lark Hollow.planstudio", create=True)
    for name in MEMBERS:
        factories.add(made.plan.workspace, "person", people.add_person, name, role=PersonRole.BOARD_MEMBER)
    factories.add_goal(made.plan.workspace, "Every child a reader", label="Goal One")
    made.plan.view.refresh()
    yield made
    made.close()


def words_of(pdf: bytes) -> list[str]:
    """The words of each page, as pdfium reads them."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        found = [one.get_textpage().get_text_bounded() for one in file]
    finally:
        file.close()
    return [re.sub(r"\s+", " ", words.replace("\ufffe", "")) for words in found]


def printed(window: Window, qtbot: Any, beginning: str) -> None:
    """Until the packet on the screen is of the plan as it is now."""
    pane = window.plan.view.packet
    qtbot.waitUntil(
        lambda: not pane.maker.is_busy and pane.status.text().startswith(beginning),
        timeout=LONG,
    )


def write(window: Window, words: str, *more: Any) -> None:
    """Words to the field with the cursor, then keys."""
    keys(words)
    for one in more:
        key(one)


def choose_row(view: Any, title: str) -> None:
    """Walk down to a row by the keyboard."""
    view.setFocus()
    key(Qt.Key.Key_Home)
    for _step in range(100):
        if view.currentItem().text(0) == title:
            return
        key(DOWN)
    raise AssertionError(f"no row “{title}”")


def drag_above(view: Any, carried: str, onto: str) -> None:
    """Let the row *carried* go on *onto*: a window without a screen has no drag of the computer's own."""
    found = {row.text(0): row for row in view._rows()}
    start = view.visualItemRect(found[carried]).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    end = view.visualItemRect(found[onto])
    event = QDropEvent(
        QPointF(end.center().x(), end.top() + 2), Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    view.dropEvent(event)


def test_an_agenda_becomes_a_packet_a_revision_and_minutes(
    window: Window, wall: Wall, qtbot: Any, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    begun = time.monotonic()

    # An agenda from the usual order of business.
    window.actions_by_name["meetings"].trigger()
    press(page(window, MeetingsPage), "Start with a regular meeting")
    agenda = page(window, MeetingPage)
    ident = agenda.ident
    press(agenda, "Details")
    key(Qt.Key.Key_A, CONTROL)
    write(window, "Dec 9, 2026", TAB, TAB)
    assert agenda.form.place.entry.hasFocus()
    write(window, "Birch Room", ENTER)
    press(agenda, "Details")
    assert meeting(window, ident).start == datetime(2026, 12, 9, 18, 30)
    assert agenda.line.text() == "6:30 PM, Birch Room. Agenda in draft."

    # Three items by keyboard; one is dragged, one stepped.
    choose_row(agenda.agenda, "Action")
    for title in ("Boiler at Mill Street", "Reading materials", "Bus contract"):
        key(Qt.Key.Key_N, CONTROL)
        write(window, title)
        press(page(window, ItemPage), "To the meeting: Regular meeting")
        assert agenda.agenda.hasFocus()
    choose_row(agenda.agenda, "Bus contract")
    key(Qt.Key.Key_Up, ALT)
    drag_above(agenda.agenda, "Reading materials", "Boiler at Mill Street")
    action = titles(meeting(window, ident))[7]
    assert action == ["Reading materials", "Boiler at Mill Street", "Bus contract"]

    # The sheet of one of them.
    choose_row(agenda.agenda, "Reading materials")
    key(ENTER)
    sheet = page(window, ItemPage)
    reading = sheet.ident
    assert sheet.type.value() is ItemType.ACTION, "as its section"
    sheet.minutes.entry.setFocus()
    write(window, "15")
    sheet.presenter.entry.setFocus()
    write(window, "Johanna Lindqvist")
    for name, words in (
        ("background", "Two programs were tried in spring."),
        ("fiscal_impact", "Training costs $18,400."),
        ("recommended_motion", "I move to adopt the second program."),
    ):
        QTest.mouseClick(sheet.sheet[name].field.viewport(), Qt.MouseButton.LeftButton)
        keys(words)
    press(sheet, "Submit")
    press(sheet, "Accept")
    card = item(window, ident, reading)
    assert (card.type, card.minutes, card.state) == (ItemType.ACTION, 15, ItemState.ACCEPTED)
    assert card.recommended_motion == "I move to adopt the second program."

    # Its papers.
    paper, picture = tmp_path / "Quotation.pdf", tmp_path / "Classroom.png"
    paper.write_bytes(packets.text_pdf("Quotation of the second program", 2))
    picture.write_bytes(packets.picture())
    assert drop_files(sheet.files, [paper])
    QApplication.processEvents()
    assert drop_files(sheet.files, [picture])
    printed(window, qtbot, "Rev 0")
    press(window.plan.view.packet, "8A: Classroom.png is a picture that nobody has described: Describe it")
    write(window, "A room with twenty-four desks", ENTER)
    assert [file.alternative_text for file in item(window, ident, reading).files][1].startswith("A room")
    printed(window, qtbot, "Rev 0")

    # Posted, and the packet printed.
    press(window.plan.view.packet, "Post agenda")
    assert meeting(window, ident).state is MeetingState.DRAFT
    assert "things below must be done" in window.plan.view.packet.by.text(), "some items have no motion yet"
    press(window.plan.view.packet, "Post all the same")
    assert meeting(window, ident).state is MeetingState.POSTED
    printed(window, qtbot, "Rev 0")
    first = keep(window, tmp_path / "packet.pdf", monkeypatch)
    pages = words_of(first)
    assert "Regular meeting" in pages[0]
    assert "Reading materials" in " ".join(pages[1:3])
    sheet_page = next(words for words in pages[2:] if "I move to adopt the second program." in words)
    assert "Johanna Lindqvist" in sheet_page
    assert sum("Quotation of the second program" in words for words in pages) == 2
    for n, words in enumerate(pages[1:], 2):  # the cover has no foot
        assert f"{n} of {len(pages)}" in words, f"page {n}: {words[-160:]}"
    with pikepdf.open(BytesIO(first)) as document:
        assert len(document.pages) == len(pages)

    # One price has changed: a revision, with a page that says so.
    printed(window, qtbot, "Nothing has changed since Rev 0")
    QTest.mouseClick(sheet.sheet["fiscal_impact"].field.viewport(), Qt.MouseButton.LeftButton)
    key(Qt.Key.Key_A, CONTROL)
    keys("Training costs $21,000.")
    sheet.title.setFocus()
    printed(window, qtbot, "Rev 1")
    pages = words_of(keep(window, tmp_path / "revision.pdf", monkeypatch))
    assert "Item 8A: the fiscal impact: from “$18,400.” to “$21,000.”" in pages[0]
    assert pages[1].startswith("What changed in revision 1")
    assert "8A Reading materials" in pages[1]
    assert any("Training costs $21,000." in words for words in pages)
    assert [one.revision for one in meeting(window, ident).packets] == [1, 0]

    minutes = in_the_room(window, wall, qtbot, ident, reading)
    words = print_minutes(window, minutes, qtbot, tmp_path / "minutes.pdf", monkeypatch)
    for told in ("Ann Alvarez", "I move to adopt the second program.", "The second program won.", "6:31 PM"):
        assert told in words, told
    assert not [one.words for one in banners(window) if one.property("area") == "alarm"]

    taken = time.monotonic() - begun
    with capsys.disabled():
        sys.stdout.write(f"  {taken:.1f} s from the empty page to the minutes ")


def keep(window: Window, path: Path, monkeypatch: Any) -> bytes:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    from_menu(window.plan.view.packet.print.menu(), "Print and keep this revision")
    return path.read_bytes()


def in_the_room(window: Window, wall: Wall, qtbot: Any, ident: str, reading: str) -> MinutesPage:
    """Attendance, a motion and the vote by name, from the keyboard."""
    wall.now = datetime(2026, 12, 9, 18, 31)
    press(page(window, ItemPage), "To the meeting: Regular meeting")
    press(page(window, MeetingPage), "In the room")
    room = page(window, RoomPage)
    press(room, "Everyone is here")
    QTest.mouseClick(room.times["called_to_order"].now, Qt.MouseButton.LeftButton)
    room.roll.rows.lines[1].buttons[0].setFocus()
    keys("a")  # absent
    absent = {one.person: one.presence for one in meeting(window, ident).attendance}
    assert absent["Sam Cole"] is Presence.ABSENT
    room.list.setFocus()
    key(Qt.Key.Key_Home)
    while room.chosen != reading:
        key(DOWN)
    QTest.mouseClick(room.item.clock, Qt.MouseButton.LeftButton)
    press(room, "Add motion")
    form = room.item.motions[0]
    assert form.mover.entry.hasFocus()
    write(window, "Ann Alvarez", TAB)
    write(window, "Rosa Finch", TAB)
    form.votes.lines[0].buttons[0].setFocus()
    keys("y")
    key(DOWN)
    key(DOWN)
    keys("n")
    (motion,) = item(window, ident, reading).motions
    assert {vote.person: vote.choice for vote in motion.votes} == {"Ann Alvarez": Choice.YES, "Rosa Finch": Choice.NO}
    assert motion.result is MotionResult.FAILED  # a tie
    keys("y")
    (motion,) = item(window, ident, reading).motions
    assert (motion.text, motion.result) == ("I move to adopt the second program.", MotionResult.PASSED)
    wall.now = datetime(2026, 12, 9, 18, 44)
    QTest.mouseClick(room.item.clock, Qt.MouseButton.LeftButton)
    assert item(window, ident, reading).actual == 13
    QTest.mouseClick(room.times["adjourned"].now, Qt.MouseButton.LeftButton)
    press(room, "The meeting has been held")
    assert meeting(window, ident).state is MeetingState.HELD
    press(room, "Write the minutes")
    return page(window, MinutesPage)


def print_minutes(window: Window, minutes: MinutesPage, qtbot: Any, path: Path, monkeypatch: Any) -> str:
    part = next(one for one in minutes.items if one.title.text() == "Reading materials")
    part.notes.field.setFocus()
    keys("The second program won.")
    press(minutes, "Print the minutes")
    assert window.stack.currentWidget() is window.plan.printer
    qtbot.waitUntil(lambda: window.plan.printer.save.isEnabled(), timeout=LONG)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    press(window.plan.printer, "Save PDF…")
    press(window.plan.printer, "Back to the plan")
    return " ".join(words_of(path.read_bytes()))


def test_everything_done_to_a_meeting_can_be_taken_back(window: Window) -> None:
    window.actions_by_name["meetings"].trigger()
    press(page(window, MeetingsPage), "Start with a regular meeting")
    agenda = page(window, MeetingPage)
    choose_row(agenda.agenda, "Action")
    key(Qt.Key.Key_N, CONTROL)
    write(window, "Bus contract")
    press(page(window, ItemPage), "To the meeting: Regular meeting")
    choose_row(agenda.agenda, "Bus contract")
    key(Qt.Key.Key_Up, ALT)
    key(Qt.Key.Key_Delete)
    made = meeting(window, agenda.ident)
    assert "Bus contract" not in [one.title for one in made.items()]
    while window.plan.desk.undo_state().undo and rows(window):
        window.plan.desk.undo()
    assert rows(window) == ()
    while window.plan.desk.undo_state().redo:
        window.plan.desk.redo()
    assert meeting(window, agenda.ident) == made
