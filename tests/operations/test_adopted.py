"""Words that the board adopted are guarded where they are stored, not on a page alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

import factories
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import PolicyState, StatementKind
from planstudio.domain.replacing import Wanted
from planstudio.operations import policies, statements
from planstudio.operations.replacing import replace_words
from planstudio.queries.policies import policy_card
from planstudio.queries.replacing import adopted_places, places, texts_of
from planstudio.queries.statements import statement_card
from planstudio.store.schema import PolicyVersion
from planstudio.workspace import Workspace


@pytest.fixture
def mission(workspace: Workspace, plan: str) -> str:
    made = factories.add(workspace, "statement", statements.add_statement, plan, StatementKind.VALUES, body="Teh tide.")
    factories.add(workspace, "statement_item", statements.add_item, made, title="Care", text="We wait for teh wind.")
    workspace.do("Adopt", statements.edit_statement, made, adopted_on=date(2021, 6, 14))
    return made


@pytest.fixture
def policy(workspace: Workspace, plan: str) -> str:
    made = factories.add_policy(
        workspace, "5110", "Attendance", body="On the third absence.", adopted=date(2021, 6, 14)
    )
    workspace.do("Adopt", policies.edit_policy, made, state=PolicyState.ADOPTED)
    return made


def test_every_way_to_an_adopted_statement_is_closed(workspace: Workspace, mission: str) -> None:
    card = workspace.ask(statement_card, mission)
    item = card.items[0].id
    ways: list[tuple[Callable[..., object], tuple[object, ...], dict[str, object]]] = [
        *((statements.edit_statement, (mission,), {name: "x"}) for name in ("heading", "question", "lead", "body")),
        *((statements.edit_item, (item,), {name: "x"}) for name in ("title", "text", "evidence")),
        (statements.edit_statement, (mission,), {"kind": StatementKind.BELIEFS}),
        (statements.add_item, (mission,), {"title": "x"}),
        (statements.delete_item, (item,), {}),
        (statements.move_item, (item, 0), {}),
        (statements.delete_statement, (mission,), {}),
    ]
    for operation, args, values in ways:
        with pytest.raises(InvalidInput, match="June 14, 2021"):
            workspace.do("Edit", operation, *args, **values)
    assert workspace.ask(statement_card, mission) == card


def test_new_words_come_with_their_own_day_or_without_one(workspace: Workspace, mission: str) -> None:
    workspace.do("Adopt anew", statements.edit_statement, mission, body="The tide.", adopted_on=date(2026, 6, 1))
    workspace.do("Take the date off", statements.edit_statement, mission, adopted_on=None)
    workspace.do("Edit", statements.edit_statement, mission, body="The ebb.")
    card = workspace.ask(statement_card, mission)
    assert (card.body, card.adopted_on) == ("The ebb.", None)


def test_what_has_a_day_and_no_words_yet_can_be_written(workspace: Workspace, plan: str) -> None:
    made = factories.add(workspace, "statement", statements.add_statement, plan, StatementKind.MISSION)
    workspace.do("Adopt", statements.edit_statement, made, adopted_on=date(2021, 6, 14))
    workspace.do("Edit", statements.edit_statement, made, body="We")
    workspace.do("Edit", statements.edit_statement, made, filling=True, body="We sail.")
    assert workspace.ask(statement_card, made).body == "We sail."


@pytest.mark.parametrize("state", [PolicyState.ADOPTED, PolicyState.UNDER_REVIEW, PolicyState.REPEALED])
def test_an_adopted_policy_is_repealed_and_not_deleted(workspace: Workspace, policy: str, state: PolicyState) -> None:
    workspace.do("State", policies.edit_policy, policy, state=state)
    with pytest.raises(InvalidInput, match="repeal it"):
        workspace.do("Delete", policies.delete_policy, policy)
    workspace.do("State", policies.edit_policy, policy, state=PolicyState.DRAFT)
    workspace.do("Delete", policies.delete_policy, policy)


@pytest.mark.parametrize("state", [PolicyState.ADOPTED, PolicyState.UNDER_REVIEW, PolicyState.REPEALED])
def test_an_adopted_policy_keeps_its_words(workspace: Workspace, policy: str, state: PolicyState) -> None:
    workspace.do("State", policies.edit_policy, policy, state=state)
    for operation, values in ((policies.edit_policy_text, {"body": "x"}), (policies.edit_policy, {"title": "x"})):
        with pytest.raises(InvalidInput, match="These words were adopted"):
            workspace.do("Edit", operation, policy, **values)
    workspace.do("Review", policies.edit_policy, policy, review_months=24)
    workspace.do("Review", policies.edit_policy_text, policy, reviewed=date(2026, 1, 1))
    card = workspace.ask(policy_card, policy)
    assert (card.body, card.title, card.review_months) == ("On the third absence.", "Attendance", 24)


def test_a_new_version_begins_with_the_words_and_leaves_the_adopted_one(workspace: Workspace, policy: str) -> None:
    workspace.do("New version", policies.begin_version, policy)
    workspace.do("Edit", policies.edit_policy_text, policy, body="On the second absence.")
    card = workspace.ask(policy_card, policy)
    assert (card.state, card.body, card.adopted) == (PolicyState.DRAFT, "On the second absence.", None)

    def versions(session: Session) -> list[tuple[str, date | None]]:
        return [(one.body, one.adopted) for one in session.query(PolicyVersion).order_by(PolicyVersion.id)]

    assert workspace.ask(versions) == [
        ("On the third absence.", date(2021, 6, 14)),
        ("On the second absence.", None),
    ]


def test_replacing_and_spelling_leave_adopted_words(workspace: Workspace, plan: str, mission: str) -> None:
    draft = factories.add(workspace, "statement", statements.add_statement, plan, StatementKind.OTHER, body="Teh end.")
    wanted = Wanted("teh")
    assert [place.row_id for place in workspace.ask(places, plan, wanted)] == [draft]
    assert workspace.ask(adopted_places, plan, wanted) == 2
    assert not any("tide" in text for text in workspace.ask(texts_of, plan))
    workspace.do("Take the date off", statements.edit_statement, mission, adopted_on=None)
    found = workspace.ask(places, plan, wanted)
    workspace.do("Adopt", statements.edit_statement, mission, adopted_on=date(2021, 6, 14))
    with pytest.raises(InvalidInput, match="June 14, 2021"):
        workspace.do("Replace", replace_words, found, wanted, "the")
