"""The strategies of a goal: number, name over owner and dates, status, percent. Opened, walked and dragged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QStyledItemDelegate, QStyleOptionViewItem

from planstudio import richtext
from planstudio.domain.cards import StrategyCard
from planstudio.domain.kinds import Status
from planstudio.domain.words import word
from planstudio.gui.theme import gap
from planstudio.gui.widgets.marks import STATUS, chip_width, paint_bar, paint_chip, put
from planstudio.gui.widgets.outline_view import paint_ground
from planstudio.i18n import _, medium_date

Index = QModelIndex | QPersistentModelIndex
CardRole = Qt.ItemDataRole.UserRole
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
        self.setItemDelegate(_Rows(self))
        self.setAccessibleName(_("Strategies"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self, index: Index) -> None:
        held = QApplication.keyboardModifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if not held:
            self.opened.emit(index.data(CardRole).id)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        rows = sorted(index.row() for index in self.selectedIndexes())
        self.chosen.emit([self._cards.index(n).data(CardRole).id for n in rows] if len(rows) > 1 else [])

    def show_strategies(self, cards: Sequence[StrategyCard], today: date) -> None:
        current = self.currentIndex().data(CardRole)
        several = {index.data(CardRole).id for index in self.selectedIndexes()}
        self._cards.show(cards, today)
        self.setFixedHeight(gap(14) * len(cards) + 2)
        for n, card in enumerate(cards):
            if current is not None and card.id == current.id:
                self.setCurrentIndex(self._cards.index(n))
        for n, card in enumerate(cards):
            if len(several) > 1 and card.id in several:
                self.selectionModel().select(self._cards.index(n), QItemSelectionModel.SelectionFlag.Select)
        self._tell_chosen()  # a list filled anew says nothing of what is chosen no more

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid():
            super().keyPressEvent(event)
            return
        card: StrategyCard = index.data(CardRole)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            if 0 <= index.row() + step < self._cards.rowCount():
                self.move_requested.emit(card.id, index.row() + step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(card.id)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit(card.id)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Cards(QAbstractListModel):
    moved = Signal(str, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cards: Sequence[StrategyCard] = ()
        self.today = date.min

    def show(self, cards: Sequence[StrategyCard], today: date) -> None:
        self.beginResetModel()
        self._cards, self.today = cards, today
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self._cards[index.row()]
        name = card.name
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{escape(name)}</qt>"
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
            to = row if row >= 0 else parent.row() if parent.isValid() else len(self._cards)
            self.moved.emit(self._cards[start].id, to - 1 if start < to else to)
        return False


class _Rows(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(10, gap(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        paint_ground(painter, option)
        card: StrategyCard = index.data(CardRole)
        box = QRectF(option.rect).adjusted(gap(3), gap(1.5), -gap(3), -gap(1.5))
        half, chips = box.height() / 2, max(chip_width(status.value) for status in Status)
        bar = gap(20) if box.width() > gap(150) else 0
        left = box.x() + gap(8)
        room = box.right() - chips - bar - gap(20) - left
        put(painter, QRectF(box.x(), box.y(), gap(8), half), card.number, "body", "muted")
        put(painter, QRectF(left, box.y(), room, half), index.data(), "strong")
        put(painter, QRectF(left, box.y() + half, room, half), _facts(card), "caption", "muted")
        middle = box.center().y()
        paint_chip(painter, box.right() - bar - gap(16) - chips, middle, card.status.value)
        if bar:
            place = QRectF(box.right() - bar - gap(12), middle - gap(0.75), bar, gap(1.5))
            paint_bar(painter, place, card.percent, STATUS[card.status.value][0])
        right = QRectF(box.right() - gap(11), box.y(), gap(11), box.height())
        put(painter, right, f"{card.percent}%", "body", "text", Qt.AlignmentFlag.AlignRight, elide=False)
        painter.restore()


def _facts(card: StrategyCard) -> str:
    updated = _("updated {day}").format(day=medium_date(card.updated_on)) if card.updated_on else _("no update yet")
    due = _("due {day}").format(day=medium_date(card.due)) if card.due else ""
    parts = (card.priority, card.owner or _("no owner"), due, updated)
    return "  ·  ".join(part for part in parts if part)
