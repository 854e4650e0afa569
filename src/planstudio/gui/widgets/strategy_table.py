"""The strategies of the plan as a table: sorted by its heads, opened by Enter or a click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView

from planstudio.domain.cards import StrategyCard
from planstudio.domain.progress import ENDED, stale
from planstudio.domain.strategy_filter import URGENCY, SortBy, shown_status
from planstudio.gui.models.rows import CardRole, Index, Rows
from planstudio.gui.theme import color, gap, width_of
from planstudio.gui.widgets.basics import tip_of
from planstudio.gui.widgets.keys import ENTER, OnKeys
from planstudio.gui.widgets.marks import STATUS, chip_width, paint_bar, paint_chip, put, status_word
from planstudio.gui.widgets.painted_rows import PaintedRows
from planstudio.i18n import N_, _, medium_date

_COLUMNS = (  # words, what the head sorts by, width in gaps where it is not reckoned
    (N_("Status"), SortBy.URGENCY, 0),
    (N_("Strategy"), SortBy.NUMBER, 0),
    (N_("Owner"), SortBy.OWNER, 32),
    (N_("Department"), SortBy.DEPARTMENT, 30),
    (N_("Priority"), SortBy.PRIORITY, 28),
    (N_("Due"), SortBy.DUE, 0),
    (N_("Progress"), SortBy.PERCENT, 30),
    (N_("Last update"), SortBy.UPDATED, 0),
)
_GIVEN_UP = {3: "department", 4: "priority", 2: "owner"}  # columns that are left away first
_NAME = 60  # gaps of width that a name needs


class StrategyTable(QTableView):
    opened = Signal(str)  # strategy id
    sort_requested = Signal(str)  # a SortBy

    def __init__(self) -> None:
        super().__init__(showGrid=False)
        self._cards = _Cards(self)
        self._empty: set[int] = set()
        self._widths: dict[int, int] = {}
        self.setModel(self._cards)
        _Cells(self, _("Strategies of the plan"))
        OnKeys(self, dict.fromkeys(ENTER, lambda: self._open(self.currentIndex())))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(gap(_Cells.high))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.sectionClicked.connect(lambda n: self.sort_requested.emit(_COLUMNS[n][1].value))
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        day = width_of(medium_date(date(2028, 9, 30)), "body") + gap(5)
        silent = width_of(_("No update yet"), "body") + gap(5)
        widths = {0: max(map(chip_width, URGENCY)) + gap(3), 5: day, 7: max(day, silent)}
        for n, (_words, _sort, width) in enumerate(_COLUMNS):
            self._widths[n] = round(widths.get(n, gap(width)))
            head.resizeSection(n, self._widths[n])
        self.clicked.connect(self._open)

    def show_strategies(self, cards: Sequence[StrategyCard], today: date, sort: str, backwards: bool) -> None:
        current = self.currentIndex().data(CardRole)
        self._cards.today = today
        self._cards.show(cards)
        self._empty = {n for n, name in _GIVEN_UP.items() if not any(getattr(card, name) for card in cards)}
        self._share_room()
        at = next(n for n, column in enumerate(_COLUMNS) if column[1] == sort)
        order = Qt.SortOrder.DescendingOrder if backwards else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, order)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + gap(_Cells.high) * len(cards) + 4)
        for n, card in enumerate(cards):
            if current is not None and card.id == current.id:
                self.setCurrentIndex(self._cards.index(n, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Columns that are empty are left away, and where the names would be cut, those that say least."""
        left = self.viewport().width()
        gone = set(self._empty)
        for n in _GIVEN_UP:
            needed = sum(width for at, width in self._widths.items() if at not in (1, *gone))
            if left - needed < gap(_NAME):
                gone.add(n)
        for n in _GIVEN_UP:
            if self.isColumnHidden(n) != (n in gone):
                self.setColumnHidden(n, n in gone)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls: every row is shown

    def _open(self, index: Index) -> None:
        card = index.data(CardRole)
        if card is not None:
            self.opened.emit(card.id)


class _Cards(Rows):
    columns = len(_COLUMNS)
    today = date.min

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(_COLUMNS[section][0])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.cards[index.row()]
        words = self._words(card, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(_COLUMNS[index.column()][0])}: {words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(words)
        return card if role == CardRole else None

    def _words(self, card: StrategyCard, column: int) -> str:
        return (
            status_word(shown_status(card, self.today)),
            f"{card.number}  {card.name}",
            card.owner or _("no owner"),
            card.department,
            card.priority,
            medium_date(card.due) if card.due else "–",
            f"{card.percent}%",
            medium_date(card.updated_on) if card.updated_on else _("No update yet"),
        )[column]


class _Cells(PaintedRows):
    high = 8.5

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: StrategyCard = index.data(CardRole)
        today = index.model().today  # type: ignore[attr-defined]
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, color("accent_wash"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        status = shown_status(card, today)
        inner = box.adjusted(gap(2) if index.column() else 0, 0, -gap(2), 0)
        words = index.data()
        match index.column():
            case 0:
                paint_chip(painter, box.x(), box.center().y(), status)
            case 1:
                put(painter, inner, words, "strong")
            case 6:
                bar = QRectF(inner.x(), inner.center().y() - gap(0.75), gap(14), gap(1.5))
                paint_bar(painter, bar, card.percent, STATUS[status].tone)
                put(painter, inner, words, "body", "text", Qt.AlignmentFlag.AlignRight, elide=False)
            case column:
                put(painter, inner, words, "body", _tone(card, column, today))


def _tone(card: StrategyCard, column: int, today: date) -> str:
    late = column == 5 and card.due is not None and card.due < today and card.status not in ENDED
    silent = column == 7 and (stale(card, today) or card.updated_on is None)
    return "amber" if late or silent or (column == 2 and not card.owner) else "muted"
