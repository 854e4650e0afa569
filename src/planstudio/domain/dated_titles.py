"""Dates inside the titles of agenda items: what a title is called without them, and what it is called next time.

“Minutes of November 10, 2026” on the agenda of December 8 becomes “Minutes of December 8, 2026” on the next one: a day
on which a meeting was is followed by the day of the meeting after it, a month by as many months as lie between the
meetings. A day that nobody can know stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_NAMES = (
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"),
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
     "diciembre"),
)  # fmt: skip
_MONTH = "|".join(sorted({name for names in _NAMES for name in names} | {"Sept"}, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<slash>\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d{{2}}))"
    rf"|(?P<m1>{_MONTH})\.?,? (?P<d1>\d{{1,2}})(?!\d)(?:,? (?P<y1>\d{{4}}))?"
    rf"|(?P<d2>\d{{1,2}}) (?:de )?(?P<m2>{_MONTH})\.?(?:,? (?:del? )?(?P<y2>\d{{4}}))?"
    rf"|(?P<m3>{_MONTH})\.?,? (?:del? )?(?P<y3>\d{{4}})"
    rf"|(?P<m4>(?!May\b|Mar\b)(?:{_MONTH}))\b)",
    re.I,
)


def undated(title: str) -> str:
    """The title without its dates, to compare it with others."""
    return " ".join(_DATE.sub(" ", title).casefold().split()).strip(" ,.:;–-")


def is_dated(title: str) -> bool:
    return _DATE.search(title) is not None


def redated(title: str, before: date | None, after: date | None, meetings: Sequence[date]) -> str:
    """The title of an item of the meeting on *before* for that on *after*; *meetings* are the days of all."""
    if before is None or after is None:
        return title

    def said(found: re.Match[str]) -> str:
        if found["m3"] or found["m4"]:
            return _month(found, before, after)
        day = _day(found, before)
        new = _next(day, before, after, meetings) if day is not None else None
        return _same_shape(found, new) if new is not None else found[0]

    return _DATE.sub(said, title)


def _day(found: re.Match[str], near: date) -> date | None:
    """The day that is meant; one without a year is the last such day up to the meeting."""
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["slash"]:
            month, day, year = (int(part) for part in found["slash"].split("/"))
            return date(year + 2000 if year < 100 else year, month, day)
        month, day = _number(found["m1"] or found["m2"]), int(found["d1"] or found["d2"])
        if said := found["y1"] or found["y2"]:
            return date(int(said), month, day)
        this = date(near.year, month, day)
        return this if this <= near else date(near.year - 1, month, day)
    except ValueError:
        return None


def _next(day: date, before: date, after: date, meetings: Sequence[date]) -> date | None:
    if day == before:
        return after
    later = sorted(one for one in {*meetings, before} if day < one <= before)
    return later[0] if day in meetings and later else None


def _month(found: re.Match[str], before: date, after: date) -> str:
    name, year = found["m3"] or found["m4"], found["y3"]
    ahead = _number(name) - 1 + (after.year - before.year) * 12 + after.month - before.month
    said = found[0].replace(name, _named(name, ahead % 12 + 1), 1)
    return said.replace(year, str(int(year) + ahead // 12), 1) if year else said


def _same_shape(found: re.Match[str], day: date) -> str:
    if found["iso"]:
        return day.isoformat()
    if found["slash"]:
        year = day.year if len(found["slash"].rsplit("/", 1)[1]) == 4 else f"{day.year % 100:02}"
        return f"{day.month}/{day.day}/{year}"
    said, begin = found[0], found.start()
    parts = (("y1", str(day.year)), ("y2", str(day.year)), ("d1", str(day.day)), ("d2", str(day.day)))
    month = found["m1"] or found["m2"]
    changes = [(found.span(name), words) for name, words in parts if found[name]]
    changes.append((found.span("m1" if found["m1"] else "m2"), _named(month, day.month)))
    for (first, last), words in sorted(changes, reverse=True):
        said = said[: first - begin] + words + said[last - begin :]
    return said


def _number(name: str) -> int:
    short = "Sep" if name.casefold() == "sept" else name
    return next(n for names in _NAMES for n, one in enumerate(names, 1) if one.casefold() == short.casefold())


def _named(like: str, month: int) -> str:
    """The name of *month*, long or short and in the language of *like*."""
    short = "Sep" if like.casefold() == "sept" else like
    names = next(names for names in _NAMES if short.casefold() in {one.casefold() for one in names})
    name = names[month - 1]
    return name.upper() if like.isupper() else name.capitalize() if like[0].isupper() else name.lower()
