"""Fetches the files of a heavy plan that lie beside it, in a job of its own, and says how many are not to be had."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from planstudio.domain.errors import PlanStudioError
from planstudio.gui.desk import Desk
from planstudio.gui.jobs import Job, Jobs
from planstudio.i18n import _
from planstudio.queries.links import count_missing


class Gatherer(QObject):
    gathered = Signal(int, int)  # how many files came, how many are not to be had here

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.jobs = Jobs(self)
        self._job: Job | None = None
        self.missing = 0  # files that were not to be had at the last try

    def look(self) -> None:
        """Fetch what is beside the plan and not here; nothing where all is here."""
        if self._job is None:
            self._job = self.jobs.start(self._gather, self._on_gathered, self._on_refused)

    def end(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.jobs.wait()

    def _gather(self, job: Job) -> int:
        return self._desk.workspace.gather(lambda share: self._told(job, share))

    def _told(self, job: Job, share: float) -> bool:
        job.progress(share, _("Fetching the plan's files"))
        return not job.cancelled

    def _on_gathered(self, came: int) -> None:
        self._job = None
        self.missing = self._desk.ask(count_missing)
        self.gathered.emit(came, self.missing)

    def _on_refused(self, _error: PlanStudioError) -> None:
        self._job = None
