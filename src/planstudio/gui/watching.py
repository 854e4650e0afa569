"""Looks at the plan's file while the plan is open: when the system tells of a change, on coming back, and by time.

A share may not tell of changes, and may take its time to answer: so there is a
clock as well, and each look is a job of its own that keeps nothing else waiting.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from planstudio.gui.jobs import Jobs
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
        for changed in (self._system.fileChanged, self._system.directoryChanged):
            changed.connect(lambda _path: self._settled.start())

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
        self._jobs.start(lambda _job: self._workspace.look_again(), self._on_looked, lambda _error: self._done())

    def end(self) -> None:
        for timer in (self._settled, self._clock, self._rest):
            timer.stop()
        self._system.blockSignals(True)
        self._jobs.wait()

    def _on_looked(self, state: object) -> None:
        self._done()
        self.looked.emit(state)

    def _done(self) -> None:
        self._looking = False
        self._watch()
        if self._again:
            self._again = False
            self.look()

    def _watch(self) -> None:
        """The system forgets a file that was replaced."""
        known = {*self._system.files(), *self._system.directories()}
        for one in self._workspace.places:
            if str(one) not in known and os.path.exists(one):
                self._system.addPath(str(Path(one)))
