"""The program's diary for bugs: a rotating file and stderr, never words of a plan."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path


def start(folder: Path) -> None:
    """Write warnings to stderr and everything to *folder*/planstudio.log, five files of a megabyte."""
    root = logging.getLogger("planstudio")
    if root.handlers:
        return
    root.setLevel(logging.INFO)
    folder.mkdir(parents=True, exist_ok=True)
    file = RotatingFileHandler(
        folder / "planstudio.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    screen = logging.StreamHandler()
    screen.setLevel(logging.WARNING)
    root.addHandler(file)
    root.addHandler(screen)
