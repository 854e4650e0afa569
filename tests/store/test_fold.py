"""What becomes of words that were written in ignorance of each other: case by case, on every copy alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from factories import TODAY, add, add_policy, add_strategy
from planstudio.domain.errors import EditConflict
from planstudio.domain.gaps import findings
from planstudio.domain.kinds import Choice, MinutesState, PersonRole, Presence
from planstudio.operations import goals, measures, meetings, people
from planstudio.queries.conflicts import open_differences
from planstudio.queries.plans import book_in_force
from planstudio.store.becoming import become, lost
from planstudio.store.fold import WHOLE
from planstudio.store.schema import Measure, Meeting
from planstudio.store.settling import KEEP, Answer
from planstudio.workspace import Workspace
from store.many_copies import Copies, State, fresh, listed, questions, state

MAY = date(2026, 5, 31)


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Copies]:
    made = Copies(tmp_path)
    yield made
    made.close()


def meet(copies: Copies, *order: int) -> State:
    """All copies come to have everything, in this order; the plan that all show, which a new copy shows too."""
    first, second, third = (copies.all[n] for n in order or (0, 1, 2))
    for into, other in (
        (first, second),
        (third, second),
        (first, third),
        (second, third),
        (third, first),
        (second, first),
    ):
        copies.bring(into, other)
    rows, open_ones, loose = fresh(first)
    assert not loose
    for workspace in copies.all:
        assert state(workspace) == rows
        assert workspace.ask(lambda s: questions(s.connection())) == open_ones
        assert [finding.message for finding in workspace.check() if not finding.harmless] == []
    return rows


def settle(workspace: Workspace, side: int = 0, *, unit: str = "") -> None:
    """Answer the first open question, or that of *unit*, with the value that stands at the place *side*."""
    one = next(x for x in workspace.ask(open_differences) if unit in x.unit)
    workspace.settle([Answer(one.unit, one.sides[side].step)])


def put_into(session: Session, measure: str, **owner: str | None) -> None:
    for name, value in owner.items():
        setattr(session.get_one(Measure, measure), name, value)


def approve(session: Session, meeting: str) -> None:
    session.get_one(Meeting, meeting).minutes_state = MinutesState.APPROVED


def become_state(workspace: Workspace, wanted: State) -> None:
    workspace.do("Restore", lambda session: become(session, wanted))


# Cells.


def test_an_answer_stands_on_every_copy_even_where_it_changes_nothing(copies: Copies) -> None:
    ann, bo, cy = copies.all
    goal = copies.names.goal
    ann.do("Rename", goals.edit_goal, goal, title="Ann's")
    bo.do("Rename", goals.edit_goal, goal, title="Bo's")
    assert meet(copies)["goal", goal]["title"] == "Bo's"
    settle(cy)  # what is shown is kept
    rows = meet(copies, 2, 0, 1)
    assert rows["goal", goal]["title"] == "Bo's"
    assert not listed(ann)
    cy.undo()
    meet(copies, 2, 1, 0)
    assert listed(bo)[("goal", goal), "title"] == ["Bo's", "Ann's"]


def test_two_who_answer_differently_at_once_are_asked_again(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    goal = copies.names.goal
    ann.do("Rename", goals.edit_goal, goal, title="Ann's")
    bo.do("Rename", goals.edit_goal, goal, title="Bo's")
    meet(copies)
    settle(ann, 1)
    settle(bo, 0)
    meet(copies)
    assert listed(ann)[("goal", goal), "title"] == ["Bo's", "Ann's"]


def test_a_colleague_who_edits_another_field_does_not_answer_for_both(copies: Copies) -> None:
    ann, bo, cy = copies.all
    goal = copies.names.goal
    ann.do("Rename", goals.edit_goal, goal, title="Ann's")
    bo.do("Rename", goals.edit_goal, goal, title="Bo's")
    meet(copies)
    cy.do("Relabel", goals.edit_goal, goal, label="Cy's")
    meet(copies)
    assert listed(ann)[("goal", goal), "title"] == ["Bo's", "Ann's"]


def test_what_was_tried_and_taken_back_does_not_stand_against_a_colleague(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    goal = copies.names.goal
    for title in ("Ann 1", "Ann 2"):
        ann.do("Rename", goals.edit_goal, goal, title=title)
    ann.undo()
    ann.undo()
    bo.do("Rename", goals.edit_goal, goal, title="Bo's")
    assert meet(copies)["goal", goal]["title"] == "Bo's"
    assert not listed(ann)


def test_a_measure_that_two_move_stands_in_one_element(copies: Copies) -> None:
    """The columns that name what a row stands in are one cell, or it would stand in two."""
    ann, bo, _cy = copies.all
    names = copies.names
    ann.do("Move", put_into, names.measure, goal_id=None, strategy_id=names.strategy)
    bo.do("Move", put_into, names.measure, goal_id=names.other_goal)
    row = meet(copies)["measure", names.measure]
    assert (row["goal_id"], row["strategy_id"]) == (names.other_goal, None)
    settle(ann, 1)
    row = meet(copies)["measure", names.measure]
    assert (row["goal_id"], row["strategy_id"]) == (None, names.strategy)


def test_who_is_recorded_anew_after_being_taken_off_the_roll_is_so_on_every_copy(copies: Copies) -> None:
    names, ann = copies.names, copies.all[0]
    voter = add(ann, "person", people.add_person, "Ada Lund", role=PersonRole.BOARD_MEMBER)
    for presence in (Presence.PRESENT, None, Presence.EXCUSED):
        ann.do("Attendance", meetings.record_attendance, names.meeting, voter, presence)
    rows = meet(copies)
    assert [row["presence"] for key, row in rows.items() if key[0] == "attendance" and voter in key[1]] == ["excused"]


def test_a_figure_and_an_attendance_are_answered_by_their_natural_keys(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    names = copies.names
    voter = add(ann, "person", people.add_person, "Ada Lund", role=PersonRole.BOARD_MEMBER)
    meet(copies)
    for workspace, value, presence in ((ann, 70.0, Presence.ABSENT), (bo, 71.5, Presence.REMOTE)):
        workspace.do("Figure", measures.record_observation, names.measure, MAY, value, count=212)
        workspace.do("Attendance", meetings.record_attendance, names.meeting, voter, presence)
    meet(copies)
    settle(ann, 1, unit="observation")
    settle(ann, 1, unit="attendance")
    rows = meet(copies)
    values = {key: row for key, row in rows.items() if key[0] in ("observation", "attendance")}
    assert [
        row["value"] for row in values.values() if row.get("period_end") == "2026-05-31" and not row["student_group"]
    ] == [70.0]
    assert [row["presence"] for key, row in values.items() if key[0] == "attendance" and voter in key[1]] == ["absent"]
    assert not listed(bo)


# Elements.


def test_what_comes_back_comes_with_all_that_stood_in_it(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    before = state(ann)
    ann.do("Delete", goals.delete_goal, copies.names.goal)
    bo.do("Edit", goals.edit_strategy, copies.names.strategy, priority="High")
    rows = meet(copies)
    assert rows.keys() == before.keys()
    assert [key for key, _field in listed(ann)] == [("goal", copies.names.goal)]


@pytest.mark.parametrize("kept", [True, False])
def test_either_answer_about_a_deleted_element_does_what_it_says(copies: Copies, kept: bool) -> None:
    ann, bo, cy = copies.all
    goal = copies.names.goal
    ann.do("Delete", goals.delete_goal, goal)
    bo.do("Edit", goals.edit_strategy, copies.names.strategy, priority="High")
    before = meet(copies)
    (one,) = cy.ask(open_differences)
    side = next(x for x in one.sides if x.gone is not kept)
    cy.settle([Answer(one.unit, side.step if not kept else KEEP)])
    rows = meet(copies)
    assert (("goal", goal) in rows) is kept
    assert (("strategy", copies.names.other_strategy) in rows) is kept
    assert not listed(ann)
    bo.do("Edit", goals.edit_goal, copies.names.other_goal, title="On")
    cy.undo()
    rows = meet(copies)
    assert {key for key, _field in listed(ann)} == {("goal", goal)}
    assert rows.keys() == before.keys()


def test_figures_of_an_element_that_came_back_stay_at_the_next_edit(copies: Copies) -> None:
    ann, bo, cy = copies.all
    names = copies.names
    before = state(ann)
    ann.do("Delete", goals.delete_goal, names.goal)
    bo.do("Rename", goals.edit_goal, names.goal, title="Bo's")
    meet(copies)
    cy.do("Edit", goals.edit_strategy, names.strategy, title="Cy's")
    assert meet(copies).keys() == before.keys()


def test_a_new_part_in_a_deleted_goal_holds_it_and_its_end_takes_nothing_else(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    names = copies.names
    before = state(ann)
    ann.do("Delete", goals.delete_goal, names.goal)
    made = add_strategy(bo, names.goal, "New")
    assert meet(copies).keys() == before.keys() | {("strategy", made)}
    bo.do("Delete", goals.delete_strategy, made)
    rows = meet(copies)
    assert ("goal", names.goal) in rows, "a gesture takes away nothing but its own rows"
    assert ("strategy", names.strategy) in rows


def test_what_is_moved_into_a_deleted_goal_brings_it_back(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    names = copies.names
    ann.do("Delete", goals.delete_goal, names.other_goal)
    bo.do("Move", goals.move_strategy, names.strategy, 0, names.other_goal)
    rows = meet(copies)
    assert rows["strategy", names.strategy]["goal_id"] == names.other_goal
    assert (("goal", names.other_goal), WHOLE) in listed(ann)


def test_a_person_who_is_needed_stays(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    names = copies.names
    ann.do("Delete person", people.delete_person, names.person)
    bo.do("Own", people.set_owner, "goal", names.other_goal, "Jordan Lee")
    rows = meet(copies)
    assert rows["goal", names.other_goal]["owner_id"] == names.person
    assert rows["goal", names.goal]["owner_id"] is None, "what was let go stays so"


# Votes.


def test_a_motion_is_answered_with_its_votes_and_its_result(copies: Copies) -> None:
    ann, bo, cy = copies.all
    motion = copies.names.motion
    voter = next(row["person_id"] for key, row in state(ann).items() if key[0] == "vote")
    ann.do("Vote", meetings.record_votes, motion, {voter: Choice.NO})
    bo.do("Vote", meetings.record_votes, motion, {voter: Choice.ABSTAIN})
    meet(copies)
    units = {one.unit for one in cy.ask(open_differences)}
    assert units == {f"motion:{motion}"}
    ours = next(x for one in cy.ask(open_differences) for x in one.sides if x.author == "Ann")
    cy.settle([Answer(f"motion:{motion}", ours.step)])
    rows = meet(copies)
    assert [row["choice"] for key, row in rows.items() if key[0] == "vote"] == ["no"]
    assert not listed(ann)


def test_a_difference_in_approved_minutes_is_settled_all_the_same(copies: Copies) -> None:
    ann, bo, cy = copies.all
    motion, meeting = copies.names.motion, copies.names.meeting
    ann.do("Edit", meetings.edit_motion, motion, text="Ann's")
    bo.do("Edit", meetings.edit_motion, motion, text="Bo's")
    ann.do("Approve", approve, meeting)
    meet(copies)
    settle(cy, 1, unit="motion")
    assert meet(copies)["motion", motion]["text"] == "Ann's"


# Restoring.


def test_a_restore_is_not_undone_by_a_colleagues_next_edit(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    goal = copies.names.goal
    before = state(ann)
    ann.do("Rename", goals.edit_goal, goal, title="A mistake")
    add_strategy(ann, goal, "Another")
    meet(copies)
    become_state(ann, before)
    bo.do("Edit", goals.edit_goal, copies.names.other_goal, label="Bo's")
    rows = meet(copies)
    assert rows["goal", goal]["title"] == before["goal", goal]["title"]
    assert {key for key in rows if key[0] == "strategy"} == {key for key in before if key[0] == "strategy"}
    assert not listed(ann)


def test_a_restore_says_no_more_than_its_rows(copies: Copies) -> None:
    """What is brought back is that row; what else its deletion took stays as the others left it."""
    ann, bo, _cy = copies.all
    names = copies.names
    before = state(ann)
    ann.do("Delete", goals.delete_goal, names.goal)
    meet(copies)
    wanted = {key: row for key, row in before.items() if key not in [("strategy", names.other_strategy)]}
    become_state(bo, wanted)
    assert meet(copies) == wanted
    assert not listed(ann)


def test_what_somebody_wrote_beside_a_restore_is_listed_and_stays(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    goal = copies.names.goal
    before = state(ann)
    ann.do("Rename", goals.edit_goal, goal, title="Later")
    meet(copies)
    become_state(ann, before)
    bo.do("Rename", goals.edit_goal, goal, title="Bo's")
    meet(copies)
    assert set(listed(ann)[("goal", goal), "title"]) == {"Bo's", before["goal", goal]["title"]}


def test_how_much_a_restore_takes_away_is_known_before(copies: Copies) -> None:
    now = state(copies.all[0])
    half = dict(list(now.items())[: len(now) // 2])
    assert lost(now, half) == pytest.approx(0.5, abs=0.02)
    assert lost(now, now) == 0.0
    assert lost({}, now) == 0.0


# Taking back.


def test_undo_after_a_union_is_refused_where_a_colleague_wrote_on_and_changes_nothing(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    goal = copies.names.goal
    ann.do("Rename", goals.edit_goal, goal, title="Ann's")
    meet(copies)
    bo.do("Rename", goals.edit_goal, goal, title="Bo's")
    before = meet(copies)
    with pytest.raises(EditConflict, match="changed again"):
        ann.undo()
    assert meet(copies) == before


def test_undo_of_what_was_contradicted_meanwhile_is_refused(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    goal = copies.names.goal
    ann.do("Rename", goals.edit_goal, goal, title="Ann's")
    bo.do("Rename", goals.edit_goal, goal, title="Bo's")
    meet(copies)
    with pytest.raises(EditConflict):
        ann.undo()


def test_undo_and_redo_go_on_through_a_union(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    goal = copies.names.goal
    for title in ("One", "Two", "Three"):
        ann.do("Rename", goals.edit_goal, goal, title=title)
    ann.undo()
    bo.do("Relabel", goals.edit_goal, goal, label="Bo's")
    meet(copies)
    for title in ("One", "Every student reads"):
        ann.undo()
        assert meet(copies)["goal", goal]["title"] == title
    for title in ("One", "Two", "Three"):
        ann.redo()
        assert meet(copies)["goal", goal]["title"] == title
    assert state(bo)["goal", goal]["label"] == "Bo's"


# Codes.


def test_the_same_code_on_two_copies_makes_no_union_impossible(copies: Copies) -> None:
    ann, bo, _cy = copies.all
    for workspace in (ann, bo):
        add_policy(workspace, code="5131.2")
    rows = meet(copies)
    assert sum(row["code"] == "5131.2" for key, row in rows.items() if key[0] == "policy") == 2
    (told,) = (one for one in findings(ann.ask(book_in_force, TODAY), ()) if one.table == "policy")
    assert "has the code 5131.2, too. 5131.2-2 is free." in told.other
