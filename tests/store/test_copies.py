"""Copies of a plan: whole, clean of its history, and for reading only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import packets
from factories import LONG_TEXT, Names, add, add_goal, add_policy, create, dump, one_of_everything, plan_in, reopen
from planstudio.domain.errors import ReadOnly, StoreUnavailable
from planstudio.domain.kinds import Access, MeetingState, PersonRole
from planstudio.operations import files, goals, measures, meetings, policies
from planstudio.queries.meetings import meeting_card
from planstudio.store.document import Document
from planstudio.store.schema import Meeting
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace

SECRET = "Zachariasson-grievance"


def work_of(place: Path, data: Path) -> Path:
    return working_folder(place, data) / "work.db"


def test_a_copy_has_the_plan_and_its_history(full: tuple[Workspace, Names], tmp_path: Path, data: Path) -> None:
    workspace = full[0]
    before = dump(workspace)
    workspace.save_copy(tmp_path / "copy.planstudio")
    copy = reopen(tmp_path / "copy.planstudio", data)
    assert dump(copy) == before
    assert copy.undo_state().undo == "Add moment"
    copy.close()


def test_a_copy_over_the_plan_itself_is_refused(workspace: Workspace, place: Path) -> None:
    for save in (workspace.save_copy, workspace.clean_copy):
        with pytest.raises(StoreUnavailable, match="saved there already"):
            save(place)


def test_a_copy_over_another_open_document_or_into_no_folder_leaves_the_target(
    workspace: Workspace, tmp_path: Path
) -> None:
    for save in (workspace.save_copy, workspace.clean_copy):
        with pytest.raises(StoreUnavailable, match="no folder"):
            save(tmp_path / "gone" / "copy.planstudio")
    assert not list(tmp_path.rglob(".~*"))


def test_the_clean_copy_has_the_plan_and_not_a_byte_of_what_was_taken_out(
    full: tuple[Workspace, Names], tmp_path: Path, data: Path
) -> None:
    workspace, names = full
    workspace.do("Rename", goals.edit_goal, names.goal, title=SECRET)
    workspace.do("Rename", goals.edit_goal, names.goal, title="Every student reads")
    policy = add_policy(workspace, "9000", SECRET, body=LONG_TEXT + SECRET)
    workspace.do("Delete", policies.delete_policy, policy)
    file = add(workspace, "attachment", files.attach_file, "goal", names.goal, "x.txt", SECRET.encode())
    workspace.do("Detach", files.detach_file, file)
    before = dump(workspace)
    target = tmp_path / "clean.planstudio"
    workspace.publish()
    assert SECRET.encode() in workspace.path.read_bytes(), "the check has teeth"
    workspace.clean_copy(target)
    assert SECRET.encode() not in target.read_bytes()
    copy = reopen(target, data)
    left = dump(copy)
    for table in ("plan", "goal", "strategy", "milestone", "measure", "observation", "monitoring"):
        assert {**left[table]} == {**before[table]}, table
    for table in ("policy", "comment", "moment", "packet", "clearance"):
        assert not left[table], f"{table}: drafts, and what is the house's own"
    assert names.meeting not in left["meeting"], "its agenda is not posted"
    assert [row["name"] for row in left["person"].values()] == ["Jordan Lee", "Rosa Finch"]
    assert copy.undo_state().undo is None
    assert [finding.message for finding in copy.check()] == ["Sound: 21 entries, 1 step of history."]
    copy.close()


def test_the_clean_copy_has_no_figure_of_too_few_students(workspace: Workspace, tmp_path: Path, data: Path) -> None:
    measure = one_of_everything(workspace).measure
    for group, value, count in (("EL", 12.5, 4), ("Special education", 31.0, 11), ("Girls", 71.0, 100)):
        workspace.do("Record", measures.record_observation, measure, date(2026, 5, 31), value, group, count=count)
    workspace.publish()
    workspace.clean_copy(tmp_path / "clean.planstudio")
    copy = reopen(tmp_path / "clean.planstudio", data)
    left = {key[1] for key in dump(copy)["observation"]}
    assert left == {"", "Girls"}, "the second smallest group would give the smallest away"
    copy.close()


def test_a_deleted_text_is_wiped_from_the_pages_of_the_working_copy(place: Path, data: Path) -> None:
    """What stays is the journal's: redacting it is another matter; but no free page tells."""
    workspace = create(place, data)
    policy = add_policy(workspace, body="")
    workspace.do("Edit", policies.edit_policy_text, policy, body=SECRET * 400)
    workspace.undo()
    with workspace._document.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM change")
        connection.exec_driver_sql("DELETE FROM change_set")
    workspace.close()
    assert SECRET.encode() not in work_of(place, data).read_bytes()


