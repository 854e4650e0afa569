"""An answer as it is typed, made one that can be carried out: whose side is taken, or which value stands instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer, Text

from planstudio.domain import dates, numbers
from planstudio.domain.dates import End
from planstudio.domain.differences import Answer, Difference
from planstudio.domain.errors import InvalidInput
from planstudio.domain.question_codes import Coded
from planstudio.domain.words import word
from planstudio.i18n import _
from planstudio.operations.rows import clean
from planstudio.store.schema import JOURNALED
from planstudio.store.types import Day, Word, encode
from planstudio.store.validity import fits


def take(question: Coded, step: str) -> Answer:
    """What *step* said of all that is answered together; "" keeps what another side has deleted."""
    return Answer(question.cells[0].unit, step)


def take_cell(one: Difference, step: str) -> Answer:
    """What *step* said of this cell alone."""
    return Answer(one.unit, step, (one.table, one.row), one.field)


def say(one: Difference, words: str) -> Answer:
    """What neither side said; InvalidInput where the field cannot hold it, or holds nothing that can be typed."""
    if one.whole:
        raise _only_chosen(one)
    table = JOURNALED[one.table]
    column = table.c[one.field]
    value = encode(_reader(column)(words, one))
    if value in (None, "") or not fits(table, column, value):
        refusal = _("{field}: “{words}” cannot stand here.")
        raise InvalidInput(refusal.format(field=one.field_words, words=words[:80]), field="value")
    return Answer(one.unit, one.sides[0].step, (one.table, one.row), one.field, value)


def _reader(column: Column[Any]) -> Callable[[str, Difference], Any]:
    typed = not column.foreign_keys and not column.primary_key and column.name != "rank"
    match column.type:
        case Boolean():
            return _refused
        case Word():
            return _word
        case Day():
            return _day
        case Integer() | Float():
            return _number
        case Text() if typed:
            return lambda words, one: clean(one.table, one.field, words)
    return _refused


def _refused(_words: str, one: Difference) -> Any:
    raise _only_chosen(one)


def _only_chosen(one: Difference) -> InvalidInput:
    words = _("{field}: this can only be chosen from what was written.")
    return InvalidInput(words.format(field=one.field_words), field="value")


def _word(words: str, one: Difference) -> Any:
    kind = JOURNALED[one.table].c[one.field].type.kind  # type: ignore[attr-defined]
    for each in kind:
        if words.strip().casefold() in (each.value.casefold(), word(each).casefold()):
            return each
    known = ", ".join(word(each) for each in kind)
    refusal = _("{field}: “{words}” is none of these: {known}.")
    raise InvalidInput(refusal.format(field=one.field_words, words=words[:80], known=known), field="value")


def _day(words: str, one: Difference) -> Any:
    day = dates.day_of(words, End.DAY, "value")
    return clean(one.table, one.field, day)


def _number(words: str, one: Difference) -> Any:
    value = numbers.value_of(words, "value")
    if value is None:
        return None
    if isinstance(JOURNALED[one.table].c[one.field].type, Integer) and value == int(value):
        value = int(value)
    return clean(one.table, one.field, value)
