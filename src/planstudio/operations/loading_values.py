"""The values of the complete JSON as their columns want them, or a sentence that says where one stands and why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from planstudio.domain import dates, numbers, ranks, texts
from planstudio.domain.dates import Doubt, End
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.domain.nouns import field_of
from planstudio.domain.nouns.fields import LARGEST, Kind
from planstudio.domain.numbers import Sort
from planstudio.i18n import _
from planstudio.store.types import Day, Moment, Word, wall_time

Given = dict[str, Any]  # an object of the JSON
LONGEST_ID = 36
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3,6})?)?[+-]\d\d:\d\d", re.ASCII)


def value_of(column: Column[Any], value: Any, at: str) -> Any:
    """A JSON value as its column wants it, or a sentence."""
    blank = isinstance(value, str) and not value.strip() and isinstance(column.type, Day | Float | Integer)
    if value is None or blank:
        return _empty(column, at)
    read = next((one for kind, one in _READERS.items() if isinstance(column.type, kind)), _text)
    try:
        return read(column, value)
    except InvalidInput as error:
        raise wrong(at, str(error).rstrip(".")) from error


def _empty(column: Column[Any], at: str) -> Any:
    """What null stands for."""
    if column.nullable or column.primary_key:
        return None
    if usual(column) == "":
        return ""
    raise wrong(at, _("this cannot be empty"))


def usual(column: Column[Any]) -> Any:
    """The value of a column that nobody names; None where there is none."""
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None


def _day(column: Column[Any], value: Any) -> date:
    """A day in any usual way; a month, a quarter or a school year is its last day, at a beginning its first."""
    field = field_of(column.table.name, column.name)
    end = field.end if field else End.LAST
    value = texts.tidy(value) if isinstance(value, str) else value
    said = dates.read(value) if isinstance(value, str) else None
    if said and (found := dates.at(said, end)) is not None:
        return found
    if said is None or said.doubt is Doubt.NO_DATE:
        raise _refused(column, _("“{value}” is not a date like 2026-10-14"), value)
    raise _refused(column, _("{why}; write it like 2026-10-14"), value, why=dates.why_not(said, end))


def _moment(column: Column[Any], value: Any) -> datetime:
    try:
        return wall_time(value)
    except (TypeError, ValueError) as error:
        raise _refused(column, _("“{value}” is not a day and time like 2026-10-14T18:30"), value) from error


def _word(column: Column[Any], value: Any) -> StrEnum:
    kind: type[StrEnum] = column.type.kind  # type: ignore[attr-defined]
    try:
        return kind(value)
    except ValueError as error:
        words = ", ".join(one.value for one in kind)
        raise _refused(column, _("“{value}” is not one of: {words}"), value, words=words) from error


def _figure(column: Column[Any], value: Any) -> float | None:
    if isinstance(value, str):  # 1,234.5 or 61%
        said = numbers.read(texts.tidy(value))
        if said.sort not in (Sort.NUMBER, Sort.EMPTY):
            raise InvalidInput(numbers.why_not(said), field=column.name)
        return said.value
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return float(value)
    raise _foreign(column, value)


def _whole(column: Column[Any], value: Any) -> int | None:
    if isinstance(value, str):
        said = numbers.read(texts.tidy(value))
        found = numbers.whole(said)
        if found is None and said.sort is not Sort.EMPTY:
            raise _refused(column, _("“{words}” is not a whole number"), value, words=texts.tidy(value)[:60])
        return found
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _foreign(column, value)


def _flag(column: Column[Any], value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _foreign(column, value)


def _text(column: Column[Any], value: Any) -> str:
    if not isinstance(value, str):
        raise _foreign(column, value)
    if column.name == "rank" and not ranks.sound(value):
        raise _refused(column, _("a rank is made of 0 to 9 and a to z and does not end with 0"), value)
    field = field_of(column.table.name, column.name)
    stamp = field is not None and field.kind is Kind.STAMP and (value or column.default is None)
    if stamp and not _is_stamp(value):
        words = _("“{value}” is not a moment like 2026-10-14T18:30:00-06:00, with the offset from UTC")
        raise _refused(column, words, value)
    if column.name != "id" and not column.primary_key and not column.foreign_keys:
        return value  # tidied when it is written
    tidied = texts.line(value, column.name)
    if column.name == "id" and len(tidied) > LONGEST_ID:
        raise _refused(column, _("an id has room for {most} characters"), value, most=LONGEST_ID)
    return tidied


_READERS: dict[type, Callable[[Column[Any], Any], Any]] = {  # every other column is a text
    Day: _day, Moment: _moment, Word: _word, Float: _figure, Boolean: _flag, Integer: _whole,
}  # fmt: skip


def _refused(column: Column[Any], words: str, value: Any, /, **named: object) -> InvalidInput:
    return InvalidInput(words.format(value=short(value), **named), field=column.name)


def _foreign(column: Column[Any], value: Any) -> InvalidInput:
    return _refused(column, _("“{value}” is not what belongs here"), value)


def _is_stamp(text: str) -> bool:
    """Whether *text* is a moment as the history writes it."""
    try:
        return _STAMP.fullmatch(text) is not None and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def name_of(value: Any, at: str) -> str:
    """A name, code or number; a number may be typed as one."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise wrong(at, _("“{value}” is not what belongs here").format(value=short(value)))
    return str(value)


def short(value: Any) -> str:
    """A wrong value, to be shown in a sentence; of a list or an object only that it is one."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    return texts.tidy(str(value)[:60])


def wrong(at: str, what: str) -> PlanStudioError:
    return InvalidInput(f"{at}: {what}.", field=at)


def placed(error: InvalidInput, at: str) -> InvalidInput:
    """*error* with the place in the JSON where it arose."""
    at = f"{at}.{error.field}"
    return InvalidInput(f"{at}: {error}", field=at)


def refuse_unknown(given: Given, known: set[str], at: str) -> None:
    for name in given:
        if name not in known:
            raise wrong(f"{at}.{name}".lstrip("."), _("there is no field of this name"))
