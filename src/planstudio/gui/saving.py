"""Writes the plan to its file by itself: 5 seconds after the last edit, each minute while one types, and when asked.

Every gesture is already durable on this computer. What is told here is how the file in its folder stands to that, as it
was looked at; what others have put into it is taken in. A file that is gone, or is another plan, is left alone until
somebody answers.
"""

from __future__ import annotations

import threading
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from planstudio.domain.changes import Change
from planstudio.domain.errors import PlanStudioError, another_writes
from planstudio.domain.files import FileRelation, FileState, Standing
from planstudio.gui.desk import Desk
from planstudio.gui.gathering import Gatherer
from planstudio.gui.jobs import Job, Jobs
from planstudio.gui.watching import Watcher
from planstudio.i18n import _
from planstudio.queries.conflicts import count_differences
from planstudio.queries.history import arrived_after, last_step

if TYPE_CHECKING:
    from planstudio.workspace import Apart

IDLE, LONGEST, AGAIN, PUT_BACK = 5_000, 60_000, 10_000, 60_000  # milliseconds
TRIES = 8  # before others who save all the time are left to it
REST, AWAY = 300_000, 30_000  # milliseconds in which nobody types; in which somebody works in another program
_HELD = (  # nothing is written before somebody answers
    FileRelation.OTHER_PLAN, FileRelation.NO_PLAN, FileRelation.TOO_NEW, FileRelation.LOCKED, FileRelation.GONE,
)  # fmt: skip


class _Stopped(Exception):
    """Somebody has pressed Cancel."""


