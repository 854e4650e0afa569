"""Translated words, dates and numbers, for every layer and without Qt.

Only literals are passed to `_`, so that the words can be collected. Babel is
imported with the first date: the window opens without it.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en_US"
_names: _Names | None = None


def use(language: str, locale_dir: Path) -> None:
    """Speak *language* from now on; English where it has no word."""
    global _catalogue, _language
    _language = language
    rename({}, {})  # which were in the former language
    _catalogue = gettext.translation("planstudio", locale_dir, [language], fallback=True)


def language() -> str:
    """The language spoken now: en_US."""
    return _language


def _(text: str) -> str:
    said = _catalogue.gettext(text)
    return said if _names is None else _names.of(said)


def pgettext(context: str, text: str) -> str:
    """As _(), where *text* alone has two meanings: Minutes of a meeting, Minutes that it took."""
    said = _catalogue.pgettext(context, text)
    return said if _names is None else _names.of(said)


def NP_(context: str, text: str) -> tuple[str, str]:
    """As N_(), for what pgettext() says."""
    return context, text


def ngettext(one: str, many: str, count: int) -> str:
    said = _catalogue.ngettext(one, many, count)
    return said if _names is None else _names.of(said)


def rename(levels: Mapping[str, tuple[str, str]], phrases: Mapping[str, str]) -> None:
    """Call the *levels* (goal, strategy, measure, milestone) as a district does, and whole *phrases* by others.

    A level's word is put wherever the program's own words speak of it; never into
    what people wrote. "a" becomes "an" where English wants it.
    """
    global _names
    words: dict[str, str] = {}
    for level, pair in levels.items():
        for own, new in zip(LEVELS[level], pair, strict=True):
            words[_catalogue.gettext(own)] = new
    _names = _Names(words, dict(phrases)) if words or phrases else None


def names() -> tuple[object, ...]:
    """What is called otherwise now, to be compared."""
    return () if _names is None else (_names.words, _names.phrases)


def unnamed(say: Callable[[T], str], of: T) -> str:
    """What *say* says where no district has given names of its own."""
    global _names
    kept, _names = _names, None
    try:
        return say(of)
    finally:
        _names = kept


def N_(text: str) -> str:
    """Mark *text* for translation where it cannot be translated yet."""
    return text


LEVELS = {
    "goal": (N_("goal"), N_("goals")),
    "strategy": (N_("strategy"), N_("strategies")),
    "measure": (N_("measure"), N_("measures")),
    "milestone": (N_("milestone"), N_("milestones")),
}


_YEAR = re.compile(r",?(?: 'de')? y+$")  # at the end of a day's whole pattern


class _Names:
    """Words in the place of others."""

    def __init__(self, words: dict[str, str], phrases: dict[str, str]) -> None:
        self.words = words
        self.phrases = phrases
        self._made: dict[str, str] = {}
        olds = "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"
        self._shape = re.compile(rf"(?<![\w{{])(?:\b([Aa])(n?) )?({olds})(?![\w}}])", re.IGNORECASE)

    def of(self, said: str) -> str:
        if said not in self._made:
            phrase = self.phrases.get(said)
            self._made[said] = self._shape.sub(self._put, said) if phrase is None else phrase
        return self._made[said]

    def _put(self, match: re.Match[str]) -> str:
        article, _n, old = match.groups()
        new = self.words[old.lower()]
        if old[0].isupper():
            new = new[0].upper() + new[1:]
        elif not any(part.isupper() and len(part) > 1 for part in new.split()):
            new = new.lower()
        if not article:
            return new
        return f"{article}{'n' if new[0].lower() in 'aeiou' else ''} {new}"


def long_date(day: date) -> str:
    """October 14, 2026"""
    from babel.dates import format_date

    return format_date(day, "long", locale=_language)


def medium_date(day: date) -> str:
    """Oct 14, 2026"""
    from babel.dates import format_date

    return format_date(day, "medium", locale=_language)


def near_date(day: date, today: date) -> str:
    """Oct 14, with the year when it is not this year's."""
    from babel.dates import format_skeleton

    return medium_date(day) if day.year != today.year else format_skeleton("MMMd", day, locale=_language)


def month_name(month: date) -> str:
    """Oct"""
    from babel.dates import format_date

    return format_date(month, "LLL", locale=_language)


def short_month_year(month: date) -> str:
    """Oct 2026"""
    from babel.dates import format_skeleton

    return format_skeleton("yMMM", month, locale=_language)


def month_year(month: date) -> str:
    """October 2026"""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", month, locale=_language)


def weekday_and_day(day: date, today: date) -> str:
    """Wednesday, October 14, with the year when it is not this year's."""
    from babel.dates import format_date, get_date_format

    whole = str(get_date_format("full", locale=_language).pattern)
    return format_date(day, whole if day.year != today.year else _YEAR.sub("", whole), locale=_language)


def months() -> dict[str, int]:
    """The names of the months, long and short, in the language spoken now, without points."""
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, locale=_language).items()
    }


def day_and_time(moment: datetime) -> str:
    """Wednesday, October 14, 2026, at 6:30 PM"""
    from babel.dates import format_date

    day = format_date(moment, "full", locale=_language)
    return _("{day}, at {time}").format(day=day, time=clock_time(moment))


def stopped(words: str) -> str:
    """*words* with the full stop that "6:30 p.m." has already."""
    return words if words.endswith(".") else words + "."


def clock_time(moment: datetime) -> str:
    """10:42 AM, in the moment's own zone."""
    from babel.dates import format_time

    return format_time(moment, "short", locale=_language).replace("\u202f", " ").replace("\xa0", " ")


def number(value: float, digits: int = 6) -> str:
    """A number as people write it: no trailing zeros, thousands apart; a bound with its sign."""
    from babel.numbers import format_decimal

    return getattr(value, "sign", "") + format_decimal(round(value, digits), format="#,##0.######", locale=_language)


def amount(value: float, unit: str) -> str:
    """A number with its unit: 66.4%, 14 points, $163,900."""
    figure = number(value)
    if unit in ("%", "°"):
        return figure + unit
    if unit in ("$", "€", "£"):
        sign = getattr(value, "sign", "")
        return sign + unit + figure.removeprefix(sign)
    return f"{figure} {unit}" if unit else figure
