"""Which policy, in which relation, with which note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QWidget

from planstudio.domain.cards import PolicyCard
from planstudio.domain.folding import holds
from planstudio.domain.kinds import Relation
from planstudio.gui.dialogs.asked import accepted
from planstudio.gui.icons import icon
from planstudio.gui.theme import room
from planstudio.gui.widgets.basics import button, column, listed, row, text
from planstudio.gui.widgets.fields import ChoiceField, LineField
from planstudio.i18n import _


@dataclass(frozen=True)
class LinkDraft:
    policy_id: str
    relation: Relation
    note: str


class AttachPolicy(QDialog):
    def __init__(self, parent: QWidget, policies: Sequence[PolicyCard], element: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Attach policy"))
        self.setMinimumSize(room(130, 110))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Code or title"))
        self.search.setAccessibleName(_("Find a policy by code or title"))
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = listed(_("Policies"))
        self.relation = ChoiceField(_("How it bears on this"), list(Relation))
        self.relation.show_value(Relation.SUPPORTS)
        self.note = LineField(_("Note"), placeholder=_("which part, or why (may stay empty)"))
        self.attach = button(_("Attach"), "primary", act=self.accept)
        self.attach.setDefault(True)
        leave = button(_("Cancel"), "plain", act=self.reject)
        self._policies = policies
        hint = _("Attach a policy to {element}").format(element=element)
        body = column(
            text(hint, "heading", wrap=True), 1, self.search, self.list, row(self.relation, self.note, space=3),
            row(None, leave, self.attach, space=2), space=2, edge=(5, 5, 5, 5), grow=3,
        )  # fmt: skip
        self.setLayout(body)
        self.search.textChanged.connect(lambda _words: self._show())
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())
        self.list.currentItemChanged.connect(lambda item, _b: self.attach.setEnabled(item is not None))
        self._show()

    def _show(self) -> None:
        self.list.clear()
        for policy in self._policies:
            name = f"{policy.code}  {policy.title}"
            if holds(name, self.search.text()):
                item = QListWidgetItem(name)
                item.setData(Qt.ItemDataRole.UserRole, policy.id)
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.attach.setEnabled(self.list.count() > 0)

    def draft(self) -> LinkDraft | None:
        """Ask; what was chosen."""
        if not accepted(self) or self.list.currentItem() is None:
            return None
        chosen = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return LinkDraft(chosen, Relation(self.relation.value()), self.note.entry.text())