class Saver(QObject):
    standing_changed = Signal(object)  # Standing
    heavy = Signal(str)  # the name of the folder beside the plan that its files are kept in from now on
    cancelling = Signal(object)  # what stops the work that is under way; None when it has ended
    merged = Signal(object, int)  # [(author, when)] of the steps of others that were taken in; how many to settle

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk = desk
        self._jobs = jobs
        self._writing = False
        self._last = False  # the plan is being saved to be closed: nothing else begins
        self._put_off = False  # what others have written waits until somebody wants it
        self._over = False  # the plan is being closed: what a job still answers goes nowhere
        self._refused = ""  # why the last try to write failed
        self._anew = False  # somebody wants the file that is gone to be written again
        self.standing = Standing(saved=True, read_only=desk.workspace.read_only)
        self.watcher = Watcher(desk.workspace)
        self.watcher.setParent(self)
        self.watcher.looked.connect(self._on_looked)
        self.gatherer = Gatherer(desk)
        self.gatherer.setParent(self)
        self._idle, self._longest, self._again, self._put_back, self._rest = self._timers = [
            QTimer(self, singleShot=True, interval=one) for one in (IDLE, LONGEST, AGAIN, PUT_BACK, REST)
        ]
        self._rest.timeout.connect(self.rest)
        for timer in (self._idle, self._longest, self._again, self._put_back):
            timer.timeout.connect(self.save)
        desk.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Say how things stand, and write what a crash or an unplugged folder left waiting."""
        self._tell()
        if not self._desk.workspace.read_only:
            self.watcher.begin()
            self.watcher.look()
        self.gatherer.look()

    def save(self, *, anew: bool = False) -> None:
        """Write the file in a job, if there is something to write; *anew* also one that is gone."""
        self._anew = self._anew or anew
        if self._desk.workspace.dirty or self._anew:
            self._start(whole=False)

    def leave(self) -> None:
        """Somebody goes to another program."""
        self.save()
        self._rest.setInterval(AWAY)
        if not self._desk.workspace.file_is_whole:
            self._rest.start()

    def come_back(self) -> None:
        self._rest.setInterval(REST)
        self.watcher.look()

    def rest(self) -> None:
        """Nobody types: the file of a heavy plan, beside which the last steps lie, is made whole."""
        if not self._desk.workspace.file_is_whole and self.standing.saved:
            self._start(whole=True)

    def _start(self, *, whole: bool) -> None:
        if self._writing or self._last or self._desk.workspace.read_only:
            return
        for timer in (self._idle, self._longest, self._put_back, self._rest):
            timer.stop()
        self.take_in()
        if self._writing:  # much has come: it is taken in first, and what was typed is saved when that is done
            return
        self._writing = True
        self._jobs.start(lambda _job: self._write(whole), self._on_written, self._on_refused)

    def take_in(self) -> None:
        """Unite what is here with what others have left in the file."""
        workspace = self._desk.workspace
        if self._writing or self._last or workspace.read_only or workspace.writing:
            return
        if workspace.much_is_new:
            if not self._put_off:
                self._unite_apart()
            return
        before, open_ones = self._desk.ask(last_step), self._desk.ask(count_differences)
        if self._desk.merge_foreign():
            self._tell_merged(before, open_ones)
        self._tell()

    def _tell_merged(self, before: int, open_ones: int) -> None:
        self.gatherer.look()
        people = self._desk.ask(arrived_after, before, self._desk.workspace.device)
        self.merged.emit(people, max(0, self._desk.ask(count_differences) - open_ones))

    def take_all(self) -> None:
        """Take in what was put off."""
        self._put_off = False
        self.take_in()

    def _unite_apart(self) -> None:
        """Take in the work of months in a job, while somebody goes on typing."""
        workspace, stop = self._desk.workspace, threading.Event()
        before, open_ones = self._desk.ask(last_step), self._desk.ask(count_differences)
        self._writing = True

        def work(job: Job) -> Apart | None:
            def told(share: float) -> None:
                job.progress(share, _("Taking in what others have written"))
                if stop.is_set():
                    raise _Stopped

            with suppress(_Stopped):
                return workspace.unite_apart(told)
            return None

        def otherwise(error: PlanStudioError) -> None:
            self.cancelling.emit(None)
            self._on_refused(error)

        self.cancelling.emit(stop.set)
        self._jobs.start(work, lambda made: self._on_united(made, before, open_ones), otherwise)

    def _on_united(self, made: Apart | None, before: int, open_ones: int) -> None:
        self.cancelling.emit(None)
        if self._over:
            return
        self._writing = False
        if made is None:
            self._put_off = True
        elif self._desk.take_over(made):
            self._tell_merged(before, open_ones)
            self.watcher.look()
        self._tell()

    def save_and_wait(self) -> None:
        """Write the whole file, and take in what others put there meanwhile, before anything else is done.

        The work is a job's: the window paints, and says what it waits for. A refusal is raised.
        """
        workspace, words = self._desk.workspace, _("Saving {name}").format(name=self._desk.workspace.path.name)
        if workspace.read_only:
            return
        self._last = True
        try:
            self._jobs.wait_for(lambda _job: None, words)  # what is under way comes to its end
            for tried in range(TRIES):
                with workspace.alone() if tried else nullcontext():
                    self._jobs.wait_for(lambda _job: workspace.look_again(), words)
                    self._merge_and_wait()
                    whole = workspace.file_is_whole or workspace.file_state.relation is not FileRelation.SAVED
                    if not workspace.dirty and whole:
                        return
                    self._jobs.wait_for(lambda _job: workspace.write_file(anew=self._anew), words)
            raise another_writes(workspace.path)
        finally:
            self._last = False

    def _merge_and_wait(self) -> None:
        """Take in what the last look has found; much of it is a job's work, also where it was put off."""
        workspace, words = self._desk.workspace, _("Taking in what others have written")
        if not workspace.much_is_new:
            self._desk.merge_foreign()
            return
        made = self._jobs.wait_for(lambda job: workspace.unite_apart(lambda share: job.progress(share, words)), words)
        self._desk.take_over(made)

    def end(self) -> None:
        self._over = True
        self.watcher.end()
        self.gatherer.end()
        for timer in self._timers:
            timer.stop()

    def _write(self, whole: bool) -> str:
        """Write the file; the folder that the plan's files went to, if they did so now."""
        workspace = self._desk.workspace
        before = workspace.files_folder
        workspace.write_file(anew=self._anew, whole=whole)
        after = workspace.files_folder
        return after.name if after is not None and before is None else ""

    def _on_written(self, folder: str) -> None:
        if self._over:
            return
        if folder:
            self.heavy.emit(folder)
        self._writing, self._refused, self._anew = False, "", False
        self.take_in()  # what came out when the names were exchanged, or who was faster
        if self._desk.workspace.dirty:
            self._idle.start()
        elif not self._desk.workspace.file_is_whole:
            self._rest.start()

    def _on_refused(self, error: PlanStudioError) -> None:
        if self._over:
            return
        self._writing, self._refused, self._anew = False, str(error), False
        self._tell()
        self._again.start()

    def _on_looked(self, state: FileState) -> None:
        if self._over:
            return
        if state.new or self._desk.workspace.has_new():
            self.take_in()
        if state.relation is FileRelation.OLDER:
            if not self._put_back.isActive():
                self._put_back.start()
        elif state.missing and state.relation not in _HELD and not (self._idle.isActive() or self._again.isActive()):
            self._idle.start()
        if state.relation is FileRelation.SAVED:
            self._refused = ""
        if self.gatherer.missing:  # a program that synchronises may have brought them meanwhile
            self.gatherer.look()
        self._tell()

    def _on_changed(self, _change: Change) -> None:
        self._idle.start()
        if not self._longest.isActive():
            self._longest.start()
        self.watcher.typed()
        self._tell()

    def _tell(self) -> None:
        workspace = self._desk.workspace
        state, saved = workspace.file_state, not workspace.dirty
        if saved and state.relation in (FileRelation.WAITING, FileRelation.BOTH):
            state = FileState(FileRelation.SAVED)
        elif not saved and state.relation is FileRelation.SAVED:
            state = FileState(FileRelation.WAITING, workspace.waiting)
        at = workspace.clock.now() if saved or state.relation is FileRelation.WAITING else self.standing.at
        put_off = workspace.file_state.new if self._put_off and workspace.much_is_new else 0
        self.standing = Standing(saved, at, self._refused, workspace.read_only, state, put_off)
        self.standing_changed.emit(self.standing)
