"""What lists and trees of painted rows have in common: how they behave, and the ground of a row."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from planstudio.gui.models.rows import Index
from planstudio.gui.theme import color, gap
from planstudio.gui.widgets.marks import paint_round


class PaintedRows(QStyledItemDelegate):
    """Paints the rows of a view called *name*, so many gaps high; a row is cut at the view's edge, never scrolled."""

    high = 8.0

    def __init__(self, view: QAbstractItemView, name: str) -> None:
        super().__init__(view)
        view.setItemDelegate(self)
        view.setAccessibleName(name)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(gap(20), gap(self.high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self.draw(painter, option, index)
        painter.restore()

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row; *painter* is as it was afterwards."""


def span(box: QRectF, left: float, wide: float) -> QRectF:
    """What of a row lies between *left* and *wide* behind it, as high as the row."""
    return QRectF(left, box.y(), wide, box.height())


def square(left: float, middle: float, side: float) -> QRectF:
    """The place of a sign, around the *middle* of a row."""
    return QRectF(left, middle - side / 2, side, side)


def halves(box: QRectF) -> tuple[QRectF, QRectF]:
    """Two lines of words in one row."""
    half = box.height() / 2
    return box.adjusted(0, 0, 0, -half), box.adjusted(0, half, 0, 0)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> bool:
    """The chosen or hovered row: a soft round ground, and a ring when the keyboard is here."""
    box = QRectF(option.rect).adjusted(gap(1), 1, -gap(1), -1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        paint_round(painter, box, "accent_wash" if chosen else "hover", gap(1.5))
    if chosen and option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("accent"), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), gap(1.5), gap(1.5))
    return chosen
