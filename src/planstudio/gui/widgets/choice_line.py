"""A name and a few choices for it beside each other, for tables that are filled in by keyboard: a roll, a vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from planstudio.gui.theme import font, gap, width_of
from planstudio.gui.widgets.basics import Elided, column, row, text
from planstudio.i18n import _

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_LINES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class Option:
    """A choice, its word on the button, and the letter that takes it."""

    kind: StrEnum
    word: str
    key: str
    tip: str = ""


class ChoiceLine(QWidget):
    """One of some choices, or none.

    Left and Right walk the choices and change nothing; Space, Enter, a click or
    a choice's letter takes one, and taking it again takes it back. Tab sees the
    line as one stop.
    """

    chosen = Signal(object)  # the StrEnum's member, or None
    stepped = Signal(int, int)  # the place of the choice that had the focus, lines down (up: negative)

    def __init__(self, name: str, options: Sequence[Option], extra: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.options = list(options)
        self._shown: StrEnum | None = None
        self.buttons = [_Choice(self, f"{name}: {one.word}", one) for one in options]
        label = Elided(name)
        label.setMinimumWidth(gap(20))
        label.setMaximumWidth(gap(46))
        self._error = text("", "caption", "red", wrap=True)
        self._error.hide()
        line = row(label, 2, *self.buttons, *([2.0] if extra else []), *extra, None, space=0.5)
        line.setStretch(0, 1000)
        self.setLayout(column(line, self._error))
        self.setMinimumHeight(gap(8.5))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._rove(self.buttons[0])

    def show_choice(self, kind: StrEnum | None) -> None:
        self._shown = kind
        for one in self.buttons:
            one.show_taken(one.option.kind is kind)
        taken = next((one for one in self.buttons if one.option.kind is kind), None)
        if taken is not None and not any(one.hasFocus() for one in self.buttons):
            self._rove(taken)

    def complain(self, why: str) -> None:
        self._error.setText(why)
        self._error.setVisible(bool(why))

    def take(self, choice: _Choice) -> None:
        """Tell that a person took *choice*; the line shows it when the plan says so."""
        kind = choice.option.kind
        self.show_choice(self._shown)
        self.chosen.emit(None if kind is self._shown else kind)

    def enter(self, place: int) -> None:
        """Give the focus to the choice at *place*."""
        self._step_to(self.buttons[place])

    def stop(self) -> QWidget:
        """The choice that Tab comes to."""
        return next(one for one in self.buttons if one.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def on_key(self, choice: _Choice, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        at, key = self.buttons.index(choice), Qt.Key(event.key())
        letter = next((one for one in self.buttons if one.option.key == event.text().upper()), None)
        if key in _STEPS:
            self._step_to(self.buttons[max(0, min(at + _STEPS[key], len(self.buttons) - 1))])
        elif key in _LINES:
            self.stepped.emit(at, _LINES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(choice)
        elif letter is not None and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._step_to(letter)
            if letter.option.kind is not self._shown:  # the same letter twice is a doubt, not a change of mind
                self.take(letter)
        else:
            return False
        return True

    def _step_to(self, choice: _Choice) -> None:
        self._rove(choice)
        choice.setFocus(Qt.FocusReason.TabFocusReason)

    def _rove(self, stop: _Choice) -> None:
        for one in self.buttons:
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is stop else Qt.FocusPolicy.ClickFocus)

    def on_focus(self, choice: _Choice) -> None:
        self._rove(choice)


class _Choice(QToolButton):
    def __init__(self, line: ChoiceLine, name: str, option: Option) -> None:
        super().__init__()
        self._line = line
        self.option = option
        self.setCheckable(True)
        self.setText(option.word)
        self.setAccessibleName(name)
        letter = _("{tip} ({key})")
        self.setToolTip(letter.format(tip=option.tip or option.word, key=option.key))
        self.setFixedWidth(round(width_of(option.word, "strong")) + gap(4.5))
        self.clicked.connect(lambda: line.take(self))

    def show_taken(self, taken: bool) -> None:
        """A chosen one has a ground and heavier letters, so that gray paper tells it, too."""
        self.setChecked(taken)
        self.setFont(font("strong" if taken else "body"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._line.on_key(self, event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.text().upper() in {one.key for one in self._line.options} and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._line.on_focus(self)
