"""Places in texts, each to be chosen or left: the element's name over the words as they will be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionButton, QStyleOptionViewItem

from planstudio.domain.replacing import Match
from planstudio.domain.words import table_word
from planstudio.gui.theme import color, font, gap
from planstudio.gui.widgets.marks import put
from planstudio.gui.widgets.outline_view import paint_ground
from planstudio.i18n import _

Index = QModelIndex | QPersistentModelIndex
PlaceRole = Qt.ItemDataRole.UserRole


class PlaceList(QListView):
    """Space chooses or leaves a place, Enter opens its page."""

    opened = Signal(object)  # a Place
    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._places = _Places(self)
        self._places.dataChanged.connect(lambda *_changed: self.picked.emit())
        self._rows = _Rows(self)
        self.setModel(self._places)
        self.setItemDelegate(self._rows)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Places"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)

    def show_places(self, places: Sequence[Match]) -> None:
        self._places.show(places)
        if places:
            self.setCurrentIndex(self._places.index(0))
        self.picked.emit()

    def show_words(self, by: str) -> None:
        """The words that will stand in the place of those found; "" shows those found alone."""
        self._rows.by = by
        self.viewport().update()

    def chosen(self) -> list[Match]:
        return self._places.chosen()

    def choose_all(self, on: bool) -> None:
        self._places.choose_all(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        place: Match | None = index.data(PlaceRole)
        if place is not None:
            self.opened.emit(place.page)


class _Places(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._places: Sequence[Match] = ()
        self._left: set[int] = set()  # the rows that are not chosen

    def show(self, places: Sequence[Match]) -> None:
        """Places that had been left out stay so."""
        out = {_address(self._places[n]) for n in self._left}
        self.beginResetModel()
        self._places = places
        self._left = {n for n, place in enumerate(places) if _address(place) in out}
        self.endResetModel()

    def chosen(self) -> list[Match]:
        return [place for n, place in enumerate(self._places) if n not in self._left]

    def choose_all(self, on: bool) -> None:
        self._left = set() if on else set(range(len(self._places)))
        if self._places:
            self.dataChanged.emit(self.index(0), self.index(len(self._places) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._places)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self._places[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Unchecked if index.row() in self._left else Qt.CheckState.Checked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{table_word(place.table)} {place.name}: {place.before}{place.found}{place.after}"
        return place if role == PlaceRole else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        (self._left.discard if Qt.CheckState(value) == Qt.CheckState.Checked else self._left.add)(index.row())
        self.dataChanged.emit(index, index, [role])
        return True


def _address(place: Match) -> tuple[str, str, str, int, str]:
    return place.table, place.row_id, place.column, place.nth, place.found


class _Rows(QStyledItemDelegate):
    by = ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(gap(40), gap(13))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        paint_ground(painter, option)
        place: Match = index.data(PlaceRole)
        box = QRectF(option.rect).adjusted(gap(3), gap(1.5), -gap(3), -gap(1.5))
        check = QStyleOptionButton()
        middle = round(box.center().y())
        check.rect = QRect(option.rect.x() + gap(3), middle - gap(2.25), gap(4.5), gap(4.5))
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        check.state = QStyle.StateFlag.State_Enabled | (QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off)
        option.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, check, painter, option.widget)
        box.setLeft(box.left() + gap(7))
        half = box.height() / 2
        put(
            painter,
            QRectF(box.x(), box.y(), box.width(), half),
            f"{table_word(place.table)}  ·  {place.name}",
            "caption",
            "muted",
        )
        self._put_words(painter, QRectF(box.x(), box.y() + half, box.width(), half), place)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click at the box chooses or leaves the place, as Space does."""
        if isinstance(event, QMouseEvent):
            at_box = event.position().x() < option.rect.x() + gap(9)
            if event.type() == QEvent.Type.MouseButtonRelease and at_box:
                on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
                state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
                return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)
            return False
        return super().editorEvent(event, model, option, index)

    def _put_words(self, painter: QPainter, box: QRectF, place: Match) -> None:
        """The words around; what goes struck through, what comes underlined, so that no color is needed."""
        parts = [(place.before, "body", "text", ""), (place.found, "strong", "accent", "")]
        if self.by:
            parts = [
                (place.before, "body", "text", ""),
                (place.found, "body", "red", "strike"),
                (self.by, "strong", "green", "under"),
            ]
        parts.append((place.after, "body", "text", ""))
        x = box.x()
        for words, role, tone, line in parts:
            look = QFont(font(role))
            look.setStrikeOut(line == "strike")
            look.setUnderline(line == "under")
            painter.setFont(look)
            painter.setPen(color(tone))
            wide = painter.fontMetrics().horizontalAdvance(words)
            room = QRectF(x, box.y(), box.right() - x, box.height())
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, round(room.width())))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
            x += wide
            if x >= box.right():
                return
