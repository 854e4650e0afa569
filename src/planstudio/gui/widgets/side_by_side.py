"""Widgets beside each other, as many as there is room for, the others below them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import empty


class SideBySide(QWidget):
    def __init__(self, least: float, most: int = 100) -> None:
        """*least* is the width that each needs, in gaps; no more than *most* stand in a row."""
        super().__init__()
        self._most = most
        self._least = gap(least)
        self._parts: list[QWidget] = []
        self._abreast = 0  # columns now
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap(3))

    def show_parts(self, parts: Sequence[QWidget]) -> None:
        """Show *parts* in the place of those before."""
        empty(self._grid)
        self._parts, self._abreast = list(parts), 0
        self._place()

    def _place(self) -> None:
        """Each in its row and column; the rows are filled evenly."""
        room = (self.width() + self._grid.spacing()) // (self._least + self._grid.spacing())
        fit = max(1, min(self._most, room))
        rows = -(-len(self._parts) // fit) or 1
        abreast = -(-len(self._parts) // rows)
        if abreast == self._abreast:
            return
        self._abreast = abreast
        for n, part in enumerate(self._parts):
            self._grid.addWidget(part, n // abreast, n % abreast)
        for n in range(max(abreast, self._grid.columnCount())):
            self._grid.setColumnStretch(n, int(n < abreast))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, self._grid.minimumSize().height())
