"""Texts keep every letter and lose what only machines see."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain import texts
from planstudio.domain.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Every child  ", "Every child"),
        ("read\x00 and\x07 reckon", "read and reckon"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("\ufeffMission", "Mission"),
        ("a\u2066b\u2069c", "abc"),
        ("half a letter \ud83d gone", "half a letter  gone"),
        ("one\r\ntwo\rthree\u2028four\x0bfive\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("a\tb\n\nc", "a\tb\n\nc"),
        ("<b>bold</b> & {braces}", "<b>bold</b> & {braces}"),
        (
            "Nuñez, Ÿ, Kev Cai Lij Choj, Việt, Школа, 日本, שלום, 🦦",
            "Nuñez, Ÿ, Kev Cai Lij Choj, Việt, Школа, 日本, שלום, 🦦",
        ),
        ("ﾠ\u200dzero width joiner stays", "ﾠ\u200dzero width joiner stays"),
    ],
)
def test_a_text_is_tidied_and_nothing_more(typed: str, kept: str) -> None:
    assert texts.tidy(typed) == kept


@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing(typed: str) -> None:
    assert texts.tidy(texts.tidy(typed)) == texts.tidy(typed)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs")), max_size=200))
def test_every_letter_of_every_language_stays(typed: str) -> None:
    assert texts.tidy(typed) == typed


@given(st.text(max_size=200))
def test_nothing_unseen_is_left(typed: str) -> None:
    kept = texts.tidy(typed)
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n"]


def test_a_title_is_one_line_of_single_spaces() -> None:
    assert texts.line(" Our\n\n mission \t statement\u00a0", "title") == "Our mission statement"


@pytest.mark.parametrize(("keep", "room"), [(texts.line, texts.LINE), (texts.prose, texts.TEXT)])
def test_a_text_may_fill_its_room_and_not_a_letter_more(keep: object, room: int) -> None:
    assert callable(keep)
    assert len(keep("x" * room, "title")) == room
    with pytest.raises(InvalidInput) as refused:
        keep("x" * (room + 1), "title")
    assert refused.value.field == "title"


def test_a_megabyte_pasted_into_a_title_is_refused_with_both_numbers() -> None:
    with pytest.raises(InvalidInput, match=r"room for 1,000 characters; the text has 1,048,576\."):
        texts.line("x" * 2**20, "title")


def test_spaces_at_the_ends_do_not_count() -> None:
    assert texts.line(" " * 5_000 + "Mission" + "\n" * 5_000, "title") == "Mission"
