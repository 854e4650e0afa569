"""Days and numbers as the complete JSON may write them: in any usual way, as its columns want them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, Float, Integer

from planstudio.domain import dates, numbers
from planstudio.domain.dates import Doubt, End
from planstudio.domain.errors import InvalidInput
from planstudio.domain.nouns import field_of
from planstudio.domain.numbers import Sort
from planstudio.i18n import _
from planstudio.store.types import Day


def is_blank(column: Column[Any], value: object) -> bool:
    """Whether nothing is written where a day or a number may stand."""
    return isinstance(value, str) and not value.strip() and isinstance(column.type, Day | Float | Integer)


def day(column: Column[Any], words: str) -> date:
    """The day in *words*; a month, a quarter or a school year is its last day, at a beginning its first."""
    field = field_of(column.table.name, column.name)
    end = field.end if field else End.LAST
    said = dates.read(words)
    found = dates.at(said, end)
    if found is not None:
        return found
    if said.doubt is Doubt.NO_DATE:
        raise InvalidInput(_("“{value}” is not a date like 2026-10-14").format(value=words[:60]), field=column.name)
    raise InvalidInput(_("{why}; write it like 2026-10-14").format(why=dates.why_not(said, end)), field=column.name)


def figure(column: str, words: str) -> float | None:
    """The number in *words*: 1,234.5 or 61%; None where there are none."""
    said = numbers.read(words)
    if said.sort not in (Sort.NUMBER, Sort.EMPTY):
        raise InvalidInput(numbers.why_not(said), field=column)
    return said.value


def count(column: str, words: str) -> int | None:
    """The whole number in *words*; None where there are none."""
    said = numbers.read(words)
    if said.sort is Sort.EMPTY:
        return None
    found = numbers.whole(said)
    if found is None:
        raise InvalidInput(_("“{words}” is not a whole number").format(words=words[:60]), field=column)
    return found
