"""Where pages end: an update keeps its words, no lone row is left over, a section follows where there is room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from planstudio.domain.cards import GoalCard, PolicyRef, UpdateCard
from planstudio.domain.kinds import Relation, Status
from planstudio.reports import Printed, build
from reports import books
from tagged.reading import A2A, UA1, elements, failures, squeezed

DAY = date(2026, 10, 1)


def bodies(pdf: bytes) -> list[str]:
    """Each page's text between head and foot."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            squeezed(page.get_textpage().get_text_bounded(0, 60, page.get_width(), page.get_height() - 60))
            for page in document
        ]
    finally:
        document.close()


def page_with(printed: Printed, words: str, *, after: int = 2) -> int:
    """The first page of the body that says *words*, from 1."""
    return next(at for at, text in enumerate(bodies(printed.pdf), 1) if at > after and words in text)


def lines(count: int, word: str = "river") -> str:
    """About *count* lines of text in the reading column."""
    return " ".join(f"{word}{n}" for n in range(count * 8))


def updated(lead: int, done: str) -> Printed:
    """A goal with an update that stands some *lead* lines down its page."""
    update = UpdateCard("u", DAY, Status.AT_RISK, 35, done, "Ask the college.", "Ines Calloway")
    return build("plan", books.book(goals=(books.goal(statement=lines(lead, "lake"), updates=(update,)),)))


@pytest.mark.parametrize("lead", range(8, 34, 2))
def test_an_update_that_fits_on_a_page_is_on_one_page(lead: int) -> None:
    printed = updated(lead, lines(24))
    head = page_with(printed, "35 percent done")
    assert head == page_with(printed, "river191") == page_with(printed, "Next: Ask the college.")


@pytest.mark.parametrize("length", range(58, 76))
def test_what_comes_next_never_begins_a_page_without_its_update(length: int) -> None:
    printed = updated(0, lines(length))
    page = bodies(printed.pdf)[page_with(printed, "Next: Ask the college.") - 1]
    assert "river" in page.split("Next:")[0]


def test_a_strategys_dates_stay_with_its_words() -> None:
    for lead in range(10, 30):
        strategy = books.strategy(text=lines(2), due=date(2027, 6, 30))
        printed = build("plan", books.book(goals=(books.goal(statement=lines(lead, "lake"), strategies=(strategy,)),)))
        assert page_with(printed, "river15") == page_with(printed, "Due June 30, 2027.")


def tailed(lead: int) -> list[GoalCard]:
    """Two goals, the first of which ends some *lead* lines down its second page."""
    update = UpdateCard("u", DAY, Status.AT_RISK, 35, lines(lead), "", "")
    return [books.goal(statement=lines(16, "lake"), updates=(update,)), books.goal("2", "Present and known")]


def test_a_section_begins_below_the_end_of_another_when_there_is_room() -> None:
    printed = build("plan", books.book(goals=tuple(tailed(24))))
    assert page_with(printed, "river191") == printed.page_of["g2"] == printed.page_of["g1"] + 1
    assert failures(printed.pdf, UA1) | failures(printed.pdf, A2A) == set()


def test_a_section_begins_a_page_when_little_room_is_left() -> None:
    printed = build("plan", books.book(goals=tuple(tailed(34))))
    assert printed.page_of["g2"] == page_with(printed, "river271") + 1


def test_a_page_has_one_title() -> None:
    printed = build("plan", books.book(goals=(books.goal(), books.goal("2", "Present and known"))))
    assert printed.page_of["g2"] == printed.page_of["g1"] + 1


def test_parts_that_share_a_page_both_count_it_on_the_map() -> None:
    goal = tailed(24)[0]
    printed = build("plan", books.book(statements=books.STATEMENTS[:1], goals=(goal,)))
    last = page_with(printed, "river191")
    drawn = next(e.alt for e in elements(printed.pdf) if e.role == "Figure")
    assert f"Goals, pages {last - 1} to {last}; Measures, page {last}." in drawn


@pytest.mark.parametrize("count", range(6, 22))
def test_the_scorecard_leaves_no_lone_measure_over(count: int) -> None:
    rows = tuple(books.measure(f"Measure{n:02} of the lake", ident=f"m{n}") for n in range(count))
    printed = build("plan", books.book(goals=(books.goal(measures=rows),)))
    pages = bodies(printed.pdf)[page_with(printed, "Scorecard") - 1 :]
    told = [text.count(" of the lake") for text in pages if " of the lake" in text]
    assert sum(told) >= count
    assert min(told) > 1


@pytest.mark.parametrize("lead", range(10, 34))
def test_the_heading_of_a_table_is_on_the_page_of_its_first_rows(lead: int) -> None:
    refs = tuple(
        PolicyRef(f"l{n}", f"pol{n}", f"code{n}", "Choosing what is taught", Relation.GOVERNS, f"note {n}")
        for n in range(2)
    )
    goal = replace(books.goal(title="Read", statement=lines(lead, "lake")), policies=refs)
    printed = build("plan", books.book(goals=(goal,)))
    assert page_with(printed, "Policies Code") == page_with(printed, "code0") == page_with(printed, "code1")
