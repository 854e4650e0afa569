"""Who has the focus next when what had it is hidden, rebuilt, switched off or deleted: the one that was named.

Qt gives it to the next widget of its chain, whichever that is; once it was "Delete this strategy". Here the owner of
what goes names its successors with hand_on(); a list that is built anew gives it back to the row of the same name,
else to the one that took its place. What deletes is never a successor. Where nobody was named, the page takes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QLayout, QWidget
from shiboken6 import isValid

_SUCCESSORS = "handed_on_to"
_NEVER = "never_handed_on_to"


@dataclass(frozen=True)
class _Successors:
    """Not a list: Qt would keep its widgets by address, and these may go."""

    widgets: tuple[QWidget, ...]


def hand_on(widget: QWidget, *successors: QWidget) -> None:
    """When *widget* goes that has the focus, or has it in itself, the first of *successors* that can takes it."""
    widget.setProperty(_SUCCESSORS, _Successors(successors))


def never_hand_on_to(widget: QWidget) -> None:
    """*widget* deletes or closes something: it has the focus when a person gives it."""
    widget.setProperty(_NEVER, True)


def tab_through(*stops: QWidget) -> None:
    """Let Tab go from each of *stops* to the next; what was made later would come last."""
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


def watch() -> None:
    """Look after the focus of the whole program from now on."""
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    if qt.findChild(_Watch, options=Qt.FindChildOption.FindDirectChildrenOnly) is None:
        _Watch(qt)


def keep_place(layout: QLayout) -> None:
    """Before *layout* is emptied: what stands in it next has the focus that is in it now."""
    box, focus = layout.parentWidget(), QApplication.focusWidget()
    if box is None or focus is None or not box.isAncestorOf(focus):
        return
    rows = rows_of(layout)
    at = next((n for n, row in enumerate(rows) if row is focus or row.isAncestorOf(focus)), -1)
    if at >= 0:
        box.setFocus()  # nobody hears of a box without a name
        _Place(box, layout, at, focus.accessibleName())


def let_go(gone: Iterable[QWidget], rows: Sequence[QWidget]) -> None:
    """Take *gone* out of a list; the focus that is in one of them goes to the one of *rows* that comes to its place."""
    for one in gone:
        focus = QApplication.focusWidget()
        if focus is not None and (one is focus or one.isAncestorOf(focus)):
            near = sorted(rows, key=lambda row: (row.y() < one.y(), abs(row.y() - one.y())))
            hand_on(one, *(stop for row in near for stop in _stops(row)))
        one.hide()
        one.deleteLater()


def rows_of(layout: QLayout) -> list[QWidget]:
    """The widgets of *layout* and of the layouts in it, in their order."""
    found: list[QWidget] = []
    for n in range(layout.count()):
        item = layout.itemAt(n)
        if item is not None and (widget := item.widget()) is not None:
            found.append(widget)
        elif item is not None and (inner := item.layout()) is not None:
            found += rows_of(inner)
    return found


def can_take(widget: QWidget) -> bool:
    """Whether *widget* may be given the focus without having been asked for."""
    proxy = widget.focusProxy() or widget
    return (
        widget.isVisible() and proxy.isEnabled()
        and bool(proxy.focusPolicy() & Qt.FocusPolicy.TabFocus) and not proxy.property(_NEVER)
    )  # fmt: skip


def is_gone(widget: QWidget) -> bool:
    """Whether *widget* cannot have the focus any more, in a window that is still there."""
    if not isValid(widget):
        return True
    return not (widget.isVisible() and widget.isEnabled()) and widget.window().isVisible()


def hand_over(line: Sequence[QWidget]) -> bool:
    """Give the focus to whoever was named for what has gone, the first of *line*; False where nothing is left.

    The others of *line* stand around it. Where nobody was named, the nearest of them has it: from there Tab goes on.
    """
    there = [one for one in line if isValid(one)]
    around = (one for one in (*there, *(one.window() for one in there[-1:])) if one.isVisible() and one.isEnabled())
    target = _named(there) or next(around, None)
    if target is not None:
        target.setFocus()
    return target is not None


def line_of(widget: QWidget) -> list[QWidget]:
    """*widget* and what stands around it, without the window: one that Qt made itself dies when it is held here."""
    line = [widget]
    while (above := line[-1].parentWidget()) is not None and not above.isWindow():
        line.append(above)
    return line


def _named(line: Iterable[QWidget]) -> QWidget | None:
    """Whoever was named by one of *line* and can take the focus."""
    for one in line:
        named = one.property(_SUCCESSORS)
        if isinstance(named, _Successors):
            for successor in named.widgets:
                if isValid(successor) and can_take(successor):
                    return successor
    return None


class _Watch(QObject):
    """Sees the focus go from what has gone, and hands it on before a key is pressed."""

    def __init__(self, qt: QApplication) -> None:
        super().__init__(qt)
        self._line: list[QWidget] = []
        qt.focusChanged.connect(self._on_focus_changed)

    @Slot()
    def _on_focus_changed(self) -> None:
        """Without what the signal carries: of what was deleted that is an address, and PySide would look there."""
        new = QApplication.focusWidget()
        line, self._line = self._line, line_of(new) if new is not None else []
        if line and is_gone(line[0]):
            hand_over(line)


class _Place(QObject):
    """A place in a list that is being built anew: gives the focus back when that is done."""

    def __init__(self, box: QWidget, layout: QLayout, at: int, name: str) -> None:
        super().__init__(box)
        self._box, self._layout, self._at, self._name = box, layout, at, name
        later = QTimer(self, singleShot=True, interval=0)  # after the layout has shown what came into it
        later.timeout.connect(self._give_back)
        later.start()

    def _give_back(self) -> None:
        self.deleteLater()
        if QApplication.focusWidget() is not self._box or not isValid(self._layout):
            return  # somebody has been asked for meanwhile
        inside = [one for row in rows_of(self._layout) for one in _stops(row)]
        same = [one for one in inside if self._name and one.accessibleName() == self._name]
        rows = rows_of(self._layout)
        near = [one for row in (*rows[self._at :], *rows[: self._at][::-1]) for one in _stops(row)]
        target = next(iter((*same, *near)), None) or _named(line_of(self._box))
        if target is not None:
            target.setFocus()


def _stops(row: QWidget) -> list[QWidget]:
    """What in *row* may be given the focus, in the order of reading."""
    return [one for one in (row, *row.findChildren(QWidget)) if can_take(one)]
