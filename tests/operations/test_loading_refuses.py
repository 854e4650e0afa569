"""Whatever stands in the complete JSON, it is loaded or refused with one sentence that says where; never half.

Made by the schema: for each column of each table every kind of value that may be wrong in it, so that a new column,
CHECK or list of words is tried at once.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Float, Integer
from sqlalchemy.orm import Session

import factories
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.nouns import NOUNS
from planstudio.domain.nouns.fields import Kind
from planstudio.exchange import plan_json
from planstudio.operations.loading import fields_of, load
from planstudio.operations.loading_names import INSTEAD
from planstudio.queries.export import whole_file
from planstudio.store.document import Document
from planstudio.store.schema import MODELS
from planstudio.store.tree import CHILDREN, TOP
from planstudio.store.types import Day, Moment, Word
from planstudio.store.validity import first_odd
from planstudio.workspace import Workspace
from sampling import SAMPLED

ANY: tuple[Any, ...] = (None, [[1]], True, "half \ud800", 10**30)
NUMBERS: tuple[Any, ...] = ("5", -1, 901, 1.5, float("nan"), 1e308)
DAYS: tuple[Any, ...] = ("2026-02-31", "0000-01-01", "9999-12-31", 20261014)
MOMENTS: tuple[Any, ...] = ("2026-10-14T18+01", "9999-12-31T18:30", "2026-02-31T18:30")
SHAPED: tuple[Any, ...] = ("", "garbage", "99:99", "0")  # of texts that are read again
LISTS: tuple[Any, ...] = (None, {}, "x", 5, [None], ["x"], [[]], [{"no such field": 1}])

Place = tuple[str | int, ...]
_READ_AGAIN = {
    *((table, name) for table, noun in NOUNS.items() for name, one in noun.fields.items() if one.kind is Kind.TIME),
    *(("organization", name) for name in ("posting_rule", "closed_days", "status_words", "level_words")),
    *(("meeting", name) for name in ("posting_rule", "frozen_at")),
    ("moment", "at"), ("goal", "rank"), ("attachment", "rank"), ("measure", "interim"),
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A file with a row of every table."""
    folder = tmp_path_factory.mktemp("whole")
    workspace = factories.create(folder / "Whole.planstudio", folder / "data")
    factories.one_of_everything(workspace)
    found: dict[str, Any] = workspace.ask(whole_file)
    workspace.close()
    return found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("empty")
    workspace = Workspace(Document.create(folder / "Empty.planstudio", folder / "data"), device="desk")
    yield workspace
    workspace.close()


def test_the_whole_of_it_is_loaded(empty: Workspace, whole: dict[str, Any]) -> None:
    assert _said(empty, whole) == ""


@SAMPLED
@pytest.mark.parametrize("table", sorted(MODELS))
def test_a_value_of_any_kind_is_loaded_or_refused_with_its_place(
    empty: Workspace, whole: dict[str, Any], table: str, sampled: bool
) -> None:
    at = next(_places(whole, table))
    refused = 0
    for n, field in enumerate(sorted(fields_of(table) - {"data", "logo"})):
        values = _values(table, field)
        for value in values[n % 3 :: 3] if sampled else values:
            given = copy.deepcopy(whole)
            _object(given, at)[field] = value
            said = _said(empty, given)
            where = _words(at)
            assert not said or said.startswith(where) or _elsewhere(said), f"{where}.{field} = {value!r}: {said}"
            assert "\n" not in said
            refused += bool(said)
    assert refused, "the check has teeth"


@pytest.mark.parametrize("table", [table for table, children in CHILDREN.items() if children])
def test_what_is_no_list_of_objects_is_refused(empty: Workspace, whole: dict[str, Any], table: str) -> None:
    at = next(_places(whole, table))
    for key, _child, _column in CHILDREN[table]:
        for value in LISTS:
            given = copy.deepcopy(whole)
            _object(given, at)[key] = value
            assert _said(empty, given).startswith(f"{_words(at)}.{key}"), (key, value)


@pytest.mark.parametrize("key", [key for key, _table in TOP if key != "organization"])
def test_what_is_no_list_at_the_top_is_refused(empty: Workspace, whole: dict[str, Any], key: str) -> None:
    for value in LISTS:
        given = {"format": "planstudio", "version": 1, key: value}
        assert _said(empty, given).startswith(key), value


def test_an_owner_too_many_or_too_few(empty: Workspace, whole: dict[str, Any]) -> None:
    """The CHECKs: what belongs to exactly one thing belongs to one."""
    for table in ("agenda_link", "enclosure"):
        at = next(_places(whole, table))
        for change in (
            {"policy_id": None, "goal_id": None}, {"policy": "5145", "goal": "Goal One"},
            {"policy_id": None, "what": "one page"},
        ):  # fmt: skip
            given = copy.deepcopy(whole)
            one = _object(given, at)
            for name in ("goal_id", "strategy_id", "plan_id"):
                one.pop(name, None)
            one |= {name: value for name, value in change.items() if name in fields_of(table)}
            assert _said(empty, given).startswith(f"{_words(at)}: "), change


