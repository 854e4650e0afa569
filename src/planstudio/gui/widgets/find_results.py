"""What was found, as one types: the title, and the words around the place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem

from planstudio.domain.outline import Hit
from planstudio.domain.words import table_word
from planstudio.gui.models.rows import CardRole, Index
from planstudio.gui.theme import gap
from planstudio.gui.widgets.keys import ENTER
from planstudio.gui.widgets.marks import put
from planstudio.gui.widgets.painted_rows import PaintedRows, halves, paint_ground, span
from planstudio.i18n import _


class FindResults(QListWidget):
    chosen = Signal(object)  # a Place
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        _Rows(self, _("Found"))
        self.itemClicked.connect(self._tell)

    def show_hits(self, hits: Sequence[Hit], words: str) -> None:
        self.clear()
        for hit in hits:
            item = QListWidgetItem()
            item.setData(CardRole, hit)
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
        if event.key() in ENTER:
            self.open_current()
        elif event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and self.currentRow() <= 0):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, item: QListWidgetItem) -> None:
        hit: Hit | None = item.data(CardRole)
        if hit is not None:
            self.chosen.emit(hit.page)


class _Rows(PaintedRows):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(gap(20), gap(12) if index.data(CardRole) else gap(8))

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect).adjusted(gap(3), gap(1), -gap(2), -gap(1))
        hit: Hit | None = index.data(CardRole)
        if hit is None:
            put(painter, box, index.data(), "body", "muted")
        else:
            paint_ground(painter, option)
            above, below = halves(box)
            put(painter, above, hit.title, "strong")
            _put_excerpt(painter, below, f"{_kind(hit)} · " + " ".join(hit.excerpt.split("\n")))


def _kind(hit: Hit) -> str:
    """What was found, and in which plan, where it is not the one on the screen."""
    return f"{table_word(hit.table)} · {hit.plan}" if hit.plan else table_word(hit.table)


def _put_excerpt(painter: QPainter, box: QRectF, excerpt: str) -> None:
    """The excerpt, what was looked for in strong."""
    x = box.x()
    for n, part in enumerate(excerpt.replace("\x03", "\x02").split("\x02")):
        role, tone = ("caption strong", "text") if n % 2 else ("caption", "muted")
        put(painter, span(box, x, box.right() - x), part, role, tone)
        x += painter.fontMetrics().horizontalAdvance(part)
        if x >= box.right():
            return
