"""What the command line writes: lines on stdout, a bar on stderr when somebody watches."""

from __future__ import annotations

import sys
import time


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
