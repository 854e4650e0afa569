"""One element of the plan or the manual, found by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QWidget

from planstudio.domain.folding import holds
from planstudio.gui.dialogs.asked import accepted
from planstudio.gui.icons import icon
from planstudio.gui.theme import room
from planstudio.gui.widgets.basics import button, column, listed, row, text
from planstudio.i18n import _

_ICONS = {"goal": "target", "strategy": "list", "policy": "book"}


@dataclass(frozen=True)
class Element:
    table: str
    ident: str
    name: str
    label: str  # "Goal 1", "5145"


class ChooseElement(QDialog):
    def __init__(self, parent: QWidget, question: str, elements: Sequence[Element]) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setMinimumSize(room(130, 110))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Number, code or words"))
        self.search.setAccessibleName(question)
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = listed(question)
        self.choose = button(_("Choose"), "primary", act=self.accept)
        self.choose.setDefault(True)
        leave = button(_("Cancel"), "plain", act=self.reject)
        self._elements = elements
        body = column(
            text(question, "heading", wrap=True), 1, self.search, self.list, row(None, leave, self.choose, space=2),
            space=2, edge=(5, 5, 5, 5), grow=3,
        )  # fmt: skip
        self.setLayout(body)
        self.search.textChanged.connect(lambda _words: self._show())
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())
        self.list.currentItemChanged.connect(lambda item, _b: self.choose.setEnabled(item is not None))
        self._show()

    def _show(self) -> None:
        self.list.clear()
        for one in self._elements:
            if holds(f"{one.label} {one.name}", self.search.text()):
                item = QListWidgetItem(icon(_ICONS[one.table], "muted"), f"{one.label}   {one.name}")
                item.setData(Qt.ItemDataRole.UserRole, one)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.choose.setEnabled(self.list.count() > 0)

    def chosen(self) -> Element | None:
        if not accepted(self):
            return None
        item = self.list.currentItem()
        found: Element | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found
