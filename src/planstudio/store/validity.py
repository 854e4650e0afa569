"""What each cell of a plan may hold, as conditions in SQL: what opens can be shown, printed and reckoned with.

SQLite takes any text for a word of a list, a day or a time. A cell that holds
what no Plan Studio writes was altered by another program; `first_odd` finds
one in a pass over each table, before anything reads the plan.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Table

from planstudio.domain.bounds import EARLIEST, LATEST, limits
from planstudio.domain.nouns import field_of
from planstudio.domain.nouns.fields import LARGEST, Kind
from planstudio.store.doors import either
from planstudio.store.schema import JOURNALED, Base
from planstudio.store.types import Day, Moment, Word

# Without a modifier SQLite takes February 31 as it is.
_DAY = f"date({{c}}, '+0 days') IS NOT {{c}} OR {{c}} NOT BETWEEN '{EARLIEST}' AND '{LATEST}'"
_WALL = (
    "strftime('%Y-%m-%dT%H:%M', {c}, '+0 days') IS NOT {c} "
    f"OR substr({{c}}, 1, 10) NOT BETWEEN '{EARLIEST}' AND '{LATEST}'"
)
_TIME = "{c} <> '' AND ({c} NOT GLOB '[0-2][0-9]:[0-5][0-9]' OR {c} > '23:59')"
_RANK = "{c} = '' OR {c} GLOB '*[^0-9a-z]*' OR substr({c}, -1) = '0' OR length({c}) > 200"
# A moment with its offset, as the journal writes it: 2026-10-14T18:30:00.000-06:00.
_STAMP = (
    "{c} NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]*[+-][0-9][0-9]:[0-9][0-9]' "
    "OR julianday({c}) IS NULL OR length({c}) > 40 OR date(substr({c}, 1, 10), '+0 days') IS NOT substr({c}, 1, 10) "
    f"OR substr({{c}}, 1, 10) NOT BETWEEN '{EARLIEST}' AND '{LATEST}'"
)
KINDS = ("new", "edit", "import", "undo", "redo", "restore", "settle")  # of steps
_ID = "{c} = '' OR length({c}) > 36"
_HASH = "length({c}) <> 64 OR {c} GLOB '*[^0-9a-f]*'"
_LIST = "json_type({c}) <> 'array'"  # what is no JSON is an error, told below
_CELLS = "{c} IS NOT NULL AND json_type({c}) <> 'object'"
_TABLE = f"{{c}} NOT IN ({', '.join(repr(name) for name in JOURNALED)})"

_NATURAL = {name: len(table.primary_key) for name, table in JOURNALED.items() if len(table.primary_key) > 1}
# The key of a row of the journal: an id, or a list where the table has no id.
_KEY = "CASE tbl {natural} ELSE {c} = '' END".format(
    c="{c}",
    natural=" ".join(f"WHEN '{name}' THEN json_array_length({{c}}) <> {count}" for name, count in _NATURAL.items()),
)
# What a column must look like beside its type.
_SHAPES: dict[tuple[str, str], str] = {
    ("change_set", "at"): _STAMP,
    ("change_set", "arrived"): _STAMP,
    ("moment", "at"): _STAMP,
    ("meeting", "frozen_at"): f"{{c}} <> '' AND ({_STAMP})",
    ("change_set", "kind"): f"{{c}} NOT IN ({', '.join(map(repr, KINDS))})",
    ("change", "tbl"): _TABLE,
    ("change", "row"): _KEY,
    ("change", "op"): "{c} NOT IN ('I', 'U', 'D', 'R')",
    ("change", "before"): _CELLS,
    ("change", "after"): _CELLS,
    ("conflict", "tbl"): _TABLE,
    ("conflict", "row"): _KEY,
    ("change", "over"): _LIST,
    ("change", "head"): "{c} NOT IN (0, 1)",
    ("conflict", "sides"): _LIST,
    ("seal", "digest"): "length({c}) <> 32 OR {c} GLOB '*[^0-9a-f]*'",
    ("content", "sha256"): _HASH,
    ("content", "size"): "{c} < 0",
}
# When a row lacks what it says it is.
AT_ODDS = {
    "enclosure": (
        "CASE WHEN what IN ('policy', 'policy changes') THEN policy_id IS NULL "
        "WHEN what IN ('goal', 'monitoring report') THEN goal_id IS NULL ELSE plan_id IS NULL END"
    ),
    "change": (
        "CASE op WHEN 'D' THEN before IS NULL WHEN 'U' THEN before IS NULL OR after IS NULL ELSE after IS NULL END"
    ),
}


_LOT = 20_000  # rows that are read at once


class Odd(NamedTuple):
    table: str
    column: str


def odd(table: Table, column: Column[Any]) -> str:
    """The condition under which a cell holds what no Plan Studio writes; one that is empty never does."""
    name = f'"{column.name}"'
    kind, wrong = stored_as(column)
    parts = [f"typeof({name}) NOT IN ('null', '{kind}')", *filter(None, [wrong])]
    if (table.name, column.name) in _SHAPES:
        parts.append(_SHAPES[table.name, column.name])
    elif column.name == "id" and column.primary_key and not isinstance(column.type, Integer):
        parts.append(_ID)
    elif column.name == "rank":
        parts.append(_RANK)
    elif (field := field_of(table.name, column.name)) and field.kind is Kind.TIME:
        parts.append(_TIME)
    return " OR ".join(f"({part.format(c=name)})" for part in parts)


def fits(table: Table, column: Column[Any], value: Any) -> bool:
    """Whether the column can hold *value*, which is encoded as the journal does."""
    with closing(sqlite3.connect(":memory:")) as connection:
        asked = f'SELECT {odd(table, column)} FROM (SELECT ? AS "{column.name}")'
        return not connection.execute(asked, (value,)).fetchone()[0]


def first_odd(connection: sqlite3.Connection) -> Odd | None:
    """A cell that holds what no Plan Studio writes, and where it stands; None where all is well.

    Raises sqlite3.DatabaseError where a text is no UTF-8.
    """
    for table in Base.metadata.sorted_tables:
        try:
            found = connection.execute(_question(table)).fetchone()
        except either(sqlite3.OperationalError) as error:
            if "malformed JSON" not in str(error):
                raise
            return Odd(table.name, "")
        if found:
            return Odd(table.name, found[0])
        _decode(connection, table)
    loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    return Odd(loose[0], "") if loose else None


@cache
def _question(table: Table) -> str:
    cases = " ".join(f"WHEN {odd(table, column)} THEN '{column.name}'" for column in table.columns)
    if table.name in AT_ODDS:
        cases += f" WHEN {AT_ODDS[table.name]} THEN ''"
    which = f'SELECT CASE {cases} END AS which FROM "{table.name}"'
    return f"SELECT which FROM ({which}) WHERE which IS NOT NULL LIMIT 1"


def _decode(connection: sqlite3.Connection, table: Table) -> None:
    """Read every text, for one that is no UTF-8 is an error: many in one, which is ten times as fast."""
    asked = _texts(table)
    if len(table.primary_key) > 1:  # without a rowid
        connection.execute(asked).fetchone()
        return
    last: int | None = -(2**63)
    while last is not None:
        last, _said = connection.execute(asked, (last,)).fetchone()


@cache
def _texts(table: Table) -> str:
    texts = [f"coalesce(\"{column.name}\", '')" for column in table.columns if stored_as(column)[0] == "text"]
    words = " || char(10) || ".join(texts)
    if len(table.primary_key) > 1:
        return f'SELECT group_concat({words}, char(10)) FROM "{table.name}"'
    lot = f'SELECT rowid AS at, {words} AS said FROM "{table.name}" WHERE rowid > ? ORDER BY rowid LIMIT {_LOT}'
    return f"SELECT max(at), group_concat(said, char(10)) FROM ({lot})"


def stored_as(column: Column[Any]) -> tuple[str, str]:
    """How SQLite keeps what the column holds, and when that is nothing of its type; "" where it always is."""
    match column.type:
        case Word(kind=kind):
            return "text", f"{{c}} NOT IN ({', '.join(repr(str(one.value)) for one in kind)})"
        case Day():
            return "text", _DAY
        case Moment():
            return "text", _WALL
        case Boolean():
            return "integer", "{c} NOT IN (0, 1)"
        case Integer():
            least, most = limits(column.table.name, column.name)
            return "integer", f"{{c}} NOT BETWEEN {least} AND {most}"
        case Float():
            return "real", f"{{c}} NOT BETWEEN {-LARGEST}.0 AND {LARGEST}.0"
        case LargeBinary():
            return "blob", ""
    return "text", ""
