"""How early, how late, how small and how large what a plan holds can be: the same wherever it comes from.

Operations refuse what lies beyond, and a file that holds it was altered by
another program. What reads a plan need not think of year 0 or of 900 percent.
"""

from __future__ import annotations

from datetime import date

from planstudio.domain.errors import InvalidInput
from planstudio.domain.words import field_word
from planstudio.i18n import _

EARLIEST, LATEST = date(1600, 1, 1), date(2999, 12, 31)
LARGEST = 2**53  # whole numbers beyond it are no longer told apart, and no school has so many of anything
_MINUTES_OF_A_DAY = 24 * 60
# The least and the most of a whole number, by table and column; what is not here lies within LARGEST.
WHOLE: dict[tuple[str, str], tuple[int, int]] = {
    ("progress_update", "percent"): (0, 100),
    ("agenda_item", "minutes"): (0, _MINUTES_OF_A_DAY),
    ("observation", "count"): (0, LARGEST),
    ("measure", "minimum_group"): (0, LARGEST),
    ("policy", "review_months"): (0, 1200),
    ("attachment", "size"): (0, LARGEST),
    ("packet", "revision"): (0, LARGEST),
    ("packet", "pages"): (0, LARGEST),
}


def check_day(day: date, field: str) -> None:
    """Refuse a year that nobody means."""
    if not EARLIEST.year <= day.year <= LATEST.year:
        words = _("{field}: {year} is no year of a plan. Write one from {first} to {last}.")
        named = words.format(field=field_word(field), year=day.year, first=EARLIEST.year, last=LATEST.year)
        raise InvalidInput(named, field=field)


def check_number(table: str, field: str, value: float) -> None:
    """Refuse a number that the field cannot mean."""
    if abs(value) > LARGEST:
        raise InvalidInput(_("{field}: this number is too large.").format(field=field_word(field)), field=field)
    least, most = WHOLE.get((table, field), (-LARGEST, LARGEST))
    if not least <= value <= most and most < LARGEST:
        words = _("{field}: this lies between {least} and {most}.")
        raise InvalidInput(words.format(field=field_word(field), least=least, most=most), field=field)
    if value < least:
        words = _("{field}: this cannot be below {least}.")
        raise InvalidInput(words.format(field=field_word(field), least=least), field=field)
