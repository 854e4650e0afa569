"""On every page and in every dialog, in both languages, at 100 and 200 percent, on a large screen and a small one.

No word is cut, nothing scrolls sideways, every stop of Tab has a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QListView,
    QScrollArea,
    QSplitter,
    QToolButton,
    QTreeView,
    QWidget,
)

from planstudio import i18n, resources
from planstudio.domain.places import Place, at_page
from planstudio.gui import theme
from planstudio.gui.actions import specs
from planstudio.gui.dialogs.add_lines import AddLines
from planstudio.gui.dialogs.attach_policy import AttachPolicy
from planstudio.gui.dialogs.choose_element import ChooseElement, Element
from planstudio.gui.dialogs.names import Named, Names
from planstudio.gui.dialogs.preferences import Choices, Preferences
from planstudio.gui.dialogs.quick_open import QuickOpen, targets
from planstudio.gui.dialogs.restore import Restore
from planstudio.gui.dialogs.shortcuts import Key, Shortcuts
from planstudio.gui.pages.page import PrintRequest
from planstudio.gui.pages.registry import titles
from planstudio.gui.widgets.painted import Elided
from planstudio.gui.window import Window
from planstudio.i18n import _
from planstudio.queries.goals import goal_card
from planstudio.queries.meetings import meeting_card, meeting_rows
from planstudio.queries.plans import plan_outline
from planstudio.queries.policies import all_policies
from planstudio.reports.listing import LISTING

PLACES = (
    "overview", "one-page", "district", "updates", "meetings", "monitoring", "policies", "history", "past", "replace",
    "spelling", "settle",
)  # fmt: skip
MISSION = """Mission

Every child reads, reasons and is known.

Core Values

