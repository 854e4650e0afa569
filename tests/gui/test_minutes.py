"""The minutes: a document that is written in place until the board has approved it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from factories import add, prepared, reopen
from gui.evening import Evening, Watch, an_evening, click, goes_down, locked, nameless, press, retype, shown, tab_walk
from planstudio.domain.agenda import MeetingCard
from planstudio.domain.kinds import Choice, MinutesState, PersonRole, Presence
from planstudio.gui.desk import Desk
from planstudio.gui.pages.minutes_page import MinutesPage
from planstudio.operations import meetings, people
from planstudio.operations.room import call_everyone_present
from planstudio.queries.meetings import meeting_card
from planstudio.workspace import Workspace


@pytest.fixture
def watch() -> Watch:
    return Watch()


def _held(workspace: Workspace) -> Evening:
    """A meeting that has been held, with its record."""
    made = an_evening(workspace)
    people = list(made.members.values())
    workspace.do("Roll", call_everyone_present, made.meeting, people)
    workspace.do("Late", meetings.record_attendance, made.meeting, people[2], Presence.PRESENT, arrived="18:50")
    workspace.do("Away", meetings.record_attendance, made.meeting, people[4], Presence.EXCUSED)
    workspace.do("Times", meetings.edit_meeting, made.meeting, called_to_order="18:31", adjourned="20:31")
    workspace.do("Times", meetings.edit_item, made.closed, began="20:01", ended="20:25")
    motion = add(workspace, "motion", meetings.add_motion, made.boiler, mover="Rosa Finch", seconder="Owen Marsh")
    choices = dict.fromkeys(people, Choice.YES) | {people[1]: Choice.NO, people[4]: Choice.ABSENT}
    workspace.do("Vote", meetings.record_votes, motion, choices)
    workspace.do("Held", meetings.hold_meeting, made.meeting, "2026-12-09T20:31:00+00:00")
    return made


@pytest.fixture
def board(tmp_path: Path, data: Path, watch: Watch) -> Iterator[tuple[Workspace, Evening]]:
    made = prepared(_held, tmp_path / "Plan.planstudio", data, clock=watch.clock())
    yield made
    made[0].close()


@pytest.fixture
def workspace(board: tuple[Workspace, Evening]) -> Workspace:
    return board[0]


@pytest.fixture
def evening(board: tuple[Workspace, Evening]) -> Evening:
    return board[1]


@pytest.fixture
def page(qtbot, dressed: QApplication, workspace: Workspace, evening: Evening) -> MinutesPage:
    made = MinutesPage(Desk(workspace))
    shown(qtbot, made, evening.meeting)
    return made


def card(page: MinutesPage) -> MeetingCard:
    return page.desk.ask(meeting_card, page.ident)


def words(page: MinutesPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_the_record_tells_itself(page: MinutesPage) -> None:
    said = words(page)
    assert "The meeting was called to order at 6:31 PM." in said
    assert "Excused: Theo Lindqvist." in said
    assert "Rosa Finch arrived at 6:50 PM." in said
    assert "Moved by Rosa Finch, seconded by Owen Marsh." in said
    assert "5 yes, 1 no, 1 absent: carried." in said
    assert "No: Sam Cole." in said
    assert "The meeting was adjourned at 8:31 PM." in said


def test_a_closed_session_shows_its_times_and_its_ground_and_nothing_else(page: MinutesPage, evening: Evening) -> None:
    part = next(one for one in page.items if one.item_id == evening.closed)
    assert part.title.text() == "Closed session"
    assert part.facts.text() == "8:01 PM to 8:25 PM. Sec. 2(c)(2)"
    assert not part.notes.isVisible()
    assert "Secret" not in words(page) + "".join(field.text() for field in page.fields())
    assert "Negotiations" not in words(page)


def test_notes_and_opening_are_written_where_they_are_read(page: MinutesPage, evening: Evening) -> None:
    part = next(one for one in page.items if one.item_id == evening.report)
    for field, said in ((page.opening.field, "The chair welcomed guests."), (part.notes.field, "Dr. Ortiz reported.")):
        field.setFocus()
        QTest.keyClicks(field, said)
        field.commit()
    assert card(page).minutes_opening == "The chair welcomed guests."
    assert next(item for item in card(page).items() if item.id == evening.report).notes == "Dr. Ortiz reported."
    page.desk.undo()
    assert part.notes.field.text() == ""


def test_a_field_is_not_taken_from_who_writes_while_the_agenda_changes(page: MinutesPage, evening: Evening) -> None:
    part = next(one for one in page.items if one.item_id == evening.report)
    part.notes.field.setFocus()
    QTest.keyClicks(part.notes.field, "Half a sen")
    page.desk.do("Add", meetings.add_item, card(page).sections[0].id, title="Late item")
    assert part.notes.field.hasFocus()
    QTest.keyClicks(part.notes.field, "tence")
    part.notes.field.commit()
    assert next(item for item in card(page).items() if item.id == evening.report).notes == "Half a sentence"
    assert "Late item" in [one.title.text() for one in page.items]


def test_approval_asks_for_the_day_of_the_next_meeting_that_has_been(
    page: MinutesPage, evening: Evening, watch: Watch
) -> None:
    page.desk.do("Next", meetings.add_meeting, start=datetime(2027, 1, 13, 18, 30))
    click(page.approve)
    assert page.day.entry.text() == "Dec 9, 2026", "the next one is still to come"
    click(page.cancel)
    watch.time = datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
    click(page.approve)
    assert page.day.entry.hasFocus()
    assert page.day.entry.text() == "Jan 13, 2027"
    press(Qt.Key.Key_Return)
    assert (card(page).minutes_state, card(page).minutes_approved_on) == (MinutesState.APPROVED, date(2027, 1, 13))
    assert not page.approval.isVisible()
    own = {page.amendments.day.entry, page.amendments.words.field}
    assert all(field.isReadOnly() for field in page.fields() if field not in own)
    page.desk.undo()
    assert card(page).minutes_state is MinutesState.DRAFT
    assert not any(field.isReadOnly() for field in page.fields())


def test_minutes_are_not_approved_before_their_meeting_nor_in_days_to_come(page: MinutesPage) -> None:
    for day, why in (("Dec 8, 2026", "cannot have been approved before"), ("Jan 13, 2027", "still to come")):
        click(page.approve)
        retype(page.day.entry, day)
        click(page.confirm)
        assert why in page.day.error.text()
        assert card(page).minutes_state is MinutesState.DRAFT
        click(page.cancel)


def test_an_amendment_is_written_below_the_approved_minutes_and_leaves_them_as_they_are(
    page: MinutesPage, evening: Evening
) -> None:
    click(page.approve)
    assert "the vote of" not in page.missing.text()
    click(page.confirm)
    click(page.amend)
    QTest.keyClicks(page.amendments.words.field, "Item 3A was tabled.")
    retype(page.amendments.day.entry, "Dec 8, 2026")
    click(page.amendments.keep)
    assert "an amendment comes after that" in page.amendments.day.error.text()
    retype(page.amendments.day.entry, "Dec 9, 2026")
    click(page.amendments.keep)
    assert [row.text for row in card(page).amendments] == ["Item 3A was tabled."]
    assert "Item 3A was tabled." in words(page)
    assert not page.amendments.form.isVisible()
    assert page.desk.undo_state().undo == "Amend the minutes"


def test_without_a_next_meeting_it_is_today_and_a_day_that_is_none_is_refused(page: MinutesPage) -> None:
    click(page.approve)
    assert page.day.entry.text() == "Dec 9, 2026"
    retype(page.day.entry, "someday")
    assert "is not a date" in page.day.error.text()
    assert page.day.entry.text() == "someday"
    page.day.entry.setFocus()
    page.day.entry.selectAll()
    QTest.keyClick(page.day.entry, Qt.Key.Key_Delete)
    click(page.confirm)
    assert "on which day" in page.day.error.text()
    assert card(page).minutes_state is MinutesState.DRAFT
    click(page.cancel)
    assert not page.approval.isVisible()
    assert page.refused() is None
    assert page.approve.hasFocus()


def test_approved_minutes_show_no_empty_fields_until_they_are_back_in_draft(page: MinutesPage) -> None:
    click(page.approve)
    click(page.confirm)
    assert not page.opening.isVisible()
    assert not any(part.notes.isVisible() for part in page.items)
    click(page.back)
    assert page.opening.isVisible()
    assert card(page).minutes_approved_on is None
    assert page.approve.hasFocus()


def test_minutes_begin_when_the_meeting_has_been_held(page: MinutesPage, evening: Evening) -> None:
    page.desk.do("x", meetings.edit_meeting, evening.meeting, minutes_state=MinutesState.NONE)
    assert not page.approve.isVisible()
    went: list[str] = []
    page.go_requested.connect(lambda place: went.append(place.noun))
    click(page.to_room)
    click(page.up)
    assert went == ["meeting_room", "meeting"]


def test_both_papers_can_be_asked_for(page: MinutesPage, evening: Evening) -> None:
    asked: list[tuple[str, str]] = []
    page.print_requested.connect(lambda wish: asked.append((wish.report, wish.about)))
    click(page.print_minutes)
    click(page.print_votes)
    assert asked == [("minutes", evening.meeting), ("votes", evening.meeting)]


def test_everything_has_a_name_and_tab_reads_downward(page: MinutesPage) -> None:
    click(page.approve)
    QApplication.processEvents()
    assert nameless(page) == []
    met = tab_walk(page, page.up)
    assert goes_down(page, met)
    assert page.closing.field in met
    assert [one.accessibleName() for one in met if one.accessibleName().startswith("Notes on")][:2] == [
        "Notes on 1A",
        "Notes on 2A",
    ]


def test_a_plan_that_is_only_read_takes_no_words(
    qtbot, dressed: QApplication, workspace: Workspace, evening: Evening, tmp_path: Path, data: Path
) -> None:
    workspace.publish()
    workspace.close()
    reader = reopen(tmp_path / "Plan.planstudio", data, read_only=True)
    try:
        made = MinutesPage(Desk(reader))
        shown(qtbot, made, evening.meeting)
        assert all(field.isReadOnly() for field in made.fields())
        assert "Approve the minutes…" not in set(locked(made))
        assert "Print the minutes" in set(locked(made))
    finally:
        reader.close()


def test_minutes_that_contradict_themselves_are_approved_only_when_that_was_said(
    page: MinutesPage, evening: Evening
) -> None:
    page.desk.do("Role", people.edit_person, evening.members["Sam Cole"], role=PersonRole.STAFF)
    click(page.approve)
    click(page.confirm)
    assert card(page).minutes_state is MinutesState.DRAFT
    assert "Sam Cole voted and was not a member of the board that day." in page.doubt.text()
    assert page.doubt.isVisible()
    click(page.cancel)
    click(page.approve)
    assert not page.doubt.isVisible()
    click(page.confirm)
    assert page.confirm.text() == "Approve all the same"
    click(page.confirm)
    assert card(page).minutes_state is MinutesState.APPROVED
