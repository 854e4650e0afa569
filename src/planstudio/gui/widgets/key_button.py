"""A verb with its letter on a small cap: pressing the letter does the same while no field has the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from planstudio.gui.theme import RADIUS, color, gap, width_of
from planstudio.gui.widgets.marks import paint_round, put


class KeyButton(QPushButton):
    def __init__(self, words: str) -> None:
        """*words* begin with the letter: "K Keep mine"; so a translation gives letter and words together."""
        super().__init__()
        self.letter, _space, self.words = words.partition(" ")
        self.setText(self.words)
        self.setAccessibleName(self.words)
        self.setAccessibleDescription(self.letter)
        self.setToolTip(f"{self.words} ({self.letter})")
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
        box, round_ = QRectF(self.rect()).adjusted(1, 1, -1, -1), gap(RADIUS["round"])
        chosen, on = self.isChecked(), self.isEnabled()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if chosen or self.isDown() or self.underMouse():
                paint_round(painter, box, "accent_wash" if chosen else "hover", round_)
            if self.hasFocus():
                painter.setPen(QPen(color("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box, round_, round_)
            side = gap(4.75)
            cap = QRectF(gap(1), box.center().y() - side / 2, self._cap(), side)
            paint_round(painter, cap, "page" if chosen else "grey_wash", gap(1))
            tone = "edge" if not on else "accent" if chosen else "muted"
            put(painter, cap, self.letter, "caption strong", tone, Qt.AlignmentFlag.AlignHCenter)
            words = QRectF(cap.right() + gap(1.5), 0, self.width(), self.height())
            put(painter, words, self.words, "body", "text" if on else "edge")
