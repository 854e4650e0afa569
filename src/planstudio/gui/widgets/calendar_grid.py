"""The monitoring calendar as a grid: what is reported in the rows, months in the columns, the names always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.kinds import Compliance
from planstudio.domain.monitored import Cell, cell
from planstudio.domain.words import word
from planstudio.gui import icons
from planstudio.gui.models.rows import CardRole, Index, Rows
from planstudio.gui.theme import color, gap, width_of
from planstudio.gui.widgets.basics import tip_of
from planstudio.gui.widgets.keys import ENTER
from planstudio.gui.widgets.marks import STATUS, paint_mark, put
from planstudio.gui.widgets.painted_rows import PaintedRows, halves, square
from planstudio.i18n import _, month_name, month_year, near_date

_MARKS = {Cell.PLANNED: "not started", Cell.NOW: "at risk", Cell.DONE: "completed", Cell.MISSED: "off track"}
_HEIGHT = 11


@dataclass(frozen=True)
class GridLine:
    """A row of the grid; *key* is the goal's id, or the subject's words."""

    key: str
    label: str
    name: str
    entries: dict[date, tuple[MonitoringRow, ...]]


def cell_words(row: MonitoringRow, today: date) -> str:
    """What the cell says of an entry: the day of the report, or how it stands."""
    if row.reported_on is not None:
        return near_date(row.reported_on, row.month)
    return {Cell.PLANNED: _("Scheduled"), Cell.NOW: _("This month"), Cell.MISSED: _("Missed")}[cell(row, today)]


def spoken(row: MonitoringRow, today: date) -> str:
    """The same in full: "reported Dec 9, Partially compliant"."""
    if row.reported_on is None:
        return {
            Cell.PLANNED: _("scheduled"),
            Cell.NOW: _("scheduled for this month"),
            Cell.MISSED: _("missed: the month has passed without a report"),
        }[cell(row, today)]
    told = _("reported {day}").format(day=near_date(row.reported_on, row.month))
    return told if row.evaluation is Compliance.NONE else f"{told}, {word(row.evaluation)}"


class CalendarGrid(QTableView):
    """Arrows walk the cells; Enter, Space or a click enters one, Delete asks to take away what stands in it."""

    entered = Signal(str, object)  # the line's key, the month's first day
    stood = Signal()  # on another cell
    delete_asked = Signal(str)  # the entry's id

    def __init__(self) -> None:
        super().__init__(showGrid=False, cornerButtonEnabled=False)
        self._cells = _Cells(self)
        self.setModel(self._cells)
        _Painter(self, _("Monitoring calendar"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # the months are many
        self.setVerticalHeader(_Names(self))
        self.setHorizontalHeader(_Months(self))
        ground, line = color("page").name(), color("line").name()
        self.setStyleSheet(
            f"QTableCornerButton::section {{ background: {ground}; border: none; border-bottom: 1px solid {line}; }}"
        )
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._enter)

    def show_calendar(self, lines: Sequence[GridLine], months: Sequence[date], today: date) -> None:
        """Show the calendar; the cell one stands on stays the current one."""
        here = self.place()
        at = self.currentIndex().row()
        self._cells.show_lines(lines, months, today)
        side = round(max(width_of(words, "caption strong") for words in (_("Scheduled"), _("This month")))) + gap(3)
        for n in range(len(months)):
            self.setColumnWidth(n, side)
        for n in range(len(lines)):
            self.setRowHeight(n, gap(_HEIGHT))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(gap(_HEIGHT) * (len(lines) + 1) + bar)
        if here is not None:
            self.go(*here)
            if not self.currentIndex().isValid() and lines and here[1] in months:  # its line has another name now
                self.setCurrentIndex(self._cells.index(min(at, len(lines) - 1), months.index(here[1])))

    def place(self) -> tuple[str, date] | None:
        """The line's key and the month that one stands on."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self._cells.cards[index.row()].key, self._cells.months[index.column()]

    def go(self, key: str, month: date) -> None:
        """Stand on a cell."""
        rows = [line.key for line in self._cells.cards]
        if key in rows and month in self._cells.months:
            self.setCurrentIndex(self._cells.index(rows.index(key), self._cells.months.index(month)))

    def entries(self) -> tuple[MonitoringRow, ...]:
        """What is scheduled in the current cell."""
        found: tuple[MonitoringRow, ...] = self.currentIndex().data(CardRole) or ()
        return found

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.stood.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in (*ENTER, Qt.Key.Key_Space, Qt.Key.Key_F2):
            self._enter(index)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.entries():
                self.delete_asked.emit(self.entries()[0].id)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.verticalHeader().setFixedWidth(min(gap(66), max(gap(30), self.width() * 2 // 5)))
        super().resizeEvent(event)
        self.updateGeometries()  # the months begin where the names end

    def _enter(self, index: Index) -> None:
        self.entered.emit(self._cells.cards[index.row()].key, self._cells.months[index.column()])


class _Cells(Rows):
    columns = 0
    months: Sequence[date] = ()
    today = date.min

    def show_lines(self, lines: Sequence[GridLine], months: Sequence[date], today: date) -> None:
        self.months, self.today, self.columns = months, today, len(months)
        self.show(lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, month = self.cards[index.row()], self.months[index.column()]
        entries = line.entries.get(month, ())
        if role == CardRole:
            return entries
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_words(entries[0], self.today) if entries else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = ", ".join(spoken(row, self.today) for row in entries) or _("empty")
            told = f"{line.name}, {month_year(month)}: {said}"
            return tip_of(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None

    def headerData(self, n: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way == Qt.Orientation.Horizontal:
            return month_year(self.months[n]) if role == Qt.ItemDataRole.DisplayRole else None
        name: str = self.cards[n].name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(name)
        return name if role == Qt.ItemDataRole.DisplayRole else None


class _Names(QHeaderView):
    """What is reported: its label over its name."""

    def __init__(self, grid: CalendarGrid) -> None:
        super().__init__(Qt.Orientation.Vertical, grid)
        self._cells = grid._cells
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, n: int) -> None:
        line = self._cells.cards[n]
        painter.save()
        painter.fillRect(rect, color("page"))
        box = QRectF(rect).adjusted(0, gap(1.5), -gap(3), -gap(1.5))
        if line.label:
            above, box = halves(box)
            put(painter, above, line.label, "caption", "muted")
        put(painter, box, line.name or _("Without a subject"), "strong")
        _hairline(painter, rect)
        painter.restore()


class _Months(QHeaderView):
    """The months, with the year where one begins."""

    def __init__(self, grid: CalendarGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._cells = grid._cells
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), gap(_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, n: int) -> None:
        month = self._cells.months[n]
        now = month == self._cells.today.replace(day=1)
        painter.save()
        painter.fillRect(rect, color("card" if now else "page"))
        top, bottom = halves(QRectF(rect).adjusted(0, gap(1), 0, -gap(1)))
        middle, first = Qt.AlignmentFlag.AlignHCenter, n == 0 or month.month == 1
        put(painter, top, str(month.year) if first else "", "caption", "muted", middle, elide=False)
        put(painter, bottom, month_name(month), "strong" if now else "body", "text", middle, elide=False)
        _hairline(painter, rect)
        painter.restore()


class _Painter(PaintedRows):
    """A sign over its word; an empty cell under the mouse shows what a click would do."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cells = index.model()
        assert isinstance(cells, _Cells)
        box, entries = QRectF(option.rect), index.data(CardRole)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = cells.months[index.column()] == cells.today.replace(day=1)
        painter.fillRect(option.rect, color("card" if now else "page"))
        _hairline(painter, option.rect)
        if chosen or hovered:
            at = option.widget
            focus = chosen and isinstance(at, QWidget) and at.hasFocus()
            painter.setBrush(color("accent_wash" if chosen else "hover"))
            painter.setPen(QPen(color("accent"), 2) if focus else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -3), gap(1.5), gap(1.5))
        side = gap(3)
        left = box.center().x() - side / 2
        if entries:
            _put_entries(painter, box, left, entries, cells.today)
        elif hovered:
            icons.paint(painter, square(left, box.center().y(), side), "plus", color("muted"))


def _put_entries(
    painter: QPainter, box: QRectF, left: float, entries: Sequence[MonitoringRow], today: date
) -> None:  # fmt: skip
    status, words = _MARKS[cell(entries[0], today)], cell_words(entries[0], today)
    paint_mark(painter, QRectF(left, box.y() + gap(2), gap(3), gap(3)), status)
    if len(entries) > 1:
        words = _("{words} +{n}").format(words=words, n=len(entries) - 1)
    below = QRectF(box.x(), box.y() + gap(5.5), box.width(), gap(4.5))
    put(painter, below, words, "caption", STATUS[status].tone, Qt.AlignmentFlag.AlignHCenter)


def _hairline(painter: QPainter, rect: QRect) -> None:
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
