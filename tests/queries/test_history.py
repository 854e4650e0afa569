"""Who changed what and when, in the words of the screen."""

from __future__ import annotations

import pytest

import factories
from factories import Names
from planstudio.operations import goals, policies, statements
from planstudio.queries.history import element_history, plan_history, step_count, step_details
from planstudio.workspace import Workspace


def test_the_newest_step_stands_first_with_its_author_and_words(workspace: Workspace) -> None:
    goal = factories.add_goal(workspace)
    workspace.author = "Bea"
    workspace.do("Rename “Every student reads”", goals.edit_goal, goal, title="All read")
    workspace.undo()
    workspace.redo()
    lines = workspace.ask(plan_history)
    assert [(line.label, line.author, line.kind) for line in lines] == [
        ("Redid “Rename “Every student reads””", "Bea", "redo"),
        ("Undid “Rename “Every student reads””", "Bea", "undo"),
        ("Rename “Every student reads”", "Bea", "edit"),
        ("Add goal", "Ann", "edit"),
        ("New plan", "Ann", "edit"),
    ]
    assert {line.at for line in lines} == {workspace.clock.now()}
    assert workspace.ask(step_count) == 5


def test_history_is_read_page_by_page(workspace: Workspace) -> None:
    for n in range(5):
        factories.add_goal(workspace, str(n))
    first = workspace.ask(plan_history, 2)
    second = workspace.ask(plan_history, 10, first[-1].seq)
    assert [line.seq for line in (*first, *second)] == [6, 5, 4, 3, 2, 1]


def test_an_element_has_the_history_of_what_stands_in_it(known: tuple[Workspace, Names]) -> None:
    workspace, names = known
    labels = [line.label for line in workspace.ask(element_history, "goal", names.goal)]
    assert labels == [
        "Add comment",
        "Add attachment",
        "Add policy_link",
        "Add progress_update",
        "Add measure",
        "Add milestone",
        "Add strategy",
        "Add strategy",
        "Add goal",
    ]
    assert [line.label for line in workspace.ask(element_history, "goal", names.other_goal)] == ["Add goal"]
    assert workspace.ask(element_history, "goal", "gone") == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("All read", "Everybody *reads*", ("All read", "Everybody reads")),
        ("All read", "", ("All read", "")),
    ],
)
def test_a_changed_cell_is_told_before_and_after(
    workspace: Workspace, before: str, after: str, said: tuple[str, str]
) -> None:
    goal = factories.add_goal(workspace, before, label="Goal One")
    workspace.do("Rename", goals.edit_goal, goal, title=after)
    (detail,) = workspace.ask(step_details, workspace.ask(plan_history)[0].seq)
    assert (detail.field, detail.before, detail.after) == ("Title", *said)
    assert detail.element.startswith("Goal “")


def test_what_came_what_went_and_what_moved_is_told(workspace: Workspace) -> None:
    one = factories.add_goal(workspace, "one")
    factories.add_goal(workspace, "two")
    workspace.do("Move", goals.move_goal, one, 1)
    workspace.do("Delete", goals.delete_goal, one)

    def told(seq: int) -> list[tuple[str, str, str, str]]:
        return [(d.element, d.field, d.before, d.after) for d in workspace.ask(step_details, seq)]

    assert told(2) == [("Goal", "", "", "one")]
    assert told(4) == [("Goal", "Place", "", "moved")]
    assert told(5) == [("Goal", "", "one", "")]


def test_a_long_text_is_told_by_the_part_that_changed(workspace: Workspace) -> None:
    policy = factories.add_policy(workspace, body=factories.LONG_TEXT)
    changed = factories.LONG_TEXT.replace("each year", "every second year", 1)
    workspace.do("Edit", policies.edit_policy_text, policy, body=changed)
    (detail,) = workspace.ask(step_details, workspace.ask(plan_history)[0].seq)
    assert detail.field == "Text"
    assert len(detail.after) <= 400
    assert "very second" in detail.after


def test_a_figure_has_no_name_of_its_own(known: tuple[Workspace, Names]) -> None:
    workspace, _names = known
    seq = next(line.seq for line in workspace.ask(plan_history) if line.label == "Record figure")
    (detail,) = workspace.ask(step_details, seq)
    assert (detail.element, detail.after) == ("Figure", "Figure")


def test_moving_an_entry_touches_its_statement_s_history(workspace: Workspace) -> None:
    values = factories.add_statement(workspace)
    rows = [factories.add(workspace, "statement_item", statements.add_item, values, title=t) for t in "ab"]
    workspace.do("Move", statements.move_item, rows[1], 0)
    assert workspace.ask(element_history, "statement", values)[0].label == "Move"
