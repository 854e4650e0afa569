"""A new page is one file: it registers for what it shows, and everything else follows from what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

import planstudio
from planstudio.domain.places import OVERVIEW, Place, at_page
from planstudio.gui.pages import registry
from planstudio.gui.pages.page import Page, Pane, PrintRequest
from planstudio.gui.window import Window
from planstudio.queries.plans import plan_outline


@pytest.fixture
def budget_page() -> Iterator[type[Page]]:
    @registry.shows(page="budgets", title="Budgets", also=("milestone",))
    class BudgetsPage(Page):
        under = OVERVIEW
        pane = Pane.NONE

        def refresh(self) -> None:
            self.set_body(QLabel("All budgets"))

    yield BudgetsPage
    del registry._kinds[at_page("budgets")]
    del registry._also["milestone"]


def test_a_page_is_shown_marked_found_and_printed_by_what_it_says_of_itself(
    window: Window, budget_page: type[Page]
) -> None:
    view = window.plan.view
    window.go(at_page("budgets"))
    assert isinstance(view.stack.shown, budget_page)
    assert view.outline.currentIndex() == view.model.index_of(OVERVIEW)
    assert not view.inspector.isVisible()
    assert registry.titles()["budgets"] == "Budgets"
    view.stack.shown.print_requested.emit(PrintRequest("scorecard"))
    assert window.plan.printer.report.currentData() == "scorecard"


def test_what_a_page_shows_among_others_leads_to_it(window: Window, budget_page: type[Page]) -> None:
    window.go(Place("milestone", "of whatever strategy"))
    assert window.plan.view.here == at_page("budgets")


def test_every_page_that_is_named_anywhere_is_there() -> None:
    named = set[str]()
    for file in Path(planstudio.__file__).parent.rglob("*.py"):
        named |= set(re.findall(r'at_page\("([^"]+)"', file.read_text("utf-8")))
    assert named <= set(registry.titles())


def test_each_page_stands_where_it_says_in_the_outline(window: Window) -> None:
    goal = window.plan.desk.ask(plan_outline, window.plan.desk.plan_id).goals[0].id
    for name in registry.titles():
        window.go(at_page(name))
        anchor = window.plan.view.stack.shown.anchor()
        if window.plan.view.model.index_of(anchor).isValid():
            assert window.plan.view.outline.currentIndex() == window.plan.view.model.index_of(anchor), name
    window.go(Place("brief", goal))
    assert window.plan.view.outline.currentIndex() == window.plan.view.model.index_of(Place("goal", goal))
