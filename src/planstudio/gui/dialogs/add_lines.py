"""Several elements at once: one line for each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from planstudio.domain.blocks import list_of
from planstudio.domain.errors import PlanStudioError
from planstudio.gui.theme import room
from planstudio.gui.widgets.basics import button, column, complain, quiet, row, text
from planstudio.i18n import _, ngettext


class AddLines(QDialog):
    def __init__(self, parent: QWidget, question: str, add: Callable[[str], PlanStudioError | None]) -> None:
        """*add* takes the lines, or says what is wrong with them: then they stay here."""
        super().__init__(parent)
        self._add = add
        self._warned = False
        self.setWindowTitle(question)
        self.setMinimumSize(room(130, 90))
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(question)
        self.lines.setTabChangesFocus(True)
        self.lines.setPlaceholderText(_("One line for each; bullets and numbers in front are left away"))
        self.add = button(_("Add"), "primary", act=self._try)
        self.add.setDefault(True)
        self._count = text("", "body", "muted")
        self.told = quiet("", tone="red")
        self.told.hide()
        leave = button(_("Cancel"), "plain", act=self.reject)
        body = column(
            text(question, "heading", wrap=True), 1, self.lines, self.told,
            row(self._count, None, leave, self.add, space=2), space=2, edge=(5, 5, 5, 5), grow=2,
        )  # fmt: skip
        self.setLayout(body)
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
            self._tell(str(refused))

    def reject(self) -> None:
        """Esc over a list that was written asks for a second Esc."""
        if list_of(self.lines.toPlainText()) and not self._warned:
            self._warned = True
            self._tell(_("These lines have not been added. Press Esc or Cancel once more to leave them."))
        else:
            super().reject()

    def _tell(self, words: str) -> None:
        complain(self.told, words)
