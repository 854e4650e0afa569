"""A board of seven and the evening of its meeting, for the pages that are used there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from factories import EVENING, add
from planstudio.domain.clock import Clock
from planstudio.domain.kinds import Access, ItemType, PersonRole
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page
from planstudio.operations import meetings, people
from planstudio.workspace import Workspace

MEMBERS = ("Ann Alvarez", "Sam Cole", "Rosa Finch", "Bo Iverson", "Theo Lindqvist", "Owen Marsh", "Priya Raman")


@dataclass
class Watch:
    """The clock on the wall, set by hand."""

    time: datetime = field(default_factory=lambda: datetime(2026, 12, 9, 18, 31, tzinfo=UTC))

    def set(self, hour: int, minute: int) -> None:
        self.time = self.time.replace(hour=hour, minute=minute)

    def clock(self) -> Clock:
        return Clock(lambda: self.time)


@dataclass(frozen=True)
class Evening:
    """The ids of a meeting: a report, three consent items, an action and a closed session."""

    meeting: str
    members: dict[str, str]
    report: str
    consent: tuple[str, str, str]
    boiler: str
    closed: str


def an_evening(workspace: Workspace) -> Evening:
    members = {
        name: add(workspace, "person", people.add_person, name, role=PersonRole.BOARD_MEMBER) for name in MEMBERS
    }
    meeting = add(workspace, "meeting", meetings.add_meeting, start=EVENING, place="Birch Room")

    def section(title: str, consent: bool = False) -> str:
        return add(workspace, "agenda_section", meetings.add_section, meeting, title=title, consent=consent)

    def item(section_id: str, title: str, **values: object) -> str:
        return add(workspace, "agenda_item", meetings.add_item, section_id, title=title, **values)

    outcomes = section("Student outcomes")
    report = item(outcomes, "Monitoring report", type=ItemType.REPORT, minutes=30)
    group = section("Consent", consent=True)
    consent = (item(group, "Minutes", minutes=1), item(group, "Bills", minutes=1), item(group, "Travel", minutes=1))
    action = section("Action")
    boiler = item(
        action, "Boiler", type=ItemType.ACTION, minutes=8, recommended_motion="To accept the bid of **$163,900**."
    )
    closed = item(
        action, "Negotiations", type=ItemType.CLOSED, access=Access.CLOSED, ground="Sec. 2(c)(2)", notes="Secret words"
    )
    return Evening(meeting, members, report, consent, boiler, closed)


def shown(qtbot, page: Page, ident: str) -> None:  # type: ignore[no-untyped-def]
    """Put a page on the screen."""
    page.resize(1200, 850)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.open(ident)
    QApplication.processEvents()


def retype(entry: QLineEdit, words: str) -> None:
    """Write *words* over what stands in a line, and leave it by Enter."""
    entry.setFocus()
    entry.selectAll()
    QTest.keyClicks(entry, words)
    QTest.keyClick(entry, Qt.Key.Key_Return)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(key: Qt.Key) -> None:
    """A key to whatever has the focus, as from a keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def keys(words: str) -> None:
    for sign in words:
        QTest.keyClicks(QApplication.focusWidget(), sign)


def nameless(page: Page) -> list[str]:
    """What takes the focus and has no accessible name."""
    found = []
    for widget in page.findChildren(QWidget):
        takes = widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and widget.focusProxy() is None and not widget.accessibleName().strip():
            found.append(type(widget).__name__)
    return found


def tab_walk(page: Page, first: QWidget) -> list[QWidget]:
    """Where Tab leads from *first* on, until it comes round or leaves the page."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    met: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and page.isAncestorOf(focus) and focus not in met:
        met.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        assert len(met) < 400
    return met


def goes_down(page: Page, met: list[QWidget], slack: int = 40) -> bool:
    """Whether the stops stand below each other, as they are read."""
    tops = [one.mapTo(page, QPoint(0, 0)).y() for one in met]
    return all(later >= earlier - slack for earlier, later in pairwise(tops))


def locked(page: Page) -> Iterator[str]:
    """The names of buttons that still do something."""
    for one in page.findChildren(QAbstractButton):
        if one.isVisible() and one.isEnabled() and one.accessibleName():
            yield one.accessibleName()


def desk_of(workspace: Workspace) -> Desk:
    return Desk(workspace)
