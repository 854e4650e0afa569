"""What hardly holds together is asked about beside its field and before printing, and the link leads there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from factories import add_goal, add_measure, add_strategy, create
from planstudio.domain.kinds import Direction, Status
from planstudio.domain.places import OVERVIEW, Place
from planstudio.domain.progress import ProgressDraft
from planstudio.gui.pages.measure_page import MeasurePage
from planstudio.gui.pages.overview_page import OverviewPage
from planstudio.gui.pages.page import PrintRequest
from planstudio.gui.pages.strategy_page import StrategyPage
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.window import Window
from planstudio.operations import goals, measures, progress


@pytest.fixture
def opened(make_window: Callable[[], Window], data: Path, tmp_path: Path) -> tuple[Window, dict[str, str]]:
    made = create(tmp_path / "a.planstudio", data)
    goal = add_goal(made, deadline=date(2027, 6, 30))
    ids = {
        "strategy": add_strategy(made, goal, "Coach teachers"),
        "ended": add_strategy(made, goal, "Ended"),
        "measure": add_measure(made, goal, "Absence", unit="%", baseline=18.0, target=10.0, direction=Direction.HIGHER),
    }
    done = ProgressDraft(date(2020, 1, 1), Status.COMPLETED)
    made.do("End", progress.record_progress, done, author="Ann", today=date(2020, 1, 1), strategy_id=ids["ended"])
    made.publish()
    made.close()
    window = make_window()
    assert window.open_plan(tmp_path / "a.planstudio")
    return window, ids


def test_a_field_is_asked_about_until_it_holds_together(qtbot, opened: tuple[Window, dict[str, str]]) -> None:
    window, ids = opened
    window.go(Place("measure", ids["measure"]))
    page = window.findChild(MeasurePage)
    assert page is not None
    assert page.direction.question.text().endswith("Is lower better?")
    assert not page.direction.question.isHidden()
    page.desk.do("Mend", measures.edit_measure, ids["measure"], direction=Direction.LOWER)
    assert page.direction.question.isHidden()
    page.desk.do("Due", goals.edit_strategy, ids["strategy"], due=date(2028, 1, 1))
    window.go(Place("strategy", ids["strategy"]))
    strategy = window.findChild(StrategyPage)
    assert strategy is not None
    assert "after the goal’s deadline" in strategy.due.question.text()


def test_before_printing_each_question_leads_to_its_place(qtbot, opened: tuple[Window, dict[str, str]]) -> None:
    window, ids = opened
    window.plan.print_report(PrintRequest("scorecard"))
    printer = window.plan.printer
    assert printer is not None
    qtbot.waitUntil(lambda: printer.save.isEnabled(), timeout=60_000)
    assert printer.doubts.head.text() == "1 thing to look at before printing"
    (show,) = printer.doubts.findChildren(QPushButton)
    assert show.accessibleName() == "Show Measure 1 Absence"
    show.click()
    assert window.plan.view.here == ("measure", ids["measure"])
    assert window.stack.currentWidget() is window.plan.view


def test_the_banner_counts_the_strategies_that_its_link_lists(qtbot, opened: tuple[Window, dict[str, str]]) -> None:
    window, _ids = opened
    window.go(OVERVIEW)
    page = window.findChild(OverviewPage)
    assert page is not None
    banner = page.findChild(Banner)
    assert banner is not None
    banner.chosen.emit(0)
    assert banner.words == "1 strategy has had no update yet."
    assert page.strategies.count.text() == "1 of 2"
