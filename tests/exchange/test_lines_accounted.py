"""Each line of a document is in what was recognised, or is told as left out."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import factories
from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import Recognised
from planstudio.exchange.plan_form import book_form
from planstudio.exchange.recognise import read_text, recognise
from planstudio.operations.importing import take_in
from planstudio.operations.plans import create_plan
from planstudio.queries.plans import plan_book
from planstudio.workspace import Workspace
from told import told_lines

GOLDEN = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if path.suffix in (".txt", ".md"))
SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "reading-trial.md"
SEEDS = sorted((Path(__file__).parents[3] / "shared" / "corpus" / "docs").glob("seed-*.txt"))


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{4,}", html.unescape(re.sub(r"<[^>]{0,300}>", " ", text)).casefold())


# What only names a field of the form: captions, labels before a day or a number.
LABELS = frozenset(
    words(
        """
        mission vision goal goals objective objectives strategy strategies outcome outcomes action actions step steps
        performance indicators measures motto statement policy bylaw bylaws section file code title adopted approved
        revised reviewed original last date dates legal cross references reference refs description state attachment
        adoption board table contents responsible
        january february march april june july august september october november december
        """
    )
)


def texts(value: Any) -> Iterator[str]:
    """Every text in nested values."""
    if isinstance(value, dict):
        for below in value.values():
            yield from texts(below)
    elif isinstance(value, list | tuple):
        for below in value:
            yield from texts(below)
    else:
        yield str(value)


def unaccounted(found: Recognised) -> list[str]:
    """The lines that were told nowhere and have words that nothing of *found* holds."""
    held = asdict(replace(found, remarks=(), lines=()))
    told, have = told_lines(found), {*words(" ".join(texts(held))), *LABELS}
    return [line for n, line in enumerate(found.lines, 1) if n not in told and set(words(line)) - have]


@pytest.mark.parametrize("path", [*GOLDEN, SAMPLE], ids=lambda path: path.name)
def test_every_line_of_our_documents_is_taken_or_told(path: Path) -> None:
    found = recognise(read_text(path.read_bytes()), path.name)
    assert unaccounted(found) == []


PARTS = st.sampled_from(
    [
        *(
            "OUR MISSION",
            "WHY WE EXIST",
            "Our Vision",
            "CORE VALUES",
            "What we will achieve",
            "OUR GOALS AND STRATEGIES",
        ),
        *("Goal 1: Safe Harbors", "Goal Two\tGoal Three", "Calm\tStorm", "Our Strategic Priorities", "Strategies"),
        *("High Priority Strategies", "- Candor", "- Patience: we wait for the wind", "~ Lamps are lit at dusk"),
        *("We teach every child to sail by the stars and to come home again.", "Printed by the Lamp Office   Sheet 4"),
        *("Progress will be measured in every harbor before the winter storms arrive again.", "Adopted 2019"),
        *("Every boat comes home before the dark of each night. -- Adopted 2019", "Responsible: Harbor Master"),
        *("| 1312 | Complaints of Gulls |", "1326.1 Splashing at High Tide", "Page 3 of 9", "https://harbor.example"),
        *("Barnacle Cove Public Schools", "“Tides and Lanterns”", "Mission, Vision and Values", "", "", "\f"),
    ]
)


@example(["Goal 1: Safe Harbors", "OUR MISSION", "High Priority Strategies", "Goal 1: Safe Harbors"])
@example(["Goal 1: Safe Harbors", "We teach.", "OUR MISSION", "High Priority Strategies", "We teach.", "- Candor"])
@example(["OUR MISSION", "What we will achieve", "Our Strategic Priorities", "Calm\tStorm"])
@given(st.lists(PARTS, min_size=1, max_size=25))
def test_every_line_of_any_document_is_taken_or_told(lines: list[str]) -> None:
    found = recognise("\n".join(lines), "page.txt")
    assert unaccounted(found) == []


@given(st.lists(PARTS, min_size=1, max_size=25))
def test_a_line_is_told_once(lines: list[str]) -> None:
    told = [
        line
        for remark in recognise("\n".join(lines), "page.txt").remarks
        if remark.kind.value == "not taken"
        for span in (remark.source, *remark.more)
        for line in range(span.first, span.last + 1)
        if lines[line - 1].strip()
    ]
    assert len(told) == len(set(told))


ABOVE = """BARNACLE COVE PUBLIC SCHOOLS

