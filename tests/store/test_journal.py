"""The record of changed cells: what it takes back, and what it refuses."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from factories import (
    LONG_TEXT,
    Names,
    add_goal,
    add_policy,
    add_statement,
    add_strategy,
    cell,
    dump,
    reopen,
)
from planstudio.domain.errors import EditConflict, InvalidInput, StoreUnavailable
from planstudio.domain.kinds import StatementKind
from planstudio.operations import goals, people, policies, statements
from planstudio.queries.history import plan_history
from planstudio.store.schema import Goal, Plan, Policy, PolicySeries
from planstudio.workspace import Workspace
from store.random_session import gesture


def journal_of(path: Path, data: Path) -> list[tuple[Any, ...]]:
    """The lines of the working copy's journal, read while nobody has it open."""
    (work,) = (data / "working").glob("*/work.db")
    with closing(sqlite3.connect(work)) as connection:
        return connection.execute("SELECT tbl, op, before, after FROM change ORDER BY id").fetchall()


def undo_all(workspace: Workspace) -> int:
    count = 0
    while workspace.undo():
        count += 1
    return count


def redo_all(workspace: Workspace) -> int:
    count = 0
    while workspace.redo():
        count += 1
    return count


def test_undo_puts_back_what_stood_there_and_redo_what_was_typed(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Read")
    workspace.do("Rename", goals.edit_goal, goal, title="Read well")
    assert workspace.undo_state().undo == "Rename"
    workspace.undo()
    assert cell(workspace, "goal", goal, "title") == "Read"
    assert workspace.undo_state().redo == "Rename"
    workspace.redo()
    assert cell(workspace, "goal", goal, "title") == "Read well"
    assert workspace.undo_state().redo is None


def test_undo_and_redo_go_on_after_a_restart(workspace: Workspace, place: Path, data: Path) -> None:
    states = [dump(workspace)]
    chance = Random(4)
    while len(states) < 25:
        gesture(workspace, chance)
        if dump(workspace) != states[-1]:
            states.append(dump(workspace))
    for state in reversed(states[:-1]):
        workspace.undo()
        assert dump(workspace) == state
    workspace.close()
    again = reopen(place, data)
    for state in states[1:]:
        again.redo()
        assert dump(again) == state
    assert again.redo() is None
    assert undo_all(again) == len(states)  # and the plan itself
    assert not any(dump(again).values())
    again.close()


def test_a_new_step_drops_what_could_have_been_redone(workspace: Workspace) -> None:
    goal = add_goal(workspace)
    workspace.do("Rename", goals.edit_goal, goal, title="One")
    workspace.undo()
    workspace.do("Rename", goals.edit_goal, goal, title="Two")
    assert workspace.redo() is None
    assert cell(workspace, "goal", goal, "title") == "Two"


def test_a_step_that_changes_nothing_is_no_step(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Read")
    change = workspace.do("Rename", goals.edit_goal, goal, title="Read")
    assert not change.touched
    assert workspace.undo_state().undo == "Add goal"


def test_a_refused_operation_leaves_no_trace(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Read")
    before, steps = dump(workspace), len(workspace.ask(plan_history))

    def half(session: Session) -> None:
        goals.edit_goal(session, goal, title="Half")
        session.flush()
        people.add_person(session, "  ")

    with pytest.raises(InvalidInput, match="needs a name"):
        workspace.do("Half", half)
    assert dump(workspace) == before
    assert len(workspace.ask(plan_history)) == steps


@pytest.mark.parametrize(
    "statement",
    [update(Goal).values(title="x"), delete(Goal), insert(Goal).values(id="x", plan_id="y")],
    ids=["update", "delete", "insert"],
)
def test_a_bulk_write_is_refused(workspace: Workspace, statement: Any) -> None:
    add_goal(workspace, "Read")
    before = dump(workspace)
    with pytest.raises(TypeError, match="escape the journal"):
        workspace.do("Bulk", lambda session: session.execute(statement))
    assert dump(workspace) == before


def test_the_first_value_of_an_expired_field_is_asked_of_the_database(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Read")

    def rename(session: Session) -> None:
        row = session.get_one(Goal, goal)
        session.expire(row)
        row.title = "Write"

    workspace.do("Rename", rename)
    workspace.undo()
    assert cell(workspace, "goal", goal, "title") == "Read"


def test_several_flushes_of_one_step_are_undone_last_first(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Read")
    before = dump(workspace)

    def twice(session: Session) -> None:
        row = session.get_one(Goal, goal)
        row.title = "One"
        session.flush()
        row.title = "Two"
        session.flush()
        strategy = goals.add_strategy(session, goal, title="New")
        goals.edit_strategy(session, strategy, title="Newer")

    workspace.do("Twice", twice)
    after = dump(workspace)
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert dump(workspace) == after


def test_a_row_made_and_pointed_at_in_one_flush_is_undone_and_redone(workspace: Workspace) -> None:
    """The pointing cell lets go before the new row goes, and comes back after it."""
    policy = add_policy(workspace)
    before = dump(workspace)

    def file_under(session: Session) -> None:
        session.get_one(Policy, policy).series = PolicySeries(number="5000", title="Students")

    workspace.do("File under", file_under)
    after = dump(workspace)
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert dump(workspace) == after


def test_a_row_changed_and_deleted_in_one_flush_comes_back_as_it_was_stored(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Read")
    before = dump(workspace)

    def change_and_delete(session: Session) -> None:
        with session.no_autoflush:
            goals.edit_goal(session, goal, title="Never stored")
            goals.delete_goal(session, goal)

    workspace.do("Both", change_and_delete)
    workspace.undo()
    assert dump(workspace) == before


def test_a_whole_plan_is_deleted_children_first_and_comes_back_parents_first(
    full: tuple[Workspace, Names], place: Path, data: Path
) -> None:
    workspace, names = full
    before = dump(workspace)
    workspace.do("Delete", lambda session: session.delete(session.get_one(Plan, names.plan)))
    assert not dump(workspace)["observation"]
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert not dump(workspace)["goal"]
    workspace.undo()
    workspace.close()
    order = [line[0] for line in journal_of(place, data) if line[1] == "D"]
    assert order.index("observation") < order.index("measure") < order.index("goal") < order.index("plan")


# Long texts.


def test_one_sentence_in_a_long_text_costs_the_journal_a_few_hundred_bytes(
    workspace: Workspace, place: Path, data: Path
) -> None:
    policy = add_policy(workspace, body=LONG_TEXT)
    middle = len(LONG_TEXT) // 2
    changed = LONG_TEXT[:middle] + "A parent may appeal. " + LONG_TEXT[middle:]
    workspace.do("Edit", policies.edit_policy_text, policy, body=changed)
    bodies = [row["body"] for row in dump(workspace)["policy_version"].values()]
    assert bodies == [changed.strip()]
    workspace.undo()
    assert [row["body"] for row in dump(workspace)["policy_version"].values()] == [LONG_TEXT.strip()]
    workspace.redo()
    assert [row["body"] for row in dump(workspace)["policy_version"].values()] == [changed.strip()]
    workspace.close()
    edits = [line for line in journal_of(place, data) if line[:2] == ("policy_version", "U")]
    assert len(edits) == 3
    assert all(len(before) + len(after) < 400 for _table, _op, before, after in edits)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: "New. " + text,
        lambda text: text + " New.",
        lambda text: text[:50] + text[900:],
        lambda text: text.replace("board", "committee"),
        lambda text: text + text,
        lambda text: "",
        lambda text: "Ein ganz anderer Text. " * 40,
        lambda text: text[:400] + "😀é" + text[400:],
    ],
    ids=["at the start", "at the end", "cut", "everywhere", "doubled", "emptied", "replaced", "astral"],
)
def test_every_kind_of_edit_of_a_long_text_is_undone_exactly(workspace: Workspace, edit: Callable[[str], str]) -> None:
    goal = add_goal(workspace)
    strategy = add_strategy(workspace, goal, text=LONG_TEXT)
    before = dump(workspace)
    workspace.do("Edit", goals.edit_strategy, strategy, text=edit(LONG_TEXT))
    after = dump(workspace)
    assert before != after
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert dump(workspace) == after


# Typing.


def test_what_is_typed_in_one_field_is_one_step(workspace: Workspace) -> None:
    goal = add_goal(workspace, "")
    for title in ("R", "Re", "Read"):
        workspace.type(f"goal/{goal}/title", "Rename goal", goals.edit_goal, goal, title=title)
    workspace.undo()
    assert cell(workspace, "goal", goal, "title") == ""
    workspace.redo()
    assert cell(workspace, "goal", goal, "title") == "Read"


def test_another_field_begins_another_step(workspace: Workspace) -> None:
    goal = add_goal(workspace, "")
    workspace.type("title", "Rename", goals.edit_goal, goal, title="Read")
    workspace.type("label", "Relabel", goals.edit_goal, goal, label="Goal One")
    workspace.type("title", "Rename", goals.edit_goal, goal, title="Read well")
    workspace.undo()
    assert cell(workspace, "goal", goal, "title") == "Read"
    workspace.undo()
    assert cell(workspace, "goal", goal, "label") == ""


def test_any_other_step_ends_the_typing(workspace: Workspace) -> None:
    goal = add_goal(workspace, "")
    workspace.type("title", "Rename", goals.edit_goal, goal, title="R")
    add_strategy(workspace, goal)
    workspace.type("title", "Rename", goals.edit_goal, goal, title="Re")
    workspace.undo()
    assert cell(workspace, "goal", goal, "title") == "R"


def test_typing_on_after_an_undo_is_a_new_step(workspace: Workspace) -> None:
    goal = add_goal(workspace, "")
    workspace.type("title", "Rename", goals.edit_goal, goal, title="R")
    workspace.undo()
    workspace.type("title", "Rename", goals.edit_goal, goal, title="W")
    workspace.undo()
    assert cell(workspace, "goal", goal, "title") == ""
    assert workspace.redo() is not None


@pytest.mark.parametrize("share", ["publish", "save_copy", "back_up"])
def test_a_step_that_others_may_have_seen_is_not_added_to(workspace: Workspace, tmp_path: Path, share: str) -> None:
    goal = add_goal(workspace, "")
    workspace.type("title", "Rename", goals.edit_goal, goal, title="Shared")
    {
        "publish": workspace.publish,
        "save_copy": lambda: workspace.save_copy(tmp_path / "copy.planstudio"),
        "back_up": workspace.back_up,
    }[share]()
    workspace.type("title", "Rename", goals.edit_goal, goal, title="Later")
    workspace.undo()
    assert cell(workspace, "goal", goal, "title") == "Shared"


# What has moved on.


def test_undo_refuses_when_the_cell_has_moved_on(workspace: Workspace, place: Path, data: Path) -> None:
    goal = add_goal(workspace, "Read")
    workspace.do("Rename", goals.edit_goal, goal, title="Mine")
    workspace.publish()
    workspace.close()
    other = reopen(place, data, device="laptop", author="Bo")
    other.do("Rename", goals.edit_goal, goal, title="Theirs")
    other.publish()
    other.close()
    mine = reopen(place, data)
    before = dump(mine)
    with pytest.raises(EditConflict, match="changed again"):
        mine.undo()
    assert dump(mine) == before
    mine.close()


def test_undo_takes_back_the_own_step_and_leaves_another_field_of_the_row(
    workspace: Workspace, place: Path, data: Path
) -> None:
    goal = add_goal(workspace, "Read")
    workspace.do("Rename", goals.edit_goal, goal, title="Mine")
    workspace.close()
    other = reopen(place, data, device="laptop", author="Bo")
    other.do("Relabel", goals.edit_goal, goal, label="Theirs")
    assert other.undo_state().undo == "Relabel"
    other.close()
    mine = reopen(place, data)
    assert mine.undo_state().undo == "Rename"
    mine.undo()
    row = dump(mine)["goal"][goal]
    assert (row["title"], row["label"]) == ("Read", "Theirs")
    mine.close()


def test_undoing_an_addition_refuses_when_somebody_has_put_something_in_it(
    workspace: Workspace, place: Path, data: Path
) -> None:
    goal = add_goal(workspace, "Read")
    workspace.close()
    other = reopen(place, data, device="laptop", author="Bo")
    add_strategy(other, goal, "Theirs")
    other.close()
    mine = reopen(place, data)
    with pytest.raises(EditConflict):
        mine.undo()
    assert goal in dump(mine)["goal"]
    mine.close()


def test_undoing_a_deletion_refuses_when_the_row_is_there_again(
    workspace: Workspace, plan: str, place: Path, data: Path
) -> None:
    ident = add_statement(workspace, "Ours")
    workspace.do("Delete", statements.delete_statement, ident)
    workspace.close()
    other = reopen(place, data, device="laptop", author="Bo")
    other.do("Again", statements.add_statement, plan, StatementKind.MISSION, "Theirs", id=ident)
    other.close()
    mine = reopen(place, data)
    with pytest.raises(EditConflict, match="changed again"):
        mine.undo()
    assert cell(mine, "statement", ident, "heading") == "Theirs"
    mine.close()


def test_another_program_in_the_working_copy_is_told_and_passes(workspace: Workspace, data: Path) -> None:
    goal = add_goal(workspace, "Read")
    (work,) = (data / "working").glob("*/work.db")
    workspace._document.engine.raw_connection().execute("PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(work, isolation_level=None)) as intruder:
        intruder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match="Another program"):
            workspace.do("Rename", goals.edit_goal, goal, title="Write")
    workspace.do("Rename", goals.edit_goal, goal, title="Write")
    assert cell(workspace, "goal", goal, "title") == "Write"


def test_the_journal_is_plain_json_with_only_the_changed_cells(workspace: Workspace, place: Path, data: Path) -> None:
    goal = add_goal(workspace, "Read")
    workspace.do("Rename", goals.edit_goal, goal, title="Lire à l’école")
    workspace.close()
    *_rest, (table, op, before, after) = journal_of(place, data)
    assert (table, op, json.loads(before), json.loads(after)) == (
        "goal",
        "U",
        {"title": "Read"},
        {"title": "Lire à l’école"},
    )
    assert "école" in after  # readable without this program
