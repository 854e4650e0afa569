"""Dates in every usual spelling, and what is doubtful about some."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planstudio import i18n, resources
from planstudio.domain import dates
from planstudio.domain.dates import Doubt, End, Kind, Order, at, day_of, find, read, why_not
from planstudio.domain.errors import InvalidInput

OCTOBER_14 = """Oct 14, 2026|October 14, 2026|Oct. 14th, 2026|Oct 14 2026|Wednesday, October 14, 2026|Wed 10/14/2026
10/14/2026|10-14-2026|10.14.2026|10/14/26|10–14–2026|10 / 14 / 2026|14/10/2026|2026-10-14|2026/10/14|2026.10.14|20261014
14 October 2026|14 Oct. 2026|14-Oct-26|14-Oct-2026|14OCT2026|the 14th of October, 2026|2026 October 14
14 de octubre de 2026|14 oct 2026|miércoles, 14 de octubre de 2026|octubre 14, 2026|46309|46309.75
2026-10-14T18:30|2026-10-14T18:30:00Z|2026-10-14 18:30:00|10/14/2026 12:00:00 AM|10/14/2026, 6:30 PM|by October 14, 2026
１０/１４/２０２６|٢٠٢٦-١٠-١٤| 10/14/2026 ,|October 14, 2026 at 6:30 p.m.""".replace("\n", "|").split("|")


@pytest.mark.parametrize("words", OCTOBER_14)
def test_a_day_is_read_however_it_is_written(words: str) -> None:
    said = read(words)
    assert (said.doubt, at(said, End.DAY)) == (None, date(2026, 10, 14))


@pytest.mark.parametrize(
    ("words", "first", "last", "kind"),
    [
        ("June 2027", "2027-06-01", "2027-06-30", Kind.MONTH),
        ("jun 2027", "2027-06-01", "2027-06-30", Kind.MONTH),
        ("Jun-27", "2027-06-01", "2027-06-30", Kind.MONTH),
        ("June, 2027", "2027-06-01", "2027-06-30", Kind.MONTH),
        ("6/2027", "2027-06-01", "2027-06-30", Kind.MONTH),
        ("2027-06", "2027-06-01", "2027-06-30", Kind.MONTH),
        ("junio de 2027", "2027-06-01", "2027-06-30", Kind.MONTH),
        ("end of June 2027", "2027-06-01", "2027-06-30", Kind.MONTH),
        ("Feb 2028", "2028-02-01", "2028-02-29", Kind.MONTH),
        ("Q3 2026", "2026-07-01", "2026-09-30", Kind.QUARTER),
        ("3rd quarter 2026", "2026-07-01", "2026-09-30", Kind.QUARTER),
        ("first quarter of 2026", "2026-01-01", "2026-03-31", Kind.QUARTER),
        ("3er trimestre de 2026", "2026-07-01", "2026-09-30", Kind.QUARTER),
        ("Quarter 3, 2026", "2026-07-01", "2026-09-30", Kind.QUARTER),
        ("Q1 FY27", "2026-07-01", "2026-09-30", Kind.QUARTER),
        ("Q4 FY2027", "2027-04-01", "2027-06-30", Kind.QUARTER),
        ("FY27", "2026-07-01", "2027-06-30", Kind.SCHOOL_YEAR),
        ("SY 2026-27", "2026-07-01", "2027-06-30", Kind.SCHOOL_YEAR),
        ("2026-27 school year", "2026-07-01", "2027-06-30", Kind.SCHOOL_YEAR),
        ("school year 2026–27", "2026-07-01", "2027-06-30", Kind.SCHOOL_YEAR),
        ("2026-2027", "2026-07-01", "2027-06-30", Kind.SCHOOL_YEAR),
        ("2011–12", "2011-07-01", "2012-06-30", Kind.SCHOOL_YEAR),
        ("1999-00", "1999-07-01", "2000-06-30", Kind.SCHOOL_YEAR),
        ("año escolar 2026-2027", "2026-07-01", "2027-06-30", Kind.SCHOOL_YEAR),
    ],
)
def test_a_month_a_quarter_and_a_school_year_have_a_first_and_a_last_day(
    words: str, first: str, last: str, kind: Kind
) -> None:
    said = read(words)
    assert (said.kind, said.doubt) == (kind, None)
    assert (at(said, End.FIRST), at(said, End.LAST)) == (date.fromisoformat(first), date.fromisoformat(last))
    assert at(said, End.DAY) is None, "where a day is asked a span is none"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("14-Oct", "has no year"), ("Oct 14", "has no year"), ("10/14", "has no year"), ("October", "has no year"),
        ("3rd quarter", "has no year"), ("2/30/2026", "no such day"), ("2/29/2027", "no such day"),
        ("13/13/2026", "no such day"), ("June 31, 2027", "no such day"), ("soon", "is not a date"),
        ("61.5", "is not a date"), ("next June", "is not a date"), ("2026-2031", "is not a date"),
        ("", "is not a date"),
        ("2026", "such as Dec 31, 2026"), ("Fall 2026", "such as Nov 30, 2026"),
        ("otoño de 2026", "such as Nov 30, 2026"),
        ("2011-12", "may be Dec 31, 2011 or Jun 30, 2012"), ("SY27", "may be Jun 30, 2027 or Jun 30, 2028"),
        ("Wednesday, October 15, 2026", "another day of the week"), ("x" * 100, "is not a date"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_asked_and_never_guessed(words: str, why: str) -> None:
    said = read(words)
    assert at(said, End.LAST) is None
    assert why in why_not(said, End.LAST)


def test_day_and_month_are_not_guessed_where_they_may_be_either() -> None:
    assert at(read("3/4/2026"), End.DAY) == date(2026, 3, 4), "as the United States write it"
    beside = read("3/4/2026", first=Order.UNKNOWN)
    assert (beside.doubt, beside.other) == (Doubt.ORDER, date(2026, 4, 3))
    assert "may be Mar 4, 2026 or Apr 3, 2026" in why_not(beside, End.DAY)
    assert at(read("3/4/2026", first=Order.DAY), End.DAY) == date(2026, 4, 3)
    assert at(read("3/3/2026", first=Order.UNKNOWN), End.DAY) == date(2026, 3, 3)


def test_outside_the_united_states_a_doubtful_order_is_asked() -> None:
    i18n.use("es_MX", resources.folder("locale"))
    assert read("3/4/2026").doubt is Doubt.ORDER
    i18n.use("es_US", resources.folder("locale"))
    assert at(read("3/4/2026"), End.DAY) == date(2026, 3, 4)


@pytest.mark.parametrize(("year", "full"), [("00", 2000), ("27", 2027), ("49", 2049), ("50", 1950), ("98", 1998)])
def test_two_digits_of_a_year_are_of_this_century_or_the_last(year: str, full: int) -> None:
    assert day_of(f"6/30/{year}", End.DAY) == date(full, 6, 30)
    assert day_of(f"30-Jun-{year}", End.DAY) == date(full, 6, 30)


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_every_day_comes_back_from_every_shape(day: date) -> None:
    month, year = day.strftime("%B"), day.year
    shapes = (
        day.isoformat(), f"{day:%Y%m%d}", f"{day:%m/%d/%Y}", f"{day.month}-{day.day}-{day:%y}",
        f"{day.day}-{month[:3]}-{day:%y}",
        f"{month} {day.day}, {year}", f"{day.day} {month.upper()} {year}", f"{day:%A}, {month} {day.day}, {year}",
        f"{day.isoformat()}T08:00:00", str((day - date(1899, 12, 30)).days),
    )  # fmt: skip
    assert {at(read(words), End.DAY) for words in shapes} == {day}
    assert at(read(f"{month[:3]}-{day:%y}"), End.LAST) == dates.month_end(day.year, day.month)
    other = (day + timedelta(1)).strftime("%A")
    assert at(read(f"{other}, {month} {day.day}, {day.year}"), End.DAY) is None


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_is_too_odd_to_be_read(words: str) -> None:
    said = read(words)
    assert said.sure == (said.first is not None and said.doubt is None)
    assert (at(said, End.LAST) is None) == bool(why_not(said, End.LAST))


def test_a_sentence_says_what_is_and_what_to_do() -> None:
    with pytest.raises(InvalidInput, match=r"^“14-Oct” has no year\. Write it like Oct 14, 2026\.$"):
        day_of("14-Oct", End.LAST)
    with pytest.raises(InvalidInput, match=r"^There is no such day as “2/30/2026”\. Write it like"):
        day_of("2/30/2026", End.LAST)


def test_dates_in_prose_are_found_in_their_places() -> None:
    text = "Adopted June 2021, revised 12-3-19, 30-Jun-26 and 14 de octubre de 2026; 2026-27 and 2/30/2026 are none."
    assert [(text[start:end], at(said, End.FIRST)) for start, end, said in find(text)] == [
        ("June 2021", date(2021, 6, 1)),
        ("12-3-19", date(2019, 12, 3)),
        ("30-Jun-26", date(2026, 6, 30)),
        ("14 de octubre de 2026", date(2026, 10, 14)),
    ]


@given(
    st.sampled_from(["spring ", "Q1 ", "Q4 FY", "FY", "SY", "school year ", "first quarter ", "", "June ", "1/1/"]),
    st.sampled_from([0, 1, 2, 50, 99, 1899, 1999, 2099, 9998, 9999]),
    st.sampled_from(["", "-0", "-1", "-00", "-01", "-12", "-13", "-9999"]),
)
def test_a_year_at_the_end_of_the_calendar_is_read_or_refused(before: str, year: int, behind: str) -> None:
    said = read(f"{before}{year:04}{behind}")
    assert said.sure == (said.first is not None and said.doubt is None)
    assert said.first is None or said.last is None or said.first <= said.last
