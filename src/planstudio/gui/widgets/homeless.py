"""Words that somebody had begun to answer with when the question was settled elsewhere: to be copied or let go."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from planstudio.gui.widgets.basics import button, column, row, text
from planstudio.i18n import _


class Homeless(QFrame):
    let_go = Signal()

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.setProperty("area", "note")
        told = _("{title}: somebody settled this while you wrote. Your words were:").format(title=title)
        self.words = text(words, "reading", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = button(_("Copy the words"), act=lambda: QGuiApplication.clipboard().setText(words))
        self.leave = button(_("Let them go"), "quiet", act=self.let_go)
        self.setAccessibleName(f"{told} {words}")
        verbs = row(self.copy, 1, self.leave, None)
        self.setLayout(column(text(told, "strong", wrap=True), 1, self.words, 1.5, verbs, edge=(4, 2, 4, 2)))
