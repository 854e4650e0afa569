"""The monitoring calendar: in which month each goal is reported to the board, and what was reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QWidget

from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.changes import Past
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.monitored import Cell, cell, lines, months
from planstudio.domain.places import OVERVIEW, at_page
from planstudio.domain.plausibility import about_monitoring
from planstudio.domain.reviews import add_months
from planstudio.gui.desk import Desk
from planstudio.gui.focus import tab_through
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page, PrintRequest
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, fill, plain, quiet, row, scrolled, text
from planstudio.gui.widgets.calendar_grid import CalendarGrid, GridLine
from planstudio.gui.widgets.fields import LineField
from planstudio.gui.widgets.monitoring_form import MonitoringForm
from planstudio.i18n import N_, _, month_year, ngettext
from planstudio.operations.monitoring import (
    delete_monitoring,
    draft_calendar,
    edit_monitoring,
    rename_subject,
    schedule,
)
from planstudio.queries.goals import goals_of_plan
from planstudio.queries.meetings import monitoring_rows
from planstudio.queries.plans import current_plan

SPANS = (18, 24, 36)  # months
NARROW = 200  # gaps of width below which the verbs stand below the title


@shows(page="monitoring", title=N_("Monitoring calendar"))
class MonitoringPage(Page):
    under = at_page("meetings")
    watches = ("monitoring", "goal")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.opened = ""  # the entry that is edited below the grid
        self.by_hand = False  # an empty calendar is shown, to be filled in
        self.up = button(_("‹ Meetings"), "quiet", act=lambda: self.go_requested.emit(at_page("meetings")))
        self.line = quiet("")
        self.span = QComboBox()
        for n in SPANS:
            self.span.addItem(_("{n} months").format(n=n), n)
        self.span.setAccessibleName(_("Months that the calendar covers"))
        self.span.activated.connect(lambda _n: self.refresh())
        self.draft = button(_("Draft a calendar"), "plain", "wand", act=self._draft)
        self.print_calendar = button(_("Print the calendar"), "quiet", "print", act=lambda: self._print("calendar", ""))
        self.print_report = button(_("Print the monitoring report"), "quiet", "print")
        self.print_report.clicked.connect(lambda: self._print("monitoring", self._goal()))
        self.grid = CalendarGrid()
        self.hint = quiet(
            _("Enter or a click on an empty month schedules a report; on one that is scheduled it opens it."), "caption"
        )
        self.form = MonitoringForm()
        self.form.hide()
        self.bound = Binding(self, "monitoring", self._edit, self._step, lambda: self.opened)
        for name, editor in self.form.editors.items():
            self.bound.bind(name, editor)
        self.subject = LineField(_("A subject of its own"), placeholder=_("Superintendent’s evaluation"))
        self.month = QComboBox()
        self.month.setAccessibleName(_("Month of the new subject"))
        self.add = button(_("Add subject"), "plain", "plus", act=self._add_subject)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        verbs = plain(row(None, self.span, 2, self.draft))
        self._head = row(plain(row(text(_("Monitoring calendar"), "display"), None)), verbs)
        self._prints = plain(row(self.print_calendar, 1, self.print_report, None, edge=(1.5, 0, 0, 0)))
        self.subject.setMaximumWidth(gap(80))
        self._entry_row = row(self.subject, 2, plain(column(4.5, row(self.month, 2, self.add, None), None)), grow=0)
        self._entry_row.setStretch(2, 1)
        body = column(self.grid, 1, self.hint, 3, self.form, 4, self._entry_row, edge=(3, 0, 3, 0))
        self._calendar = plain(column(self._prints, 1, body))
        self._empty = self._empty_part()
        up, head = row(self.up, None, edge=(1.5, 0, 0, 0)), column(self._head, 0.5, self.line, edge=(3, 0, 3, 0))
        self._area = scrolled(column(up, head, 1, self._calendar, self._empty, None, edge=(5, 4, 5, 5)))
        self.set_body(self._area)

    def _empty_part(self) -> QWidget:
        self.first_draft = button(_("Draft a calendar"), "primary", act=self._draft)
        self.start_by_hand = button(_("Schedule by hand"), act=self._begin_by_hand)
        self.to_goals = button(_("Write the first goal"), "primary", act=lambda: self.go_requested.emit(OVERVIEW))
        words = _("It says in which month the board hears about each goal, over a year and a half or more.")
        self._use = quiet(words, "reading")
        self._use.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        head = row(None, text(_("No monitoring calendar yet"), "title"), None)
        verbs = row(None, self.to_goals, self.first_draft, 3, self.start_by_hand, None)
        return plain(column(16, head, 2, self._use, 5, verbs))

    def _connect(self) -> None:
        self.grid.entered.connect(self._enter)
        self.grid.stood.connect(self._on_stood)
        self.grid.delete_asked.connect(self._delete)
        self.form.today_asked.connect(self._report_today)
        self.form.delete_asked.connect(lambda: self._delete(self.opened))
        self.form.closed.connect(self._close)
        self.subject.entry.returnPressed.connect(self._add_subject)

    def begin(self) -> None:
        if self.grid.isVisible():
            if self.grid.place() is None and self._lines:
                self.grid.go(self._lines[0].key, self._today().replace(day=1))
            self.grid.setFocus()
        else:
            super().begin()

    def refresh(self) -> None:
        self._plan_id = self.desk.ask(current_plan)
        self._goals = self.desk.ask(goals_of_plan, self._plan_id, whole=False)
        self._rows = self.desk.ask(monitoring_rows, self._plan_id)
        labels = {goal.id: goal.label or _("Goal {number}").format(number=goal.number) for goal in self._goals}
        self._lines = [
            GridLine(line.goal_id or line.subject, labels.get(line.goal_id or "", ""), line.subject, line.entries)
            for line in lines(self._goals, self._rows)
        ]
        shown = _columns(self._rows, self._today(), int(self.span.currentData()))
        wanted = bool(self._rows) or (self.by_hand and bool(self._goals))
        self._calendar.setVisible(wanted)
        self._empty.setVisible(not wanted)
        self.to_goals.setVisible(not self._goals)
        for verb in (self.first_draft, self.start_by_hand):
            verb.setVisible(bool(self._goals))
        self.draft.setVisible(wanted and bool(self._goals))
        fill(self.line, self._summary(shown) if wanted else "")
        self.grid.show_calendar(self._lines, shown, self._today())
        self._show_months(shown)
        self._show_form()
        self._show_verbs()
        tab_through(
            self.up, self.span, self.draft, self.print_calendar, self.print_report, self.grid, *self.form.stops(),
            self.subject.entry, self.month, self.add, self.to_goals, self.first_draft, self.start_by_hand,
        )  # fmt: skip

    def _summary(self, shown: Sequence[date]) -> str:
        count = {state: sum(cell(one, self._today()) is state for one in self._rows) for state in Cell}
        words = _("{first} to {last}. {done} reported, {missed} missed, {coming} to come.").format(
            first=month_year(shown[0]), last=month_year(shown[-1]), done=count[Cell.DONE],
            missed=count[Cell.MISSED], coming=count[Cell.NOW] + count[Cell.PLANNED],
        )  # fmt: skip
        without = sum(not line.entries for line in self._lines)
        more = ngettext("{n} goal has no month.", "{n} goals have no month.", without).format(n=without)
        return f"{words} {more}" if without else words

    def _show_months(self, shown: Sequence[date]) -> None:
        chosen = self.month.currentData() or self._today().replace(day=1)
        if [self.month.itemData(n) for n in range(self.month.count())] != list(shown):
            self.month.clear()
            for month in shown:
                self.month.addItem(month_year(month), month)
        self.month.setCurrentIndex(shown.index(chosen) if chosen in shown else 0)

    def _show_form(self) -> None:
        entry = self._entry()
        self.form.setVisible(entry is not None)
        if entry is None:
            self.opened = ""
            return
        line = self._line_of(entry)
        asked = " ".join(one.words for one in about_monitoring([entry], self._today()))
        self.bound.show(entry)
        self.form.show_entry(entry, ", ".join(filter(None, (line.label, line.name))), asked)

    def _entry(self) -> MonitoringRow | None:
        return next((one for one in self._rows if one.id == self.opened), None)

    def _line_of(self, entry: MonitoringRow) -> GridLine:
        return next(one for one in self._lines if entry in one.entries.get(entry.month.replace(day=1), ()))

    def _show_verbs(self) -> None:
        goal = self._goal()
        self.print_report.setEnabled(bool(goal))
        self.print_report.setToolTip("" if goal else _("Stand on the row of a goal first."))

    def _goal(self) -> str:
        """The goal in whose row one stands; "" for none."""
        here = self.grid.place()
        return here[0] if here is not None and here[0] in {goal.id for goal in self._goals} else ""

    def _lock(self) -> None:
        super()._lock()
        self.span.setEnabled(True)
        for verb in (self.draft, self.first_draft, self.add, self.form.today, self.form.delete):
            verb.setEnabled(not self.desk.workspace.read_only)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < gap(NARROW)
        for box in (self._head, self._entry_row):
            box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _today(self) -> date:
        return self.desk.workspace.clock.today()

    def _on_stood(self) -> None:
        """Another cell: what was open is stored and closed, unless it was refused."""
        self._show_verbs()
        entry = self._entry()
        if entry is not None and entry not in self.grid.entries() and self.store_typed(self.form):
            self._shut()

    def _enter(self, key: str, month: date) -> None:
        """Open what is scheduled in a cell; schedule a report in an empty one."""
        if self.opened and not self.store_typed(self.form):
            return
        entries = next(one.entries.get(month, ()) for one in self._lines if one.key == key)
        if not entries:
            if not self.desk.workspace.read_only:
                self._schedule(key, month)
            return
        self.release(self.form)
        self.opened = entries[0].id
        self._show_form()
        self._lock()
        self.form.reported_on.setFocus()  # and seen when it has its place
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.form, 0, gap(2)))

    def _close(self) -> None:
        if self.store_typed(self.form):
            self._shut()
            self.grid.setFocus()

    def _shut(self) -> None:
        self.opened = ""
        self.form.hide()

    def _schedule(self, key: str, month: date) -> None:
        label = _("Schedule a report")
        if any(goal.id == key for goal in self._goals):
            self.desk.do(label, schedule, self._plan_id, month, goal_id=key)
        else:
            self.desk.do(label, schedule, self._plan_id, month, subject=key)

    def _draft(self) -> None:
        first, span = self._today().replace(day=1), int(self.span.currentData())
        self.desk.do(_("Draft a calendar"), draft_calendar, self._plan_id, first, span)
        self.begin()

    def _begin_by_hand(self) -> None:
        self.by_hand = True
        self.refresh()
        self.begin()

    def _edit(self, session: Any, ident: str, **values: Any) -> None:
        """A subject is renamed wherever it stands."""
        entry = self._entry()
        if "subject" in values and entry is not None:
            rename_subject(session, self._plan_id, entry.subject, values["subject"])
        else:
            edit_monitoring(session, ident, **values)

    def _step(self, name: str) -> str:
        return _("Rename a subject") if name == "subject" else _("Edit a monitoring report")

    def _report_today(self) -> None:
        self.form.reported_on.entry.release()
        self.desk.do(_("Edit a monitoring report"), edit_monitoring, self.opened, reported_on=self._today())
        self.form.reported_on.setFocus()

    def _delete(self, ident: str) -> None:
        entry = next(one for one in self._rows if one.id == ident)
        name = _("{name}, {month}").format(name=self._line_of(entry).name, month=month_year(entry.month))
        if self.opened == ident:
            self.release(self.form)
            self._shut()
        self.grid.setFocus()
        self.remove(name, delete_monitoring, ident)

    def _add_subject(self) -> None:
        words, month = self.subject.entry.text().strip(), self.month.currentData()
        try:
            self.desk.type("", _("Add a subject"), schedule, self._plan_id, month, subject=words)
        except PlanStudioError as error:
            self.subject.refuse(str(error))
        else:
            self.subject.entry.clear()
            self.subject.entry.complain("")
            self.grid.go(words, month)
            self.grid.setFocus()

    def _print(self, report: str, goal_id: str) -> None:
        """Of the plan in force, whichever is shown."""
        self.print_requested.emit(PrintRequest(report, goal_id, Past(self._plan_id, None, self._today(), "")))


def _columns(rows: Sequence[MonitoringRow], today: date, span: int) -> list[date]:
    """The months of the calendar: those with entries, this one, and *span* months from now on."""
    shown, now = months(rows, today), today.replace(day=1)
    first, last = min(shown[0], now), max(shown[-1], add_months(now, span - 1))
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, n) for n in range(count)]
