"""Notes over the top of a page: they come and go without moving what lies under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from planstudio.gui.widgets.basics import column


class Overlaid(QWidget):
    """A page with *notes* over its upper edge, as high as they need."""

    def __init__(self, page: QWidget, notes: QLayout) -> None:
        super().__init__()
        self.setProperty("area", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(column(page))
        self._notes = QWidget(self)
        self._notes.setLayout(notes)
        self._notes.installEventFilter(self)
        self._notes.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._notes and event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        box = self._notes.layout()
        assert box is not None
        high = box.heightForWidth(self.width()) if box.hasHeightForWidth() else box.sizeHint().height()
        high = high if box.count() else 0
        self._notes.setGeometry(0, 0, self.width(), max(0, high))
        self._notes.raise_()
