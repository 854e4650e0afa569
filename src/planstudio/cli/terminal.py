"""What the command line writes: lines on stdout, a bar on stderr when somebody watches.

Nothing that stands in a file or its name is a command for the terminal. A
program without a console (pythonw, a packed one) has no streams: what would have
been refused there is told in a window.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from typing import Any, Self

from planstudio import app
from planstudio.files import shown, visible

__all__ = ["Bar", "complain", "hush", "is_mute", "prepare", "remark", "say", "say_json", "shown"]


class _Nowhere(io.StringIO):
    """A stream where there is none: what is written to it is gone."""

    def write(self, text: str) -> int:
        return len(text)


def prepare() -> None:
    """Write UTF-8 into files and pipes too, whatever the computer's own set of letters is; streams where none are."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _Nowhere())
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def is_mute() -> bool:
    """Whether nobody can read what is written."""
    return isinstance(sys.stderr, _Nowhere)


def hush() -> None:
    """Let what is still to be written go nowhere: the pipe is closed, and Python would complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(sentence: str, command: str = "planstudio") -> None:
    """Why nothing was done."""
    remark(f"{command}: {sentence}")
    if is_mute():
        app.tell_in_window(sentence)


def remark(line: str) -> None:
    """One line beside what was asked for."""
    sys.stderr.write(visible(line).replace("\n", "\\x0a") + "\n")


def say(text: str = "") -> None:
    sys.stdout.write(visible(text) + "\n")


def say_json(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=1))


class Bar:
    """A progress bar on stderr, shown only on a terminal and only when it takes a while."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __call__(self, share: float, words: str) -> None:
        if not sys.stderr.isatty() or time.monotonic() - self._start < 0.3:
            return
        full = round(24 * min(max(share, 0.0), 1.0))
        sys.stderr.write(f"\r[{'#' * full}{' ' * (24 - full)}] {share:4.0%} {shown(words)[:44]:44}")
        sys.stderr.flush()
        self._shown = True

    def __exit__(self, *_error: object) -> None:
        if self._shown:
            sys.stderr.write("\r" + " " * 80 + "\r")
            sys.stderr.flush()
