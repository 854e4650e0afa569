"""What this district calls its levels and statuses; empty fields keep the field's own words, which stand in them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from planstudio.domain import naming
from planstudio.domain.errors import InvalidInput
from planstudio.domain.words import table_word
from planstudio.gui.dialogs.asked import accepted
from planstudio.gui.theme import gap, room
from planstudio.gui.widgets.basics import button, column, complain, plain, quiet, row, scrolled, text
from planstudio.gui.widgets.fields import Entry
from planstudio.gui.widgets.marks import STATUS, chip
from planstudio.i18n import LEVELS, _, unnamed


@dataclass(frozen=True)
class Named:
    """The words as they are kept."""

    levels: str
    statuses: str


class Names(QDialog):
    def __init__(self, parent: QWidget, now: Named) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Names of levels and statuses"))
        self.setMinimumSize(room(150, 150))
        self._kept: Named | None = None
        self.levels: dict[str, tuple[Entry, Entry]] = {}
        self.statuses = {kind: Entry() for _title, kinds in naming.SETS for kind in kinds}
        self.told = quiet("", tone="red")
        self.told.hide()
        body = column(
            text(_("Levels"), "heading"), 1, self._level_grid(naming.read_levels(now.levels)), 4, *self._sets(now),
            None, edge=(0, 0, 3, 0),
        )  # fmt: skip
        self.keep = button(_("Keep"), "primary", act=self._try)
        self.keep.setDefault(True)
        leave = button(_("Cancel"), "plain", act=self.reject)
        hint = _("Words of your own stand on every page and report of this district. The rules behind them stay.")
        whole = column(
            text(_("What do you call it?"), "title"), 1, quiet(hint), 3,
            scrolled(body), 2, self.told, row(None, leave, self.keep, space=2), edge=(5, 5, 5, 5),
        )  # fmt: skip
        self.setLayout(whole)

    def _level_grid(self, now: dict[str, tuple[str, str]]) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(gap(3))
        grid.setVerticalSpacing(gap(1.5))
        for n, head in enumerate(("", _("One"), _("Several"))):
            grid.addWidget(text(head, "caption", "muted"), 0, n)
        for n, level in enumerate(LEVELS, 1):
            own = unnamed(table_word, level)
            grid.addWidget(text(own, "strong"), n, 0)
            pair = (Entry(), Entry())
            hints = (own, unnamed(_, LEVELS[level][1]).capitalize())
            names = (_("{level}: one").format(level=own), _("{level}: several").format(level=own))
            for at, entry in enumerate(pair):
                entry.setText(now.get(level, ("", ""))[at])
                entry.setPlaceholderText(hints[at])
                entry.setAccessibleName(names[at])
                grid.addWidget(entry, n, at + 1)
            self.levels[level] = pair
        return plain(grid)

    def _sets(self, now: Named) -> list[QWidget | float]:
        renamed, own = naming.read_statuses(now.statuses), naming.own_words()
        parts: list[QWidget | float] = []
        for title, kinds in naming.SETS:
            grid = QGridLayout()
            grid.setHorizontalSpacing(gap(3))
            grid.setVerticalSpacing(gap(1.5))
            grid.setColumnStretch(1, 1)
            for n, kind in enumerate(kinds):
                entry = self.statuses[kind]
                entry.setText(renamed.get(kind, ""))
                entry.setPlaceholderText(own[kind])
                entry.setAccessibleName(own[kind])
                sign = chip(kind.value, own[kind]) if kind.value in STATUS else text(own[kind], "strong")
                grid.addWidget(sign, n, 0)
                grid.addWidget(entry, n, 1)
            parts += [text(_(title), "heading"), 1, plain(grid), 4]
        return parts

    def _try(self) -> None:
        try:
            levels = {level: (one.text(), many.text()) for level, (one, many) in self.levels.items()}
            statuses = {kind: entry.text() for kind, entry in self.statuses.items()}
            self._kept = Named(naming.levels_text(levels), naming.statuses_text(statuses))
        except InvalidInput as error:
            complain(self.told, str(error))
        else:
            self.accept()

    def named(self) -> Named | None:
        """The words, None where they stay as they are."""
        return self._kept if accepted(self) else None
