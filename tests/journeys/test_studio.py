"""Writing in the studio: a whole plan typed into an empty file, a draft and its redline, a plan at three moments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from gui.test_past import compare, look_back, settle
from planstudio.cli import main
from planstudio.domain.cards import GoalCard, StatementCard
from planstudio.domain.kinds import PlanState, StatementKind
from planstudio.domain.places import OVERVIEW, Place
from planstudio.domain.words import word
from planstudio.gui.pages.district_page import DistrictPage
from planstudio.gui.pages.goal_page import GoalPage
from planstudio.gui.pages.overview_page import OverviewPage
from planstudio.gui.pages.statement_page import StatementPage
from planstudio.gui.pages.strategy_page import StrategyPage
from planstudio.gui.widgets.text_field import TextField
from planstudio.gui.window import Window
from planstudio.operations.goals import move_strategy
from planstudio.operations.plans import edit_plan
from planstudio.queries.goals import goals_of_plan
from planstudio.queries.plans import plan_card
from planstudio.queries.statements import statements_of_plan
from planstudio.richtext import paragraphs, plain

SEED = Path(__file__).parents[3] / "shared" / "corpus" / "docs" / "seed-1.txt"
INVENTED = """\
Lark Hollow School District
Strategic Plan
Our Core Values
Candor: we say what is so
Craft: we finish what we begin
Goal 1: Every child a reader
Strategy 1.1: Teach the sounds in order
Strategy 1.2: Put a book in every home
Goal 2: Every family at home in our schools
Strategy 2.1: Call before there is trouble
"""


def type_into(field: TextField, markdown: str) -> None:
    """Click into a field and type, paragraph by paragraph."""
    field.setFocus()
    for n, words in enumerate(paragraphs(markdown)):
        if n:
            QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClicks(field, words)
    field.commit()


def shown(window: Window) -> QWidget:
    QApplication.processEvents()
    page = window.plan.view.stack.currentWidget()
    assert page is not None
    return page


def write_statement(window: Window, wanted: StatementCard) -> None:
    menus = [menu for menu in window.plan.view.side.findChildren(QMenu) if len(menu.actions()) == len(StatementKind)]
    next(action for action in menus[0].actions() if action.text() == word(wanted.kind)).trigger()
    page = shown(window)
    assert isinstance(page, StatementPage)
    page.heading.setFocus()
    page.heading.selectAll()
    type_into(page.heading, wanted.heading)
    for field, words in ((page.lead, wanted.lead), (page.body, wanted.body)):
        type_into(field.field, words)
    for n, item in enumerate(wanted.items):
        QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        type_into(page.items.rows[n].title, item.title)
        type_into(page.items.rows[n].text.field, item.text)


def write_goal(window: Window, wanted: GoalCard) -> None:
    window.actions_by_name["add_goal"].trigger()
    page = shown(window)
    assert isinstance(page, GoalPage)
    ident = page.ident
    for field, words in ((page.label, wanted.label), (page.title, wanted.title)):
        type_into(field, words)
    type_into(page.statement.field, wanted.statement)
    for strategy in wanted.strategies:
        window.go(Place("goal", ident))
        page.begin_strategies.click() if page.begin_strategies.isVisible() else page.add.click()
        below = shown(window)
        assert isinstance(below, StrategyPage)
        type_into(below.title, strategy.title)
        type_into(below.text.field, strategy.text)


def words_of(window: Window) -> tuple[object, ...]:
    """Every word of a plan in its place."""
    plan = window.plan.desk.plan_id
    statements = window.plan.desk.ask(statements_of_plan, plan)
    goals = window.plan.desk.ask(goals_of_plan, plan)
    said = [(s.kind, s.heading, plain(s.lead), plain(s.body), items(s)) for s in statements]
    return said, [
        (g.label, g.title, plain(g.statement), [(s.title, plain(s.text)) for s in g.strategies]) for g in goals
    ]


def items(card: StatementCard) -> list[tuple[str, str]]:
    return [(item.title, plain(item.text)) for item in card.items]


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(None, id="invented"),
        pytest.param(
            SEED,
            id="seed-1",
            marks=pytest.mark.skipif(not SEED.exists(), reason="the real pages of ../shared/corpus are not here"),
        ),
    ],
)
def test_a_plan_is_written_from_an_empty_file_until_it_equals_the_document(
    document: Path | None, make_window, tmp_path: Path
) -> None:
    if document is None:
        document = tmp_path / "plan.txt"
        document.write_text(INVENTED, "utf-8")
    brought = tmp_path / "brought in.planstudio"
    assert main(["import", str(document), "--into", str(brought)]) == 0
    other = make_window()
    assert other.open_plan(brought)
    wanted = words_of(other)
    plan = other.plan.desk.plan_id
    statements, goals = other.plan.desk.ask(statements_of_plan, plan), other.plan.desk.ask(goals_of_plan, plan)
    title = other.plan.desk.ask(plan_card, plan).title
    other.close()
    assert goals
    assert statements

    window = make_window()
    assert window.open_plan(tmp_path / "written.planstudio", create=True)
    window.go(OVERVIEW)
    overview = shown(window)
    assert isinstance(overview, OverviewPage)
    overview.title.setFocus()
    type_into(overview.title, title)
    for statement in statements:
        write_statement(window, statement)
    for goal in goals:
        write_goal(window, goal)
    assert words_of(window) == wanted
    assert window.plan.desk.ask(plan_card, window.plan.desk.plan_id).title == title


def test_a_draft_of_an_adopted_plan_is_changed_ten_times_and_its_redline_printed(window: Window, qtbot) -> None:
    adopted = window.plan.desk.plan_id
    window.plan.desk.do("Adopt", edit_plan, adopted, state=PlanState.ADOPTED, title="Plan of today")
    window.actions_by_name["district"].trigger()
    page = shown(window)
    assert isinstance(page, DistrictPage)
    QTest.mouseClick(page.draft, Qt.MouseButton.LeftButton)
    assert window.plan.desk.plan_id != adopted
    goals = window.plan.desk.ask(goals_of_plan, window.plan.desk.plan_id)
    strategies = [one for goal in goals for one in goal.strategies]
    for one in strategies[:7]:  # seven in other words
        window.go(Place("strategy", one.id))
        field = shown(window).title
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, f"Anew: {one.title}")
        field.commit()
    window.plan.desk.do("Move", move_strategy, strategies[7].id, 0, goals[0].id)  # one elsewhere
    window.plan.view.outline.setFocus()
    window.plan.view.outline.go(Place("strategy", strategies[8].id))
    QTest.keyClick(window.plan.view.outline, Qt.Key.Key_Delete)  # one gone
    write_goal(window, replace(goals[0], title="A goal of its own", strategies=()))

    past = look_back(window)
    past.against.setCurrentIndex(past.against.findData(adopted))
    past.against.activated.emit(past.against.currentIndex())
    compare(past)
    told = past.summary.text().splitlines()
    assert sorted(told[1:]) == ["Goal: 1 added", "Strategy: 1 deleted, 1 moved, 7 changed"]
    window.plan.desk.show_plan(adopted)
    past = look_back(window)
    past.against.setCurrentIndex(1)
    past.against.activated.emit(1)
    compare(past)
    assert past.summary.text().splitlines() == told, "the same, from whichever of the two one looks"
    next(one for one in past.findChildren(QPushButton) if one.accessibleName() == "Print…").click()
    qtbot.waitUntil(lambda: bool(window.plan.printer and window.plan.printer._pdf), timeout=100_000)
    words = printed(window)
    assert "A goal of its own" in words
    assert words.count("Anew:") >= 7
    assert strategies[8].title in words


def printed(window: Window) -> str:
    file = pypdfium2.PdfDocument(window.plan.printer._pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in file)
    finally:
        file.close()


def test_the_plan_is_looked_at_as_of_three_moments(window: Window) -> None:
    goal = window.plan.desk.ask(goals_of_plan, window.plan.desk.plan_id)[0]
    names = ("First wording", "Second wording", "Third wording")
    for name in names:
        window.go(Place("goal", goal.id))
        title = shown(window).title
        title.setFocus()
        title.selectAll()
        QTest.keyClicks(title, name)
        title.commit()
        past = look_back(window)
        QTest.keyClicks(past.name.entry, f"Moment of the {name.lower()}")
        QTest.keyClick(past.name.entry, Qt.Key.Key_Return)
        settle(past)
    past = look_back(window)
    listed = [past.moments.item(n).text().split("\n")[0] for n in range(past.moments.count())]
    for name in names:
        past.moments.setCurrentRow(listed.index(f"Moment of the {name.lower()}"))
        settle(past)
        assert name in past.text.toPlainText()
        assert not [other for other in names if other != name and other in past.text.toPlainText()]
    assert past.text.isReadOnly()
