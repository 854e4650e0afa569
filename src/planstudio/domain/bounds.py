"""How early, how late, how small and how large what a plan holds can be: the same wherever it comes from.

Operations refuse what lies beyond, and a file that holds it was altered by
another program. What reads a plan need not think of year 0 or of 900 percent.
"""

from __future__ import annotations

from datetime import date

from planstudio.domain.errors import InvalidInput
from planstudio.domain.nouns import field_of
from planstudio.domain.nouns.fields import LARGEST
from planstudio.domain.words import field_word
from planstudio.i18n import _

EARLIEST, LATEST = date(1600, 1, 1), date(2999, 12, 31)


def check_day(table: str, field: str, day: date) -> None:
    """Refuse a year that nobody means."""
    if not EARLIEST.year <= day.year <= LATEST.year:
        words = _("{field}: {year} is no year of a plan. Write one from {first} to {last}.")
        named = words.format(field=field_word(table, field), year=day.year, first=EARLIEST.year, last=LATEST.year)
        raise InvalidInput(named, field=field)


def check_number(table: str, field: str, value: float) -> None:
    """Refuse a number that the field cannot mean."""
    least, most = limits(table, field)
    if abs(value) > LARGEST:
        words = _("{field}: this number is too large.")
    elif not least <= value <= most and most < LARGEST:
        words = _("{field}: this lies between {least} and {most}.")
    elif value < least:
        words = _("{field}: this cannot be below {least}.")
    else:
        return
    raise InvalidInput(words.format(field=field_word(table, field), least=least, most=most), field=field)


def limits(table: str, field: str) -> tuple[float, float]:
    """The least and the most of a number; a number of no noun's lies within LARGEST."""
    known = field_of(table, field)
    return (known.least, known.most) if known else (-LARGEST, LARGEST)
