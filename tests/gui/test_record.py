"""The record as the window keeps it: names are asked about, dates questioned, keys and clicks go where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from factories import prepared
from gui.evening import Evening, Watch, an_evening, click, retype, shown
from gui.meeting_window import LONG, Wall, go, item, open_window, page, with_meeting
from planstudio.domain.kinds import ItemState, Majority, PersonRole, Presence
from planstudio.domain.places import Place, at_page
from planstudio.gui.desk import Desk
from planstudio.gui.models.outline import PlaceRole
from planstudio.gui.pages.district_page import DistrictPage
from planstudio.gui.pages.item_page import ItemPage
from planstudio.gui.pages.meeting_page import MeetingPage
from planstudio.gui.pages.meetings_page import MeetingsPage
from planstudio.gui.pages.policies_page import PoliciesPage
from planstudio.gui.pages.policy_page import PolicyPage
from planstudio.gui.pages.room_page import RoomPage
from planstudio.gui.window import Window
from planstudio.operations import meetings, policies
from planstudio.operations.room import call_everyone_present
from planstudio.queries.meetings import meeting_card
from planstudio.queries.plans import organization_card, people
from planstudio.workspace import Workspace


@pytest.fixture
def board(tmp_path: Path, data: Path) -> Iterator[tuple[Workspace, Evening]]:
    made = prepared(an_evening, tmp_path / "Plan.planstudio", data, clock=Watch().clock())
    yield made
    made[0].close()


@pytest.fixture
def workspace(board: tuple[Workspace, Evening]) -> Workspace:
    return board[0]


@pytest.fixture
def evening(board: tuple[Workspace, Evening]) -> Evening:
    return board[1]


@pytest.fixture
def room(qtbot: Any, dressed: QApplication, workspace: Workspace, evening: Evening) -> RoomPage:
    made = RoomPage(Desk(workspace))
    shown(qtbot, made, evening.meeting)
    made.choose(evening.boiler)
    click(made.item.add)
    return made


@pytest.fixture
def window(qtbot: Any, dressed: QApplication, data: Path, tmp_path: Path) -> Iterator[Window]:
    made = open_window(qtbot, data, Wall())
    made.names = with_meeting(made, tmp_path / "Plan.planstudio")
    yield made
    made.close_plan()
    made.close()


def names(room: RoomPage) -> list[str]:
    return [one.name for one in room.desk.ask(people)]


def test_a_mover_whom_nobody_knows_is_asked_about(room: RoomPage, evening: Evening) -> None:
    form = room.item.motions[0]
    before = names(room)
    retype(form.mover.entry, "Kim Ortiz")
    assert "Nobody is called “Kim Ortiz”" in form.mover.error.text()
    assert names(room) == before
    assert form.as_staff.isVisible()
    retype(form.mover.entry, "Rosa Finch")
    assert not form.as_staff.isVisible()
    retype(form.seconder.entry, "Kim Ortiz")
    click(form.as_member)
    QApplication.processEvents()
    assert names(room) == sorted([*before, "Kim Ortiz"], key=str.casefold)
    (kim,) = (one for one in room.desk.ask(people) if one.name == "Kim Ortiz")
    assert kim.role is PersonRole.BOARD_MEMBER
    motion = next(one for one in room.desk.ask(meeting_card, evening.meeting).items() if one.id == evening.boiler)
    assert (motion.motions[0].mover, motion.motions[0].seconder) == ("Rosa Finch", "Kim Ortiz")
    assert not form.as_member.isVisible()


def test_without_a_quorum_the_room_is_alarmed_and_the_result_stays_open(room: RoomPage, evening: Evening) -> None:
    for n, person in enumerate(evening.members.values()):
        presence = Presence.PRESENT if n < 2 else Presence.ABSENT
        room.desk.do("Roll", meetings.record_attendance, evening.meeting, person, presence)
    form = room.item.motions[0]
    click(form.all_yes)
    assert form.tally.text() == "2 yes, 5 absent"
    assert form.alarm.isVisible()
    assert form.alarm.text() == "No quorum: 2 of 7 present, 4 needed. The result stays open."
    assert "3A: No quorum" in room.alarm.text()


def test_whoever_came_late_is_left_empty_and_asked_about(room: RoomPage, evening: Evening) -> None:
    ids = list(evening.members.values())
    room.desk.do("Roll", call_everyone_present, evening.meeting, ids)
    room.desk.do("Late", meetings.record_attendance, evening.meeting, ids[0], Presence.PRESENT, arrived="19:45")
    form = room.item.motions[0]
    click(form.all_yes)
    assert form.tally.text() == "6 yes: carried"
    assert "Ask whether Ann Alvarez took part" in form.missing.text()
    assert "the vote of Ann Alvarez in 3A" in room.quorum.text()


def test_a_motion_is_told_what_it_needs(room: RoomPage, evening: Evening) -> None:
    ids = list(evening.members.values())
    room.desk.do("Roll", call_everyone_present, evening.meeting, ids)
    form = room.item.motions[0]
    form.votes.lines[0].chosen.emit("yes")
    click(form.all_yes)
    form.majority.edited.emit(Majority.TWO_THIRDS_SEATS)
    assert form.card.majority is Majority.TWO_THIRDS_SEATS
    assert form.tally.text() == "7 yes: carried"


def test_a_meeting_is_not_held_before_its_day(room: RoomPage, evening: Evening) -> None:
    told: list[Exception] = []
    room.desk.failed.connect(told.append)
    room.desk.do("Move", meetings.edit_meeting, evening.meeting, start=datetime(2026, 12, 16, 18, 30))
    click(room.held)
    assert "change its date first" in str(told[-1])


# In the window.


def test_undo_in_a_line_that_nobody_touched_takes_the_plans_last_step_back(window: Window) -> None:
    shown_page = go(window, ItemPage, Place("agenda_item", window.names.action))
    entry = shown_page.contact.entry
    entry.setFocus()
    window.plan.desk.do("Type", meetings.edit_item, window.names.action, title="Other")
    QTest.keyClick(entry, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert item(window, window.names.meeting, window.names.action).title != "Other"
    window.plan.desk.redo()
    QTest.keyClicks(entry, "555")
    QTest.keyClick(entry, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "555" not in entry.text(), "what is being typed is taken back first"
    assert item(window, window.names.meeting, window.names.action).title == "Other"


@pytest.mark.parametrize("words", ["90 min", "1:30", "1 h 30", "1½ hours"])
def test_a_length_of_time_is_typed_as_people_write_it(window: Window, words: str) -> None:
    shown_page = go(window, ItemPage, Place("agenda_item", window.names.action))
    retype(shown_page.minutes.entry, words)
    assert item(window, window.names.meeting, window.names.action).minutes == 90
    assert shown_page.minutes.entry.text() == "90"


def test_policies_in_the_outline_lead_from_a_policy_back_to_the_list(window: Window) -> None:
    outline = window.plan.view.outline

    def click_on(table: str, ident: str) -> None:
        model = outline.model()
        found = next(
            index for n in range(model.rowCount()) if (index := model.index(n, 0)).data(PlaceRole) == (table, ident)
        )
        outline.scrollTo(found)
        at = outline.visualRect(found).center()
        QTest.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QApplication.processEvents()

    go(window, PolicyPage, Place("policy", window.names.policy))
    click_on("page", "policies")
    page(window, PoliciesPage)
    go(window, MeetingPage, Place("meeting", window.names.meeting))
    click_on("page", "meetings")
    page(window, MeetingsPage)


def test_accept_it_accepts(window: Window, qtbot: Any) -> None:
    window.plan.desk.do("Submit", meetings.send_item, window.names.action, ItemState.SUBMITTED)
    go(window, MeetingPage, Place("meeting", window.names.meeting))
    pane = window.plan.view.packet
    qtbot.waitUntil(lambda: pane.maker.made is not None and not pane.maker.is_busy, timeout=LONG)
    pane.fix_requested.emit(window.names.action, "accept", "")
    assert item(window, window.names.meeting, window.names.action).state is ItemState.ACCEPTED
    page(window, MeetingPage)


def test_dates_of_a_policy_that_cannot_be_are_kept_and_questioned_where_they_stand(window: Window) -> None:
    shown_page = go(window, PolicyPage, Place("policy", window.names.policy))
    values = {"first_reading": date(2026, 12, 8), "second_reading": date(2026, 11, 1)}
    window.plan.desk.do("Dates", policies.edit_policy_text, window.names.policy, **values)
    field = shown_page.dates["second_reading"]
    assert "Second reading, Nov 1, 2026, lies before first reading, Dec 8, 2026." in field.error.text()
    assert field.error.isVisible()
    retype(shown_page.dates["first_reading"].entry, "Oct 6, 2026")
    assert "lies before" not in field.error.text()
    assert shown_page.refused() is None, "a question holds nobody on the page"


def test_zone_seats_quorum_and_majority_are_the_districts(window: Window) -> None:
    shown_page = go(window, DistrictPage, at_page("district"))
    shown_page.zone.box.setCurrentIndex(shown_page.zone.box.findData("America/Phoenix"))
    shown_page.zone.box.activated.emit(shown_page.zone.box.currentIndex())
    retype(shown_page.seats.entry, "7")
    retype(shown_page.quorum.entry, "8")
    assert "at most all of the seats" in shown_page.quorum.error.text()
    retype(shown_page.quorum.entry, "5")
    shown_page.majority.edited.emit(Majority.SEATS)
    district = window.plan.desk.ask(organization_card)
    assert (district.time_zone, district.seats, district.quorum) == ("America/Phoenix", 7, 5)
    assert district.majority is Majority.SEATS


def test_a_note_comes_and_goes_without_moving_the_page(window: Window) -> None:
    shown_page = go(window, MeetingPage, Place("meeting", window.names.meeting))
    QApplication.processEvents()
    before = shown_page.agenda.mapTo(window, QPoint(0, 0))
    window.plan.view.say("Something was done.", alarm=True)
    window.plan.view.say("And something else.", alarm=True)
    QApplication.processEvents()
    QApplication.processEvents()
    assert shown_page.agenda.mapTo(window, QPoint(0, 0)) == before
    banner = window.plan.view.banners.itemAt(0).widget()
    assert banner.isVisible()
    assert banner.height() >= banner.sizeHint().height() > 0
