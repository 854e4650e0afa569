"""A verb with its letter on a small cap: pressing the letter does the same while no field has the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from planstudio.gui.theme import RADIUS, color, font, gap, width_of


class KeyButton(QPushButton):
    def __init__(self, words: str) -> None:
        """*words* begin with the letter: "K Keep mine"; so a translation gives letter and words together."""
        super().__init__()
        self.letter, _space, self.words = words.partition(" ")
        self.setText(self.words)
        self.setAccessibleName(self.words)
        self.setAccessibleDescription(self.letter)
        self.setToolTip(f"{self.words} ({self.letter})")
        self.setCheckable(False)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _cap(self) -> float:
        return max(gap(5), width_of(self.letter, "caption strong") + gap(2))

    def sizeHint(self) -> QSize:
        wide = gap(1) + self._cap() + gap(1.5) + width_of(self.words, "body") + gap(2)
        return QSize(round(wide), gap(6.5))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, round_ = QRectF(self.rect()).adjusted(1, 1, -1, -1), gap(RADIUS["round"])
        chosen, on = self.isChecked(), self.isEnabled()
        if chosen or self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_wash" if chosen else "hover"))
            painter.drawRoundedRect(box, round_, round_)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, round_, round_)
        side = gap(4.75)
        cap = QRectF(gap(1), box.center().y() - side / 2, self._cap(), side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("page" if chosen else "grey_wash"))
        painter.drawRoundedRect(cap, gap(1), gap(1))
        self._write(painter, cap, self.letter, "caption strong", "accent" if chosen else "muted", on, center=True)
        words = QRectF(cap.right() + gap(1.5), 0, self.width(), self.height())
        self._write(painter, words, self.words, "body", "text", on)
        painter.end()

    def _write(
        self, painter: QPainter, box: QRectF, words: str, role: str, tone: str, on: bool, *, center: bool = False
    ) -> None:  # fmt: skip
        painter.setFont(font(role))
        painter.setPen(color(tone if on else "edge"))
        across = Qt.AlignmentFlag.AlignHCenter if center else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(font(role)).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, across | Qt.AlignmentFlag.AlignVCenter, shown)
