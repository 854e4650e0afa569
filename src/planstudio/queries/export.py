"""The whole file as nested plain values: what the complete JSON is written from."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.store.contents import bytes_of
from planstudio.store.schema import JOURNALED, Base
from planstudio.store.tree import CHILDREN, TOP
from planstudio.store.types import encode

Row = dict[str, Any]


def whole_file(session: Session) -> Row:
    """Everything but the history, ids included, in the shape that `operations.loading` reads."""
    by_table = {name: _rows(session, table) for name, table in JOURNALED.items()}
    named = session.scalars(select(Base.metadata.tables["content"].columns.sha256)).all()
    found = {sha: bytes_of(session.connection(), sha) for sha in named}
    data = {sha: None if blob is None else b64encode(blob).decode() for sha, blob in found.items()}
    for row in (*by_table["attachment"], *by_table["packet"]):
        row["data"] = data[row["sha256"]]
    for row in by_table["organization"]:
        if (logo := row.pop("logo_sha256")) and data[logo] is not None:
            row["logo"] = {"data": data[logo]}
    below = [(table, column) for parts in CHILDREN.values() for _key, table, column in parts]
    children = {(table, column): _group(by_table[table], column) for table, column in below}
    made: Row = {"format": "planstudio", "version": 1}
    made |= {key: [_nest(table, row, children) for row in by_table[table]] for key, table in TOP}
    made["organization"] = made["organization"][0] if made["organization"] else {}
    return made


def _rows(session: Session, table: Any) -> list[Row]:
    order = [column for column in table.columns if column.name == "rank"] + list(table.primary_key)
    found = session.execute(select(table).order_by(*order)).mappings()
    return [{name: encode(value) for name, value in row.items()} for row in found]


def _group(found: list[Row], column: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        if row[column] is not None:
            grouped[row[column]].append(row)
    return grouped


def _nest(table: str, row: Row, children: dict[tuple[str, str], dict[str, list[Row]]]) -> Row:
    """The row without what is empty, with its children in it."""
    made = {name: value for name, value in row.items() if value not in (None, "") or name == "data"}
    for key, child, column in CHILDREN.get(table, ()):
        below = [_nest(child, one, children) for one in children[child, column].get(row.get("id", ""), ())]
        if below:
            made[key] = [{name: value for name, value in one.items() if name != column} for one in below]
    return made
