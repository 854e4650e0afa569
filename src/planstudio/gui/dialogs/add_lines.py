"""Several elements at once: one line for each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from planstudio.domain.blocks import list_of
from planstudio.domain.errors import PlanStudioError
from planstudio.gui.dialogs.asked import BaseDialog
from planstudio.gui.widgets.basics import button, complain, quiet, text
from planstudio.i18n import _, ngettext


class AddLines(BaseDialog):
    def __init__(self, parent: QWidget, question: str, add: Callable[[str], PlanStudioError | None]) -> None:
        """*add* takes the lines, or says what is wrong with them: then they stay here."""
        super().__init__(parent, question, 130, 90)
        self._add = add
        self._warned = False
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(question)
        self.lines.setTabChangesFocus(True)
        self.lines.setPlaceholderText(_("One line for each; bullets and numbers in front are left away"))
        self.add = button(_("Add"), "primary", act=self._try)
        self._count = text("", "body", "muted")
        self.told = quiet("", tone="red")
        self.told.hide()
        heading = text(question, "heading", wrap=True)
        self.lay_out(self.add, heading, 1, self.lines, self.told, grow=2, aside=self._count)
        self.lines.textChanged.connect(self._show_count)
        self._show_count()

    def _show_count(self) -> None:
        n = len(list_of(self.lines.toPlainText()))
        self._count.setText(ngettext("{n} line", "{n} lines", n).format(n=n))
        self.add.setEnabled(n > 0)

    def _try(self) -> None:
        refused = self._add(self.lines.toPlainText())
        if refused is None:
            self.accept()
        else:
            complain(self.told, str(refused))

    def reject(self) -> None:
        """Esc over a list that was written asks for a second Esc."""
        if list_of(self.lines.toPlainText()) and not self._warned:
            self._warned = True
            told = _("These lines have not been added. Press Esc or Cancel once more to leave them.")
            complain(self.told, told)
        else:
            super().reject()
