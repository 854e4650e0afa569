"""What is painted, or pressed as a whole: lines that end in …, signs, cards that are one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QLineEdit, QSizePolicy, QWidget

from planstudio.gui import icons
from planstudio.gui.accessible import Role, present
from planstudio.gui.theme import color, font, gap
from planstudio.gui.widgets.basics import LEVELS, row, tip_of
from planstudio.gui.widgets.keys import ENTER


class Elided(QLabel):
    """One line that ends in … where there is no room, with the whole as a tip."""

    def __init__(self, words: str, role: str = "body", tone: str = "text", *, hug: bool = False) -> None:
        super().__init__()
        self._tone = tone
        self.setFont(font(role))
        self.setTextFormat(Qt.TextFormat.PlainText)
        wide = QSizePolicy.Policy.Maximum if hug else QSizePolicy.Policy.Ignored
        self.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(round(QFontMetricsF(self.font()).height()))
        if role in LEVELS:
            present(self, Role.Heading, level=LEVELS[role])
        self.show_words(words)

    def show_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(tip_of(words))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self._words)) + 2, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown = QFontMetricsF(self.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        with QPainter(self) as painter:
            painter.setPen(color(self._tone))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter, shown)


class Painted(QWidget):
    """A widget of fixed size that one function paints."""

    def __init__(self, width: float, height: float, paint: Callable[[QPainter, QRectF], None], name: str = "") -> None:
        super().__init__()
        self.setFixedSize(round(width), round(height))
        self._paint = paint
        self.setAccessibleName(name)
        present(self, Role.Graphic)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, QRectF(self.rect()))


def sign(name: str, tone: str = "muted", steps: float = 4.5) -> Painted:
    """An icon that is only looked at."""
    return Painted(gap(steps), gap(steps), lambda p, box: icons.paint(p, box, name, color(tone)))


class Pressable(QFrame):
    """A card or a row that is one button: click, Enter or Space."""

    pressed = Signal()

    def __init__(self, box: QLayout | None, name: str, ground: str = "card") -> None:
        """*box* lays out what stands on it; a subclass without one paints that."""
        super().__init__()
        self.setProperty("area", ground)
        if box is not None:
            self.setLayout(box)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        present(self, Role.Button)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*ENTER, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


def search_line(name: str, words: str) -> QLineEdit:
    """A line to find something with; *words* stand in it while it is empty."""
    made = QLineEdit(placeholderText=words, clearButtonEnabled=True)
    made.setAcceptDrops(False)  # a file is for the window, or its address would be looked for
    made.setAccessibleName(name)
    made.setTextMargins(gap(5.5), 0, 0, 0)
    made.setLayout(row(sign("search"), None, edge=(2, 0, 0, 0)))
    return made
