"""One gesture at the table, one step in the history."""

from __future__ import annotations

import pytest

from factories import Names, add, cell
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import PersonRole, Presence
from planstudio.operations import meetings, monitoring, people, room
from planstudio.workspace import Workspace


def test_an_item_that_begins_ends_the_one_that_runs_and_none_of_another_meeting(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    second = add(workspace, "agenda_item", meetings.add_item, names.section, title="Bills")
    other = add(workspace, "meeting", meetings.add_meeting)
    elsewhere = add(workspace, "agenda_section", meetings.add_section, other, title="Opening")
    there = add(workspace, "agenda_item", meetings.add_item, elsewhere, title="Pledge", began="09:00")
    workspace.do("Begin", room.begin_item, names.agenda_item, "6:31 pm")
    workspace.do("Begin", room.begin_item, second, "18:40")
    assert cell(workspace, "agenda_item", names.agenda_item, "ended") == "18:40"
    assert cell(workspace, "agenda_item", second, "began") == "18:40"
    assert cell(workspace, "agenda_item", there, "ended") == ""
    workspace.do("Go on", room.begin_item, names.agenda_item, "18:55")
    assert cell(workspace, "agenda_item", names.agenda_item, "began") == "18:31"
    assert cell(workspace, "agenda_item", names.agenda_item, "ended") == ""
    assert cell(workspace, "agenda_item", second, "ended") == "18:55"


def test_a_time_that_is_none_changes_nothing(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    for operation in (room.begin_item, room.end_item):
        with pytest.raises(InvalidInput, match="25:99"):
            workspace.do("Begin", operation, names.agenda_item, "25:99")
    assert cell(workspace, "agenda_item", names.agenda_item, "began") == ""


def test_everyone_is_here_keeps_who_came_by_video_and_when_somebody_arrived(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    remote = add(workspace, "person", people.add_person, "Bo Iverson", role=PersonRole.BOARD_MEMBER)
    ill = add(workspace, "person", people.add_person, "Sam Cole", role=PersonRole.BOARD_MEMBER)
    record = meetings.record_attendance
    workspace.do("x", record, names.meeting, remote, Presence.REMOTE, arrived="18:50")
    workspace.do("x", record, names.meeting, ill, Presence.EXCUSED)
    workspace.do("Everyone", room.call_everyone_present, names.meeting, [remote, ill, names.person])
    assert cell(workspace, "attendance", (names.meeting, remote), "presence") is Presence.REMOTE
    assert cell(workspace, "attendance", (names.meeting, remote), "arrived") == "18:50"
    for person in (ill, names.person):
        assert cell(workspace, "attendance", (names.meeting, person), "presence") is Presence.PRESENT


def test_a_subject_is_renamed_in_every_month_and_goals_are_left_alone(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    month = cell(workspace, "monitoring", names.monitoring, "month")
    two = [
        add(workspace, "monitoring", monitoring.schedule, names.plan, month.replace(month=m), subject="Self")
        for m in (3, 9)
    ]
    workspace.do("Rename", monitoring.rename_subject, names.plan, "Self", " Self-evaluation ")
    assert {cell(workspace, "monitoring", one, "subject") for one in two} == {"Self-evaluation"}
    assert cell(workspace, "monitoring", names.monitoring, "subject") == ""
    with pytest.raises(InvalidInput):
        workspace.do("Rename", monitoring.rename_subject, names.plan, "Self-evaluation", " ")
