"""Figures as in a spreadsheet: a row for each period, a column for each student group; blocks are pasted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from planstudio.domain.cards import HiddenRow, ObservationRow
from planstudio.gui.theme import color, gap
from planstudio.gui.widgets.basics import button, column, row, text
from planstudio.gui.widgets.fields import Choices, LineField, read_count, read_date, read_number
from planstudio.i18n import _, medium_date, ngettext, number

_SPARE = 1  # empty rows below the last period
_MOST_COLUMNS = 40
Figure = tuple[date, str, float]


class FiguresGrid(QWidget):
    """What is typed or pasted is looked at cell by cell: what is a figure is kept, the rest stays marked with why."""

    recorded = Signal(list)  # of (period's end, student group, value)
    counted = Signal(list)  # of (period's end, student group, number of students or None)
    delete_requested = Signal(list)  # of (period's end, student group)

    moved = Signal(object, object)  # a period's end, and what it is from now on

    def __init__(self) -> None:
        super().__init__()
        self.table = _Table()
        self.group = LineField(_("Student group"), placeholder=_("such as: English learners"))
        self.add = button(_("Add column"), "plain", "plus")
        self.told = text("", "caption", "red", wrap=True)
        self.told.hide()
        hint = _("Copy a block in Excel and paste it here, with its dates and headings or without.")
        self.what = Choices()
        self.what.setAccessibleName(_("What the table shows"))
        self.what.addItem(_("Figures"), False)
        self.what.addItem(_("Numbers of students"), True)
        self.what.activated.connect(lambda _n: self._show_again())
        foot = row(self.group, 2, self.add, None)
        foot.setAlignment(self.add, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(
            column(
                row(self.what, None), text(hint, "caption", "muted", wrap=True), self.table, self.told, foot, space=1.5
            )
        )
        self._days: list[date | None] = []
        self._groups: list[str] = [""]
        self._filling = False
        self._wrong: dict[tuple[int, int], str] = {}
        self._stored: Set[tuple[date, str]] = frozenset()
        self._latest = date.max
        self._shown: tuple[Sequence[ObservationRow], Sequence[HiddenRow]] = ((), ())
        self.table.pasted.connect(self._paste)
        self.table.cleared.connect(self._clear)
        self.table.cellChanged.connect(self._on_changed)
        self.add.clicked.connect(self._add_group)
        self.group.entry.returnPressed.connect(self._add_group)

    def begin(self, latest: date) -> None:
        """Forget the columns that were added by hand, and what was not taken: another measure comes."""
        self._groups = [""]
        self._wrong = {}
        self._latest = latest  # day that is taken

    @property
    def _counting(self) -> bool:
        """Whether numbers of students are shown, not figures."""
        return bool(self.what.currentData())

    def _show_again(self) -> None:
        self._wrong = {}
        self.show_figures(*self._shown)

    def show_figures(self, rows: Sequence[ObservationRow], hidden: Sequence[HiddenRow]) -> None:
        left, self._shown = self._left(), (rows, hidden)
        days = sorted({one.period_end for one in rows} | {one.period_end for one in hidden})
        known = {one.student_group for one in rows} | {one.student_group for one in hidden}
        added = [group for group in self._groups if group not in known and group]
        self._groups = ["", *sorted(known - {""}), *added][:_MOST_COLUMNS]
        self._days = [*days, *([None] * _SPARE)]
        self._wrong = {}
        values = {(one.period_end, one.student_group): one.count if self._counting else one.value for one in rows}
        kept_back = {(one.period_end, one.student_group) for one in hidden}
        self._stored = values.keys() | kept_back
        self._filling = True
        self.table.setRowCount(len(self._days))
        self.table.setColumnCount(len(self._groups) + 1)
        self.table.setHorizontalHeaderLabels(
            [_("End of the period"), *(group or _("everyone") for group in self._groups)]
        )
        for r, day in enumerate(self._days):
            self._set(r, 0, medium_date(day) if day else "")
            for c, group in enumerate(self._groups, 1):
                value = values.get((day, group)) if day else None
                words = number(value) if value is not None else ""
                if day is not None and (day, group) in kept_back:
                    tip = _("Told nowhere but here: too few students, or it would give such a figure away.")
                    self._set(r, c, words, tip=tip)
                else:
                    self._set(r, c, words)
        self._filling = False
        self._put_back(left)
        self._mark()
        self.table.setColumnWidth(0, gap(42))
        self.table.setFixedHeight(gap(8) * (min(len(self._days), 16) + 1) + gap(3))

    def _set(self, r: int, c: int, words: str, tip: str = "") -> None:
        item = QTableWidgetItem(words)
        item.setToolTip(tip)
        if c:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if tip:
            item.setForeground(color("muted"))
        self.table.setItem(r, c, item)

    # Typing.

    def _on_changed(self, r: int, c: int) -> None:
        if self._filling:
            return
        day = self._days[r] if r < len(self._days) else None
        if c and day is not None and not self._words(r, c):
            self._wrong.pop((r, c), None)
            if (day, self._groups[c - 1]) in self._stored:
                self._delete([(day, self._groups[c - 1])])
            self._mark()
        elif not c and day is not None and (other := read_date(self._words(r, 0))) is not None:
            self.moved.emit(day, other)
        else:
            self._take([(r, c)])

    def _take(self, cells: Iterable[tuple[int, int]]) -> None:
        """Record what stands in *cells* and in those that were not taken before; a row's date counts for its cells."""
        cells = dict.fromkeys([*cells, *self._wrong])
        self._wrong = {}
        figures: list[Figure] = []
        for r, c in cells:
            wanted = [(r, c)] if c else [(r, n) for n in range(1, self.table.columnCount())]
            day = self._day(r)
            for at in wanted:
                if (figure := self._figure(at, day)) is not None:
                    figures.append(figure)
        self._mark()
        if figures:  # after which the table is filled anew
            (self.counted if self._counting else self.recorded).emit(list(dict.fromkeys(figures)))

    def _left(self) -> list[tuple[str, dict[int, str]]]:
        """The cells that were not taken, by row: the date's words, and the words by column."""
        return [
            (
                self._words(r, 0),
                {
                    c: self._words(r, c)
                    for c in range(1, self.table.columnCount())
                    if (r, c) in self._wrong or (r, 0) in self._wrong
                },
            )
            for r in sorted({r for r, _c in self._wrong})
        ]

    def _put_back(self, left: list[tuple[str, dict[int, str]]]) -> None:
        """Show what was not taken again, in the rows of the same dates, for mending."""
        self._wrong = {}
        if not left:
            return
        self._filling = True
        cells: list[tuple[int, int]] = []
        for date_words, words in left:
            day = read_date(date_words)
            at = self._days.index(day) if day in self._days else self._empty_row()
            self._set(at, 0, self._words(at, 0) or date_words)
            for c, said in words.items():
                if said and c < self.table.columnCount():
                    self._set(at, c, said)
                    cells.append((at, c))
        for r, c in cells:
            self._figure((r, c), self._day(r))
        self._filling = False

    def _empty_row(self) -> int:
        for r, day in enumerate(self._days):
            if day is None and not any(self._words(r, c) for c in range(self.table.columnCount())):
                return r
        self.table.insertRow(self.table.rowCount())
        self._days.append(None)
        return len(self._days) - 1

    def _day(self, r: int) -> date | None:
        words = self._words(r, 0)
        known = self._days[r] if r < len(self._days) else None
        if known is not None and words == medium_date(known):
            return known
        day = read_date(words) if words else None
        if words and day is None:
            self._wrong[r, 0] = _("“{words}” is not a date").format(words=words[:40])
        elif day is not None and day > self._latest:
            self._wrong[r, 0] = _("“{words}” is more than a year ahead").format(words=words[:40])
            return None
        return day

    def _figure(self, at: tuple[int, int], day: date | None) -> Figure | None:
        r, c = at
        words = self._words(r, c)
        if not words or words == _("hidden"):
            return None
        try:
            value = read_number(words)
        except ValueError:
            value = None
        group = self._groups[c - 1]
        if value is None:
            self._wrong[at] = _("“{words}” is not a number").format(words=words[:40])
        elif self._counting and read_count(words) is None:
            self._wrong[at] = _("“{words}” is not a number of students").format(words=words[:40])
            value = None
        elif self._counting and day is not None and (day, group) not in self._stored:
            self._wrong[at] = _("there is no figure yet")
            value = None
        elif day is None and (r, 0) not in self._wrong:
            self._wrong[r, 0] = _("the date is missing")
        return (day, group, value) if day is not None and value is not None else None

    def _words(self, r: int, c: int) -> str:
        item = self.table.item(r, c)
        return item.text().strip() if item is not None else ""

    def _mark(self) -> None:
        """Every cell that was not taken, with why."""
        self._filling = True
        for r in range(self.table.rowCount()):
            for c in range(self.table.columnCount()):
                item = self.table.item(r, c)
                why = self._wrong.get((r, c), "")
                if item is not None and (why or item.data(Qt.ItemDataRole.UserRole)):
                    item.setBackground(color("red_wash") if why else color("field"))
                    item.setToolTip(why)
                    item.setData(Qt.ItemDataRole.UserRole, bool(why))
        self._filling = False
        count = len(self._wrong)
        words = ngettext("{n} cell was not taken: {first}.", "{n} cells were not taken. The first: {first}.", count)
        places = ", ".join(f"{self._place(at)}: {why}" for at, why in list(self._wrong.items())[:1])
        self.told.setText(words.format(n=count, first=places) if count else "")
        self.told.setVisible(bool(count))

    def _place(self, at: tuple[int, int]) -> str:
        r, c = at
        head = self.table.horizontalHeaderItem(c)
        return _("row {n}, {column}").format(n=r + 1, column=head.text() if head is not None else c + 1)

    # Pasting.

    def _paste(self, words: str) -> None:
        block = [line.split("\t") for line in words.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")]
        r, c = max(self.table.currentRow(), 0), max(self.table.currentColumn(), 0)
        columns = list(range(c, c + max(map(len, block))))
        if _is_heading(block[0]):
            heads, block = block[0], block[1:]
            columns = [
                self._column_of(head) if n or (head.strip() and not _says_date(head)) else 0
                for n, head in enumerate(heads)
            ]
        elif c == 0 and block and read_date(block[0][0]) is None:
            columns = [n + 1 for n in columns]  # figures without their dates stand beside the dates
        self._filling = True
        cells: list[tuple[int, int]] = []
        start = r
        for n, line in enumerate(block):
            at = self._row_of(line, columns, start + n)
            while at >= self.table.rowCount():
                self.table.insertRow(self.table.rowCount())
                self._days.append(None)
            for c, cell in zip(columns, line, strict=False):
                while c >= self.table.columnCount() and self.table.columnCount() <= _MOST_COLUMNS:
                    self._new_column(_("Group {n}").format(n=self.table.columnCount()))
                if c < self.table.columnCount() and cell.strip():  # an empty cell leaves what stands there
                    self._set(at, c, cell.strip())
                    cells.append((at, c))
        self._filling = False
        self._take(cells)

    def _row_of(self, line: Sequence[str], columns: Sequence[int], usual: int) -> int:
        """Where a pasted line belongs: to the row of its own date, where there is one."""
        if columns and columns[0] == 0 and line and (day := read_date(line[0])) is not None:
            if day in self._days:
                return self._days.index(day)
            while usual < len(self._days) and self._days[usual] is not None:
                usual += 1
            if usual < len(self._days):
                self._days[usual] = None
        return usual

    def _column_of(self, head: str) -> int:
        name = " ".join(head.split())
        group = "" if name.casefold() in ("", _("everyone").casefold(), "all", "all students", "value") else name
        if group not in self._groups:
            self._new_column(group)
        return self._groups.index(group) + 1

    def _new_column(self, group: str) -> None:
        self._groups.append(group)
        at = self.table.columnCount()
        self.table.insertColumn(at)
        self.table.setHorizontalHeaderItem(at, QTableWidgetItem(group))

    def _add_group(self) -> None:
        name = " ".join(self.group.entry.text().split())
        if name and name not in self._groups:
            self._new_column(name)
            self.group.entry.clear()
            self.table.setCurrentCell(0, self.table.columnCount() - 1)
            self.table.setFocus()

    def _clear(self) -> None:
        """Delete the figures of the chosen cells."""
        chosen = [
            (day, self._groups[item.column() - 1])
            for item in self.table.selectedItems()
            if (day := self._days[item.row()]) is not None and item.column()
        ]
        stored = [one for one in chosen if one in self._stored]
        for item in self.table.selectedItems():
            if (item.row(), item.column()) in self._wrong:  # words that were never taken
                item.setText("")
        if stored:
            self._delete(stored)

    def _delete(self, stored: list[tuple[date, str]]) -> None:
        if self._counting:
            self.counted.emit([(day, group, None) for day, group in stored])
        else:
            self.delete_requested.emit(stored)


def _is_heading(line: Sequence[str]) -> bool:
    """Whether the first line of a block names its columns: words, and no figure beside the first cell."""
    others = [cell for cell in line[1:] if cell.strip()]
    return bool(others) and all(_is_words(cell) for cell in others)


def _is_words(cell: str) -> bool:
    try:
        return read_number(cell) is None
    except ValueError:
        return read_date(cell) is None and any(letter.isalpha() for letter in cell)


def _says_date(head: str) -> bool:
    return head.strip().casefold() in ("", "date", "period", "year", _("End of the period").casefold(), "period end")


class _Table(QTableWidget):
    pasted = Signal(str)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.setAccessibleName(_("Figures by period and student group"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(gap(8))
        self.horizontalHeader().setDefaultSectionSize(gap(32))
        self.horizontalHeader().setMinimumSectionSize(gap(20))
        self.horizontalHeader().setHighlightSections(False)
        self.setTabKeyNavigation(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete and self.state() != self.State.EditingState:
            self.cleared.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._chosen())
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> str:
        """The chosen block, as a spreadsheet takes it."""
        chosen = self.selectedRanges()
        if not chosen:
            return ""
        area = chosen[0]
        lines = []
        for r in range(area.topRow(), area.bottomRow() + 1):
            cells = [self.item(r, c) for c in range(area.leftColumn(), area.rightColumn() + 1)]
            lines.append("\t".join(cell.text() if cell is not None else "" for cell in cells))
        return "\n".join(lines)
