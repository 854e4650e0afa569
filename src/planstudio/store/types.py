"""Column types that tell a doctored value from a bug."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from math import isfinite
from typing import Any, TypeVar

from sqlalchemy import Boolean, Column, Dialect, Float, Integer, String, TypeDecorator

from planstudio.domain.errors import NotAPlan
from planstudio.domain.kinds import Worded
from planstudio.i18n import _

E = TypeVar("E", bound=StrEnum)
# What JSON holds for a column; every other one is a text.
_HELD: tuple[tuple[type, Any], ...] = ((Float, (int, float)), (Integer, int))


class Word(TypeDecorator[Any]):
    """One word of a closed list."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[Worded]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        try:
            return None if value is None else self.kind(value)
        except ValueError as error:
            words = _("The plan holds the word “{word}”, which this Plan Studio does not know.")
            raise NotAPlan(words.format(word=value)) from error

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return self


class Day(TypeDecorator[date]):
    """A date, kept as YYYY-MM-DD."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        try:
            return None if value is None else date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise NotAPlan(_("The plan holds “{text}” where a date should be.").format(text=value)) from error


class Moment(TypeDecorator[datetime]):
    """A day and time as the clock on the wall shows it, kept as YYYY-MM-DDTHH:MM."""

    impl = String(16)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value:%Y-%m-%dT%H:%M}"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        try:
            return None if value is None else wall_time(value)
        except (TypeError, ValueError) as error:
            raise NotAPlan(_("The plan holds “{text}” where a day and time should be.").format(text=value)) from error


def wall_time(text: str) -> datetime:
    """The day and time of "2026-10-14T18:30", without a zone."""
    if len(text) != 16 or text[10] != "T":
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError(text)
    return moment


def encode(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    if value.__class__ is str or value is None:  # nearly all
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    return value.isoformat() if isinstance(value, date) else value


def decode(kind: Any, value: Any) -> Any:
    """The value that `encode` made, for a column of type *kind*."""
    try:
        return None if value is None else _reader(kind)(value)
    except (TypeError, ValueError) as error:
        raise altered_history() from error


def blank(column: Column[Any]) -> Any:
    """What a new row has in a column that nobody fills, encoded."""
    default: Any = column.default
    return encode(default.arg) if default is not None and default.is_scalar else None


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, Word):
        return kind.kind
    if isinstance(kind, Moment):
        return wall_time
    if isinstance(kind, Day):
        return date.fromisoformat
    if isinstance(kind, Boolean):
        return _truth
    held = next((python for sql, python in _HELD if isinstance(kind, sql)), (str, dict))  # a delta, laid elsewhere

    def read(value: Any) -> Any:
        if not isinstance(value, held) or (isinstance(value, float) and not isfinite(value)):
            raise TypeError(value)
        return value

    return read


def _truth(value: Any) -> bool:
    if not isinstance(value, int) or value not in (0, 1):
        raise ValueError(value)
    return bool(value)


def altered_history() -> NotAPlan:
    return NotAPlan(_("The history of this plan was altered by another program. The plan itself can be read."))
