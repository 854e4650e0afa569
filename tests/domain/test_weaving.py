"""Weaving: both changes are in where they do not touch, both are shown where they do, and nothing else happens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain.weaving import weave

BEFORE = "By June 2030, 85 percent of third graders read at grade level."
WORDS = st.sampled_from(["cat", "dog", "sun", "88", "don't", "läse", ".", ",", " ", "\n\n", "- ", "‹", "|", "学生"])
TEXTS = st.lists(WORDS, max_size=14).map("".join)


def test_changes_in_different_places_are_both_in() -> None:
    mine = "By June 2030, 88 percent of third graders read at grade level, up from 61 percent in 2025."
    theirs = "By the end of spring 2030, 85 percent of third graders read at grade level."
    woven = weave(BEFORE, mine, theirs)
    assert woven.text == (
        "By the end of spring 2030, 88 percent of third graders read at grade level, up from 61 percent in 2025."
    )
    assert (woven.places, woven.touching) == (3, 0)
    assert not woven.waits(woven.text)


def test_changes_of_the_same_words_stand_side_by_side_and_wait() -> None:
    woven = weave(BEFORE, BEFORE.replace("85", "88"), BEFORE.replace("85", "90").replace("June", "May"))
    assert woven.text == "By May 2030, ‹88 | 90› percent of third graders read at grade level."
    assert (woven.places, woven.touching) == (2, 1)
    assert woven.waits(woven.text)
    assert woven.waits(woven.text.replace("‹", "")), "the other sign is left"
    assert not woven.waits("By May 2030, 89 percent of third graders read at grade level.")


def test_neighboring_words_touch() -> None:
    woven = weave("in June 2030 all", "in May 2030 all", "in June 2031 all")
    assert woven.text == "in ‹May 2030 | June 2031› all"


def test_both_add_at_the_same_place() -> None:
    woven = weave("We read.", "We read daily.", "We read aloud.")
    assert woven.touching == 1
    assert "daily" in woven.text
    assert "aloud" in woven.text


def test_one_deletes_what_the_other_changes() -> None:
    woven = weave("one two three four", "one four", "one two 3 four")
    assert woven.touching == 1
    assert woven.waits(woven.text)


def test_a_text_with_such_signs_gets_others() -> None:
    woven = weave("the ‹x› a", "the ‹x› b", "the ‹x› c")
    assert woven.text == "the ‹x› ⟨b | c⟩"
    assert woven.waits(woven.text)
    assert not woven.waits("the ‹x› b")


@pytest.mark.parametrize("size", [200, 20_000])
def test_long_texts_are_woven(size: int) -> None:
    words = [f"w{n}" for n in range(size)]
    mine, theirs = words.copy(), words.copy()
    mine[10], theirs[-10] = "mine", "theirs"
    woven = weave(" ".join(words), " ".join(mine), " ".join(theirs))
    expected = words.copy()
    expected[10], expected[-10] = "mine", "theirs"
    assert woven.text == " ".join(expected)


@given(TEXTS, TEXTS)
def test_where_one_left_it_the_others_text_stands(before: str, after: str) -> None:
    assert weave(before, after, before).text == after
    assert weave(before, before, after).text == after
    assert weave(before, after, after).text == after


@given(TEXTS, TEXTS, TEXTS)
def test_whatever_both_wrote_is_shown_or_was_left_out_by_one(before: str, mine: str, theirs: str) -> None:
    woven = weave(before, mine, theirs)
    for text in (mine, theirs):
        for word in re.findall(r"\w+", text):
            assert word in woven.text or word in before
    assert woven.touching <= woven.places
    assert woven.waits(woven.text) is (woven.touching > 0)


@given(TEXTS, TEXTS, TEXTS)
def test_the_sides_do_not_matter_but_for_their_order(before: str, mine: str, theirs: str) -> None:
    one, other = weave(before, mine, theirs), weave(before, theirs, mine)
    assert (one.places, one.touching) == (other.places, other.touching)


@given(st.lists(st.sampled_from(["cat", "dog", "sun", "moon", "tree"]), min_size=9, max_size=20), st.data())
def test_two_changes_with_a_word_between_them_are_both_in(words: list[str], data: st.DataObject) -> None:
    numbered = [f"{word}{n}" for n, word in enumerate(words)]
    a = data.draw(st.integers(0, len(words) - 3))
    b = data.draw(st.integers(a + 2, len(words) - 1))
    mine, theirs, both = numbered.copy(), numbered.copy(), numbered.copy()
    mine[a] = both[a] = "hers"
    theirs[b] = both[b] = "his"
    woven = weave(" ".join(numbered), " ".join(mine), " ".join(theirs))
    assert (woven.text, woven.touching) == (" ".join(both), 0)
