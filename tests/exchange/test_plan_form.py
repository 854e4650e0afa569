"""`show`, as JSON and as lines: the whole plan, in the words of the import."""

from __future__ import annotations

import json
from typing import Any

import pytest

import factories
from factories import Names
from operations.test_importing import FOUND
from planstudio.domain.cards import PlanBook
from planstudio.domain.kinds import Relation, StatementKind
from planstudio.domain.recognised import Recognised, RecognisedItem, RecognisedStatement, as_form
from planstudio.exchange.plan_form import book_form
from planstudio.exchange.plan_text import book_lines
from planstudio.operations import plans, policies, statements
from planstudio.operations.importing import take_in
from planstudio.queries.plans import current_plan, plan_book
from planstudio.workspace import Workspace


def _book(workspace: Workspace, as_of: str = "") -> PlanBook:
    return workspace.ask(plan_book, workspace.ask(current_plan), factories.TODAY, as_of)


def _words(value: Any) -> str:
    """An element of either form as one text."""
    if isinstance(value, dict):
        return " ".join(filter(None, (value.get("title"), value.get("text"))))
    return str(value)


def test_the_form_of_an_imported_plan_is_that_of_the_document(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, FOUND)
    shown, found = book_form(_book(workspace)), as_form(FOUND)
    assert shown["mission"] == found["mission"]
    assert [_words(one) for one in shown["vision"]["items"]] == [_words(one) for one in found["vision"]["items"]]
    assert [one["heading"] for one in shown["statements"] if "heading" in one] == ["Equity"]
    for ours, theirs in zip(shown["goals"], found["goals"], strict=True):
        assert ours.get("label", "") == theirs.get("label", "")
        assert ours["title"] == theirs["title"]
        assert ours.get("description") == theirs.get("description")
        texts = [one["text"] for one in ours.get("strategies", [])]
        assert texts == [_words(one) for one in theirs.get("strategies", [])]
    assert [(one["number"], one["title"]) for one in shown["policy_index"]] == [
        ("1326", "Visitors"),
        ("1326.1", "Dogs"),
    ]
    (policy,) = shown["policies"]
    assert policy["sections"] == [{"heading": "Why"}]
    assert policy["legal_refs"] == ["Act 7", "Act 8"]


