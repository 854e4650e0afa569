"""Sets the packet anew, off the window's thread, whenever something on it has changed.

IDLE      nothing is to be set: no meeting, a template, a pane that nobody sees
WAITING   something has changed; it is set when nothing more has changed for a moment
ASKING    the plan is asked, a step at a time, so that the window never stands still
SETTING   a job sets the pages and looks them through
READY     `made` is what the plan says now
STOPPED   given up, by hand or because it cannot be set; it goes on with the next change

any ──wait──> WAITING ──the moment is over, or begin──> ASKING ──> SETTING ──> READY
                             └─ nothing is wanted ──> IDLE
WAITING, ASKING, SETTING ──stop, or a refusal──> STOPPED
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from planstudio.domain.errors import PlanStudioError
from planstudio.domain.kinds import Access
from planstudio.domain.leaks import Leak, unanswered
from planstudio.domain.packets import PacketOptions
from planstudio.domain.preflight import Finding
from planstudio.gui.jobs import Job, Jobs
from planstudio.packets import Packets, Snapshot
from planstudio.workspace import Workspace

if TYPE_CHECKING:
    from planstudio.reports.meeting.packet import PrintedPacket


State = Enum("State", "IDLE WAITING ASKING SETTING READY STOPPED")
_BUSY = frozenset((State.WAITING, State.ASKING, State.SETTING))


@dataclass(frozen=True)
class PacketWish:
    """Of which meeting the packet is set, for whom and how; *note* is what changed, for the cover."""

    meeting_id: str
    audience: Access
    options: PacketOptions
    note: str


class Made(NamedTuple):
    """A packet as it was set last, and what was found in it."""

    shot: Snapshot
    printed: PrintedPacket
    findings: tuple[Finding, ...]
    leaks: tuple[Leak, ...]

    @property
    def unanswered(self) -> tuple[Leak, ...]:
        return unanswered(self.leaks, self.shot.clearances)


class PacketMaker(QObject):
    state_changed = Signal(object)  # State
    pages_set = Signal(object)  # Made; what it leads to in the same turn of the loop comes before READY
    progressed = Signal(float, str)
    refused = Signal(str)

    def __init__(self, workspace: Workspace, cache: Path, wish: Callable[[], PacketWish | None]) -> None:
        """*wish* says what is to be set when it is begun; None for nothing."""
        super().__init__()
        self.packets = Packets(workspace, cache)
        self.state = State.IDLE
        self.made: Made | None = None  # of the meeting that is shown; perhaps of a moment ago
        self._wish = wish
        self._jobs = Jobs(self)
        self._job: Job | None = None
        self._rest, self._step = QTimer(self, singleShot=True), QTimer(self, singleShot=True)
        self._rest.timeout.connect(self.begin)
        self._step.timeout.connect(self._ask_on)
        self._jobs.progressed.connect(self._on_progress)
        self._jobs.failed.connect(lambda error: self._refuse(str(error)))

    @property
    def is_busy(self) -> bool:
        """Whether the pages shown will be replaced by others in a moment."""
        return self.state in _BUSY

    @property
    def leaks(self) -> tuple[Leak, ...] | None:
        """What of the packet shown waits for an answer; None where it has not been looked through."""
        return self.made.unanswered if self.made is not None and self.state is State.READY else None

    def wait(self, rest: int) -> None:
        """Something has changed: set it when nothing more has for *rest* milliseconds."""
        self._give_up()
        self._become(State.WAITING)
        self._rest.start(rest)

    def begin(self) -> None:
        self._give_up()
        wish = self._wish()
        if wish is None:
            self._become(State.IDLE)
            return
        ask = self.packets.snapshot_in_steps
        self._asking = ask(wish.meeting_id, wish.audience, options=wish.options, note=wish.note)
        self._become(State.ASKING)
        self._step.start()

    def stop(self) -> None:
        if self.is_busy:
            self.outdate()

    def outdate(self) -> None:
        """Something has changed, and nobody sees it."""
        self._give_up()
        self._become(State.STOPPED)

    def forget(self) -> None:
        """Another meeting is shown."""
        self.outdate()
        self.made = None

    def close(self) -> None:
        """Stop what is being printed and the processes that read files."""
        self.stop()
        self._jobs.wait()
        self.packets.close()

    def _give_up(self) -> None:
        self._rest.stop()
        self._step.stop()
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def _become(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)

    def _ask_on(self) -> None:
        try:
            next(self._asking)
        except StopIteration as last:
            self._start(last.value)
        except PlanStudioError as error:
            self._refuse(str(error))
        else:
            self._step.start()

    def _start(self, shot: Snapshot) -> None:
        packets = self.packets

        def work(job: Job) -> Made:
            import pypdfium2  # noqa: F401 (the window shows the pages with it, and need not wait until it is loaded)

            printed = packets.draw(shot, progress=job.progress, cancelled=lambda: job.cancelled)
            facts = {paper.key: paper.facts for paper in printed.papers}
            leaks = packets.leaks(shot, printed, cancelled=lambda: job.cancelled)
            return Made(shot, printed, packets.findings(shot, facts), leaks)

        self._become(State.SETTING)
        self._job = self._jobs.start(work, self._on_made)

    def _on_made(self, made: Made) -> None:
        self.made = made
        self.pages_set.emit(made)
        QTimer.singleShot(0, self, partial(self._finish, self._job))

    def _finish(self, job: Job | None) -> None:
        if self._job is job:  # else it was stopped, or the next is being set
            self._job = None
            self._become(State.READY)

    def _refuse(self, words: str) -> None:
        self._job = None
        self._become(State.STOPPED)
        self.refused.emit(words)

    def _on_progress(self, share: float, words: str) -> None:
        if self._job is not None:
            self.progressed.emit(share, words)
