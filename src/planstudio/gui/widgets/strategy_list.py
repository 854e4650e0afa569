"""The strategies of a goal: number, name over owner and dates, status, percent. Opened, walked and dragged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QStyleOptionViewItem

from planstudio import richtext
from planstudio.domain.cards import StrategyCard
from planstudio.domain.kinds import Status
from planstudio.domain.words import word
from planstudio.gui.models.rows import CardRole, Index, Rows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import tip_of
from planstudio.gui.widgets.keys import ENTER, moves
from planstudio.gui.widgets.marks import STATUS, chip_width, paint_bar, paint_chip, put
from planstudio.gui.widgets.painted_rows import PaintedRows, halves, paint_ground, span
from planstudio.i18n import _, medium_date

MIME = "application/x-planstudio-strategy"


class StrategyList(QListView):
    opened = Signal(str)  # strategy id
    move_requested = Signal(str, int)  # strategy id, its new place
    delete_requested = Signal(str)
    chosen = Signal(list)  # the ids of several, none where fewer than two are chosen

    def __init__(self) -> None:
        super().__init__()
        self._cards = _Cards(self)
        self._cards.moved.connect(self.move_requested)
        self.setModel(self._cards)
        _Rows(self, _("Strategies"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self, index: Index) -> None:
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if not QApplication.keyboardModifiers() & held:
            self.opened.emit(index.data(CardRole).id)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        rows = sorted(index.row() for index in self.selectedIndexes())
        self.chosen.emit([self._cards.cards[n].id for n in rows] if len(rows) > 1 else [])

    def show_strategies(self, cards: Sequence[StrategyCard]) -> None:
        current = self.currentIndex().data(CardRole)
        several = {index.data(CardRole).id for index in self.selectedIndexes()}
        self._cards.show(cards)
        self.setFixedHeight(gap(_Rows.high) * len(cards) + 2)
        for n, card in enumerate(cards):
            if current is not None and card.id == current.id:
                self.setCurrentIndex(self._cards.index(n, 0))
        for n, card in enumerate(cards):
            if len(several) > 1 and card.id in several:
                self.selectionModel().select(self._cards.index(n, 0), QItemSelectionModel.SelectionFlag.Select)
        self._tell_chosen()  # a list filled anew says nothing of what is chosen no more

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid():
            super().keyPressEvent(event)
            return
        card: StrategyCard = index.data(CardRole)
        if step := moves(event):
            if 0 <= index.row() + step < self._cards.rowCount():
                self.move_requested.emit(card.id, index.row() + step)
        elif event.key() in (*ENTER, Qt.Key.Key_F2):
            self.opened.emit(card.id)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit(card.id)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Cards(Rows):
    moved = Signal(str, int)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(card.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{card.number} {richtext.plain(card.name)}, {word(card.status)}, {card.percent}%"
        return card if role == CardRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        carried = QMimeData()
        carried.setData(MIME, str(indexes[0].row()).encode())
        return carried

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if data.hasFormat(MIME):
            start = int(bytes(data.data(MIME).data()))
            to = row if row >= 0 else parent.row() if parent.isValid() else len(self.cards)
            self.moved.emit(self.cards[start].id, to - 1 if start < to else to)
        return False


class _Rows(PaintedRows):
    high = 14

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option)
        card: StrategyCard = index.data(CardRole)
        box = QRectF(option.rect).adjusted(gap(3), gap(1.5), -gap(3), -gap(1.5))
        above, below = halves(box)
        chips = max(chip_width(status.value) for status in Status)
        bar = gap(20) if box.width() > gap(150) else 0
        left = box.x() + gap(8)
        room = box.right() - chips - bar - gap(20) - left
        put(painter, span(above, box.x(), gap(8)), card.number, "body", "muted")
        put(painter, span(above, left, room), card.name, "strong")
        put(painter, span(below, left, room), _facts(card), "caption", "muted")
        middle = box.center().y()
        paint_chip(painter, box.right() - bar - gap(16) - chips, middle, card.status.value)
        if bar:
            place = QRectF(box.right() - bar - gap(12), middle - gap(0.75), bar, gap(1.5))
            paint_bar(painter, place, card.percent, STATUS[card.status.value].tone)
        right = span(box, box.right() - gap(11), gap(11))
        put(painter, right, f"{card.percent}%", "body", "text", Qt.AlignmentFlag.AlignRight, elide=False)


def _facts(card: StrategyCard) -> str:
    updated = _("updated {day}").format(day=medium_date(card.updated_on)) if card.updated_on else _("no update yet")
    due = _("due {day}").format(day=medium_date(card.due)) if card.due else ""
    return "  ·  ".join(filter(None, (card.priority, card.owner or _("no owner"), due, updated)))
