"""The line over words that the board has adopted: why they are closed, and the one verb that opens them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from planstudio.gui.widgets.basics import button, row, text
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField


class AdoptedNotice(QFrame):
    acted = Signal()

    def __init__(self, verb: str) -> None:
        super().__init__()
        self.setProperty("area", "note")
        self.words = text("", wrap=True)
        self.verb = button(verb, "quiet", act=self.acted)
        self.setLayout(row(mark("completed", 3.5), 2.5, self.words, self.verb, edge=(4, 1.5, 2, 1.5), grow=2))
        self.hide()

    def guard(self, words: str, fields: Iterable[TextField | RichField], *, locked: bool) -> None:
        """Close *fields* and say *words*; "" opens them. In a plan that is only read (*locked*) they stay closed."""
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.verb.setVisible(not locked)
        for field in fields:
            one = field.field if isinstance(field, RichField) else field
            if one.isReadOnly() is not (bool(words) or locked):
                one.setReadOnly(bool(words) or locked)
