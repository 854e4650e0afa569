"""Widgets in lines, wrapping as words do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planstudio.gui.theme import gap


class Flow(QWidget):
    def __init__(self, parts: Sequence[QWidget], space: float = 1) -> None:
        super().__init__()
        self.parts, self._air = list(parts), gap(space)
        for part in self.parts:
            part.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.place(10_000))

    def sizeHint(self) -> QSize:
        return QSize(gap(40), self.height())

    def place(self, wide: int) -> int:
        """Put each part in its line; the height that takes."""
        x = y = high = 0
        line: list[tuple[QWidget, QRect]] = []
        for part in self.parts:
            size = part.sizeHint().expandedTo(part.minimumSize())
            if x and x + size.width() > wide:
                _set(line, high)
                x, y, high, line = 0, y + high + self._air, 0, []
            line.append((part, QRect(x, y, min(size.width(), wide), size.height())))
            x, high = x + size.width() + self._air, max(high, size.height())
        _set(line, high)
        return y + high

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.place(event.size().width()))


def _set(line: list[tuple[QWidget, QRect]], high: int) -> None:
    """Put the parts of a line in the middle of its height."""
    for part, box in line:
        part.setGeometry(box.translated(0, (high - box.height()) // 2))
