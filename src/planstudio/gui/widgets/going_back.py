"""What every field does when Esc gives back what stood in it: since when, and one quiet line."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QStatusTipEvent
from PySide6.QtWidgets import QApplication, QWidget

from planstudio.gui.announcing import announcer

# The cursor comes back after a menu, a list or another window: the field was not left.
_NOT_LEFT = (
    Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason, Qt.FocusReason.ActiveWindowFocusReason,
)  # fmt: skip
_READ = 5_000  # milliseconds


class Visit:
    """From the moment the cursor comes into a field until it goes to another one."""

    def __init__(self) -> None:
        self._inside = False

    def comes(self) -> bool:
        """The cursor is here; whether it had been elsewhere."""
        new, self._inside = not self._inside, True
        return new

    def goes(self, event: QFocusEvent) -> None:
        self._inside = event.reason() in _NOT_LEFT


def say_quietly(field: QWidget, words: str) -> None:
    """*words* in the status bar of the window around *field*, for a while, and once to whoever listens."""
    announcer().say(words)
    window = field.window()
    QApplication.sendEvent(field, QStatusTipEvent(words))
    QTimer.singleShot(_READ, window, lambda: QApplication.sendEvent(window, QStatusTipEvent("")))
