"""A name and a few choices for it beside each other, for tables that are filled in by keyboard: a roll, a vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from planstudio.gui.theme import font, gap, width_of
from planstudio.gui.widgets.basics import complain, complaint, plain, row, scrolling
from planstudio.gui.widgets.keys import ENTER, STEPS
from planstudio.gui.widgets.painted import Elided
from planstudio.i18n import _

_ASIDE = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True)
class Option:
    """A choice, its word on the button, and the letter that takes it."""

    kind: StrEnum
    word: str
    key: str
    tip: str = ""


class ChoiceLine(QWidget):
    """One of some choices, or none.

    Left and Right walk the choices and change nothing; Space, Enter, a click or a choice's letter takes one, and taking
    it again takes it back. Tab sees the line as one stop.
    """

    chosen = Signal(object)  # the StrEnum's member, or None
    stepped = Signal(int, int)  # the place of the choice that had the focus, lines down (up: negative)

    def __init__(self, name: str, options: Sequence[Option], extra: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.options = list(options)
        self._shown: StrEnum | None = None
        self.buttons = [_Choice(self, f"{name}: {one.word}", one) for one in options]
        self._label = Elided(name)
        self._label.setMinimumWidth(gap(12))
        self._label.setMaximumWidth(gap(46))
        self._line = row(*self.buttons, space=0.5)
        self._choices = plain(self._line)
        self._extra = plain(row(*extra, space=0.5))
        self._error = complaint()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap(2))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1000)
        self._grid.setColumnStretch(3, 1)
        self._is_narrow = True
        self._place(narrow=False)
        self.setMinimumHeight(gap(8.5))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._rove(self.buttons[0])

    def _place(self, *, narrow: bool) -> None:
        """Name, choices and the rest beside each other; where there is no room, the choices below the name."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self._label, 0, 0)
        self._grid.addWidget(self._extra, 0, 1 if narrow else 2, middle)
        self._grid.addWidget(self._choices, int(narrow), 0 if narrow else 1, 1, 3 if narrow else 1)
        self._grid.addWidget(self._error, 2, 0, 1, 4)
        self._line.setContentsMargins(0, 0, 0, gap(1.5) if narrow else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._choices.sizeHint().width() + self._extra.sizeHint().width() + gap(30)
        self._place(narrow=event.size().width() < needed)

    def minimumSizeHint(self) -> QSize:
        """Room for the choices below the name."""
        widest = max(self._choices.sizeHint().width(), self._extra.sizeHint().width() + gap(14))
        return QSize(widest, super().minimumSizeHint().height())

    def show_choice(self, kind: StrEnum | None) -> None:
        self._shown = kind
        has_focus = any(one.hasFocus() for one in self.buttons)
        for one in self.buttons:
            one.show_taken(one.option.kind is kind)
            if one.option.kind is kind and not has_focus:
                self._rove(one)

    def complain(self, why: str) -> None:
        complain(self._error, why, self._label.text())

    def take(self, choice: _Choice) -> None:
        """Tell that a person took *choice*; the line shows it when the plan says so."""
        kind = choice.option.kind
        self.show_choice(self._shown)
        self.chosen.emit(None if kind is self._shown else kind)

    def step(self, lines: Sequence[ChoiceLine], place: int, by: int) -> None:
        """Give the focus to the choice at *place* of the line that is *by* lines from this one among *lines*."""
        at = lines.index(self) + by
        if 0 <= at < len(lines):
            lines[at]._step_to(lines[at].buttons[place])

    def stop(self) -> QWidget:
        """The choice that Tab comes to."""
        return next(one for one in self.buttons if one.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def on_key(self, choice: _Choice, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        at, key = self.buttons.index(choice), Qt.Key(event.key())
        letter = next((one for one in self.buttons if one.option.key == event.text().upper()), None)
        if key in _ASIDE:
            self._step_to(self.buttons[max(0, min(at + _ASIDE[key], len(self.buttons) - 1))])
        elif key in STEPS:
            self.stepped.emit(at, STEPS[key])
        elif key in ENTER:
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
        for page in scrolling(self):
            page.ensureWidgetVisible(choice, 0, gap(9))


class _Choice(QToolButton):
    def __init__(self, line: ChoiceLine, name: str, option: Option) -> None:
        super().__init__()
        self._line = line
        self.option = option
        self.setCheckable(True)
        self.setText(option.word)
        self.setAccessibleName(name)
        self.setToolTip(_("{tip} ({key})").format(tip=option.tip or option.word, key=option.key))
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
            letters = {one.key for one in self._line.options}
            if event.text().upper() in letters and not event.modifiers():  # no menu takes it first
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._line.on_focus(self)
