"""Dates as people, spreadsheets and documents write them: the one reader of all of them.

What is said may be a day, a month, a quarter, a season or a year, so the answer holds a first and a last day, how exact
it was, and what is doubtful about it. Callers take the end they want; a doubt is asked about in `why_not`, never
settled here. English and Spanish are read whatever language is spoken.

    words -> read -> DateSaid -> at(said, End.LAST) -> day, or a sentence
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import Enum, StrEnum, auto
from functools import lru_cache

from planstudio.domain.errors import InvalidInput
from planstudio.i18n import _, language, medium_date

_NAMES = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"), ("may", "mayo"),
    ("june", "junio"), ("july", "julio"), ("august", "agosto"), ("september", "sept", "septiembre", "setiembre"),
    ("october", "octubre"), ("november", "noviembre"), ("december", "diciembre"),
)  # fmt: skip
MONTHS = {form: n for n, names in enumerate(_NAMES, 1) for name in names for form in (name, name[:3])}
_SEASONS = {
    "spring": (3, 5), "primavera": (3, 5), "summer": (6, 8), "verano": (6, 8),
    "fall": (9, 11), "autumn": (9, 11), "otoño": (9, 11),
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "primer": 1, "primero": 1, "segundo": 2, "tercer": 3,
    "tercero": 3, "cuarto": 4,
}  # fmt: skip
_WEEKDAYS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|lun|mi[eé]|jue|vie|s[aá]b|dom"
)
_BY_WEEKDAY = (
    ("mon", "lun"), ("tue", "mar"), ("wed", "mié", "mie"), ("thu", "jue"), ("fri", "vie"), ("sat", "sáb", "sab"),
    ("sun", "dom"),
)  # fmt: skip
_WEEKDAY = re.compile(rf"\W*({_WEEKDAYS})\b\.?,?\s+(?=\S*\d|\S+\s+\S*\d)", re.I)
_M = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![^\W\d_])\.?"
_Y = r"(\d{4}|'?\d\d)"
_SEP = r"[\s./,-]*"
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's and of Sheets' dates
_SERIALS = range(18264, 73051)  # 1950 to 2099
_PIVOT = 50  # two digits below it are years of this century
_SCHOOL = (
    r"(?:school|academic|fiscal|program)\s+years?|(?:año|ciclo|curso)\s+(?:escolar|académico|fiscal|lectivo)|sy|fy|ay"
)
_LONGEST = 80  # characters of a date


class Kind(StrEnum):
    """How exact what was said is."""

    DAY = "day"
    SERIAL = "serial"  # a day as a spreadsheet counts it
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    SCHOOL_YEAR = "school year"
    YEAR = "year"


class Doubt(StrEnum):
    NO_DATE = "no date"
    NO_SUCH_DAY = "no such day"
    NO_YEAR = "no year"
    ORDER = "day or month first"
    YEARS = "several meanings"
    WEEKDAY = "another weekday"


class End(Enum):
    """Which day of what was said a place wants; DAY takes nothing but a day."""

    FIRST = auto()
    LAST = auto()
    DAY = auto()


class Order(Enum):
    """What stands first in 3/4/2026."""

    MONTH = auto()
    DAY = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class DateSaid:
    """What *words* say: from its first to its last day, or what is doubtful. `other` is a second meaning."""

    words: str
    first: date | None = None
    last: date | None = None
    kind: Kind = Kind.DAY
    doubt: Doubt | None = None
    other: date | None = None
    day_first: bool | None = None  # of 14/10/2026 True, of 10/14/2026 False, where it can be told

    @property
    def sure(self) -> bool:
        return self.doubt is None

    @property
    def loose(self) -> bool:
        """Whether the days are the calendar's and not the writer's: a season, a year, a spreadsheet's count."""
        return self.kind in (Kind.SEASON, Kind.YEAR, Kind.SCHOOL_YEAR, Kind.SERIAL, Kind.QUARTER)


def order() -> Order:
    """Month first in the United States, whatever its language; elsewhere it is not known."""
    return Order.MONTH if language().endswith("_US") else Order.UNKNOWN


def read(words: str, *, first: Order | None = None) -> DateSaid:
    """What *words* say and nothing else; *first* is what stands first in 3/4/2026, by the place where one is."""
    shown = " ".join(words.split())
    if not shown or len(shown) > _LONGEST:
        return DateSaid(shown, doubt=Doubt.NO_DATE)
    return _read(shown, first or order())


