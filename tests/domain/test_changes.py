"""What changed in a text by sections, and in a plan by elements."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from domain.redlines import text_after, text_before
from planstudio.domain.cards import PlanBook
from planstudio.domain.kinds import Status
from planstudio.domain.plan_changes import ElementChange, compare_plans, counts, elements
from planstudio.domain.redline import Mark
from planstudio.domain.text_changes import Tally, compare_texts, sections, tally
from reports import books

OLD = """Above.

## Purpose

The board chooses.

## Review

- Every seven years
- By a committee

## Gifts

Ask first.
"""


def of(before: PlanBook, after: PlanBook, ident: str) -> ElementChange:
    (found,) = [change for change in compare_plans(before, after) if change.element.id == ident]
    return found


def test_only_the_section_with_other_words_has_changed() -> None:
    changes = compare_texts(OLD, OLD.replace("seven", "five"))
    assert [change.name for change in changes if change.changed] == ["Review"]
    assert tally(changes) == Tally(changed=1)


def test_looks_do_not_count() -> None:
    assert not any(change.changed for change in compare_texts(OLD, OLD.replace("board", "**board**")))


def test_a_section_that_stands_elsewhere_has_moved() -> None:
    head, purpose, review, gifts = OLD.split("## ")
    changes = compare_texts(OLD, head + "## ".join(["", gifts, purpose, review]))
    assert [(change.name, change.mark) for change in changes if change.changed] == [("Gifts", Mark.MOVED_HERE)]
    assert tally(changes) == Tally(moved=1)


def test_new_and_lost_sections_are_told_as_wholes() -> None:
    changes = compare_texts(OLD, OLD.replace("## Gifts\n\nAsk first.\n", "## Appeals\n\nWrite to the office.\n"))
    assert [(change.name, change.mark) for change in changes if change.changed] == [
        ("Appeals", Mark.ADDED), ("Gifts", Mark.DELETED),
    ]  # fmt: skip


def test_a_section_with_another_heading_and_the_same_words_is_the_same() -> None:
    changes = compare_texts(OLD, OLD.replace("## Gifts", "## Presents"))
    (changed,) = [change for change in changes if change.changed]
    assert changed.mark is Mark.KEPT
    assert [run.text for run in changed.title] == ["Gifts", "Presents"]


def test_numbers_before_headings_do_not_part_a_section() -> None:
    before = "## 1. Purpose\n\nWe choose.\n\n## 2. Gifts\n\nAsk.\n"
    after = "## 1. Words\n\nTerms.\n\n## 2. Purpose\n\nWe choose.\n\n## 3. Gifts\n\nAsk.\n"
    assert [(c.name, c.mark) for c in compare_texts(before, after)] == [
        ("1. Words", Mark.ADDED), ("2. Purpose", Mark.KEPT), ("3. Gifts", Mark.KEPT),
    ]  # fmt: skip


PARTS = [
    "## One\n\n",
    "## Two\n\n",
    "Some words here.\n\n",
    "Other words there.\n\n",
    "- entry\n",
    "\n",
    "| a |\n|---|\n| b |\n\n",
]
markdown = some.lists(some.sampled_from(PARTS), max_size=12).map("".join)


@settings(max_examples=200, deadline=None)
@given(markdown, markdown)
def test_no_passage_is_lost_or_told_twice(before: str, after: str) -> None:
    changes = compare_texts(before, after)
    runs = [passage.runs for change in changes for passage in change.passages]
    old = sorted(words for line in runs if (words := text_before(line)))
    new = sorted(words for line in runs if (words := text_after(line)))
    assert old == sorted(p.text for section in sections(before) for p in section.passages if p.text)
    assert new == sorted(p.text for section in sections(after) for p in section.passages if p.text)


def test_the_same_plan_has_no_changes() -> None:
    assert compare_plans(books.whole(), books.whole()) == ()


def test_every_element_is_named_once() -> None:
    found = list(elements(books.whole()))
    assert len({element.id for element in found}) == len(found)


def test_other_words_change_an_element() -> None:
    book = books.whole()
    goal = replace(book.goals[0], title="Every child reads", status=Status.ON_TRACK)
    change = of(book, replace(book, goals=(goal, *book.goals[1:])), "g1")
    assert change.changed
    assert [(field.name, field.before, field.after) for field in change.fields] == [
        ("Title", "Every child a reader", "Every child reads"), ("Status", "At risk", "On track"),
    ]  # fmt: skip


def test_only_what_left_the_order_has_moved() -> None:
    book = books.whole()
    one, two, three = book.goals
    moved = compare_plans(book, replace(book, goals=(three, one, two)))
    assert [(change.element.id, change.moved, change.changed) for change in moved] == [("g3", True, False)]


def test_an_element_of_another_parent_has_moved() -> None:
    book = books.whole()
    one, two, three = book.goals
    strategy = one.strategies[0]
    one = replace(one, strategies=one.strategies[1:])
    two = replace(two, strategies=(*two.strategies, strategy))
    change = of(book, replace(book, goals=(one, two, three)), strategy.id)
    assert change.moved
    assert (change.before.above, change.element.above) == ("Every child a reader", "Present, safe and known")  # type: ignore[union-attr]


def test_what_came_and_went_is_counted() -> None:
    book = books.whole()
    found = compare_plans(book, replace(book, statements=book.statements[1:], goals=book.goals[:1]))
    tallies = counts(found)
    assert tallies["statement"]["deleted"] == 1
    assert tallies["goal"]["deleted"] == 2
    assert tallies["strategy"]["deleted"] == 2
    back = counts(compare_plans(replace(book, goals=book.goals[:1]), book))
    assert back["goal"]["added"] == 2


def test_what_was_deleted_stands_where_it_stood() -> None:
    book = books.whole()
    found = compare_plans(book, replace(book, goals=(book.goals[0], book.goals[2])))
    assert [change.element.id for change in found] == ["g2", "s2.1", "s2.2"]
