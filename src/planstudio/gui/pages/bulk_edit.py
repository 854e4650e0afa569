"""What can be done with several elements at once, wherever they were chosen: owner, priority, another goal, delete."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QInputDialog, QWidget

from planstudio.gui.desk import Desk
from planstudio.i18n import _, ngettext
from planstudio.operations.bulk import delete_all, edit_all, move_strategies
from planstudio.queries.plans import people, plan_outline


class BulkEdit:
    """Asks what is to be set, and does it as one step. *ids* stand in the order of the plan."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._parent = parent

    def set_owner(self, table: str, ids: Sequence[str]) -> None:
        names = ["", *(person.name for person in self._desk.ask(people))]
        name, given = QInputDialog.getItem(self._parent, _("Owner"), _("Owner of all that are chosen"), names)
        if given:
            self._desk.do(_("Change the owner of several"), edit_all, table, ids, owner=name)

    def prioritize(self, ids: Sequence[str], known: Sequence[str]) -> None:
        """*known* are the priority classes to choose from; another may be written."""
        asked = _("Priority of the chosen strategies")
        name, given = QInputDialog.getItem(self._parent, _("Priority class"), asked, list(known))
        if given:
            self._desk.do(_("Change the priority of several"), edit_all, "strategy", ids, priority=name)

    def move(self, ids: Sequence[str]) -> None:
        """Put strategies at the end of another goal."""
        goals = self._desk.ask(plan_outline, self._desk.plan_id).goals
        others = {
            f"{n}  {goal.name}": goal
            for n, goal in enumerate(goals, 1)
            if not {one.id for one in goal.children}.issuperset(ids)
        }
        if not others:
            return
        name, given = QInputDialog.getItem(self._parent, _("Move"), _("To the goal"), list(others), editable=False)
        if given:
            goal = others[name]
            self._desk.do(_("Move several strategies"), move_strategies, ids, goal.count, goal.id)

    def delete(self, table: str, ids: Sequence[str]) -> str:
        """What was deleted in words, "" where nothing was."""
        n = len(ids)
        words = {
            "strategy": ngettext("{n} strategy", "{n} strategies", n),
            "goal": ngettext("{n} goal", "{n} goals", n),
            "statement": ngettext("{n} statement", "{n} statements", n),
        }[table].format(n=n)
        return words if self._desk.do(_("Delete “{name}”").format(name=words), delete_all, table, ids) else ""
