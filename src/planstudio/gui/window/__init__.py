"""The main window: start, plan, import and print in one frame. It knows no rule of plans.

It is shown before SQLAlchemy, ReportLab and the pages are imported: what needs
them is imported when a plan is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from shiboken6 import isValid

from planstudio import __version__, files
from planstudio.domain.errors import Locked, PlanStudioError
from planstudio.domain.file_words import arrivals
from planstudio.domain.files import Standing
from planstudio.gui.jobs import Jobs
from planstudio.gui.pages.start_page import StartPage
from planstudio.gui.person import Person
from planstudio.gui.problems import Problems
from planstudio.gui.settings import Settings
from planstudio.gui.widgets import dropping
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.basics import empty
from planstudio.gui.window.asking import Asking
from planstudio.gui.window.copies import Copies
from planstudio.gui.window.file_notice import FileNotice
from planstudio.gui.window.frame import Frame
from planstudio.gui.window.greeting import differences_words, greetings, to_settle
from planstudio.gui.window.importing import PLAN_FILES, Importing
from planstudio.gui.window.looks import Looks
from planstudio.gui.window.opening import Openings, is_large, read_ahead
from planstudio.gui.window.secrecy import Secrecy
from planstudio.i18n import _, ngettext, rename

if TYPE_CHECKING:
    from planstudio.domain.changes import Past
    from planstudio.gui.desk import Begun, Desk
    from planstudio.gui.pages.plan_view import PlanView
    from planstudio.gui.pages.print_page import PrintPage
    from planstudio.gui.saving import Saver
    from planstudio.workspace import Workspace

Opener = Callable[..., "Workspace"]


class Window(Frame):
    restyled = Signal()

    def __init__(
        self, opener: Opener, sampler: Callable[[], Path], settings: Settings, data: Path, author: str
    ) -> None:
        """*author* is who works here as far as the computer knows; what was said in the program goes before it."""
        super().__init__(settings)
        self.opener = opener
        self._leaving = False  # the window is to close, not the plan alone
        self._sampler = sampler
        self.data = data
        self.person = Person.kept_in(data, author)
        self.author = self.person.name
        self.desk: Desk | None = None
        self.view: PlanView | None = None
        self.saver: Saver | None = None
        self.workspace: Workspace | None = None
        self.printer: PrintPage | None = None
        self.jobs = Jobs(self)
        self.problems = Problems(self)
        self.importing = Importing(self)
        self.copies = Copies(self)
        self.looks = Looks(self, settings)
        self.asking = Asking(self)
        self.notice = FileNotice(self)
        self.secrecy = Secrecy(self)
        self.opening = Openings(self)
        self.start = StartPage(self.person, settings.recent, datetime.now().astimezone())
        self.stack.addWidget(self.start)
        self.show_bars(False)
        self._connect()
        self.show_state()

    def _connect(self) -> None:
        self.start.introduced.connect(self.asking.introduce)
        self.start.new_requested.connect(self.new_plan)
        self.start.open_requested.connect(self.ask_open)
        self.start.import_requested.connect(self.importing.ask)
        self.start.sample_requested.connect(self.open_sample)
        self.start.recent_chosen.connect(lambda path: self.open_plan(Path(path)))
        self.problems.told.connect(self.tell)
        self.jobs.failed.connect(self.problems.show)
        self.acted.connect(self._act)
        self.jobs.progressed.connect(self.show_progress)
        self.jobs.finished.connect(self.end_progress)
        QApplication.instance().applicationStateChanged.connect(self._on_application_state)  # type: ignore[union-attr]

    # Opening and closing.

    def open_plan(self, path: Path, *, create: bool = False, read_only: bool = False, at_once: bool = False) -> bool:
        """Open the plan at *path* in this window; a refusal is told and leaves everything as it was.

        A large one is read in a job and shown when it is ready, unless it is to be shown *at_once*.
        """
        if self.workspace is not None and self.workspace.path == Path(path).absolute():
            return True
        if not (create or at_once) and is_large(path):
            self.opening.read(path, read_only)
            return False
        try:
            workspace = self.opener(path, create=create, read_only=read_only)
        except PlanStudioError as error:
            self.offer_read_only(path, error, read_only or create, read_only=read_only)
            return False
        return self.show_plan(workspace, create=create)

    def show_plan(self, workspace: Workspace, *, create: bool = False) -> bool:
        """Show *workspace* in the place of what is open."""
        if not self.close_plan():
            workspace.close()
            return False
        from planstudio.gui.desk import Desk
        from planstudio.gui.pages.plan_view import PlanView
        from planstudio.gui.saving import Saver

        self.workspace = workspace
        self.desk = Desk(workspace, self)
        self.asking.speak(workspace)
        if create:
            from planstudio.operations.plans import create_plan

            workspace.found(_("New plan"), create_plan)
        self.desk.failed.connect(self.problems.show)
        self.desk.changed.connect(self.asking.on_changed)
        self.view = PlanView(self.desk, self.settings)
        self.view.went.connect(self.show_state)
        self.view.import_requested.connect(self.importing.ask)
        self.view.print_requested.connect(self.print_report)
        self.view.past_print_requested.connect(self.print_report)
        self.view.list_requested.connect(lambda only: self.print_report("strategies", only=only))
        self.view.packet.save_requested.connect(self.copies.save_pdf)
        self.saver = Saver(self.desk, self.jobs)
        self.saver.setParent(self)  # so that it ends with the window, and never in a job's thread
        self.saver.standing_changed.connect(self._show_standing)
        self.saver.merged.connect(self._on_merged)
        self.saver.standing_changed.connect(self.notice.show_standing)
        self.saver.heavy.connect(self._on_heavy)
        self.saver.cancelling.connect(self.offer_cancel)
        self.saver.gatherer.gathered.connect(self._on_gathered)
        self.saver.gatherer.lost.connect(self._on_lost)
        self.saver.gatherer.jobs.progressed.connect(self.show_progress)
        self.saver.gatherer.jobs.finished.connect(self.end_progress)
        self.stack.addWidget(self.view)
        self.stack.setCurrentWidget(self.view)
        self.view.come_back()
        self.view.outline.setFocus()
        self.show_bars(True)
        self.settings.opened(workspace.path)
        workspace.forget_other_keys()
        self.secrecy.begin()
        self.problems.reticent = workspace.secret
        for words in greetings(workspace):
            back = workspace.former is not None and str(workspace.former.name) in words
            self.tell(words, False, *((_("Restore…"), self.copies.restore) if back else ()))
        if n := to_settle(workspace):
            self.tell(differences_words(n), False, _("Settle"), lambda: self.go("place", "settle"))
        if not self.person.known:
            words = _("History names you “{name}”.").format(name=self.author or _("somebody"))
            self.tell(words, False, _("Say who you are"), self.asking.preferences)
        self.saver.begin()
        self.show_state()
        QTimer.singleShot(400, self, self._after_opening)  # when the page stands
        return True

    def _after_opening(self) -> None:
        if self.desk is not None:
            self.asking.check_spelling()
            self.jobs.start(read_ahead, lambda _read: None)
            workspace = self.desk.workspace
            self.jobs.start(lambda _job: workspace.read_words(), lambda _read: None, lambda _refused: None)

    def offer_read_only(self, path: Path, error: PlanStudioError, given_up: bool, *, read_only: bool = False) -> None:
        from planstudio.domain.errors import StoreUnavailable

        if isinstance(error, Locked):
            self.secrecy.ask(path, str(error), read_only=read_only)
        elif isinstance(error, StoreUnavailable) and not given_up and Path(path).exists():
            self.tell(str(error), True, _("Open for reading"), lambda: self.open_plan(path, read_only=True))
        else:
            self.problems.show(error)

    def open_all(self, paths: list[Path], elsewhere: list[str]) -> None:
        """What was dropped together: the first plan is opened, every document brought in, the rest named."""
        plans = [path for path in paths if files.is_plan(path)]
        folders = [path for path in paths if path not in plans and path.is_dir()]
        if plans:
            self.open_plan(plans[0])
        if plans[1:]:
            names = ", ".join(files.shown(path.name) for path in plans[1:])
            words = _("One window shows one plan; these were not opened: {names}. Open them one after the other.")
            self.tell(words.format(names=names), True)
        for address in (*map(files.shown, folders), *elsewhere):
            self.tell(_("{address} is not a file on this computer.").format(address=address), True)
        self.importing.bring_in_all([path for path in paths if path not in plans and path not in folders])

    def open_any(self, path: Path) -> None:
        """A plan is opened, any other file is brought in."""
        if files.is_plan(path):
            self.open_plan(path)
        else:
            self.importing.bring_in(path)

    def close_plan(self, *, publish: bool = True, locking: bool = False) -> bool:
        """Publish and close; False where the person has to decide first. *locking* waits for no decision."""
        if self.desk is None or self.workspace is None or self.saver is None or self.view is None:
            return True
        settled = self.view.settle()
        if not locking and (not settled or self.importing.return_to_page() or self._return_to_begun()):
            return False
        if publish and not self._save_last() and not locking:
            return False
        self.saver.end()
        self.view.close_down()
        self.opening.keep()
        self.workspace.close()
        for widget in (self.view, self.printer):
            if widget is not None:
                self.stack.removeWidget(widget)
                widget.deleteLater()
        self.saver.deleteLater()
        self.notice.forget()
        self.secrecy.stop_asking()
        self.desk = self.view = self.saver = self.workspace = self.printer = None
        rename({}, {})
        self.secrecy.begin()
        self.title_actions()
        self.show_bars(False)
        self.show_names("", "", "")
        self.start.show_recent(self.settings.recent, datetime.now().astimezone())
        self.stack.setCurrentWidget(self.start)
        self.show_state()
        return True

    def _save_last(self) -> bool:
        """Save before closing; False, with the choices told, where the work would be nowhere but here."""
        assert self.saver is not None
        assert self.view is not None
        assert self.workspace is not None
        try:
            self.saver.save_and_wait()
        except PlanStudioError as error:
            n = self.workspace.waiting
            words = ngettext(
                "{why} {n} change is nowhere but on this computer, where it is kept.",
                "{why} {n} changes are nowhere but on this computer, where they are kept.",
                n,
            )
            close = self.close if self._leaving else self.close_plan
            self.view.banners.ask(
                words.format(why=error, n=n), (_("Try again"), close), (_("Save a copy"), self.copies.save_copy),
                (_("Close anyway"), partial(self._close_anyway, close)), alarm=True,
            )  # fmt: skip
            return False
        return True

    def _close_anyway(self, close: Callable[[], bool]) -> None:
        if self.close_plan(publish=False):
            close()

    @property
    def plan_path(self) -> Path | None:
        return self.workspace.path if self.workspace else None

    @property
    def here(self) -> tuple[str, str]:
        """The place that is shown, for coming back to it."""
        return self.view.here if self.view else ("place", "overview")

    def go(self, table: str, ident: str) -> None:
        if self.view is not None:
            self.view.go(table, ident)

    # What the menus do.

    def _act(self, name: str) -> None:
        act: dict[str, Callable[[], Any]] = {
            "new": self.new_plan,
            "open": self.ask_open,
            "sample": self.open_sample,
            "import": self.importing.ask,
            "save_copy": self.copies.save_copy,
            "one_file": self.copies.one_file,
            "clean_copy": self.copies.clean_copy,
            "export_json": self.copies.export_json,
            "json_for_others": self.copies.json_for_others,
            "restore": self.copies.restore,
            "merge_copy": self.copies.ask_merge,
            "protect": self.secrecy.protect,
            "password": self.secrecy.change,
            "recovery": self.secrecy.print_sheet,
            "lock": self.secrecy.lock,
            "print": self._print_here,
            "close": self.secrecy.close,
            "quit": self.close,
            "preferences": self.asking.preferences,
            "larger": lambda: self.looks.zoom(1),
            "smaller": lambda: self.looks.zoom(-1),
            "dark": self.looks.toggle_dark,
            "keys": self.asking.show_keys,
            "about": self.about,
        }
        if name in act:
            act[name]()
        elif self.view is not None:
            self._act_in_plan(name, self.view)

    def _act_in_plan(self, name: str, view: PlanView) -> None:
        from planstudio.domain.kinds import StatementKind

        assert self.desk is not None
        if self.stack.currentWidget() is not view and name in ("undo", "redo"):
            self.statusBar().showMessage(_("Go back to the plan to take a step back."), 10_000)
            return
        act: dict[str, Callable[[], Any]] = {
            "undo": self.undo,
            "redo": self.redo,
            "find": view.side.begin_find,
            "replace": view.begin_replace,
            "names": self.asking.rename,
            "spelling": lambda: view.go("place", "spelling"),
            "add_statement": lambda: view.add_statement(StatementKind.OTHER),
            "add_goal": view.add_goal,
            "record": view.record_progress,
            "attach": view.attach_policy,
            "overview": lambda: view.go("place", "overview"),
            "plan": view.outline.setFocus,
            "district": lambda: view.go("place", "district"),
            "one_page": lambda: view.go("place", "one-page"),
            "brief": view.goal_brief,
            "policies": lambda: view.go("place", "policies"),
            "meetings": lambda: view.go("place", "meetings"),
            "history": lambda: view.go("place", "history"),
            "updates": lambda: view.go("place", "updates"),
            "quick_open": self.quick_open,
            "past": lambda: view.go("place", "past"),
            "settle": lambda: view.go("place", "settle"),
            "outline": view.toggle_outline,
            "details": view.toggle_details,
            "next_pane": lambda: self.walk(view.panes(), view.outline, 1),
            "previous_pane": lambda: self.walk(view.panes(), view.outline, -1),
        }
        if self.stack.currentWidget() is not view:
            self.stack.setCurrentWidget(view)
            self.importing.remind()
            self.looks.settle()
        if name not in ("next_pane", "previous_pane"):
            self.leave_field()
        act[name]()

    def undo(self) -> None:
        if self.desk is not None:
            self.desk.undo()

    def redo(self) -> None:
        if self.desk is not None:
            self.desk.redo()

    def new_plan(self) -> None:
        path = self.ask_path(_("Start a new plan"), _("Strategic plan") + ".planstudio", PLAN_FILES)
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

    def _print_here(self) -> None:
        """On an agenda its packet is printed, everywhere else a report."""
        if self.view is not None and self.stack.currentWidget() is self.view and self.view.packet.isVisible():
            self.leave_field()
            self.view.packet.offer_print()
        else:
            self.print_report()

    def print_report(
        self, report: str = "packet", about: str = "", at: Past | None = None, before: Past | None = None,
        only: frozenset[str] | None = None,
    ) -> None:  # fmt: skip
        """The page for printing, with the report called *report* in it; *at* and *before* are of the past.

        *only* are the strategies that are listed.
        """
        if self.desk is None or self.saver is None:
            return
        from planstudio.gui.pages.print_page import PrintPage

        self.leave_field()
        self.saver.save()
        if self.printer is None:
            self.printer = PrintPage(self.desk, self.jobs)
            self.printer.closed.connect(self.come_back)
            self.printer.go_requested.connect(self._leave_printing)
            self.printer.save_requested.connect(self.copies.save_pdf)
            self.printer.print_requested.connect(self.copies.send_to_printer)
            self.printer.table_requested.connect(self.copies.save_table)
            self.stack.addWidget(self.printer)
        self.stack.setCurrentWidget(self.printer)
        self.printer.open(report, about, at=at, before=before, only=only)

    def quick_open(self) -> None:
        """Any element, page or command, found by a few letters."""
        if self.desk is None or self.view is None:
            return
        from planstudio.gui.dialogs.quick_open import QuickOpen, targets

        chosen = QuickOpen(self, targets(self.desk, self.actions_by_name)).chosen()
        if chosen is None:
            return
        if chosen.table == "command":
            self.actions_by_name[chosen.ident].trigger()
        elif chosen.table == "plan":
            self.desk.show_plan(chosen.ident)
        else:
            self.stack.setCurrentWidget(self.view)
            self.view.go(chosen.table, chosen.ident)

    @property
    def elsewhere(self) -> bool:
        """Whether a document is being checked or printed, so that the plan is not what is shown."""
        return self.importing.page is not None or self.stack.currentWidget() is self.printer is not None

    def _leave_printing(self, table: str, ident: str) -> None:
        """To what is asked about before it is printed."""
        self.come_back()
        self.go(table, ident)

    def come_back(self) -> None:
        """Show the plan again, or the start page where there is none."""
        self.stack.setCurrentWidget(self.view or self.start)
        self.looks.settle()

    def take_begun(self) -> Begun | None:
        """What was begun and not recorded, for a window in another look to go on with."""
        if self.view is None or self.desk is None:
            return None
        from planstudio.gui.desk import Begun

        self.view.put_away()
        begun, self.desk.begun = self.desk.begun, Begun()
        return begun

    def _return_to_begun(self) -> bool:
        """Show what was begun and not recorded, so that closing does not lose it; False for nothing."""
        if self.view is None or self.desk is None:
            return False
        self.view.put_away()
        begun = self.desk.begun
        words = _("This comment has not been added yet. Add it, or empty its line, and close again.")
        if begun.updates:
            words = _("This update has not been recorded yet. Record it, or cancel it, and close again.")
        place = next(iter((*begun.updates, *begun.comments)), None)
        if place is None:
            return self._return_to_answer()
        self.stack.setCurrentWidget(self.view)
        self.view.show_begun(*place)
        self.tell(words, True)
        return True

    def _return_to_answer(self) -> bool:
        assert self.view is not None
        assert self.desk is not None
        if not self.desk.begun.answers:
            return False
        self.stack.setCurrentWidget(self.view)
        words = self.view.show_begun_answer()
        if words:  # else they were choices that somebody else has made meanwhile
            self.tell(words, True)
        return bool(words)

    def keep_begun(self, begun: Begun) -> None:
        if self.desk is not None:
            self.desk.begun = begun

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
        banner = Banner(words, action, alarm=alarm, note=not alarm)
        if act is not None:
            banner.acted.connect(act)
        self.start.told.addWidget(banner)

    def start_line(self, words: str, action: str, act: Callable[[], Any]) -> Callable[[], None]:
        """A line that stays, on whatever is shown, until what is answered here is called."""
        banner = Banner(words, action)
        banner.acted.connect(act)
        place = self.view.banners if self.view is not None else self.start.told
        place.insertWidget(0, banner)
        self.statusBar().show()

        def done() -> None:
            if isValid(banner):
                banner.deleteLater()
            self.statusBar().setVisible(self.view is not None)

        return done

    def _on_merged(self, people: list[tuple[str, datetime]], to_settle: int) -> None:
        if not people:
            return
        place = "settle" if to_settle else "history"
        verb = _("Settle") if to_settle else _("See all")
        self.tell(arrivals(people, to_settle), False, verb, lambda: self.go("place", place))

    def _on_heavy(self, folder: str) -> None:
        words = _("This plan keeps its files in the folder {folder} beside it. To send everything: Send as one file.")
        self.tell(words.format(folder=folder), False, _("Send as one file…"), self.copies.one_file)

    def _on_gathered(self, came: int, missing: int) -> None:
        """Files of the plan have come to this computer; others are not to be had."""
        if self.view is None or self.saver is None:
            return
        if came:
            self.view.refresh()
        if missing:
            words = ngettext(
                "{n} file of this plan is not here: the plan came without the folder of its files.",
                "{n} files of this plan are not here: the plan came without the folder of its files.",
                missing,
            )
            self.tell(words.format(n=missing), True, _("Look again"), self.saver.gatherer.look)

    def _on_lost(self, names: tuple[str, ...]) -> None:
        """Files that were damaged on this computer are to be had nowhere."""
        if self.view is None or self.saver is None or not names:
            return
        self.view.refresh()
        words = ngettext(
            "{names}: damaged on this computer, and no whole copy was found. A colleague who opens the plan brings it "
            "back; else attach it once more.",
            "{names}: damaged on this computer, and no whole copies were found. A colleague who opens the plan brings "
            "them back; else attach them once more.",
            len(names),
        )
        told = words.format(names=", ".join(files.shown(name) for name in names))
        self.tell(told, True, _("Look again"), self.saver.gatherer.look)

    def _show_standing(self, standing: Standing) -> None:
        folder = self.workspace.path.parent if self.workspace else ""
        self.show_standing(standing, folder, to_settle(self.workspace))

    def show_state(self) -> None:
        """What can be done now, and the names of what is open."""
        self.enable(has_plan=self.desk is not None)
        if self.desk is not None:
            self.show_undo(self.desk.undo_state())
            self._show_names()

    def _show_names(self) -> None:
        assert self.desk is not None
        from planstudio.queries.plans import organization_card, plan_card

        with suppress(PlanStudioError):
            district = self.desk.ask(organization_card).name
            title = self.desk.ask(plan_card, self.desk.plan_id).title
            name = title or (self.workspace.path.stem if self.workspace else "")
            self.show_names(district, title, name)

    # Qt.

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if self.saver is not None and state == Qt.ApplicationState.ApplicationInactive:
            self.saver.leave()
        elif self.saver is not None and state == Qt.ApplicationState.ApplicationActive:
            self.saver.come_back()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.offer(event)

    def dropEvent(self, event: QDropEvent) -> None:
        here, elsewhere = dropping.dropped(event)
        QTimer.singleShot(0, self, partial(self.open_all, here, elsewhere))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving:  # while the plan is being saved
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.settings.left_open = str(self.plan_path or "")
        self._leaving = True
        closed = self.close_plan()
        self._leaving = False
        if closed:
            self.opening.stop()
            self.jobs.wait()  # what is being written is written to its end
            event.accept()
        else:
            event.ignore()
