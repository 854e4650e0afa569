"""What the keys mean in every list and form: Enter, Ctrl+Enter, and the rows up and down."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def step_of(event: QKeyEvent) -> int:
    """The rows down that Up or Down leads, 0 for another key."""
    return STEPS.get(Qt.Key(event.key()), 0)


def moves(event: QKeyEvent) -> int:
    """The same for Alt+Up and Alt+Down, which move the row."""
    return step_of(event) if event.modifiers() & Qt.KeyboardModifier.AltModifier else 0


class OnKeys(QObject):
    """What some keys do in *widget*; the others are its own."""

    def __init__(self, widget: QWidget, acts: Mapping[int, Callable[[], None]]) -> None:
        super().__init__(widget)
        self._acts = acts
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        act = self._acts.get(event.key())
        if act is not None:
            act()
        return act is not None


class Submitting(QObject):
    """Ctrl+Enter in one of *fields* is *submit*, before a menu takes it; Esc is *leave*."""

    def __init__(self, submit: Callable[[], None], leave: Callable[[], None] | None, *fields: QWidget) -> None:
        super().__init__(fields[0])
        self._submit, self._leave = submit, leave
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not isinstance(event, QKeyEvent) or kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        pressed = kind == QEvent.Type.KeyPress
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            act = self._submit
        elif event.key() == Qt.Key.Key_Escape and pressed and self._leave is not None:
            act = self._leave
        else:
            return False
        if pressed:
            act()
        return True
