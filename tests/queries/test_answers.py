"""Every question is answered with values of the domain: nothing that a screen could change, or that goes stale."""

from __future__ import annotations

import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from importlib import import_module
from typing import Any

import pytest

import factories
from factories import Names
from planstudio import queries
from planstudio.domain.errors import NotFound
from planstudio.domain.replacing import Wanted
from planstudio.store.search import SearchIndex
from planstudio.workspace import Workspace

ASKED: dict[str, Callable[[Names], tuple[Any, ...]]] = {
    "conflicts.unsettled": lambda n: (),
    "conflicts.ballot_rows": lambda n: (n.motion,),
    "conflicts.count_differences": lambda n: (),
    "conflicts.open_differences": lambda n: ("desk",),
    "history.arrived_after": lambda n: (1,),
    "history.last_step": lambda n: (),
    "export.whole_file": lambda n: (),
    "goals.goal_card": lambda n: (n.goal,),
    "goals.goals_of_plan": lambda n: (n.plan,),
    "goals.strategy_card": lambda n: (n.strategy,),
    "goals.updates_of": lambda n: (),
    "clearances.clearances_of": lambda n: (n.meeting,),
    "history.began": lambda n: ("meeting", n.meeting),
    "history.element_history": lambda n: ("goal", n.goal),
    "history.plan_history": lambda n: (),
    "history.step_count": lambda n: (),
    "history.step_details": lambda n: (2,),
    "links.count_missing": lambda n: (),
    "links.file_bytes": lambda n: (n.file,),
    "links.files_of": lambda n: ("goal_id", n.goal),
    "links.links_by": lambda n: ("goal_id",),
    "links.names_of": lambda n: ({sha256(b"school,score\nNorth,4\n").hexdigest()},),
    "links.uses_by_policy": lambda n: (n.plan,),
    "measures.coded_shares": lambda n: (),
    "measures.measure_card": lambda n: (n.measure,),
    "measures.measure_names": lambda n: (n.goal,),
    "measures.measure_owner": lambda n: (n.measure,),
    "measures.measures_of_goals": lambda n: ([n.goal],),
    "measures.measures_of_strategy": lambda n: (n.strategy,),
    "meetings.board_members": lambda n: (factories.TODAY,),
    "meetings.district_zone": lambda n: (),
    "meetings.item_files": lambda n: (n.meeting,),
    "meetings.meeting_card": lambda n: (n.meeting,),
    "meetings.meeting_of_item": lambda n: (n.agenda_item,),
    "meetings.meeting_rows": lambda n: (),
    "meetings.monitoring_rows": lambda n: (n.plan,),
    "meetings.packet_bytes": lambda n: (n.packet,),
    "meetings.packet_record": lambda n: (n.packet,),
    "meetings.packets_of": lambda n: (n.meeting,),
    "meetings.posting": lambda n: (),
    "meetings.posting_deadline": lambda n: (n.meeting,),
    "moments.history_moments": lambda n: (),
    "moments.history_step": lambda n: (0,),
    "comments.comments_of": lambda n: ("goal", n.goal),
    "plans.all_plans": lambda n: (),
    "plans.book_in_force": lambda n: (factories.TODAY,),
    "plans.current_plan": lambda n: (),
    "plans.origins": lambda n: (n.plan,),
    "plans.has_plan": lambda n: (),
    "plans.organization_card": lambda n: (),
    "plans.people": lambda n: (),
    "plans.plan_book": lambda n: (n.plan, factories.TODAY),
    "plans.plan_card": lambda n: (n.plan,),
    "plans.plan_outline": lambda n: (n.plan,),
    "policies.all_policies": lambda n: (),
    "policies.all_series": lambda n: (),
    "policies.policy_card": lambda n: (n.policy,),
    "intake.held": lambda n: (n.plan,),
    "replacing.adopted_places": lambda n: (n.plan, Wanted("reads")),
    "replacing.places": lambda n: (n.plan, Wanted("reads")),
    "replacing.texts_of": lambda n: (n.plan,),
    "reporting.meetings_about": lambda n: (n.goal,),
    "reporting.report_data": lambda n: ("goal-brief", n.plan, factories.TODAY),
    "reporting.subjects": lambda n: (n.plan,),
    "search.find": lambda n: (SearchIndex(), "reads"),
    "search.page_of": lambda n: ("statement_item", n.item),
    "search.plan_of": lambda n: ("strategy", n.strategy),
    "statements.statement_card": lambda n: (n.statement,),
    "statements.statements_of_plan": lambda n: (n.plan,),
}
_NO_QUESTIONS = {
    "rows.rows",
    "rows.alike",
    "rows.placed",
    "rows.bytes_here",
    "rows.in_plan",
    "rows.there",
    "goals.standing",
    "history.said_of",
}  # what the others are made of
_PLAIN = (str, int, float, bool, bytes, date, datetime, Enum, type(None))


