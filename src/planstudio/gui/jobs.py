"""Work that takes longer than a blink, done off the GUI thread, with progress and cancel.

A job gets snapshots, or a workspace of which it asks a copy (Workspace.snapshot), and
answers with values; it never touches a widget or the plan itself.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from planstudio.domain.errors import PlanStudioError, unforeseen

T = TypeVar("T")
_LONG = 1000  # milliseconds after which one wants to know what is waited for
_SWITCH = 0.0005  # seconds that a job may keep the interpreter while the window, which asks at every stroke, paints


class Job:
    """The handle that work gets: tell progress(share, words), look at cancelled."""

    def __init__(self, tell: Callable[[float, str], None]) -> None:
        self.progress = tell
        self._stop = threading.Event()

    def cancel(self) -> None:
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()


class Jobs(QObject):
    """Runs one job at a time and answers on the GUI thread."""

    progressed = Signal(float, str)
    finished = Signal()
    failed = Signal(object)  # PlanStudioError
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._landed.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self, work: Callable[[Job], T], then: Callable[[T], None],
        otherwise: Callable[[PlanStudioError], None] | None = None,
    ) -> Job:  # fmt: skip
        """Run *work*; give what it answers to *then*, a refusal to *otherwise* or to `failed`."""
        job = Job(self.progressed.emit)
        future: Future[T] = self._pool.submit(work, job)
        future.add_done_callback(lambda done: self._landed.emit((done, job, then, otherwise)))
        return job

    def wait_for(self, work: Callable[[Job], T], words: str) -> T:
        """What *work* answers, or its refusal. Meanwhile the window paints, and after a second says *words*."""
        loop, job = QEventLoop(self), Job(self.progressed.emit)
        over = [lambda _answer: loop.quit()] * 2
        future = self._pool.submit(work, job)
        future.add_done_callback(lambda done: self._landed.emit((done, job, *over)))
        QTimer.singleShot(_LONG, loop, lambda: self.progressed.emit(0.0, words))
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if isValid(loop):
            loop.deleteLater()
        return future.result()

    def wait(self) -> None:
        self._pool.shutdown(wait=True)

    @Slot(object)
    def _deliver(self, landed: tuple[Future[Any], Job, Callable[[Any], None], Any]) -> None:
        future, job, then, otherwise = landed
        self.finished.emit()
        error = future.exception()
        asker = getattr(then, "__self__", None)
        if isinstance(asker, QObject) and not isValid(asker):
            return  # whoever asked has been closed
        if job.cancelled:
            return
        if error is None:
            then(future.result())
        elif isinstance(error, PlanStudioError):
            (otherwise or self.failed.emit)(error)
        else:
            if otherwise is not None:  # whoever waits is let go, whatever it was
                otherwise(PlanStudioError(unforeseen(error)))
            raise error
