"""On every page, in both languages, at 100 and 200 percent: no word is cut, nothing scrolls sideways, all is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QSplitter,
    QToolButton,
    QWidget,
)

from planstudio import i18n, resources
from planstudio.gui import theme
from planstudio.gui.widgets.basics import Elided
from planstudio.gui.window import Window
from planstudio.queries.goals import goal_card
from planstudio.queries.meetings import meeting_rows
from planstudio.queries.plans import plan_outline
from planstudio.queries.policies import all_policies

PLACES = (
    "overview", "one-page", "district", "updates", "meetings", "monitoring", "policies", "history", "past", "replace",
    "spelling",
)  # fmt: skip


@pytest.fixture(params=[("en_US", 100), ("es_US", 100), ("en_US", 200), ("es_US", 200)], ids=str)
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[QApplication]:
    language, percent = request.param
    i18n.use(language, resources.folder("locale"))
    theme.apply(qapp, dark=False, percent=percent)
    yield qapp
    i18n.use("en_US", resources.folder("locale"))
    theme.apply(qapp, dark=False)


def words_of(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text().replace("&", "") if isinstance(widget, QLabel | QAbstractButton) else ""


def is_cut(widget: QWidget) -> bool:
    """Whether words of *widget* do not stand in it whole."""
    if isinstance(widget, Elided) or not words_of(widget):
        return False
    if isinstance(widget, QLabel):
        room = QFontMetricsF(widget.font()).horizontalAdvance(widget.text())
        return not widget.wordWrap() and "<" not in widget.text() and room > widget.width() + 1
    if isinstance(widget, QToolButton):
        return widget.sizeHint().width() > widget.width() + 1
    return widget.minimumSizeHint().width() > widget.width() + 1


def is_nameless(widget: QWidget) -> bool:
    """Whether a screen reader that comes to *widget* by Tab has nothing to say."""
    if not widget.isEnabled() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
        return False
    return not (widget.accessibleName() or words_of(widget)) and not isinstance(widget, QScrollArea | QSplitter)


def test_every_word_stands_whole_and_every_stop_of_tab_has_a_name(window: Window) -> None:
    window.resize(theme.gap(360), theme.gap(225))  # as the program opens it
    plan = window.desk.ask(plan_outline, window.desk.plan_id)
    goal = window.desk.ask(goal_card, plan.goals[0].id)
    meeting = window.desk.ask(meeting_rows)[0].id
    idents = {
        "statement": plan.statements[2].id,
        "goal": goal.id,
        "brief": goal.id,
        "strategy": goal.strategies[0].id,
        "measure": goal.measures[0].id,
        "policy": window.desk.ask(all_policies)[0].id,
        "meeting": meeting,
        "minutes": meeting,
    }
    found = []
    for table, ident in [*(("place", name) for name in PLACES), *idents.items()]:
        window.go(table, ident)
        QApplication.processEvents()
        QApplication.processEvents()
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and is_cut(widget):
                found.append(f"{table} {ident if table == 'place' else ''}: {words_of(widget)}")
            if widget.isVisible() and is_nameless(widget):
                found.append(f"{table} {ident if table == 'place' else ''}: nameless {widget}")
            if isinstance(widget, QScrollArea) and widget.isVisible() and widget.horizontalScrollBar().maximum() > 0:
                found.append(f"{table} {ident if table == 'place' else ''}: scrolls sideways, {widget.parent()}")
    assert not found, "\n".join(found)
