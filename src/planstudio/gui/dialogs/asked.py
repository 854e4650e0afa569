"""What the modal questions have in common: a box with its verb and "Cancel", and a list in which one is found.

A question is gone when it is answered: one that only hides stays in the tree that a screen reader walks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from planstudio.domain.folding import holds
from planstudio.gui.icons import icon
from planstudio.gui.theme import room
from planstudio.gui.widgets.basics import Part, button, column, listed, row, text
from planstudio.i18n import _


def accepted(dialog: QDialog) -> bool:
    """Ask with *dialog*; whether it was answered. What it holds can be read in the same event."""
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def chosen_in(dialog: QDialog, rows: QListWidget) -> Any:
    """Ask with *dialog*; what the chosen one of *rows* stands for, or None."""
    if not accepted(dialog) or rows.currentItem() is None:
        return None
    return rows.currentItem().data(Qt.ItemDataRole.UserRole)


class BaseDialog(QDialog):
    """A box called *title*, so many gaps wide and high at least."""

    def __init__(self, parent: QWidget, title: str, wide: float, high: float = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumSize(room(wide, high))

    def lay_out(
        self, verb: QPushButton, *parts: Part, space: float = 2, grow: int | None = None, aside: Part = 0
    ) -> None:
        """*parts* below each other, then *verb*, which Enter presses, and "Cancel"; *aside* stands at their left."""
        verb.setDefault(True)
        leave = button(_("Cancel"), "plain", act=self.reject)
        verbs = row(aside, None, leave, verb, space=2)
        self.setLayout(column(*parts, verbs, space=space, edge=(5, 5, 5, 5), grow=grow))


class SearchDialog(BaseDialog):
    """One of some things, found by its words: each has an icon or none, these words, and what it stands for."""

    def __init__(
        self, parent: QWidget, title: str, things: Iterable[tuple[QIcon, str, Any]], looked_for: tuple[str, str]
    ) -> None:
        """*looked_for* is what the line is called in which its words are written, and what stands in it."""
        super().__init__(parent, title, 130, 110)
        self._things = list(things)
        self.search = finding_line(*looked_for)
        self.list = listed(title)
        self.search.textChanged.connect(lambda _words: self._show())
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())

    def ask(self, verb: QPushButton, heading: str, *parts: Part) -> None:
        """Lay out what is found below its *heading*, and *parts* below it; *verb* takes it."""
        self._verb = verb
        verb.clicked.connect(self.accept)
        self.list.currentItemChanged.connect(lambda item, _before: verb.setEnabled(item is not None))
        self.lay_out(verb, text(heading, "heading", wrap=True), 1, self.search, self.list, *parts, grow=3)
        self._show()

    def _show(self) -> None:
        self.list.clear()
        for sign, words, thing in self._things:
            if holds(words, self.search.text()):
                item = QListWidgetItem(sign, words)
                item.setData(Qt.ItemDataRole.UserRole, thing)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._verb.setEnabled(self.list.count() > 0)


def finding_line(name: str, words: str) -> QLineEdit:
    """A line to find something with, for a box; *words* stand in it while it is empty."""
    made = QLineEdit(placeholderText=words)
    made.setAccessibleName(name)
    made.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
    return made
