"""Looks at the plan's file while the plan is open: when the system tells of a change, on coming back, and by time.

A share may not tell of changes, and may take its time to answer: so there is a
clock as well, and each look is a job of its own that keeps nothing else waiting.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from planstudio.domain.errors import PlanStudioError
from planstudio.gui.jobs import Job, Jobs
from planstudio.workspace import Workspace

SETTLED, TYPING, RESTING = 300, 15_000, 60_000  # milliseconds
_RECENT = 60_000  # milliseconds in which somebody is typing


class Watcher(QObject):
    looked = Signal(object)  # FileState

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._jobs = Jobs(self)
        self._looking = self._again = False
        self._system = QFileSystemWatcher(self)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED)  # a file is written in many small turns
        self._clock = QTimer(self, interval=RESTING)
        self._rest = QTimer(self, singleShot=True, interval=_RECENT)
        self._settled.timeout.connect(self.look)
        self._clock.timeout.connect(self.look)
        self._rest.timeout.connect(lambda: self._clock.setInterval(RESTING))
        self._system.fileChanged.connect(self._on_change)
        self._system.directoryChanged.connect(self._on_change)

    def begin(self) -> None:
        self._watch()
        self._clock.start()

    def typed(self) -> None:
        """Somebody is at work: look more often."""
        if self._clock.interval() != TYPING:
            self._clock.setInterval(TYPING)
        self._rest.start()

    def look(self) -> None:
        """Look now; what was found comes by `looked`."""
        if self._looking:
            self._again = True
            return
        self._looking = True
        self._jobs.start(self._look, self._on_looked, self._on_refused)

    def end(self) -> None:
        for timer in (self._settled, self._clock, self._rest):
            timer.stop()
        self._system.blockSignals(True)
        self._jobs.wait()

    def _look(self, _job: Job) -> object:
        return self._workspace.look_again()

    def _on_looked(self, state: object) -> None:
        self._done()
        self.looked.emit(state)

    def _on_refused(self, _error: PlanStudioError) -> None:
        self._done()

    def _done(self) -> None:
        self._looking = False
        self._watch()
        if self._again:
            self._again = False
            self.look()

    def _on_change(self, _path: str) -> None:
        self._settled.start()

    def _watch(self) -> None:
        """The system forgets a file that was replaced."""
        known = {*self._system.files(), *self._system.directories()}
        for one in self._workspace.places:
            if str(one) not in known and os.path.exists(one):
                self._system.addPath(str(Path(one)))
