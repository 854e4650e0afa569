"""Runs of a comparison are exactly both texts, read well, and come in time whatever is compared."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from domain.redlines import text_after, text_before
from planstudio.domain.alignment import blocks, rising
from planstudio.domain.redline import Mark, Run, compare, compare_lines

PIECES = [
    "the ",
    "a ",
    "board",
    " ",
    "\n",
    "\n\n",
    "policy",
    ".",
    ", ",
    "every year",
    "# ",
    "- ",
    "é",
    "計",
    "\r\n",
    "’s",
]
texts = some.one_of(some.text(max_size=200), some.lists(some.sampled_from(PIECES), max_size=60).map("".join))


def shown(before: str, after: str) -> str:
    """The runs as a reader sees them."""
    signs = {Mark.DELETED: "[-{}-]", Mark.ADDED: "[+{}+]", Mark.MOVED_AWAY: "[<{}<]", Mark.MOVED_HERE: "[>{}>]"}
    return "".join(signs.get(run.mark, "{}").format(run.text) for run in compare(before, after))


@settings(max_examples=300, deadline=None)
@given(texts, texts)
def test_applying_the_runs_gives_exactly_both_texts(before: str, after: str) -> None:
    runs = compare(before, after)
    assert text_before(runs) == before
    assert text_after(runs) == after
    assert all(run.text for run in runs)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_same_text_has_no_changes(text: str) -> None:
    assert {run.mark for run in compare(text, text)} <= {Mark.KEPT}


@settings(max_examples=200, deadline=None)
@given(some.lists(some.sampled_from("abcdefgh "), max_size=40), some.lists(some.sampled_from("abcdefgh "), max_size=40))
def test_equal_blocks_are_equal_and_in_order(before: list[str], after: list[str]) -> None:
    at = there = 0
    for block in blocks(before, after):
        assert block.at >= at
        assert block.there >= there
        assert before[block.at : block.at + block.size] == after[block.there : block.there + block.size]
        at, there = block.at + block.size, block.there + block.size


@given(some.permutations(range(12)))
def test_a_rising_run_rises_and_no_single_step_makes_it_longer(values: list[int]) -> None:
    run = rising(values)
    picked = [values[at] for at in run]
    assert run == sorted(run)
    assert picked == sorted(picked)
    best = [1] * len(values)
    for at, value in enumerate(values):
        best[at] += max((best[n] for n in range(at) if values[n] < value), default=0)
    assert len(run) == max(best)


def test_a_word_is_exchanged_for_a_word() -> None:
    assert shown("at least every seven years.", "at least every five years.") == (
        "at least every [-seven-][+five+] years."
    )


def test_lone_words_between_changes_go_with_them() -> None:
    assert shown("We like a red house and a cat.", "We like one blue barn and two dogs.") == (
        "We like [-a red house and a cat-][+one blue barn and two dogs+]."
    )


def test_a_line_that_is_nearly_all_new_is_replaced_whole() -> None:
    before, after = "The principal alone accepts gifts", "Gifts go to the board, which may refuse them in public"
    assert shown(before, after) == f"[-{before}-][+{after}+]"


def test_a_paragraph_that_went_elsewhere_has_moved() -> None:
    first, second, third = (
        "Gifts are welcome in every school.\n",
        "Money goes to the office.\n",
        "Thanks are written.\n",
    )
    assert shown(first + second + third, second + third + first) == f"[<{first}<]{second}{third}[>{first}>]"


def test_a_new_paragraph_is_added_and_its_neighbours_stay() -> None:
    assert shown("One line here.\nAnother there.\n", "One line here.\nA new one.\nAnother there.\n") == (
        "One line here.\n[+A new one.\n+]Another there.\n"
    )


def test_what_was_deleted_stands_before_what_was_added() -> None:
    marks = [run.mark for run in compare("The old words stay here", "The new words stay here")]
    assert marks.index(Mark.DELETED) < marks.index(Mark.ADDED)


def test_lines_know_their_places() -> None:
    before, after = ["same", "goes away for good"], ["new at the top", "same"]
    changes = compare_lines(before, after)
    places = [(change.before, change.after, change.mark) for change in changes]
    assert places == [(None, 0, Mark.ADDED), (0, 1, Mark.KEPT), (1, None, Mark.DELETED)]


def test_empty_texts_have_no_runs() -> None:
    assert compare("", "") == ()
    assert compare("", "a") == (Run(Mark.ADDED, "a"),)
    assert compare("a", "") == (Run(Mark.DELETED, "a"),)


WORDS = " ".join(f"word{n % 3000}" for n in range(60_000))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 250_000, "b a " * 125_000),
        ("a\n" * 250_000, "a\nb\n" * 125_000),
        ("x" * 500_000, "y" * 500_000),
        (".," * 250_000, ",." * 250_000),
        (WORDS, WORDS.replace("word7", "other7")),
        (WORDS.replace(" ", "\n"), WORDS.replace(" ", "\n").replace("word7", "other7")),
        ("", WORDS),
    ],
    ids=["one line", "lines", "one word", "signs", "words", "short lines", "new"],
)
def test_half_a_megabyte_takes_seconds_whatever_it_is(before: str, after: str) -> None:
    start = time.process_time()
    runs = compare(before, after)
    assert time.process_time() - start < 30
    assert text_before(runs) == before
    assert text_after(runs) == after
