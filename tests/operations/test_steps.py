"""A step tells exactly what it touched, and a refused one leaves nothing.

That every verb is undone and redone is in tests/store/test_every_operation.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import factories
from factories import Names
from planstudio.domain.errors import InvalidInput
from planstudio.operations import goals, measures, people, policies, statements
from planstudio.workspace import Workspace

STEPS: dict[str, Callable[[Workspace, Names], Any]] = {
    "an edit": lambda w, n: w.do("Edit", goals.edit_goal, n.goal, title="All read"),
    "an edit of several rows": lambda w, n: w.do("Delete", people.delete_person, n.person),
    "a goal with all that stands in it": lambda w, n: w.do("Delete", goals.delete_goal, n.goal),
    "a figure": lambda w, n: w.do("Record", measures.record_observation, n.measure, date(2026, 6, 30), 70.0, "EL"),
    "a move": lambda w, n: w.do("Move", statements.move_item, n.item, 1),
    "a row that brings another": lambda w, n: w.do("Add", policies.add_policy, "6142", "Reading"),
    "an edit that changes nothing": lambda w, n: w.do("Edit", goals.edit_goal, n.goal, title=" Every student  reads"),
    "a move to where it is": lambda w, n: w.do("Move", goals.move_goal, n.goal, 0),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_tells_the_rows_it_touched(step: str, filled: Workspace, names: Names) -> None:
    before = factories.dump(filled)
    change = STEPS[step](filled, names)
    assert change.touched == _differences(before, factories.dump(filled))
    assert (not change.touched) is ("nothing" in step or "where it is" in step)


def test_a_step_that_changed_nothing_is_no_step(filled: Workspace, names: Names) -> None:
    state = filled.undo_state()
    filled.do("Edit", goals.edit_goal, names.goal, title="Every student reads")
    assert filled.undo_state() == state


def test_a_refused_verb_leaves_nothing_behind(filled: Workspace) -> None:
    before, state = factories.dump(filled), filled.undo_state()
    with pytest.raises(InvalidInput):
        filled.do("Add policy", policies.add_policy, "5145", "The same code")
    assert factories.dump(filled) == before
    assert filled.undo_state() == state


def _differences(before: factories.Rows, after: factories.Rows) -> frozenset[tuple[str, str]]:
    def key(row: object) -> str:
        return row if isinstance(row, str) else json.dumps([str(part) for part in row])  # type: ignore[attr-defined]

    return frozenset(
        (table, key(row))
        for table in before
        for row in before[table].keys() | after[table].keys()
        if before[table].get(row) != after[table].get(row)
    )
