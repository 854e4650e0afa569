"""What the command line writes: lines on stdout, a bar on stderr when somebody watches."""

from __future__ import annotations

import io
import os
import sys
import time


def speak_utf8() -> None:
    """Write UTF-8 into files and pipes too, whatever the computer's own set of letters is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def hush() -> None:
    """Let what is still to be written go nowhere: the pipe is closed, and Python would complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(sentence: str) -> None:
    sys.stderr.write(f"planstudio: {sentence}\n")


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")


class Bar:
    """A progress bar on stderr, shown only on a terminal and only when it takes a while."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._shown = False

    def __call__(self, share: float, words: str) -> None:
        if not sys.stderr.isatty() or time.monotonic() - self._start < 0.3:
            return
        full = round(24 * min(max(share, 0.0), 1.0))
        sys.stderr.write(f"\r[{'#' * full}{' ' * (24 - full)}] {share:4.0%} {words[:44]:44}")
        sys.stderr.flush()
        self._shown = True

    def end(self) -> None:
        if self._shown:
            sys.stderr.write("\r" + " " * 80 + "\r")
            sys.stderr.flush()
