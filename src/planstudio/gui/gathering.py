"""Fetches the files of a heavy plan that lie beside it, in a job of its own, and says how many are not to be had.

Once a week, when nobody has typed for a while, it looks after those that are here: without a word, unless one is lost.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from planstudio.domain.errors import PlanStudioError
from planstudio.domain.files import Upkeep
from planstudio.gui.desk import Desk
from planstudio.gui.jobs import Job, Jobs
from planstudio.i18n import _
from planstudio.queries.links import count_missing, names_of

QUIET = 300_000  # milliseconds in which nobody types


class Gatherer(QObject):
    gathered = Signal(int, int)  # how many files came, how many are not to be had here
    lost = Signal(tuple)  # the names of files that were damaged here and are to be had nowhere

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.jobs = Jobs(self)
        self._job: Job | None = None
        self._care: Job | None = None
        self._quiet = QTimer(self, interval=QUIET)
        self._quiet.timeout.connect(self.look_after)
        desk.changed.connect(lambda _change: self._quiet.start())
        self.missing = 0  # files that were not to be had at the last try

    def look(self) -> None:
        """Fetch what is beside the plan and not here; nothing where all is here."""
        if not self._quiet.isActive():
            self._quiet.start()
        if self._job is None:
            workspace = self._desk.workspace

            def gather(job: Job) -> int:
                def told(share: float) -> bool:
                    job.progress(share, _("Fetching the plan's files"))
                    return not job.cancelled

                return workspace.gather(told)

            self._job = self.jobs.start(gather, self._on_gathered, self._on_refused)

    def end(self) -> None:
        self._quiet.stop()
        for job in (self._job, self._care):
            if job is not None:
                job.cancel()  # what is looked after begins anew another time
        self.jobs.wait()

    def _on_gathered(self, came: int) -> None:
        self._job = None
        self.missing = self._desk.ask(count_missing)
        self.gathered.emit(came, self.missing)

    def _on_refused(self, _error: PlanStudioError) -> None:
        self._job = None

    def look_after(self) -> None:
        """Verify the files and thin the store, if that is due."""
        if self._job is None and self._care is None and self._desk.workspace.care_is_due:
            workspace = self._desk.workspace
            self._care = self.jobs.start(
                lambda job: workspace.look_after(lambda _share: not job.cancelled), self._on_care, self._on_care_refused
            )

    def _on_care(self, done: Upkeep | None) -> None:
        self._care = None
        if done is not None and done.lost:
            self.lost.emit(self._desk.ask(names_of, done.lost))

    def _on_care_refused(self, _error: PlanStudioError) -> None:
        self._care = None
