"""Child processes that work until they are stopped or killed; none outlives its test.

A child is forked before this process opens a database: a connection that
crosses a fork, or a second one closed in the other process, drops the locks.
"""

from __future__ import annotations

import mmap
import os
import pickle
import signal
import struct
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Acknowledge = Callable[[int], None]


class Child:
    """A process that works without pause and counts aloud what it has acknowledged."""

    def __init__(self, work: Callable[[Acknowledge], None]) -> None:
        self._count = mmap.mmap(-1, 8)
        self._words, words = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            status = 1
            try:
                os.close(self._words)
                work(lambda number: self._count.__setitem__(slice(0, 8), struct.pack("<q", number)) or _say(words))
                status = 0
            except BaseException:  # noqa: BLE001 - told by the parent, for a fork has no test of its own
                os.write(words, b"!" + traceback.format_exc().encode()[-3000:])
            finally:
                os._exit(status)
        os.close(words)

    @property
    def acknowledged(self) -> int:
        return int(struct.unpack("<q", self._count[:8])[0])

    def wait_for(self, number: int) -> None:
        """Until the child has acknowledged *number*."""
        while self.acknowledged < number:
            said = os.read(self._words, 4096)
            if not said or b"!" in said:
                raise AssertionError(f"the child has failed: {said.decode(errors='replace')}")

    def stop(self) -> None:
        """Halt the child where it is: its files are now what kill -9 would leave."""
        os.kill(self._pid, signal.SIGSTOP)
        _pid, status = os.waitpid(self._pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            self._pid = 0
            raise AssertionError(f"the child has ended: {os.read(self._words, 9999).decode(errors='replace')}")

    def go_on(self) -> None:
        os.kill(self._pid, signal.SIGCONT)
        os.set_blocking(self._words, False)
        try:
            while os.read(self._words, 65536):
                pass
        except BlockingIOError:
            pass
        finally:
            os.set_blocking(self._words, True)

    def kill(self) -> None:
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = 0
            os.close(self._words)


def _say(words: int) -> None:
    os.write(words, b".")


@contextmanager
def working(work: Callable[[Acknowledge], None]) -> Iterator[Child]:
    """A child at work, killed at the end whatever happens."""
    child = Child(work)
    try:
        yield child
    finally:
        child.kill()


def in_a_child(work: Callable[[], Any]) -> Any:
    """What *work* answers in a process of its own, whose limits and user it may change."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            answer: tuple[bool, Any]
            try:
                answer = (True, work())
            except BaseException:  # noqa: BLE001 - raised again by the parent
                answer = (False, traceback.format_exc())
            with os.fdopen(writing, "wb") as file:
                pickle.dump(answer, file)
        finally:
            os._exit(0)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as file:
            fine, answer = pickle.load(file)
    finally:
        os.waitpid(pid, 0)
    assert fine, answer
    return answer
