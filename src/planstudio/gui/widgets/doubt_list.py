"""What one would ask about before printing: fields that contradict each other, each with a way to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planstudio.domain.cards import Doubt
from planstudio.domain.words import table_word
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, empty, plain, quiet, row, scrolled, text
from planstudio.i18n import _, ngettext

_HIGHEST = 60
_MOST = 50  # rows; the data quality report has them all


class DoubtList(QWidget):
    """Hidden while there is nothing to ask."""

    opened = Signal(object)  # a Place

    def __init__(self) -> None:
        super().__init__()
        self.head = quiet("", "caption", "amber")
        self._rows = QVBoxLayout()
        self._body = scrolled(column(self._rows, None))
        self.setLayout(column(self.head, self._body, space=1))
        self.hide()

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        empty(self._rows)
        words = ngettext("{n} thing to look at before printing", "{n} things to look at before printing", len(doubts))
        self.head.setText(words.format(n=len(doubts)))
        for one in doubts[:_MOST]:
            self._rows.addWidget(self._row(one))
        self._body.setFixedHeight(gap(min(_HIGHEST, 24 * len(doubts))))
        self.setVisible(bool(doubts))

    def _row(self, one: Doubt) -> QWidget:
        name = " ".join(filter(None, (table_word(one.table), one.number, one.name)))
        shows = _("Show {name}").format(name=name)
        show = button(_("Show"), "quiet", name=shows, act=lambda: self.opened.emit(one.page))
        line = column(text(name, "caption strong", wrap=True), text(one.words, "caption", wrap=True), space=0.5)
        return plain(column(line, row(show, None), space=0.5, edge=(0, 1, 0, 1)))
