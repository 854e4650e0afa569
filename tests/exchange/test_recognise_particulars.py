"""Who carries a strategy and by when: such lines become its owner and its days, never strategies."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.recognised import Recognised, RecognisedItem, RemarkKind
from planstudio.exchange.recognise import recognise
from planstudio.exchange.recognise.periods import period_of
from planstudio.operations.importing import take_in
from planstudio.operations.people import person_named
from planstudio.store.schema import Goal, Strategy
from planstudio.workspace import Workspace

PLAN = """Marlow Bay Public Schools

GOAL 1: EVERY CHILD SINGS
Owner: Music Office
Due: June 2030
Children learn a song a week.

Strategy 1.1 Buy pianos for every school.
Strategy 1.2 Hire a choir master.
   Responsible: Director of Song
   Timeline: August 2026 - June 2028
Strategy 1.3 Write songs in every room.
   Person(s) responsible: Amy Low, Dr. Finch
   Timeline: as the muses allow
Strategy 1.4 Sing in the park.
"""


def strategies(text: str, name: str = "plan.txt") -> tuple[RecognisedItem, ...]:
    return tuple(item for goal in recognise(text, name).goals for item in goal.strategies)


def not_taken(found: Recognised) -> list[str]:
    return [remark.message for remark in found.remarks if remark.kind is RemarkKind.NOT_TAKEN]


def test_such_lines_are_no_strategies_and_shift_no_number() -> None:
    assert [item.text for item in strategies(PLAN)] == [
        "Buy pianos for every school.",
        "Hire a choir master.",
        "Write songs in every room.",
        "Sing in the park.",
    ]


def test_they_give_the_strategy_above_them_its_owner_and_days() -> None:
    hire = strategies(PLAN)[1]
    assert (hire.owner, hire.start, hire.due) == ("Director of Song", date(2026, 8, 1), date(2028, 6, 30))
    assert strategies(PLAN)[2].owner == "Amy Low, Dr. Finch"


def test_above_the_first_strategy_they_speak_of_the_goal() -> None:
    (goal,) = recognise(PLAN, "plan.txt").goals
    assert (goal.owner, goal.due) == ("Music Office", date(2030, 6, 30))
    assert goal.description == "Children learn a song a week."


def test_words_that_are_no_days_stay_a_line_of_the_text_with_a_remark() -> None:
    found = recognise(PLAN, "plan.txt")
    assert found.goals[0].strategies[2].notes == ("Timeline: as the muses allow",)
    (remark,) = found.remarks
    assert remark.source.first == 14
    assert "as the muses allow" in remark.message


def test_days_made_of_seasons_are_remarked() -> None:
    found = recognise(PLAN.replace("August 2026 -", "Fall 2026 -"), "plan.txt")
    assert found.goals[0].strategies[1].start == date(2026, 9, 1)
    assert any(r.kind is RemarkKind.TAKEN_AS and r.source.first == 11 for r in found.remarks)


@pytest.mark.parametrize(
    "lines",
    [
        "- Hire a choir master\n  - **Lead:** Amy Low\n  - **Due:** 6/30/2028",
        "- Hire a choir master\n  Lead: Amy Low; Completion date: June 30, 2028",
        "- Hire a choir master\n  Who: Amy Low    By: June 2028",
        "Strategy 1.1 Hire a choir master\n**Responsible:**\nAmy Low\n**Deadline:** June 2028",
        "| Strategies | Person Responsible | Deadline |\n|---|---|---|\n| Hire a choir master | Amy Low | June 2028 |",
    ],
)
def test_the_same_in_other_shapes(lines: str) -> None:
    (item,) = strategies(f"## Goal 1: Every Child Sings\n\n{lines}\n", "plan.md")
    assert (item.text, item.owner, item.due) == ("Hire a choir master", "Amy Low", date(2028, 6, 30))


def test_the_same_in_a_page_of_one_line() -> None:
    text = (
        "<html><body><h2>Goal 1: Sing</h2><ul><li>Hire a choir master<br>Lead: Amy Low</li>"
        "<li>Buy pianos<ul><li>Responsible: Bob High</li></ul></li></ul></body></html>"
    )
    assert [(one.text, one.owner) for one in strategies(text, "page.html")] == [
        ("Hire a choir master", "Amy Low"),
        ("Buy pianos", "Bob High"),
    ]
    assert not_taken(recognise(text, "page.html")) == []


def test_a_second_owner_is_not_lost() -> None:
    (item,) = strategies("Goal 1: Sing\n\n- Hire a choir master\n  Lead: Amy Low\n  Owner: Bob High\n")
    assert (item.owner, item.notes) == ("Amy Low", ("Owner: Bob High",))


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("Fall 2026 - June 2028", date(2026, 9, 1), date(2028, 6, 30)),
        ("Aug–Oct 2027", date(2027, 8, 1), date(2027, 10, 31)),
        ("9/1/26 to 6/30/27", date(2026, 9, 1), date(2027, 6, 30)),
        ("by the end of June 2027", None, date(2027, 6, 30)),
        ("beginning Fall 2026", date(2026, 9, 1), None),
        ("2026-27", date(2026, 7, 1), date(2027, 6, 30)),
        ("February 2028", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_periods(text: str, start: date | None, due: date | None) -> None:
    period = period_of(text)
    assert period
    assert (period.start, period.due) == (start, due)


@pytest.mark.parametrize(
    "text", ["ongoing", "Winter 2027", "2027-13", "2/30/2027", "June 2028 - Fall 2026", "", "monthly"]
)
def test_no_periods(text: str) -> None:
    assert period_of(text) is None


def test_an_import_sets_owner_and_days(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, recognise(PLAN, "plan.txt"))

    def stored(session: Session) -> tuple[Goal, list[Strategy], str | None]:
        goal = session.scalars(select(Goal).where(Goal.title == "EVERY CHILD SINGS")).one()
        return goal, sorted(goal.strategies, key=lambda one: one.rank), person_named(session, "Director of Song")

    goal, made, person = workspace.ask(stored)
    assert goal.deadline == date(2030, 6, 30)
    assert made[1].owner_id == person
    assert (made[1].start, made[1].due) == (date(2026, 8, 1), date(2028, 6, 30))
    assert made[2].text == "Write songs in every room.\n\nTimeline: as the muses allow"
