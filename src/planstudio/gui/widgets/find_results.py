"""What was found, as one types: the title, and the words around the place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from planstudio.domain.outline import Hit
from planstudio.domain.words import table_word
from planstudio.gui.theme import gap
from planstudio.gui.widgets.marks import put
from planstudio.gui.widgets.outline_view import paint_ground
from planstudio.i18n import _

Index = QModelIndex | QPersistentModelIndex
HitRole = Qt.ItemDataRole.UserRole


class FindResults(QListWidget):
    chosen = Signal(object)  # a Place
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Rows(self))
        self.setAccessibleName(_("Found"))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._tell)

    def show_hits(self, hits: Sequence[Hit], words: str) -> None:
        self.clear()
        for hit in hits:
            item = QListWidgetItem()
            item.setData(HitRole, hit)
            plain = hit.excerpt.replace("\x02", "").replace("\x03", "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.title}, {_kind(hit)}. {plain}")
            self.addItem(item)
        if not hits:
            item = QListWidgetItem(_("“{words}” is not in this plan.").format(words=words[:40]))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        else:
            self.setCurrentRow(0)

    def open_current(self) -> None:
        if self.currentItem() is not None:
            self._tell(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and self.currentRow() <= 0):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, item: QListWidgetItem) -> None:
        hit: Hit | None = item.data(HitRole)
        if hit is not None:
            self.chosen.emit(hit.page)


class _Rows(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(gap(20), gap(12) if index.data(HitRole) else gap(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        box = QRectF(option.rect).adjusted(gap(3), gap(1), -gap(2), -gap(1))
        hit: Hit | None = index.data(HitRole)
        if hit is None:
            put(painter, box, index.data(), "body", "muted")
        else:
            paint_ground(painter, option)
            half = box.height() / 2
            put(painter, QRectF(box.x(), box.y(), box.width(), half), hit.title, "strong")
            below = QRectF(box.x(), box.y() + half, box.width(), half)
            _put_excerpt(painter, below, _kind(hit), hit.excerpt)
        painter.restore()


def _kind(hit: Hit) -> str:
    """What was found, and in which plan, where it is not the one on the screen."""
    return f"{table_word(hit.table)} · {hit.plan}" if hit.plan else table_word(hit.table)


def _put_excerpt(painter: QPainter, box: QRectF, kind: str, excerpt: str) -> None:
    """The excerpt, what was looked for in strong."""
    x = box.x()
    text = f"{kind} · " + " ".join(excerpt.split("\n"))
    for n, part in enumerate(text.replace("\x03", "\x02").split("\x02")):
        role = "caption strong" if n % 2 else "caption"
        put(painter, QRectF(x, box.y(), box.right() - x, box.height()), part, role, "text" if n % 2 else "muted")
        x += painter.fontMetrics().horizontalAdvance(part)
        if x >= box.right():
            return
