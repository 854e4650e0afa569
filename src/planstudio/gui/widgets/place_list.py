"""Places in texts, each to be chosen or left: the element's name over the words as they will be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionButton, QStyleOptionViewItem

from planstudio.domain.replacing import Match
from planstudio.domain.words import table_word
from planstudio.gui.models.rows import CardRole, Index, Rows
from planstudio.gui.theme import color, font, gap
from planstudio.gui.widgets.keys import ENTER, OnKeys
from planstudio.gui.widgets.marks import put
from planstudio.gui.widgets.painted_rows import PaintedRows, halves, paint_ground, span
from planstudio.i18n import _


class PlaceList(QListView):
    """Space chooses or leaves a place, Enter opens its page."""

    opened = Signal(object)  # a Place
    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._places = _Places(self)
        self.chosen, self.choose_all = self._places.chosen, self._places.choose_all
        self._places.dataChanged.connect(lambda *_changed: self.picked.emit())
        self._rows = _Rows(self, _("Places"))
        self.setModel(self._places)
        self.setUniformItemSizes(True)
        OnKeys(self, dict.fromkeys(ENTER, lambda: self._open(self.currentIndex())))
        self.doubleClicked.connect(self._open)

    def show_places(self, places: Sequence[Match]) -> None:
        self._places.show(places)
        if places:
            self.setCurrentIndex(self._places.index(0, 0))
        self.picked.emit()

    def show_words(self, by: str) -> None:
        """The words that will stand in the place of those found; "" shows those found alone."""
        self._rows.by = by
        self.viewport().update()

    def _open(self, index: Index) -> None:
        place: Match | None = index.data(CardRole)
        if place is not None:
            self.opened.emit(place.page)


class _Places(Rows):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: set[int] = set()  # the rows that are not chosen

    def show(self, places: Sequence[Match]) -> None:
        """Places that had been left out stay so."""
        out = {_address(self.cards[n]) for n in self._left}
        self._left = {n for n, place in enumerate(places) if _address(place) in out}
        super().show(places)

    def chosen(self) -> list[Match]:
        return [place for n, place in enumerate(self.cards) if n not in self._left]

    def choose_all(self, on: bool) -> None:
        self._left = set() if on else set(range(len(self.cards)))
        if self.cards:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.cards) - 1, 0))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.cards[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Unchecked if index.row() in self._left else Qt.CheckState.Checked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{table_word(place.table)} {place.name}: {place.before}{place.match}{place.after}"
        return place if role == CardRole else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        (self._left.discard if Qt.CheckState(value) == Qt.CheckState.Checked else self._left.add)(index.row())
        self.dataChanged.emit(index, index, [role])
        return True


def _address(place: Match) -> tuple[str, str, str, int, str]:
    return place.table, place.row_id, place.column, place.nth, place.match


class _Rows(PaintedRows):
    high = 13
    by = ""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option)
        place: Match = index.data(CardRole)
        box = QRectF(option.rect).adjusted(gap(3), gap(1.5), -gap(3), -gap(1.5))
        check = QStyleOptionButton()
        middle = round(box.center().y())
        check.rect = QRect(option.rect.x() + gap(3), middle - gap(2.25), gap(4.5), gap(4.5))
        flag = QStyle.StateFlag
        check.state = flag.State_Enabled | (flag.State_On if _is_on(index) else flag.State_Off)
        option.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, check, painter, option.widget)
        above, below = halves(box.adjusted(gap(7), 0, 0, 0))
        put(painter, above, f"{table_word(place.table)}  ·  {place.name}", "caption", "muted")
        self._put_words(painter, below, place)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click at the box chooses or leaves the place, as Space does."""
        if not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        at_box = event.position().x() < option.rect.x() + gap(9)
        if event.type() != QEvent.Type.MouseButtonRelease or not at_box:
            return False
        state = Qt.CheckState.Unchecked if _is_on(index) else Qt.CheckState.Checked
        return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def _put_words(self, painter: QPainter, box: QRectF, place: Match) -> None:
        """The words around; what goes struck through, what comes underlined, so that no color is needed."""
        parts = [(place.match, "strong", "accent", "")]
        if self.by:
            parts = [(place.match, "body", "red", "strike"), (self.by, "strong", "green", "under")]
        x = box.x()
        for words, role, tone, line in ((place.before, "body", "text", ""), *parts, (place.after, "body", "text", "")):
            look = font(role)
            look.setStrikeOut(line == "strike")
            look.setUnderline(line == "under")
            painter.setFont(look)
            painter.setPen(color(tone))
            room, metrics = span(box, x, box.right() - x), painter.fontMetrics()
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, round(room.width())))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
            x += metrics.horizontalAdvance(words)
            if x >= box.right():
                return


def _is_on(index: Index) -> bool:
    return bool(index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked)
