"""Two copies put together: nothing is lost in silence, and both come to the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from factories import (
    LONG_TEXT,
    Rows,
    add,
    add_goal,
    add_strategy,
    cell,
    dump,
    one_of_everything,
    plan_in,
    prepared,
    reopen,
    rows_of,
)
from planstudio.domain.changes import Change
from planstudio.domain.differences import Difference
from planstudio.domain.kinds import StatementKind
from planstudio.operations import files, goals, measures, people, policies, statements
from planstudio.queries.conflicts import open_differences
from planstudio.queries.export import whole_file
from planstudio.queries.history import plan_history
from planstudio.store.fold import stands_in
from planstudio.store.schema import Conflict
from planstudio.workspace import Workspace
from store.random_session import gesture


class Pair:
    """Two people with a copy each of the same plan; each brings the other's in as through a shared file."""

    def __init__(self, folder: Path, data: Path) -> None:
        self._ours, self._theirs = folder / "ours.planstudio", folder / "theirs.planstudio"
        self.ours, self.names = prepared(one_of_everything, self._ours, data)
        shutil.copy(self._ours, self._theirs)
        self.theirs = reopen(self._theirs, data, device="laptop", author="Bo")

    def merge(self, into: Workspace, other: Workspace) -> Change | None:
        """What *into* learns when the file is as *other* has left it."""
        other.write_file()
        shutil.copy(other.path, into.path)
        return into.merge_foreign()

    def meet(self) -> Change | None:
        """Ours takes in theirs, theirs takes in the result."""
        change = self.merge(self.ours, self.theirs)
        self.merge(self.theirs, self.ours)
        return change

    def close(self) -> None:
        self.ours.close()
        self.theirs.close()


@pytest.fixture
def pair(tmp_path: Path, data: Path) -> Iterator[Pair]:
    made = Pair(tmp_path, data)
    yield made
    made.close()


def listed(workspace: Workspace) -> set[tuple[str, str, str]]:
    """The conflicts as (table, row, field)."""
    return set(workspace.ask(lambda session: [(c.tbl, c.row, c.field) for c in session.query(Conflict)]))


def conflicts(workspace: Workspace) -> tuple[Difference, ...]:
    return workspace.ask(open_differences)


def sound(workspace: Workspace) -> bool:
    return all(finding.harmless for finding in workspace.check())


# What is taken, what stays, what is listed.


def test_different_cells_of_one_row_come_together_without_a_question(pair: Pair) -> None:
    goal = pair.names.goal
    pair.ours.do("Rename", goals.edit_goal, goal, title="Ours")
    pair.theirs.do("Relabel", goals.edit_goal, goal, label="Theirs")
    change = pair.meet()
    assert change is not None
    assert change.concerns("goal", goal)
    for workspace in (pair.ours, pair.theirs):
        row = dump(workspace)["goal"][goal]
        assert (row["title"], row["label"]) == ("Ours", "Theirs")
        assert not conflicts(workspace)
        assert sound(workspace)


def test_the_same_cell_changed_twice_shows_the_later_and_lists_both_on_either_copy(pair: Pair) -> None:
    goal = pair.names.goal
    pair.ours.do("Rename", goals.edit_goal, goal, title="Ours")
    pair.theirs.do("Rename", goals.edit_goal, goal, title="Theirs")
    pair.meet()
    for workspace in (pair.ours, pair.theirs):
        (one,) = conflicts(workspace)
        assert [(side.words, side.author) for side in one.sides] == [("Theirs", "Bo"), ("Ours", "Ann")]
        assert one.before == "Every student reads"
        assert cell(workspace, "goal", goal, "title") == "Theirs"


def test_the_same_change_on_both_sides_is_no_conflict(pair: Pair) -> None:
    for workspace in (pair.ours, pair.theirs):
        workspace.do("Rename", goals.edit_goal, pair.names.goal, title="Alike")
    pair.meet()
    assert not conflicts(pair.ours)
    assert not conflicts(pair.theirs)


def test_what_one_changed_and_took_back_does_not_stand_against_the_other(pair: Pair) -> None:
    goal = pair.names.goal
    pair.ours.do("Rename", goals.edit_goal, goal, title="For a moment")
    pair.ours.undo()
    pair.theirs.do("Rename", goals.edit_goal, goal, title="Theirs")
    pair.meet()
    assert cell(pair.ours, "goal", goal, "title") == "Theirs"
    assert not conflicts(pair.ours)