Candor: we say what is so.
Thrift: we spend what was given as if it were ours.
"""


@dataclass(frozen=True)
class Look:
    language: str
    percent: int
    size: tuple[int, int]  # of the window

    def __str__(self) -> str:
        return f"{self.language} {self.percent}% {self.size[0]}x{self.size[1]}"


LOOKS = [
    Look(language, percent, size)
    for language in ("en_US", "es_US")
    for percent, size in (
        (100, (1440, 900)),
        (150, (1366, 700)),
        (200, (2880, 1800)),
        (200, (1920, 1000)),
        (200, (1440, 900)),
    )
]


# Each size, and each language at its narrowest; `make long` looks at the others, too.
EVERY_TIME = {LOOKS[n] for n in (0, 2, 6, 9)}


@pytest.fixture(
    params=[pytest.param(look, marks=[] if look in EVERY_TIME else [pytest.mark.long]) for look in LOOKS], ids=str
)
def look(request: pytest.FixtureRequest) -> Look:
    return request.param


@pytest.fixture
def dressed(look: Look, qapp: QApplication) -> Iterator[QApplication]:
    i18n.use(look.language, resources.folder("locale"))
    theme.apply(qapp, dark=False, percent=look.percent)
    yield qapp
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
    if isinstance(widget, QToolButton) and widget.minimumWidth() == widget.maximumWidth():
        return QFontMetricsF(widget.font()).horizontalAdvance(widget.text()) > widget.width() - theme.gap(2)
    if isinstance(widget, QToolButton):
        return widget.sizeHint().width() > widget.width() + 1
    return widget.minimumSizeHint().width() > widget.width() + 1


def is_nameless(widget: QWidget) -> bool:
    """Whether a screen reader that comes to *widget* by Tab has nothing to say."""
    if not widget.isEnabled() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
        return False
    return not (widget.accessibleName() or words_of(widget)) and not isinstance(widget, QScrollArea | QSplitter)


def faults(root: QWidget, where: str) -> list[str]:
    """What is cut, scrolls sideways or has no name in *root* as it is shown now."""
    QApplication.processEvents()
    QApplication.processEvents()
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if is_cut(widget):
            found.append(f"{where}: {words_of(widget)}")
        if is_nameless(widget):
            found.append(f"{where}: nameless {widget}")
        if isinstance(widget, QScrollArea | QListView | QTreeView) and widget.horizontalScrollBar().isVisible():
            found.append(f"{where}: scrolls sideways, {widget} in {widget.parent()}")
    return found


def test_every_page_of_a_plan(window: Window, look: Look) -> None:
    window.resize(*look.size)
    plan = window.plan.desk.ask(plan_outline, window.plan.desk.plan_id)
    goal = window.plan.desk.ask(goal_card, plan.goals[0].id)
    meeting = window.plan.desk.ask(meeting_rows)[0].id
    items = list(window.plan.desk.ask(meeting_card, meeting).items())
    idents = [
        *(("statement", statement.id) for statement in plan.statements),
        ("goal", goal.id),
        ("brief", goal.id),
        ("strategy", goal.strategies[0].id),
        ("measure", goal.measures[0].id),
        ("policy", window.plan.desk.ask(all_policies)[0].id),
        ("meeting", meeting),
        *(("agenda_item", item.id) for item in (items[0], items[-1])),
        ("meeting_room", meeting),
        ("minutes", meeting),
    ]
    found = []
    for table, ident in [*(at_page(name) for name in PLACES), *idents]:
        window.go(Place(table, ident))
        assert window.plan.view.here[0] == table
        found += faults(window, f"{table} {ident if table == 'page' else ''}")
    assert not found, "\n".join(found)


def test_in_a_narrow_window_everything_folded_comes_when_asked_for(window: Window) -> None:
    window.resize(theme.gap(200), theme.gap(130))
    window.go(Place("meeting", window.plan.desk.ask(meeting_rows)[0].id))
    view = window.plan.view
    assert not view.side.isVisible()
    assert not view.packet.isVisible()
    window.actions_by_name["details"].trigger()
    assert view.packet.isVisible()
    window.actions_by_name["outline"].trigger()
    assert view.side.isVisible()
    view.outline.setFocus()
    view.outline.go(at_page("policies"))
    assert view.side.isVisible(), "whoever walks through the outline keeps it"
    window.go(Place("goal", window.plan.desk.ask(plan_outline, window.plan.desk.plan_id).goals[0].id))
    assert not view.side.isVisible()
    window.actions_by_name["details"].trigger()
    assert view.inspector.isVisible()


def test_the_start_and_an_empty_plan(make_window: Callable[[], Window], tmp_path: Path, look: Look) -> None:
    window = make_window()
    window.resize(*look.size)
    found = faults(window, "start")
    window.open_plan(tmp_path / "Empty.planstudio", create=True)
    for name in PLACES:
        window.go(at_page(name))
        found += faults(window, f"empty {name}")
    assert not found, "\n".join(found)


def test_printing_every_report(window: Window, look: Look, qtbot) -> None:
    window.resize(*look.size)
    found = []
    for name in ("packet", "plan", *(report.name for report in LISTING)):
        window.plan.print_report(PrintRequest(name))
        page = window.plan.printer
        qtbot.waitUntil(page.cancel.isHidden, timeout=100_000)
        found += faults(window, f"print {name}")
    assert not found, "\n".join(found)


def test_looking_through_what_was_recognised(
    make_window: Callable[[], Window], tmp_path: Path, look: Look, qtbot
) -> None:
    window = make_window()
    window.resize(*look.size)
    document = tmp_path / "mission.txt"
    document.write_text(MISSION, "utf-8")
    window.open_any(document)
    qtbot.waitUntil(lambda: window.importing.page is not None, timeout=100_000)
    found = faults(window, "import")
    window.importing.page.closed.emit()
    assert not found, "\n".join(found)


def dialogs(window: Window) -> Iterator[QDialog]:
    desk = window.plan.desk
    keys = [Key(spec.name, _(spec.words).replace("&", ""), spec.keys, spec.keys) for spec in specs()]
    yield AddLines(window, _("Add several goals"), lambda _words: None)
    yield AttachPolicy(window, desk.ask(all_policies), "Every child a reader")
    yield ChooseElement(
        window, _("What does this item support or rest on?"), [Element("goal", "g", "Every child a reader", "Goal 1")]
    )
    yield Names(window, Named("", ""))
    yield Preferences(window, Choices("Ruth Hale", "Secretary", "", "", "light", 100))
    yield QuickOpen(window, targets(desk, titles(), window.actions_by_name))
    yield Restore(window, window.plan.workspace.backups())
    yield Shortcuts(window, keys)


def test_every_dialog(window: Window) -> None:
    found = []
    for dialog in dialogs(window):
        dialog.show()
        found += faults(dialog, type(dialog).__name__)
        dialog.close()
    assert not found, "\n".join(found)
