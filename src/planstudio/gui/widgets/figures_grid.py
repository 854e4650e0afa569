"""Figures as in a spreadsheet: a row for each period, a column for each student group; blocks are pasted.

It draws gui.models.figures and passes on what is typed; what a cell says is decided there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from planstudio.domain.blocks import Clip, to_text
from planstudio.domain.cards import HiddenRow, ObservationRow
from planstudio.gui.models.figures import FiguresModel, Wish
from planstudio.gui.theme import color, gap
from planstudio.gui.widgets.basics import button, column, complain, complaint, fill, quiet, row, text
from planstudio.gui.widgets.fields import Choices, LineField
from planstudio.i18n import _, ngettext


class FiguresGrid(QWidget):
    """What is typed or pasted is looked at cell by cell: what is a figure is kept, the rest stays marked with why."""

    recorded = Signal(list)  # of (period's end, student group, value)
    counted = Signal(list)  # of (period's end, student group, number of students or None)
    delete_requested = Signal(list)  # of (period's end, student group)
    moved = Signal(object, object)  # a period's end, and what it is from now on

    def __init__(self) -> None:
        super().__init__()
        self.model = FiguresModel()
        self.table = _Table()
        self.group = LineField(_("Student group"), placeholder=_("such as: English learners"))
        self.add = button(_("Add column"), "plain", "plus", act=self._add_group)
        self.told = complaint()
        self.sum = text("", "caption", wrap=True)
        self.sum.hide()
        self.drop = button(_("Take away what was not taken"), "quiet", act=self._drop)
        self.drop.hide()
        hint = _("Copy a block in Excel and paste it here, with its dates and headings or without.")
        self.what = Choices(_("What the table shows"), ((_("Figures"), False), (_("Numbers of students"), True)))
        foot = row(self.group, 2, self.add, None, self.drop, bottom=self.add)
        foot.setAlignment(self.drop, Qt.AlignmentFlag.AlignBottom)
        parts = (row(self.what, None), quiet(hint, "caption"), self.table, self.sum, self.told, foot)
        self.setLayout(column(*parts, space=1.5))
        self._shown: tuple[Sequence[ObservationRow], Sequence[HiddenRow]] = ((), ())
        self.what.activated.connect(lambda _n: self._show_again())
        self.table.pasted.connect(self._paste)
        self.table.cleared.connect(self._clear)
        self.table.cellChanged.connect(self._on_changed)
        self.group.entry.returnPressed.connect(self._add_group)

    def show_figures(self, rows: Sequence[ObservationRow], hidden: Sequence[HiddenRow]) -> None:
        self._shown = (rows, hidden)
        self.model.show(rows, hidden)
        self._draw()

    def _show_again(self) -> None:
        self.model.drop()
        self.model.counting = bool(self.what.currentData())
        self.show_figures(*self._shown)

    def _drop(self) -> None:
        self._show_again()
        self.table.setFocus()

    # Drawing.

    def _draw(self) -> None:
        model, columns = self.model, range(len(self.model.columns) + 1)
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(model.lines))
            self.table.setColumnCount(len(columns))
            self.table.setHorizontalHeaderLabels([model.head(c) for c in columns])
            for r, c in product(range(len(model.lines)), columns):
                self._draw_cell(r, c)
        n = len(wrong := model.wrong())
        words = ngettext("{n} cell was not taken: {first}.", "{n} cells were not taken. The first: {first}.", n)
        first = ", ".join(f"{self._place(*at)}: {why}" for at, why in wrong[:1])
        refused = words.format(n=n, first=first) if wrong else ""
        if refused != self.told.text():
            complain(self.told, refused)
        fill(self.sum, model.sum())
        self.drop.setVisible(bool(model.told))
        self.table.setColumnWidth(0, gap(42))
        self.table.setFixedHeight(gap(8) * (min(len(model.lines), 16) + 1) + gap(3))

    def _draw_cell(self, r: int, c: int) -> None:
        item = self.table.item(r, c) or QTableWidgetItem()
        words, why = self.model.words(r, c), self.model.reason(r, c)
        hidden = (r, c) in self.model.hidden and not why
        item.setText(words)
        told = _("Told nowhere but here: too few students, or it would give such a figure away.")
        item.setToolTip(told if hidden else why)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, why)
        item.setForeground(color("muted" if hidden or (why and not self.model.is_wrong(r, c)) else "text"))
        item.setBackground(color("red_wash" if self.model.is_wrong(r, c) else "field"))
        if c:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if self.table.item(r, c) is None:
            self.table.setItem(r, c, item)

    def _place(self, r: int, c: int) -> str:
        return _("row {n}, {column}").format(n=r + 1, column=self.model.head(c))

    # Passing on.

    def _on_changed(self, r: int, c: int) -> None:
        item = self.table.item(r, c)
        if item is not None:
            self._wish(self.model.write(r, c, item.text()))

    def _paste(self, clip: Clip) -> None:
        at = max(self.table.currentRow(), 0), max(self.table.currentColumn(), 0)
        self._wish(self.model.paste(clip, *at))

    def _clear(self) -> None:
        """Delete the figures of the chosen cells."""
        self._wish(self.model.clear([(item.row(), item.column()) for item in self.table.selectedItems()]))

    def _add_group(self) -> None:
        name = " ".join(self.group.entry.text().split())
        if name and all(one.group != name for one in self.model.columns):
            wish = self.model.name_column(name)
            self.group.entry.clear()
            self._wish(wish)
            self.table.setCurrentCell(0, [one.group for one in self.model.columns].index(name) + 1)
            self.table.setFocus()

    def _wish(self, wish: Wish) -> None:
        """Ask the plan for what an edit means; the table is filled anew by its answer."""
        if wish.figures:
            (self.counted if self.model.counting else self.recorded).emit(list(wish.figures))
        if wish.deleted and self.model.counting:
            self.counted.emit([(day, group, None) for day, group in wish.deleted])
        elif wish.deleted:
            self.delete_requested.emit(list(wish.deleted))
        if wish.moved:
            self.moved.emit(*wish.moved)
        self.model.confirm()
        self._draw()


class _Table(QTableWidget):
    pasted = Signal(object)  # Clip
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
            held = QGuiApplication.clipboard().mimeData()
            self.pasted.emit(Clip(held.text(), held.html() if held.hasHtml() else ""))
        elif event.key() == Qt.Key.Key_Delete and self.state() != self.State.EditingState:
            self.cleared.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._chosen())
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> str:
        """The chosen block, as a spreadsheet takes it."""
        if not (chosen := self.selectedRanges()):
            return ""
        columns = range(chosen[0].leftColumn(), chosen[0].rightColumn() + 1)
        rows = range(chosen[0].topRow(), chosen[0].bottomRow() + 1)
        grid = [[self.item(r, c) for c in columns] for r in rows]
        return to_text([[cell.text() if cell is not None else "" for cell in cells] for cells in grid])
