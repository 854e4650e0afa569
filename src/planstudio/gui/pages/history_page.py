"""Who changed what and when in the whole plan, with the cells of each step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem, QVBoxLayout

from planstudio.domain.changes import Change, HistoryLine
from planstudio.domain.places import at_page
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page, refill
from planstudio.gui.pages.place_tree import PlaceTree
from planstudio.gui.pages.registry import shows
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.basics import area, button, column, empty, plain, quiet, row, scrolled, split, text
from planstudio.gui.widgets.marks import initials
from planstudio.i18n import N_, _, clock_time, medium_date, ngettext
from planstudio.queries.conflicts import count_differences
from planstudio.queries.history import plan_history, step_count, step_details

StepRole = Qt.ItemDataRole.UserRole + 1  # HistoryLine
_PART = 300


@shows(page="history", title=N_("History"))
class HistoryPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.count = text("", "body", "muted")
        self.list = PlaceTree(_("Steps, newest first"), [_("Step"), _("Who"), _("When")], (36, 42), 7.5)
        self.past = button(_("Look back"), "plain", "history", act=lambda: self.go_requested.emit(at_page("past")))
        self.past.setToolTip(_("The plan as it was, and what has changed since (Ctrl+6)"))
        self.older = button(_("Show older steps"), "quiet", act=lambda: self._append(self._oldest))
        self._details, self._conflicts = QVBoxLayout(), QVBoxLayout()
        left = column(
            row(text(_("History"), "display"), 2, self.count, None, self.past), 2,
            self._conflicts, 1, self.list, row(self.older, None),
            edge=(8, 6, 4, 4), grow=4,
        )  # fmt: skip
        self._details_page = scrolled(column(self._details, None, edge=(5, 8, 5, 5)), "side")
        self.set_body(split((area("page", left), 150), (self._details_page, 90)))
        self.list.currentItemChanged.connect(lambda item, _before: self._show_details(item))
        self._oldest: int | None = None

    def concerned(self, _change: Change) -> bool:
        return True

    def refresh(self) -> None:
        steps = self.desk.ask(step_count)
        self.count.setText(ngettext("{n} step", "{n} steps", steps).format(n=steps))
        empty(self._conflicts)
        if n := self.desk.ask(count_differences):
            words = ngettext("{n} difference to settle", "{n} differences to settle", n).format(n=n)
            self.settle = Banner(words, _("Settle"), heard=False)
            self.settle.acted.connect(lambda: self.go_requested.emit(at_page("settle")))
            self._conflicts.addWidget(self.settle)
        self.list.clear()
        self._append(None)
        if (newest := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(newest)
        else:
            refill(self._details, [quiet(_("Nothing has been changed yet."))])

    def _append(self, before: int | None) -> None:
        lines = self.desk.ask(plan_history, _PART, before)
        for line in lines:
            when = f"{medium_date(line.at.date())}, {clock_time(line.at)}"
            item = QTreeWidgetItem([line.label, f"{initials(line.author)}  {line.author}", when])
            item.setData(0, StepRole, line)
            self.list.addTopLevelItem(item)
        self._oldest = lines[-1].seq if lines else None
        self.older.setVisible(len(lines) == _PART)

    def _show_details(self, item: QTreeWidgetItem | None) -> None:
        empty(self._details)
        if item is None:
            return
        line: HistoryLine = item.data(0, StepRole)
        self._details.addWidget(text(line.label, "heading", wrap=True))
        self._details.addWidget(quiet(f"{line.author}, {item.text(2)}", "caption"))
        for detail in self.desk.ask(step_details, line.seq)[:60]:
            name = f"{detail.element} · {detail.field}" if detail.field else detail.element
            part = column(quiet(name, "caption strong"), space=0.5, edge=(0, 3, 0, 0))
            for words, caption, tone in ((detail.before, _("before"), "muted"), (detail.after, _("now"), None)):
                if words:
                    said = text(f"{caption}: {words}", "body", tone, wrap=True)
                    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                    part.addWidget(said)
            self._details.addWidget(plain(part))
