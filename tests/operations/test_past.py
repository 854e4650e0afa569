"""An element brought back: its words as they were, its place as it is."""

from __future__ import annotations

import pytest

from factories import add_goal, add_strategy
from planstudio.operations import goals
from planstudio.operations.past import restore_element
from planstudio.queries.export import whole_file
from planstudio.queries.goals import strategy_card
from planstudio.queries.history import last_step
from planstudio.queries.plans import plan_outline
from planstudio.workspace import Workspace


@pytest.mark.parametrize("former_parent_deleted", [False, True])
def test_what_was_moved_gets_its_words_back_and_stays_where_it_is(
    workspace: Workspace, plan: str, former_parent_deleted: bool
) -> None:
    before, after = add_goal(workspace, "A"), add_goal(workspace, "B")
    strategy = add_strategy(workspace, before, "S", text="as it was")
    step = workspace.ask(last_step)
    workspace.do("Move", goals.move_strategy, strategy, 0, after)
    workspace.do("Edit", goals.edit_strategy, strategy, text="as it is")
    if former_parent_deleted:
        workspace.do("Delete", goals.delete_goal, before)
    workspace.do("Restore", restore_element, workspace.ask_at(step, whole_file), "strategy", strategy)
    assert workspace.ask(strategy_card, strategy).text == "as it was"
    outline = workspace.ask(plan_outline, plan)
    assert {goal.name: [one.id for one in goal.children] for goal in outline.goals}["B"] == [strategy]