@lru_cache(maxsize=4096)  # a block asks for the same date in every cell of its row
def _read(shown: str, first: Order) -> DateSaid:
    plain = _plain(shown)
    for shape, make in _SHAPES:
        if found := shape.fullmatch(plain):
            made = make(found, first)
            if made is not None:
                made = _by_dash(shown, made)
                return replace(made, words=shown, doubt=made.doubt or _other_weekday(shown, made))
    return DateSaid(shown, doubt=Doubt.NO_DATE)


def _by_dash(shown: str, made: DateSaid) -> DateSaid:
    """2011–12 with the dash of spans is a school year; with a hyphen it may be a month."""
    if made.doubt is Doubt.YEARS and made.kind is Kind.MONTH and re.search("[–—]", shown) and made.first:
        return _school_year(made.first.year, made.first.year + 1) or made
    return made


def _other_weekday(shown: str, made: DateSaid) -> Doubt | None:
    """Wednesday, October 15, 2026 was a Thursday: one of the two is a slip."""
    found = _WEEKDAY.match(shown)
    if found is None or made.kind is not Kind.DAY or made.first is None:
        return None
    said = next(
        n for n, names in enumerate(_BY_WEEKDAY) if unicodedata.normalize("NFC", found[1]).casefold()[:3] in names
    )
    return None if said == made.first.weekday() else Doubt.WEEKDAY


def at(said: DateSaid, end: End) -> date | None:
    """The day that a place takes; None where `why_not` has a reason."""
    return None if why_not(said, end) else _end(said, end)


def _end(said: DateSaid, end: End) -> date | None:
    return said.first if end is End.FIRST else said.last


def day_of(words: str, end: End, field: str = "") -> date:
    """The day in *words*, or a sentence about them."""
    said = read(words)
    found = at(said, end)
    if found is None:
        raise InvalidInput(sentence(said, end), field=field)
    return found


def why_not(said: DateSaid, end: End) -> str:
    """Why a place takes no day from what was said, without a full stop; "" where it does."""
    words = said.words[:40]
    match said.doubt:
        case Doubt.NO_DATE:
            return _("“{words}” is not a date").format(words=words)
        case Doubt.NO_SUCH_DAY:
            return _("there is no such day as “{words}”").format(words=words)
        case Doubt.NO_YEAR:
            return _("“{words}” has no year").format(words=words)
        case Doubt.WEEKDAY:
            return _("“{words}” falls on another day of the week").format(words=words)
        case Doubt.ORDER | Doubt.YEARS if said.last and said.other:
            told = _("“{words}” may be {day} or {other}")
            return told.format(words=words, day=medium_date(said.last), other=medium_date(said.other))
        case Doubt.ORDER | Doubt.YEARS:
            return _("“{words}” can be read in several ways").format(words=words)
    inexact = said.kind in (Kind.SEASON, Kind.YEAR) or (end is End.DAY and said.kind not in (Kind.DAY, Kind.SERIAL))
    if inexact and (day := _end(said, end)) is not None:
        return _("“{words}” names no day, such as {day}").format(words=words, day=medium_date(day))
    return ""


def sentence(said: DateSaid, end: End) -> str:
    """What is wrong with what was said, and how it is written."""
    why = why_not(said, end)
    example = medium_date(date(2026, 10, 14))
    told = _("{why}. Write it like {example}.").format(why=why, example=example)
    return told[:1].upper() + told[1:]


def find(text: str) -> Iterator[tuple[int, int, DateSaid]]:
    """Every day and month that prose names, with its place; what only may be one is passed over."""
    for match in _IN_TEXT.finditer(text):
        said = read(match[0])
        if said.doubt is Doubt.YEARS and said.other:  # 2011-12: in prose the month
            said = replace(said, doubt=None)
        if said.sure and said.kind in (Kind.DAY, Kind.MONTH) and said.last and 1900 <= said.last.year < 2100:
            yield match.start(), match.end(), said


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "‘": "'", "º": "", "°": "", "ª": ""})
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|ro|er|ero|do|to|\.o)\b")
_CLOCK = re.compile(
    r"(?:t|,?\s+|,?\s+(?:at|a las?)\s+)\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:[ap]\.?\s?m\.?)?"
    r"\s*(?:z|utc|gmt|[+-]\d\d:?\d\d)?$"
)
_LEAD = re.compile(rf"^(?:(?:due\s+)?(?:by|on)\s+|due\s+|the\s+|el\s+)*(?:(?:{_WEEKDAYS})\b\.?,?\s+)?(?:the\s+|el\s+)?")
_END_OF = re.compile(r"^(?:by\s+)?(?:the\s+)?(?:end\s+of|fin(?:es|ales)?\s+de)\s+(?:the\s+)?")
_SMALL = re.compile(r"(?<=[\w.,])\s+(?:de|del|of)\s+(?=[\w'])")


