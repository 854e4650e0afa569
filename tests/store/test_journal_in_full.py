"""What the journal writes of each gesture, line by line: the row, what it was and is, and over what it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import golden
from factories import Names, add_goal, cell, dump
from planstudio.domain.kinds import Choice
from planstudio.operations import bulk, drafts, goals, measures, meetings, people, plans, policies, statements
from planstudio.store.lines import ROWS, SETS
from planstudio.workspace import Workspace
from store.test_union import Pair

GOLDEN = Path(__file__).parent / "golden"
LONG = "The board reviews this policy each year. " * 60
_CLOCK = re.compile(r"20\d\d-\d\d-\d\dT[\d:.+-]+")


def steps_of(workspace: Workspace) -> list[Any]:
    return workspace.ask(lambda session: list(session.execute(SETS.select().order_by(SETS.c.seq)).mappings()))


def written(workspace: Workspace, names: dict[str, str], after: int = 0) -> list[str]:
    """The steps behind the number *after*, with their lines; steps are called by their numbers."""
    steps = steps_of(workspace)
    known = names | {one["id"]: f"<step {one['seq']}>" for one in steps}
    lines = []
    for step in steps:
        if step["seq"] <= after:
            continue
        said = {name: one for name, one in step.items() if name not in ("id", "seq", "at", "arrived", "clock") and one}
        lines.append(f"step {step['seq']} {golden.short(said, known)}")
        query = ROWS.select().where(ROWS.c.set_id == step["id"]).order_by(ROWS.c.id)
        for row in workspace.ask(lambda session, query=query: list(session.execute(query).mappings())):
            cells = " > ".join(golden.short(row[side], known) for side in ("before", "after"))
            head = " head" if row["head"] else ""
            key, over = golden.short(row["row"], known), golden.short(row["over"], known)
            lines.append(f"  {row['op']} {row['tbl']} {key} {cells} over {over}{head}")
    return [_CLOCK.sub("<then>", row) for row in lines]


Gesture = Callable[[Workspace, Names], None]
GESTURES: dict[str, Gesture] = {}


def gesture(one: Gesture) -> Gesture:
    GESTURES[one.__name__.strip("_").replace("_", " ")] = one
    return one


@pytest.mark.parametrize("name", GESTURES)
def test_a_gesture_is_written_down(full: tuple[Workspace, Names], name: str) -> None:
    workspace, names = full
    last = steps_of(workspace)[-1]["seq"]
    GESTURES[name](workspace, names)
    golden.hold(GOLDEN / "journal.txt", name, written(workspace, golden.names_in(workspace, _gone(workspace)), last))


def _gone(workspace: Workspace) -> dict[str, str]:
    """Names of rows that are there no more, by the order in which they came."""
    query = ROWS.select().where(ROWS.c.op == "I").order_by(ROWS.c.id)
    found: dict[str, str] = {}
    counts: dict[str, int] = {}
    for row in workspace.ask(lambda session: list(session.execute(query).mappings())):
        if row["row"].startswith("["):
            continue
        counts[row["tbl"]] = counts.get(row["tbl"], 0) + 1
        found.setdefault(row["row"], f"<{row['tbl']} {counts[row['tbl']]}>")
    return found


@gesture
def _typed_letter_by_letter(w: Workspace, n: Names) -> None:
    for text in ("A", "A word", "A word more"):
        w.type("goal", "Type", goals.edit_goal, n.goal, statement=text)
    w.type("goal", "Type", goals.edit_goal, n.goal, title="And a title")
    w.type("other", "Type", goals.edit_goal, n.other_goal, title="Another field")
    w.type("goal", "Type", goals.edit_goal, n.goal, statement="Later")


@gesture
def _typed_and_taken_away_again(w: Workspace, n: Names) -> None:
    before = cell(w, "goal", n.goal, "title")
    w.type("goal", "Type", goals.edit_goal, n.goal, title="Otherwise")
    w.type("goal", "Type", goals.edit_goal, n.goal, title=before)


@gesture
def _typed_in_a_long_text(w: Workspace, n: Names) -> None:
    w.do("Long", policies.edit_policy_text, n.policy, body=LONG)
    for text in (LONG + "One more.", LONG + "One more word.", "First. " + LONG + "One more word."):
        w.type("policy", "Type", policies.edit_policy_text, n.policy, body=text)
    w.do("Short", policies.edit_policy_text, n.policy, body="Short")
    w.undo()
    w.undo()
    w.redo()


@gesture
def _made_and_edited_in_one_step(w: Workspace, n: Names) -> None:
    def both(session: Any) -> None:
        made = goals.add_goal(session, n.plan, title="Made")
        goals.edit_goal(session, made, title="Edited")
        goals.edit_goal(session, n.goal, title="First")
        session.flush()
        goals.edit_goal(session, n.goal, title="Second", label="Label")
        gone = goals.add_strategy(session, made, title="Gone again")
        session.flush()
        goals.delete_strategy(session, gone)

    w.do("Both", both)


@gesture
def _many_in_one_step(w: Workspace, n: Names) -> None:
    w.do("Lines", bulk.add_lines, "strategy", n.other_goal, "One\nTwo\nThree")
    w.do("Owners", bulk.edit_all, "strategy", [n.strategy, n.other_strategy], owner="Kim Ortiz")
    w.do("Move", bulk.move_strategies, [n.other_strategy], 0, n.other_goal)


@gesture
def _deleted_with_what_stands_in_it(w: Workspace, n: Names) -> None:
    w.do("Delete", goals.delete_strategy, n.strategy)
    w.undo()
    w.redo()
    w.undo()


@gesture
def _taken_back_and_done_again(w: Workspace, n: Names) -> None:
    w.do("Rename", goals.edit_goal, n.goal, title="One", label="")
    w.do("Rename", goals.edit_goal, n.goal, title="Two")
    w.undo()
    w.undo()
    w.redo()
    w.do("Rename", goals.edit_goal, n.goal, title="Three")


@gesture
def _keys_of_several_parts(w: Workspace, n: Names) -> None:
    from datetime import date

    w.do("Figures", measures.record_block, n.measure, [(date(2027, 5, 31), "", 70.0), (date(2026, 5, 31), "EL", 61.5)])
    w.do("Vote", meetings.record_votes, n.motion, {n.person: Choice.NO})
    w.do("Vote", meetings.record_votes, n.motion, {n.person: None})
    w.do("Person", people.edit_person, n.person, name="Jordan Leigh")


@gesture
def _nothing_changed(w: Workspace, n: Names) -> None:
    w.do("Same", goals.edit_goal, n.goal, title="Every student reads")
    w.do("Spaces", goals.edit_goal, n.goal, title="  Every student  reads ")
    w.do("Order", statements.move_item, n.item, 0)


@gesture
def _a_plan_copied_and_deleted(w: Workspace, n: Names) -> None:
    w.do("Copy", drafts.draft_from, n.plan, "Plan 2030")
    copy = max(dump(w)["plan"], key=str)
    w.do("Delete", plans.delete_plan, str(copy))


def test_what_two_copies_wrote_is_over_what_each_of_them_knew(tmp_path: Path, data: Path) -> None:
    pair = Pair(tmp_path, data)
    last = steps_of(pair.ours)[-1]["seq"]
    names = golden.names_in(pair.ours)
    pair.ours.do("Rename", goals.edit_goal, pair.names.goal, title="Ours", label="Ours")
    pair.theirs.do("Rename", goals.edit_goal, pair.names.goal, title="Theirs")
    pair.theirs.do("Delete", goals.delete_milestone, pair.names.milestone)
    pair.ours.do("Edit", goals.edit_milestone, pair.names.milestone, text="Hire three")
    pair.theirs.do("Long", policies.edit_policy_text, pair.names.policy, body=LONG + "Theirs.")
    pair.ours.do("Long", policies.edit_policy_text, pair.names.policy, body="Ours. " + LONG)
    add_goal(pair.theirs, "New there")
    pair.meet()
    pair.ours.do("Rename", goals.edit_goal, pair.names.goal, title="Both")
    pair.meet()
    for side in ("ours", "theirs"):
        copy = getattr(pair, side)
        golden.hold(GOLDEN / "journal.txt", f"two copies, {side}", written(copy, golden.names_in(copy, names), last))
    pair.close()
