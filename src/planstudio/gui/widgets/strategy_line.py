"""A strategy under its goal, as one button: its standing, its number, its words. Painted, for there are hundreds."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from planstudio.gui.theme import color, font, gap, width_of
from planstudio.gui.widgets.marks import paint_mark, status_word
from planstudio.gui.widgets.painted import Pressable

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class StrategyLine(Pressable):
    def __init__(self, number: str, name: str, status: str) -> None:
        super().__init__(None, ", ".join((number, name, status_word(status))), ground="side")
        self._number, self._name, self._status = number, name, status
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def _left(self) -> int:
        """Where the words begin."""
        return gap(9) + round(width_of(self._number, "body"))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(gap(4), width - self._left - gap(2)), 10_000)
        return QFontMetrics(font("body")).boundingRect(room, _WRAP, self._name).height() + 2 * gap(1.5)

    def sizeHint(self) -> QSize:
        return QSize(gap(40), self.heightForWidth(gap(40)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left + gap(12), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            if self.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(color("accent"), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), gap(1), gap(1))
            painter.setFont(font("body"))
            top, line = gap(1.5), painter.fontMetrics().height()
            paint_mark(painter, QRectF(gap(2), top + (line - gap(3)) / 2, gap(3), gap(3)), self._status)
            painter.setPen(color("muted"))
            painter.drawText(QRect(gap(7), top, self._left, line), Qt.AlignmentFlag.AlignLeft, self._number)
            painter.setPen(color("text"))
            words = QRect(self._left, top, self.width() - self._left - gap(2), self.height() - top)
            painter.drawText(words, _WRAP, self._name)
