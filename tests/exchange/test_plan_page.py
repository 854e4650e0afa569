"""The manual's page on the JSON: it names every field with its words, and its example can be loaded."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

import factories
from planstudio.exchange import plan_json
from planstudio.operations.loading import fields_of, load
from planstudio.queries.plans import current_plan, plan_book
from planstudio.store.schema import JOURNALED
from planstudio.store.tree import TOP
from planstudio.workspace import Workspace

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "manual" / "json.md").read_text("utf-8")
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


def test_the_page_tells_the_types_that_the_program_has() -> None:
    brought_up = runpy.run_path(str(ROOT / "packaging" / "json_page.py"))["brought_up"]
    assert brought_up(PAGE) == PAGE, "make words brings the page up"


def test_the_page_names_the_lists_at_the_top() -> None:
    assert list(_section("top")) == ["format", "version", *(key for key, _table in TOP)]


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
