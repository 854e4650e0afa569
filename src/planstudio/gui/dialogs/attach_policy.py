"""Which policy, in which relation, with which note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from planstudio.domain.cards import PolicyCard
from planstudio.domain.kinds import Relation
from planstudio.gui.dialogs.asked import SearchDialog, chosen_in
from planstudio.gui.widgets.basics import button, row
from planstudio.gui.widgets.fields import ChoiceField, LineField
from planstudio.i18n import _


@dataclass(frozen=True)
class LinkDraft:
    policy_id: str
    relation: Relation
    note: str


class AttachPolicy(SearchDialog):
    def __init__(self, parent: QWidget, policies: Sequence[PolicyCard], element: str) -> None:
        things = ((QIcon(), f"{policy.code}  {policy.title}", policy.id) for policy in policies)
        found_by = (_("Find a policy by code or title"), _("Code or title"))
        super().__init__(parent, _("Attach policy"), things, found_by)
        self.list.setAccessibleName(_("Policies"))
        self.relation = ChoiceField(_("How it bears on this"), list(Relation))
        self.relation.show_value(Relation.SUPPORTS)
        self.note = LineField(_("Note"), placeholder=_("which part, or why (may stay empty)"))
        self.attach = button(_("Attach"), "primary")
        hint = _("Attach a policy to {element}").format(element=element)
        self.ask(self.attach, hint, row(self.relation, self.note, space=3))

    def draft(self) -> LinkDraft | None:
        """Ask; what was chosen."""
        chosen = chosen_in(self, self.list)
        return LinkDraft(chosen, Relation(self.relation.value()), self.note.entry.text()) if chosen else None