def test_the_same_figure_recorded_by_two_meets_in_one_cell(pair: Pair) -> None:
    """Observations have a natural key; another value there is a conflict, the same one is not."""
    may, june = date(2027, 5, 31), date(2027, 6, 30)
    for workspace, value in ((pair.ours, 70.0), (pair.theirs, 71.5)):
        workspace.do("Figure", measures.record_observation, pair.names.measure, may, value)
        workspace.do("Figure", measures.record_observation, pair.names.measure, june, 80.0)
    pair.meet()
    for workspace in (pair.ours, pair.theirs):
        assert dump(workspace)["observation"][pair.names.measure, "", may]["value"] == 71.5
        assert [[side.value for side in one.sides] for one in conflicts(workspace)] == [[71.5, 70.0]]


def test_what_was_edited_here_stays_when_it_was_deleted_there(pair: Pair) -> None:
    pair.ours.do("Edit", goals.edit_strategy, pair.names.strategy, priority="High")
    pair.theirs.do("Delete", goals.delete_goal, pair.names.goal)
    pair.meet()
    for workspace in (pair.ours, pair.theirs):
        rows = dump(workspace)
        assert rows["strategy"][pair.names.strategy]["priority"] == "High"
        assert pair.names.goal in rows["goal"], "its parent stays with it"
        assert pair.names.other_strategy in rows["strategy"], "and all that stood in that"
        assert listed(workspace) == {("goal", pair.names.goal, "*")}, "told once"


def test_what_was_deleted_here_comes_back_whole_when_it_was_edited_there(pair: Pair) -> None:
    before = dump(pair.ours)
    pair.ours.do("Delete", goals.delete_goal, pair.names.goal)
    pair.theirs.do("Edit", goals.edit_strategy, pair.names.strategy, text=LONG_TEXT + "And more.")
    pair.meet()
    for workspace in (pair.ours, pair.theirs):
        rows = dump(workspace)
        assert rows["strategy"][pair.names.strategy].pop("text") == LONG_TEXT + "And more."
        assert [table for table in before if rows[table].keys() != before[table].keys()] == []
        assert listed(workspace) == {("goal", pair.names.goal, "*")}


@pytest.mark.parametrize("deleter", ["ours", "theirs"])
def test_a_child_added_under_a_deleted_parent_keeps_its_parent(pair: Pair, deleter: str) -> None:
    delete_in = getattr(pair, deleter)
    add_in = pair.theirs if deleter == "ours" else pair.ours
    delete_in.do("Delete", goals.delete_goal, pair.names.goal)
    made = add_strategy(add_in, pair.names.goal, "New idea")
    pair.meet()
    for workspace in (pair.ours, pair.theirs):
        rows = dump(workspace)
        assert rows["strategy"].keys() == {pair.names.strategy, pair.names.other_strategy, made}
        assert pair.names.goal in rows["goal"]
        assert ("goal", pair.names.goal, "*") in listed(workspace)
        assert sound(workspace)


def test_a_deletion_that_nobody_objects_to_is_carried_over(pair: Pair) -> None:
    pair.theirs.do("Delete", goals.delete_goal, pair.names.goal)
    pair.ours.do("Rename", goals.edit_goal, pair.names.other_goal, title="Ours")
    pair.meet()
    assert pair.names.goal not in dump(pair.ours)["goal"]
    assert not conflicts(pair.ours)
    assert dump(pair.ours) == dump(pair.theirs)


def test_a_deleted_person_is_deleted_there_too_with_their_ownership(pair: Pair) -> None:
    """Nothing that still points at them stands in the way: the same step has let go of it."""
    pair.theirs.do("Delete person", people.delete_person, pair.names.person)
    pair.theirs.do("Delete series", policies.delete_series, pair.names.series)
    pair.ours.do("Rename", goals.edit_goal, pair.names.other_goal, title="Ours")
    pair.meet()
    rows = dump(pair.ours)
    assert pair.names.person not in rows["person"]
    assert not rows["policy_series"]
    assert rows["goal"][pair.names.goal]["owner_id"] is None
    assert not conflicts(pair.ours)
    assert dump(pair.ours) == dump(pair.theirs)


def test_a_deleted_person_stays_when_somebody_made_them_an_owner_meanwhile(pair: Pair) -> None:
    pair.theirs.do("Delete person", people.delete_person, pair.names.person)
    pair.ours.do("Own", people.set_owner, "goal", pair.names.other_goal, "Jordan Lee")
    pair.meet()
    rows = dump(pair.ours)
    assert rows["goal"][pair.names.other_goal]["owner_id"] == pair.names.person
    assert rows["goal"][pair.names.goal]["owner_id"] is None
    assert ("person", pair.names.person, "*") in listed(pair.ours)
    assert dump(pair.ours) == dump(pair.theirs)


def test_attached_files_come_along_with_their_bytes(pair: Pair) -> None:
    file = add(pair.theirs, "attachment", files.attach_file, "policy", pair.names.policy, "map.png", b"\x89PNG" * 999)
    pair.merge(pair.ours, pair.theirs)
    assert pair.ours.ask(whole_file)["policies"] == pair.theirs.ask(whole_file)["policies"]
    assert file in dump(pair.ours)["attachment"]


