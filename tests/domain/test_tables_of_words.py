"""Dates, numbers, names and other words, as they are read and made sound (tables.py)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from domain.tables import Tables, line
from planstudio.domain import (
    dated_titles,
    dates,
    durations,
    file_names,
    numbers,
    ranks,
    reading,
    reviews,
    texts,
    zones,
)
from planstudio.domain.dates import End, Order

TODAY = date(2026, 10, 14)
TABLES = Tables()
table = TABLES.keep


# Dates.

_DATES = """10/14/2026|14/10/2026|3/4/2026|4/4/2026|13/13/2026|2/30/2026|1/1/0001|12/31/9999|10/14/26|10/14/49|10/14/50
1/1/'50|2026-10-14|2026/02/29|2024.2.29|20261014|20261314|18991231|99991231|14 Oct 2026|Oct 14, 2026|Oct 14 '26
2026 October 14|14OCT2026|oct-2026|oct '26|oct-49|oct-50|october 2026|2026 oct|0000-01|0001-01|1-0001|12/9999|9999-12
2026-13|2026-27|2011-12|2011–12|2011-13|1999-00|1999-2000|1999–2001|2026-2027|26-27|SY 26-27|SY26|FY27|fy 2027|FY-49
fiscal year 2027|school year 2027|2026-27 school year|curso escolar 2026 a 2027|Q1 2026|Q4 2026|Q5 2026|Q0 2026|1Q26
2026 Q2|fy 2026 q1|FY2026 Q3|third quarter 2026|segundo trimestre 2026|first quarter FY27|Q3|2nd quarter|spring 2026
Fall 2026|winter 2026|otoño 2026|summer '26|1899|1900|2026|2099|2100|18263|18264|73050|73051|46309.75|Oct 14|14 octubre
10/14|14/10|13/13|0/5|Wednesday, October 14, 2026|Thursday, October 14, 2026|Thu 10/14/2026|mié 14/10/2026
sat Oct 17 2026|sun 10/18/2026|lunes 12 de octubre de 2026|Mon, Oct 2026|tues 10/13/2026|viernes, 16 oct 2026
domingo 18/10/2026
by end of October 2026|due by Oct 14, 2026|the 3rd of May, 2026|May 3rd, 2026|May 22nd 2026|1.º de mayo de 2026
fin de mayo 2026|October 14, 2026 at 6:30 pm|2026-10-14T18:30:00.5+02:00|10/14/2026 12:00|soon||  |October|May|x
spring 0000|summer 9999|Q1 0000|Q1 FY0001|FY0001|SY9999|SY 0000|9999-00|0000""".replace("\n", "|").split("|")


@table
def _dates_read() -> Iterable[str]:
    for words in [*_DATES, "Oct 14, 2026".ljust(78, "x"), " " * 90 + "Oct 14, 2026", "1" * 81]:
        yield line(words, says=lambda words=words: dates.read(words, first=Order.MONTH))


@table
def _dates_read_where_nobody_knows_the_order() -> Iterable[str]:
    for words in [one for one in _DATES if "/" in one or "." in one or "-" in one]:
        unknown, day = dates.read(words, first=Order.UNKNOWN), dates.read(words, first=Order.DAY)
        if unknown != dates.read(words, first=Order.MONTH) or day != unknown:
            yield line(words, says=lambda unknown=unknown, day=day: (unknown, day))


@table
def _dates_taken() -> Iterable[str]:
    for words in _DATES:
        for end in End:
            yield line(words, end.name, says=lambda words=words, end=end: dates.day_of(words, end, "due"))


@table
def _dates_found_in_prose() -> Iterable[str]:
    for prose in (
        "Adopted 2021-06-01, revised 6/1/22 and June 3, 2023; see 2024-07.",
        "Minutes of the 3rd of May, 2026 and of 14 de octubre de 2026, 2011-12 and 3-May-26 and Jun-24.",
        "From 1899-12-31 to 1900-01-01 and 2099-12-31 and 2100-01-01; Board Policy 5145.12, 12/2026, 13/2026.",
        "In May 2026 the 14th of October of 2026 was near; 2026-02-30 never came; call 555-12-3456.",
        "Nothing",
    ):
        yield line(
            prose,
            says=lambda prose=prose: [
                (a, b, prose[a:b], said.first, said.last, said.kind) for a, b, said in dates.find(prose)
            ],
        )


# Numbers.

_NUMBERS = """66.4|1,234.5|1,234|12,34|1,234,567.89|1 234|1 234,5|1.234|1.234,5|1.234.567|0.123|0,615|61,5|-5|− 5
+5|(12)
(12|-(12)|(-12)|$5|$-5|-$5|5 $|US$ 5|61%|% 61|61 percent|61 pct.|61 por ciento|½|1½|1 ½|3 1/2|3 1/1|3 1/16|3 1/17|1/2
٣٫٥|１２．５|٦١٪|12k|12 k|1.2 million|1,5 millones|2 mil|3 thousand|5m|5 mm|2bn|2B|k|1e3|1E+05|1e999
999999999999999|1000000000000000
-1000000000000000|61.|.5|.|007|1,2,3|1'234|1’234|1 23|n/a|N/A|*|**|******|—|<10|< 10%|>95|≥ 95|fewer than 10|10 or fewer
#N/A|#DIV/0!|TBD|sin datos|(n<10)|x|xx|abc|61 abc|61 students|$|%|-|+|--5|+-5|1-2|5-|1/0
\u200e61|  61  |61\n||10:30""".replace("\n|", "|").replace("|\n", "|")


@table
def _numbers_read() -> Iterable[str]:
    for words in [each for row in _NUMBERS.split("\n") for each in row.split("|")]:
        yield line(words, says=lambda words=words: numbers.read(words, units=("students", "")))


@table
def _numbers_taken() -> Iterable[str]:
    for words in [each for row in _NUMBERS.split("\n") for each in row.split("|")]:
        yield line(words, says=lambda words=words: (numbers.value_of(words, "value"), numbers.count_in(words)))


@table
def _numbers_beside_commas() -> Iterable[str]:
    for words in (
        "1,234",
        "1.234",
        "999.000",
        "1.000",
        "1,000",
        "-1,000",
        "-1.000",
        "-999",
        "-1,001",
        "1234",
        "1,234%",
        "n/a",
        "12.345",
    ):
        yield line(words, says=lambda words=words: numbers.doubtful_beside_commas(numbers.read(words)))


# Titles, texts, names.


@table
def _titles_redated() -> Iterable[str]:
    before, after = date(2026, 12, 8), date(2027, 1, 12)
    days = [date(2026, 11, 10), before, date(2026, 10, 13)]
    for title in (
        "Minutes of November 10, 2026",
        "Minutes of Nov. 10",
        "MINUTES OF NOVEMBER 10, 2026",
        "Minutes of 11/10/2026",
        "Minutes of 11/10/26",
        "Minutes of 2026-11-10",
        "Minutes of 12/8/2026",
        "Actas del 10 de noviembre de 2026",
        "Actas del 8 de diciembre",
        "Bills of November 2026",
        "Bills of November",
        "Bills of Dec. 2026",
        "May Day",
        "Report for May 2026",
        "Sept 1, 2026",
        "Minutes of October 13 and November 10, 2026",
        "Minutes of December 9, 2026",
        "Minutes of February 30, 2026",
        "Minutes of 13/45/2026",
        "Payroll, 10 Nov 2026",
        "noviembre 2026",
        "1/1/99",
        "1/1/100",
        "Minutes",
        "March 31 report",
        "Mar 2026",
        "Closed session",
    ):
        yield line(
            title,
            says=lambda t=title: (
                dated_titles.redated(t, before, after, days),
                dated_titles.undated(t),
                dated_titles.is_dated(t),
            ),
        )
    yield line(
        "None",
        says=lambda: (
            dated_titles.redated("November 10", None, after, days),
            dated_titles.redated("November 10", before, None, days),
        ),
    )


_ENGLISH = (
    "The cat sat on the mat. It was fat. We read a book to it.",
    "Our schools keep their promises, and the board listens to families before it decides.",
    "The implementation of interdisciplinary methodologies necessitates institutional collaboration.",
)
_SPANISH = (
    "El gato duerme. La luna sale. Leo un libro.",
    "La junta escucha a las familias antes de decidir, y las escuelas cumplen lo que prometen a cada estudiante.",
    "La implementación de metodologías interdisciplinarias consensuadas requiere comunicación interinstitucional.",
)


@table
def _reading_levels() -> Iterable[str]:
    for language, spoken in (("en", _ENGLISH), ("es_US", _SPANISH)):
        for text, times in product(spoken, (1, 2, 3, 9)):
            yield line(text, times, says=lambda t=text, n=times, spoken=language: reading.level(f"{t} " * n, spoken))


@table
def _texts_tidied() -> Iterable[str]:
    for text in (
        "  two \n lines  ",
        "First  \r\n\r\n\r\nSecond\t",
        "a\x00b\u202ec",
        "x" * 1001,
        "x" * 1000,
        "\u00a0 a \u2028 b",
        "tab\tinside",
        "   ",
        "e\u0301",
    ):
        yield line(text, says=lambda t=text: texts.line(t, "title"))
        yield line(text, says=lambda t=text: texts.prose(t, "body"))
        yield line(text, says=lambda t=text: texts.tidy(t))
    for title, text, other in (
        ("Title", "Text", "Label"),
        ("", "**Text** of\n\nmore", "Label"),
        ("", "", "Label"),
        ("", "", ""),
        ("", "word " * 60, ""),
    ):
        yield line(
            title,
            text,
            other,
            says=lambda a=title, b=text, c=other: (texts.name_of(a, b, c), texts.name_of(a, b, c, 20)),
        )


@table
def _ranks_between() -> Iterable[str]:
    for low, high in (
        ("", None),
        ("", "1"),
        ("", "01"),
        ("", "i"),
        ("", "0001"),
        ("i", None),
        ("z", None),
        ("zz", None),
        ("zzz9", None),
        ("i", "j"),
        ("i", "k"),
        ("i", "i1"),
        ("hz", "i"),
        ("a", "c"),
        ("az", "b"),
        ("a", "b01"),
        ("0z", "1"),
        ("1", "2zz"),
        ("azz", "b"),
        ("b", "a"),
        ("a", "a"),
        ("i1", "i2"),
        ("i", "i01"),
        ("y", "z"),
        ("9", "a"),
    ):
        try:
            made = ranks.between(low, high)
            assert low < made
            assert high is None or made < high
            yield f"{low!r} to {high!r} -> {made}"
        except ValueError as error:
            yield f"{low!r} to {high!r} -> {error}"
    for count in (0, 1, 2, 17, 18, 40):
        yield line(count, says=lambda n=count: ranks.spread(n))
    yield line(3, "i", says=lambda: ranks.spread(3, "i"))
    for rank in ("", "0", "1", "10", "z", "A", "1" * 200, "1" * 201, "a-1"):
        yield line(rank, says=lambda r=rank: ranks.sound(r))


@table
def _reviews_months() -> Iterable[str]:
    for day, months in product(
        (date(2026, 1, 31), date(2024, 2, 29), date(2026, 12, 31)), (-13, -12, -1, 0, 1, 2, 11, 12, 13, 25)
    ):
        yield line(day, months, says=lambda d=day, m=months: reviews.add_months(d, m))


@table
def _durations_read() -> Iterable[str]:
    for words in (
        "90",
        "90 min",
        "1:30",
        "1 h 30",
        "1½ hours",
        "1.5 h",
        "1,5 h",
        "2 hours",
        "1 hr 5 min",
        "0",
        "900",
        "901",
        "15:00",
        "15:01",
        "1:60",
        "-5",
        "soon",
        "",
        "45 minutos",
        "1 hora y media",
        "2 h",
        "½ h",
        "90.5",
        "1:05:00",
    ):
        yield line(words, says=lambda w=words: durations.minutes_of(w))


@table
def _zones_and_their_clocks() -> Iterable[str]:
    for name in ("", "America/Denver", "US/Pacific", "Nowhere/Never", "america/denver", "UTC", "../etc"):
        yield line(name, says=lambda n=name: zones.check_zone(n))
        yield line(name, says=lambda n=name: zones.zone_words(n))
    east = "America/New_York"
    for start in (
        datetime(2026, 3, 8, 1, 59),
        datetime(2026, 3, 8, 2, 0),
        datetime(2026, 3, 8, 2, 59),
        datetime(2026, 3, 8, 3, 0),
        datetime(2026, 11, 1, 1, 30),
        datetime(2026, 11, 1, 2, 0),
        datetime(2026, 7, 1, 12, 0),
    ):
        yield line(
            start,
            says=lambda s=start: (
                zones.moment(s, east),
                zones.back(s, timedelta(hours=3), east),
                zones.back(s, timedelta(hours=48), east),
            ),
        )
        yield line(
            start,
            says=lambda s=start: (
                zones.between(datetime(2026, 3, 7, 12), s, east),
                zones.wall(zones.moment(s, "UTC"), east),
            ),
        )
        yield line(start, says=lambda s=start: zones.check_exists(s, east))
    yield line("usual", says=lambda: zones.usual_zones())
    yield line(
        "others", says=lambda: [one for one in zones.other_zones() if one.startswith(("America/D", "US", "UTC"))]
    )


@table
def _file_names_made_sound() -> Iterable[str]:
    for name in (
        "plan.pdf",
        "a/b\\c.txt",
        "CON",
        "con.txt",
        "LPT1.pdf",
        "COM10.txt",
        " .hidden",
        "...",
        "",
        "a:b*c?.txt",
        "x" * 300 + ".pdf",
        "é" * 200 + ".docx",
        "name. ",
        "tab\tname",
        "a\u202eb.exe",
        "nul",
        "aux.tar.gz",
        ".bashrc",
        "~$plan.docx",
        "x." + "y" * 300,
        "-rf",
        "🙂" * 90 + ".txt",
        "C:\\Users\\x.doc",
    ):
        yield line(
            name,
            says=lambda n=name: (
                file_names.sound(n),
                file_names.of_path(n),
                file_names.sound(n, fallback="plan", room=80),
            ),
        )
        yield line(name, says=lambda n=name: (file_names.shortened(n, 20), file_names.key(n)))
    for name, others in (
        ("a.pdf", []),
        ("a.pdf", ["b.pdf"]),
        ("a.pdf", ["A.PDF"]),
        ("a.pdf", ["a.pdf", "a (2).pdf"]),
        ("é.txt", ["e\u0301.txt"]),
        ("x" * 250 + ".txt", ["x" * 250 + ".txt"]),
        ("plan", ["plan"]),
    ):
        yield line(name, others, says=lambda n=name, o=others: file_names.apart(n, o))


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_answers_as_its_table_says(name: str) -> None:
    TABLES.hold(name)


def test_each_chapter_has_its_table() -> None:
    TABLES.hold_nothing_else()
