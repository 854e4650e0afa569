"""Every word of the book is in the file, in its order: in the tree for a reader, and on the pages for a copier."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pytest

from planstudio.domain.cards import GoalCard, PlanBook, PolicyCard, StatementCard, StrategyCard
from planstudio.reports import Printed
from planstudio.richtext import Grid, Heading, Listing, Paragraph, blocks
from reports import books
from tagged.reading import elements, extracted, squeezed, strays, told


def lines(markdown: str) -> Iterator[str]:
    """The text of each block, line by line, without numbers and dashes."""
    yield from _lines(blocks(markdown))


def _lines(parts: tuple[object, ...]) -> Iterator[str]:
    for block in parts:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield "".join(span.text for span in spans)
            case Listing(_, _, entries):
                for entry in entries:
                    yield from _lines(entry)
            case Grid(rows):
                for row in rows:
                    yield from ("".join(span.text for span in cell) for cell in row)


def statement_texts(card: StatementCard) -> Iterator[str]:
    yield card.heading
    yield card.question
    yield from lines(card.lead)
    yield from lines(card.body)
    for item in card.items:
        yield item.title
        yield from lines(item.text)
        yield from lines(item.evidence)


def strategy_texts(card: StrategyCard) -> Iterator[str]:
    yield card.number
    if card.title:
        yield card.title
    else:
        yield from lines(card.text)
    yield card.priority


def strategy_details(card: StrategyCard) -> Iterator[str]:
    if card.title:
        yield from lines(card.text)
    for milestone in card.milestones:
        yield milestone.text
    for update in card.updates[:1]:
        yield from lines(update.done)
        yield from lines(update.next)


def goal_texts(card: GoalCard) -> Iterator[str]:
    yield card.label
    yield card.title
    yield from lines(card.statement)
    yield card.owner
    yield from (card.population, card.measured_by, card.baseline, card.target)
    for measure in [*card.measures, *(m for s in card.strategies for m in s.measures)]:
        yield measure.name
    for strategy in card.strategies:
        yield from strategy_texts(strategy)
    for update in card.updates:
        yield from lines(update.done)
        yield from lines(update.next)
    for strategy in card.strategies:
        yield from strategy_details(strategy)
    for ref in card.policies:
        yield from (ref.code, ref.title, ref.note)


def index_texts(book: PlanBook) -> Iterator[str]:
    for policy in book.policies:
        yield policy.code
        yield policy.title


def policy_texts(card: PolicyCard) -> Iterator[str]:
    yield card.code
    yield card.title
    yield from lines(card.body)
    yield from card.legal_refs
    yield from card.cross_refs


def texts(book: PlanBook) -> list[str]:
    """All that the packet must say, in its order."""
    said: list[str] = []
    for statement in book.statements:
        said += statement_texts(statement)
    for goal in book.goals:
        said += goal_texts(goal)
    said += index_texts(book)
    for policy in book.attached:
        said += policy_texts(policy)
    return [squeezed(text) for text in said if text.strip()]


def assert_in_order(whole: str, wanted: list[str]) -> None:
    at = 0
    for text in wanted:
        found = whole.find(text, at)
        assert found >= 0, f"missing or out of order: {text!r} after {whole[max(at - 80, 0) : at]!r}"
        at = found + len(text)


def test_the_tree_tells_every_text_in_the_order_of_the_book(packet: Printed) -> None:
    assert_in_order(told(packet.pdf), texts(books.whole()))


def test_the_pages_show_every_text_in_the_order_of_the_book(packet: Printed) -> None:
    assert_in_order(extracted(packet.pdf), texts(books.whole()))


def test_nothing_is_drawn_that_is_neither_tagged_nor_an_artifact(packet: Printed, plan_book: Printed) -> None:
    assert strays(packet.pdf) == ""
    assert strays(plan_book.pdf) == ""


def test_a_reader_hears_everything_that_is_on_the_page_but_heads_and_feet(packet: Printed) -> None:
    heard = told(packet.pdf)
    document = pypdfium2.PdfDocument(packet.pdf)
    for page in document:
        width, height = page.get_size()
        seen = page.get_textpage().get_text_bounded(0, 60, width, height - 60).split()
        assert [word for word in seen if word not in heard] == []
    document.close()


def test_the_words_of_a_link_are_told_where_they_stand(packet: Printed) -> None:
    paragraph = next(e for e in elements(packet.pdf) if e.role == "P" and e.whole.startswith("See the state"))
    assert paragraph.whole == "See the state's list and write to the office."
    assert [kid.alt for kid in paragraph.kids if kid.role == "Link"] == ["the state's list", "the office"]


def test_a_table_is_told_row_by_row(packet: Printed) -> None:
    table = next(e for e in elements(packet.pdf) if e.role == "Table" and "Subject" in e.whole)
    rows = [[cell.whole for cell in row.kids] for row in table.kids]
    assert rows == [
        ["Subject", "Review", "Committee"],
        ["Reading", "every 5 years", "Standing"],
        ["Science", "every 7 years", "Named when needed"],
    ]


def test_lists_in_lists_keep_their_numbers(packet: Printed) -> None:
    group = next(e for e in elements(packet.pdf) if e.role == "L" and "director of instruction" in e.whole)
    assert [item.kids[0].whole for item in group.kids] == ["1.", "2.", "3."]
    inner = next(e for e in group.kids[1].walk() if e.role == "L")
    assert [item.whole for item in inner.kids] == ["– one from a small school,", "– one from a large school;"]


def test_headings_skip_no_level(packet: Printed) -> None:
    levels = [int(e.role[1]) for e in elements(packet.pdf) if e.role in {"H1", "H2", "H3", "H4"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_has_words_that_say_what_it_shows(packet: Printed) -> None:
    alts = [e.alt for e in elements(packet.pdf) if e.role == "Figure"]
    assert len(alts) > 5
    assert all(" " in alt and "." in alt and not alt.lower().endswith((".png", ".jpg", ".pdf")) for alt in alts)


@pytest.mark.parametrize("empty", ["statements", "goals", "policies"])
def test_an_empty_part_says_so_in_a_sentence(empty: str) -> None:
    from planstudio.reports import build

    said = told(build("packet", books.book()).pdf)
    sentences = {
        "statements": "This plan has no statements yet.",
        "goals": "This plan has no goals yet.",
        "policies": "There are no policies yet.",
    }
    assert sentences[empty] in said
