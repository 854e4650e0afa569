"""What the board has approved stands, whatever verb comes along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from factories import EVENING, Names, Rows, add, cell, dump
from planstudio.domain.approved import ApprovedRoll, read_roll
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.domain.kinds import Choice, MeetingState, MinutesState, MotionResult, PersonRole, Presence
from planstudio.domain.room import contradictions
from planstudio.operations import meetings, minutes, people, room
from planstudio.operations.loading import load
from planstudio.queries.meetings import meeting_card
from planstudio.workspace import Workspace
from store.test_every_operation import CALLS, VERBS

# What may touch an approved meeting: going back to draft, an amendment, a packet printed of it, a file brought in.
MAY = {"minutes.reopen_minutes", "minutes.add_amendment", "minutes.delete_amendment", "meetings.record_packet",
       "loading.load"}  # fmt: skip
INSIDE = {  # table: the column and the table that it hangs on
    "agenda_section": ("meeting_id", "meeting"),
    "attendance": ("meeting_id", "meeting"),
    "amendment": ("meeting_id", "meeting"),
    "agenda_item": ("section_id", "agenda_section"),
    "agenda_link": ("agenda_item_id", "agenda_item"),
    "enclosure": ("agenda_item_id", "agenda_item"),
    "attachment": ("agenda_item_id", "agenda_item"),
    "motion": ("agenda_item_id", "agenda_item"),
    "vote": ("motion_id", "motion"),
}


def approved(workspace: Workspace, names: Names) -> None:
    workspace.do("Hold", meetings.hold_meeting, names.meeting, "2026-12-09T20:30:00+00:00")
    workspace.do("Approve", minutes.approve_minutes, names.meeting, date(2026, 12, 16))


def record_of(rows: Rows, meeting: str) -> dict[str, dict[object, dict[str, Any]]]:
    """Every row of a meeting, with what its minutes stand on."""
    found = {"meeting": {meeting: rows["meeting"][meeting]}} if meeting in rows["meeting"] else {"meeting": {}}
    for table, (column, above) in INSIDE.items():
        found[table] = {key: row for key, row in rows[table].items() if row[column] in found[above]}
    return found


@pytest.mark.parametrize("verb", sorted(CALLS.keys() - MAY))
def test_no_verb_changes_a_row_of_an_approved_meeting(full: tuple[Workspace, Names], verb: str) -> None:
    workspace, names = full
    approved(workspace, names)
    before = record_of(dump(workspace), names.meeting)
    try:
        arguments = list(CALLS[verb](workspace, names))
        values = arguments.pop() if isinstance(arguments[-1], dict) else {}
        workspace.do(verb, VERBS[verb], *arguments, **values)
    except PlanStudioError:
        pass
    after = record_of(dump(workspace), names.meeting)
    for table in ("agenda_link", "enclosure"):  # these may go with the goal or the policy that is deleted
        before[table] = {key: row for key, row in before[table].items() if key in after[table]}
    assert after == before


@pytest.mark.parametrize(
    "change",
    [
        lambda n: (meetings.record_votes, n.motion, {n.person: Choice.NO}),
        lambda n: (meetings.delete_item, n.agenda_item),
        lambda n: (meetings.delete_section, n.section),
        lambda n: (meetings.delete_meeting, n.meeting),
        lambda n: (meetings.record_attendance, n.meeting, n.person, Presence.PRESENT),
        lambda n: (room.begin_item, n.agenda_item, "18:40"),
        lambda n: (room.call_everyone_present, n.meeting, [n.person]),
    ],
)
def test_the_refusal_says_what_to_do(full: tuple[Workspace, Names], change: Callable[[Names], tuple[Any, ...]]) -> None:
    workspace, names = full
    approved(workspace, names)
    with pytest.raises(InvalidInput, match="Take them back to draft first, or add an amendment"):
        workspace.do("x", *change(names))


def test_back_in_draft_they_can_be_corrected_and_undo_is_not_asked(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    approved(workspace, names)
    workspace.do("Back", minutes.reopen_minutes, names.meeting)
    workspace.do("Result", meetings.edit_motion, names.motion, result=MotionResult.TABLED)
    workspace.do("Approve", minutes.approve_minutes, names.meeting, date(2026, 12, 16))
    for _step in range(4):
        workspace.undo()
    assert cell(workspace, "meeting", names.meeting, "minutes_state") is MinutesState.DRAFT
    assert cell(workspace, "motion", names.motion, "result") is MotionResult.PASSED


def test_the_whole_agenda_cannot_be_moved_out_of_an_approved_meeting(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    other = add(workspace, "meeting", meetings.add_meeting)
    section = add(workspace, "agenda_section", meetings.add_section, other, title="Business")
    free = add(workspace, "agenda_item", meetings.add_item, section, title="Free")
    approved(workspace, names)
    for item, into in ((names.agenda_item, section), (free, names.section)):
        with pytest.raises(InvalidInput, match="approved the minutes"):
            workspace.do("Move", meetings.move_item, item, 0, into)


def test_a_seat_that_is_filled_later_takes_no_quorum_away(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    approved(workspace, names)
    for name in ("Ann", "Bo", "Cy"):
        workspace.do("Add", people.add_person, name, role="board member")
    card = workspace.ask(meeting_card, names.meeting)
    assert (card.rules.seats, card.rules.quorum) == (1, 1)
    (motion,) = next(iter(card.items())).motions
    assert (motion.result, motion.doubt) == (MotionResult.PASSED, "")


def test_amendments_come_after_the_approval_and_are_part_of_it(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    with pytest.raises(InvalidInput, match="Only approved ones are amended"):
        workspace.do("Amend", minutes.add_amendment, names.meeting, date(2026, 12, 20), "x")
    approved(workspace, names)
    for day, text, why in (
        (date(2026, 12, 10), "x", "comes after that"),
        (date(2026, 12, 20), "  ", "Write what the board changed"),
        (date(2027, 1, 20), "x", "still to come"),
    ):
        with pytest.raises(InvalidInput, match=why):
            workspace.do("Amend", minutes.add_amendment, names.meeting, day, text, today=date(2027, 1, 1))
    made = add(workspace, "amendment", minutes.add_amendment, names.meeting, date(2026, 12, 20), "The roll")
    with pytest.raises(InvalidInput, match="approved the minutes"):
        workspace.do("Delete", minutes.delete_amendment, made)
    assert [one.text for one in workspace.ask(meeting_card, names.meeting).amendments] == ["The roll"]


def test_things_are_held_and_approved_in_the_order_of_time(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    with pytest.raises(InvalidInput, match="change its date first"):
        workspace.do("Hold", meetings.hold_meeting, names.meeting, "2026-12-08T23:00:00+00:00")
    with pytest.raises(InvalidInput, match="when the meeting has been held"):
        workspace.do("Approve", minutes.approve_minutes, names.meeting, date(2026, 12, 16))
    workspace.do("Hold", meetings.hold_meeting, names.meeting, "2026-12-09T20:00:00+00:00")
    with pytest.raises(InvalidInput, match="cannot have been approved before"):
        workspace.do("Approve", minutes.approve_minutes, names.meeting, date(2026, 12, 1))
    with pytest.raises(InvalidInput, match="cannot have been approved before"):
        workspace.do(
            "x", meetings.edit_meeting, names.meeting,
            minutes_state=MinutesState.APPROVED, minutes_approved_on=date(2026, 12, 1),
        )  # fmt: skip
    workspace.do("Times", meetings.edit_meeting, names.meeting, called_to_order="8:50 PM")
    with pytest.raises(InvalidInput, match="8:37 AM lies before 8:50 PM"):
        workspace.do("Times", meetings.edit_meeting, names.meeting, adjourned="8:37 AM")
    with pytest.raises(InvalidInput, match="change its date first"):
        workspace.do("Move", meetings.edit_meeting, names.meeting, start=datetime(2026, 12, 16, 18, 30))


def test_times_that_came_against_their_order_hinder_no_other_change(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    item = {"id": names.agenda_item, "began": "20:00", "ended": "19:00"}
    section = {"id": names.section, "items": [item]}
    one = {"id": names.meeting, "called_to_order": "20:50", "adjourned": "08:37", "sections": [section]}
    workspace.bring_in("Import", load, {"format": "planstudio", "version": 1, "meetings": [one]})
    told = contradictions(workspace.ask(meeting_card, names.meeting))
    assert [line for line in told if "the end lies before the beginning" in line] == [
        "the meeting: the end lies before the beginning.",
        "1A: the end lies before the beginning.",
    ]
    workspace.do("Place", meetings.edit_meeting, names.meeting, place="Elm Room")
    workspace.do("Title", meetings.edit_item, names.agenda_item, title="Other")
    with pytest.raises(InvalidInput, match="7:30 PM lies before 8:00 PM"):
        workspace.do("Times", meetings.edit_item, names.agenda_item, ended="7:30 pm")
    with pytest.raises(InvalidInput, match="6:30 PM lies before 6:40 PM"):
        workspace.do("Add", meetings.add_item, names.section, title="x", began="6:40 pm", ended="6:30 pm")
    workspace.do("Times", meetings.edit_item, names.agenda_item, ended="8:15 pm")


def test_a_posting_counts_for_the_time_that_stood_on_the_agenda(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    at = datetime(2026, 12, 8, 8, 30)
    workspace.do("Post", meetings.post_meeting, names.meeting, at)
    assert cell(workspace, "meeting", names.meeting, "posted_for") == EVENING
    workspace.do("Move", meetings.edit_meeting, names.meeting, start=datetime(2026, 12, 16, 18, 30))
    row = dump(workspace)["meeting"][names.meeting]
    assert (row["state"], row["posted_at"], row["posted_for"]) == (MeetingState.DRAFT, at, EVENING)
    workspace.do("Move", meetings.edit_meeting, names.meeting, start=EVENING)
    assert cell(workspace, "meeting", names.meeting, "state") is MeetingState.POSTED


@pytest.mark.parametrize(
    "later", [{"name": "Zoe Renamed"}, {"role": PersonRole.STAFF}, {"term_end": date(2020, 1, 1)}], ids=str
)
def test_what_a_person_becomes_later_changes_no_approved_minutes(
    full: tuple[Workspace, Names], later: dict[str, Any]
) -> None:
    workspace, names = full
    workspace.do("Role", people.edit_person, names.person, role=PersonRole.BOARD_MEMBER)
    workspace.do("Mover", meetings.edit_motion, names.motion, mover=cell(workspace, "person", names.person, "name"))
    approved(workspace, names)
    before = workspace.ask(meeting_card, names.meeting)
    workspace.do("Later", people.edit_person, names.person, **later)
    assert workspace.ask(meeting_card, names.meeting) == before
    workspace.do("Back", minutes.reopen_minutes, names.meeting)
    after = workspace.ask(meeting_card, names.meeting)
    assert (after.members, after.sections) != (before.members, before.sections)
    assert cell(workspace, "meeting", names.meeting, "approved_roll") == ""


@pytest.mark.parametrize("text", ["", "garbage", "[1]", '{"a": 3}', '{"a": ["b"]}', "null"])
def test_a_roll_that_cannot_be_read_leaves_the_names_as_they_are(text: str) -> None:
    assert read_roll(text) == ApprovedRoll()
