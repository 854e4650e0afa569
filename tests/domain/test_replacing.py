"""Words found and replaced, in plain texts and in Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain.replacing import Wanted, around, replaced, spans
from planstudio.richtext import escape, plain


def everywhere(text: str, wanted: Wanted, by: str, *, markdown: bool = True) -> str:
    chosen = range(len(spans(text, wanted, markdown=markdown)))
    return replaced(text, wanted, by, markdown=markdown, chosen=set(chosen))


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        (Wanted("staff"), "Staff and staffing, by staff.", 3),
        (Wanted("staff", case=True), "Staff and staffing, by staff.", 2),
        (Wanted("staff", whole=True), "Staff and staffing, by staff.", 2),
        (Wanted("every child"), "Every\nchild, every  child", 2),
        (Wanted("  "), "nothing is everywhere", 0),
        (Wanted("a.c"), "abc a.c", 1),
    ],
)
def test_places_are_found_as_they_are_asked_for(wanted: Wanted, text: str, found: int) -> None:
    assert len(spans(text, wanted, markdown=False)) == found


def test_only_the_chosen_places_are_replaced() -> None:
    assert replaced("pupil, pupil, pupil", Wanted("pupil"), "student", markdown=False, chosen={0, 2}) == (
        "student, pupil, student"
    )


def test_the_address_of_a_link_is_no_words() -> None:
    text = "See [our pupils](https://example.org/pupils) and pupils"
    assert everywhere(text, Wanted("pupils"), "students") == (
        "See [our students](https://example.org/pupils) and students"
    )


def test_words_with_signs_are_found_as_they_are_read() -> None:
    assert everywhere(escape("A*B and [c] & d"), Wanted("A*B and [c]"), "x_y") == escape("x_y & d")


def test_what_is_put_in_reads_as_it_was_typed() -> None:
    assert plain(everywhere("- first\n- second", Wanted("first"), "# 1. *not* <b>markup</b>")) == (
        "# 1. *not* <b>markup</b> second"
    )


@given(st.text(), st.text(min_size=1), st.text())
def test_words_that_are_replaced_and_put_back_leave_the_text_as_it_was(text: str, old: str, new: str) -> None:
    wanted, back = Wanted(old, case=True), Wanted(new, case=True)
    if new.strip() and new not in text and old.split() == [old] and new.split() == [new]:
        changed = everywhere(text, wanted, new, markdown=False)
        if changed.count(new) == len(spans(text, wanted, markdown=False)):
            assert everywhere(changed, back, old, markdown=False) == text


def test_the_words_around_a_place_are_on_one_line() -> None:
    assert around("one\ntwo \\*three\\* four", 8, 17) == ("one two ", "*three*", " four")


@pytest.mark.parametrize(
    ("text", "old", "new", "made"),
    [
        ("- one\n- two-fold", "-", "–", "- one\n- two–fold"),
        ("| a | b |\n| --- | --- |\n| a-b | 1 |", "-", "x", "| a | b |\n| --- | --- |\n| axb | 1 |"),
        ("**growth** \\*note", "*", "x", "**growth** xnote"),
        ("1. first of 1", "1", "5", "1. first of 5"),
        ("1. first.", ".", "!", "1. first!"),
        ("## Goals and ##", "##", "Part", "## Goals and Part"),
        ("See https://a.example/pupils, pupils", "pupils", "students", "See https://a.example/pupils, students"),
    ],
)
def test_signs_of_markdown_are_no_words(text: str, old: str, new: str, made: str) -> None:
    assert everywhere(text, Wanted(old), new) == made


def test_words_do_not_go_over_the_end_of_a_paragraph() -> None:
    assert spans("# Title\n\nReading more", Wanted("title reading"), markdown=True) == []
    assert len(spans("Title\nreading more", Wanted("title reading"), markdown=True)) == 1


def test_emphasis_and_links_go_with_their_words() -> None:
    assert everywhere("It is **growth** now", Wanted("growth"), "") == "It is  now"
    assert everywhere("See [growth](https://a.example) now", Wanted("growth"), "") == "See  now"
    assert everywhere("It is **growth rate** now", Wanted("growth"), "") == "It is ** rate** now"