# Reading only.


def test_a_plan_opened_to_read_is_shown_and_never_changed(workspace: Workspace, place: Path, data: Path) -> None:
    add_goal(workspace, "Read")
    workspace.publish()
    stamp = place.stat().st_mtime_ns
    reader = reopen(place, data, read_only=True)
    assert len(dump(reader)["goal"]) == 1
    with pytest.raises(ReadOnly):
        reader.do("Add", goals.add_goal, plan_in(reader), title="x")
    with pytest.raises(ReadOnly):
        reader.undo()
    with pytest.raises(ReadOnly):
        reader.restore("20260101-000000-1.planstudio")
    assert not reader.dirty
    assert reader.publish() is None
    assert place.stat().st_mtime_ns == stamp
    reader.close()
    assert not list(work_of(place, data).parent.glob("view-*"))


def test_reading_needs_no_lock_and_leaves_no_note(place: Path, data: Path) -> None:
    create(place, data).close()
    Document(place, data, read_only=True).close()
    one, two = (Document(place, data, read_only=True) for _n in range(2))
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    one.close()
    two.close()


def test_not_even_sql_writes_to_a_plan_that_is_open_to_read(place: Path, data: Path) -> None:
    create(place, data).close()
    document = Document(place, data, read_only=True)
    with document.engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM plan")
    document.close()


def test_the_clean_copy_holds_nothing_that_is_not_for_the_public(
    workspace: Workspace, tmp_path: Path, data: Path
) -> None:
    names = packets.a_meeting(workspace)
    workspace.do("Edit", meetings.edit_item, names.closed, background="Zebulon Quartermain", notes="Zebulon")
    workspace.do("Edit", meetings.edit_item, names.administrative, rationale="Zebulon the clerk")
    workspace.do(
        "Move",
        meetings.add_motion,
        names.closed,
        "Zebulon is dismissed",
        mover="Zebulon Mover",
        add_as=PersonRole.BOARD_MEMBER,
    )
    workspace.do("Vote", meetings.support, names.closed, "goal", names.goal)
    packets.attach(workspace, names.closed, "Zebulon.txt", b"Zebulon wrote this")
    packets.attach(workspace, names.action, "Zebulon inner.txt", b"Zebulon inner", access=Access.ADMINISTRATIVE)
    packets.attach(workspace, names.action, "Bids.txt", b"Three bids")
    workspace.do("Post", lambda session: setattr(session.get_one(Meeting, names.meeting), "state", MeetingState.POSTED))
    target = tmp_path / "clean.planstudio"
    workspace.clean_copy(target)
    kept = reopen(target, data)
    card = kept.ask(meeting_card, names.meeting)
    assert [item.title for item in card.items()] == [
        "Minutes of November", "Reading materials", "Administrative item", "Closed session"
    ]  # fmt: skip
    assert [item.ground for item in card.items()][-1] == "Code 54957", "the law is for everybody"
    assert [file.name for item in card.items() for file in item.files] == ["Bids.txt"]
    assert all(finding.harmless for finding in kept.check())
    kept.close()
    assert b"Zebulon wrote" not in target.read_bytes()
    assert b"Zebulon Quartermain" not in target.read_bytes()
