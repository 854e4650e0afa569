"""Words that a board member knows: counts that agree, names without jargon, labels that do not clash."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from planstudio.domain.cards import GoalCard, ItemCard, StatementCard, Use
from planstudio.domain.kinds import Relation, StatementKind
from planstudio.reports import Printed, build
from planstudio.reports.goal_names import counted, labelled
from planstudio.reports.packet_map import pages_a_stroke
from reports import books
from tagged.reading import squeezed, told


def said(report: str = "plan", **parts: object) -> str:
    return told(build(report, books.book(**parts)).pdf)


def test_one_measure_is_not_told_as_many() -> None:
    one, two = books.measure(), books.measure(ident="m2")
    assert "Of 1 measure: 0 met the target" in said(goals=(books.goal(measures=(one,)),))
    assert "Of 2 measures: 0 met the target" in said(goals=(books.goal(measures=(one, two)),))


def test_one_month_is_not_told_as_many() -> None:
    def reviewed(months: int) -> str:
        policy = books.policy(body="Text.", review_months=months)
        return told(build("packet", books.book(policies=(policy,)), policies={policy.id}).pdf)

    assert "Reviewed every month." in reviewed(1)
    assert "Reviewed every 12 months." in reviewed(12)


@pytest.mark.parametrize(
    ("kind", "heading", "row", "name", "words"),
    [
        (StatementKind.VALUES, "What we hold to", "i1", "Welcome", "What we hold to: Welcome"),
        (StatementKind.VALUES, "", "i1", "Welcome", "Values: Welcome"),
        (StatementKind.VALUES, "What we hold to", "st", "What we hold to", "Values: What we hold to"),
        (StatementKind.VALUES, "Values", "st", "Values", "Values"),
        (StatementKind.OTHER, "A letter", "st", "A letter", "A letter"),
        (StatementKind.OTHER, "A letter", "gone", "Welcome", "Welcome"),
    ],
)
def test_a_policy_names_its_place_without_jargon(
    kind: StatementKind, heading: str, row: str, name: str, words: str
) -> None:
    card = StatementCard("st", kind, heading, "", "", "", items=(ItemCard("i1", "Welcome", "A family is greeted."),))
    use = Use("l", "statement" if row == "st" else "statement_item", row, name, Relation.SUPPORTS)
    heard = said("packet", statements=(card,), policies=(books.policy(body="Text.", uses=(use,)),))
    assert f"Supports {words} " in heard
    assert f"– {words} (supports)" in heard
    assert "Entry:" not in heard
    assert "Statement:" not in heard


def cover(**parts: object) -> str:
    document = pypdfium2.PdfDocument(build("plan", books.book(**parts)).pdf)
    try:
        return squeezed(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def test_the_cover_says_what_its_strokes_mean() -> None:
    words = cover(goals=books.GOALS)
    assert "Map of the pages" in words
    assert "Each stroke is one of the 8 pages. Where a stroke is tall, a title of the contents begins." in words
    assert words.endswith("The dark strokes are the goals.")


def test_the_cover_of_a_plan_without_goals_does_not_speak_of_them() -> None:
    assert "dark strokes" not in cover()


def test_the_map_names_every_part_also_those_of_a_page(packet: Printed) -> None:
    document = pypdfium2.PdfDocument(packet.pdf)
    words = squeezed(document[0].get_textpage().get_text_range())
    document.close()
    for part in ("What we stand for", "Goals", "Measures", "Policies"):
        assert part in words.split("Map of the pages")[1]


def test_in_long_packets_a_stroke_stands_for_several_pages() -> None:
    assert [pages_a_stroke(total) for total in (1, 400, 401, 1300)] == [1, 1, 2, 4]


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("Goal One", 1), ("GOAL 4", 4), ("Goal III: Safety", 3), ("Priority 2.", 2), ("Meta", None),
        ("Vision 2030", None), ("Someone cares", None), ("", None), ("Goal 12b", 12),
    ],
)  # fmt: skip
def test_the_place_that_a_label_claims(label: str, place: int | None) -> None:
    assert counted(label) == place


def goals(*labels: str) -> tuple[GoalCard, ...]:
    return tuple(
        replace(books.goal(str(n), f"Title {n}"), label=label, strategies=(books.strategy(f"{n}.1", text="Do it."),))
        for n, label in enumerate(labels, 1)
    )


def test_own_labels_in_their_places_are_printed_as_they_are() -> None:
    heard = said(goals=goals("Goal One", "", "Third: thrift"))
    assert "Goal One Title 1" in heard
    assert "Goal 2 Title 2" in heard
    assert "Third: thrift Title 3" in heard


def test_after_a_move_all_goals_go_by_their_places() -> None:
    heard = said("packet", goals=goals("GOAL 2", "GOAL 3", "", "GOAL 1"))
    assert "GOAL" not in heard
    for n in range(1, 5):
        assert f"Goal {n} Title {n}" in heard
        assert f"Strategy {n}.1" in heard


def test_labels_that_do_not_clash_leave_the_book_as_it_is() -> None:
    book = books.book(goals=goals("Goal One", "Known", "Vision 2030"))
    assert labelled(book) is book
