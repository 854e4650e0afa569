"""Bringing documents in: recognised in a job, checked on a page of their own, taken as one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from planstudio import files
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.places import OVERVIEW
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.domain.import_matching import Wish
    from planstudio.domain.recognised import Recognised
    from planstudio.gui.window import Window
    from planstudio.gui.window.import_page import ImportPage
    from planstudio.gui.window.parts import PlanParts

PLAN_FILES = f"Plan Studio (*{files.PLAN_SUFFIX} *{files.SECRET_SUFFIX})"
DOCUMENTS = "*.txt *.md *.markdown *.html *.htm *.xml *.json"


class Importing(QObject):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.page: ImportPage | None = None  # what is being checked
        self._waiting: list[Path] = []  # what was dropped together and comes after it
        self._refused: list[str] = []  # why some of it cannot be brought in

    def ask(self) -> None:
        kinds = _("Documents") + f" ({DOCUMENTS});;" + _("All files") + " (*)"
        if (path := self._window.ask_file(_("Bring in a document"), kinds)) is not None:
            self.bring_in(path)

    def bring_in_all(self, paths: list[Path]) -> None:
        """Each document in its turn, after the one that is being checked; what cannot be read is told at the end."""
        self._waiting += paths
        if self.page is None:
            self._next()
        else:
            self._tell_waiting()

    def _next(self) -> None:
        while self._waiting and self.page is None:
            if self._read(self._waiting.pop(0)):
                return
        for words in self._refused:
            self._window.tell(words, True)
        self._refused = []

    def _tell_waiting(self) -> None:
        if self._waiting:
            names = ", ".join(files.shown(path.name) for path in self._waiting)
            self._window.statusBar().showMessage(_("Next to be checked: {names}").format(names=names))

    def bring_in(self, path: Path) -> None:
        """Recognise a document in a job and show what was found, to be checked before it is taken."""
        if not self.return_to_page():
            self.bring_in_all([path])

    def _read(self, path: Path) -> bool:
        """Begin with the document at *path*; False where there is nothing to check."""
        from planstudio.exchange import plan_json
        from planstudio.exchange.recognise import read_text, recognise
        from planstudio.operations.loading import load

        name = files.legible(path.name)
        try:
            words = read_text(files.read(path))
            whole = plan_json.read(words, path.parent) if plan_json.is_plan(words) else None
        except PlanStudioError as error:
            told = str(error)
            self._refused.append(told if name in told else f"{files.shown(name)}: {told}")
            return False
        if whole is None:
            self._window.jobs.start(lambda _job: recognise(words, name), lambda found: self._show_found(found, name))
        elif (plan := self._plan(Path(name).stem)) is not None:
            plan.desk.bring_in(_("Import {name}").format(name=name), load, whole)
            plan.view.refresh()
        return whole is None

    def _plan(self, stem: str) -> PlanParts | None:
        """The plan to add to; a new one is asked for where none is open."""
        if self._window.plan is None:
            path = self._window.ask_path(_("Where should the new plan be kept?"), f"{stem}.planstudio", PLAN_FILES)
            if path is not None:
                self._window.open_plan(path, create=True)
        return self._window.plan

    def _show_found(self, found: Recognised, name: str) -> None:
        from planstudio.gui.window.import_page import ImportPage
        from planstudio.queries.intake import held

        plan = self._window.plan
        page = self.page = ImportPage()
        page.open(found, name, plan.desk.ask(held, plan.desk.plan_id) if plan is not None else None)
        page.closed.connect(self._leave)
        page.taken.connect(self._take)
        self._window.stack.addWidget(page)
        self._window.stack.setCurrentWidget(page)
        page.tree.setFocus()
        self._tell_waiting()

    def _take(self, found: Recognised, name: str, wishes: dict[str, Wish]) -> None:
        from planstudio.operations.importing import take_in

        plan, label = self._plan(Path(name).stem), _("Import {name}").format(name=name)
        if plan is not None and plan.desk.bring_in(label, take_in, plan.desk.plan_id, found, name, wishes):
            self._leave()
            plan.view.refresh()
            plan.view.go(OVERVIEW)

    def _leave(self) -> None:
        if self.page is not None:
            self._window.stack.removeWidget(self.page)
            self.page.deleteLater()
            self.page = None
        self._window.come_back()
        self._window.statusBar().clearMessage()
        QTimer.singleShot(0, self, self._next)

    def drop(self) -> None:
        self._waiting, self._refused = [], []
        if self.page is not None:
            self._leave()

    def remind(self) -> None:
        """Where one has gone to the plan from a document half checked, say how to come back to it."""
        if self.page is not None:
            words = _("The document you were checking is kept open.")
            self._window.tell(words, False, _("Back to it"), self.return_to_page)

    def return_to_page(self) -> bool:
        """Show the document that is half checked, and that it comes first; False where there is none."""
        if self.page is None:
            return False
        self._window.stack.setCurrentWidget(self.page)
        self._window.statusBar().showMessage(_("Take this document into the plan, or cancel it, first."), 10_000)
        return True
