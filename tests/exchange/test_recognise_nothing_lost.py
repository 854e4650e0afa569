"""A newcomer's first import: what the cover says is taken, and no line goes without a word."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.kinds import PlanState, PolicyState, StatementKind
from planstudio.domain.recognised import Lines, Recognised, RecognisedStatement, RemarkKind, as_form
from planstudio.exchange.recognise import recognise
from planstudio.operations.importing import take_in
from planstudio.store.schema import Plan, Policy, PolicySeries
from planstudio.workspace import Workspace

PLAN = """MARLOW BAY PUBLIC SCHOOLS
Strategic Plan 2027-2032
"Tides and Lanterns"

Adopted by the School Board on May 4, 2027

MISSION
We teach every child to sail by the stars and to come home again.

VISION
A harbor where each sailor is known by name.

CORE VALUES
We believe that:
• Candor – We say the depth of the water.
• Patience – We wait for the wind.

GOAL 1: SAFE PASSAGE
Every boat comes home before the dark of each night.

Strategy 1.1 Light the lamps.

Printed by the Lamp Office    Sheet 4
"""

INDEX = """# Manual

## Series 1000 Harbor

| Code | Title | Adopted | Revised |
|------|-------|---------|---------|
| 1312 | Complaints of Gulls | 03/12/2019 | |
| 5113 | Absence at High Tide | 08/14/2018 | 6/8/2022 |
| 5131.2 | Splashing | | |
"""


def statement(found: Recognised, kind: StatementKind) -> RecognisedStatement:
    return next(one for one in found.statements if one.kind is kind)


def test_the_cover_gives_slogan_adoption_and_years() -> None:
    found = recognise(PLAN, "plan.txt")
    assert (found.plan_title, found.slogan, found.adopted) == (
        "Strategic Plan 2027-2032",
        "Tides and Lanterns",
        "2027-05-04",
    )
    assert (found.period_start, found.period_end) == (date(2027, 7, 1), date(2032, 6, 30))
    assert as_form(found)["period_end"] == "2032-06-30"


def test_years_taken_as_days_are_remarked() -> None:
    assert [r.source.first for r in recognise(PLAN, "plan.txt").remarks if r.kind is RemarkKind.TAKEN_AS] == [2]


def test_what_is_not_taken_is_remarked_with_its_line() -> None:
    (left,) = [r for r in recognise(PLAN, "plan.txt").remarks if r.kind is RemarkKind.NOT_TAKEN]
    assert left.source == Lines(23, 23)
    assert "Lamp Office" in left.message


@pytest.mark.parametrize("line", ["Printed in blue ink", "See our harbor map", "Photograph: A. Gull", "Page 3 of 9"])
@pytest.mark.parametrize("at", [1, 3, 5, 16, 20])
def test_a_stray_line_is_never_dropped_in_silence(line: str, at: int) -> None:
    lines = PLAN.split("\n")
    found = recognise("\n".join([*lines[:at], "", line, "", *lines[at:]]), "plan.txt")
    taken = str(
        as_form(Recognised(found.organization, found.plan_title, found.slogan, "", None, None, found.statements))
    )
    remarked = any(r.source.first <= at + 2 <= r.source.last for r in found.remarks)
    assert remarked or line in taken


def test_an_import_fills_the_plan_and_leaves_what_stands_there(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, recognise(PLAN, "plan.txt"))
    later = recognise(PLAN.replace("May 4, 2027", "May 5, 2028").replace("2027-2032", "2028-2030"), "plan.txt")
    workspace.bring_in("Import", take_in, plan, later)

    def stored(session: Session) -> Plan:
        return session.get_one(Plan, plan)

    made = workspace.ask(stored)
    assert (made.adopted_on, made.state) == (date(2027, 5, 4), PlanState.ADOPTED)
    assert (made.period_start, made.period_end) == (date(2027, 7, 1), date(2032, 6, 30))


@pytest.mark.parametrize(
    "lead", ["We believe that:", "We believe:", "We value:", "As a board we commit to:", "We hold that…"]
)
def test_the_beginning_of_a_sentence_stays_with_its_values(lead: str) -> None:
    found = recognise(PLAN.replace("We believe that:", lead), "plan.txt")
    values = statement(found, StatementKind.VALUES)
    assert values.lead == lead
    assert [item.title for item in values.items] == ["Candor", "Patience"]
    assert not any(r.kind is RemarkKind.EMPTY_SECTION for r in found.remarks)
    assert [one.kind for one in found.statements].count(StatementKind.BELIEFS) == 0


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("**Excused gulls.** A gull is", "**Excused gulls.** A gull is"),
        ("**Gulls:** A gull is", "**Gulls:** A gull is"),
        ("*(In spring)* a gull is", "*(In spring)* a gull is"),
        ("A **very** loud gull is", "A **very** loud gull is"),
    ],
)
def test_bold_and_italic_of_a_policy_are_kept(source: str, kept: str) -> None:
    text = (
        f"# BP 5113 Absence of Gulls\n\n{source} excused whenever the harbor master has written it down in the book "
        "and read it out to the crew.\n\nAdopted: May 4, 2027\n"
    )
    (policy,) = recognise(text, "policy.md").policies
    assert kept.replace("(", "\\(").replace(")", "\\)") in policy.body or kept in policy.body


def test_sources_point_at_the_texts_and_not_at_their_headings() -> None:
    found = recognise(PLAN, "plan.txt")
    assert statement(found, StatementKind.MISSION).source == Lines(8, 8)
    assert statement(found, StatementKind.VISION).source == Lines(11, 11)
    assert statement(found, StatementKind.VALUES).source == Lines(14, 16)
    assert found.goals[0].source.first == 18
    assert found.goals[0].description_source == Lines(19, 19)


def test_an_index_gives_the_dates_of_its_columns() -> None:
    dated = [(p.number, p.title, p.adopted, p.revised) for p in recognise(INDEX, "index.md").policy_index]
    assert dated == [
        ("1312", "Complaints of Gulls", "2019-03-12", ()),
        ("5113", "Absence at High Tide", "2018-08-14", ("2022-06-08",)),
        ("5131.2", "Splashing", "", ()),
    ]


@pytest.mark.parametrize("gap", ["\t", "      ", " "])
def test_an_index_in_plain_text_gives_them_too(gap: str) -> None:
    rows = [
        ("Code", "Title", "Adopted"),
        ("1312", "Complaints of Gulls", "03/12/2019"),
        ("5113", "Tides", "08/14/2018"),
    ]
    text = "\n".join(gap.join(row) for row in (*rows, ("6142", "Knots", "May 4, 2027")))
    assert [(p.title, p.adopted) for p in recognise(text, "index.txt").policy_index] == [
        ("Complaints of Gulls", "2019-03-12"),
        ("Tides", "2018-08-14"),
        ("Knots", "2027-05-04"),
    ]


def test_an_import_of_the_index_adopts_and_files_its_policies(workspace: Workspace, plan: str) -> None:
    workspace.bring_in("Import", take_in, plan, recognise(INDEX, "index.md"))

    def stored(session: Session) -> dict[str, tuple[PolicyState, str | None]]:
        series = {one.id: one.number for one in session.scalars(select(PolicySeries))}
        return {p.code: (p.state, series.get(p.series_id or "")) for p in session.scalars(select(Policy))}

    made = workspace.ask(stored)
    assert made["1312"] == (PolicyState.ADOPTED, "1000")
    assert made["5113"] == (PolicyState.ADOPTED, None)
    assert made["5131.2"] == (PolicyState.ADOPTED, None), "the manual lists what is in force"
