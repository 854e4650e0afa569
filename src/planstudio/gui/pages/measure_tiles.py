"""The measures of a goal or strategy as tiles, three beside each other, and the verb to add one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from planstudio.domain.cards import MeasureCard
from planstudio.domain.places import Place
from planstudio.gui.pages.page import Page, draw_trend
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, empty, fill, plain, row, text
from planstudio.gui.widgets.measure_card import MeasureTile
from planstudio.i18n import _

IN_A_ROW = 3
MOST = 30


class TileGrid(QGridLayout):
    """Each tile leads from *page* to its measure."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.setSpacing(gap(3))
        for n in range(IN_A_ROW):
            self.setColumnStretch(n, 1)

    def show_measures(self, measures: Sequence[MeasureCard]) -> None:
        empty(self)
        for n, measure in enumerate(measures):
            tile = MeasureTile(measure, draw_trend)
            tile.pressed.connect(lambda ident=measure.id: self._page.go_requested.emit(Place("measure", ident)))
            self.addWidget(tile, n // IN_A_ROW, n % IN_A_ROW)


class MeasureTiles(QWidget):
    def __init__(self, page: Page, add: Callable[[], None]) -> None:
        """*add* adds a measure to what *page* shows."""
        super().__init__()
        self._count = text("", "body", "muted")
        self._grid = TileGrid(page)
        self._more = text("", "caption", "muted")
        verb = button(_("Add measure"), "quiet", "plus", act=add)
        head = row(text(_("Measures"), "heading"), 2, self._count, None, verb, edge=(3, 0, 1, 0))
        self.setLayout(column(head, 2, plain(column(self._grid, self._more, space=1, edge=(3, 0, 3, 0)))))
        self._shown: tuple[MeasureCard, ...] = ()

    def show_measures(self, measures: Sequence[MeasureCard]) -> None:
        self._count.setText(str(len(measures)))
        if tuple(measures) == self._shown:
            return
        self._shown = tuple(measures)
        self._grid.show_measures(measures[:MOST])
        left = len(measures) - MOST
        fill(self._more, _("and {n} more").format(n=left) if left > 0 else "")
