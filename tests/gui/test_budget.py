"""What a strategy costs: from the click to the row and back, in words, papers, tables and JSON."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

import factories
from planstudio import i18n, resources
from planstudio.domain.places import Place
from planstudio.domain.plan_changes import compare_plans
from planstudio.domain.reporting import ReportData
from planstudio.exchange.plan_form import book_form
from planstudio.gui.pages.strategy_page import StrategyPage
from planstudio.gui.window import Window
from planstudio.operations.goals import edit_strategy
from planstudio.operations.loading import load
from planstudio.queries.export import whole_file
from planstudio.queries.goals import strategy_card
from planstudio.queries.plans import current_plan, plan_book, plan_outline
from planstudio.reports import strategies
from planstudio.workspace import Workspace


@pytest.fixture
def spanish() -> None:
    i18n.use("es", resources.folder("locale"))


def opened(window: Window) -> StrategyPage:
    strategy = window.plan.desk.ask(plan_outline, window.plan.desk.ask(current_plan)).goals[0].children[0]
    window.go(Place("strategy", strategy.id))
    page = window.plan.view.stack.currentWidget()
    assert isinstance(page, StrategyPage)
    return page


def write(page: StrategyPage, words: str) -> None:
    page.budget.entry.setText(words)
    page.budget.entry.commit()


def budget_of(workspace: Workspace, ident: str) -> float | None:
    return workspace.ask(strategy_card, ident).budget


@pytest.mark.parametrize(("typed", "kept"), [("$120,000", 120_000), ("1.25 million", 1_250_000), ("99.5", 99.5)])
def test_a_budget_is_typed_stored_and_shown(window: Window, typed: str, kept: float) -> None:
    page = opened(window)
    write(page, typed)
    assert budget_of(window.plan.workspace, page.ident) == kept
    assert page.budget.entry.text() == f"${kept:,}"
    window.plan.workspace.undo()
    assert budget_of(window.plan.workspace, page.ident) is None


def test_a_budget_below_nothing_stays_with_its_reason(window: Window) -> None:
    page = opened(window)
    write(page, "-5")
    assert page.budget.error.text() == "Budget: this cannot be below 0."
    assert budget_of(window.plan.workspace, page.ident) is None
    write(page, "a lot")
    assert page.budget.error.text()
    assert page.refused() is page.budget.entry


def test_a_budget_below_nothing_is_refused_in_spanish(window: Window, spanish: None) -> None:
    page = opened(window)
    write(page, "-5")
    assert page.budget.error.text() == "Presupuesto: no puede ser menor que 0."


def test_a_budget_is_found_compared_and_in_every_table(workspace: Workspace, tmp_path: Path) -> None:
    strategy = factories.add_strategy(workspace, factories.add_goal(workspace), budget=480_250.0)
    plan = factories.plan_in(workspace)
    before = workspace.ask(plan_book, plan, factories.TODAY)
    assert [hit.id for hit in workspace.find("480,250")] == [strategy]
    workspace.do("Cut", edit_strategy, strategy, budget=300_000.0)
    after = workspace.ask(plan_book, plan, factories.TODAY)
    (change,) = compare_plans(before, after)
    assert [(one.name, one.before, one.after) for one in change.fields] == [("Budget", "$480,250", "$300,000")]
    table = strategies.sheet(ReportData(after, factories.TODAY))
    assert table.columns[-1].title == "Budget"
    assert [row[-1] for row in table.rows] == [300_000.0]
    assert book_form(after)["goals"][0]["strategies"][0]["budget"] == 300_000.0


def test_a_budget_goes_out_and_comes_back_in_the_json(workspace: Workspace, tmp_path: Path) -> None:
    factories.add_strategy(workspace, factories.add_goal(workspace), budget=480_250.0)
    with closing(factories.create(tmp_path / "other.planstudio", tmp_path / "other data")) as other:
        other.bring_in("Import", load, workspace.ask(whole_file))
        assert [row["budget"] for row in factories.dump(other)["strategy"].values()] == [480_250.0]
