"""The form in which a recognised document is shown."""

from __future__ import annotations

from datetime import date

import pytest

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import (
    Lines,
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedPolicy,
    RecognisedSeries,
    RecognisedStatement,
    Remark,
    RemarkKind,
    as_form,
    first_day,
)


def test_a_document_that_holds_nothing_has_no_keys() -> None:
    assert as_form(Recognised()) == {}
    assert Recognised(organization="Otter Creek").empty


def test_the_whole_form_of_a_document() -> None:
    found = Recognised(
        organization="Otter Creek School District",
        plan_title="Upstream 2030",
        slogan="All the way up",
        statements=(
            RecognisedStatement(StatementKind.MISSION, "Mission", "We teach.", "Why we exist", source=Lines(1, 2)),
            RecognisedStatement(
                StatementKind.VISION,
                "Vision",
                "By 2030",
                items=(RecognisedItem("Readers.", "Books"), RecognisedItem("Swimmers", evidence="Nine of ten float")),
            ),
            RecognisedStatement(StatementKind.EQUITY, "Equity", items=(RecognisedItem("All belong."),)),
            RecognisedStatement(StatementKind.PRIORITIES, "Our Priorities", "Two of them"),
        ),
        goals=(
            RecognisedGoal(
                "Goal One",
                "Read",
                "Every child",
                (RecognisedItem("Buy books"),),
                (RecognisedItem("Books read"),),
                "High Priority",
                Lines(9, 12),
            ),
            RecognisedGoal("Goal Two", "Swim"),
        ),
        series=(RecognisedSeries("1000", "Community", Lines(20, 20)),),
        policy_index=(RecognisedPolicy("1326", "Visitors"),),
        policies=(
            RecognisedPolicy(
                "5145", "Search", "## Why\n\nSafety.", ("Why",), "2021-06", ("2022-01-02",), (), ("Act 7",), ("5144",)
            ),
        ),
        remarks=(Remark(RemarkKind.EMPTY_SECTION, "“Values” is empty.", Lines(30, 30)),),
    )
    assert as_form(found) == {
        "organization": "Otter Creek School District",
        "plan_title": "Upstream 2030",
        "slogan": "All the way up",
        "mission": ["We teach."],
        "vision": {
            "lead": "By 2030",
            "items": [{"title": "Books", "text": "Readers."}, "Swimmers Nine of ten float"],
        },
        "statements": [
            {"heading": "Equity", "kind": "equity", "items": ["All belong."]},
            {"heading": "Our Priorities", "kind": "other", "lead": "Two of them"},
        ],
        "goals": [
            {
                "label": "Goal One",
                "title": "Read",
                "description": "Every child",
                "priority": "High Priority",
                "strategies": ["Buy books"],
                "measures": ["Books read"],
                "source": [9, 12],
            },
            {"label": "Goal Two", "title": "Swim"},
        ],
        "series": [{"number": "1000", "title": "Community", "source": [20, 20]}],
        "policy_index": [{"number": "1326", "title": "Visitors"}],
        "policies": [
            {
                "number": "5145",
                "title": "Search",
                "sections": [{"heading": "Why"}],
                "adopted": "2021-06",
                "revised": ["2022-01-02"],
                "legal_refs": ["Act 7"],
                "cross_refs": ["5144"],
                "body": "## Why\n\nSafety.",
            }
        ],
        "remarks": [{"kind": "empty section", "message": "“Values” is empty.", "source": [30, 30]}],
    }


def test_several_missions_are_one_list_and_a_second_vision_is_another_statement() -> None:
    found = Recognised(
        statements=(
            RecognisedStatement(StatementKind.MISSION, "District", "We teach."),
            RecognisedStatement(StatementKind.MISSION, "School", "", items=(RecognisedItem("We learn."),)),
            RecognisedStatement(StatementKind.VISION, "District", "One."),
            RecognisedStatement(StatementKind.VISION, "School", "Two."),
        )
    )
    form = as_form(found)
    assert form["mission"] == ["We teach.", "We learn."]
    assert form["vision"] == {"lead": "One."}
    assert form["statements"] == [{"heading": "School", "kind": "other", "lead": "Two."}]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-06-15", date(2021, 6, 15)),
        ("2021-06", date(2021, 6, 1)),
        ("2021-13", None),
        ("2021-02-30", None),
        ("June 2021", None),
        ("2021", None),
        ("", None),
    ],
)
def test_a_printed_date_begins_on_its_first_day(text: str, day: date | None) -> None:
    assert first_day(text) == day
