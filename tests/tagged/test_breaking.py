"""Lines: as wide as they may be, broken at spaces, words cut only when they must."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tagged import sheets  # noqa: F401  registers the faces
from taggedpdf.breaking import Line, Run, RunStyle, break_lines, text_width

PLAIN = RunStyle("Vera", 10, "0 0 0 rg")
BOLD = RunStyle("Vera-B", 10, "0 0 0 rg")


def texts(lines: list[Line]) -> list[str]:
    return ["".join(text for _look, text in line.runs) for line in lines]


def test_words_go_on_the_line_until_one_does_not_fit() -> None:
    lines = break_lines([(PLAIN, "one two three four five six seven")], 60)
    assert len(lines) > 1
    assert " ".join(texts(lines)) == "one two three four five six seven"
    assert all(line.width <= 60 for line in lines)


def test_two_looks_break_as_one_text() -> None:
    runs = [(PLAIN, "one tw"), (BOLD, "o three"), (PLAIN, " four, five six seven")]
    lines = break_lines(runs, 60)
    assert " ".join(texts(lines)) == "one two three four, five six seven"
    assert all(line.width <= 60.1 for line in lines)


def test_a_line_end_in_the_text_ends_the_line() -> None:
    assert texts(break_lines([(PLAIN, "a\nb\n\nc")], 100)) == ["a", "b", "", "c"]
    assert texts(break_lines([(PLAIN, "a\n"), (BOLD, "b")], 100)) == ["a", "b"]


def test_a_word_wider_than_the_line_is_cut() -> None:
    for runs in ([(PLAIN, "see " + "x" * 100)], [(PLAIN, "see " + "x" * 50), (BOLD, "x" * 50)]):
        lines = break_lines(runs, 60)
        assert "".join(texts(lines)).replace("see", "").strip() == "x" * 100
        assert all(line.width <= 60.1 for line in lines)


def test_a_short_end_is_not_left_alone() -> None:
    text = "a paragraph that would end in a stump of it"
    for runs in ([(PLAIN, text)], [(PLAIN, text[:20]), (BOLD, text[20:])]):
        width = text_width(text, PLAIN) - 2 if len(runs) == 1 else 172
        last = texts(break_lines(runs, width, tied=True))[-1]
        assert len(last.split()) >= 3


def test_no_text_is_one_empty_line() -> None:
    assert texts(break_lines([], 60)) == [""]
    assert texts(break_lines([(PLAIN, "")], 60)) == [""]


@given(some.text("ab \n", max_size=80), some.integers(0, 80), some.integers(5, 90), some.booleans())
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str, cut: int, width: int, tied: bool) -> None:
    runs: list[Run] = [(PLAIN, text[:cut]), (BOLD, text[cut:])]
    for given_runs in ([(PLAIN, text)], runs):
        lines = break_lines(given_runs, width, tied=tied)
        assert "".join(texts(lines)).replace(" ", "") == text.replace(" ", "").replace("\n", "")
        assert all(line.width <= width + 0.1 or len("".join(texts([line]))) == 1 for line in lines)
        for line in lines:
            assert line.width == pytest.approx(sum(text_width(part, look) for look, part in line.runs), abs=0.01)
