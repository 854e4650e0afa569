"""A list in columns, some of its rows below heads, each of which may stand for a place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from planstudio.domain.places import NOWHERE, Place
from planstudio.gui.theme import font, gap

PlaceRole = Qt.ItemDataRole.UserRole


class PlaceTree(QTreeWidget):
    opened = Signal(object)  # Place
    delete_requested = Signal(object)  # Place

    def __init__(self, name: str, heads: Sequence[str], widths: Sequence[float | None], height: float) -> None:
        """The first column has the room that is left, the others their *widths*, None for what stands in them."""
        super().__init__()
        self.setHeaderLabels(heads)
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setIndentation(gap(3))
        self.setUniformRowHeights(True)
        self.setStyleSheet(f"QTreeView::item {{ height: {gap(height)}px; }}")
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for n, width in enumerate(widths, 1):
            if width is None:
                self.header().setSectionResizeMode(n, QHeaderView.ResizeMode.ResizeToContents)
            else:
                self.header().resizeSection(n, gap(width))
        self.itemActivated.connect(self._open)
        self.itemClicked.connect(self._open)

    def add_head(self, words: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem([words])
        head.setFont(0, font("strong"))
        self.addTopLevelItem(head)
        return head

    @staticmethod
    def place_of(item: QTreeWidgetItem | None) -> Place:
        """What the row *item* stands for; NOWHERE for nothing."""
        return Place(*((item.data(0, PlaceRole) if item is not None else None) or NOWHERE))

    def _open(self, item: QTreeWidgetItem) -> None:
        if place := self.place_of(item):
            self.opened.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and (place := self.place_of(self.currentItem())):
            self.delete_requested.emit(place)
        else:
            super().keyPressEvent(event)
