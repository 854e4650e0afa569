"""What stands behind one line of advice: each finding with its verb, or each answer with who gave it and when."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from planstudio.domain.advice import Advice
from planstudio.domain.leaks import Clearance, Leak
from planstudio.domain.preflight import Finding
from planstudio.domain.words import word
from planstudio.gui.widgets.advice_list import GROUPS
from planstudio.gui.widgets.basics import area, button, column, empty, plain, quiet, row, text
from planstudio.gui.widgets.keys import OnKeys
from planstudio.gui.widgets.marks import mark
from planstudio.i18n import _, day_and_time, stopped

_MOST = 200  # lines; whoever has more mends some of them first
_SHORT = 16  # letters of a verb that fits on a button


class FindingLines(QWidget):
    mended = Signal(object)  # Finding
    taken_back = Signal(object)  # Clearance
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back = button(_("‹ Back to the findings"), "quiet", act=self.left)
        self.title = text("", "heading", wrap=True)
        OnKeys(self, {Qt.Key.Key_Escape: self.left.emit})
        self._lines = column(space=1)
        self.setLayout(column(row(self.back, None), 1, self.title, 2, self._lines, None, edge=(4, 3, 4, 3)))

    def show_advice(self, one: Advice, *, read_only: bool) -> None:
        empty(self._lines)
        self.title.setText(one.title)
        for finding in one.findings[:_MOST]:
            self._lines.addWidget(self._finding(finding, GROUPS[one.group][0]))
        for leak, why in one.answers[:_MOST]:
            self._lines.addWidget(self._answer(leak, why, read_only))

    def begin(self) -> None:
        verbs = [one for one in self.findChildren(QPushButton) if one is not self.back and not one.isHidden()]
        (verbs[0] if verbs else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _finding(self, one: Finding, sign: str) -> QWidget:
        words = text(one.words, "body", wrap=True)
        line = row(mark(sign, 3.25), 2.5, words, edge=(0, 1, 0, 1), grow=2)
        if one.fix:
            short = one.help if len(one.help) < _SHORT else _("Look")
            verb = button(short, "quiet", name=f"{one.words}: {one.help}", act=lambda: self.mended.emit(one))
            verb.setToolTip(one.help)
            line.addWidget(verb)
        elif one.help:
            words.setToolTip(one.help)
        return plain(line)

    def _answer(self, leak: Leak, why: Clearance, read_only: bool) -> QWidget:
        where = _("Withheld in {withheld}; shown in {shown}").format(withheld=why.withheld, shown=why.shown or "–")
        said = f"{stopped(word(why.kind))} {stopped(why.reason)}"
        again = _("Look again")
        verb = button(again, "quiet", name=f"“{leak.words}”: {again}", act=lambda: self.taken_back.emit(why))
        verb.setToolTip(_("Take the reason back: the finding waits for an answer again."))
        verb.setEnabled(not read_only)
        words = column(
            text(f"“{leak.words}”", "strong", wrap=True), text(said, wrap=True), quiet(where, "caption"),
            quiet(f"{why.author or '–'}, {day_and_time(why.at)}", "caption"), row(verb, None),
            space=0.75, edge=(4, 3, 4, 2),
        )  # fmt: skip
        return area("card", words)
