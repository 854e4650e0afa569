"""Siblings stand where they were put."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories
from planstudio.domain.errors import NotFound
from planstudio.domain.kinds import StatementKind
from planstudio.operations import goals, measures, statements
from planstudio.operations.rows import move, rank_after
from planstudio.queries.goals import goal_card, goals_of_plan
from planstudio.queries.statements import statement_card, statements_of_plan
from planstudio.workspace import Workspace


def _titles(workspace: Workspace, plan: str) -> list[str]:
    return [goal.title for goal in workspace.ask(goals_of_plan, plan)]


def test_a_goal_goes_to_the_end_or_right_behind_another(workspace: Workspace, plan: str) -> None:
    first = factories.add_goal(workspace, "one")
    factories.add_goal(workspace, "two")
    factories.add_goal(workspace, "one and a half", after=first)
    factories.add_goal(workspace, "behind nobody who is there", after="gone")
    assert _titles(workspace, plan) == ["one", "one and a half", "two", "behind nobody who is there"]


@pytest.mark.parametrize(
    ("to", "order"),
    [(0, "cabd"), (1, "acbd"), (2, "abcd"), (3, "abdc"), (99, "abdc"), (-5, "cabd")],
)
def test_a_goal_is_moved_to_a_place(workspace: Workspace, plan: str, to: int, order: str) -> None:
    ids = {letter: factories.add_goal(workspace, letter) for letter in "abcd"}
    change = workspace.do("Move", goals.move_goal, ids["c"], to)
    assert "".join(_titles(workspace, plan)) == order
    moved = {row for _table, row in change.touched}
    assert moved == ({ids["c"]} if order != "abcd" else set()), "a move touches the moved row alone"


def test_a_strategy_moves_to_another_goal_and_takes_its_number(workspace: Workspace) -> None:
    one, two = factories.add_goal(workspace, "one"), factories.add_goal(workspace, "two")
    moved = factories.add_strategy(workspace, one, "moved")
    factories.add_strategy(workspace, two, "first")
    factories.add_strategy(workspace, two, "last")
    workspace.do("Move", goals.move_strategy, moved, 1, two)
    shown = workspace.ask(goal_card, two).strategies
    assert [(s.number, s.title) for s in shown] == [("2.1", "first"), ("2.2", "moved"), ("2.3", "last")]
    assert workspace.ask(goal_card, one).strategies == ()


def test_entries_and_statements_and_measures_move(workspace: Workspace, plan: str) -> None:
    values = factories.add_statement(workspace, "Values", kind=StatementKind.VALUES)
    items = [factories.add(workspace, "statement_item", statements.add_item, values, title=t) for t in "abc"]
    workspace.do("Move", statements.move_item, items[2], 0)
    assert [item.title for item in workspace.ask(statement_card, values).items] == ["c", "a", "b"]
    mission = factories.add_statement(workspace, "Mission")
    workspace.do("Move", statements.move_statement, mission, 0)
    assert [one.heading for one in workspace.ask(statements_of_plan, plan)] == ["Mission", "Values"]
    goal = factories.add_goal(workspace)
    rows = [factories.add_measure(workspace, goal, name) for name in "abc"]
    workspace.do("Move", measures.move_measure, rows[0], 2)
    assert [one.name for one in workspace.ask(goal_card, goal).measures] == ["b", "c", "a"]


def test_what_is_gone_is_told_in_a_sentence(workspace: Workspace) -> None:
    goal = factories.add_goal(workspace)
    workspace.do("Delete", goals.delete_goal, goal)
    with pytest.raises(NotFound, match="Goal: it has been deleted meanwhile"):
        workspace.do("Move", goals.move_goal, goal, 0)


class _Row:
    def __init__(self, ident: str, rank: str) -> None:
        self.id, self.rank = ident, rank


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["i", "i", "j", "r", "z", "01"]), min_size=1, max_size=8), st.integers(0, 8))
def test_two_copies_may_have_given_the_same_place(found: list[str], to: int) -> None:
    """After a merge siblings may share a rank; a move still ends where it was dropped."""
    rows = [_Row(f"{n:02}", rank) for n, rank in enumerate(found)]
    order = sorted(rows, key=lambda row: (row.rank, row.id))
    for row in rows:
        others = [other for other in order if other is not row]
        move(row, order, to)
        order = sorted(rows, key=lambda one: (one.rank, one.id))
        assert order.index(row) == min(to, len(others))
        assert [other for other in order if other is not row] == others


@given(st.lists(st.sampled_from(["i", "i", "j"]), min_size=1, max_size=5), st.integers(0, 4))
def test_a_new_row_stands_behind_the_one_it_was_added_after(found: list[str], after: int) -> None:
    rows = [_Row(f"{n:02}", rank) for n, rank in enumerate(found)]
    chosen = rows[after % len(rows)]
    made = rank_after(rows, chosen.id)
    assert made > chosen.rank
