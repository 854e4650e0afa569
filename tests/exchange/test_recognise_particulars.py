"""Who carries a strategy and by when: such lines become its owner and its days, never strategies."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.recognised import Recognised, RecognisedItem, RemarkKind
from planstudio.exchange.recognise import recognise
from planstudio.exchange.recognise.periods import period_of
from planstudio.exchange.recognise.policy_dates import dates_of
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


def test_a_month_alone_stays_a_month() -> None:
    assert dates_of("Adopted: June 2021. Revised 6-3-21, 30-Jun-22 and May 2023").adopted == ["2021-06"]
    assert dates_of("Adopted: June 2021. Revised 6-3-21, 30-Jun-22, May 2023").revised == [
        "2021-06-03",
        "2022-06-30",
        "2023-05",
    ]


DUE = """# Goals

## Goal 1: Reading

| Strategy | Owner | Due |
|---|---|---|
| Coach | A. Rivera | June 2027 |
| Books | B. Chu | 30-Jun-27 |
| Tutors | C. Lee | 14-Oct |
| Camps | D. Poe | 6/30/27 |
| Nights | E. Foe | 46568 |
| Visits | pat o’neil | FY27 |
| Talks | Pat O'Neil | 2/30/2027 |
| Walks | F. Ray | 30 de junio de 2027 |
"""


def test_every_spelling_of_a_due_day_is_read_and_what_is_doubtful_is_told() -> None:
    found = recognise(DUE, "plan.md")
    (goal,) = found.goals
    due = {item.text: item.due for item in goal.strategies}
    assert {name for name, day in due.items() if day == date(2027, 6, 30)} == {
        "Coach", "Books", "Camps", "Nights", "Visits", "Walks",
    }  # fmt: skip
    told = " ".join(remark.message for remark in found.remarks)
    assert "“14-Oct” has no year" in told
    assert "there is no such day as “2/30/2027”" in told
    assert "“Due: 46568” was taken as: June 30, 2027" in told
    assert [item.notes for item in goal.strategies if item.due is None] == [("Due: 14-Oct",), ("Due: 2/30/2027",)]


def test_owners_written_in_two_ways_are_one_person(workspace: Workspace) -> None:
    from planstudio.queries.plans import current_plan, people

    workspace.do("Import", take_in, workspace.ask(current_plan), recognise(DUE, "plan.md"))
    assert sum("neil" in person.name.casefold() for person in workspace.ask(people)) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "# Goals\n\n## Goal 1: Reading\n\n- Coach ~~no~~ teachers\n- Measure CO<sub>2</sub>\n"
            "- <s>Sell all books</s>\n",
            "p.md",
        ),
        (
            "<html><body>\n<h1>Goals</h1><h2>Goal 1: Reading</h2>\n<ul><li>Coach <del>no</del> teachers</li>"
            "<li>Measure CO<sub>2</sub></li>\n<li><span style='text-decoration: line-through'>Sell all books</span>"
            "</li></ul></body></html>",
            "p.html",
        ),
    ],
)  # fmt: skip
def test_struck_out_words_are_no_strategies_and_are_told(text: str, name: str) -> None:
    found = recognise(text, name)
    assert [item.text for item in found.goals[0].strategies] == ["Coach teachers", "Measure CO₂"]
    struck = [remark.message for remark in found.remarks if "Struck out" in remark.message]
    assert struck == ["Struck out and left out: “no”", "Struck out and left out: “Sell all books”"]
