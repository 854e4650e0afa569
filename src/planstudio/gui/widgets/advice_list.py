"""What to look at before posting: a line for each advice, in groups by weight, walked through with the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planstudio.domain.advice import Advice, Group
from planstudio.gui.theme import gap, width_of
from planstudio.gui.widgets.basics import button, column, dress, empty, quiet, row, text
from planstudio.gui.widgets.keys import step_of
from planstudio.gui.widgets.marks import STATUS, mark
from planstudio.gui.widgets.painted import Pressable
from planstudio.i18n import N_, _

GROUPS = {  # the status that is their sign, and what they are called
    Group.MUST: ("off track", N_("Must be mended or explained")),
    Group.SHOULD: ("at risk", N_("Someone should look")),
    Group.KNOW: ("good to know", N_("Good to know")),
    Group.SETTLED: ("settled", N_("Settled with a reason")),
}
_FEW = 4  # lines below which no group has a head
_SHORT = 18  # letters of a verb that fits on a button


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
        sign, group = GROUPS[one.group]
        box = row(mark(sign, 3.25), 2, number, 2.5, column(*said, space=0.5), 1, edge=(2, 1.25, 1, 1.25))
        box.setStretch(4, 1)
        self.verb = button("", "quiet")
        if one.verb:
            self.verb.setText(one.verb if len(one.verb) <= _SHORT else _("Look"))
            self.verb.setToolTip(one.verb)
            what = one.where or one.title
            self.verb.setAccessibleName(f"{one.findings[0].words if len(one.findings) == 1 else what}: {one.verb}")
            box.addWidget(self.verb)
        name = _("{group}, {n}: {title}, {where}.") if one.where else _("{group}, {n}: {title}.")
        words = name.format(group=_(group), n=one.count, title=one.title, where=one.where)
        super().__init__(box, words, "advice")


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
        shown = made[:most]
        for n, one in enumerate(shown):
            if len(made) >= _FEW and (n == 0 or made[n - 1].group is not one.group):
                self._box.addSpacing(gap(2 if n else 0))
                sign, group = GROUPS[one.group]
                self._box.addWidget(text(_(group), "caption strong", STATUS[sign].tone))
            line = AdviceLine(one)
            line.pressed.connect(lambda one=one: self.opened.emit(one))
            line.verb.clicked.connect(lambda _on=False, one=one: self.mended.emit(one))
            dress(line, "area", "wash" if chosen and one.code == chosen else "advice")
            self._box.addWidget(line)
            self.lines.append(line)
        if focused is not None:
            self.stand_on(focused.code)
        return len(made) - len(shown)

    def stand_on(self, code: str) -> None:
        line = next((line for line in self.lines if line.advice.code == code), next(iter(self.lines), None))
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((n for n, line in enumerate(self.lines) if line.hasFocus() or line.verb.hasFocus()), -1)
        step = step_of(event)
        if at >= 0 and step:
            self.lines[max(0, min(len(self.lines) - 1, at + step))].setFocus(Qt.FocusReason.OtherFocusReason)
        elif at >= 0 and event.key() == Qt.Key.Key_N and self.lines[at].advice.leaks:
            self.denied.emit(self.lines[at].advice)
        else:
            super().keyPressEvent(event)