def test_the_form_can_be_read_back_and_has_an_id_for_everything(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    form = json.loads(json.dumps(book_form(_book(workspace))))
    goal = form["goals"][0]
    strategy = goal["strategies"][0]
    assert (form["plan_id"], goal["id"], strategy["id"]) == (names.plan, names.goal, names.strategy)
    assert (goal["number"], strategy["number"], strategy["milestones"][0]["id"]) == ("1", "1.1", names.milestone)
    assert strategy["progress"] == [
        {
            "id": names.update,
            "on": "2026-10-05",
            "status": "on track",
            "percent": 40,
            "author": "Ann",
            "done": "Two coaches hired",
            "next": "Train them",
        }
    ]
    assert goal["policies"] == [
        {
            "link_id": names.link,
            "policy_id": names.policy,
            "number": "5145",
            "title": "Student support",
            "relation": "supports",
        }
    ]
    (measure,) = goal["measures"]
    assert (measure["id"], measure["baseline"], measure["target"], measure["verdict"]) == (
        names.measure,
        58.5,
        80,
        "improved, not met",
    )
    assert measure["observations"] == [
        {"period_end": "2026-05-31", "value": 66.4, "count": 212},
        {"period_end": "2026-05-31", "value": 51, "student_group": "EL", "count": 34},
    ]
    (policy,) = form["policies"]
    assert policy["attached_to"] == [
        {"table": "goal", "id": names.goal, "name": "Every student reads", "relation": "supports"}
    ]
    assert (policy["owner"], policy["series"]) == ("Jordan Lee", "5000")


def test_markdown_stands_beside_the_words_where_it_says_more(workspace: Workspace) -> None:
    goal = factories.add_goal(workspace, statement="Every child **reads**")
    factories.add_strategy(workspace, goal, text="plain words")
    shown = book_form(_book(workspace))["goals"][0]
    assert shown["description"] == "Every child reads"
    assert shown["description_markdown"] == "Every child **reads**"
    assert "text_markdown" not in shown["strategies"][0]


def test_a_second_mission_and_vision_are_statements(workspace: Workspace, plan: str) -> None:
    two = tuple(
        RecognisedStatement(kind, f"{kind} {n}", f"Text of {kind} {n}")
        for n in (1, 2)
        for kind in (StatementKind.MISSION, StatementKind.VISION)
    )
    workspace.bring_in("Import", take_in, plan, Recognised(statements=two))
    form = book_form(_book(workspace))
    assert (form["mission"], form["vision"]["lead"]) == (["Text of mission 1"], "Text of vision 1")
    assert [(one["kind"], one["lead"]) for one in form["statements"]] == [
        ("mission", "Text of mission 2"),
        ("other", "Text of vision 2"),
    ]


def test_a_titled_entry_of_the_mission_keeps_its_title(workspace: Workspace) -> None:
    mission = factories.add_statement(workspace, "Mission", lead="We promise")
    workspace.do("Add", statements.add_item, mission, text="to teach")
    titled = factories.add(workspace, "statement_item", statements.add_item, mission, title="Care", text="to *know*")
    form = book_form(_book(workspace))
    assert form["mission"] == [
        "We promise",
        "to teach",
        {"id": titled, "title": "Care", "text": "to know", "markdown": "to *know*"},
    ]


def test_an_empty_plan_is_shown_without_empty_fields(workspace: Workspace) -> None:
    form = book_form(_book(workspace))
    assert form.pop("plan_id")
    assert form.pop("organization_id")
    assert form == {
        "organization": factories.DISTRICT,
        "plan_title": "Strategic Plan",
        "state": "draft",
        "goals": [],
        "series": [],
        "policy_index": [],
        "policies": [],
    }


def test_zero_is_a_figure_and_not_nothing(workspace: Workspace) -> None:
    from datetime import date

    from planstudio.operations.measures import record_observation

    goal = factories.add_goal(workspace)
    measure = factories.add_measure(workspace, goal, baseline=0.0, target=0.0, minimum_group=0)
    workspace.do("Record", record_observation, measure, date(2026, 6, 30), 0.0, count=0)
    shown = book_form(_book(workspace))["goals"][0]
    assert shown["percent"] == 0
    assert (shown["measures"][0]["baseline"], shown["measures"][0]["target"]) == (0, 0)
    assert shown["measures"][0]["observations"] == [{"period_end": "2026-06-30", "value": 0, "count": 0}]


# As lines.


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("lines")
    workspace = factories.create(folder / "Lines.planstudio", folder / "data")
    names: Names = factories.one_of_everything(workspace)
    workspace.do("Edit", plans.edit_plan, names.plan, slogan="All the way up")
    workspace.do("Edit", statements.edit_statement, names.statement, question="Who **are** we?")
    workspace.do("Attach", policies.attach_policy, names.policy, "statement", names.statement, Relation.GOVERNS)
    workspace.do("Attach", policies.attach_policy, names.policy, "strategy", names.other_strategy)
    made = list(book_lines(_book(workspace, "October 14, 2026")))
    workspace.close()
    return made


@pytest.mark.parametrize(
    "words",
    [
        factories.DISTRICT,
        "Strategic Plan",
        "All the way up",
        "As of October 14, 2026",
        "Core Values",
        "Who are we?",
        "We believe:",
        "  - Trust: We keep our word.",
        "Goal One  Every student reads  [Not started]",
        "1.1  Coach teachers The board reviews this policy",
        "On track · 40% · Jordan Lee · Jun 30, 2027",
        "1.2  Open the library on Saturdays",
        "◦ Grade 3 reading: 66.4%, target 80%, Improved, not met",
        "§ 5145 Student support (Governs)",
        "§ 5145 Student support (Supports)",
        "  5145  Student support",
    ],
)
def test_the_lines_say(words: str, lines: list[str]) -> None:
    assert words in "\n".join(lines)


def test_lines_fit_a_terminal(lines: list[str]) -> None:
    assert max(map(len, lines)) <= 110


def test_lines_of_hostile_words_stay_on_their_line(workspace: Workspace, plan: str) -> None:
    found = Recognised(
        statements=(RecognisedStatement(StatementKind.OTHER, "H\n\x1b[31m", items=(RecognisedItem("a\n# b\x07"),)),)
    )
    workspace.bring_in("Import", take_in, plan, found)
    text = "\n".join(book_lines(_book(workspace)))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "a # b" in text
