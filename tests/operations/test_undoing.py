"""Every verb does something, undoes to the cell and can be done again."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

import pytest

import factories
from factories import Names
from planstudio import operations
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import GoalKind, Relation, StatementKind, Status
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.recognised import (
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedPolicy,
    RecognisedSeries,
    RecognisedStatement,
)
from planstudio.workspace import Workspace

JUNE = date(2026, 6, 30)
MAY = date(2026, 5, 31)
FOUND = Recognised(
    organization="Nobody's",
    statements=(RecognisedStatement(StatementKind.VISION, "Vision", "By 2030", items=(RecognisedItem("Readers"),)),),
    goals=(RecognisedGoal("Goal Three", "Swim", "", (RecognisedItem("Dig a pool"),), (RecognisedItem("Laps"),)),),
    series=(RecognisedSeries("6000", "Instruction"),),
    policy_index=(RecognisedPolicy("6142", "Reading"),),
    policies=(RecognisedPolicy("5146", "Married students", "Body", (), "2021-06-01"),),
)
JSON: dict[str, Any] = {"plans": [{"title": "Second plan", "goals": [{"title": "Sing", "owner": "Nobody Yet"}]}]}


@dataclass(frozen=True)
class Verb:
    """A call of an operation on a plan that has one of everything."""

    args: Callable[[Names], tuple[Any, ...]]
    values: Callable[[Names], dict[str, Any]] = lambda n: {}


VERBS: dict[str, Verb] = {
    "conflicts.settle": Verb(lambda n: ()),  # needs two copies: test_conflicts.py
    "files.attach_file": Verb(lambda n: ("policy", n.policy, "notes.txt", b"notes")),
    "files.detach_file": Verb(lambda n: (n.file,)),
    "goals.add_goal": Verb(lambda n: (n.plan,), lambda n: {"title": "Every student sings", "after": n.goal}),
    "goals.edit_goal": Verb(lambda n: (n.goal,), lambda n: {"title": "All read", "kind": GoalKind.GUARDRAIL}),
    "goals.delete_goal": Verb(lambda n: (n.goal,)),
    "goals.move_goal": Verb(lambda n: (n.goal, 1)),
    "goals.add_strategy": Verb(lambda n: (n.goal,), lambda n: {"text": "New", "after": n.strategy}),
    "goals.edit_strategy": Verb(lambda n: (n.strategy,), lambda n: {"due": JUNE, "text": factories.LONG_TEXT + "!"}),
    "goals.delete_strategy": Verb(lambda n: (n.strategy,)),
    "goals.move_strategy": Verb(lambda n: (n.strategy, 0, n.other_goal)),
    "goals.add_milestone": Verb(lambda n: (n.strategy,), lambda n: {"text": "Open", "due": JUNE}),
    "goals.edit_milestone": Verb(lambda n: (n.milestone,), lambda n: {"done_on": JUNE}),
    "goals.delete_milestone": Verb(lambda n: (n.milestone,)),
    "importing.take_in": Verb(lambda n: (n.plan, FOUND, "page.txt")),
    "loading.load": Verb(lambda n: (JSON,)),
    "measures.add_measure": Verb(lambda n: (), lambda n: {"strategy_id": n.strategy, "name": "Laps"}),
    "measures.edit_measure": Verb(lambda n: (n.measure,), lambda n: {"target": 90.5, "baseline": None}),
    "measures.delete_measure": Verb(lambda n: (n.measure,)),
    "measures.move_measure": Verb(lambda n: (n.measure, 1)),
    "measures.record_observation": Verb(lambda n: (n.measure, JUNE, 70.0, "EL"), lambda n: {"count": 40}),
    "measures.delete_observation": Verb(lambda n: (n.measure, MAY, " EL ")),
    "people.person_named": Verb(lambda n: ("Sam Rivera",)),
    "people.add_person": Verb(lambda n: ("Sam Rivera",)),
    "people.edit_person": Verb(lambda n: (n.person,), lambda n: {"name": "Jordan Lee-Hu"}),
    "people.delete_person": Verb(lambda n: (n.person,)),
    "people.own": Verb(lambda n: ("policy", n.policy, "Sam Rivera")),
    "plans.create_plan": Verb(lambda n: ("ignored", "Another plan")),
    "plans.edit_organization": Verb(lambda n: (n.organization,), lambda n: {"motto": "All the way up"}),
    "plans.edit_plan": Verb(lambda n: (n.plan,), lambda n: {"period_end": JUNE}),
    "plans.delete_plan": Verb(lambda n: (n.plan,)),
    "policies.add_series": Verb(lambda n: ("6000", "Instruction")),
    "policies.edit_series": Verb(lambda n: (n.series,), lambda n: {"title": "Pupils"}),
    "policies.delete_series": Verb(lambda n: (n.series,)),
    "policies.add_policy": Verb(lambda n: ("6142", "Reading"), lambda n: {"body": "Text", "adopted": JUNE}),
    "policies.edit_policy": Verb(lambda n: (n.policy,), lambda n: {"code": "5145.1"}),
    "policies.edit_policy_text": Verb(lambda n: (n.policy,), lambda n: {"body": factories.LONG_TEXT[9:]}),
    "policies.delete_policy": Verb(lambda n: (n.policy,)),
    "policies.attach_policy": Verb(lambda n: (n.policy, "measure", n.measure, Relation.REPORTS, "yearly")),
    "policies.edit_link": Verb(lambda n: (n.link,), lambda n: {"relation": Relation.GOVERNS, "note": "since 2020"}),
    "policies.detach_policy": Verb(lambda n: (n.link,)),
    "progress.record_progress": Verb(
        lambda n: (ProgressDraft(date(2026, 11, 1), Status.AT_RISK, 45, "Half", "Rest"),),
        lambda n: {"author": "Ann", "today": factories.TODAY, "goal_id": n.goal},
    ),
    "progress.delete_update": Verb(lambda n: (n.update,)),
    "statements.add_statement": Verb(lambda n: (n.plan, StatementKind.PROMISE, "We promise"), lambda n: {"body": "X"}),
    "statements.edit_statement": Verb(lambda n: (n.statement,), lambda n: {"lead": "", "question": "Who are we?"}),
    "statements.delete_statement": Verb(lambda n: (n.statement,)),
    "statements.move_statement": Verb(lambda n: (n.statement, 1)),
    "statements.add_item": Verb(lambda n: (n.statement,), lambda n: {"text": "New", "after": n.item}),
    "statements.edit_item": Verb(lambda n: (n.item,), lambda n: {"evidence": "They stay."}),
    "statements.delete_item": Verb(lambda n: (n.item,)),
    "statements.move_item": Verb(lambda n: (n.item, 1)),
}
_HELPERS = {"measures.check", "files.media_type", "files.safe_name", "loading.fields_of"}


def _verbs() -> dict[str, Callable[..., Any]]:
    found = {}
    for info in pkgutil.iter_modules(operations.__path__):
        if info.name == "rows":
            continue
        module = import_module(f"planstudio.operations.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found[f"{info.name}.{name}"] = function
    return {name: function for name, function in found.items() if name not in _HELPERS}


def test_every_verb_is_in_the_table() -> None:
    assert _verbs().keys() == VERBS.keys()


def test_every_verb_takes_a_session_and_holds_no_transaction() -> None:
    for name, verb in _verbs().items():
        assert next(iter(inspect.signature(verb).parameters)) == "session", name
        assert ".commit(" not in inspect.getsource(verb), name


@pytest.mark.parametrize("verb", [name for name in VERBS if name != "conflicts.settle"])
def test_do_look_undo_look_redo_look(verb: str, filled: Workspace, names: Names) -> None:
    before = factories.dump(filled)
    call = VERBS[verb]
    change = filled.do(verb, _verbs()[verb], *call.args(names), **call.values(names))
    after = factories.dump(filled)
    assert after != before, "it did nothing"
    assert change.touched == _differences(before, after), "it told of other rows than it touched"
    assert filled.undo() is not None
    assert factories.dump(filled) == before
    assert filled.redo() is not None
    assert factories.dump(filled) == after
    assert all(finding.harmless for finding in filled.check())


def test_a_refused_verb_leaves_nothing_behind(filled: Workspace, names: Names) -> None:
    from planstudio.operations.policies import add_policy

    before = factories.dump(filled)
    state = filled.undo_state()
    with pytest.raises(InvalidInput):
        filled.do("Add policy", add_policy, "5145", "The same code")
    assert factories.dump(filled) == before
    assert filled.undo_state() == state


def _differences(before: factories.Rows, after: factories.Rows) -> frozenset[tuple[str, str]]:
    import json

    def key(one: object) -> str:
        return one if isinstance(one, str) else json.dumps([str(part) for part in one])  # type: ignore[attr-defined]

    return frozenset(
        (table, key(row))
        for table in before
        for row in before[table].keys() | after[table].keys()
        if before[table].get(row) != after[table].get(row)
    )
