"""A file with two plans: what is asked of one answers of that one alone; where both answer, each says which it is."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

import factories
from canaries import Aviary, fill
from planstudio import queries
from planstudio.domain.changes import Past
from planstudio.domain.clock import Clock
from planstudio.domain.replacing import Wanted
from planstudio.domain.reporting import SOURCES
from planstudio.packets import book_at, report
from planstudio.queries.plans import plan_card
from planstudio.queries.search import plan_of
from planstudio.reports import build
from planstudio.reports.listing import LISTING, Report, print_report, table_of
from planstudio.store.search import SearchIndex
from planstudio.workspace import Workspace

Filled = tuple[Workspace, Aviary]
CLOCK = Clock(lambda: datetime(2026, 11, 21, 10).astimezone())
PLANS = ("plan in force", "next plan", "plan of old")
EACH = pytest.mark.parametrize("shown", PLANS)
# Each question that names a plan, with what else it is asked.
ASKED: dict[str, Callable[[Aviary, str], dict[str, Any]]] = {
    "goals.goals_of_plan": lambda a, n: {},
    "links.uses_by_policy": lambda a, n: {},
    "meetings.monitoring_rows": lambda a, n: {},
    "plans.origins": lambda a, n: {},
    "plans.plan_book": lambda a, n: {"today": factories.TODAY},
    "plans.plan_card": lambda a, n: {},
    "plans.plan_outline": lambda a, n: {},
    "policies.all_policies": lambda a, n: {},
    "policies.policy_card": lambda a, n: {"policy_id": a.ids["policy in force"]},
    "intake.held": lambda a, n: {},
    "replacing.adopted_places": lambda a, n: {"wanted": Wanted("zq")},
    "replacing.places": lambda a, n: {"wanted": Wanted("zq")},
    "replacing.texts_of": lambda a, n: {},
    "reporting.report_data": lambda a, n: {"name": "scorecard", "today": factories.TODAY},
    "reporting.subjects": lambda a, n: {},
    "search.find": lambda a, n: {"index": SearchIndex(), "words": "zq", "limit": 2000},
    "statements.statements_of_plan": lambda a, n: {},
}
_OF_BOTH = {"search.find"}  # on purpose: each place names its plan


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("two")
    workspace = factories.create(folder / "Two.planstudio", folder / "data", clock=CLOCK)
    hatched: list[Aviary] = []
    workspace.do("Fill", lambda session: hatched.append(fill(session)))
    yield workspace, hatched[0]
    workspace.close()


def _questions() -> dict[str, Callable[..., Any]]:
    found = {}
    for info in pkgutil.iter_modules(queries.__path__):
        module = import_module(f"planstudio.queries.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and {"session", "plan_id"} <= inspect.signature(function).parameters.keys():
                found[f"{info.name}.{name}"] = function
    return found


def test_every_question_that_names_a_plan_is_asked_here() -> None:
    assert _questions().keys() == ASKED.keys()


@EACH
@pytest.mark.parametrize("name", sorted(ASKED.keys() - _OF_BOTH))
def test_a_question_of_one_plan_answers_of_that_plan_alone(filled: Filled, name: str, shown: str) -> None:
    workspace, aviary = filled
    answer = repr(workspace.ask(_questions()[name], plan_id=aviary.ids[shown], **ASKED[name](aviary, shown)))
    _of_one(answer, aviary, shown)
    if name not in ("plans.origins", "replacing.adopted_places"):
        assert _words(answer, aviary, shown), "the check has teeth"


@EACH
def test_what_is_found_in_another_plan_names_it(filled: Filled, shown: str) -> None:
    workspace, aviary = filled
    hits = workspace.find("zq", aviary.ids[shown]) or ()
    assert hits
    by_question = workspace.ask(_questions()["search.find"], SearchIndex(), "zq", aviary.ids[shown], 2000)
    titles = {aviary.ids[plan]: workspace.ask(plan_card, aviary.ids[plan]).title for plan in PLANS}
    there = {workspace.ask(plan_of, *hit.page) for hit in by_question}
    assert there == {None, *titles}, "places of every plan, and of none"
    for hit in by_question:
        plan = workspace.ask(plan_of, *hit.page)
        assert hit.plan == ("" if plan in (None, aviary.ids[shown]) else titles[plan]), hit
    named = [bool(hit.plan) for hit in by_question]
    assert named == sorted(named), "those of the plan that is shown come first"


@EACH
@pytest.mark.parametrize(
    "one", [one for one in LISTING if one.name not in ("minutes", "votes")], ids=lambda one: one.name
)
def test_a_report_tells_of_one_plan(filled: Filled, one: Report, shown: str) -> None:
    workspace, aviary = filled
    at = Past(aviary.ids[shown], None, factories.TODAY, "")
    chosen: dict[str, Any] = {"goal_id": aviary.ids[f"goal of {shown}"]} if "goal" in SOURCES[one.name].needs else {}
    chosen |= {"policy_id": aviary.ids["policy in force"]} if "policy" in SOURCES[one.name].needs else {}
    chosen |= {"before": at} if one.name == "redline" else {}
    data = report(workspace, one.name, at=at, **chosen)
    _of_one(_text(print_report(one.name, data).pdf), aviary, shown, meetings=True)
    table = table_of(one.name, data)
    _of_one(repr(table), aviary, shown, meetings=True)


@EACH
@pytest.mark.parametrize("name", ["plan", "packet"])
def test_a_book_tells_of_one_plan(filled: Filled, name: str, shown: str) -> None:
    workspace, aviary = filled
    book = book_at(workspace, Past(aviary.ids[shown], None, factories.TODAY, ""))
    said = _text(build(name, book).pdf)
    _of_one(said, aviary, shown)
    assert _words(said, aviary, shown)


def _of_one(said: str, aviary: Aviary, shown: str, *, meetings: bool = False) -> None:
    """Nothing of the other plans: neither their words nor their ids. A meeting may have dealt with any of them."""
    for other in PLANS:
        if other == shown:
            continue
        told = _words(said, aviary, other)
        assert not told, told
        ids = {key for key, ident in aviary.ids.items() if key.endswith(other) and ident in said}
        assert meetings or not ids, ids


def _words(said: str, aviary: Aviary, plan: str) -> set[str]:
    return {str(canary) for canary in aviary.found_in(said) if canary.row.endswith(plan)}


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    said = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return said
