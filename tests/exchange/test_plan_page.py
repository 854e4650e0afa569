"""The manual's page on the JSON: it names every field with its words, and its example can be loaded."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Column

import factories
from planstudio.exchange import plan_json
from planstudio.operations.loading import INSTEAD, fields_of, load
from planstudio.queries.plans import current_plan, plan_book
from planstudio.store.schema import JOURNALED
from planstudio.store.tree import CHILDREN, TOP
from planstudio.store.types import Day, Moment, Word
from planstudio.workspace import Workspace

PAGE = (Path(__file__).parents[2] / "docs" / "manual" / "json.md").read_text("utf-8")
ROW = re.compile(r"^\| (\*\*)?`(\w+)`(?:\*\*)? \| (.*?) \| (.*)\|$", re.M)


def _section(table: str) -> dict[str, tuple[bool, str]]:
    """The fields that the page names for *table*: whether each is needed, and its type."""
    found = re.search(rf"^## .*\(`{table}`\)\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert found, f"the page has no section for {table}"
    return {name: (bool(bold), kind) for bold, name, kind, _note in ROW.findall(found[1])}


@pytest.mark.parametrize("table", JOURNALED)
def test_the_page_names_every_field_and_no_other(table: str) -> None:
    by_path = {"path"} if table == "attachment" else set()
    assert set(_section(table)) == fields_of(table) | by_path


def test_the_page_names_the_lists_at_the_top() -> None:
    assert list(_section("top")) == ["format", "version", *(key for key, _table in TOP)]


@pytest.mark.parametrize("table", JOURNALED)
def test_the_page_tells_every_type_and_allowed_word(table: str) -> None:
    columns = JOURNALED[table].columns
    for name, (_needed, told) in _section(table).items():
        if name not in columns or name in INSTEAD.get(table, {}):
            continue
        assert told.startswith(_type(columns[name])) or told.startswith("Markdown"), f"{table}.{name}: {told}"
    for key, child, _column in CHILDREN.get(table, ()):
        assert _section(table)[key][1] == f"list of {child}"


@pytest.mark.parametrize("table", JOURNALED)
def test_the_page_tells_what_is_needed(table: str) -> None:
    columns = JOURNALED[table].columns
    for name, (needed, _told) in _section(table).items():
        if name in columns and not columns[name].foreign_keys and name not in ("sha256", "size"):
            assert needed is (not columns[name].nullable and columns[name].default is None), f"{table}.{name}"


def test_a_word_that_is_left_out_is_the_one_that_the_page_tells() -> None:
    for table, columns in JOURNALED.items():
        for name, _kind, note in re.findall(
            r"\| `(\w+)` \| (`.*?) \| .*?(`[\w ]+`) where it is left out", _text(table)
        ):
            assert columns.c[name].default.arg.value == note.strip("`"), f"{table}.{name}"


def test_the_example_is_a_plan(workspace: Workspace, tmp_path: Path) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.S)
    (tmp_path / "survey.csv").write_text("family,answer\n")
    workspace.bring_in("Import", load, plan_json.read(example, tmp_path))
    plan = list(factories.dump(workspace)["plan"])[-1]
    book = workspace.ask(plan_book, str(plan), factories.TODAY)
    assert [len(book.statements), len(book.goals), len(book.goals[0].strategies), len(book.attached)] == [2, 1, 1, 1]
    assert book.goals[0].measures[0].observations[0].count == 212
    assert list(factories.dump(workspace)["attachment"].values())[0]["name"] == "survey.csv"
    assert workspace.ask(current_plan) != plan
    assert set(json.loads(example)) == {"format", "version", *(key for key, _table in TOP)}


def _text(table: str) -> str:
    return re.split(rf"\(`{table}`\)\n", PAGE)[1].split("\n## ")[0]


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
    kind = column.type.python_type
    from planstudio.domain.texts import PROSE

    return {float: "number", int: "whole number"}.get(kind) or ("text" if column.name in PROSE else "line")
