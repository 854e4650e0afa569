"""The table of what is given knows every column there is, and no other."""

from __future__ import annotations

import pytest

from planstudio.domain.audiences import Rows, When
from planstudio.domain.cut import SHOWS
from planstudio.domain.given import GIVEN, NUMBERED, columns_for, given
from planstudio.domain.kinds import Access
from planstudio.store.clean_copy import _HAPPENED, _ROWS
from planstudio.store.schema import Base

_HERE = "decide it in domain/given.py: to whom is it given, and why (docs/adr/0013)"


def test_every_column_has_a_line_and_every_line_a_column() -> None:
    there = {(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns}
    listed = {(table, column) for table, one in GIVEN.items() for column in one.columns}
    assert not there - listed, _HERE
    assert not listed - there, "a line for a column that is not there"


def test_a_column_that_nobody_has_decided_on_is_withheld() -> None:
    assert given("goal", "secret") == given("secrets", "name") == given("comment", "text")
    assert not given("goal", "secret").reaches(Access.CLOSED)
    assert columns_for("secrets", Access.CLOSED) == ()


def test_who_may_see_more_is_given_no_less() -> None:
    for table in GIVEN:
        public, staff, board = (set(columns_for(table, audience)) for audience in Access)
        assert public <= staff <= board


def test_every_condition_is_said_once_for_its_table() -> None:
    asked = {(table, one.rows) for table, one in GIVEN.items()}
    plain = {Rows.ALL, Rows.NONE, Rows.ON_PAPERS, Rows.NAMED}
    assert {pair for pair in asked if pair[1] not in plain} == set(_ROWS)
    waiting = {(t, c.when) for t, one in GIVEN.items() for c in one.columns.values() if c.when is not When.ALWAYS}
    assert waiting == set(_HAPPENED)


def test_a_row_that_is_given_can_be_told_from_others() -> None:
    """Keys and the columns that a row cannot be without are given wherever its table is."""
    for table in Base.metadata.sorted_tables:
        if not columns_for(table.name, Access.PUBLIC):
            continue
        for column in table.columns:
            needed = column.primary_key or (not column.nullable and column.default is None)
            assert not needed or given(table.name, column.name).reaches(Access.PUBLIC), f"{table.name}.{column.name}"
    assert set(NUMBERED) <= set(GIVEN["agenda_item"].columns)


@pytest.mark.parametrize(("card", "tables"), SHOWS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_card_that_is_cut_shows_a_table_of_the_list(card: type, tables: tuple[str, ...]) -> None:
    assert set(tables) <= set(GIVEN)
    assert any(name in GIVEN[table].columns for table in tables for name in card.__dataclass_fields__)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("progress_update", "author"), ("comment", "text"), ("comment", "author"), ("moment", "name"),
        ("change_set", "author"), ("change", "before"), ("conflict", "theirs"), ("packet", "record"),
        ("organization", "dictionary"), ("person", "department"), ("agenda_item", "returned_because"),
        ("goal", "origin"), ("observation", "note"),
    ],
)  # fmt: skip
def test_what_is_the_house_s_own_is_not_for_the_public(table: str, column: str) -> None:
    assert not given(table, column).reaches(Access.PUBLIC)
