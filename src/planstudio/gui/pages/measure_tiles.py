"""The measures of a goal or strategy as tiles, three beside each other, and the verb to add one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from planstudio.domain.cards import MeasureCard
from planstudio.gui.pages.page import draw_trend
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, empty, plain, row, text
from planstudio.gui.widgets.measure_card import MeasureTile
from planstudio.i18n import _

IN_A_ROW = 3
MOST = 30


class MeasureTiles(QWidget):
    opened = Signal(str)  # measure id
    add_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = text("", "body", "muted")
        add = button(_("Add measure"), "quiet", "plus", act=self.add_requested)
        self._grid = QGridLayout()
        self._grid.setSpacing(gap(3))
        self._more = text("", "caption", "muted")
        head = row(text(_("Measures"), "heading"), 2, self._count, None, add, edge=(3, 0, 1, 0))
        self.setLayout(column(head, 2, plain(column(self._grid, self._more, space=1, edge=(3, 0, 3, 0)))))
        self._shown: tuple[MeasureCard, ...] = ()

    def show_measures(self, measures: Sequence[MeasureCard]) -> None:
        self._count.setText(str(len(measures)))
        if tuple(measures) == self._shown:
            return
        self._shown = tuple(measures)
        empty(self._grid)
        for n, measure in enumerate(measures[:MOST]):
            tile = MeasureTile(measure, draw_trend)
            tile.pressed.connect(lambda ident=measure.id: self.opened.emit(ident))
            self._grid.addWidget(tile, n // IN_A_ROW, n % IN_A_ROW)
        for n in range(IN_A_ROW):
            self._grid.setColumnStretch(n, 1)
        left = len(measures) - MOST
        self._more.setText(_("and {n} more").format(n=left) if left > 0 else "")
        self._more.setVisible(left > 0)
