"""Several elements at once: one line for each."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from planstudio.domain.texts import lines_of
from planstudio.gui.theme import room
from planstudio.gui.widgets.basics import button, column, row, text
from planstudio.i18n import _, ngettext


class AddLines(QDialog):
    def __init__(self, parent: QWidget, question: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setMinimumSize(room(130, 90))
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(question)
        self.lines.setTabChangesFocus(True)
        self.lines.setPlaceholderText(_("One line for each; bullets and numbers in front are left away"))
        self.add = button(_("Add"), "primary")
        self.add.setDefault(True)
        self._count = text("", "body", "muted")
        leave = button(_("Cancel"), "plain")
        body = column(
            text(question, "heading", wrap=True), 1, self.lines, row(self._count, None, leave, self.add, space=2),
            space=2, edge=(5, 5, 5, 5),
        )  # fmt: skip
        body.setStretch(2, 1)
        self.setLayout(body)
        self.lines.textChanged.connect(self._show_count)
        self.add.clicked.connect(self.accept)
        leave.clicked.connect(self.reject)
        self._show_count()

    def _show_count(self) -> None:
        n = len(lines_of(self.lines.toPlainText()))
        self._count.setText(ngettext("{n} line", "{n} lines", n).format(n=n))
        self.add.setEnabled(n > 0)

    def written(self) -> str:
        """The lines, "" where nothing is to be added."""
        return self.lines.toPlainText() if self.exec() == QDialog.DialogCode.Accepted else ""
