"""A line that asks for a plan's password where the plan would stand: no box in the way of anything else."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, quiet, row, text
from planstudio.gui.widgets.fields import Captioned
from planstudio.gui.widgets.painted import sign
from planstudio.i18n import _


class PasswordLine(QFrame):
    submitted = Signal(str)
    left = Signal()  # nobody wants to open it now

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setProperty("area", "note")
        self.setAccessibleName(words)
        self.words = text(words, "body", wrap=True)
        self.entry = secret_entry()
        self.field = Captioned(_("Password or recovery key"), self.entry)
        help_words = _(
            "With the recovery sheet the plan can be opened: type its key in the place of the password. Without "
            "password and sheet nobody can open it, the makers of this program neither."
        )
        self.help = quiet(help_words)
        self.help.hide()
        self.go = button(_("Open"), "primary", act=self._submit)
        self.forgotten = button(_("Forgotten?"), "quiet", act=lambda: self.help.setVisible(not self.help.isVisible()))
        self.leave = button(_("Not now"), "quiet", act=self.left)
        head = row(sign("lock", "accent", 4.5), 2.5, self.words, grow=2)
        line = row(self.field, 2, self.go, 1, self.forgotten, 1, self.leave, grow=0)
        self.setLayout(column(head, 2, line, 1.5, self.help, edge=(4, 2.5, 3, 2.5)))
        for verb in (self.go, self.forgotten, self.leave):
            verb.setContentsMargins(0, gap(4), 0, 0)
        self.entry.returnPressed.connect(self._submit)
        self.entry.textEdited.connect(lambda _words: self.field.complain(""))
        self.setFocusProxy(self.entry)

    def _submit(self) -> None:
        if self.entry.text() and self.go.isEnabled():
            self.go.setEnabled(False)
            self.submitted.emit(self.entry.text())

    def refuse(self, why: str) -> None:
        """Say beside the field why it does not open."""
        self.go.setEnabled(True)
        self.field.complain(why)
        self.entry.setAccessibleDescription(why)
        self.entry.selectAll()
        self.entry.setFocus()


def secret_entry() -> QLineEdit:
    """A line in which nobody sees what is typed, and which nothing remembers."""
    made = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
    made.setAcceptDrops(False)
    return made
