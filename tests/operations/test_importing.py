"""What was recognised, taken into a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories
from planstudio.domain.cards import PlanBook
from planstudio.domain.import_matching import Wish, compare, differing, measure_words
from planstudio.domain.kinds import PolicyState, StatementKind
from planstudio.domain.recognised import (
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedLine,
    RecognisedPolicy,
    RecognisedSeries,
    RecognisedStatement,
)
from planstudio.operations.importing import take_in
from planstudio.operations.loading import load
from planstudio.operations.statements import edit_statement
from planstudio.queries.intake import held
from planstudio.queries.plans import plan_book
from planstudio.queries.policies import all_policies
from planstudio.richtext import plain
from planstudio.workspace import Workspace

FOUND = Recognised(
    organization="Otter Creek School District",
    plan_title="Upstream 2030",
    slogan="All the way up",
    statements=(
        RecognisedStatement(StatementKind.MISSION, "Mission", "We teach every child to swim.", "Why we exist"),
        RecognisedStatement(
            StatementKind.VISION,
            "Our *Vision*",
            "In 2030",
            items=(
                RecognisedItem("They choose books.", "Readers", "Nine of ten"),
                RecognisedItem("# 1 in the state & <b>proud</b>", "Swimmers"),
            ),
            paragraphs=("In 2030", "1. there will be"),
        ),
        RecognisedStatement(StatementKind.OTHER, "", "A text without a heading."),
        RecognisedStatement(StatementKind.EQUITY, ""),
    ),
    goals=(
        RecognisedGoal(
            "Goal One",
            "Every child reads",
            "by grade 3 [sic]",
            (RecognisedItem("Buy books"), RecognisedItem("Read them - aloud", "Aloud")),
            (RecognisedItem("Books read"), RecognisedItem("A long measure. " * 80)),
            "High Priority",
        ),
        RecognisedGoal("", "Every child swims"),
    ),
    series=(RecognisedSeries("1000", "Community"), RecognisedSeries("B", "Board")),
    policy_index=(RecognisedPolicy("1326", "Visitors"), RecognisedPolicy("1326.1", "Dogs")),
    policies=(
        RecognisedPolicy(
            "1326",
            "Visitors",
            "## Why\n\nSafety & care.",
            ("Why",),
            "2019-05",
            ("2021-01-02", "2023-06"),
            ("2020-01-01", "2022-02-02"),
            ("Act 7", "Act 8"),
            ("1327",),
        ),
    ),
)


def _book(workspace: Workspace, plan: str) -> PlanBook:
    return workspace.ask(plan_book, plan, factories.TODAY)


def _texts(book: PlanBook) -> list[str]:
    """Every text of the plan as words, in the order of the page."""
    made = [book.organization.name, book.plan.title, book.plan.slogan]
    for statement in book.statements:
        made += [statement.heading, statement.question, plain(statement.lead), plain(statement.body)]
        for item in statement.items:
            made += [item.title, plain(item.text), plain(item.evidence)]
    for goal in book.goals:
        made += [goal.label, goal.title, plain(goal.statement)]
        for one in goal.strategies:
            made += [one.title, plain(one.text), one.priority]
        made += [plain(measure.definition) or measure.name for measure in goal.measures]
    return [text for text in made if text]


def _found(found: Recognised) -> list[str]:
    made = [found.organization, found.plan_title, found.slogan]
    for statement in found.statements:
        made += [statement.heading, statement.question, " ".join(statement.paragraphs) or statement.lead]
        for item in statement.items:
            made += [item.title, item.text, item.evidence]
    for goal in found.goals:
        made += [goal.label, goal.title, goal.description]
        for item in goal.strategies:
            made += [item.title, item.whole, goal.priority]
        made += [measure_words(measure) for measure in goal.measures]
    return [" ".join(text.split()) for text in made if text]


def test_the_book_holds_every_text_in_order(workspace: Workspace, plan: str) -> None:
    workspace.do("Rename", _unname)
    workspace.bring_in("Import", take_in, plan, FOUND, "page.txt")
    shown = _texts(_book(workspace, plan))
    assert [text for text in shown if text != "Equity"] == _found(FOUND)  # a heading that the page did not have
    assert workspace.undo() is not None
    assert _texts(_book(workspace, plan)) == []


words = st.text(st.sampled_from("ab .)1#*_-+=`~>|[]<>&!\\ñő'’\n"), min_size=1, max_size=30).filter(str.strip)
items = st.lists(st.builds(RecognisedItem, words, st.just("") | words, st.just("") | words), max_size=3).map(tuple)
documents = st.builds(
    Recognised,
    statements=st.lists(
        st.builds(RecognisedStatement, st.sampled_from(StatementKind), words, st.just("") | words, items=items),
        max_size=3,
    ).map(tuple),
    goals=st.lists(st.builds(RecognisedGoal, words, words, words, items, items), max_size=3).map(tuple),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents)
def test_any_document_is_taken_in_word_for_word(workspace: Workspace, plan: str, found: Recognised) -> None:
    workspace.bring_in("Import", take_in, plan, found)
    shown = _texts(_book(workspace, plan))[2:]  # behind the district and the plan
    assert shown == _found(found)
    if found.statements or found.goals:
        workspace.undo()


def test_names_that_are_there_already_stay(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, FOUND)
    book = _book(workspace, plan)
    assert (book.organization.name, book.plan.title) == (factories.DISTRICT, "Strategic Plan")
    assert book.plan.slogan == "All the way up"


def test_what_is_new_in_a_second_document_stands_behind_the_first(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, FOUND, "one.txt")
    workspace.bring_in("Import", take_in, plan, replace(FOUND, goals=(RecognisedGoal("", "Sing"),)), "two.txt")
    book = _book(workspace, plan)
    assert [goal.title for goal in book.goals] == ["Every child reads", "Every child swims", "Sing"]
    assert [statement.source for statement in book.statements] == ["one.txt"] * 4
    assert [policy.code for policy in book.policies] == ["1326", "1326.1"]
    assert len(book.series) == 2


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents)
def test_a_document_brought_in_twice_changes_nothing(workspace: Workspace, plan: str, found: Recognised) -> None:
    if not (found.statements or found.goals):
        return
    workspace.bring_in("Import", take_in, plan, found)
    first = factories.dump(workspace)
    workspace.bring_in("Import", take_in, plan, found)
    assert factories.dump(workspace) == first
    workspace.undo()


MISSION = Recognised(
    plan_title="Strategic Plan 2030",
    statements=(RecognisedStatement(StatementKind.MISSION, "Mission", "We teach every child to dive."),),
    goals=(
        RecognisedGoal(
            "Goal One", "Every child reads", "by grade 2", (RecognisedItem("Buy more books"), RecognisedItem("Sing"))
        ),
    ),
    above_goals=(RecognisedLine("goals_heading", "Our Goals"), RecognisedLine("goals_note", "Two _each_\n\nyear")),
    missing=(RecognisedStatement(StatementKind.VISION, "Our Dream"),),
)


def _words_of(workspace: Workspace, plan: str) -> tuple[list[str], list[str], list[str]]:
    book = _book(workspace, plan)
    return (
        [book.plan.title, *(plain(one.body) for one in book.statements if one.kind is StatementKind.MISSION)],
        [f"{goal.title} {plain(goal.statement)}" for goal in book.goals],
        [plain(one.text) for one in book.goals[0].strategies],
    )


@pytest.mark.parametrize(
    ("wish", "mission", "goals", "strategies"),
    [
        (
            Wish.KEEP,
            ["Strategic Plan", "We teach every child to swim."],
            ["Every child reads by grade 3 [sic]", "Every child swims "],
            ["Buy books", "Read them - aloud", "Buy more books", "Sing"],
        ),
        (
            Wish.REPLACE,
            ["Strategic Plan 2030", "We teach every child to dive."],
            ["Every child reads by grade 2", "Every child swims "],
            ["Buy books", "Read them - aloud", "Buy more books", "Sing"],
        ),
        (
            Wish.ADD,
            ["Strategic Plan", "We teach every child to swim.", "We teach every child to dive."],
            ["Every child reads by grade 3 [sic]", "Every child swims ", "Every child reads by grade 2"],
            ["Buy books", "Read them - aloud"],
        ),
    ],
)
def test_what_differs_is_kept_replaced_or_added(
    workspace: Workspace, plan: str, wish: Wish, mission: list[str], goals: list[str], strategies: list[str]
) -> None:
    workspace.bring_in("Import", take_in, plan, FOUND)
    before = factories.dump(workspace)
    wishes = dict.fromkeys(differing(compare(MISSION, workspace.ask(held, plan))), wish)
    workspace.bring_in("Import", take_in, plan, MISSION, "two.txt", wishes)
    assert _words_of(workspace, plan) == (mission, goals, strategies)
    book = _book(workspace, plan)
    assert (book.plan.goals_heading, book.plan.goals_note) == ("Our Goals", "Two \\_each\\_\n\nyear")
    assert "Our Dream" in [one.heading for one in book.statements]
    workspace.undo()
    assert factories.dump(workspace) == before  # one undo takes a document back whole


def test_a_statement_that_is_replaced_keeps_the_entries_that_stay(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, FOUND)
    vision = next(one for one in _book(workspace, plan).statements if one.kind is StatementKind.VISION)
    swimmers = next(item.id for item in vision.items if item.title == "Swimmers")
    found = Recognised(
        statements=(
            RecognisedStatement(
                StatementKind.VISION,
                "",
                "In 2040:",
                items=(RecognisedItem("Divers dive"), RecognisedItem("All", "Swimmers")),
            ),
        )
    )
    workspace.bring_in("Import", take_in, plan, found, "two.txt", {"statements 0": Wish.REPLACE})
    vision = next(one for one in _book(workspace, plan).statements if one.kind is StatementKind.VISION)
    assert [(item.title, item.text) for item in vision.items] == [("", "Divers dive"), ("Swimmers", "All")]
    assert vision.items[1].id == swimmers


def test_adopted_words_are_not_replaced(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, FOUND)
    mission = _book(workspace, plan).statements[0].id
    workspace.do("Adopt", edit_statement, mission, adopted_on=factories.TODAY)
    policy = Recognised(policies=(RecognisedPolicy("1326", "Visitors", "Other words."),))
    for found, name in ((MISSION, "statements 0"), (policy, "policies 0")):
        one = compare(found, workspace.ask(held, plan))[name]
        assert Wish.REPLACE not in one.wishes
        workspace.bring_in("Import", take_in, plan, found, "two.txt", {name: Wish.REPLACE})
    book = _book(workspace, plan)
    assert plain(book.statements[0].body) == "We teach every child to swim."
    assert book.policies[0].body == "## Why\n\nSafety & care."


def test_an_owner_that_the_plan_lacks_is_filled_in(workspace: Workspace, plan: str) -> None:
    workspace.bring_in(
        "Import", take_in, plan, Recognised(goals=(RecognisedGoal("", "Read", "", (RecognisedItem("Buy"),)),))
    )
    again = Recognised(goals=(RecognisedGoal("", "Read", "", (RecognisedItem("Buy", owner="Ana Fuentes"),)),))
    workspace.bring_in("Import", take_in, plan, again)
    (strategy,) = _book(workspace, plan).goals[0].strategies
    assert strategy.owner == "Ana Fuentes"
    other = Recognised(goals=(RecognisedGoal("", "Read", "", (RecognisedItem("Buy", owner="Ruth Hale"),)),))
    assert list(differing(compare(other, workspace.ask(held, plan)))) == ["goals 0 strategies 0"]


def test_a_lead_that_is_the_only_text_is_the_body(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, FOUND)
    mission, vision, other, equity = _book(workspace, plan).statements
    assert (mission.lead, plain(mission.body)) == ("", "We teach every child to swim.")
    assert (plain(vision.lead), vision.body) == ("In 2030 1. there will be", "")
    assert (other.heading, equity.heading) == ("", "Equity")


def test_a_policy_text_fills_the_entry_of_the_index(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, FOUND)
    visitors, dogs = _book(workspace, plan).policies
    assert visitors.body == "## Why\n\nSafety & care."
    assert (visitors.state, dogs.state) == (PolicyState.ADOPTED, PolicyState.DRAFT)
    assert (visitors.adopted, visitors.reviewed) == (date(2019, 5, 1), date(2022, 2, 2))
    assert visitors.legal_refs == ("Act 7", "Act 8")
    assert [row["revised"] for row in factories.dump(workspace)["policy_version"].values()] == [
        "2021-01-02\n2023-06",
        "",
    ]


def test_what_somebody_wrote_into_a_policy_is_not_replaced(workspace: Workspace, plan: str) -> None:
    factories.add_policy(workspace, "1326", "Guests", body="Ours", adopted=date(2001, 1, 1))
    workspace.bring_in("Import", take_in, plan, FOUND)
    (policy,) = (one for one in workspace.ask(all_policies) if one.code == "1326")
    assert (policy.title, policy.body, policy.adopted) == ("Guests", "Ours", date(2001, 1, 1))


def test_a_policy_without_any_text_yet_is_filled_too(workspace: Workspace, plan: str) -> None:
    workspace.do("Load", load, {"policies": [{"code": "1326", "title": "Visitors"}]})
    workspace.bring_in("Import", take_in, plan, FOUND)
    assert workspace.ask(all_policies)[0].body.startswith("## Why")


@pytest.mark.parametrize(
    ("code", "series"),
    [
        ("1326", "1000"),
        ("1326.1", "1000"),
        ("1326-R", "1000"),
        ("112", "100"),
        ("5145", None),
        ("BEDB", "BE"),
        ("BA", "B"),
        ("B-1211", "B"),
        ("JICFB", None),
        ("1000", "1000"),
        ("12", None),
    ],
)
def test_a_code_is_filed_under_its_series(workspace: Workspace, plan: str, code: str, series: str | None) -> None:
    numbers = [RecognisedSeries(number, f"Series {number}") for number in ("1000", "100", "B", "BE")]
    found = Recognised(series=tuple(numbers), policy_index=(RecognisedPolicy(code, "Title"),))
    workspace.bring_in("Import", take_in, plan, found)
    (policy,) = workspace.ask(all_policies)
    assert (policy.series and policy.series.number) == series


def test_a_series_that_the_manual_has_is_used(workspace: Workspace, plan: str) -> None:
    from planstudio.operations.policies import add_series

    series = factories.add(workspace, "policy_series", add_series, "1000", "Ours")
    workspace.bring_in("Import", take_in, plan, FOUND)
    book = _book(workspace, plan)
    assert [one.title for one in book.series] == ["Ours", "Board"]
    assert book.policies[0].series is not None
    assert book.policies[0].series.id == series


def _unname(session: object) -> None:
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from planstudio.store.schema import Organization, Plan

    assert isinstance(session, Session)
    session.scalars(select(Organization)).one().name = ""
    session.scalars(select(Plan)).one().title = ""


def test_a_document_that_was_taken_in_says_nothing_new_however_it_orders_its_words(
    workspace: Workspace, plan: str
) -> None:
    noted = RecognisedStatement(
        StatementKind.VISION, "Vision", "In 2030", items=(RecognisedItem("They read."),), notes=("Adopted 2020",)
    )
    document = Recognised(statements=(noted,))
    workspace.do("Import", take_in, plan, document)
    assert differing(compare(document, workspace.ask(held, plan))) == {}
