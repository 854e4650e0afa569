"""What every operation does with a row: find it, fill it in, give it its place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from planstudio.domain import bounds, ranks, texts
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.nouns import field_of
from planstudio.domain.nouns.fields import Field, Kind
from planstudio.domain.times_of_day import time_of_day
from planstudio.domain.words import field_word, table_word
from planstudio.i18n import _
from planstudio.store.schema import Base, Goal, Strategy

B = TypeVar("B", bound=Base)


class Ranked(Protocol):
    id: Any
    rank: Any


R = TypeVar("R", bound=Ranked)


def fetch(session: Session, model: type[B], ident: str) -> B:
    """The row, or a sentence that it is gone."""
    row = session.get(model, ident)
    if row is None:
        raise NotFound(_("{thing}: it has been deleted meanwhile.").format(thing=table_word(model.__tablename__)))
    return row


def assign(row: Base, values: Mapping[str, object]) -> None:
    """Set the columns named in *values*, texts tidied, numbers finite."""
    for name, new in cleaned(type(row), values).items():
        if getattr(row, name) != new:  # else a row would count as changed that is not
            setattr(row, name, new)


def cleaned(model: type[Base], values: Mapping[str, object]) -> dict[str, Any]:
    """*values* as their columns may hold them, or a sentence why one cannot."""
    for name in values:
        if name not in model.__table__.columns:
            raise TypeError(f"{model.__tablename__} has no column {name}")
    return {name: clean(model.__tablename__, name, value) for name, value in values.items()}


def build(model: type[B], **values: Any) -> B:
    """A new row with *values*, every text tidied and the others empty."""
    row = model()
    for column in model.__table__.columns:
        if column.default is not None and column.default.is_scalar:
            setattr(row, column.name, column.default.arg)
    for name, value in cleaned(model, values).items():
        setattr(row, name, value)
    return row


def added(session: Session, row: Any) -> str:
    """Put a new row into the file; its id."""
    session.add(row)
    session.flush()
    return str(row.id)


def owner_of(session: Session, goal_id: str | None, strategy_id: str | None) -> Goal | Strategy:
    """The one of the two that is named."""
    return fetch(session, Goal, goal_id) if goal_id else fetch(session, Strategy, strategy_id or "")


def clean(table: str, name: str, value: Any) -> Any:
    """*value* as the column may hold it, or a sentence why it cannot."""
    field = field_of(table, name)
    if type(value) is str:
        return _text(field, name, value)
    if isinstance(value, float) and field is not None and field.kind in (Kind.WHOLE, Kind.PERCENT):
        if not value.is_integer():  # nor is what is not finite
            raise InvalidInput(_("{field}: write a whole number.").format(field=field_word(table, name)), field=name)
        value = int(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidInput(_("{field}: this is not a number.").format(field=field_word(table, name)), field=name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        bounds.check_number(table, name, value)
    if isinstance(value, date):
        bounds.check_day(table, name, value)
    return value


def _text(field: Field | None, name: str, value: str) -> str:
    match field.kind if field else None:
        case Kind.PROSE | Kind.MARKDOWN | Kind.LINES:
            return texts.prose(value, name)
        case Kind.TIME:
            return time_of_day(value, name)
    return texts.line(value, name)


def ordered(rows: Iterable[R]) -> list[R]:
    return sorted(rows, key=lambda row: (row.rank, row.id))


def last_rank(rows: Iterable[Ranked]) -> str:
    """A rank behind all of *rows*."""
    return ranks.between(max((row.rank for row in rows), default=""), None)


def rank_after(rows: Iterable[Ranked], after: str | None) -> str:
    """A rank right behind the row with the id *after*; at the end where it is None or gone."""
    line = ordered(rows)
    at = next((n for n, row in enumerate(line) if row.id == after), len(line) - 1)
    low = line[at].rank if line else ""
    high = line[at + 1].rank if at + 1 < len(line) else None
    return ranks.between(low, None if high is not None and low >= high else high)  # of one place that two copies gave


def move(row: Ranked, siblings: Sequence[Ranked], to: int) -> None:
    """Give *row* the place *to*, from 0, among *siblings* (with or without it)."""
    others = [other for other in ordered(siblings) if other.id != row.id]
    to = max(0, min(to, len(others)))
    low = others[to - 1].rank if to else ""
    high = others[to].rank if to < len(others) else None
    if low < row.rank and (high is None or row.rank < high) and row in siblings:
        return
    if high is not None and low >= high:
        for other, rank in zip(others, ranks.spread(len(others)), strict=True):
            other.rank = rank
        low = others[to - 1].rank if to else ""
        high = others[to].rank
    row.rank = ranks.between(low, high)
