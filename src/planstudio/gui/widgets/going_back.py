"""What every field does when Esc gives back what stood in it: since when, and one quiet line."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QApplication, QWidget

# The cursor only comes back after a menu, a list or another window: the field was entered before.
CAME_BACK = (
    Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason, Qt.FocusReason.ActiveWindowFocusReason,
)  # fmt: skip
_READ = 5_000  # milliseconds


def say_quietly(field: QWidget, words: str) -> None:
    """*words* in the status bar of the window around *field*, for a while."""
    window = field.window()
    QApplication.sendEvent(field, QStatusTipEvent(words))
    QTimer.singleShot(_READ, window, lambda: QApplication.sendEvent(window, QStatusTipEvent("")))
