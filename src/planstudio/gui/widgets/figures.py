"""The figures of a measure as a table: typed cell by cell, one row a period and student group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from planstudio.domain import dates, numbers
from planstudio.domain.cards import ObservationRow
from planstudio.domain.dates import End
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, complain, complaint, row, text
from planstudio.gui.widgets.fields import DateField, LineField, NumberField
from planstudio.i18n import _, medium_date, number

MOST_SHOWN = 400


class Figures(QWidget):
    """The newest figures first, and a line to add one."""

    recorded = Signal(object, float, str, object, str)  # date, value, student group, number of students or None, note
    delete_requested = Signal(object, str)  # date, student group

    def __init__(self) -> None:
        super().__init__()
        self.day = DateField(_("End of the period"))
        self.value = NumberField(_("Value"))
        self.group = LineField(_("Student group"), placeholder=_("everyone"))
        self.count = NumberField(_("Students"))
        self.note = LineField(_("Note"))
        self.add = button(_("Record figure"), "plain", "plus", act=self._record)
        self.error = complaint()
        self.table = _Table()
        self.more = text("", "caption", "muted")
        self.delete = button(_("Delete this figure"), "quiet", "trash", act=self._delete)
        self.delete.setEnabled(False)
        self._rows: list[ObservationRow] = []
        entry = row(self.day, self.value, self.group, self.count, self.note, self.add, space=2, bottom=self.add)
        self.setLayout(column(entry, self.error, self.table, self.more, row(None, self.delete), space=2))
        self.value.entry.returnPressed.connect(self._record)
        self.table.delete_pressed.connect(self._delete)
        self.table.itemSelectionChanged.connect(lambda: self.delete.setEnabled(bool(self.table.selectedItems())))
        self.table.itemChanged.connect(self._on_item_changed)
        self._filling = False

    def show_figures(self, rows: Sequence[ObservationRow], unit: str) -> None:
        newest = sorted(rows, key=lambda one: (one.period_end, one.student_group), reverse=True)
        self._rows = newest[:MOST_SHOWN]
        self._filling = True
        self.table.setRowCount(len(self._rows))
        heads = [_("End of the period"), _("Value ({unit})").format(unit=unit) if unit else _("Value")]
        self.table.setHorizontalHeaderLabels([*heads, _("Student group"), _("Students"), _("Note")])
        for n, one in enumerate(self._rows):
            group = one.student_group or _("everyone")
            cells = (medium_date(one.period_end), number(one.value), group, _count_words(one), one.note)
            for c, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                if c in (1, 3):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if c in (0, 2):
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.table.setItem(n, c, item)
        self._filling = False
        self.table.setVisible(bool(self._rows))
        self.delete.setVisible(bool(self._rows))
        self.table.setFixedHeight(gap(8) * (min(len(self._rows), 14) + 1) + gap(2))
        left = len(rows) - len(self._rows)
        self.more.setText(_("and {n} older figures").format(n=number(left)) if left > 0 else "")

    def complain(self, why: str) -> None:
        complain(self.error, why)

    def _record(self) -> None:
        day, value, count = self.day.value(), _number(self.value.entry.text()), self.count.entry.text().strip()
        if day is None or value is None:
            self.complain(self._missing())
            return
        if count and numbers.count_in(count) is None:
            self.complain(_("“{words}” is not a number of students.").format(words=count[:40]))
            return
        self.complain("")
        self.recorded.emit(day, value, self.group.entry.text(), numbers.count_in(count), self.note.entry.text())
        for field in (self.value, self.count, self.note):
            field.entry.clear()
        self.day.setFocus()
        self.day.entry.selectAll()  # the next date is written over the last

    def _missing(self) -> str:
        """What the line for a new figure lacks, or what in it cannot be read."""
        day, value = self.day.entry.text(), self.value.entry.text()
        if day.strip() and self.day.value() is None:
            return dates.sentence(dates.read(day), End.LAST)
        if value.strip() and numbers.why_not(numbers.read(value)):
            return numbers.sentence(numbers.read(value))
        return _("A figure needs a date and a value.")

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        if self._filling:
            return
        one, words = self._rows[item.row()], item.text().strip()
        value, count, note = one.value, one.count, one.note
        if item.column() == 1:
            typed = _number(words)
            if typed is None:
                self._give_back(item, _("“{words}” is not a number; the figure stays."), number(one.value))
                return
            value = typed
        elif item.column() == 3:
            count = numbers.count_in(words)
            if words and count is None:
                self._give_back(item, _("“{words}” is not a number of students."), _count_words(one))
                return
        else:
            note = words
        self.complain("")
        self.recorded.emit(one.period_end, value, one.student_group, count, note)

    def _give_back(self, item: QTableWidgetItem, why: str, before: str) -> None:
        self.complain(why.format(words=item.text()[:40]))
        with QSignalBlocker(self.table):
            item.setText(before)

    def _delete(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self._rows):
            self.delete_requested.emit(self._rows[at].period_end, self._rows[at].student_group)


def _count_words(one: ObservationRow) -> str:
    return number(one.count) if one.count is not None else ""


def _number(words: str) -> float | None:
    said = numbers.read(words)
    return said.value if said.sort is numbers.Sort.NUMBER else None


class _Table(QTableWidget):
    delete_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(0, 5)
        self.setAccessibleName(_("Figures"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(gap(8))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectItems)
        head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        for n, steps in enumerate((38, 26, 36, 24)):
            head.resizeSection(n, gap(steps))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.state() != self.State.EditingState:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)
