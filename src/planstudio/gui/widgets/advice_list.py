"""What to look at before posting: a line for each advice, in groups by weight, walked through with the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from planstudio.domain.advice import Advice, Group
from planstudio.gui.theme import gap, width_of
from planstudio.gui.widgets.basics import button, column, dress, empty, quiet, row, text
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.painted import Pressable
from planstudio.i18n import _

SIGNS = {Group.MUST: "off track", Group.SHOULD: "at risk", Group.KNOW: "good to know", Group.SETTLED: "settled"}
_TONES = {Group.MUST: "red", Group.SHOULD: "amber", Group.KNOW: "blue", Group.SETTLED: "green"}
_FEW = 4  # lines below which no group has a head
_SHORT = 18  # letters of a verb that fits on a button


def group_names() -> dict[Group, str]:
    return {
        Group.MUST: _("Must be mended or explained"),
        Group.SHOULD: _("Someone should look"),
        Group.KNOW: _("Good to know"),
        Group.SETTLED: _("Settled with a reason"),
    }


class AdviceLine(Pressable):
    """How many, what, where, and the verb that mends it."""

    def __init__(self, one: Advice) -> None:
        self.advice = one
        number = text(str(one.count), "strong")
        number.setFixedWidth(round(width_of("0000", "strong")))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        said = [text(one.title, "strong", wrap=True)]
        if one.where:
            said.append(quiet(one.where, "caption"))
        box = row(mark(SIGNS[one.group], 3.25), 2, number, 2.5, column(*said, space=0.5), 1, edge=(2, 1.25, 1, 1.25))
        box.setStretch(4, 1)
        self.verb = button("", "quiet")
        if one.verb:
            self.verb.setText(one.verb if len(one.verb) <= _SHORT else _("Look"))
            self.verb.setToolTip(one.verb)
            what = one.where or one.title
            self.verb.setAccessibleName(f"{one.findings[0].words if len(one.findings) == 1 else what}: {one.verb}")
            box.addWidget(self.verb)
        name = _("{group}, {n}: {title}, {where}.") if one.where else _("{group}, {n}: {title}.")
        words = name.format(group=group_names()[one.group], n=one.count, title=one.title, where=one.where)
        super().__init__(box, words, "advice")

    def mark_chosen(self, chosen: bool) -> None:
        dress(self, "area", "wash" if chosen else "advice")


class AdviceList(QWidget):
    """Up and Down walk through the lines, Enter opens one, N says that its leak is none."""

    opened = Signal(object)  # Advice
    mended = Signal(object)  # Advice: its verb was pressed
    denied = Signal(object)  # Advice: "not a leak"

    def __init__(self) -> None:
        super().__init__()
        self._box = column()
        self.setLayout(self._box)
        self.lines: list[AdviceLine] = []
        self.setAccessibleName(_("Before you post"))

    def show_advices(self, made: Sequence[Advice], most: int | None = None, chosen: str = "") -> int:
        """Show the first *most* of *made*; how many were left out. Who stood on a line stands on it again."""
        focused = next((line.advice for line in self.lines if line.hasFocus()), None)
        empty(self._box)
        self.lines = []
        shown = made[:most] if most is not None else made
        for n, one in enumerate(shown):
            if len(made) >= _FEW and (n == 0 or made[n - 1].group is not one.group):
                self._box.addSpacing(gap(2 if n else 0))
                self._box.addWidget(self._head(one.group))
            line = AdviceLine(one)
            line.pressed.connect(lambda one=one: self.opened.emit(one))
            line.verb.clicked.connect(lambda _on=False, one=one: self.mended.emit(one))
            line.mark_chosen(bool(chosen) and one.code == chosen)
            self._box.addWidget(line)
            self.lines.append(line)
        if focused is not None:
            self.stand_on(focused.code)
        return len(made) - len(shown)

    def stand_on(self, code: str) -> None:
        line = next((line for line in self.lines if line.advice.code == code), next(iter(self.lines), None))
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self, group: Group) -> QLabel:
        return text(group_names()[group], "caption strong", _TONES[group])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((n for n, line in enumerate(self.lines) if line.hasFocus() or line.verb.hasFocus()), -1)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if at >= 0 and step is not None:
            self.lines[max(0, min(len(self.lines) - 1, at + step))].setFocus(Qt.FocusReason.OtherFocusReason)
        elif at >= 0 and event.key() == Qt.Key.Key_N and self.lines[at].advice.leaks:
            self.denied.emit(self.lines[at].advice)
        else:
            super().keyPressEvent(event)
