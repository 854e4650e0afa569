"""Takes the files that people attach: each becomes a fragment, pictures or text, with the facts on it.

Files are taken apart by processes of their own, which are started with the
first file and killed when they do not answer. What was taken once is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self, Unpack

from planstudio import i18n
from planstudio.domain.intake import Trouble, refused
from planstudio.reports.foreign import office
from planstudio.reports.foreign.file_cache import FileCache
from planstudio.reports.foreign.imported import MOST_BODY, ImportedFile
from planstudio.reports.foreign.sniffing import Family, family
from planstudio.reports.foreign.worker import Worker
from planstudio.reports.printed import Watched, go_on

VERSION = "3"  # of what the intake makes: a new one takes every file anew
WORKERS = 2
LARGEST = 500_000_000  # bytes of a file
_POLL = 0.04
_PASSING = frozenset({Trouble.NO_CONVERTER, Trouble.FAILED, Trouble.TOO_LARGE})  # may go well next time


class Given(NamedTuple):
    """A file to be taken. *description* says what is seen on pages without text."""

    name: str
    data: bytes
    description: str = ""


class Intake:
    """The door for foreign files. Thread-safe."""

    def __init__(
        self, cache: Path | None = None, make_worker: Callable[[], Worker] = Worker, *, in_the_clear: bool = True
    ) -> None:
        """Not *in_the_clear*: no byte of a file may stand on the disk, so what needs another program is refused."""
        self._in_the_clear, self._cache, self._make_worker = in_the_clear, FileCache(cache), make_worker
        self._idle: list[Worker] = []
        self._free = threading.Semaphore(WORKERS)
        self._lock = threading.Lock()
        self._closed = 0  # how often: a process that was out then is not taken back

    def take(
        self, name: str, data: bytes, *, description: str = "", cancelled: Callable[[], bool] | None = None
    ) -> ImportedFile:
        """What becomes of one file. It never fails but for Cancelled: what is wrong stands in the facts."""
        if len(data) > min(LARGEST, MOST_BODY):
            return ImportedFile(refused(Trouble.TOO_LARGE))
        key = _key(name, data, description)
        known = self._cache.get(key)
        if known is not None:
            return known
        imported = self._taken(Given(name, data, description), cancelled)
        if imported.facts.trouble not in _PASSING:
            self._cache.put(key, imported)
        return imported

    def take_all(
        self, files: Sequence[Given | tuple[str, bytes, str]], **watched: Unpack[Watched]
    ) -> list[ImportedFile]:
        """What becomes of many files, in their order. Told are the share that is done and the last name."""
        stop, cancelled = threading.Event(), watched.get("cancelled")

        def stopped() -> bool:
            return stop.is_set() or (cancelled is not None and cancelled())

        def one(given: Given) -> ImportedFile:
            go_on(stopped)
            return self.take(given.name, given.data, description=given.description, cancelled=stopped)

        with ThreadPoolExecutor(WORKERS, thread_name_prefix="intake") as pool:
            jobs = {pool.submit(one, given): given for given in (Given(*each) for each in files)}
            try:
                self._wait(jobs, watched.get("progress"))
            finally:
                stop.set()  # when one was cancelled or a bug was met, the others need not go on
            return [job.result() for job in jobs]

    def _wait(self, jobs: dict[Future[ImportedFile], Given], progress: Callable[[float, str], None] | None) -> None:
        waiting = set(jobs)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for job in done:
                job.result()
                if progress is not None:
                    progress(1 - len(waiting) / len(jobs), jobs[job].name)

    def close(self) -> None:
        """End the processes. A later file starts new ones."""
        with self._lock:
            workers, self._idle = self._idle, []
            self._closed += 1
        for worker in workers:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _taken(self, given: Given, cancelled: Callable[[], bool] | None) -> ImportedFile:
        kind = family(given.name, given.data)
        if isinstance(kind, Trouble):
            return ImportedFile(refused(kind))
        if kind[0] is not Family.OFFICE:
            return self._ask(given, cancelled)
        if not self._in_the_clear:
            return ImportedFile(refused(Trouble.SECRET))
        made = office.convert(given.data, kind[1], cancelled)
        if isinstance(made, Trouble):
            return ImportedFile(refused(made))
        imported = self._ask(given._replace(data=made), cancelled)
        return replace(imported, facts=replace(imported.facts, converted=True))

    def _ask(self, given: Given, cancelled: Callable[[], bool] | None) -> ImportedFile:
        while not self._free.acquire(timeout=_POLL):
            go_on(cancelled)
        try:
            with self._lock:
                worker = self._idle.pop() if self._idle else self._make_worker()
                closed = self._closed
            try:
                return worker.take(given.name, given.data, given.description, cancelled)
            finally:
                self._take_back(worker, closed)
        finally:
            self._free.release()

    def _take_back(self, worker: Worker, closed: int) -> None:
        with self._lock:
            if closed == self._closed:
                self._idle.append(worker)
                return
        worker.close()


def _key(name: str, data: bytes, description: str) -> str:
    said = "\0".join((VERSION, i18n.language(), name, description)).encode("utf-8", "replace")
    return sha256(sha256(data).digest() + said).hexdigest()
