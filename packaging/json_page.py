"""Bring the manual's page on the JSON up to the program: a row for each field, with its type and the words it takes.

python packaging/json_page.py          rewrite docs/manual/json.md; what a row says beside its type is kept
python packaging/json_page.py --check  say whether that is needed, and write nothing
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Boolean, Column, Float, Integer

from planstudio.domain.nouns import field_of
from planstudio.domain.nouns.fields import Kind
from planstudio.operations.loading import INSTEAD
from planstudio.store.schema import JOURNALED
from planstudio.store.tree import CHILDREN
from planstudio.store.types import Day, Moment, Word

PAGE = Path(__file__).parent.parent / "docs" / "manual" / "json.md"
_TABLE = re.compile(r"(^## [^\n]*\(`(\w+)`\)\n\n\| field \| type \| \|\n\|---\|---\|---\|\n)((?:\|[^\n]*\n)*)", re.M)
_ROW = re.compile(r"\| (?:\*\*)?`(\w+)`(?:\*\*)? \| (.*?) \| (.*?) ?\|\n")
_TEXTS = {Kind.PROSE: "text", Kind.LINES: "text", Kind.MARKDOWN: "Markdown"}
_BYTES = {"data", "path", "logo"}  # what no column holds


def brought_up(page: str) -> str:
    """*page* with the rows that the program has now."""
    return _TABLE.sub(lambda found: found[1] + _rows(found[2], found[3]) if found[2] in JOURNALED else found[0], page)


def _rows(table: str, before: str) -> str:
    known = {name: (kind, note) for name, kind, note in _ROW.findall(before)}
    made = []
    for name, kind, needed in _fields(table):
        told, note = known.get(name, ("", ""))
        shown = f"**`{name}`**" if needed else f"`{name}`"
        made.append(f"| {shown} | {kind or told} | {note + ' ' if note else ''}|\n")
    return "".join(made)


def _fields(table: str) -> Iterator[tuple[str, str, bool]]:
    """Name, type and whether a new object needs it, of each field in the order of the page."""
    instead = {column: name for name, column in INSTEAD.get(table, {}).items()}
    parents = {(child, column) for children in CHILDREN.values() for _key, child, column in children}
    for column in JOURNALED[table].columns:
        if (table, column.name) in parents:
            continue
        needed = not column.nullable and column.default is None and column.name != "size"  # which is that of the bytes
        other = instead.get(column.name)
        if other is not None:
            yield other, "" if other in _BYTES else "line", needed
            if other == "data" and table == "attachment":
                yield "path", "", False
        yield column.name, _type(column), needed and other is None
    for key, child, _column in CHILDREN.get(table, ()):
        yield key, f"list of {child}", False


def _type(column: Column[object]) -> str:
    match column.type:
        case Word() as kind:
            return ", ".join(f"`{word.value}`" for word in kind.kind)
        case Day():
            return "date"
        case Moment():
            return "date and time"
        case Boolean():
            return "`true`, `false`"
        case Float():
            return "number"
        case Integer():
            return "whole number"
    field = field_of(column.table.name, column.name)
    return _TEXTS.get(field.kind, "line") if field else "line"


def main() -> int:
    page = PAGE.read_text("utf-8")
    made = brought_up(page)
    if made == page:
        return 0
    if "--check" in sys.argv:
        sys.stdout.write("docs/manual/json.md is not up to the program: make words\n")
        return 1
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
