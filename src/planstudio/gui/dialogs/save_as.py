"""Where a file is to go: the one question that every saving asks, and nothing is replaced that was not named in it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from planstudio import files
from planstudio.i18n import _


def ask_path(parent: QWidget, title: str, folder: str, name: str, kinds: str = "") -> Path | None:
    """A place for *name*, whose ending every answer gets.

    The system's dialog asks before it replaces what was typed. What the ending
    makes of it is another file, so that is asked about here.
    """
    suffix = Path(name).suffix
    start = Path(folder) / files.fitting(name.removesuffix(suffix), suffix)
    while True:
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(start), kinds)
        if not chosen:
            return None
        typed = Path(chosen)
        start = typed if typed.suffix.lower() == suffix.lower() else typed.with_name(typed.name + suffix)
        if start == typed or not os.path.lexists(start) or _replaces(parent, title, start.name):
            return start


def _replaces(parent: QWidget, title: str, name: str) -> bool:
    words = _("{name} exists already. Do you want to replace it?").format(name=files.shown(name))
    box = QMessageBox(QMessageBox.Icon.Question, title, words, QMessageBox.StandardButton.Cancel, parent)
    replace = box.addButton(_("Replace"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is replace
