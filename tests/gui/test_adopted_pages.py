"""Adopted words on their pages, and the words over a plan's goals on the overview."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QTest

from planstudio.domain.kinds import PolicyState, StatementKind
from planstudio.domain.places import OVERVIEW, Place
from planstudio.domain.recognised import GOALS_FIELDS
from planstudio.domain.replacing import Wanted
from planstudio.gui.pages.overview_page import OverviewPage
from planstudio.gui.pages.policy_page import PolicyPage
from planstudio.gui.pages.statement_page import StatementPage
from planstudio.gui.window import Window
from planstudio.operations.drafts import draft_from
from planstudio.operations.policies import add_policy, edit_policy
from planstudio.operations.statements import add_item, add_statement, edit_statement
from planstudio.queries.plans import all_plans, plan_card, plan_outline
from planstudio.queries.policies import all_policies, policy_card
from planstudio.queries.replacing import places
from planstudio.queries.statements import statement_card


def page(window: Window, kind: type):  # type: ignore[no-untyped-def]
    found = window.plan.view.stack.currentWidget()
    assert isinstance(found, kind)
    return found


@pytest.fixture
def adopted(window: Window) -> str:
    desk = window.plan.desk
    before = {row.id for row in desk.ask(plan_outline, desk.plan_id).statements}
    desk.do("Add", add_statement, desk.plan_id, StatementKind.VALUES, "Tides", body="The tide comes.")
    made = next(row.id for row in desk.ask(plan_outline, desk.plan_id).statements if row.id not in before)
    desk.do("Add", add_item, made, title="Care")
    desk.do("Adopt", edit_statement, made, adopted_on=date(2021, 6, 14))
    return made


def test_an_adopted_statement_is_closed_until_its_day_is_taken_off(window: Window, adopted: str) -> None:
    window.go(Place("statement", adopted))
    shown = page(window, StatementPage)
    assert "June 14, 2021" in shown.notice.words.text()
    entry = shown.items.rows[0]
    for field in (shown.heading, shown.question, shown.body.field, entry.title, entry.text.field):
        field.setFocus()
        QTest.keyClicks(field, "x")
    assert window.plan.desk.ask(statement_card, adopted).body == "The tide comes."
    assert not shown.add.isVisible()
    shown.notice.verb.click()
    assert not shown.notice.isVisible()
    assert window.plan.desk.ask(statement_card, adopted).adopted_on is None
    shown.body.field.setFocus()
    QTest.keyClicks(shown.body.field, "x")
    shown.body.field.commit()
    assert window.plan.desk.ask(statement_card, adopted).body == "xThe tide comes."


def test_an_adopted_policy_is_closed_until_a_new_version_is_begun(window: Window) -> None:
    desk = window.plan.desk
    known = {one.id for one in desk.ask(all_policies)}
    desk.do("Add", add_policy, "9999", "Gulls", body="On the third gull.", adopted=date(2021, 6, 14))
    policy = next(one.id for one in desk.ask(all_policies) if one.id not in known)
    desk.do("Adopt", edit_policy, policy, state=PolicyState.ADOPTED)
    window.go(Place("policy", policy))
    shown = page(window, PolicyPage)
    assert shown.notice.words.text().startswith("These words were adopted.")
    shown.body.field.setFocus()
    QTest.keyClicks(shown.body.field, "x")
    shown.body.field.commit()
    assert desk.ask(policy_card, policy).body == "On the third gull."
    shown.notice.verb.click()
    assert shown.state.value() is PolicyState.DRAFT
    QTest.keyClicks(shown.body.field, "x")
    shown.body.field.commit()
    assert desk.ask(policy_card, policy).body == "xOn the third gull."
    desk.undo()
    desk.undo()
    assert desk.ask(policy_card, policy).state is PolicyState.ADOPTED
    assert shown.notice.isVisible()


def test_the_text_of_an_adopted_policy_without_one_is_written_to_its_end(window: Window) -> None:
    desk = window.plan.desk
    known = {one.id for one in desk.ask(all_policies)}
    desk.do("Add", add_policy, "9998", "Terns")
    policy = next(one.id for one in desk.ask(all_policies) if one.id not in known)
    desk.do("Adopt", edit_policy, policy, state=PolicyState.ADOPTED)
    window.go(Place("policy", policy))
    shown = page(window, PolicyPage)
    shown.body.field.setFocus()
    for words in ("A tern ", "is seen."):
        QTest.keyClicks(shown.body.field, words)
        shown.body.field.commit()
    assert desk.ask(policy_card, policy).body == "A tern is seen."


def test_the_words_over_the_goals_are_written_where_they_stand(window: Window) -> None:
    desk = window.plan.desk
    window.go(OVERVIEW)
    head = page(window, OverviewPage).goals
    assert not head.question.isVisible()
    head.more.click()
    for n, name in enumerate(GOALS_FIELDS):
        field = head.fields[name]
        inner = getattr(field, "field", field)
        inner.setFocus()
        QTest.keyClicks(inner, f"Harbor {n}")
        inner.commit()
    card = desk.ask(plan_card, desk.plan_id)
    assert [getattr(card, name) for name in GOALS_FIELDS] == [f"Harbor {n}" for n in range(5)]
    assert {place.column for place in desk.ask(places, desk.plan_id, Wanted("Harbor"))} >= set(GOALS_FIELDS)
    assert ("plan", desk.plan_id) in {(hit.table, hit.id) for hit in desk.workspace.find("Harbor", desk.plan_id)}
    desk.do("Draft", draft_from, desk.plan_id, "Next plan")
    draft = next(one for one in desk.ask(all_plans) if one.title == "Next plan")
    assert [getattr(draft, name) for name in GOALS_FIELDS] == [f"Harbor {n}" for n in range(5)]
    desk.undo()
    desk.undo()
    assert desk.ask(plan_card, desk.plan_id).strategies_question == ""
