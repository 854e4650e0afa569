"""A new password, typed twice, with what it means to forget it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from planstudio.gui.dialogs.asked import BaseDialog, accepted
from planstudio.gui.widgets.basics import button, quiet, row, text
from planstudio.gui.widgets.fields import Captioned
from planstudio.gui.widgets.password_line import secret_entry
from planstudio.i18n import _

LEAST = 8  # signs


class NewPassword(BaseDialog):
    def __init__(self, parent: QWidget, title: str, verb: str) -> None:
        super().__init__(parent, title, 120)
        self.first, self.second = secret_entry(), secret_entry()
        self._first = Captioned(_("New password"), self.first)
        self._second = Captioned(_("The same once more"), self.second)
        words = _(
            "Three or four words that do not belong together are easy to remember and hard to guess. Who forgets the "
            "password opens the plan with its recovery sheet; without both nobody can."
        )
        keep, twice = button(verb, "primary", act=self._try), row(self._first, self._second, space=3)
        self.lay_out(keep, text(title, "heading"), quiet(words), twice, 2, space=3)

    def _try(self) -> None:
        self._first.complain("")
        self._second.complain("")
        if len(self.first.text()) < LEAST:
            self._first.complain(_("At least {n} signs.").format(n=LEAST))
            self.first.setFocus()
        elif self.first.text() != self.second.text():
            self._second.complain(_("These are two different passwords."))
            self.second.setFocus()
        else:
            self.accept()

    def chosen(self) -> str:
        """Ask; "" where nobody wants it after all."""
        return self.first.text() if accepted(self) else ""
