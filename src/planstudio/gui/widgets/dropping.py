"""Files that are dragged here: always copied, never moved, for what is taken in stays where it was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent


def offer(event: QDragEnterEvent) -> None:
    """Say that files can be dropped here, where they are files."""
    if event.mimeData().hasUrls():
        take(event)


def take(event: QDropEvent) -> None:
    """Accept *event* as a copy: a source that hears Move may delete its file."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def dropped(event: QDropEvent) -> tuple[list[Path], list[str]]:
    """The files of *event*, and the addresses that are none on this computer."""
    take(event)
    urls = event.mimeData().urls()
    here = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return here, [url.toDisplayString() for url in urls if not url.isLocalFile()]
