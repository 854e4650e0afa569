"""A question is gone when it is answered: one that only hides stays in the tree that a screen reader walks."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def accepted(dialog: QDialog) -> bool:
    """Ask with *dialog*; whether it was answered. What it holds can be read in the same event."""
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
