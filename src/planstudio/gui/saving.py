"""Writes the plan to its file by itself: 5 seconds after the last edit, each minute while one types, and when asked.

Every gesture is already durable on this computer. What is told here is whether
the file in its folder has it too, and what it waits for when not.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from planstudio.domain.changes import Change
from planstudio.domain.errors import PlanStudioError, Replaced
from planstudio.domain.files import Standing
from planstudio.gui.desk import Desk
from planstudio.gui.jobs import Job, Jobs

IDLE, LONGEST, AGAIN = 5_000, 60_000, 10_000  # milliseconds


class Saver(QObject):
    standing_changed = Signal(object)  # Standing
    merged = Signal()  # what another copy had put into the file has been taken in
    replaced = Signal(str)  # another plan stands in the file's place: what to do

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk = desk
        self._jobs = jobs
        self._writing = False
        self._over = False  # the plan is being closed: what a job still answers goes nowhere
        self.standing = Standing(saved=True, read_only=desk.workspace.read_only)
        self._idle = QTimer(self, singleShot=True, interval=IDLE)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST)
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        for timer in (self._idle, self._longest, self._again):
            timer.timeout.connect(self.save)
        desk.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Say how things stand, and write what a crash or an unplugged folder left waiting."""
        now = self._desk.workspace.clock.now()
        self._tell(Standing(saved=not self._desk.workspace.dirty, at=now, read_only=self._desk.workspace.read_only))
        if self._desk.workspace.dirty:
            self.save()

    def save(self) -> None:
        """Write the file in a job, if there is something to write."""
        if self._writing or self._desk.workspace.read_only or not self._desk.workspace.dirty:
            return
        self._idle.stop()
        self._longest.stop()
        self.take_in()
        self._writing = True
        self._jobs.start(self._write, self._on_written, self._on_refused)

    def take_in(self) -> None:
        """Put together what another copy has left in the file with what is here."""
        workspace = self._desk.workspace
        if self._writing or workspace.read_only or workspace.writing:
            return
        if self._desk.merge_foreign():
            self.merged.emit()
        try:
            workspace.check_place()
        except Replaced as error:
            self.replaced.emit(str(error))

    def save_and_wait(self) -> None:
        """Write the file now, on this thread: before the window closes. A refusal is raised."""
        self._over = True
        for timer in (self._idle, self._longest, self._again):
            timer.stop()
        if not self._desk.workspace.read_only and self._desk.workspace.dirty:
            self._desk.workspace.publish()

    def _write(self, _job: Job) -> None:
        self._desk.workspace.write_file()

    def _on_written(self, _nothing: object) -> None:
        if self._over:
            return
        self._writing = False
        typed_meanwhile = self._desk.workspace.dirty
        self._tell(Standing(saved=not typed_meanwhile, at=self._desk.workspace.clock.now()))
        if typed_meanwhile:
            self._idle.start()

    def _on_refused(self, error: PlanStudioError) -> None:
        if self._over:
            return
        self._writing = False
        self._tell(Standing(saved=False, at=self._desk.workspace.clock.now(), waiting=str(error)))
        if isinstance(error, Replaced):
            self.replaced.emit(str(error))
        self._again.start()

    def _on_changed(self, _change: Change) -> None:
        self._idle.start()
        if not self._longest.isActive():
            self._longest.start()
        self._tell(Standing(saved=False, at=self._desk.workspace.clock.now(), waiting=self.standing.waiting))

    def _tell(self, standing: Standing) -> None:
        self.standing = standing
        self.standing_changed.emit(standing)