def _questions() -> dict[str, Callable[..., Any]]:
    found = {}
    for info in pkgutil.iter_modules(queries.__path__):
        module = import_module(f"planstudio.queries.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith(
                ("_", "x_")
            ):  # x_: what make mutants adds
                found[f"{info.name}.{name}"] = function
    return {name: function for name, function in found.items() if name not in _NO_QUESTIONS}


def test_every_question_is_in_the_table() -> None:
    assert _questions().keys() == ASKED.keys()


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_declared_as_plain_values(name: str) -> None:
    promised = typing.get_type_hints(_questions()[name])["return"]
    for kind in _kinds(promised):
        module = kind.__module__
        assert module.startswith("planstudio.domain.") or module in ("builtins", "datetime"), f"{name} answers {kind}"


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_plain_values(name: str, known: tuple[Workspace, Names]) -> None:
    workspace, names = known
    answer = workspace.ask(_questions()[name], *ASKED[name](names))
    seen = list(_values(answer))
    assert seen or not answer
    strange = [one for one in seen if not isinstance(one, _PLAIN)]
    assert not strange


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("goals.goal_card", "goal"),
        ("goals.strategy_card", "strategy"),
        ("measures.measure_card", "measure"),
        ("measures.measure_owner", "measure"),
        ("policies.policy_card", "policy"),
        ("statements.statement_card", "statement"),
        ("plans.plan_card", "plan"),
        ("links.file_bytes", "file"),
    ],
)
def test_what_was_deleted_is_told_in_a_sentence(name: str, said: str, known: tuple[Workspace, Names]) -> None:
    with pytest.raises(NotFound, match=f"The {said} has been deleted"):
        known[0].ask(_questions()[name], "gone")


def test_a_question_changes_nothing(known: tuple[Workspace, Names]) -> None:
    from sqlalchemy.orm import Session

    from planstudio.store.schema import Goal

    workspace, names = known

    def meddle(session: Session) -> str:
        goal = session.get_one(Goal, names.goal)
        goal.title = "Meddled"
        return goal.title

    assert workspace.ask(meddle) == "Meddled"
    assert factories.cell(workspace, "goal", names.goal, "title") == "Every student reads"


def _kinds(annotation: Any) -> Iterable[type]:
    inner = typing.get_args(annotation)
    if not inner and isinstance(annotation, type):
        yield annotation
    for one in inner:
        if one is not Ellipsis and one is not Any:
            yield from _kinds(one)


def _values(answer: Any) -> Iterable[Any]:
    if is_dataclass(answer) and not isinstance(answer, type):
        assert type(answer).__module__.startswith("planstudio.domain."), type(answer)
        for field in fields(answer):
            yield from _values(getattr(answer, field.name))
    elif isinstance(answer, dict):
        for key, value in answer.items():
            yield from _values(key)
            yield from _values(value)
    elif isinstance(answer, tuple | list):
        for one in answer:
            yield from _values(one)
    else:
        yield answer
