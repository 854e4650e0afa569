"""When something is to be done: "Fall 2026 - June 2028", "by August 2027", "2026-27", as first and last day.

Months and days are certain. Years and seasons are taken as schools use them (a
year of two numbers runs from July to June), and said to be loose, so that a
reader is told. Other words ("ongoing", "Winter 2027") give nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from planstudio.domain.dates import Kind, read

_YEARS = re.compile(
    r"(?:(?:school|fiscal)\s+years?\s+|sy\s*|fy\s*)?((?:19|20)\d\d)\s*(?:[-–—/]|to|through)\s*((?:20)?\d\d)"
    r"(?:\s+(?:school|fiscal)\s+years?)?",
    re.I,
)
_BETWEEN = re.compile(r"\s+(?:-|to|through|thru|until)\s+|\s*[–—]\s*", re.I)
_UNTIL = re.compile(
    r"(?:by|before|until|through|no later than|not later than|due|end of)\s+(?:the\s+)?(?:end\s+of\s+)?", re.I
)
_FROM = re.compile(r"(?:from|starting|beginning|begins?|starts?)(?:\s+in)?\s+", re.I)


@dataclass(frozen=True)
class Period:
    """First and last day, None where only the other is said."""

    start: date | None
    due: date | None
    loose: bool = False  # years or seasons: the days are the calendar's, not the document's
    day: bool = False  # one day and no more
    span: bool = False  # from one point to another, and not within one month, season or year


def years_of(text: str) -> Period | None:
    """The school years from a year to a later one: "2026-2031", "2026–27"."""
    found = _YEARS.fullmatch(text.strip())
    if not found:
        return None
    first, last = int(found[1]), int(found[2]) if len(found[2]) == 4 else int(found[1][:2] + found[2])
    return Period(date(first, 7, 1), date(last, 6, 30), loose=True, span=True) if first < last <= first + 30 else None


def period_of(text: str) -> Period | None:
    """What *text* says and nothing else; None where a word is left."""
    words = text.strip(" .;,")
    if years := years_of(words):
        return years
    if until := _UNTIL.match(words):
        point = _point(words[until.end() :])
        return Period(None, point.due, point.loose) if point else None
    start = _FROM.match(words)
    ends = _BETWEEN.split(words[start.end() :] if start else words)
    if len(ends) == 2:
        return _range(*ends)
    point = _point(ends[0]) if len(ends) == 1 else None
    return Period(point.start, None, point.loose) if point and start else point


def _range(first: str, last: str) -> Period | None:
    """From one point to another; a year said once counts for both."""
    end = _point(last)
    if end is None or end.due is None:
        return None
    begin = _point(first) or _point(f"{first}, {end.due.year}") or _point(f"{first} {end.due.year}")
    if begin is None or begin.start is None or begin.start > end.due:
        return None
    return Period(begin.start, end.due, begin.loose or end.loose, span=True)


def _point(text: str) -> Period | None:
    """One day, month, quarter, season or year; what is doubtful is none."""
    said = read(text.strip(" .;,"))
    if not said.sure or said.first is None:
        return None
    return Period(said.first, said.last, said.loose, said.kind in (Kind.DAY, Kind.SERIAL))
