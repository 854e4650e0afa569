"""Hostile words are words: nothing is run, nothing is lost, and what is too long is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import factories
from factories import Names
from planstudio.domain.errors import InvalidInput
from planstudio.domain.recognised import Recognised, RecognisedGoal, RecognisedItem
from planstudio.operations import goals, people, plans, policies, statements
from planstudio.operations.importing import take_in
from planstudio.queries.goals import goal_card
from planstudio.queries.plans import organization_card, plan_book, plan_card, plan_outline
from planstudio.richtext import blocks, plain
from planstudio.workspace import Workspace

HOSTILE = {
    "image": '<img src="file:///etc/passwd">',
    "bold": "<b>bold</b> & <i>loud</i>",
    "script": "<script>alert('x')</script>",
    "paragraph markup": '<para><font color="red">x</font></para>',
    "markdown image": "![x](file:///etc/passwd)",
    "markdown link": "[click](javascript:alert(1))",
    "sql": "'; DROP TABLE goal; --",
    "format": "{0} {name} %s %(x)s \\N{DIGIT ONE}",
    "template": "${HOME} $(rm -rf /) `id`",
    "formula": "=HYPERLINK('x')",
    "nul": "be\x00fore",
    "bidi": "abc\u202egnp.exe",
    "surrogate": "half \ud83d",
}
_EDITS: dict[str, Callable[[Workspace, Names, str], Any]] = {
    "organization.name": lambda w, n, t: w.do("Edit", plans.edit_organization, n.organization, name=t),
    "plan.title": lambda w, n, t: w.do("Edit", plans.edit_plan, n.plan, title=t),
    "statement.lead": lambda w, n, t: w.do("Edit", statements.edit_statement, n.statement, lead=t),
    "statement_item.title": lambda w, n, t: w.do("Edit", statements.edit_item, n.item, title=t),
    "goal.title": lambda w, n, t: w.do("Edit", goals.edit_goal, n.goal, title=t),
    "strategy.text": lambda w, n, t: w.do("Edit", goals.edit_strategy, n.strategy, text=t),
    "policy_version.body": lambda w, n, t: w.do("Edit", policies.edit_policy_text, n.policy, body=t),
    "person.name": lambda w, n, t: w.do("Edit", people.edit_person, n.person, name=t),
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stand_as_typed_in_every_text(words: str, filled: Workspace, names: Names) -> None:
    kept = words.replace("\x00", "").replace("\u202e", "").replace("\ud83d", "").strip()
    for place, edit in _EDITS.items():
        edit(filled, names, words)
        table, field = place.split(".")
        assert kept in [row[field] for row in factories.dump(filled)[table].values()], place
    assert filled.ask(goal_card, names.goal).title == kept
    assert filled.ask(plan_outline, names.plan).goals[0].name == kept
    assert filled.find(kept.split()[0]) is not None
    assert len(factories.dump(filled)["goal"]) == 2


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_of_a_document_read_as_they_were_printed(words: str, workspace: Workspace, plan: str) -> None:
    found = Recognised(goals=(RecognisedGoal("", "Goal", words, (RecognisedItem(words),)),))
    workspace.bring_in("Import", take_in, plan, found)
    (goal,) = workspace.ask(plan_book, plan, factories.TODAY).goals
    kept = " ".join(words.replace("\x00", "").replace("\u202e", "").replace("\ud83d", "").split())
    assert plain(goal.statement) == kept
    assert plain(goal.strategies[0].text) == kept
    assert not [s for b in blocks(goal.statement) for s in getattr(b, "spans", ()) if s.link or s.bold]


@pytest.mark.parametrize(
    "cell", [cell for cell in _EDITS if cell not in ("statement.lead", "strategy.text", "policy_version.body")]
)
def test_a_megabyte_in_a_title_is_refused_and_the_title_stays(cell: str, filled: Workspace, names: Names) -> None:
    before = factories.dump(filled)
    with pytest.raises(InvalidInput, match="room for 1,000 characters") as refused:
        _EDITS[cell](filled, names, "x" * 2**20)
    assert refused.value.field == cell.split(".")[1]
    assert factories.dump(filled) == before


def test_a_megabyte_in_a_text_is_kept(filled: Workspace, names: Names) -> None:
    text = "All work. " * 104_858
    filled.do("Edit", policies.edit_policy_text, names.policy, body=text)
    filled.undo()
    filled.redo()
    assert factories.dump(filled)["policy_version"].popitem()[1]["body"] == text.strip()


def test_a_field_that_is_not_there_is_a_bug_and_changes_nothing(filled: Workspace, names: Names) -> None:
    with pytest.raises(TypeError, match="no column"):
        filled.do("Edit", goals.edit_goal, names.goal, id_="x", titel="y")
    assert filled.ask(goal_card, names.goal).title == "Every student reads"


def test_the_district_and_the_plan_show_what_was_typed(filled: Workspace, names: Names) -> None:
    filled.do("Edit", plans.edit_organization, names.organization, name="<b>&amp;", motto="a\x00b")
    card = filled.ask(organization_card)
    assert (card.name, card.motto) == ("<b>&amp;", "ab")
    assert filled.ask(plan_card, names.plan).title == "Strategic Plan"
