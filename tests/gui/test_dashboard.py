"""The overview, the plan on one page and the brief of a goal: true, and every part leads to its element."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QPushButton, QToolButton, QWidget

from factories import add_goal, add_measure, add_strategy, plan_in
from planstudio.domain.kinds import Status
from planstudio.domain.places import OVERVIEW, Place
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.strategy_filter import Filter
from planstudio.gui.models.outline import GapsRole
from planstudio.gui.pages.brief_page import BriefPage
from planstudio.gui.pages.one_page import OnePage
from planstudio.gui.pages.overview_page import OverviewPage
from planstudio.gui.widgets.goal_tile import GoalTile
from planstudio.gui.widgets.painted import Pressable
from planstudio.gui.widgets.strategy_line import StrategyLine
from planstudio.gui.window import Window
from planstudio.operations.goals import add_milestone, edit_strategy
from planstudio.operations.measures import edit_measure, record_observation
from planstudio.operations.people import set_owner
from planstudio.operations.progress import record_progress
from planstudio.queries.plans import plan_outline
from tagged.reading import told


@pytest.fixture
def plan(make_window: Callable[[], Window], tmp_path) -> Window:
    """A window with two goals: one with an owner, a measure and three strategies, one with nothing."""
    window = make_window()
    window.open_plan(tmp_path / "p.planstudio", create=True)
    workspace = window.plan.workspace
    goal = add_goal(workspace, "Every child reads")
    window.plan.desk.do("Own", set_owner, "goal", goal, "Ana Diaz")
    measure = add_measure(workspace, goal, "Grade 3 reading", unit="%", baseline=50.0, target=60.0)
    window.plan.desk.do("Figure", record_observation, measure, date(2026, 6, 1), 61.0)
    for title, status in (("Coach teachers", Status.AT_RISK), ("Lend books", Status.ON_TRACK), ("Read aloud", None)):
        strategy = add_strategy(workspace, goal, title)
        if status is not None:
            draft = ProgressDraft(workspace.clock.today(), status, 40, f"{title} began")
            window.plan.desk.do(
                "Record", record_progress, draft, author="A", today=workspace.clock.today(), strategy_id=strategy
            )
    add_goal(workspace, "Warm rooms")
    window.plan.view.refresh()
    return window


def overview(window: Window) -> OverviewPage:
    window.go(OVERVIEW)
    page = window.plan.view.stack.currentWidget()
    assert isinstance(page, OverviewPage)
    QApplication.processEvents()
    return page


def rows(page: OverviewPage) -> list[str]:
    model = page.strategies.table.model()
    return [model.index(n, 1).data().split("  ")[1] for n in range(model.rowCount())]


def spoken(tile: GoalTile) -> str:
    return " ".join(
        one.text() if isinstance(one, QLabel) else one.accessibleName() for one in tile.findChildren(QWidget)
    )


def test_a_goal_is_a_card_with_status_owner_measures_and_age(plan: Window) -> None:
    first, second = [one for one in overview(plan).findChildren(GoalTile) if one.isVisible()]
    told = spoken(first)
    assert "Ana Diaz" in told
    assert "Grade 3 reading" in told
    assert "Met" in told
    assert "1 at risk" in told
    assert "No update yet" in first.accessibleName()
    assert "no owner" in spoken(second)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert plan.plan.view.here[0] == "goal"


def test_the_strategies_are_listed_most_urgent_first_and_filtered(plan: Window) -> None:
    page = overview(plan)
    assert rows(page) == ["Coach teachers", "Read aloud", "Lend books"]
    QTest.keyClicks(page.strategies.search, "aloud")
    assert rows(page) == ["Read aloud"]
    assert page.strategies.count.text() == "1 of 3"
    QTest.mouseClick(page.strategies.clear, Qt.MouseButton.LeftButton)
    assert len(rows(page)) == 3
    box = page.strategies.boxes["status"]
    box.setCurrentIndex(box.findData("at risk"))
    box.activated.emit(box.currentIndex())
    assert rows(page) == ["Coach teachers"]


def test_the_banner_shows_the_strategies_it_speaks_of(plan: Window) -> None:
    page = overview(plan)
    show = next(one for one in page.findChildren(QPushButton) if one.text() == "Show them")
    QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    assert rows(page) == ["Read aloud"]


def test_a_head_sorts_and_turns_the_order_round(plan: Window) -> None:
    page = overview(plan)
    table = page.strategies.table
    head = table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(6) + 5, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert rows(page)[0] == "Read aloud"
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert rows(page)[-1] == "Read aloud"


def test_enter_and_a_click_open_a_strategy(plan: Window) -> None:
    page = overview(plan)
    table = page.strategies.table
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert plan.plan.view.here[0] == "strategy"
    plan.go(OVERVIEW)
    place = table.visualRect(table.model().index(1, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert plan.plan.view.here[0] == "strategy"


def test_a_filter_is_kept_by_name_and_the_last_one_is_there_when_the_plan_is_opened_again(
    plan: Window, make_window: Callable[[], Window]
) -> None:
    page = overview(plan)
    QTest.keyClicks(page.strategies.search, "coach")
    asked = QTimer(interval=10)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QInputDialog):
            asked.stop()
            dialog.setTextValue("Mine")
            dialog.accept()

    asked.timeout.connect(answer)
    asked.start()
    page.strategies._fill_menu()
    next(one for one in page.strategies.filters.menu().actions() if one.text().startswith("Keep")).trigger()
    path = plan.plan.workspace.path
    plan.close_plan()
    again = make_window()
    again.open_plan(path)
    page = overview(again)
    assert rows(page) == ["Coach teachers"]
    QTest.mouseClick(page.strategies.clear, Qt.MouseButton.LeftButton)
    page.strategies._fill_menu()
    next(one for one in page.strategies.filters.menu().actions() if one.text() == "Mine").trigger()
    assert rows(page) == ["Coach teachers"]


def test_the_plan_on_one_page_leads_to_every_element(plan: Window) -> None:
    plan.actions_by_name["one_page"].trigger()
    page = plan.plan.view.stack.currentWidget()
    assert isinstance(page, OnePage)
    cards = {one.accessibleName(): one for one in page.findChildren(Pressable)}
    QTest.mouseClick(cards["1.1, Coach teachers, At risk"], Qt.MouseButton.LeftButton)
    assert plan.plan.view.here[0] == "strategy"


def test_the_strategy_that_has_the_cursor_shows_it(plan: Window) -> None:
    plan.actions_by_name["one_page"].trigger()
    line = plan.plan.view.stack.currentWidget().findChildren(StrategyLine)[0]
    before = line.grab().toImage()
    line.setFocus()
    assert line.hasFocus()
    assert line.grab().toImage() != before


def test_one_key_tells_where_we_are_on_the_goal_of_whatever_is_shown(plan: Window) -> None:
    goals = plan.plan.desk.ask(plan_outline, plan_in(plan.plan.workspace)).goals
    plan.go(Place("strategy", goals[0].children[1].id))
    QTest.keyClick(plan, Qt.Key.Key_F4)
    page = plan.plan.view.stack.currentWidget()
    assert isinstance(page, BriefPage)
    assert plan.plan.view.here == ("brief", goals[0].id)
    told = " ".join(one.accessibleName() for one in page.findChildren(Pressable))
    assert "Grade 3 reading, 61%" in told
    assert "Lend books began" in told
    assert "Coach teachers began" in told
    page.goals.setCurrentIndex(1)
    page.goals.activated.emit(1)
    assert plan.plan.view.here == ("brief", goals[1].id)


def test_the_brief_of_a_plan_without_goals_says_so(make_window: Callable[[], Window], tmp_path) -> None:
    window = make_window()
    window.open_plan(tmp_path / "e.planstudio", create=True)
    window.actions_by_name["brief"].trigger()
    assert window.plan.view.banners.itemAt(0).widget().words == "There is no goal in this plan yet."


def test_what_a_goal_lacks_is_seen_in_the_outline(plan: Window) -> None:
    goals = plan.plan.desk.ask(plan_outline, plan_in(plan.plan.workspace)).goals

    def lacks(table: str, ident: str) -> str:
        plan.plan.view.side.refresh()
        return plan.plan.view.model.index_of((table, ident)).data(GapsRole)

    assert lacks("goal", goals[0].id) == ""
    assert lacks("goal", goals[1].id) == "no owner"
    assert lacks("strategy", goals[0].children[0].id) == "no owner"
    measure = add_measure(plan.plan.workspace, goals[1].id, "Degrees")
    assert lacks("goal", goals[1].id) == "no owner, no baseline, no target"
    plan.plan.desk.do("Edit", edit_measure, measure, baseline=15.0, target=20.0)
    plan.plan.desk.do("Own", set_owner, "goal", goals[1].id, "Bo")
    assert lacks("goal", goals[1].id) == ""


def test_the_place_that_was_looked_at_last_is_shown_when_the_plan_is_opened_again(
    plan: Window, make_window: Callable[[], Window]
) -> None:
    goal = plan.plan.desk.ask(plan_outline, plan_in(plan.plan.workspace)).goals[1].id
    plan.go(Place("goal", goal))
    path = plan.plan.workspace.path
    plan.close_plan()
    again = make_window()
    again.open_plan(path)
    assert again.plan.view.here == ("goal", goal)


def test_a_strategy_that_is_late_says_so_in_words_a_reader_hears(plan: Window) -> None:
    strategy = plan.plan.desk.ask(plan_outline, plan_in(plan.plan.workspace)).goals[0].children[0].id
    today = plan.plan.workspace.clock.today()
    plan.plan.desk.do("Due", edit_strategy, strategy, due=today - timedelta(days=1))
    page = overview(plan)
    box = page.strategies.boxes["attention"]
    box.setCurrentIndex(box.findData("overdue"))
    box.activated.emit(box.currentIndex())
    assert rows(page) == ["Coach teachers"]


def test_what_is_missing_in_a_measure_is_seen_at_once(plan: Window, qtbot) -> None:
    goals = plan.plan.desk.ask(plan_outline, plan_in(plan.plan.workspace)).goals
    measure = add_measure(plan.plan.workspace, goals[0].id, "Books lent", baseline=1.0, target=2.0)
    plan.plan.view.side.refresh()
    plan.plan.desk.do("Drop the target", edit_measure, measure, target=None)
    index = lambda: plan.plan.view.model.index_of(("goal", goals[0].id))  # noqa: E731
    qtbot.waitUntil(lambda: index().data(GapsRole) == "no target")


def test_a_milestone_that_is_done_is_counted_at_once(plan: Window) -> None:
    strategy = plan.plan.desk.ask(plan_outline, plan_in(plan.plan.workspace)).goals[0].children[2].id
    plan.plan.desk.do("Step", add_milestone, strategy, text="First half")
    page = overview(plan)
    QTest.keyClicks(page.strategies.search, "aloud")
    model = page.strategies.table.model()
    assert model.index(0, 6).data() == "0%"
    plan.plan.desk.do("Step", add_milestone, strategy, text="Second half", done_on=plan.plan.workspace.clock.today())
    assert model.index(0, 6).data() == "50%"


def test_what_the_filter_shows_is_what_is_printed_and_the_paper_says_so(plan: Window, qtbot) -> None:
    page = overview(plan)
    every = rows(page)
    page.strategies.use(Filter(words="coach"))
    shown = rows(page)
    assert 0 < len(shown) < len(every)
    printer = next(one for one in page.findChildren(QToolButton) if one.toolTip().find("Print these") >= 0)
    QTest.mouseClick(printer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(plan.plan.printer.cancel.isHidden, timeout=100_000)
    words = told(plan.plan.printer._pdf)
    assert f"{len(shown)} of the {len(every)} strategies" in words
    assert all(name in words for name in shown)
    assert not any(name in words for name in set(every) - set(shown))
    plan.come_back()
    page.strategies.use(Filter())
    QTest.mouseClick(printer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(plan.plan.printer.cancel.isHidden, timeout=100_000)
    assert "Chosen by a filter" not in told(plan.plan.printer._pdf)
