"""What stands in the window while a plan is being opened: its outline as it was left, at once.

The modules that a plan needs take longer to read than a person waits, so the
outline is kept when a plan is closed and painted with the first window.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from planstudio import files
from planstudio.domain.clock import Clock
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.outline import PlanOutline, kept, read_kept
from planstudio.domain.places import OVERVIEW, Place
from planstudio.gui.models.outline import OutlineModel
from planstudio.gui.widgets.basics import area, column, row, split, text
from planstudio.gui.widgets.outline_view import OutlineView
from planstudio.gui.widgets.painted import search_line
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.gui.desk import Desk
    from planstudio.gui.jobs import Job
    from planstudio.gui.window import Window
    from planstudio.workspace import Workspace

LARGE = 25_000_000  # bytes: a second on an idle machine
_AHEAD = ("reportlab.graphics.renderSVG", "planstudio.reports.charts", "planstudio.reports.listing", "pypdfium2")


class Opening(QWidget):
    """The outline of a plan that cannot be asked yet; nothing in it does anything."""

    def __init__(self, outline: PlanOutline, here: Place) -> None:
        super().__init__()
        model = OutlineModel(self)
        self.outline = OutlineView(model)
        self.outline.setEnabled(False)
        model.show_outline(outline, Clock().today())
        self.outline.expand_first()
        self.outline.go(here)
        find = search_line(_("Find in this plan"), _("Find in this plan"))
        find.setEnabled(False)
        side = column(row(find, edge=(3, 3, 3, 1)), column(self.outline, edge=(1, 0, 1, 0)), grow=1)
        name = outline.plan.title or outline.organization
        page = column(text(_("Opening {name}…").format(name=name), "body", "muted"), None, edge=(8, 6, 8, 6))
        self.setLayout(column(split((area("side", side), 68), (area("page", page), 290))))


def read_ahead(_job: object = None) -> None:
    """Read the modules of the first chart and the first preview, once, while nobody waits for them: half a second."""
    if not sys.modules.keys() >= set(_AHEAD):
        for name in _AHEAD:
            importlib.import_module(name)
        gc.freeze()  # what has been read stays, and need not be looked through each time


class Openings(QObject):
    """Shows the outline first, then the plan."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._shown: Opening | None = None
        self._stop = threading.Event()  # of the large plan that is being checked

    def begin(self, path: Path) -> None:
        """Show the outline of the plan at *path* as it was left, until the plan itself can be shown."""
        path = Path(path).absolute()
        outline = _kept(self._window.data, path)
        if outline is not None:
            at = self._window.settings.recall(path, "here")
            here = Place(str(at[0]), str(at[1])) if isinstance(at, list) and len(at) == 2 else OVERVIEW
            self._shown = Opening(outline, here)
            self._window.stack.addWidget(self._shown)
            self._window.stack.setCurrentWidget(self._shown)
            self._window.show_bars(True)
            self._window.enable(has_plan=False)
            self._window.show_names(outline.organization, outline.plan.title, outline.plan.title or path.stem)

    def end(self, path: Path) -> None:
        """Open the plan at *path* in the place of its outline, unless one has been opened meanwhile."""
        if self._window.plan is None and self._window.isVisible():
            self._window.open_any(path)
        if self._shown is not None:
            if self._window.stack.currentWidget() is self._shown:
                self._window.come_back()
                self._window.show_bars(self._window.plan is not None)
            self._window.stack.removeWidget(self._shown)
            self._shown.deleteLater()
            self._shown = None

    def read(self, path: Path, read_only: bool) -> None:
        """Open the plan at *path*, a large one, in a job; it can be stopped, and is shown when it has been checked."""
        self.stop()
        stop = self._stop = threading.Event()
        name, checking = files.shown(path.name), _("Checking {name}")
        words = _("{name} is large and is being checked. On a slow computer this takes a while.")
        told = self._window.start_line(words.format(name=name), _("Stop"), stop.set)

        def work(job: Job) -> Workspace:
            def watch(share: float, _name: str) -> bool:
                job.progress(share, checking.format(name=name))
                return not stop.is_set()

            return self._window.opener(path, read_only=read_only, watch=watch)

        def ready(workspace: Workspace) -> None:
            told()
            if self._window.isVisible():
                self._window.show_plan(workspace)
            else:
                workspace.close()

        def refused(error: PlanStudioError) -> None:
            told()
            self._window.offer_read_only(path, error, read_only or stop.is_set(), read_only=read_only)

        self._window.jobs.start(work, ready, refused)

    def stop(self) -> None:
        """Let go of a plan that is still being checked."""
        self._stop.set()

    def keep(self, desk: Desk) -> None:
        from planstudio.queries.plans import plan_outline

        if not desk.workspace.secret:
            place = _place(self._window.data, desk.workspace.path)
            with suppress(PlanStudioError, OSError):
                outline = kept(desk.ask(plan_outline, desk.plan_id))
                files.private_folder(place.parent)
                place.write_text(outline, "utf-8")


def is_large(path: Path) -> bool:
    """Whether the file at *path* takes longer to check than a person waits without a word."""
    with suppress(OSError):
        return path.stat().st_size > LARGE
    return False


def _kept(data: Path, plan: Path) -> PlanOutline | None:
    with suppress(OSError, ValueError):
        return read_kept(_place(data, plan).read_text("utf-8"))
    return None


def _place(data: Path, plan: Path) -> Path:
    return data / "outlines" / f"{hashlib.sha1(os.fsencode(plan), usedforsecurity=False).hexdigest()[:16]}.json"
