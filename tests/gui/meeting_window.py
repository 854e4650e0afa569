"""A window on a plan with a board meeting, on an evening that the test chooses, and hands to use it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

import factories
import packets
from planstudio import app
from planstudio.domain.agenda import AgendaItemCard, MeetingCard
from planstudio.domain.clock import Clock
from planstudio.domain.places import Place
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.window import Window
from planstudio.queries.meetings import meeting_card, meeting_rows
from planstudio.workspace import Workspace

P = TypeVar("P")
LONG = 60_000  # milliseconds that a packet may take on a slow computer
NOON = datetime(2026, 12, 4, 11, 20)  # 5 days and 7 hours before packets.a_meeting


class Wall:
    """A clock on the wall that a test can turn."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now.astimezone()


def open_window(qtbot: Any, data: Path, wall: Wall, size: tuple[int, int] = (1440, 900)) -> Window:
    """An empty window; `window.open_plan` opens a plan in it on the day of *wall*."""

    def opener(path: Path, *, create: bool = False, read_only: bool = False) -> Workspace:
        return app.open_workspace(path, create=create, read_only=read_only, clock=Clock(wall))

    window = Window(opener, lambda: app.sample_plan(data / "samples"), Settings(data / "s.ini"), data, "Ruth Hale")
    window.resize(*size)
    window.show()
    qtbot.addWidget(window, before_close_func=end)
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def end(window: Window) -> None:
    """Close *window* and its plan, whatever a test has left in it that nobody has decided about."""
    if not window.close():
        window.close_plan(publish=False, locking=True)
        window.close()


def with_meeting(window: Window, path: Path) -> packets.Names:
    """Open a new plan with the meeting of `packets.a_meeting`."""
    names = factories.copied(packets.a_meeting, path, clock=Clock(Wall()))
    assert window.open_plan(path)
    return names


# Looking.


def page(window: Window, kind: type[P]) -> P:
    assert window.plan is not None
    shown = window.plan.view.stack.currentWidget()
    assert isinstance(shown, kind)
    return shown


def go(window: Window, kind: type[P], place: Place) -> P:
    window.go(place)
    return page(window, kind)


def meeting(window: Window, ident: str) -> MeetingCard:
    assert window.plan is not None
    return window.plan.desk.ask(meeting_card, ident)


def item(window: Window, meeting_id: str, ident: str) -> AgendaItemCard:
    return next(one for one in meeting(window, meeting_id).items() if one.id == ident)


def rows(window: Window) -> tuple[Any, ...]:
    assert window.plan is not None
    return window.plan.desk.ask(meeting_rows)


def titles(card: MeetingCard) -> list[list[str]]:
    """The titles of the items, section by section."""
    return [[one.title for one in section.items] for section in card.sections]


def banners(window: Window) -> list[Banner]:
    QApplication.processEvents()
    assert window.plan is not None
    return [one for one in window.plan.view.findChildren(Banner) if one.isVisible()]


def said(window: Window) -> str:
    return " ".join(one.words for one in banners(window))


def words_on(widget: QWidget) -> str:
    """Every label that is seen on *widget*."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def verb(parent: QWidget, words: str) -> QAbstractButton:
    """The button that is seen with these words, or with this name for a screen reader."""
    for _turn in range(3):
        QApplication.processEvents()  # what was made just now is shown
        for one in parent.findChildren(QAbstractButton):
            if one.isVisible() and words in (one.text().strip(), one.accessibleName()):
                return one
    raise AssertionError(f"no button “{words}”")


# Doing.


def press(parent: QWidget, words: str) -> None:
    QTest.mouseClick(verb(parent, words), Qt.MouseButton.LeftButton)


def keys(words: str) -> None:
    """Keys to whatever has the focus."""
    for one in words:
        QTest.keyClicks(QApplication.focusWidget(), one)


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), which, modifier)


def retype(field: Any, words: str) -> None:
    """Write *words* over what stands in a field, and leave it."""
    inner = getattr(field, "field", getattr(field, "entry", field))
    inner.setFocus()
    inner.selectAll()
    if words:
        QTest.keyClicks(inner, words)
    else:
        QTest.keyClick(inner, Qt.Key.Key_Delete)
    inner.commit()


def from_menu(menu: QMenu, words: str) -> None:
    """Choose the line *words* of a menu."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        if action.text().split("\t")[0].replace("&", "").startswith(words):
            action.trigger()
            return
    raise AssertionError(f"“{words}” is not among {[action.text() for action in menu.actions()]}")


def when_asked(answer: Callable[[QWidget], None]) -> None:
    """Do *answer* to the dialog or menu that the next step will open."""

    def look() -> None:
        asked = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if asked is None:
            QTimer.singleShot(10, look)
        else:
            answer(asked)

    QTimer.singleShot(0, look)


def drop_files(target: QWidget, paths: list[Path]) -> bool:
    """Drop files from the computer's folder onto *target*, as Qt delivers it; whether somebody took them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    given = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    spot = target.rect().center()
    taker: QWidget | None = target
    while taker is not None:
        place = taker.mapFromGlobal(target.mapToGlobal(spot)) if taker is not target else spot
        if taker.acceptDrops():
            entered = QDragEnterEvent(QPoint(place), Qt.DropAction.CopyAction, *given)
            entered.ignore()
            QApplication.sendEvent(taker, entered)
            if entered.isAccepted():
                QApplication.sendEvent(taker, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, *given))
                return True
        taker = taker.parentWidget()
    return False


def drag_row(view: Any, start: QPoint, *stops: QPoint) -> None:
    """Take a row of a list by the mouse and let it go at the last of *stops*."""
    port = view.viewport()
    path = [start + QPoint(0, 12), *stops]

    def go_on() -> None:
        if path:
            QTest.mouseMove(port, path.pop(0))
            QTimer.singleShot(15, go_on)
        else:
            QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, stops[-1])

    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTimer.singleShot(15, go_on)
    QTest.mouseMove(port, start + QPoint(0, 20))