@pytest.mark.parametrize("table", ["observation", "attendance", "vote", "goal"])
def test_the_same_one_twice_is_not_written_over(empty: Workspace, whole: dict[str, Any], table: str) -> None:
    at = next(_places(whole, table))
    given = copy.deepcopy(whole)
    beside = _object(given, at[:-1])
    beside.append(copy.deepcopy(_object(given, at)))
    said = _said(empty, given)
    assert said.startswith(_words((*at[:-1], len(beside) - 1)))
    assert _words(at) in said, "it says where the first stands"


def test_an_enclosure_of_nothing(empty: Workspace) -> None:
    """One page of which plan: a CHECK of the database, and once a traceback."""
    item = {"title": "x", "enclosures": [{"what": "one page"}]}
    meeting = {"start": "2026-12-15T18:30", "sections": [{"title": "A", "items": [item]}]}
    said = _said(empty, {"format": "planstudio", "version": 1, "meetings": [meeting]})
    assert (
        said == "meetings[0].sections[0].items[0].enclosures[0]: exactly one of these belongs here: policy, goal, plan."
    )


def test_a_name_that_several_have_is_that_of_the_plan_in_force_or_asked_for(empty: Workspace) -> None:
    goal = {"label": "Goal One", "title": "Read"}
    plans = [
        {"title": "Old", "state": "archived", "goals": [goal]},
        {"title": "New", "state": "adopted", "goals": [goal]},
    ]
    item = {"title": "x", "links": [{"goal": "Goal One"}]}
    given = {"format": "planstudio", "version": 1, "plans": plans, "meetings": [{"sections": [{"items": [item]}]}]}

    def linked(session: Session) -> str:
        load(session, given)
        found = whole_file(session)
        link = found["meetings"][0]["sections"][0]["items"][0]["links"][0]
        return next(plan["title"] for plan in found["plans"] for one in plan["goals"] if one["id"] == link["goal_id"])

    assert empty.ask(linked) == "New"
    plans[1]["goals"] = [goal, dict(goal)]
    assert "several are called “Goal One”" in _said(empty, given)
    plans[1]["goals"] = [goal]
    plans[0]["monitoring"] = [{"goal": "Goal One", "month": "2026-10-01"}]
    assert _said(empty, given) == "", "a line of a plan's own calendar means the plan's own goal"


def test_a_field_twice_in_one_object_is_not_lost(tmp_path: Path) -> None:
    with pytest.raises(PlanStudioError, match="“title” stands twice"):
        plan_json.read('{"format": "planstudio", "version": 1, "plans": [{"title": "a", "title": "b"}]}', tmp_path)


@pytest.mark.parametrize("path", ["half \\ud800", "a\\u0000b", "pipe", "circle", "x" * 300, ".", ""])
def test_a_path_that_is_no_file_is_refused(tmp_path: Path, path: str) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    text = '{"format": "planstudio", "version": 1, "plans": [{"goals": [{"files": [{"path": "%s"}]}]}]}'
    with pytest.raises(PlanStudioError):
        plan_json.read(text % path, tmp_path)


@pytest.mark.parametrize("deep", [30, 900, 5000])
def test_what_is_nested_too_deeply_is_refused(empty: Workspace, tmp_path: Path, deep: int) -> None:
    for inner in ("[" * deep + "]" * deep, '{"a":' * deep + "1" + "}" * deep):
        text = '{"format": "planstudio", "version": 1, "plans": [{"title": ' + inner + "}]}"
        with pytest.raises(PlanStudioError):
            empty.ask(load, plan_json.read(text, tmp_path))


def _values(table: str, field: str) -> tuple[Any, ...]:
    column = MODELS[table].__table__.columns.get(field)
    if column is None:
        return (*ANY, 5, "nobody") if field in INSTEAD.get(table, ()) else LISTS
    match column.type:
        case Word():
            return (*ANY, "garbage", 5, "")
        case Day():
            return ANY + DAYS
        case Moment():
            return ANY + MOMENTS
        case Boolean() | Float() | Integer():
            return ANY + NUMBERS
    read_again = column.primary_key or column.foreign_keys or (table, field) in _READ_AGAIN
    return (5, "half \ud800", *(SHAPED if read_again else ()))


def _said(workspace: Workspace, given: dict[str, Any]) -> str:
    """The refusal of *given*; "" when it is loaded, and then nothing that was loaded keeps the file from opening."""

    def tried(session: Session) -> None:
        load(session, given)
        session.flush()
        raw: Any = session.connection().connection.driver_connection
        odd = first_odd(raw)
        assert odd is None, odd
        json.dumps(whole_file(session))

    try:
        workspace.ask(tried)
    except PlanStudioError as error:
        return str(error)
    return ""


def _elsewhere(said: str) -> bool:
    """A wrong key is told where somebody refers to it."""
    return "there is none with the id" in said or "there is none called" in said or "has this id already" in said


def _places(value: Any, table: str) -> Iterator[Place]:
    keys = dict(TOP)
    yield from (place for key in keys for place in _below(value.get(key), keys[key], table, (key,)))


def _below(value: Any, own: str, table: str, at: Place) -> Iterator[Place]:
    if isinstance(value, dict) and own == "organization":
        if table == own:
            yield at
        return
    for n, one in enumerate(value or ()):
        if own == table:
            yield (*at, n)
        for key, child, _column in CHILDREN.get(own, ()):
            yield from _below(one.get(key), child, table, (*at, n, key))


def _object(value: Any, at: Place) -> Any:
    for step in at:
        value = value[step]
    return value


def _words(at: Place) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")
