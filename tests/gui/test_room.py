"""In the room: a secretary with one hand on the keyboard while the board goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from factories import prepared, reopen
from gui.evening import (
    MEMBERS,
    Evening,
    Watch,
    an_evening,
    click,
    goes_down,
    keys,
    locked,
    nameless,
    press,
    retype,
    shown,
    tab_walk,
)
from planstudio.domain.agenda import AgendaItemCard, MeetingCard
from planstudio.domain.kinds import Choice, MeetingState, MotionResult, Presence
from planstudio.domain.places import at_page
from planstudio.gui.desk import Desk
from planstudio.gui.pages.room_page import RoomPage
from planstudio.operations import meetings
from planstudio.operations.people import delete_person
from planstudio.operations.room import begin_item, call_everyone_present
from planstudio.queries.meetings import meeting_card
from planstudio.workspace import Workspace


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def board(tmp_path: Path, data: Path, watch: Watch) -> Iterator[tuple[Workspace, Evening]]:
    made = prepared(an_evening, tmp_path / "Plan.planstudio", data, clock=watch.clock())
    yield made
    made[0].close()


@pytest.fixture
def workspace(board: tuple[Workspace, Evening]) -> Workspace:
    return board[0]


@pytest.fixture
def evening(board: tuple[Workspace, Evening]) -> Evening:
    return board[1]


@pytest.fixture
def page(qtbot, dressed: QApplication, workspace: Workspace, evening: Evening) -> RoomPage:
    made = RoomPage(Desk(workspace))
    shown(qtbot, made, evening.meeting)
    return made


def card(page: RoomPage) -> MeetingCard:
    return page.desk.ask(meeting_card, page.ident)


def item(page: RoomPage, ident: str) -> AgendaItemCard:
    return next(one for one in card(page).items() if one.id == ident)


def votes(page: RoomPage, ident: str) -> dict[str, Choice]:
    return {vote.person: vote.choice for vote in item(page, ident).motions[0].votes}


def everyone(page: RoomPage, evening: Evening) -> None:
    page.desk.do("Everyone is here", call_everyone_present, evening.meeting, list(evening.members.values()))


def with_motion(page: RoomPage, evening: Evening):  # type: ignore[no-untyped-def]
    page.choose(evening.boiler)
    click(page.item.add)
    return page.item.motions[0]


# Times.


def test_now_and_typed_times_are_the_same_to_the_record(page: RoomPage, watch: Watch) -> None:
    click(page.times["called_to_order"].now)
    assert card(page).called_to_order == "18:31"
    assert page.times["called_to_order"].entry.text() == "6:31 PM"
    retype(page.times["adjourned"].entry, "9.05 pm")
    assert card(page).adjourned == "21:05"
    assert page.times["adjourned"].entry.text() == "9:05 PM"
    page.desk.undo()
    assert page.times["adjourned"].entry.text() == ""


def test_a_time_that_is_none_stays_with_its_reason_until_it_is_mended(page: RoomPage, evening: Evening) -> None:
    page.choose(evening.boiler)
    began = page.item.times["began"]
    retype(began.entry, "25:99")
    assert began.entry.text() == "25:99"
    assert "25:99" in began.error.text()
    assert item(page, evening.boiler).began == ""
    told: list[str] = []
    page.said.connect(told.append)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    QApplication.processEvents()
    assert page.chosen == evening.boiler
    assert page.list.currentItem().data(Qt.ItemDataRole.UserRole).id == evening.boiler
    assert began.entry.hasFocus()
    assert "Esc" in told[0]
    press(Qt.Key.Key_Escape)
    page.choose(evening.report)
    assert page.chosen == evening.report
    assert page.item.times["began"].entry.text() == ""


def test_beginning_an_item_ends_the_one_before_in_one_step(page: RoomPage, evening: Evening, watch: Watch) -> None:
    page.choose(evening.report)
    click(page.item.clock)
    watch.set(19, 4)
    page.choose(evening.boiler)
    assert page.item.clock.accessibleName() == "Begin now"
    click(page.item.clock)
    assert (item(page, evening.report).began, item(page, evening.report).ended) == ("18:31", "19:04")
    assert item(page, evening.boiler).began == "19:04"
    assert page.item.clock.accessibleName() == "End now"
    watch.set(19, 13)
    click(page.item.clock)
    assert item(page, evening.boiler).actual == 9
    assert "9 minutes taken" in page.item.minutes.text()
    page.desk.undo()
    page.desk.undo()
    assert item(page, evening.report).ended == ""
    assert item(page, evening.boiler).began == ""


def test_an_item_goes_on_where_it_was_broken_off(page: RoomPage, evening: Evening, watch: Watch) -> None:
    page.choose(evening.report)
    for _twice in range(2):
        click(page.item.clock)
    assert page.item.clock.accessibleName() == "Go on"
    click(page.item.clock)
    assert (item(page, evening.report).began, item(page, evening.report).ended) == ("18:31", "")


def test_the_page_opens_where_the_meeting_stands(qtbot, workspace: Workspace, evening: Evening, dressed) -> None:
    workspace.do("Begin", begin_item, evening.boiler, "19:00")
    made = RoomPage(Desk(workspace))
    shown(qtbot, made, evening.meeting)
    assert made.chosen == evening.boiler
    assert made.item.isVisible()


# The roll.


def test_everyone_is_here_but_one(page: RoomPage, evening: Evening) -> None:
    click(page.roll.everyone)
    assert "7 of 7 present: a quorum" in page.quorum.text()
    page.roll.rows.lines[4].buttons[0].setFocus()
    keys("e")
    records = {row.person: row.presence for row in card(page).attendance}
    assert records["Theo Lindqvist"] is Presence.EXCUSED
    assert "6 of 7" in page.quorum.text()
    assert not page.roll.rows.lines[4].times["arrived"].isVisible()
    page.desk.undo()
    page.desk.undo()
    assert card(page).attendance == ()


def test_no_quorum_is_said(page: RoomPage) -> None:
    for line in page.roll.rows.lines[:3]:
        click(line.buttons[0])
    assert "3 of 7 present: no quorum" in page.quorum.text()


def test_who_comes_late_and_leaves_early_keeps_the_times(page: RoomPage, evening: Evening) -> None:
    everyone(page, evening)
    line = page.roll.rows.lines[2]
    retype(line.times["arrived"].entry, "6:50pm")
    retype(line.times["departed"].entry, "half past")
    row = next(one for one in card(page).attendance if one.person == "Rosa Finch")
    assert (row.arrived, row.departed) == ("18:50", "")
    assert "half past" in line._error.text()
    assert line.times["departed"].entry.text() == "half past"
    retype(line.times["departed"].entry, "20:00")
    assert not line._error.isVisible()
    assert "6 of 7" in page.quorum.text()


def test_without_members_the_page_says_where_they_are_named(page: RoomPage, evening: Evening) -> None:
    went: list[tuple[str, str]] = []
    page.go_requested.connect(went.append)
    for person in evening.members.values():
        page.desk.do("Delete", delete_person, person)
    assert page.roll.name_members.isVisible()
    click(page.roll.name_members)
    assert went == [at_page("district")]


# Motions and votes.


def test_a_motion_begins_with_the_recommended_words(page: RoomPage, evening: Evening) -> None:
    form = with_motion(page, evening)
    assert form.text.field.text() == "To accept the bid of **$163,900**."
    assert form.mover.entry.hasFocus()
    retype(form.mover.entry, "Rosa Finch")
    retype(form.seconder.entry, "Rosa Finch")
    assert "own motion" in form.seconder.error.text()
    retype(form.seconder.entry, "Owen Marsh")
    motion = item(page, evening.boiler).motions[0]
    assert (motion.mover, motion.seconder) == ("Rosa Finch", "Owen Marsh")


def test_seven_votes_take_a_letter_and_a_tab_each(page: RoomPage, evening: Evening) -> None:
    form = with_motion(page, evening)
    form.votes.lines[0].stop().setFocus()
    for letter in "yynyabr":
        keys(letter)
        press(Qt.Key.Key_Tab)
    assert votes(page, evening.boiler) == dict(
        zip(MEMBERS, [Choice.YES, Choice.YES, Choice.NO, Choice.YES, Choice.ABSTAIN, Choice.ABSENT, Choice.RECUSED],
            strict=True)
    )  # fmt: skip
    assert form.tally.text() == "3 yes, 1 no, 1 abstained, 1 absent, 1 recused: carried"


def test_all_present_vote_yes_in_one_step_and_one_dissents(page: RoomPage, evening: Evening) -> None:
    everyone(page, evening)
    absent = evening.members["Owen Marsh"]
    page.desk.do("x", meetings.record_attendance, evening.meeting, absent, Presence.ABSENT)
    form = with_motion(page, evening)
    click(form.all_yes)
    assert form.tally.text() == "6 yes, 1 absent: carried"
    form.votes.lines[0].stop().setFocus()
    press(Qt.Key.Key_Down)
    keys("n")
    assert votes(page, evening.boiler)["Sam Cole"] is Choice.NO
    page.desk.undo()
    page.desk.undo()
    assert item(page, evening.boiler).motions[0].votes == ()
    assert form.tally.text() == "No votes yet"


def test_nobody_votes_all_at_once_before_the_roll_is_called(page: RoomPage, evening: Evening) -> None:
    form = with_motion(page, evening)
    assert not form.all_yes.isEnabled()
    everyone(page, evening)
    assert form.all_yes.isEnabled()


def test_arrows_walk_a_vote_and_change_nothing_until_space(page: RoomPage, evening: Evening) -> None:
    form = with_motion(page, evening)
    line = form.votes.lines[0]
    line.stop().setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        press(key)
    assert line.buttons[1].hasFocus()
    assert item(page, evening.boiler).motions[0].votes == ()
    press(Qt.Key.Key_Space)
    assert votes(page, evening.boiler) == {"Ann Alvarez": Choice.NO}
    assert line.buttons[1].hasFocus()
    press(Qt.Key.Key_Space)
    assert item(page, evening.boiler).motions[0].votes == ()


def test_a_tabled_motion_stays_tabled_whatever_the_votes(page: RoomPage, evening: Evening) -> None:
    form = with_motion(page, evening)
    form.result.box.setCurrentIndex(list(MotionResult).index(MotionResult.TABLED))
    form.result.box.activated.emit(form.result.box.currentIndex())
    click(form.votes.lines[0].buttons[0])
    assert item(page, evening.boiler).motions[0].result is MotionResult.TABLED
    assert form.tally.text() == "1 yes: tabled"


def test_a_deleted_motion_is_offered_back_with_its_votes(page: RoomPage, evening: Evening) -> None:
    form = with_motion(page, evening)
    click(form.votes.lines[0].buttons[0])
    gone: list[str] = []
    page.removed.connect(gone.append)
    click(form.away)
    assert gone == ["To accept the bid of $163,900."]
    assert page.item.motions == []
    page.desk.undo()
    assert votes(page, evening.boiler) == {"Ann Alvarez": Choice.YES}
    assert len(page.item.motions) == 1


def test_words_in_a_motion_survive_votes_and_the_cursor_stays(page: RoomPage, evening: Evening) -> None:
    form = with_motion(page, evening)
    form.text.field.setFocus()
    form.text.field.moveCursor(form.text.field.textCursor().MoveOperation.End)
    QTest.keyClicks(form.text.field, " At once")
    page.desk.do("Vote", meetings.record_votes, form.card.id, {evening.members["Sam Cole"]: Choice.YES})
    assert form.text.field.hasFocus()
    QTest.keyClicks(form.text.field, ".")
    form.text.field.commit()
    assert item(page, evening.boiler).motions[0].text.endswith("At once.")


def test_notes_are_never_stored_at_another_item(page: RoomPage, evening: Evening) -> None:
    page.choose(evening.report)
    page.item.notes.field.setFocus()
    QTest.keyClicks(page.item.notes.field, "66.4 percent")
    page.choose(evening.boiler)
    assert page.item.notes.field.text() == ""
    assert item(page, evening.report).notes == "66.4 percent"
    assert item(page, evening.boiler).notes == ""


def test_an_item_that_is_deleted_lets_go_of_what_was_refused(page: RoomPage, evening: Evening) -> None:
    page.choose(evening.report)
    retype(page.item.times["began"].entry, "25:99")
    page.desk.do("Delete", meetings.delete_item, evening.report)
    assert page.chosen == ""
    assert page.roll.isVisible()
    page.choose(evening.boiler)
    assert page.item.times["began"].entry.text() == ""


# Consent.


def test_one_motion_carries_the_consent_group_from_its_first_item(page: RoomPage, evening: Evening) -> None:
    page.choose(evening.consent[2])
    assert "2A, 2B, 2C" in page.item.consent.text()
    assert not page.item.add.isVisible()
    click(page.item.to_carrier)
    assert page.chosen == evening.consent[0]
    click(page.item.add)
    assert item(page, evening.consent[0]).motions[0].text == (
        "To approve the consent agenda: 2A Minutes; 2B Bills; 2C Travel"
    )


def test_an_item_out_of_the_consent_group_has_a_motion_of_its_own(page: RoomPage, evening: Evening) -> None:
    page.choose(evening.consent[1])
    click(page.item.pull)
    assert item(page, evening.consent[1]).pulled
    assert page.item.add.isVisible()
    page.choose(evening.consent[0])
    assert "2A, 2C" in page.item.consent.text()
    page.desk.undo()
    assert "2A, 2B, 2C" in page.item.consent.text()


# The end.


def test_the_meeting_is_held_when_all_is_told(page: RoomPage, evening: Evening, watch: Watch) -> None:
    assert "whether 7 members came" in page.quorum.text()
    assert page.held.property("kind") == "plain"
    everyone(page, evening)
    click(page.times["called_to_order"].now)
    watch.set(20, 31)
    click(page.times["adjourned"].now)
    assert page.held.property("kind") == "primary"
    went: list[str] = []
    page.go_requested.connect(lambda place: went.append(place.noun))
    click(page.held)
    assert card(page).state is MeetingState.HELD
    assert card(page).frozen_at.startswith("2026-12-09T20:31")
    click(page.minutes)
    assert went == ["minutes"]
    click(page.reopen)
    assert card(page).state is MeetingState.DRAFT
    assert page.held.isVisible()


# For every hand.


def test_everything_that_takes_the_focus_has_a_name(page: RoomPage, evening: Evening) -> None:
    everyone(page, evening)
    assert nameless(page) == []
    with_motion(page, evening)
    assert nameless(page) == []
    line = page.item.motions[0].votes.lines[3]
    assert [one.accessibleName() for one in line.buttons[:2]] == ["Bo Iverson: Yes", "Bo Iverson: No"]
    assert page.times["adjourned"].now.accessibleName() == "Adjourned: now"


def test_tab_walks_the_roll_and_the_item_in_the_order_of_reading(page: RoomPage, evening: Evening) -> None:
    everyone(page, evening)
    QApplication.processEvents()
    met = tab_walk(page, page.up)
    at = met.index(page.list)
    assert [met.index(line.stop()) for line in page.roll.rows.lines] == sorted(
        met.index(line.stop()) for line in page.roll.rows.lines
    )
    assert goes_down(page, met[:at])
    assert goes_down(page, met[at + 1 :])
    form = with_motion(page, evening)
    QApplication.processEvents()
    met = tab_walk(page, page.up)
    assert goes_down(page, met[met.index(page.list) + 1 :])
    assert sum(one in met for one in form.votes.stops()) == len(MEMBERS)


def test_enter_in_the_agenda_goes_to_what_is_written(page: RoomPage, evening: Evening) -> None:
    page.begin()
    for _n in range(2):
        press(Qt.Key.Key_Down)
    assert page.chosen == evening.consent[0]
    press(Qt.Key.Key_Return)
    assert page.item.times["began"].entry.hasFocus()


def test_a_narrow_window_shows_the_agenda_above_the_item(page: RoomPage, evening: Evening) -> None:
    page.resize(420, 700)
    QApplication.processEvents()
    assert page.panes.y() > page.list.y()
    with_motion(page, evening)
    QApplication.processEvents()
    pane = page._scroll()
    assert pane.widget().width() <= pane.viewport().width()


def test_a_plan_that_is_only_read_takes_no_vote(
    qtbot, dressed: QApplication, workspace: Workspace, evening: Evening, tmp_path: Path, data: Path
) -> None:
    workspace.do("Motion", meetings.add_motion, evening.boiler)
    workspace.publish()
    workspace.close()
    reader = reopen(tmp_path / "Plan.planstudio", data, read_only=True)
    try:
        made = RoomPage(Desk(reader))
        shown(qtbot, made, evening.meeting)
        assert set(locked(made)) == {"To the agenda: Regular meeting, Dec 9"}
        made.choose(evening.boiler)
        assert all(field.isReadOnly() for field in made.fields())
        assert set(locked(made)) <= {"To the agenda: Regular meeting, Dec 9"}
    finally:
        reader.close()
