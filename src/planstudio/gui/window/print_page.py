"""Choose a report, see it, then save or print it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from planstudio.domain.cards import Doubt
from planstudio.domain.changes import Past
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.file_names import sound
from planstudio.domain.reporting import SOURCES, ReportData
from planstudio.gui.desk import Desk
from planstudio.gui.jobs import Job, Jobs
from planstudio.gui.pages.page import PrintRequest
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, fill, plain, quiet, row, text, tool
from planstudio.gui.widgets.doubt_list import DoubtList
from planstudio.gui.widgets.fields import Captioned, Choices, LineField
from planstudio.gui.widgets.pages_view import PagesView, PdfFile, Thumbnails
from planstudio.gui.widgets.policy_ticks import PolicyTicks
from planstudio.gui.widgets.report_fields import ReportFields
from planstudio.i18n import _, ngettext
from planstudio.packets import book_at
from planstudio.packets import report as ask_report
from planstudio.queries.reporting import subjects
from planstudio.reports.listing import LISTING, print_report, report_named, table_of

if TYPE_CHECKING:
    from planstudio.reports import Printed

    Made = tuple[Printed, ReportData | None, tuple[Doubt, ...]]


class PrintPage(QWidget):
    """Builds in a job; what is seen is what is saved."""

    save_requested = Signal(bytes, str)  # the PDF, a name for the file
    print_requested = Signal(bytes)
    table_requested = Signal(bytes, str)  # the Excel file, a name for it
    go_requested = Signal(object)  # a Place
    closed = Signal()

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self.desk = desk
        self._jobs = jobs
        self._job: Job | None = None
        self._pdf = b""
        self._data: ReportData | None = None
        self._asked = PrintRequest()
        self.setProperty("area", "page")
        self.report = Choices(options=((_("Plan with its policies"), "packet"), (_("Plan book"), "plan")))
        self.report.insertSeparator(2)
        for one in LISTING:
            self.report.addItem(one.label, one.name)
        self.about = ReportFields()
        self.moment = text("", "strong", wrap=True)
        self.today = button(_("Print the plan of today"), "quiet", act=lambda: self.open(PrintRequest(self._report)))
        self.paper = Choices(options=((_("Letter"), "letter"), (_("A4"), "a4")))
        self.title = LineField(_("Title on the cover"), placeholder=_("the plan's title"))
        self.policies = PolicyTicks()
        self.pages, self.thumbnails = PagesView(), Thumbnails()
        self.status, self.missing = quiet(""), quiet("", "caption", "amber")
        self.doubts = DoubtList()
        self.save = button(_("Save PDF…"), "primary", "download")
        self.save.clicked.connect(lambda: self.save_requested.emit(self._pdf, self._name()))
        self.print = button(_("Print…"), "plain", "print", act=lambda: self.print_requested.emit(self._pdf))
        self.table = button(_("Save as Excel…"), "quiet", "grid", act=self._save_table)
        self.cancel = button(_("Cancel"), "quiet", act=self._stop)
        self._number = text("", "caption", "muted")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        close = button(_("Back to the plan"), "quiet", act=self.closed)
        side = column(
            row(close, None), 1, text(_("Print"), "display"), self.moment, row(self.today, None), 3,
            Captioned(_("Report"), self.report), 2, Captioned(_("Paper"), self.paper), 2, self.title, 2,
            self.policies, self.about, 2,
            self.status, self.missing, self.doubts, row(self.cancel, None), 2,
            row(self.save, 2, self.print, None), 1, row(self.table, None), None,
            edge=(4, 3, 4, 4),
        )  # fmt: skip
        side.setStretchFactor(self.policies, 1000)
        left = area("side", side)
        left.setFixedWidth(gap(84))
        zoom = row(
            self._zoom("−", _("Smaller (Ctrl+-)"), 0.8), self._zoom("+", _("Larger (Ctrl++)"), 1.25),
            self._zoom("↔", _("Fit the width (Ctrl+0)"), 0), None, plain(row(self._number, edge=(0, 1, 3, 1))),
        )  # fmt: skip
        self.setLayout(row(left, self.thumbnails, area("page", column(plain(zoom), self.pages, grow=1)), grow=2))

    def _connect(self) -> None:
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)
        self.doubts.opened.connect(self.go_requested)
        for box in (self.report, self.paper):
            box.activated.connect(lambda _n: self.build())
        self.title.edited.connect(lambda _words: self.build())
        self.about.changed.connect(self.build)
        self.policies.changed.connect(self.build)
        self.thumbnails.chosen.connect(self.pages.go)
        self.pages.page_changed.connect(self._on_page)
        self._jobs.progressed.connect(self._on_progress)

    def _zoom(self, words: str, tip: str, times: float) -> QWidget:
        made = tool("plus", words, tip, name=tip, act=lambda: self.pages.zoom(times))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        made.setText(words)
        return made

    def open(self, asked: PrintRequest) -> None:
        self._asked = asked
        words = _moment(asked)
        fill(self.moment, words)
        self.today.setVisible(bool(words))
        self.report.setCurrentIndex(max(0, self.report.findData(asked.report)))
        at, ask = self._shown(), self.desk.ask
        try:
            there = ask(subjects, at.plan_id) if at.step is None else self.desk.ask_at(at.step, subjects, at.plan_id)
        except PlanStudioError as error:
            self._show_pages(None, str(error))
            return
        self.about.show_choices(there, asked.about)
        self.policies.show_policies(there.policies)
        self.build()
        self.report.setFocus()

    def build(self) -> None:
        """Ask and set the report anew; the window stays usable meanwhile."""
        self._stop()
        report = self.report.currentData()
        source = SOURCES.get(report)
        before = self._asked.before if report == "redline" else None
        needs, takes = (source.needs, source.takes) if source and before is None else ((), ())
        self.policies.setVisible(report == "packet" and self.policies.count() > 0)
        self.about.show_needs(needs, takes)
        self.table.setVisible(source is not None and report_named(report).has_table)
        self._data = None
        self.cancel.show()
        for verb in (self.save, self.print, self.table):
            verb.setEnabled(False)
        if missing := self.about.missing(needs):
            self._show_pages(None, missing)
            return
        self.status.setText(_("Setting the pages…"))
        how = {"title": self.title.entry.text(), "paper": self.paper.currentData()}
        chosen, about, workspace = self.policies.chosen(), self.about.chosen(), self.desk.workspace
        at, only = self._shown(), self._asked.only if report == "strategies" else None

        def work(job: Job) -> Made:
            from planstudio.reports import build

            told: dict[str, Any] = {**how, "progress": job.progress, "cancelled": lambda: job.cancelled}
            with closing(workspace.snapshot(None)) as plans:
                data = ask_report(plans, report, **about, at=at, before=before) if source else None
                book = data.book if data else book_at(plans, at)
            if data is None:
                return build(report, book, policies=chosen, **told), None, book.doubts
            data = replace(data, strategies=only)
            return print_report(report, data, **told), data, book.doubts

        self._job = self._jobs.start(work, self._show, lambda error: self._show_pages(None, str(error)))

    def _show_pages(self, file: PdfFile | None, told: str, missing: str = "", doubts: tuple[Doubt, ...] = ()) -> None:
        """Show the pages, or None and the reason."""
        self._job = None
        self.cancel.hide()
        self.pages.show_file(file)
        self.thumbnails.show_file(file)
        self.status.setText(told)
        self.missing.setText(missing)
        self.doubts.show_doubts(doubts)
        self._on_page(0)

    def _save_table(self) -> None:
        from planstudio.exchange.workbook import write_table

        if self._data is not None and (table := table_of(self._report, self._data)) is not None:
            self.table_requested.emit(write_table(table), self._name().removesuffix(".pdf") + ".xlsx")

    def _shown(self) -> Past:
        """The plan that is printed: the one on the screen, or what was asked for of the past."""
        return self._asked.at or Past(self.desk.plan_id, None, self.desk.workspace.clock.today(), "")

    def _show(self, made: Made) -> None:
        printed, self._data, asked = made
        self._pdf = printed.pdf
        pages = ngettext("{n} page", "{n} pages", printed.pages).format(n=printed.pages)
        signs = " ".join(printed.missing)
        missing = _("No font has these characters; they print as boxes: {signs}").format(signs=signs) if signs else ""
        told = _("{pages}, tagged for screen readers.").format(pages=pages)
        self._show_pages(PdfFile(printed.pdf), told, missing, asked)
        for verb in (self.save, self.print, self.table):
            verb.setEnabled(True)

    def _on_progress(self, share: float, words: str) -> None:
        if self._job is not None and self.isVisible():
            self.status.setText(f"{words} {share:.0%}")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.cancel.hide()
        self.status.setText("")

    def _on_page(self, page: int) -> None:
        self.thumbnails.mark(page)
        total = self.thumbnails.count()
        self._number.setText(_("Page {n} of {total}").format(n=page + 1, total=total) if total else "")

    @property
    def _report(self) -> str:
        return str(self.report.currentData())

    def _name(self) -> str:
        return sound(f"{self.desk.workspace.path.stem} {self.report.currentText().lower()}.pdf")


def _moment(asked: PrintRequest) -> str:
    """Of when the plan is that is printed, in words; "" for now."""
    words = asked.at.words if asked.at else ""
    if asked.before is not None:
        before, after = asked.before.words or _("now"), words or _("now")
        return _("Changes from {before} to {after}").format(before=before, after=after)
    return _("As of {moment}").format(moment=words) if words else ""
