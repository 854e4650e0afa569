"""The newest steps that changed an element."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from planstudio.domain.places import at_page
from planstudio.gui.desk import Desk
from planstudio.gui.pages.detail import Card, Detail
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.basics import plain, row, text, tip_of
from planstudio.gui.widgets.marks import initials
from planstudio.gui.widgets.painted import Elided
from planstudio.i18n import _, near_date
from planstudio.queries.history import element_history


class HistoryDetail(Detail):
    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, "history", _("History"), _("Show all"))

    def act(self) -> None:
        self.go_requested.emit(at_page("history"))

    def show_card(self, _card: Card | None) -> None:
        steps, today = self.desk.ask(element_history, *self.place), self.desk.workspace.clock.today()
        lines: list[QWidget] = []
        for one in steps[:6]:
            when = ", ".join(filter(None, (initials(one.author), near_date(one.at.date(), today))))
            who = text(when, "caption", "muted")
            who.setToolTip(tip_of(one.author))
            who.setAccessibleName(f"{one.author}, {when}")
            lines.append(plain(row(Elided(one.label), 2, who, grow=0)))
        self.list_lines(lines, _("Nothing changed yet."), len(steps))
