"""What this district calls its levels and statuses; empty fields keep the field's own words, which stand in them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from planstudio.domain import naming
from planstudio.domain.errors import InvalidInput
from planstudio.domain.words import table_word
from planstudio.gui.dialogs.asked import BaseDialog, accepted
from planstudio.gui.widgets.basics import Part, button, column, complain, quiet, scrolled, table, text
from planstudio.gui.widgets.fields import Entry
from planstudio.gui.widgets.marks import STATUS, chip
from planstudio.i18n import LEVELS, _, unnamed


@dataclass(frozen=True)
class Named:
    """The words as they are kept."""

    levels: str
    statuses: str


class Names(BaseDialog):
    def __init__(self, parent: QWidget, now: Named) -> None:
        super().__init__(parent, _("Names of levels and statuses"), 150, 150)
        self._kept: Named | None = None
        self.levels = {level: (Entry(), Entry()) for level in LEVELS}
        self.statuses = {kind: Entry() for _title, kinds in naming.SETS for kind in kinds}
        self.told = quiet("", tone="red")
        self.told.hide()
        body = column(
            text(_("Levels"), "heading"), 1, self._level_grid(naming.read_levels(now.levels)), 4, *self._sets(now),
            None, edge=(0, 0, 3, 0),
        )  # fmt: skip
        self.keep = button(_("Keep"), "primary", act=self._try)
        hint = _("Words of your own stand on every page and report of this district. The rules behind them stay.")
        heading = text(_("What do you call it?"), "title")
        self.lay_out(self.keep, heading, 1, quiet(hint), 3, scrolled(body), 2, self.told, space=0)

    def _level_grid(self, now: dict[str, tuple[str, str]]) -> QWidget:
        rows: list[list[QWidget]] = [[text(head, "caption", "muted") for head in ("", _("One"), _("Several"))]]
        for level, (one, many) in self.levels.items():
            own = unnamed(table_word, level)
            kept = now.get(level, ("", ""))
            _fill(one, kept[0], own, _("{level}: one").format(level=own))
            several = unnamed(_, LEVELS[level][1]).capitalize()
            _fill(many, kept[1], several, _("{level}: several").format(level=own))
            rows.append([text(own, "strong"), one, many])
        return table(rows, 3)

    def _sets(self, now: Named) -> list[Part]:
        renamed, own = naming.read_statuses(now.statuses), naming.own_words()
        parts: list[Part] = []
        for title, kinds in naming.SETS:
            rows: list[tuple[QWidget, QWidget]] = []
            for kind in kinds:
                _fill(self.statuses[kind], renamed.get(kind, ""), own[kind], own[kind])
                sign = chip(kind.value, own[kind]) if kind.value in STATUS else text(own[kind], "strong")
                rows.append((sign, self.statuses[kind]))
            parts += [text(_(title), "heading"), 1, table(rows, 3, 0, 1), 4]
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


def _fill(entry: Entry, words: str, hint: str, name: str) -> None:
    entry.setText(words)
    entry.setPlaceholderText(hint)
    entry.setAccessibleName(name)
