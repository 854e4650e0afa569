"""Translated words, dates and numbers, for every layer and without Qt.

Only literals are passed to `_`, so that the words can be collected. Babel is
imported with the first date: the window opens without it.
"""

from __future__ import annotations

import gettext
from datetime import date, datetime
from pathlib import Path

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en_US"


def use(language: str, locale_dir: Path) -> None:
    """Speak *language* from now on; English where it has no word."""
    global _catalogue, _language
    _language = language
    _catalogue = gettext.translation("planstudio", locale_dir, [language], fallback=True)


def language() -> str:
    """The language spoken now: en_US."""
    return _language


def _(text: str) -> str:
    return _catalogue.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    return _catalogue.ngettext(one, many, count)


def N_(text: str) -> str:
    """Mark *text* for translation where it cannot be translated yet."""
    return text


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
    from babel.dates import format_date

    return format_date(day, "medium" if day.year != today.year else "MMM d", locale=_language)


def month_name(month: date) -> str:
    """Oct"""
    from babel.dates import format_date

    return format_date(month, "LLL", locale=_language)


def short_month_year(month: date) -> str:
    """Oct 2026"""
    from babel.dates import format_date

    return format_date(month, "LLL yyyy", locale=_language)


def month_year(month: date) -> str:
    """October 2026"""
    from babel.dates import format_date

    return format_date(month, "LLLL yyyy", locale=_language)


def weekday_and_day(day: date, today: date) -> str:
    """Wednesday, October 14, with the year when it is not this year's."""
    from babel.dates import format_date

    return format_date(day, "full" if day.year != today.year else "EEEE, MMMM d", locale=_language)


def day_and_time(moment: datetime) -> str:
    """Wednesday, October 14, 2026, at 6:30 PM"""
    from babel.dates import format_date

    day = format_date(moment, "full", locale=_language)
    return _("{day}, at {time}").format(day=day, time=clock_time(moment))


def clock_time(moment: datetime) -> str:
    """10:42 AM, in the moment's own zone."""
    from babel.dates import format_time

    return format_time(moment, "short", locale=_language).replace("\u202f", " ")


def number(value: float, digits: int = 6) -> str:
    """A number as people write it: no trailing zeros, thousands apart."""
    from babel.numbers import format_decimal

    return format_decimal(round(value, digits), format="#,##0.######", locale=_language)


def amount(value: float, unit: str) -> str:
    """A number with its unit: 66.4%, 14 points, $163,900."""
    figure = number(value)
    if unit in ("%", "°"):
        return figure + unit
    if unit in ("$", "€", "£"):
        return unit + figure
    return f"{figure} {unit}" if unit else figure
