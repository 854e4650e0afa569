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


NAMES = "Pat O’Neil, pat o'neil; José and Jose\u0301; 学区的学生都会阅读; Hawaiʻi, Hawai'i; K–5, K-5; stu\u00addents"


@pytest.mark.parametrize(
    ("words", "count"),
    [("o'neil", 2), ("O’Neil", 2), ("josé", 2), ("Jose\u0301", 2), ("jose", 0), ("学生", 1), ("阅读", 1),
     ("hawaiʻi", 2),     ("–", 1), ("-", 1), ("’", 1), ("students", 1)],
)  # fmt: skip
def test_one_word_is_found_in_all_of_its_spellings(words: str, count: int) -> None:
    assert len(spans(NAMES, Wanted(words), markdown=False)) == count
    whole = count if any(sign.isalpha() for sign in words) else 0
    assert len(spans(NAMES, Wanted(words, whole=True), markdown=False)) == whole


def test_a_word_in_two_signs_is_replaced_with_its_accent() -> None:
    assert everywhere("Jose\u0301 reads", Wanted("josé"), "Ann", markdown=False) == "Ann reads"
    assert everywhere("straße", Wanted("s"), "z", markdown=False) == "ztraße", "half of a letter is no place"
    assert everywhere("🎉 Teh end", Wanted("teh"), "The", markdown=False) == "🎉 The end"
