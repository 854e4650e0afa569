"""What a document says against what a plan says already."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain.import_matching import (
    Held,
    HeldGoal,
    HeldPolicy,
    HeldStatement,
    HeldText,
    Standing,
    Wish,
    alike,
    compare,
    folded,
)
from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import (
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedPolicy,
    RecognisedStatement,
)

MISSION = "We teach every child to swim and to come home again."
HELD = Held(
    {"organization": "Barnacle Cove Schools", "slogan": "", "adopted": "2027-05-04"},
    (HeldStatement("m", StatementKind.MISSION, "Mission", MISSION),),
    (
        HeldGoal(
            "g",
            "Goal 1",
            "Safe Harbors",
            "Every boat comes home.",
            strategies=(HeldText("s", "Light the lamps at dusk"),),
        ),
    ),
    policies={"1312": HeldPolicy("p", "Complaints", "We hear them.", adopted=True)},
)


def mission(text: str, heading: str = "") -> Recognised:
    return Recognised(statements=(RecognisedStatement(StatementKind.MISSION, heading, text),))


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        (MISSION, Standing.SAME),
        (MISSION.upper(), Standing.SAME),
        ("  We teach  every child\u00a0to swim and to come home again. ", Standing.SAME),
        ("We teach every child to swim and to come home.", Standing.DIFFERS),  # nine words of ten are another text
        ("We teach every child to swim and to come home again!", Standing.DIFFERS),
        ("Something else altogether.", Standing.DIFFERS),
    ],
)
def test_the_same_words_are_the_same_after_spaces_quotes_and_case(text: str, standing: Standing) -> None:
    assert compare(mission(text), HELD)["statements 0"].standing is standing


def test_quotes_and_composed_letters_do_not_count() -> None:
    assert folded("O\u2019Neil\u2019s \u201ccafe\u0301\u201d") == folded("O'Neil's \"caf\u00e9\"")


def test_a_second_mission_differs_and_can_be_kept_replaced_or_added() -> None:
    one = compare(mission("We sail.", "Our Mission"), HELD)["statements 0"]
    assert (one.id, one.wishes) == ("m", (Wish.KEEP, Wish.REPLACE, Wish.ADD))
    assert (one.held, one.in_document) == (f"Mission: {MISSION}", "Our Mission: We sail.")


def test_fields_of_the_plan_differ_fill_or_are_the_same() -> None:
    found = Recognised(organization="BARNACLE COVE SCHOOLS", slogan="Sail on", plan_title="", adopted="2027-05")
    said = {name: one.standing for name, one in compare(found, HELD).items()}
    assert said == {"organization": Standing.SAME, "slogan": Standing.NEW, "adopted": Standing.SAME}
    (one,) = compare(Recognised(organization="Gull Rock Schools"), HELD).values()
    assert one.wishes == (Wish.KEEP, Wish.REPLACE)  # there is one district


def test_a_goal_is_known_by_its_title_by_like_words_or_by_its_number() -> None:
    items = (
        RecognisedItem("light the LAMPS at dusk"),
        RecognisedItem("Light the lamps at dawn"),
        RecognisedItem("Sing"),
    )
    for goal in (
        RecognisedGoal("", "Safe harbors", "", items),
        RecognisedGoal("", "Safe Harbours", "", items),
        RecognisedGoal("GOAL 1", "Calm seas", "", items),
    ):
        compared = compare(Recognised(goals=(goal,)), HELD)
        assert compared["goals 0"].id == "g"
        assert [compared[f"goals 0 strategies {n}"].standing for n in range(3)] == [
            *(Standing.SAME, Standing.NEW, Standing.NEW),
        ]
    assert (
        compare(Recognised(goals=(RecognisedGoal("", "Books", "", items),)), HELD)["goals 0"].standing is Standing.NEW
    )


def test_a_strategy_in_nearly_the_same_words_differs() -> None:
    goal = RecognisedGoal("", "Safe Harbors", "", (RecognisedItem("Light the lamps at dawn"),))
    one = compare(Recognised(goals=(goal,)), HELD)["goals 0 strategies 0"]
    assert (one.standing, one.id) == (Standing.DIFFERS, "s")


def test_an_adopted_policy_can_only_be_kept() -> None:
    found = Recognised(policies=(RecognisedPolicy("1312", "Complaints", "We do not."),))
    one = compare(found, HELD)["policies 0"]
    assert (one.standing, one.wishes) == (Standing.DIFFERS, (Wish.KEEP,))


texts = st.text(st.sampled_from("abc ’'\u201c\"é"), min_size=1, max_size=20)


@given(texts)
def test_a_text_is_always_the_same_as_itself_in_capitals_and_other_quotes(text: str) -> None:
    other = text.upper().replace("'", "’").replace('"', "”")
    assert folded(text) == folded(other)


@given(st.lists(texts, min_size=1, max_size=4), st.lists(texts, min_size=1, max_size=4))
def test_no_element_of_the_plan_is_matched_twice(found: list[str], held: list[str]) -> None:
    goals = tuple(RecognisedGoal("", text) for text in found)
    known = tuple(HeldGoal(str(n), "", text, "") for n, text in enumerate(held))
    ids = [one.id for one in compare(Recognised(goals=goals), Held(goals=known)).values() if one.id]
    assert len(ids) == len(set(ids))


def test_likeness_is_of_words_and_not_of_length() -> None:
    assert alike("Light the lamps at dusk", "Light the lamps at dawn")
    assert not alike("Light the lamps at dusk", "Every boat comes home.")
