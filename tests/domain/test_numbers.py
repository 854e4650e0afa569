"""Numbers in every usual spelling, and what is no number."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planstudio.domain.errors import InvalidInput
from planstudio.domain.numbers import Sort, count_in, doubtful_beside_commas, read, value_of, why_not


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("66.4", 66.4), ("1,234.5", 1234.5), ("1,234", 1234), ("1,234,567.89", 1234567.89), ("1 234", 1234),
        ("1 234,5", 1234.5), ("1\u202f234,5", 1234.5), ("1.234.567,8", 1234567.8), ("1'234", 1234), ("61,5", 61.5),
        ("0,615", 0.615), ("-5", -5), ("−5", -5), ("–5", -5), ("- 5", -5), ("(12)", -12), ("($1,200.50)", -1200.5),
        ("61%", 61), ("61 %", 61), ("61\u00a0%", 61), ("61 percent", 61), ("$1,200", 1200), ("-$1,200", -1200),
        ("$-5", -5), ("US$ 5", 5), ("€ 5", 5), ("½", 0.5), ("1½", 1.5), ("3 1/2", 3.5), ("٣", 3), ("٣٫٥", 3.5),
        ("１２．５", 12.5), ("1E+05", 100000), ("61.", 61), (".5", 0.5), ("+3", 3), ("12k", 12000),
        ("1.2 million", 1200000), ("1,5 millones", 1500000), ("007", 7), ("\u200e61", 61),
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(words: str, value: float) -> None:
    said = read(words)
    assert said.sort is Sort.NUMBER
    assert said.value == pytest.approx(value)
    assert value_of(words) == said.value


@pytest.mark.parametrize(
    "words",
    ["n/a", "N/A", "NA", "*", "**", "—", "-", "…", "<10", "< 10", "n<10", ">95%", "#N/A", "#DIV/0!", "s/d",
     "suppressed",     "fewer than 10", "(n<10)", "10 or fewer", "not available", "TBD", "sin datos", "x"],
)  # fmt: skip
def test_what_says_that_there_is_no_number_is_told_apart(words: str) -> None:
    assert read(words).sort is Sort.NONE
    assert "says that there is no number" in why_not(read(words))


@pytest.mark.parametrize(
    "words",
    ["many", "1_000", "nan", "inf", "1e400", "9e15", "1,23,456", "66 4", "12-", "61*", "~61", "(12", "-(12)", "1/2"],
)
def test_what_is_no_number_is_refused_with_its_words(words: str) -> None:
    assert read(words).sort is Sort.WRONG
    with pytest.raises(InvalidInput, match=r"is not a number\. Write it like 66\.4\."):
        value_of(words)


def test_millions_in_one_letter_are_asked() -> None:
    with pytest.raises(InvalidInput, match=r"“1\.2M” may be 1,200,000"):
        value_of("1.2M")


def test_beside_decimal_commas_one_comma_and_three_digits_are_doubtful() -> None:
    said = doubtful_beside_commas(read("1,234"))
    assert (said.sort, said.value, said.other) == (Sort.DOUBT, 1234, 1.234)
    assert why_not(said) == "“1,234” may be 1,234 or 1.234"
    point = doubtful_beside_commas(read("1.234"))
    assert (point.sort, point.value, point.other) == (Sort.DOUBT, 1.234, 1234)
    assert doubtful_beside_commas(read("61,5")).sort is Sort.NUMBER
    assert doubtful_beside_commas(read("1,234.5")).sort is Sort.NUMBER


def test_an_empty_field_is_no_mistake() -> None:
    assert value_of("  ") is None
    assert why_not(read("61")) == ""


def test_a_unit_may_stand_beside_a_number() -> None:
    assert value_of("90 min", units=("minutes", "min")) == 90
    assert value_of("1.5 hours", units=("hours",)) == 1.5
    with pytest.raises(InvalidInput):
        value_of("90 min")


@pytest.mark.parametrize(
    ("words", "count"),
    [("12", 12), ("1,234", 1234), ("12.0", 12), ("-1", None), ("1.5", None), ("12%", None), ("", None)],
)
def test_a_count_is_whole_and_not_below_nothing(words: str, count: int | None) -> None:
    assert count_in(words) == count


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_every_number_comes_back_as_python_and_as_people_write_it(value: float) -> None:
    assert read(repr(value)).value == value
    plain, grouped = f"{value:.4f}", f"{value:,.4f}"
    assert read(grouped).value == pytest.approx(float(plain))
    assert read(grouped.replace("-", "−") + " %").value == pytest.approx(float(plain))
    spaced = grouped.replace(",", "\u202f").replace(".", ",")
    assert read(spaced).value == pytest.approx(float(plain))
    assert read(f"({plain.lstrip('-')})").value == pytest.approx(-abs(float(plain)))


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_text_is_too_odd_to_be_read(words: str) -> None:
    said = read(words)
    assert (said.sort is Sort.NUMBER) == (not why_not(said)) or said.sort is Sort.EMPTY
    assert said.value is None or math.isfinite(said.value)
