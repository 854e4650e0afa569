"""What is to be settled, and what was settled in this visit with what was done; walked through with the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planstudio.gui.theme import font
from planstudio.gui.widgets.basics import column, dress, empty, quiet, row, scrolling, text
from planstudio.gui.widgets.keys import step_of
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.painted import Pressable
from planstudio.i18n import _


@dataclass(frozen=True)
class Line:
    """A row of the list; a settled one tells what was done and leads nowhere."""

    key: str
    title: str
    note: str
    settled: bool = False
    group: bool = False


class _Row(Pressable):
    def __init__(self, line: Line, here: bool) -> None:
        self.line = line
        self._title = text(line.title, "strong" if here or line.group else "body", wrap=True)
        sign = mark("settled" if line.settled else "off track", 3.25)
        words = column(self._title, quiet(line.note, "caption"), space=0.25)
        if line.group:
            box = row(words, edge=(1, 1.5, 2, 1))
        else:
            box = row(sign, 2.5, words, edge=(2, 1.5, 2, 1.5), top=sign, grow=2)
        told = _("Settled") if line.settled else _("To settle")
        name = ", ".join(filter(None, ("" if line.group else told, line.title, line.note)))
        super().__init__(box, name, "wash" if here and not line.group else "advice")
        if line.settled:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_here(self, here: bool) -> None:
        if self.line.group:
            return
        dress(self, "area", "wash" if here else "advice")
        self._title.setFont(font("strong" if here else "body"))


class QuestionList(QWidget):
    chosen = Signal(str)  # a line's key

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("To settle"))
        self._box = column(space=0.5)
        self.setLayout(self._box)
        self.rows: list[_Row] = []
        self._lines: tuple[Line, ...] = ()
        self._here = ""

    def show_lines(self, lines: Sequence[Line], here: str) -> None:
        """Show *lines*, the one with the key *here* the present one; who stood on a line stands on it again."""
        if tuple(lines) == self._lines:
            self.go(here)
            return
        focused = next((one.line.key for one in self.rows if one.hasFocus()), None)
        empty(self._box)
        self._lines, self._here = tuple(lines), here
        self.rows = [_Row(line, line.key == here) for line in lines]
        for one in self.rows:
            one.pressed.connect(lambda line=one.line: self._on_pressed(line))
            self._box.addWidget(one)
        if focused is not None:
            self._stand_on(focused if any(line.key == focused and not line.settled for line in lines) else here)

    def go(self, here: str) -> None:
        """Mark the line *here* as the present one, without telling anybody."""
        self._here = here
        for one in self.rows:
            one.show_here(one.line.key == here)

    def begin(self) -> bool:
        """Take the cursor to the present line; False where there is none."""
        return self._stand_on(self._here)

    def _stand_on(self, key: str) -> bool:
        one = next((one for one in self.rows if one.line.key == key and not one.line.settled), None)
        if one is None or not self.isVisibleTo(self.window()):
            return False
        one.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _on_pressed(self, line: Line) -> None:
        if not line.settled:
            self.chosen.emit(line.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        live = [one for one in self.rows if not one.line.settled]
        at, step = next((n for n, one in enumerate(live) if one.hasFocus()), -1), step_of(event)
        if at < 0 or not step:
            super().keyPressEvent(event)
            return
        one = live[max(0, min(len(live) - 1, at + step))]
        one.setFocus(Qt.FocusReason.OtherFocusReason)
        if not one.line.group:
            self.chosen.emit(one.line.key)
        for page in scrolling(self):
            page.ensureWidgetVisible(one)
