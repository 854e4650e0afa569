"""What is declared of the fields and what stands in the tables are the same fields."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from sqlalchemy import Boolean, Column, Float, Integer, String, Text
from sqlalchemy.orm import Mapped

from planstudio.domain.nouns import NOUNS, district, field_of, meetings, plans, policies
from planstudio.domain.nouns.fields import Kind, only
from planstudio.domain.words import field_word
from planstudio.store import schema
from planstudio.store.schema import JOURNALED, MODELS
from planstudio.store.types import Day, Moment, Word

STORED: dict[Kind, tuple[type, ...]] = {
    Kind.WHOLE: (Integer,), Kind.PERCENT: (Integer,), Kind.FIGURE: (Float,), Kind.MONEY: (Float,), Kind.DAY: (Day,),
    Kind.MONTH: (Day,), Kind.MOMENT: (Moment,), Kind.CHOICE: (Word,), Kind.FLAG: (Boolean,),
}  # fmt: skip
FIELDS = [(table, one) for table, noun in NOUNS.items() for one in noun.fields.values()]
DECLARED = {name: one for part in (district, meetings, plans, policies) for name, one in vars(part).items()}


def test_every_table_is_a_noun() -> None:
    assert set(NOUNS) == set(JOURNALED)


@pytest.mark.parametrize("table", JOURNALED)
def test_every_column_is_declared_once(table: str) -> None:
    noun = NOUNS[table]
    listed = [*noun.keys, *noun.fields, *noun.house]
    assert sorted(listed) == sorted(JOURNALED[table].columns.keys())


@pytest.mark.parametrize("table", JOURNALED)
def test_a_column_stores_what_its_field_is(table: str) -> None:
    for field in NOUNS[table].fields.values():
        column: Column[Any] = JOURNALED[table].columns[field.name]
        assert isinstance(column.type, STORED.get(field.kind, (String, Text))), field
        assert {key.column.table.name for key in column.foreign_keys} == ({field.of} if field.of else set()), field


@pytest.mark.parametrize("table", JOURNALED)
def test_a_draft_takes_the_type_that_the_column_has(table: str) -> None:
    model = MODELS[table]
    drafted = get_type_hints(DECLARED[f"{model.__name__}Fields"])
    names = vars(schema) | {"date": date, "datetime": datetime}
    for name, kind in drafted.items():
        (mapped,) = get_args(eval(model.__annotations__[name], names))
        assert _plain(mapped) == _plain(kind), f"{table}.{name}"


def _plain(kind: Any) -> set[Any]:
    """The types of a union, without what is said beside them."""
    kinds = get_args(kind) if type(kind).__name__ == "UnionType" else (kind,)
    return {getattr(one, "__origin__", one) for one in kinds}


def test_a_title_is_a_field_that_is_found() -> None:
    for noun in NOUNS.values():
        assert not noun.title or noun.title in [one.name for one in noun.using(noun.fields[noun.title].uses)]


def test_a_field_is_called_something() -> None:
    assert all(field_word(table, field.name) == field.word != "" for table, field in FIELDS)


def test_what_is_declared_nowhere_is_no_field() -> None:
    assert field_of("goal", "color") is None
    assert field_of("colors", "name") is None
    with pytest.raises(TypeError):
        only(plans.GoalFields, "color", "red")
    assert only(plans.GoalFields, "title", "Read") == {"title": "Read"}


def test_a_choice_is_one_of_a_list() -> None:
    for table, field in FIELDS:
        hint = get_type_hints(DECLARED[f"{MODELS[table].__name__}Fields"])[field.name]
        members = [one for one in _plain(hint) if one is not NoneType]
        assert (field.kind is Kind.CHOICE) is any(isinstance(one, type) and issubclass(one, StrEnum) for one in members)


assert Mapped  # named in the annotations that are read above
