"""The policy manual and what its policies are attached to."""

from __future__ import annotations

from datetime import date

import pytest

import factories
from factories import Names
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import Relation
from planstudio.domain.nouns import NOUNS
from planstudio.operations import policies
from planstudio.queries.goals import goal_card
from planstudio.queries.measures import measure_card
from planstudio.queries.policies import all_policies, policy_card
from planstudio.queries.statements import statement_card
from planstudio.workspace import Workspace


@pytest.mark.parametrize("target", NOUNS["policy_link"].inside[1:])
def test_a_policy_is_seen_from_both_ends(target: str, filled: Workspace, names: Names) -> None:
    ids = {"statement_item": names.item}
    ident = ids.get(target) or str(getattr(names, target))
    policy = factories.add_policy(filled, "1326", "Visitors", adopted=date(2019, 5, 8))
    filled.do("Attach", policies.attach_policy, policy, target, ident, Relation.REQUIRES, "at the door")
    (use,) = filled.ask(policy_card, policy).uses
    assert (use.table, use.row_id, use.relation, use.note) == (target, ident, Relation.REQUIRES, "at the door")
    assert use.name
    statement = filled.ask(statement_card, names.statement)
    goal = filled.ask(goal_card, names.goal)
    seen = {
        "statement": statement.policies,
        "statement_item": statement.items[0].policies,
        "goal": goal.policies,
        "strategy": goal.strategies[0].policies,
        "measure": filled.ask(measure_card, names.measure).policies,
    }[target]
    ref = seen[-1]
    assert (ref.code, ref.title, ref.relation, ref.adopted) == ("1326", "Visitors", Relation.REQUIRES, date(2019, 5, 8))


def test_attached_policies_stand_in_the_order_in_which_they_were_attached(workspace: Workspace) -> None:
    one, two = factories.add_goal(workspace, "one"), factories.add_goal(workspace, "two")
    first, second = factories.add_policy(workspace, "9000"), factories.add_policy(workspace, "1000")
    workspace.do("Attach", policies.attach_policy, first, "goal", one)
    workspace.do("Attach", policies.attach_policy, first, "goal", two)  # the second link of this policy
    workspace.do("Attach", policies.attach_policy, second, "goal", two)
    assert [ref.code for ref in workspace.ask(goal_card, two).policies] == ["9000", "1000"]


def test_the_same_relation_is_not_attached_twice(filled: Workspace, names: Names) -> None:
    with pytest.raises(InvalidInput, match="5145 is attached here already"):
        filled.do("Attach", policies.attach_policy, names.policy, "goal", names.goal)
    filled.do("Attach", policies.attach_policy, names.policy, "goal", names.goal, Relation.GOVERNS)
    assert len(filled.ask(goal_card, names.goal).policies) == 2


def test_a_policy_that_is_gone_is_not_attached(filled: Workspace, names: Names) -> None:
    filled.do("Delete", policies.delete_policy, names.policy)
    with pytest.raises(NotFound, match="Policy"):
        filled.do("Attach", policies.attach_policy, names.policy, "goal", names.goal)
    assert filled.ask(goal_card, names.goal).policies == ()


@pytest.mark.parametrize("code", ["", "  ", "\x00"])
def test_a_policy_needs_a_code(workspace: Workspace, code: str) -> None:
    with pytest.raises(InvalidInput, match="needs a code"):
        workspace.do("Add", policies.add_policy, code, "Visitors")


def test_a_code_belongs_to_one_policy(filled: Workspace, names: Names) -> None:
    other = factories.add_policy(filled, "1326")
    with pytest.raises(InvalidInput, match="5145 is the code of “Student support” already") as refused:
        filled.do("Edit", policies.edit_policy, other, code=" 5145 ")
    assert refused.value.field == "code"
    filled.do("Edit", policies.edit_policy, names.policy, code="5145", title="Support")


def test_a_policy_without_a_text_gets_one_when_it_is_written(workspace: Workspace) -> None:
    from planstudio.operations.loading import load

    workspace.do("Load", load, {"policies": [{"code": "1326", "title": "Visitors"}]})
    (policy,) = workspace.ask(all_policies)
    workspace.do("Write", policies.edit_policy_text, policy.id, body="## Why", adopted=date(2026, 1, 2))
    card = workspace.ask(policy_card, policy.id)
    assert (card.body, card.adopted) == ("## Why", date(2026, 1, 2))


def test_only_the_newest_text_is_changed_and_shown(workspace: Workspace) -> None:
    from planstudio.operations.loading import load

    texts = [{"body": "old", "adopted": "2011-01-01"}, {"body": "new", "adopted": "2021-01-01"}]
    workspace.do("Load", load, {"policies": [{"code": "1326", "title": "Visitors", "versions": texts}]})
    (policy,) = workspace.ask(all_policies)
    assert policy.body == "new"
    workspace.do("Write", policies.edit_policy_text, policy.id, body="newer")
    bodies = [row["body"] for row in factories.dump(workspace)["policy_version"].values()]
    assert sorted(bodies) == ["newer", "old"]


def test_a_policy_goes_with_links_that_are_pinned_to_one_of_its_texts(filled: Workspace, names: Names) -> None:
    version = filled.ask(policy_card, names.policy).version_id
    filled.do("Pin", policies.edit_link, names.link, version_id=version)
    before = factories.dump(filled)
    filled.do("Delete", policies.delete_policy, names.policy)
    assert filled.ask(goal_card, names.goal).policies == ()
    filled.undo()
    assert factories.dump(filled) == before


def test_a_series_that_goes_leaves_its_policies(filled: Workspace, names: Names) -> None:
    filled.do("Delete", policies.delete_series, names.series)
    assert filled.ask(policy_card, names.policy).series is None


def test_a_series_needs_a_number_or_a_title(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="number or a title"):
        workspace.do("Add", policies.add_series, " ", "")
    workspace.do("Add", policies.add_series, "", "Students")


def test_policies_are_filed_in_the_order_of_their_codes(workspace: Workspace) -> None:
    for code in ("11000", "1326.10", "BE", "1326.2", "1326", "AC-R"):
        factories.add_policy(workspace, code, code)
    assert [card.code for card in workspace.ask(all_policies)] == ["1326", "1326.2", "1326.10", "11000", "AC-R", "BE"]