def _plain(words: str) -> str:
    """*words* in one spelling: plain digits, hyphens and spaces, no weekday, no time of day, no "of" or "de"."""
    text = unicodedata.normalize("NFKC", words.translate(_DASHES)).translate(_DASHES).casefold()
    text = "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in text)
    text = " ".join(text.split()).strip(" ,;")
    text = _CLOCK.sub("", text)
    text = _LEAD.sub("", _END_OF.sub("", text), count=1)
    text = _ORDINAL.sub("", text)
    text = _SMALL.sub(" ", text)
    return re.sub(r"(?<=[\d\w])\.$", "", text).strip(" ,")


def _year(text: str) -> int:
    digits = text.lstrip("'")
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < _PIVOT else 1900)


def _day(year: int, month: int, day: int) -> DateSaid:
    try:
        made = date(year, month, day)
    except ValueError:
        return DateSaid("", doubt=Doubt.NO_SUCH_DAY)
    return DateSaid("", made, made)


def _month(year: int, month: int) -> DateSaid | None:
    if not (1 <= month <= 12 and MINYEAR <= year <= MAXYEAR):
        return None
    return DateSaid("", date(year, month, 1), month_end(year, month), Kind.MONTH)


def _span(kind: Kind, first: tuple[int, int], last: tuple[int, int]) -> DateSaid:
    if not MINYEAR <= first[0] <= last[0] <= MAXYEAR:
        return DateSaid("", doubt=Doubt.NO_SUCH_DAY)
    return DateSaid("", date(*first, 1), month_end(*last), kind)


def _figures(found: re.Match[str], first: Order) -> DateSaid:
    """10/14/2026: by what is possible, then by what stands first here."""
    one, _sep, two, year = int(found[1]), found[2], int(found[3]), _year(found[4])
    american, other = _day(year, one, two), _day(year, two, one)
    if american.sure and other.sure and one != two:
        if first is Order.UNKNOWN:
            return replace(american, doubt=Doubt.ORDER, other=other.first)
        return american if first is Order.MONTH else other
    if american.sure:
        return replace(american, day_first=False if one != two else None)
    return replace(other, day_first=True) if other.sure else american


def _year_and_number(found: re.Match[str], _first: Order) -> DateSaid | None:
    """2026-10 is a month, 2026-27 a school year, 2011-12 may be both."""
    year, number = int(found[1]), int(found[2])
    month = _month(year, number)
    years = number == (year + 1) % 100 and len(found[2]) == 2
    if month and years:
        return replace(month, doubt=Doubt.YEARS, other=date(year + 1, 6, 30))
    return month or (_school_year(year, year + 1) if years else None)


def _school_year(first: int, last: int) -> DateSaid | None:
    if last < 100:
        last += first // 100 * 100 + (100 if last < first % 100 else 0)
    return _span(Kind.SCHOOL_YEAR, (first, 7), (last, 6)) if last == first + 1 else None


def _one_year(found: re.Match[str], _first: Order) -> DateSaid:
    """FY27 ends in June 2027; of a school year that is said by one number nobody can tell which of two it is."""
    last = _year(found[2])
    made = _span(Kind.SCHOOL_YEAR, (last - 1, 7), (last, 6))
    if found[1] == "fy" or "fiscal" in found[1] or not made.sure or last == MAXYEAR:
        return made
    return replace(made, doubt=Doubt.YEARS, other=date(last + 1, 6, 30))


def _quarter(number: str, fiscal: str | None, year: int) -> DateSaid | None:
    n = _ORDINALS.get(number) or int(number)
    start = 3 * n - 2
    if fiscal:
        start, year = (start + 6, year - 1) if n <= 2 else (start - 6, year)
    return _span(Kind.QUARTER, (year, start), (year, start + 2))


def _serial(found: re.Match[str], _first: Order) -> DateSaid | None:
    count = int(found[1])
    if count not in _SERIALS:
        return None
    day = _EPOCH + timedelta(count)
    return DateSaid("", day, day, Kind.SERIAL)


def _short(found: re.Match[str], _first: Order) -> DateSaid | None:
    one, two = int(found[1]), int(found[2])
    return _YEARLESS if _day(2024, one, two).sure or _day(2024, two, one).sure else None


_YEARLESS = DateSaid("", doubt=Doubt.NO_YEAR)


