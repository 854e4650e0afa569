"""The main window: start, plan, import and print, with menus, toolbar and status bar. No logic of plans.

It is shown before SQLAlchemy, ReportLab and the pages are imported: what needs
them is imported when a plan is opened.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QWidget,
)

from planstudio import __version__
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.files import Standing
from planstudio.gui import theme
from planstudio.gui.actions import MENUS, Spec
from planstudio.gui.dialogs.preferences import PERCENTS, Choices, Preferences
from planstudio.gui.dialogs.shortcuts import Shortcuts
from planstudio.gui.icons import icon
from planstudio.gui.jobs import Jobs
from planstudio.gui.pages.start_page import StartPage
from planstudio.gui.problems import Problems
from planstudio.gui.settings import Settings
from planstudio.gui.theme import gap
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.basics import Painted, empty, plain, row, text, tool
from planstudio.gui.widgets.marks import paint_mark
from planstudio.i18n import _, clock_time, ngettext

if TYPE_CHECKING:
    from planstudio.domain.recognised import Recognised
    from planstudio.gui.desk import Desk
    from planstudio.gui.pages.plan_view import PlanView
    from planstudio.gui.pages.print_page import PrintPage
    from planstudio.gui.saving import Saver
    from planstudio.workspace import Workspace

PLAN_FILES = "Plan Studio (*.planstudio)"
DOCUMENTS = "*.txt *.md *.markdown *.html *.htm *.xml *.json"
Opener = Callable[..., "Workspace"]


class Window(QMainWindow):
    restyled = Signal()

    def __init__(
        self, opener: Opener, sampler: Callable[[], Path], settings: Settings, data: Path, author: str
    ) -> None:
        super().__init__()
        self._opener = opener
        self._sampler = sampler
        self._data = data
        self.settings = settings
        self.author = author
        self.desk: Desk | None = None
        self.view: PlanView | None = None
        self._printer: PrintPage | None = None
        self._saver: Saver | None = None
        self._workspace: Workspace | None = None
        self.jobs = Jobs(self)
        self.problems = Problems(self)
        self.setAcceptDrops(True)
        self.setWindowTitle("Plan Studio")
        self.setMinimumSize(gap(160), gap(110))
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.actions_by_name: dict[str, QAction] = {}
        self._make_menus()
        self._make_toolbar()
        self._make_status_bar()
        self.start = StartPage(_first_name(author), settings.recent, datetime.now().astimezone())
        self.stack.addWidget(self.start)
        self._connect()
        self.enable()

    # Making.

    def _make_menus(self) -> None:
        for title, specs in MENUS:
            menu = self.menuBar().addMenu(_(title))
            for spec in specs:
                if spec is None:
                    menu.addSeparator()
                    continue
                self.actions_by_name[spec.name] = self._make_action(spec, menu)

    def _make_action(self, spec: Spec, menu: QMenu) -> QAction:
        action = QAction(_(spec.words), self)
        if spec.keys:
            action.setShortcut(QKeySequence(spec.keys))
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.triggered.connect(partial(self._act, spec.name))
        menu.addAction(action)
        return action

    def _make_toolbar(self) -> None:
        self.bar = QToolBar(_("Toolbar"))
        self.bar.setMovable(False)
        self.bar.setIconSize(QSize(gap(4.5), gap(4.5)))
        spread = QWidget()
        spread.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._district = text("", "strong")
        self._plan_title = text("", "body", "muted")
        name = plain(row(self._district, 2, self._plan_title, edge=(2, 0, 0, 0)))
        self._undo, self._redo = tool("undo", tip=_("Undo")), tool("redo", tip=_("Redo"))
        share = tool("share", _("Share"), _("Save a copy, or a clean copy to share"))
        menu = QMenu(share)
        for key in ("save_copy", "clean_copy", "export_json"):
            menu.addAction(self.actions_by_name[key])
        share.setMenu(menu)
        share.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        outline = tool("left", tip=_("Show or hide the outline (F9)"))
        details = tool("right", tip=_("Show or hide the details (F10)"))
        printer = tool("print", _("Print"), _("Print (Ctrl+P)"))
        for one, key in (
            (outline, "outline"),
            (self._undo, "undo"),
            (self._redo, "redo"),
            (printer, "print"),
            (details, "details"),
        ):
            one.clicked.connect(partial(self._act, key))
        for widget in (outline, name, spread, self._undo, self._redo, share, printer, details):
            self.bar.addWidget(widget)
        self.addToolBar(self.bar)
        self.bar.hide()

    def _make_status_bar(self) -> None:
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        self._mark = Painted(gap(3.25), gap(3.25), lambda p, b: paint_mark(p, b, self._mark_status))
        self._mark_status = "saved"
        self._saved = text("", "caption")
        status.addWidget(plain(row(self._mark, 1.5, self._saved, edge=(3, 1, 0, 1))))
        self._work = text("", "caption", "muted")
        self._progress = QProgressBar()
        self._progress.setFixedWidth(gap(40))
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(_("Progress"))
        self._working = plain(row(self._work, 2, self._progress, edge=(0, 0, 3, 0)))
        status.addPermanentWidget(self._working)
        self._working.hide()
        status.hide()

    def _connect(self) -> None:
        self.start.new_requested.connect(self.new_plan)
        self.start.open_requested.connect(self.ask_open)
        self.start.import_requested.connect(self.ask_import)
        self.start.sample_requested.connect(self.open_sample)
        self.start.recent_chosen.connect(lambda path: self.open_plan(Path(path)))
        self.start.dropped.connect(lambda path: self.open_any(Path(path)))
        self.problems.told.connect(self.tell)
        self.jobs.failed.connect(self.problems.show)
        self.jobs.progressed.connect(self._on_progress)
        self.jobs.finished.connect(self._working.hide)
        QApplication.instance().applicationStateChanged.connect(self._on_application_state)  # type: ignore[union-attr]

    # Opening.

    def open_plan(self, path: Path, *, create: bool = False, read_only: bool = False) -> bool:
        """Open the plan at *path* in this window; a refusal is told and leaves everything as it was."""
        if self._workspace is not None and self._workspace.path == Path(path).absolute():
            return True
        try:
            workspace = self._opener(path, create=create, read_only=read_only)
        except PlanStudioError as error:
            self._offer_read_only(path, error, read_only or create)
            return False
        if not self.close_plan():
            workspace.close()
            return False
        from planstudio.gui.desk import Desk
        from planstudio.gui.pages.plan_view import PlanView
        from planstudio.gui.saving import Saver

        self._workspace = workspace
        self.desk = Desk(workspace, self)
        if create:
            from planstudio.operations.plans import create_plan

            workspace.do(_("New plan"), create_plan)
        self.desk.failed.connect(self.problems.show)
        self.desk.changed.connect(lambda _change: self.enable())
        self.view = PlanView(self.desk, self.settings)
        self.view.went.connect(self.enable)
        self.view.import_requested.connect(self.ask_import)
        self._saver = Saver(self.desk, self.jobs)
        self._saver.standing_changed.connect(self._show_standing)
        self.stack.addWidget(self.view)
        self.stack.setCurrentWidget(self.view)
        self.view.go("place", "overview")
        self.view.outline.setFocus()
        self.bar.show()
        self.statusBar().show()
        self.settings.opened(workspace.path)
        self._greet(workspace)
        self._saver.begin()
        self.enable()
        return True

    def _greet(self, workspace: Workspace) -> None:
        """What one should know about this file before one begins."""
        if workspace.recovered:
            n = workspace.recovered
            words = ngettext(
                "Your last change was kept and is here.", "Your last {n} changes were kept and are here.", n
            )
            self.tell(words.format(n=n), False)
        if workspace.elsewhere is not None:
            other = workspace.elsewhere
            since = clock_time(other.since.astimezone()) if other.since else ""
            words = _(
                "{user} on {computer} has this open since {time}. You can both work; the copies are put together."
            )
            self.tell(words.format(user=other.user or _("Somebody"), computer=other.computer, time=since), False)
        if workspace.read_only:
            self.tell(_("This plan is open for reading only. Save a copy to change it."), False)

    def _offer_read_only(self, path: Path, error: PlanStudioError, given_up: bool) -> None:
        from planstudio.domain.errors import StoreUnavailable

        if isinstance(error, StoreUnavailable) and not given_up and Path(path).exists():
            self.tell(str(error), True, _("Open for reading"), lambda: self.open_plan(path, read_only=True))
        else:
            self.problems.show(error)

    def open_any(self, path: Path) -> None:
        """A plan is opened, any other file is brought in."""
        if path.suffix.lower() == ".planstudio":
            self.open_plan(path)
        else:
            self.import_document(path)

    def close_plan(self) -> bool:
        """Publish and close; False where the person has to decide first."""
        if self.desk is None or self._workspace is None or self._saver is None or self.view is None:
            return True
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()  # what is being typed is stored
        try:
            self._saver.save_and_wait()
        except PlanStudioError as error:
            # Nothing is lost: the work stays on this computer and goes to the file when it can be reached.
            self.start.told.addWidget(Banner(_("{why} Your work is kept on this computer.").format(why=error)))
        self._workspace.close()
        for widget in (self.view, self._printer):
            if widget is not None:
                self.stack.removeWidget(widget)
                widget.deleteLater()
        self._saver.deleteLater()
        self.desk = self.view = self._saver = self._workspace = self._printer = None
        self.bar.hide()
        self.statusBar().hide()
        self.setWindowTitle("Plan Studio")
        self.start.show_recent(self.settings.recent, datetime.now().astimezone())
        self.stack.setCurrentWidget(self.start)
        self.enable()
        return True

    @property
    def plan_path(self) -> Path | None:
        return self._workspace.path if self._workspace else None

    @property
    def here(self) -> tuple[str, str]:
        """The place that is shown, for coming back to it."""
        return self.view.here if self.view else ("place", "overview")

    def go(self, table: str, ident: str) -> None:
        if self.view is not None:
            self.view.go(table, ident)

    # What the menus do.

    def _act(self, name: str, *_given: object) -> None:
        act: dict[str, Callable[[], Any]] = {
            "new": self.new_plan,
            "open": self.ask_open,
            "sample": self.open_sample,
            "import": self.ask_import,
            "save_copy": self.save_copy,
            "clean_copy": self.clean_copy,
            "export_json": self.export_json,
            "restore": self.restore,
            "print": self.print_report,
            "close": self.close_plan,
            "quit": self.close,
            "preferences": self.preferences,
            "larger": lambda: self._zoom(1),
            "smaller": lambda: self._zoom(-1),
            "dark": self._toggle_dark,
            "keys": self.show_keys,
            "about": self.about,
        }
        if name in act:
            act[name]()
        elif self.view is not None:
            self._act_in_plan(name, self.view)

    def _act_in_plan(self, name: str, view: PlanView) -> None:
        from planstudio.domain.kinds import StatementKind

        assert self.desk is not None
        act: dict[str, Callable[[], Any]] = {
            "undo": self.undo,
            "redo": self.redo,
            "find": view.begin_find,
            "add_statement": lambda: view.add_statement(StatementKind.OTHER),
            "add_goal": view.add_goal,
            "record": view.record_progress,
            "attach": view.attach_policy,
            "overview": lambda: view.go("place", "overview"),
            "plan": view.outline.setFocus,
            "policies": lambda: view.go("place", "policies"),
            "history": lambda: view.go("place", "history"),
            "outline": view.toggle_outline,
            "details": view.toggle_details,
            "next_pane": lambda: self._walk_panes(1),
            "previous_pane": lambda: self._walk_panes(-1),
        }
        if self.stack.currentWidget() is not view:
            self.stack.setCurrentWidget(view)
        act[name]()

    def undo(self) -> None:
        self._leave_field()
        if self.desk is not None:
            self.desk.undo()

    def redo(self) -> None:
        self._leave_field()
        if self.desk is not None:
            self.desk.redo()

    def _leave_field(self) -> None:
        """What is being typed becomes a step before steps are taken back."""
        focus = QApplication.focusWidget()
        commit = getattr(focus, "commit", None)
        if callable(commit):
            commit()

    def new_plan(self) -> None:
        path = self._ask_path(_("Start a new plan"), _("Strategic plan") + ".planstudio", PLAN_FILES)
        if path is not None:
            if path.exists():
                self.tell(_("{name} exists already. Choose another name.").format(name=path.name), True)
                return
            self.open_plan(path, create=True)

    def ask_open(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Open a plan file"), self.settings.last_folder, PLAN_FILES)
        if path:
            self.open_plan(Path(path))

    def open_sample(self) -> None:
        try:
            self.open_plan(self._sampler())
        except PlanStudioError as error:
            self.problems.show(error)

    def ask_import(self) -> None:
        kinds = _("Documents") + f" ({DOCUMENTS});;" + _("All files") + " (*)"
        path, _kind = QFileDialog.getOpenFileName(self, _("Bring in a document"), self.settings.last_folder, kinds)
        if path:
            self.import_document(Path(path))

    def import_document(self, path: Path) -> None:
        """Recognise a document in a job and show what was found, to be checked before it is taken."""
        from planstudio.exchange import plan_json
        from planstudio.exchange.recognise import read_text, recognise

        try:
            words = read_text(path.read_bytes())
            whole = plan_json.read(words, path.parent) if plan_json.is_plan(words) else None
        except OSError as error:
            self.tell(_("{path} cannot be read: {why}.").format(path=path, why=error.strerror or error), True)
            return
        except PlanStudioError as error:
            self.problems.show(error)
            return
        if whole is not None:
            self._load_json(path, whole)
        else:
            self.jobs.start(lambda _job: recognise(words, path.name), lambda found: self._show_found(found, path.name))

    def _load_json(self, path: Path, whole: dict[str, object]) -> None:
        from planstudio.operations.loading import load

        if self._needs_plan(path.stem) and self.desk is not None:
            self.desk.bring_in(_("Import {name}").format(name=path.name), load, whole)
            if self.view is not None:
                self.view.refresh()

    def _needs_plan(self, stem: str) -> bool:
        """Whether there is a plan to add to; a new one is asked for where none is open."""
        if self.desk is not None:
            return True
        path = self._ask_path(_("Where should the new plan be kept?"), f"{stem}.planstudio", PLAN_FILES)
        return path is not None and self.open_plan(path, create=True)

    def _show_found(self, found: Recognised, name: str) -> None:
        from planstudio.gui.pages.import_page import ImportPage

        page = ImportPage()
        self.importer = page
        page.open(found, name)
        page.closed.connect(lambda: self._leave(page))
        page.taken.connect(self._take)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.tree.setFocus()

    def _take(self, found: Recognised, name: str) -> None:
        from planstudio.operations.importing import take_in
        from planstudio.queries.plans import current_plan

        if not self._needs_plan(Path(name).stem):
            return
        assert self.desk is not None
        assert self.view is not None
        plan_id = self.desk.ask(current_plan)
        if self.desk.bring_in(_("Import {name}").format(name=name), take_in, plan_id, found, name):
            self._leave(self.importer)
            self.view.refresh()
            self.view.go("place", "overview")

    def _leave(self, page: QWidget) -> None:
        self.stack.removeWidget(page)
        page.deleteLater()
        self.stack.setCurrentWidget(self.view or self.start)

    def print_report(self) -> None:
        if self.desk is None or self._saver is None:
            return
        from planstudio.gui.pages.print_page import PrintPage

        self._leave_field()
        self._saver.save()
        if self._printer is None:
            self._printer = PrintPage(self.desk, self.jobs)
            self._printer.closed.connect(lambda: self.stack.setCurrentWidget(self.view or self.start))
            self._printer.save_requested.connect(self._save_pdf)
            self._printer.print_requested.connect(self._send_to_printer)
            self.stack.addWidget(self._printer)
        self.stack.setCurrentWidget(self._printer)
        self._printer.open("packet")

    def _save_pdf(self, pdf: bytes, name: str) -> None:
        path = self._ask_path(_("Save PDF"), name, "PDF (*.pdf)")
        if path is None:
            return
        try:
            path.write_bytes(pdf)
            self.settings.last_folder = str(path.parent)
        except OSError as error:
            self.tell(_("{path} cannot be written: {why}.").format(path=path, why=error.strerror or error), True)

    def _send_to_printer(self, pdf: bytes) -> None:
        """Open the PDF in the computer's own viewer, which knows its printers."""
        from tempfile import NamedTemporaryFile

        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        with NamedTemporaryFile("wb", suffix=".pdf", prefix="packet-", delete=False) as file:
            file.write(pdf)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(file.name)):
            self.tell(_("No program for PDF was found. Save the PDF and print it from there."), True)

    def save_copy(self) -> None:
        self._copy(_("Save a copy"), _("copy"), lambda workspace, path: workspace.save_copy(path))

    def clean_copy(self) -> None:
        self._copy(_("Clean copy to share"), _("to share"), lambda workspace, path: workspace.clean_copy(path))

    def _copy(self, title: str, tail: str, make: Callable[[Workspace, Path], None]) -> None:
        if self._workspace is None:
            return
        self._leave_field()
        workspace = self._workspace
        path = self._ask_path(title, f"{workspace.path.stem} {tail}.planstudio", PLAN_FILES)
        if path is not None:
            self.jobs.start(
                lambda _job: make(workspace, path),
                lambda _done: self.tell(_("Saved {name}.").format(name=path.name), False),
            )

    def export_json(self) -> None:
        if self.desk is None or self._workspace is None:
            return
        from planstudio.exchange import plan_json
        from planstudio.queries.export import whole_file

        path = self._ask_path(_("Export as JSON"), f"{self._workspace.path.stem}.json", "JSON (*.json)")
        if path is not None:
            try:
                path.write_text(plan_json.write(self.desk.ask(whole_file)), "utf-8")
                self.tell(_("Saved {name}.").format(name=path.name), False)
            except OSError as error:
                self.tell(_("{path} cannot be written: {why}.").format(path=path, why=error.strerror or error), True)

    def restore(self) -> None:
        if self._workspace is None or self.view is None or self._saver is None:
            return
        from planstudio.gui.dialogs.restore import Restore

        self._leave_field()
        name = Restore(self, self._workspace.backups()).chosen()
        if name is None:
            return
        try:
            self._workspace.restore(name)
        except PlanStudioError as error:
            self.problems.show(error)
            return
        self.view.refresh()
        self._saver.save()
        self.enable()
        self.tell(_("The earlier copy stands here now. What was here before is under File, Restore."), False)

    def preferences(self) -> None:
        chosen = Preferences(self, Choices(self.author, self.settings.theme, self.settings.percent)).choices()
        if chosen is None:
            return
        if chosen.name != self.author:
            self.author = chosen.name
            (self._data / "person.json").write_text(json.dumps({"name": chosen.name}), "utf-8")
            if self._workspace is not None:
                self._workspace.author = chosen.name
        self.settings.theme, self.settings.percent = chosen.theme, chosen.percent
        self.restyled.emit()

    def _zoom(self, step: int) -> None:
        at = min(range(len(PERCENTS)), key=lambda n: abs(PERCENTS[n] - self.settings.percent))
        self.settings.percent = PERCENTS[min(max(at + step, 0), len(PERCENTS) - 1)]
        self.restyled.emit()

    def _toggle_dark(self) -> None:
        self.settings.theme = "light" if theme.is_dark() else "dark"
        self.restyled.emit()

    def show_keys(self) -> None:
        keys = [
            (spec.keys, _(spec.words).replace("…", ""))
            for _title, specs in MENUS
            for spec in specs
            if spec is not None and spec.keys
        ]
        Shortcuts(self, keys).exec()

    def about(self) -> None:
        self.tell(
            _("Plan Studio {version}. Free software under the Apache License 2.0.").format(version=__version__), False
        )

    # Telling.

    def tell(self, words: str, alarm: bool, action: str = "", act: Callable[[], Any] | None = None) -> None:
        """One line at the top of what is shown."""
        if self.view is not None and self.stack.currentWidget() is not self.start:
            self.view.say(words, alarm=alarm, action=action, act=act)
            if self.stack.currentWidget() is not self.view:
                self.statusBar().showMessage(words, 10_000)
            return
        empty(self.start.told)
        banner = Banner(words, action, alarm=alarm)
        if act is not None:
            banner.acted.connect(act)
        self.start.told.addWidget(banner)

    def _show_standing(self, standing: Standing) -> None:
        at = clock_time(standing.at) if standing.at else ""
        folder = self._workspace.path.parent if self._workspace else ""
        if standing.read_only:
            words, mark = _("Read-only copy"), "aged"
        elif standing.saved:
            words, mark = _("Saved {time}").format(time=at), "saved"
        elif standing.waiting:
            words, mark = _("Saved on this computer, waiting for {folder}").format(folder=folder), "waiting"
        else:
            words, mark = _("Saved on this computer {time}").format(time=at), "saved"
        self._saved.setText(words)
        self._saved.setToolTip(standing.waiting)
        self._mark_status = mark
        self._mark.update()

    def _on_progress(self, share: float, words: str) -> None:
        self._working.show()
        self._work.setText(words)
        self._progress.setValue(round(share * 100))

    def enable(self) -> None:
        """What can be done now, and what Undo and Redo would take back."""
        from_plan = {spec.name for _t, specs in MENUS for spec in specs if spec is not None and spec.needs_plan}
        for name, action in self.actions_by_name.items():
            action.setEnabled(self.desk is not None or name not in from_plan)
        if self.desk is None:
            return
        state = self.desk.undo_state()
        for name, tool_button, label in (("undo", self._undo, state.undo), ("redo", self._redo, state.redo)):
            words = _("Undo") if name == "undo" else _("Redo")
            tip = f"{words} “{label}”" if label else words
            self.actions_by_name[name].setEnabled(label is not None)
            self.actions_by_name[name].setText(tip)
            tool_button.setEnabled(label is not None)
            tool_button.setToolTip(f"{tip} ({self.actions_by_name[name].shortcut().toString()})")
            tool_button.setAccessibleName(tip)
        self._show_names()

    def _show_names(self) -> None:
        assert self.desk is not None
        from planstudio.queries.plans import current_plan, organization_card, plan_card

        with suppress(PlanStudioError):
            district = self.desk.ask(organization_card).name
            title = self.desk.ask(plan_card, self.desk.ask(current_plan)).title
            self._district.setText(district[:80])
            self._plan_title.setText(title[:80])
            name = title or (self._workspace.path.stem if self._workspace else "")
            self.setWindowTitle(f"{name[:100]} — Plan Studio")

    def _walk_panes(self, step: int) -> None:
        if self.view is None:
            return
        panes, focus = self.view.panes(), QApplication.focusWidget()
        at = next(
            (n for n, pane in enumerate(panes) if (focus is not None and pane.isAncestorOf(focus)) or pane is focus), 0
        )
        target = panes[(at + step) % len(panes)]
        if target is self.view.outline:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._first_field(target).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _first_field(self, pane: QWidget) -> QWidget:
        found = pane.nextInFocusChain()
        while found is not None and found is not pane:
            if pane.isAncestorOf(found) and found.isVisible() and found.focusPolicy() & Qt.FocusPolicy.TabFocus:
                return found
            found = found.nextInFocusChain()
        return pane

    def _ask_path(self, title: str, name: str, kinds: str) -> Path | None:
        start = str(Path(self.settings.last_folder or Path.home()) / name)
        chosen, _kind = QFileDialog.getSaveFileName(self, title, start, kinds)
        if not chosen:
            return None
        path, suffix = Path(chosen), Path(name).suffix
        return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

    # Qt.

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationInactive and self._saver is not None:
            self._saver.save()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls()[:1]:
            if url.isLocalFile():
                path = Path(url.toLocalFile())
                QTimer.singleShot(0, partial(self.open_any, path))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        if self.close_plan():
            self.jobs.wait()
            event.accept()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()


def _first_name(author: str) -> str:
    """How the start page greets: not by a login name."""
    words = [word for word in author.split() if not word.endswith(".")]
    return words[0] if len(words) > 1 or (words and words[0][:1].isupper()) else ""