def test_a_long_text_edited_in_two_places_is_listed_with_both_whole(pair: Pair) -> None:
    for workspace, body in ((pair.ours, "Ours. " + LONG_TEXT), (pair.theirs, LONG_TEXT + "Theirs.")):
        workspace.do("Edit", policies.edit_policy_text, pair.names.policy, body=body)
    pair.merge(pair.ours, pair.theirs)
    (version,) = dump(pair.ours)["policy_version"].values()
    assert version["body"] == LONG_TEXT + "Theirs."
    (one,) = conflicts(pair.ours)
    assert [side.value for side in one.sides] == [LONG_TEXT + "Theirs.", "Ours. " + LONG_TEXT.strip()]


# Working side by side for longer.


def test_who_types_on_is_not_asked_about_their_own_earlier_words(pair: Pair) -> None:
    goal, strategy = pair.names.goal, pair.names.strategy
    for turn in range(4):
        pair.ours.do("Rename", goals.edit_goal, goal, title=f"Ours {turn}")
        pair.theirs.do("Edit", goals.edit_strategy, strategy, title=f"Theirs {turn}")
        pair.merge(pair.ours, pair.theirs)
        pair.ours.do("Rename", goals.edit_goal, goal, title=f"Ours {turn} and on")
        pair.theirs.do("Edit", goals.edit_strategy, strategy, title=f"Theirs {turn} and on")
        pair.merge(pair.theirs, pair.ours)
    pair.meet()
    assert conflicts(pair.ours) == conflicts(pair.theirs) == ()
    assert cell(pair.theirs, "goal", goal, "title") == "Ours 3 and on"
    assert cell(pair.ours, "strategy", strategy, "title") == "Theirs 3 and on"


def test_what_the_other_changed_knowing_ours_is_taken_without_a_question(pair: Pair) -> None:
    goal = pair.names.goal
    pair.theirs.do("Rename", goals.edit_goal, goal, title="Draft of theirs")
    pair.merge(pair.ours, pair.theirs)
    pair.ours.do("Rename", goals.edit_goal, goal, title="Every student reads")  # back to what it was
    pair.theirs.do("Edit", goals.edit_strategy, pair.names.strategy, priority="High")
    pair.merge(pair.theirs, pair.ours)
    assert cell(pair.theirs, "goal", goal, "title") == "Every student reads"
    assert not conflicts(pair.theirs)


def test_what_was_deleted_later_does_not_come_back_from_the_others_merge(pair: Pair) -> None:
    made = add_strategy(pair.theirs, pair.names.goal, "Theirs")
    pair.merge(pair.ours, pair.theirs)
    add_goal(pair.ours, "Ours")
    pair.theirs.do("Delete", goals.delete_strategy, made)
    pair.merge(pair.theirs, pair.ours)
    assert made not in dump(pair.theirs)["strategy"]
    pair.merge(pair.ours, pair.theirs)
    assert made not in dump(pair.ours)["strategy"]
    assert not conflicts(pair.ours)


def test_an_open_question_reaches_the_other_copy_too(pair: Pair) -> None:
    goal = pair.names.goal
    pair.ours.do("Rename", goals.edit_goal, goal, title="Ours")
    pair.theirs.do("Rename", goals.edit_goal, goal, title="Theirs")
    pair.merge(pair.ours, pair.theirs)
    pair.theirs.do("Edit", goals.edit_strategy, pair.names.strategy, priority="High")
    pair.merge(pair.theirs, pair.ours)
    assert conflicts(pair.theirs) == conflicts(pair.ours) != ()
    assert cell(pair.theirs, "goal", goal, "title") == "Theirs"
    pair.merge(pair.ours, pair.theirs)
    assert len(conflicts(pair.ours)) == 1


def test_merging_again_changes_nothing(pair: Pair) -> None:
    for n, workspace in enumerate((pair.ours, pair.theirs)):
        for seed in range(10):
            gesture(workspace, Random(100 * n + seed))
    pair.meet()
    before, steps, questions = dump(pair.ours), len(pair.ours.ask(plan_history)), conflicts(pair.ours)
    assert pair.merge(pair.ours, pair.theirs) is None or dump(pair.ours) == before
    pair.meet()
    assert pair.merge(pair.ours, pair.theirs) is None
    assert dump(pair.ours) == dump(pair.theirs) == before
    assert conflicts(pair.ours) == questions
    assert len(pair.ours.ask(plan_history)) == steps


