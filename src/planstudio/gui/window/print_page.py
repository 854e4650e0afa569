"""Choose a report, see it, then save or print it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidgetItem, QWidget

from planstudio.domain.cards import Doubt
from planstudio.domain.changes import Past
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.file_names import sound
from planstudio.domain.reporting import SOURCES, ReportData
from planstudio.gui.desk import Desk
from planstudio.gui.jobs import Job, Jobs
from planstudio.gui.pages.page import PrintRequest
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, listed, plain, row, text, tool
from planstudio.gui.widgets.doubt_list import DoubtList
from planstudio.gui.widgets.fields import Captioned, Choices, LineField
from planstudio.gui.widgets.pages_view import PagesView, PdfFile, Thumbnails
from planstudio.gui.widgets.report_fields import ReportFields
from planstudio.i18n import _, ngettext
from planstudio.packets import book_at
from planstudio.packets import report as ask_report
from planstudio.queries.reporting import subjects
from planstudio.reports.listing import LISTING, print_report, report_named, table_of

if TYPE_CHECKING:
    from planstudio.reports import Printed

IdRole = Qt.ItemDataRole.UserRole


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
        self._filling = False
        self._data: ReportData | None = None
        self._at: Past | None = None
        self._before: Past | None = None
        self._only: frozenset[str] | None = None
        self.setProperty("area", "page")
        self.report = Choices()
        self.report.addItem(_("Plan with its policies"), "packet")
        self.report.addItem(_("Plan book"), "plan")
        self.report.insertSeparator(2)
        for one in LISTING:
            self.report.addItem(one.label, one.name)
        self.about = ReportFields()
        self.moment = text("", "strong", wrap=True)
        self.today = button(_("Print the plan of today"), "quiet")
        self.paper = Choices()
        self.paper.addItem(_("Letter"), "letter")
        self.paper.addItem(_("A4"), "a4")
        self.title = LineField(_("Title on the cover"), placeholder=_("the plan's title"))
        self.policies = listed(_("Policies printed in full"))
        self._policies_field = Captioned(_("Policies printed in full"), self.policies)
        self.pages = PagesView()
        self.thumbnails = Thumbnails()
        self.status = text("", "body", "muted", wrap=True)
        self.missing = text("", "caption", "amber", wrap=True)
        self.doubts = DoubtList()
        self.save = button(_("Save PDF…"), "primary", "download")
        self.print = button(_("Print…"), "plain", "print")
        self.table = button(_("Save as Excel…"), "quiet", "grid")
        self.cancel = button(_("Cancel"), "quiet")
        close = button(_("Back to the plan"), "quiet")
        zoom = row(
            self._zoom("−", _("Smaller (Ctrl+-)"), 0.8),
            self._zoom("+", _("Larger (Ctrl++)"), 1.25),
            self._zoom("↔", _("Fit the width (Ctrl+0)"), 0),
            None,
            self.page_number(),
        )
        side = column(
            row(close, None),
            1,
            text(_("Print"), "display"),
            self.moment,
            row(self.today, None),
            3,
            Captioned(_("Report"), self.report),
            2,
            Captioned(_("Paper"), self.paper),
            2,
            self.title,
            2,
            self._policies_field,
            self.about,
            2,
            self.status,
            self.missing,
            self.doubts,
            row(self.cancel, None),
            2,
            row(self.save, 2, self.print, None),
            1,
            row(self.table, None),
            None,
            edge=(4, 3, 4, 4),
        )
        side.setStretchFactor(self._policies_field, 1000)
        left = area("side", side)
        left.setFixedWidth(gap(84))
        middle = column(plain(zoom), self.pages, edge=(0, 0, 0, 0))
        middle.setStretch(1, 1)
        body = row(left, self.thumbnails, area("page", middle))
        body.setStretch(2, 1)
        self.setLayout(body)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)
        close.clicked.connect(self.closed)
        self.doubts.opened.connect(self.go_requested)
        self.cancel.clicked.connect(self._stop)
        self.today.clicked.connect(lambda: self.open(PrintRequest(self.report.currentData())))
        self.save.clicked.connect(lambda: self.save_requested.emit(self._pdf, self._name()))
        self.print.clicked.connect(lambda: self.print_requested.emit(self._pdf))
        for box in (self.report, self.paper):
            box.activated.connect(lambda _n: self.build())
        self.title.edited.connect(lambda _words: self.build())
        self.about.changed.connect(self.build)
        self.table.clicked.connect(self._save_table)
        self._later = QTimer(self, singleShot=True, interval=600)
        self._later.timeout.connect(lambda: self.build())
        self.policies.itemChanged.connect(lambda _item: self._later.start() if not self._filling else None)
        self.thumbnails.chosen.connect(self.pages.go)
        self.pages.page_changed.connect(self._on_page)
        jobs.progressed.connect(self._on_progress)

    def _zoom(self, words: str, tip: str, times: float) -> QWidget:
        made = tool("plus", words, tip)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        made.setText(words)
        made.setAccessibleName(tip)
        made.clicked.connect(lambda: self.pages.zoom(times))
        return made

    def page_number(self) -> QWidget:
        self._number = text("", "caption", "muted")
        return plain(row(self._number, edge=(0, 1, 3, 1)))

    def open(self, asked: PrintRequest) -> None:
        """Begin with the report that is asked for."""
        at, before = asked.at, asked.before
        self._at, self._before, self._only = at, before, asked.only
        words = at.words if at and at.words else ""
        if before is not None:
            words = _("Changes from {before} to {after}").format(
                before=before.words or _("now"), after=words or _("now")
            )
        elif words:
            words = _("As of {moment}").format(moment=words)
        self.moment.setText(words)
        self.moment.setVisible(bool(words))
        self.today.setVisible(bool(words))
        self.report.setCurrentIndex(max(0, self.report.findData(asked.report)))
        shown = self._shown()
        try:
            there = (
                self.desk.ask(subjects, shown.plan_id)
                if shown.step is None
                else self.desk.ask_at(shown.step, subjects, shown.plan_id)
            )
        except PlanStudioError as error:
            self._nothing(str(error))
            return
        self.about.show_choices(there, asked.about)
        self._filling = True
        self.policies.clear()
        attached = {policy.id for policy in there.policies if policy.uses}
        for policy in there.policies:
            if not policy.body:
                continue
            item = QListWidgetItem(f"{policy.code}  {policy.title}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = policy.id in attached or not attached
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setData(IdRole, policy.id)
            self.policies.addItem(item)
        self._filling = False
        self.build()
        self.report.setFocus()

    def build(self) -> None:
        """Ask and set the report anew; the window stays usable meanwhile."""
        self._stop()
        report, paper, title = self.report.currentData(), self.paper.currentData(), self.title.entry.text()
        self._policies_field.setVisible(report == "packet" and self.policies.count() > 0)
        chosen = {
            item.data(IdRole)
            for n in range(self.policies.count())
            if (item := self.policies.item(n)).checkState() == Qt.CheckState.Checked
        }
        source = SOURCES.get(report)
        compared = report == "redline" and self._before is not None
        self.about.show_needs(*((source.needs, source.takes) if source and not compared else ((), ())))
        self.table.setVisible(source is not None and report_named(report).has_table)
        self._data = None
        self.cancel.show()
        for verb in (self.save, self.print, self.table):
            verb.setEnabled(False)
        missing = self.about.missing(source.needs) if source and not compared else ""
        if missing:
            self._nothing(missing)
            return
        self.status.setText(_("Setting the pages…"))
        workspace, at, before = self.desk.workspace, self._shown(), self._before if compared else None
        about, only = self.about.chosen(), self._only if report == "strategies" else None

        def work(job: Job) -> tuple[Printed, ReportData | None, tuple[Doubt, ...]]:
            from planstudio.reports import build

            with closing(workspace.snapshot(None)) as plans:
                data = ask_report(plans, report, **about, at=at, before=before) if source else None
                data = replace(data, strategies=only) if data else None
                book = data.book if data else book_at(plans, at)
            how: dict[str, Any] = {
                "title": title, "paper": paper, "progress": job.progress, "cancelled": lambda: job.cancelled,
            }  # fmt: skip
            if data is not None:
                return print_report(report, data, **how), data, book.doubts
            return build(report, book, policies=chosen, **how), None, book.doubts

        self._job = self._jobs.start(work, self._show, lambda error: self._nothing(str(error)))

    def _nothing(self, why: str) -> None:
        """No pages, and the reason."""
        self._job = None
        self.cancel.hide()
        self.pages.show_file(None)
        self.thumbnails.show_file(None)
        self.missing.setText("")
        self.doubts.show_doubts(())
        self.status.setText(why)
        self._on_page(0)

    def _save_table(self) -> None:
        if self._data is None:
            return
        from planstudio.exchange.workbook import write_table

        table = table_of(self.report.currentData(), self._data)
        if table is not None:
            self.table_requested.emit(write_table(table), self._name().removesuffix(".pdf") + ".xlsx")

    def _shown(self) -> Past:
        """The plan that is printed: the one on the screen, or what was asked for of the past."""
        return self._at or Past(self.desk.plan_id, None, self.desk.workspace.clock.today(), "")

    def _show(self, made: tuple[Printed, ReportData | None, tuple[Doubt, ...]]) -> None:
        self._job = None
        printed, self._data, asked = made
        self.doubts.show_doubts(asked)
        self._pdf = printed.pdf
        file = PdfFile(printed.pdf)
        self.pages.show_file(file)
        self.thumbnails.show_file(file)
        self.cancel.hide()
        pages = ngettext("{n} page", "{n} pages", printed.pages).format(n=printed.pages)
        self.status.setText(_("{pages}, tagged for screen readers.").format(pages=pages))
        signs = " ".join(printed.missing)
        self.missing.setText(
            _("No font has these characters; they print as boxes: {signs}").format(signs=signs) if signs else ""
        )
        for verb in (self.save, self.print, self.table):
            verb.setEnabled(True)
        self._on_page(0)

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

    def _name(self) -> str:
        stem = Path(self.desk.workspace.path).stem
        return sound(f"{stem} {self.report.currentText().lower()}.pdf")
