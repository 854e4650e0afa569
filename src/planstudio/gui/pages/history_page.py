"""Who changed what and when in the whole plan, with the cells of each step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from planstudio.domain.changes import Change, HistoryLine
from planstudio.domain.places import at_page
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import font, gap
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.basics import area, button, column, empty, plain, quiet, row, scrolled, split, text
from planstudio.gui.widgets.marks import initials
from planstudio.i18n import N_, _, clock_time, medium_date, ngettext
from planstudio.queries.conflicts import count_differences
from planstudio.queries.history import plan_history, step_count, step_details

_PART = 300


@shows(page="history", title=N_("History"))
class HistoryPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.count = text("", "body", "muted")
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("Step"), _("Who"), _("When")])
        self.list.setAccessibleName(_("Steps, newest first"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setStyleSheet(f"QTreeView::item {{ height: {gap(7.5)}px; }}")
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(1, gap(36))
        head.resizeSection(2, gap(42))
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
        self._show_conflicts()
        self.list.clear()
        self._append(None)
        newest = self.list.topLevelItem(0)
        if newest is not None:
            self.list.setCurrentItem(newest)
        else:
            empty(self._details)
            self._details.addWidget(quiet(_("Nothing has been changed yet.")))

    def _append(self, before: int | None) -> None:
        lines = self.desk.ask(plan_history, _PART, before)
        for line in lines:
            item = QTreeWidgetItem([line.label, f"{initials(line.author)}  {line.author}", _when(line)])
            item.setData(1, Qt.ItemDataRole.UserRole, line.author)
            item.setData(0, Qt.ItemDataRole.UserRole, line.seq)
            self.list.addTopLevelItem(item)
        self._oldest = lines[-1].seq if lines else None
        self.older.setVisible(len(lines) == _PART)

    def _show_details(self, item: QTreeWidgetItem | None) -> None:
        empty(self._details)
        if item is None:
            return
        title = text(item.text(0), "heading", wrap=True)
        self._details.addWidget(title)
        self._details.addWidget(quiet(f"{item.data(1, Qt.ItemDataRole.UserRole)}, {item.text(2)}", "caption"))
        for detail in self.desk.ask(step_details, item.data(0, Qt.ItemDataRole.UserRole))[:60]:
            name = f"{detail.element} · {detail.field}" if detail.field else detail.element
            part = column(quiet(name, "caption strong"), space=0.5, edge=(0, 3, 0, 0))
            for words, caption in ((detail.before, _("before")), (detail.after, _("now"))):
                if words:
                    said = text(f"{caption}: {words}", "body", "muted" if caption == _("before") else None, wrap=True)
                    said.setFont(font("body"))
                    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                    part.addWidget(said)
            self._details.addWidget(plain(part))

    def _show_conflicts(self) -> None:
        empty(self._conflicts)
        if n := self.desk.ask(count_differences):
            words = ngettext("{n} difference to settle", "{n} differences to settle", n).format(n=n)
            self.settle = Banner(words, _("Settle"), heard=False)
            self.settle.acted.connect(lambda: self.go_requested.emit(at_page("settle")))
            self._conflicts.addWidget(self.settle)


def _when(line: HistoryLine) -> str:
    return f"{medium_date(line.at.date())}, {clock_time(line.at)}"