def test_the_history_tells_who_did_what_and_the_merge_is_no_step_of_undo(pair: Pair) -> None:
    pair.ours.do("Our step", goals.edit_goal, pair.names.goal, title="Ours")
    pair.theirs.do("Their step", goals.edit_goal, pair.names.goal, label="Theirs")
    pair.merge(pair.ours, pair.theirs)
    assert pair.ours.undo_state().undo == "Our step"
    pair.ours.undo()
    row = dump(pair.ours)["goal"][pair.names.goal]
    assert (row["title"], row["label"]) == ("Every student reads", "Theirs")
    newest, theirs, ours, *_rest = pair.ours.ask(plan_history)
    assert [(line.author, line.kind) for line in (newest, theirs, ours)] == [
        ("Ann", "undo"), ("Bo", "edit"), ("Ann", "edit"),
    ]  # fmt: skip


def test_a_step_that_theirs_has_overtaken_is_refused_by_undo(pair: Pair) -> None:
    goal = pair.names.goal
    pair.ours.do("Rename", goals.edit_goal, goal, title="Ours")
    pair.merge(pair.theirs, pair.ours)
    pair.theirs.do("Rename", goals.edit_goal, goal, title="Theirs, later")
    pair.merge(pair.ours, pair.theirs)
    with pytest.raises(Exception, match="changed again"):
        pair.ours.undo()
    assert cell(pair.ours, "goal", goal, "title") == "Theirs, later"


# Random sessions.


def changed_cells(before: Rows, after: Rows) -> Iterator[tuple[str, Any, str, Any]]:
    """What a person did in sum: (table, row, field, value now), field "*" and None for a row that went."""
    for table in before:
        for key, row in after[table].items():
            old = before[table].get(key, {})
            for field, value in row.items():
                if field not in old or old[field] != value:
                    yield table, key, field, value
        for key in before[table].keys() - after[table].keys():
            yield table, key, "*", None


def lost(done: Iterator[tuple[str, Any, str, Any]], result: Rows, questions: set[tuple[str, str, str]]) -> list[Any]:
    """What a person did that is neither in *result* nor on the list of questions."""
    asked = {(table, row) for table, row, field in questions if field == "*"}
    missing = []

    def is_listed(table: str, key: Any) -> bool:
        """Whether the element, or what it stands in, is on the list."""
        row = result[table].get(key, {})
        above = [(other, row[name]) for name, other in stands_in(table) if row.get(name)]
        return (table, key) in asked or any(is_listed(*one) for one in above)

    for table, key, field, value in done:
        row = result[table].get(key)
        name = key if isinstance(key, str) else str(list(key))
        if field == "*":
            fine = row is None or is_listed(table, key) or _needed(result, table, key)
        else:
            fine = row is not None and row[field] == value
        in_list = (table, name, field) in questions or (table, name) in asked or not isinstance(key, str)
        if not fine and not in_list:
            missing.append((table, key, field, value, row and row.get(field)))
    return missing


def _needed(result: Rows, table: str, key: Any) -> bool:
    """Whether a row that stayed is referred to by another one."""
    column = f"{table}_id"
    return any(row.get(column) == key or row.get("owner_id") == key for t in result.values() for row in t.values())


@pytest.mark.parametrize("seed", range(8))
def test_random_copies_lose_nothing_and_end_up_alike(pair: Pair, seed: int) -> None:
    chance = Random(seed)
    pair.ours.do("Add", statements.add_statement, plan_in(pair.ours), StatementKind.PROMISE, "Promise")
    for round_ in range(3):
        bases = {workspace: dump(workspace) for workspace in (pair.ours, pair.theirs)}
        for workspace in (pair.ours, pair.theirs):
            for _step in range(chance.randrange(2, 9)):
                gesture(workspace, chance, undoing=True)
        done = {w: list(changed_cells(bases[w], dump(w))) for w in bases}
        assert any(done.values())
        pair.merge(pair.ours, pair.theirs)
        result, questions, moment = dump(pair.ours), listed(pair.ours), pair.ours.clock.now()
        if not round_:
            assert not lost(iter(done[pair.theirs]), result, questions), "theirs"
            assert not lost(iter(done[pair.ours]), result, questions), "ours"
        assert pair.ours.ask_as_of(moment, rows_of) == result
        pair.merge(pair.theirs, pair.ours)
        assert dump(pair.theirs) == result, "both are alike"
        assert sound(pair.ours)
        assert sound(pair.theirs)


def test_the_random_copies_do_meet_in_the_same_cells(tmp_path: Path, data: Path) -> None:
    """The check above has teeth: over its seeds the two do contradict each other."""
    met = 0
    for seed in range(3):
        folder = tmp_path / str(seed)
        folder.mkdir()
        pair, chance = Pair(folder, data), Random(seed)
        for workspace in (pair.ours, pair.theirs):
            for _step in range(9):
                gesture(workspace, chance)
        pair.merge(pair.ours, pair.theirs)
        met += len(conflicts(pair.ours))
        pair.close()
    assert met > 2
