"""Whatever is typed stays text; whatever is pasted still prints."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from planstudio.domain.cards import ItemCard, PlanBook, StatementCard
from planstudio.domain.kinds import StatementKind
from planstudio.reports import build
from planstudio.reports.printed import Printed
from reports import books
from tagged.reading import A2A, UA1, elements, extracted, failures, squeezed, strays, told

MARKUP = [
    "<b>not bold</b>",
    '<img src="file:///etc/passwd"/>',
    "</para></font> after",
    "AT&T &amp; sons &lt; &#65;",
    '<font size="1e9">big</font>',
    '<a href="javascript:alert(1)">x</a>',
    '<onDraw name="x"/>',
    "100 % (of) \\them\\ )(",
    "%%EOF endstream endobj",
]


def everywhere(text: str) -> PlanBook:
    """A plan with *text* in every place that a person can type into."""
    strategy = books.strategy(title=text, text=text, owner=text, priority=text, department=text)
    bare = books.strategy("1.2", "", text)
    measure = books.measure(text, unit=text, definition=text, source=text, interim=text)
    item = ItemCard("i", text, text, text)
    goal = books.goal(title=text, statement=text, label=text, owner=text, population=text)
    goal = books.replace(goal, strategies=(strategy, bare), measures=(measure,))
    return books.book(
        goals=(goal,),
        policies=(books.policy(text, text, text, owner=text, legal_refs=(text,), cross_refs=(text,)),),
        statements=(StatementCard("s", StatementKind.VALUES, text, text, text, text, source=text, items=(item,)),),
    )


def whole(book: PlanBook) -> Printed:
    """The packet with the full text of every policy."""
    return build("packet", book, policies={policy.id for policy in book.policies})


@pytest.mark.parametrize("text", MARKUP)
def test_markup_stays_the_characters_that_were_typed(text: str) -> None:
    pdf = build("packet", books.book(goals=(books.goal(title=text, owner=text),))).pdf
    assert text in told(pdf)
    assert text in extracted(pdf)


@pytest.mark.parametrize("text", [*MARKUP, "\x00\x01\u202eabc\u2066", "\ud800", "\u0301", " ", "\n\n", "-", "#", "|"])
def test_a_file_with_hostile_text_everywhere_keeps_both_standards(text: str) -> None:
    pdf = whole(everywhere(text)).pdf
    assert failures(pdf, UA1) | failures(pdf, A2A) == set()


def test_only_web_and_mail_links_lead_anywhere() -> None:
    body = "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](https://ok.example) [d](mailto:x@ok.example) ![i](file:///p.png)"
    pdf = whole(books.book(policies=(books.policy(body=body),))).pdf
    with pikepdf.open(BytesIO(pdf)) as document:
        notes = [note for page in document.pages for note in page.get("/Annots", [])]
        targets = [str(note.A.URI) for note in notes if "/A" in note]
    assert targets == ["https://ok.example", "mailto:x@ok.example"]
    assert b"/JavaScript" not in pdf
    assert not [e for e in elements(pdf) if e.role == "Figure" and "pic" in e.alt]


PIECES = [
    "word ", "a", "**bold** ", "*it* ", "[l](https://e.org) ", "\n\n", "\n", "- ", "1. ", "  - ", "# ", "### ", "計",
    "| a | b |\n|---|---|\n| c | d |\n", "x" * 90, "<b>", "`code` ", "\\", "---", "> q", "  \n", "    ", "\x00",
    "\u202e",
]  # fmt: skip

MEGABYTE = "the lake and the river and the school and " * 25_000


@pytest.mark.parametrize(
    "book",
    [
        books.book(goals=(books.goal(title=MEGABYTE),)),
        books.book(goals=(books.goal(title="x" * 1_000_000),)),
        books.book(goals=(books.goal(strategies=(books.strategy(title=MEGABYTE),)),)),
        books.book(policies=(books.policy(body=MEGABYTE),)),
        books.book(organization=books.replace(books.DISTRICT, name=MEGABYTE)),
        books.book(policies=(books.policy(body=f"| a | b |\n|---|---|\n| {MEGABYTE} | c |"),)),
        books.book(policies=(books.policy(body=f"| {MEGABYTE} | b |\n|---|---|\n| a | c |"),)),
    ],
    ids=["title", "one word", "cell", "policy", "district", "table", "head of a table"],
)
def test_a_megabyte_in_one_field_prints(book: PlanBook) -> None:
    printed = whole(book)
    assert printed.pages > 100
    with pikepdf.open(BytesIO(printed.pdf)) as document:
        titles = [str(item.Title) for item in _outline(document)]
    assert all(len(title) <= 200 for title in titles)


def test_no_word_of_a_long_cell_is_lost() -> None:
    words = " ".join(f"word{n}" for n in range(4000))
    pdf = build("packet", books.book(goals=(books.goal(strategies=(books.strategy(title=words),)),))).pdf
    assert squeezed(words) in told(pdf)


def test_a_word_without_a_space_is_cut_not_lost() -> None:
    word = "".join(chr(97 + n % 26) for n in range(5000))
    pdf = whole(everywhere(word)).pdf
    assert told(pdf).replace(" ", "").count(word) >= 10
    assert failures(pdf, UA1) == set()


def test_lists_as_deep_as_markdown_reads_them_print() -> None:
    deep = "\n".join("  " * n + f"- level {n}" for n in range(9))
    said = told(whole(books.book(policies=(books.policy(body=deep),))).pdf)
    assert all(f"level {n}" in said for n in range(9))


@settings(max_examples=40, deadline=None)
@given(some.lists(some.sampled_from(PIECES), max_size=30))
def test_whatever_markdown_is_typed_keeps_both_standards(pieces: list[str]) -> None:
    text = "".join(pieces)
    pdf = whole(everywhere(text)).pdf
    assert failures(pdf, UA1) | failures(pdf, A2A) == set()
    assert strays(pdf) == ""


def _outline(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    items, queue = [], [document.Root.Outlines.get("/First")]
    while queue:
        item = queue.pop()
        while item is not None:
            items.append(item)
            queue.append(item.get("/First"))
            item = item.get("/Next")
    return items