_N = "([1-4]|" + "|".join(_ORDINALS) + ")"
_SHAPES = tuple(
    (re.compile(shape), make)
    for shape, make in (
        (r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", lambda m, _f: _day(int(m[1]), int(m[3]), int(m[4]))),
        (r"((?:19|20)\d\d)(\d\d)(\d\d)", lambda m, _f: _day(*map(int, m.groups()))),
        (rf"(\d{{1,2}})\s*([-/.])\s*(\d{{1,2}})\s*\2\s*{_Y}", _figures),
        (rf"(\d{{1,2}}){_SEP}{_M}{_SEP}{_Y}", lambda m, _f: _day(_year(m[3]), MONTHS[m[2]], int(m[1]))),
        (rf"{_M}{_SEP}(\d{{1,2}})[\s./,-]+{_Y}", lambda m, _f: _day(_year(m[3]), MONTHS[m[1]], int(m[2]))),
        (rf"(\d{{4}}){_SEP}{_M}{_SEP}(\d{{1,2}})", lambda m, _f: _day(int(m[1]), MONTHS[m[2]], int(m[3]))),
        (rf"{_M}{_SEP}(\d{{4}})", lambda m, _f: _month(int(m[2]), MONTHS[m[1]])),
        (rf"{_M}\s*(?:[-/]\s*'?|')(\d\d)", lambda m, _f: _month(_year(m[2]), MONTHS[m[1]])),
        (rf"(\d{{4}}){_SEP}{_M}", lambda m, _f: _month(int(m[1]), MONTHS[m[2]])),
        (r"(\d{4})\s?[-/.]\s?(\d{1,2})", _year_and_number),
        (r"(\d{1,2})\s?[-/.]\s?(\d{4})", lambda m, _f: _month(int(m[2]), int(m[1]))),
        (rf"(?:{_SCHOOL})?\s*'?(\d{{4}}|\d\d)\s*(?:-|/|to|through|a|al|and|y)\s*'?(\d{{4}}|\d\d)(?:\s+(?:{_SCHOOL}))?",
         lambda m, _f: _school_year(_year(m[1]), int(m[2])) if len(m[1]) == 4 or m[0][:1].isalpha() else None),
        (rf"({_SCHOOL})\s*[-.]?\s*{_Y}", _one_year),
        (rf"(?:q|qtr\.?|quarter|trimestre)\s?{_N}{_SEP}(fy)?\s*{_Y}", lambda m, _f: _quarter(m[1], m[2], _year(m[3]))),
        (rf"{_N}q{_SEP}(fy)?\s*{_Y}", lambda m, _f: _quarter(m[1], m[2], _year(m[3]))),
        (rf"(fy)?\s*(\d{{4}}){_SEP}q\s?{_N}", lambda m, _f: _quarter(m[3], m[1], _year(m[2]))),
        (rf"{_N}\s+(?:quarter|qtr\.?|trimestre),?\s+(fy|fiscal year|año fiscal)?\s*{_Y}",
         lambda m, _f: _quarter(m[1], m[2], _year(m[3]))),
        (rf"(?:q\s?{_N}|{_N}\s+(?:quarter|qtr|trimestre))", lambda _m, _f: _YEARLESS),
        (rf"({'|'.join(_SEASONS)}),?\s+{_Y}",
         lambda m, _f: _span(Kind.SEASON, (_year(m[2]), _SEASONS[m[1]][0]), (_year(m[2]), _SEASONS[m[1]][1]))),
        (r"((?:19|20)\d\d)", lambda m, _f: _span(Kind.YEAR, (int(m[1]), 1), (int(m[1]), 12))),
        (r"(\d{5})(?:\.\d+)?", _serial),
        (rf"{_M}{_SEP}(?:\d{{1,2}})?|\d{{1,2}}{_SEP}{_M}", lambda _m, _f: _YEARLESS),
        (r"(\d{1,2})[-/](\d{1,2})", _short),
    )
)  # fmt: skip
_WORD = _M.replace("(", "(?:", 1)
_IN_TEXT = re.compile(
    r"\b(?:\d{4}-\d{1,2}(?:-\d{1,2})?|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{1,2}/\d{4}"
    rf"|{_WORD}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:(?:of|de|del)\s+)?\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|º|°)?\s+(?:(?:of|de)\s+)?{_WORD},?\s+(?:del?\s+)?\d{{4}}"
    rf"|\d{{1,2}}-{_WORD}-(?:\d{{4}}|\d\d)|{_WORD}-\d\d)(?!\d)",
    re.I,
)
