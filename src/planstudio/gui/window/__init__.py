"""The main window: start, plan, import and print in one frame. It knows no rule of plans.

It is shown before SQLAlchemy, ReportLab and the pages are imported: what needs them is imported when a plan is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from planstudio import __version__, files
from planstudio.domain.errors import Locked, PlanStudioError, StoreUnavailable
from planstudio.domain.places import Place
from planstudio.gui.jobs import Jobs
from planstudio.gui.person import Person
from planstudio.gui.problems import Problems
from planstudio.gui.settings import Settings
from planstudio.gui.widgets import dropping
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.basics import empty
from planstudio.gui.window.appearance import Appearance
from planstudio.gui.window.frame import Frame
from planstudio.gui.window.importing import PLAN_FILES, Importing
from planstudio.gui.window.opening import Openings, is_large, read_ahead
from planstudio.gui.window.personal import Personal
from planstudio.gui.window.start_page import StartPage
from planstudio.gui.window.unlocking import Unlocking
from planstudio.i18n import _, rename

if TYPE_CHECKING:
    from planstudio.gui.desk import Unrecorded
    from planstudio.gui.window.open_plan import OpenPlan
    from planstudio.workspace import Workspace

Opener = Callable[..., "Workspace"]


class Window(Frame):
    restyled = Signal()

    def __init__(
        self, opener: Opener, sampler: Callable[[], Path], settings: Settings, data: Path, author: str
    ) -> None:
        """*author* is who works here as far as the computer knows; what was said in the program goes before it."""
        super().__init__(settings)
        self.opener, self.data, self._sampler = opener, data, sampler
        self.is_leaving = False  # the window is to close, not the plan alone
        self.person = Person.kept_in(data, author)
        self.author = self.person.name
        self.plan: OpenPlan | None = None
        self.jobs = Jobs(self)
        self.problems = Problems(self)
        self.importing = Importing(self)
        self.appearance = Appearance(self, settings)
        self.personal = Personal(self)
        self.unlocking = Unlocking(self)
        self.opening = Openings(self)
        self.start = StartPage(self.person, settings.recent, datetime.now().astimezone())
        self.stack.addWidget(self.start)
        self.show_bars(False)
        self.start.introduced.connect(self.personal.introduce)
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
        self.show_state()

    def open_plan(self, path: Path, *, create: bool = False, read_only: bool = False, at_once: bool = False) -> bool:
        """Open the plan at *path* in this window; a refusal is told and leaves everything as it was.

        A large one is read in a job and shown when it is ready, unless it is to be shown *at_once*.
        """
        if self.plan is not None and self.plan.workspace.path == Path(path).absolute():
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
        if not self.close_plan():
            workspace.close()
            return False
        from planstudio.gui.window.open_plan import OpenPlan

        if create:
            from planstudio.operations.plans import create_plan

            workspace.start_plan(_("New plan"), create_plan)
        self.personal.speak(workspace)
        plan = self.plan = OpenPlan(self, workspace)
        self.stack.addWidget(plan.view)
        self.stack.setCurrentWidget(plan.view)
        self.show_bars(True)
        self.settings.opened(workspace.path)
        plan.begin()
        if not self.person.known:
            words = _("History names you “{name}”.").format(name=self.author or _("somebody"))
            self.tell(words, False, _("Say who you are"), self.personal.preferences)
        self.show_state()
        QTimer.singleShot(400, plan, self._after_opening)  # when the page stands
        return True

    def _after_opening(self) -> None:
        if self.plan is not None:
            self.personal.check_spelling()
            self.jobs.start(read_ahead, lambda _read: None)
            workspace = self.plan.workspace
            self.jobs.start(lambda _job: workspace.read_words(), lambda _read: None, lambda _refused: None)

    def offer_read_only(self, path: Path, error: PlanStudioError, given_up: bool, *, read_only: bool = False) -> None:
        if isinstance(error, Locked):
            self.unlocking.open(path, str(error), read_only=read_only)
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
        plan = self.plan
        if plan is None:
            return True
        if not plan.may_close(publish=publish, locking=locking):
            return False
        self.opening.keep(plan.desk)
        plan.end()
        self.plan = None
        self.unlocking.stop()
        rename({}, {})
        self.title_actions()
        self.show_bars(False)
        self.show_names("", "", "")
        self.start.show_recent(self.settings.recent, datetime.now().astimezone())
        self.stack.setCurrentWidget(self.start)
        self.show_state()
        return True

    def go(self, place: Place) -> None:
        if self.plan is not None:
            self.plan.view.go(place)

    def resume(self, place: Place, begun: Unrecorded | None) -> None:
        """Go on where another window, or this one before it was locked, has been left."""
        if self.plan is not None:
            self.plan.desk.unrecorded = begun or self.plan.desk.unrecorded
            self.plan.view.go(place)

    def _act(self, name: str) -> None:
        act: dict[str, Callable[[], Any]] = {
            "new": self.new_plan,
            "open": self.ask_open,
            "sample": self.open_sample,
            "import": self.importing.ask,
            "quit": self.close,
            "preferences": self.personal.preferences,
            "larger": lambda: self.appearance.zoom(1),
            "smaller": lambda: self.appearance.zoom(-1),
            "dark": self.appearance.toggle_dark,
            "keys": self.personal.show_keys,
            "about": self.about,
        }
        if name in act:
            act[name]()
        elif self.plan is not None:
            self.plan.act(name)

    def new_plan(self) -> None:
        path = self.ask_path(_("Start a new plan"), _("Strategic plan") + ".planstudio", PLAN_FILES)
        if path is not None and path.exists():
            self.tell(_("{name} exists already. Choose another name.").format(name=path.name), True)
        elif path is not None:
            self.open_plan(path, create=True)

    def ask_open(self) -> None:
        if (path := self.ask_file(_("Open a plan file"), PLAN_FILES)) is not None:
            self.open_plan(path)

    def open_sample(self) -> None:
        try:
            self.open_plan(self._sampler())
        except PlanStudioError as error:
            self.problems.show(error)

    @property
    def elsewhere(self) -> bool:
        """Whether a document is being checked or printed, so that the plan is not what is shown."""
        printer = self.plan.printer if self.plan is not None else None
        return self.importing.page is not None or self.stack.currentWidget() is printer is not None

    def come_back(self) -> None:
        """Show the plan again, or the start page where there is none."""
        self.stack.setCurrentWidget(self.plan.view if self.plan is not None else self.start)
        self.appearance.settle()

    def about(self) -> None:
        words = _("Plan Studio {version}. Free software under the Apache License 2.0.")
        self.tell(words.format(version=__version__), False)

    def tell(self, words: str, alarm: bool, action: str = "", act: Callable[[], Any] | None = None) -> None:
        if self.plan is not None and self.stack.currentWidget() is not self.start:
            self.plan.view.say(words, alarm=alarm, action=action, act=act)
            if not self.plan.is_shown:
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
        place = self.plan.view.banners if self.plan is not None else self.start.told
        place.insertWidget(0, banner)
        self.statusBar().show()

        def done() -> None:
            if isValid(banner):
                banner.deleteLater()
            self.statusBar().setVisible(self.plan is not None)

        return done

    def show_state(self) -> None:
        """What can be done now, and the names of what is open."""
        self.enable(has_plan=self.plan is not None)
        if self.plan is not None:
            self.show_undo(self.plan.desk.undo_state())
            self.plan.show_names()

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if self.plan is not None and state == Qt.ApplicationState.ApplicationInactive:
            self.plan.saver.leave()
        elif self.plan is not None and state == Qt.ApplicationState.ApplicationActive:
            self.plan.saver.come_back()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.offer(event)

    def dropEvent(self, event: QDropEvent) -> None:
        here, elsewhere = dropping.dropped(event)
        QTimer.singleShot(0, self, partial(self.open_all, here, elsewhere))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        if self.is_leaving:  # while the plan is being saved
            return
        self.settings.geometry = self.saveGeometry()
        self.settings.left_open = str(self.plan.workspace.path) if self.plan is not None else ""
        self.is_leaving = True
        closed = self.close_plan()
        self.is_leaving = False
        if closed:
            self.opening.stop()
            self.jobs.wait()  # what is being written is written to its end
            event.accept()
