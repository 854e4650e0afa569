"""Complete JSON plans made by the schema itself: any field that a table has may stand in them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Float, Integer

from planstudio.domain import ranks
from planstudio.domain.bounds import limits
from planstudio.domain.kinds import Status
from planstudio.domain.nouns import field_of
from planstudio.domain.nouns.fields import Kind
from planstudio.operations.loading import fields_of
from planstudio.operations.loading_names import INSTEAD
from planstudio.store.schema import Base
from planstudio.store.tree import CHILDREN
from planstudio.store.types import Day, Moment, Word

Given = dict[str, Any]

letters = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs"), include_characters=" ")
words = st.text(letters, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
markdown = st.sampled_from(
    ["**Read** every day.", "1. one\n2. two\n\n- a", "| a | b |\n|---|---|\n| c | d |", "<b>&amp;"]
)
days = st.dates(date(1990, 1, 1), date(2040, 12, 31)).map(date.isoformat)
figures = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))
CODES = ("1326", "1326.1", "BEDB")
OWNERS = ("Inés Calloway", "Walt Pettibone")


@st.composite
def plans(draw: st.DrawFn) -> Given:
    """A whole file: without ids, for these are made when it is read."""
    made: Given = {"format": "planstudio", "version": 1, "organization": draw(_row("organization"))}
    made["organization"]["name"] = draw(words)
    made["people"] = [draw(_row("person")) | {"name": name} for name in OWNERS]
    made["series"] = [draw(_row("policy_series")) | {"number": "1000"}]
    made["policies"] = [draw(_row("policy")) | {"code": code, "series": "1000"} for code in CODES]
    made["meetings"] = draw(st.lists(_row("meeting"), max_size=2))
    made["plans"] = [draw(_row("plan")) for _n in range(draw(st.integers(1, 2)))]
    return made


def _row(table: str) -> st.SearchStrategy[Given]:
    columns = Base.metadata.tables[table].columns
    instead = set(INSTEAD.get(table, {}).values())
    optional = {
        column.name: _cell(column)
        for column in columns
        if column.name in fields_of(table) and not column.foreign_keys and column.name not in ("id", "size", *instead)
    }
    needed = {name: optional.pop(name) for name in list(optional) if _needed(columns[name])}
    if table in ("goal", "strategy", "policy"):
        optional["owner"] = st.sampled_from(OWNERS)
    if table in ("attendance", "vote"):
        needed["person"] = st.sampled_from(OWNERS)
    if table == "enclosure":
        needed["what"] = st.sampled_from(["policy", "policy changes"])
    if table in ("policy_link", "agenda_link", "enclosure"):
        needed["policy"] = st.sampled_from(CODES)
    if table in ("attachment", "packet"):
        needed["data"] = st.binary(max_size=20).map(lambda data: b64encode(data).decode())
        if table == "attachment":
            optional["name"] = st.just("file.txt")
    if table == "organization":
        optional["logo"] = st.just({"data": b64encode(b"a logo").decode()})
    for key, child, _column in CHILDREN.get(table, ()):
        optional[key] = st.lists(_row(child), max_size=2, unique_by=_key)
    return st.fixed_dictionaries(needed, optional=optional).map(_ruled)


def _needed(column: Column[Any]) -> bool:
    return not column.nullable and column.default is None and not column.foreign_keys


def _cell(column: Column[Any]) -> st.SearchStrategy[Any]:
    match column.type:
        case Word() as kind:
            return st.sampled_from([one.value for one in kind.kind])
        case Day():
            return days
        case Moment():
            return st.tuples(days, st.sampled_from(["18:30", "00:00"])).map("T".join)
        case Boolean():
            return st.booleans()
        case Float():
            least, _most = limits(column.table.name, column.name)
            return figures if least < 0 else figures.map(abs)
        case Integer():
            return st.integers(0, 100)
    field = field_of(column.table.name, column.name)
    if field is not None and field.kind is Kind.TIME:
        return st.sampled_from(["18:30", "00:05"])
    if (column.table.name, column.name) in (("meeting", "frozen_at"), ("moment", "at")):
        return days.map(lambda day: f"{day}T18:30:00.000-06:00")
    if column.name in ("posting_rule", "closed_days"):
        return st.sampled_from(["72 hours", "3 business days"]) if column.name == "posting_rule" else days
    if column.name == "time_zone":
        return st.sampled_from(["America/Denver", "Pacific/Honolulu"])
    if column.name == "rank":
        return st.text(ranks.DIGITS, min_size=1, max_size=4).filter(ranks.sound)
    return words if column.name in ("title", "name", "code", "number") else words | markdown.map(_one_line)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _ruled(row: Given) -> Given:
    """What the rules want: a completed strategy is at 100 percent, a band stands upright."""
    if row.get("status") == Status.COMPLETED.value and "percent" in row:
        row["percent"] = 100
    if "band_low" in row and "band_high" in row:
        row["band_low"], row["band_high"] = sorted((row["band_low"], row["band_high"]))
    if "seats" in row:
        row["seats"] = row["seats"] % 99 + 1
    if "quorum" in row:
        row["quorum"] = row["quorum"] % row.get("seats", 99) + 1
    if isinstance(row.get("minutes"), int):
        row["minutes"] %= 1000  # less than a day
    return row


def _key(row: Given) -> object:
    if "person" in row:
        return row["person"]
    return (row["period_end"], row.get("student_group", "")) if "period_end" in row else id(row)


def texts_of(value: Any) -> Iterable[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for below in value.values():
            yield from texts_of(below)
    elif isinstance(value, list):
        for below in value:
            yield from texts_of(below)
