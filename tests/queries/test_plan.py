"""Answers for a plan that is known."""

from __future__ import annotations

from datetime import date

import pytest

import factories
from factories import Names
from planstudio.domain.errors import NotFound
from planstudio.domain.kinds import Relation, StatementKind, Status
from planstudio.operations import goals, plans, policies, statements
from planstudio.queries import search
from planstudio.queries.goals import goal_card, goals_of_plan, strategy_card
from planstudio.queries.plans import current_plan, has_plan, plan_book, plan_outline
from planstudio.workspace import Workspace


def test_goals_and_strategies_are_numbered_by_their_place(workspace: Workspace, plan: str) -> None:
    ids = [factories.add_goal(workspace, title) for title in ("one", "two", "three")]
    deep = factories.add_strategy(workspace, ids[1], "a")
    factories.add_strategy(workspace, ids[1], "b")
    workspace.do("Move", goals.move_goal, ids[1], 0)
    numbers = [(goal.number, [one.number for one in goal.strategies]) for goal in workspace.ask(goals_of_plan, plan)]
    assert numbers == [("1", ["1.1", "1.2"]), ("2", []), ("3", [])]
    assert workspace.ask(strategy_card, deep).number == "1.1"
    workspace.do("Delete", goals.delete_goal, ids[1])
    assert workspace.ask(goal_card, ids[2]).number == "2"


def test_the_outline_is_the_book_without_figures(known: tuple[Workspace, Names]) -> None:
    workspace, names = known
    outline = workspace.ask(plan_outline, names.plan)
    book = workspace.ask(plan_book, names.plan, factories.TODAY)
    assert [row.id for row in outline.statements] == [statement.id for statement in book.statements]
    assert [row.count for row in outline.statements] == [len(statement.items) for statement in book.statements]
    assert [(row.id, row.name, row.status) for row in outline.goals] == [(g.id, g.name, g.status) for g in book.goals]
    for row, goal in zip(outline.goals, book.goals, strict=True):
        shown = [(below.id, below.status, below.updated_on) for below in row.children]
        assert shown == [(one.id, one.status, one.updated_on) for one in goal.strategies]
    assert (outline.organization, outline.plan) == (book.organization.name, book.plan)
    assert outline.policies == len(book.policies)


def test_the_outline_names_an_untitled_row_by_its_words(workspace: Workspace, plan: str) -> None:
    goal = factories.add_goal(workspace, "", statement="Every **child** reads \\& writes")
    factories.add_strategy(workspace, goal, "", text="Career \\& Technical\n\n- *second*")
    label_only = factories.add_goal(workspace, "", label="Goal Two")
    one, two = workspace.ask(plan_outline, plan).goals
    assert one.name == "Every child reads & writes"
    assert one.children[0].name == "Career & Technical second"
    assert (two.id, two.name) == (label_only, "Goal Two")


def test_the_book_knows_which_policies_are_attached(known: tuple[Workspace, Names]) -> None:
    workspace, names = known
    book = workspace.ask(plan_book, names.plan, factories.TODAY, "October 14, 2026")
    assert [policy.id for policy in book.attached] == [names.policy]
    assert book.as_of == "October 14, 2026"
    assert [one.title for one in book.strategies()] == ["Coach teachers", "Open the library on Saturdays"]


def test_an_element_is_named_by_its_words_where_it_has_no_title(workspace: Workspace, plan: str) -> None:
    from planstudio.queries.policies import policy_card

    policy = factories.add_policy(workspace)
    values = factories.add_statement(workspace, "", kind=StatementKind.VALUES)
    item = factories.add(workspace, "statement_item", statements.add_item, values, text="We **keep** our word \\& ours")
    workspace.do("Attach", policies.attach_policy, policy, "statement_item", item, Relation.GOVERNS)
    (use,) = workspace.ask(policy_card, policy).uses
    assert use.name == "We keep our word & ours"


def test_a_plan_as_it_stood_is_answered_by_the_same_questions(workspace: Workspace, plan: str) -> None:
    goal = factories.add_goal(workspace, "Before")
    rows = workspace.ask(plan_book, plan, factories.TODAY)
    moment = workspace.clock.now()
    assert workspace.ask_as_of(moment, plan_book, plan, factories.TODAY) == rows
    workspace.do("Rename", goals.edit_goal, goal, title="After")
    early = moment.replace(year=2000)
    assert not workspace.ask_as_of(early, has_plan)
    with pytest.raises(NotFound, match="holds no plan"):
        workspace.ask_as_of(early, current_plan)


def test_the_first_plan_is_the_one_that_is_shown(workspace: Workspace, plan: str) -> None:
    workspace.do("New plan", plans.create_plan, "", "Second")
    assert workspace.ask(current_plan) == plan
    workspace.do("Delete", plans.delete_plan, plan)
    assert workspace.ask(current_plan) != plan


def test_a_status_word_of_nobody_is_not_started(workspace: Workspace) -> None:
    goal = factories.add_goal(workspace)
    card = workspace.ask(goal_card, goal)
    assert (card.status, card.percent, card.updated_on) == (Status.NOT_STARTED, 0, None)


# Find.


@pytest.mark.parametrize(
    ("words", "table", "page"),
    [
        ("keep our word", "statement_item", "statement"),
        ("hire two", "milestone", "strategy"),
        ("coaches hired", "progress_update", "strategy"),
        ("superintendent's report", "policy_version", "policy"),
        ("belongs", "goal", "goal"),
        ("student supp", "policy", "policy"),
    ],
)
def test_a_hit_leads_to_the_page_that_shows_it(
    words: str, table: str, page: str, known: tuple[Workspace, Names]
) -> None:
    hits = [hit for hit in known[0].find(words) if hit.table == table]
    assert hits, words
    assert hits[0].page[0] == page
    assert hits[0].title


@pytest.mark.parametrize("words", ["", "  ", '"', "*", "NEAR(", "a AND", "title:x", "-", "\x00", "''", "😀", "(" * 500])
def test_any_words_can_be_looked_for(words: str, known: tuple[Workspace, Names]) -> None:
    assert isinstance(known[0].find(words), tuple)


def test_what_was_deleted_has_no_page(known: tuple[Workspace, Names]) -> None:
    assert known[0].ask(search.page_of, "milestone", "gone") is None


def test_what_is_found_follows_the_edit(workspace: Workspace) -> None:
    goal = factories.add_goal(workspace, "Everybody swims")
    assert [hit.id for hit in workspace.find("swims")] == [goal]
    workspace.do("Rename", goals.edit_goal, goal, title="Everybody dives", deadline=date(2027, 1, 1))
    assert workspace.find("swims") == ()
    workspace.undo()
    assert [hit.id for hit in workspace.find("swim")] == [goal]
