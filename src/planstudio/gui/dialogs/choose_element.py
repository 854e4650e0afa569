"""One element of the plan or the manual, found by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from planstudio.gui.dialogs.asked import SearchDialog, chosen_in
from planstudio.gui.icons import icon
from planstudio.gui.widgets.basics import button
from planstudio.i18n import _

_ICONS = {"goal": "target", "strategy": "list", "policy": "book"}


@dataclass(frozen=True)
class Element:
    table: str
    ident: str
    name: str
    label: str  # "Goal 1", "5145"


class ChooseElement(SearchDialog):
    def __init__(self, parent: QWidget, question: str, elements: Sequence[Element]) -> None:
        things = ((icon(_ICONS[one.table], "muted"), f"{one.label}   {one.name}", one) for one in elements)
        super().__init__(parent, question, things, (question, _("Number, code or words")))
        self.ask(button(_("Choose"), "primary"), question)

    def chosen(self) -> Element | None:
        found: Element | None = chosen_in(self, self.list)
        return found
