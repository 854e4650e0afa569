"""Icons from resources/icons, inked with the theme at the moment they are painted.

So a change to dark needs no code in pages. The drawings are strokes on a grid of 24 units.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from planstudio import resources
from planstudio.gui.theme import color

_STROKE = "#585E67"


def icon(name: str, tone: str = "text") -> QIcon:
    return QIcon(_Ink(name, tone))


def paint(painter: QPainter, box: QRectF, name: str, ink: QColor) -> None:
    _renderer(name, ink.name()).render(painter, box)


@lru_cache(maxsize=512)
def _renderer(name: str, ink: str) -> QSvgRenderer:
    drawing = (resources.folder("icons") / f"{name}.svg").read_text("utf-8").replace(_STROKE, ink)
    return QSvgRenderer(QByteArray(drawing.encode()))


class _Ink(QIconEngine):
    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tone = "edge" if mode == QIcon.Mode.Disabled else "accent" if state == QIcon.State.On else self._tone
        side = min(rect.width(), rect.height())
        box = QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
        paint(painter, box, self._name, color(tone))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        if picture.isNull():  # a place without room
            return picture
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Ink(self._name, self._tone)
