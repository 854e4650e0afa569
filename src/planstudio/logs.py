"""The program's diary for bugs: a rotating file and stderr, never words of a plan."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path


class _Visible(logging.Formatter):
    """Lines in which no sign is left that a terminal would obey."""

    def __init__(self, shape: str, visible: Callable[[str], str]) -> None:
        super().__init__(shape)
        self._visible = visible

    def format(self, record: logging.LogRecord) -> str:
        return self._visible(super().format(record))


def start(folder: Path, visible: Callable[[str], str]) -> None:
    """Write warnings to stderr, where there is one, and everything to *folder*/planstudio.log.

    There are five files of a megabyte. *visible* writes out what a terminal would obey.
    """
    root = logging.getLogger("planstudio")
    if root.handlers:
        return
    root.setLevel(logging.INFO)
    folder.mkdir(parents=True, exist_ok=True)
    file = RotatingFileHandler(
        folder / "planstudio.log",
        maxBytes=1_000_000,
        backupCount=4,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    file.setFormatter(_Visible("%(asctime)s %(levelname)s %(name)s %(message)s", visible))
    root.addHandler(file)
    if sys.stderr is not None:
        screen = logging.StreamHandler()
        screen.setLevel(logging.WARNING)
        screen.setFormatter(_Visible("%(message)s", visible))
        root.addHandler(screen)