OUR MISSION
We teach every child to sail by the stars and to come home again.

{above}

Goal 1: Safe Passage
Every boat comes home before the dark of each night.

{over}
- Light the lamps.
"""


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("OUR GOALS", {"goals_heading": "OUR GOALS"}),
        ("WHAT WE WILL DO\n\nOUR GOALS", {"goals_heading": "OUR GOALS", "goals_question": "WHAT WE WILL DO"}),
        ("OUR GOALS\n\nWHAT WE WILL DO", {"goals_heading": "OUR GOALS", "goals_question": "WHAT WE WILL DO"}),
        (
            "WHAT WE WILL DO\n\nOUR GOALS AND STRATEGIES\n\nWHAT COMES FIRST",
            {
                "goals_heading": "OUR GOALS AND STRATEGIES",
                "goals_question": "WHAT WE WILL DO",
                "strategies_question": "WHAT COMES FIRST",
            },
        ),
        (
            "## Strategic Priorities\n\nEach is looked at once a year by the whole crew of the harbor.",
            {
                "goals_heading": "Strategic Priorities",
                "goals_note": "Each is looked at once a year by the whole crew of the harbor.",
            },
        ),
    ],
)
def test_what_stands_over_the_goals_is_recognised(above: str, expected: dict[str, str]) -> None:
    found = recognise(ABOVE.format(above=above, over="High Priority Strategies"), "plan.txt")
    said = {line.field: line.text for line in found.above_goals}
    assert said == expected | {"strategies_heading": "High Priority Strategies"}
    assert [goal.title for goal in found.goals] == ["Safe Passage"]
    assert told_lines(found) == {}


def test_the_programs_own_word_is_no_heading_of_the_district() -> None:
    found = recognise(ABOVE.format(above="Our Goals", over="Strategies"), "plan.txt")
    assert "strategies_heading" not in {line.field for line in found.above_goals}


def test_a_heading_with_nothing_under_it_is_kept_as_missing() -> None:
    text = "OUR MISSION\nWe sail by the stars.\n\nOUR VISION\n\nOUR CORE VALUES\n- Candor\n- Patience\n"
    found = recognise(text, "page.txt")
    assert [(one.kind, one.heading) for one in found.missing] == [(StatementKind.VISION, "OUR VISION")]


def test_a_year_of_adoption_stays_beside_its_statement() -> None:
    text = (
        "OUR MISSION\nWe teach every child to sail by the stars and to come home again before the dark of each night, "
        "whatever the weather may be. -- Adopted 2019\n"
    )
    (mission,) = recognise(text, "page.txt").statements
    assert (mission.notes, mission.adopted) == (("Adopted 2019",), "")
    (mission,) = recognise(text.replace("2019", "June 9, 2019"), "page.txt").statements
    assert (mission.notes, mission.adopted) == ((), "2019-06-09")


# The five seeds.

FURNITURE = {
    "seed-4.txt": [
        *("1000 COMMUNITY RELATIONS", "Click below to view policies regarding Community Relations.", "| B | 0 | E |"),
        *("BOE Home", "Agendas and Minutes", "Members", "Board Policies", "Budget Information"),
        *("Rethinking School Start Time (RSST) Committee", "WEST HARTFORD PUBLIC SCHOOLS", "50 South Main St"),
    ]
}


@pytest.mark.skipif(not SEEDS, reason="the five documents are kept outside the repository")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_nothing_of_a_seed_but_page_furniture_is_left_out(path: Path, workspace: Workspace) -> None:
    found = recognise(read_text(path.read_bytes()), path.name)
    left = [found.lines[number - 1].strip() for number in sorted(told_lines(found))]
    wanted = FURNITURE.get(path.name, [])
    kept = [line for line in left if re.search(r"\w", line)]
    assert [line[: len(name)] for line, name in zip(kept, wanted, strict=True)] == wanted
    plan = factories.add(workspace, "plan", create_plan)
    workspace.bring_in("Import", take_in, plan, found, path.name)
    form = book_form(workspace.ask(plan_book, plan, factories.TODAY))
    said = " ".join(words(json.dumps(form, ensure_ascii=False)))
    for number, line in enumerate(found.lines, 1):
        if number not in told_lines(found):
            for cell in re.split(r"\t|</?p>", line):
                assert set(words(cell)) <= {*said.split(), *LABELS}, line
