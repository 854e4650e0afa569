"""The values of the complete JSON as their columns want them, or a sentence that says where one stands and why not."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from planstudio.domain import ranks, texts
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.domain.nouns import field_of
from planstudio.domain.nouns.fields import LARGEST, Kind
from planstudio.i18n import _
from planstudio.operations import written
from planstudio.store.types import Day, Moment, Word, wall_time

LONGEST_ID = 36
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3,6})?)?[+-]\d\d:\d\d", re.ASCII)


def value_of(column: Column[Any], value: Any, at: str) -> Any:
    """A JSON value as its column wants it, or a sentence."""
    if value is None or written.is_blank(column, value):
        return _empty(column, at)
    match kind := column.type:
        case Day() if not isinstance(value, str):
            raise wrong(at, _("“{value}” is not a date like 2026-10-14").format(value=short(value)))
        case Day() | Float() | Integer() if isinstance(value, str) and not isinstance(kind, Boolean):
            try:
                return written.read(column, texts.tidy(value))
            except InvalidInput as error:
                raise wrong(at, str(error)) from error
        case Moment():
            try:
                return wall_time(value)
            except (TypeError, ValueError) as error:
                words = _("“{value}” is not a day and time like 2026-10-14T18:30")
                raise wrong(at, words.format(value=short(value))) from error
        case Word():
            try:
                return kind.kind(value)
            except ValueError as error:
                words = ", ".join(one.value for one in kind.kind)
                raise wrong(
                    at, _("“{value}” is not one of: {words}").format(value=short(value), words=words)
                ) from error
        case Float():
            if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST:
                return float(value)
        case Boolean():
            if isinstance(value, bool):
                return value
        case Integer():
            if isinstance(value, int) and not isinstance(value, bool):
                return value
        case _ if isinstance(value, str):
            return _text(column, value, at)
    raise wrong(at, _("“{value}” is not what belongs here").format(value=short(value)))


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


def _text(column: Column[Any], value: str, at: str) -> str:
    if column.name == "rank" and not ranks.sound(value):
        raise wrong(at, _("a rank is made of 0 to 9 and a to z and does not end with 0"))
    field = field_of(column.table.name, column.name)
    stamp = field is not None and field.kind is Kind.STAMP and (value or column.default is None)
    if stamp and not _is_stamp(value):
        words = _("“{value}” is not a moment like 2026-10-14T18:30:00-06:00, with the offset from UTC")
        raise wrong(at, words.format(value=short(value)))
    if column.name != "id" and not column.primary_key and not column.foreign_keys:
        return value  # tidied when it is written
    try:
        tidied = texts.line(value, column.name)
    except InvalidInput as error:
        raise wrong(at, str(error).rstrip(".")) from error
    if column.name == "id" and len(tidied) > LONGEST_ID:
        raise wrong(at, _("an id has room for {most} characters").format(most=LONGEST_ID))
    return tidied


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
