"""An answer as it is typed, made one that can be carried out: whose side is taken, or which value stands instead."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, Integer, Text

from planstudio.domain import dates, numbers
from planstudio.domain.dates import End
from planstudio.domain.differences import Answer, Difference
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Worded
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
    value = encode(_read(column, words, one))
    if value in (None, "") or not fits(table, column, value):
        refusal = _("{field}: “{words}” cannot stand here.")
        raise InvalidInput(refusal.format(field=one.field_words, words=words[:80]), field="value")
    return Answer(one.unit, one.sides[0].step, (one.table, one.row), one.field, value)


def _read(column: Column[Any], words: str, one: Difference) -> Any:
    typed = not column.foreign_keys and not column.primary_key and column.name != "rank"
    match column.type:
        case Word(kind=kind):
            return _word(kind, words, one)
        case Day():
            return clean(one.table, one.field, dates.day_of(words, End.DAY, "value"))
        case Integer() | Float():
            value = numbers.value_of(words, "value")
            if value is not None and isinstance(column.type, Integer) and value == int(value):
                value = int(value)
            return clean(one.table, one.field, value)
        case Text() if typed:
            return clean(one.table, one.field, words)
    raise _only_chosen(one)


def _only_chosen(one: Difference) -> InvalidInput:
    words = _("{field}: this can only be chosen from what was written.")
    return InvalidInput(words.format(field=one.field_words), field="value")


def _word(kind: type[Worded], words: str, one: Difference) -> Worded:
    for each in kind:
        if words.strip().casefold() in (each.value.casefold(), word(each).casefold()):
            return each
    known = ", ".join(map(word, kind))
    refusal = _("{field}: “{words}” is none of these: {known}.")
    raise InvalidInput(refusal.format(field=one.field_words, words=words[:80], known=known), field="value")
