"""Plain texts are decoded, whatever wrote them, and hold nothing that cannot be printed."""

from __future__ import annotations

import pytest

from planstudio.domain.intake import FileKind, Trouble
from planstudio.reports.foreign.child import take

WORDS = "Señora Núñez: 40 €\nsecond line\n"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_words_arrive_however_they_were_written(coding: str) -> None:
    imported = take("letter.txt", WORDS.encode(coding))
    assert imported.facts.kind is FileKind.PLAIN
    assert imported.text == WORDS


@pytest.mark.parametrize(
    ("name", "markup"),
    [("a.md", "markdown"), ("a.MARKDOWN", "markdown"), ("a.csv", "csv"), ("a.txt", "text"), ("a", "text")],
)
def test_the_name_says_which_kind_of_text_it_is(name: str, markup: str) -> None:
    assert take(name, b"words").facts.markup == markup


def test_what_cannot_be_printed_is_gone() -> None:
    assert take("a.txt", "a\x07b\u202ec\r\nd\x0ce".encode() + b" " * 300).text.strip() == "abc\nd\ne"


def test_a_program_named_as_text_is_not_taken() -> None:
    assert take("a.txt", bytes(range(256)) * 10).facts.trouble is Trouble.UNSUPPORTED


def test_a_text_of_only_spaces_is_empty() -> None:
    assert take("a.txt", b" \n\t\n").facts.trouble is Trouble.EMPTY


def test_a_book_is_too_large() -> None:
    assert take("a.txt", b"word " * 500_000).facts.trouble is Trouble.TOO_LARGE
