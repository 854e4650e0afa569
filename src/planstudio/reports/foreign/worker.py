"""The parent's side of the process that takes files apart: started when needed, killed when it does not answer."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from planstudio import i18n
from planstudio.domain.intake import Trouble, refused
from planstudio.reports.foreign.confinement import COUNTS_WORK, ended_by_work
from planstudio.reports.foreign.imported import MOST_BODY, MOST_HEAD, ImportedFile, Malformed, unpack_file
from planstudio.reports.foreign.pipe import Closed, read_frame, write_frame
from planstudio.reports.printed import Cancelled

# Seconds for one file on the clock. Where the process counts its work this is for one that does nothing at all.
PATIENCE = 600.0 if COUNTS_WORK else 60.0
_POLL = 0.04


def command() -> list[str]:
    """How the process is started, also from the packaged program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--intake-child"]
    return [sys.executable, "-m", "planstudio.reports.foreign.child"]


class Worker:
    """One process. It is for one thread at a time."""

    def __init__(self, starts: list[str] | None = None, patience: float = PATIENCE) -> None:
        self._starts, self._patience = starts or command(), patience
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process that is running, if any."""
        return self._process.pid if self._process else None

    def take(self, name: str, data: bytes, description: str, cancelled: Callable[[], bool] | None) -> ImportedFile:
        """Ask the process; the file that it does not survive is in trouble, not the next one.

        Where it dies it is asked once more, without the accessibility check:
        a bug of the checker is no reason to leave a file out.
        """
        said = {"name": name, "description": description, "language": i18n.language()}
        imported = self._ask(said | {"check": True}, data, cancelled)
        return imported or self._ask(said | {"check": False}, data, cancelled) or ImportedFile(refused(Trouble.FAILED))

    def _ask(self, said: dict[str, Any], data: bytes, cancelled: Callable[[], bool] | None) -> ImportedFile | None:
        """Its answer; None where it died or gave one that cannot be believed."""
        process = self._process = self._process or self._start()
        asked = _Asked(process, json.dumps(said).encode(), data)
        asked.start()
        until = time.monotonic() + self._patience
        while asked.is_alive():
            asked.join(_POLL)
            if cancelled is not None and asked.is_alive() and cancelled():
                self.close()
                raise Cancelled
            if time.monotonic() > until and asked.is_alive():
                self.close()
                return ImportedFile(refused(Trouble.TOO_LARGE))
        if asked.answer is not None:
            with suppress(Malformed):
                return unpack_file(*asked.answer)
        self.close()
        return ImportedFile(refused(Trouble.TOO_LARGE)) if ended_by_work(process.returncode) else None

    def close(self) -> None:
        """Kill the process; the next file starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # what could not be written any more
                    stream.close()
        process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._starts, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip


class _Asked(threading.Thread):
    """One request and its answer. Pipes cannot be polled on all systems, so a thread waits for them."""

    def __init__(self, process: subprocess.Popen[bytes], head: bytes, body: bytes) -> None:
        super().__init__(daemon=True, name="intake")
        self._process, self._head, self._body = process, head, body
        self.answer: tuple[bytes, bytes] | None = None

    def run(self) -> None:
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        with suppress(OSError, ValueError, Closed):  # the process is gone: there is no answer
            write_frame(requests, self._head, self._body)
            self.answer = read_frame(answers, MOST_HEAD, MOST_BODY)
