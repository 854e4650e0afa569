"""What the window says of the page that it shows: in its title, and to whoever listens when another one is opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from planstudio import richtext
from planstudio.domain.changes import Change
from planstudio.domain.places import NOWHERE, Place
from planstudio.gui.accessible import heading_level, words_of
from planstudio.gui.announcing import announcer
from planstudio.gui.pages.plan_view import PlanView
from planstudio.gui.widgets.text_field import TextField
from planstudio.gui.window.frame import Frame


class Places(QObject):
    """Follows one plan; goes with its view."""

    def __init__(self, frame: Frame, view: PlanView) -> None:
        super().__init__(view)
        self._frame, self._view = frame, view
        self._name = ""
        self._said: tuple[QWidget | None, Place] = (None, NOWHERE)
        for moved in (view.went, frame.stack.currentChanged):
            moved.connect(self.show)
            moved.connect(self._say, Qt.ConnectionType.QueuedConnection)  # when the cursor is where it is put
        view.desk.changed.connect(self._on_changed, Qt.ConnectionType.QueuedConnection)

    def _page(self) -> QWidget | None:
        """The page that is seen: one of the plan, or the one for printing, or for bringing in."""
        shown = self._frame.stack.currentWidget()
        return self._view.stack.currentWidget() if shown is self._view else shown

    def show(self) -> None:
        self._name = _name_of(self._page())
        self._frame.show_page(self._name)

    def _on_changed(self, change: Change) -> None:
        if change.concerns(*self._view.here):
            self.show()

    def _say(self) -> None:
        """Name the page, unless somebody walks through the outline, whose rows are read as they go."""
        here, before = (self._page(), self._view.here), self._said
        self._said = here
        focus = QApplication.focusWidget()
        if here != before and not (focus is not None and self._view.side.isAncestorOf(focus)):
            announcer().say(self._name)


def _name_of(page: QWidget | None) -> str:
    """The words of the first heading, as somebody sees them: of one that is not written yet, what it waits for."""
    if page is None:
        return ""
    heads = (one for one in page.findChildren(QWidget) if heading_level(one) == 1 and one.isVisibleTo(page))
    return next(filter(None, map(_shown, heads)), "")


def _shown(head: QWidget) -> str:
    if not isinstance(head, TextField):
        return words_of(head)
    return richtext.plain(head.text()) or head.placeholderText()
