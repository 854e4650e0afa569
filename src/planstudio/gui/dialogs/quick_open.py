"""Go anywhere with a few letters: elements, pages, commands, the other plans of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QListWidgetItem, QWidget

from planstudio.domain.folding import fold, holds
from planstudio.domain.places import PAGE
from planstudio.domain.texts import name_of
from planstudio.domain.words import word
from planstudio.gui.announcing import announcer
from planstudio.gui.desk import Desk
from planstudio.gui.dialogs.asked import BaseDialog, chosen_in, finding_line
from planstudio.gui.icons import icon
from planstudio.gui.widgets.basics import column, listed, quiet
from planstudio.i18n import _, medium_date
from planstudio.queries.goals import goals_of_plan
from planstudio.queries.measures import measure_names
from planstudio.queries.meetings import meeting_rows
from planstudio.queries.plans import all_plans
from planstudio.queries.policies import all_policies
from planstudio.queries.statements import statements_of_plan

_MOST = 60
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
_ICONS = {
    PAGE: "grid", "statement": "flag", "goal": "target", "strategy": "list", "measure": "chart", "policy": "book",
    "meeting": "calendar", "plan": "file", "command": "settings",
}  # fmt: skip


@dataclass(frozen=True)
class Target:
    """Something to go to: its words, and what kind it is in words."""

    table: str
    ident: str
    name: str
    kind: str


def targets(desk: Desk, pages: Mapping[str, str], commands: Mapping[str, QAction]) -> tuple[Target, ...]:
    """Everything that can be gone to, in the order of the plan; *pages* by name, with their titles."""
    found = [Target(PAGE, name, words, _("Page")) for name, words in pages.items()]
    for statement in desk.ask(statements_of_plan, desk.plan_id):
        found.append(Target("statement", statement.id, statement.heading or word(statement.kind), word(statement.kind)))
        found += [
            Target("statement", statement.id, name_of(item.title, item.text, most=120), statement.heading)
            for item in statement.items
        ]
    for goal in desk.ask(goals_of_plan, desk.plan_id, whole=False):
        found.append(Target("goal", goal.id, f"{goal.number}  {goal.name}", goal.label or word(goal.kind)))
        found += [
            Target("strategy", one.id, f"{one.number}  {name_of(one.title, one.text, most=120)}", _("Strategy"))
            for one in goal.strategies
        ]
        found += [Target("measure", ident, name, _("Measure")) for ident, name in desk.ask(measure_names, goal.id)]
    found += [Target("policy", one.id, f"{one.code}  {one.title}", _("Policy")) for one in desk.ask(all_policies)]
    for one in desk.ask(meeting_rows):
        name = f"{one.name}, {medium_date(one.start)}" if one.start else one.name
        found.append(Target("meeting", one.id, name, _("Meeting")))
    for plan in desk.ask(all_plans):
        if plan.id != desk.plan_id:
            kind = _("Plan, {state}").format(state=word(plan.state).lower())
            found.append(Target("plan", plan.id, plan.title or _("Untitled plan"), kind))
    for name, action in commands.items():
        if action.isEnabled() and name != "quick_open":
            words = action.text().replace("&", "").replace("…", "")
            keys = action.shortcut().toString()
            found.append(Target("command", name, words, _("Command {keys}").format(keys=keys).strip()))
    return tuple(found)


def matching(found: Sequence[Target], words: str) -> list[Target]:
    """Those with all of *words* in them; where the name begins with them comes first."""
    parts = fold(words).split()
    hits = [one for one in found if holds(f"{one.name} {one.kind}", words)]
    if parts:
        hits.sort(key=lambda one: not any(each.startswith(parts[0]) for each in fold(one.name).split()))
    return hits[:_MOST]


class QuickOpen(BaseDialog):
    def __init__(self, parent: QWidget, found: Sequence[Target]) -> None:
        super().__init__(parent, _("Go to"), 150, 110)
        self._targets = found
        self.search = finding_line(_("Go to"), _("An element, a page, a command"))
        self.list = listed(_("What fits"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrows work from the line above it
        self.nothing = quiet(_("Nothing fits. Ctrl+F looks into the texts."))
        self.setLayout(column(self.search, self.nothing, self.list, space=2, edge=(4, 4, 4, 4), grow=2))
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda _words: self._show())
        self.search.returnPressed.connect(lambda: self.accept() if self.list.count() else None)
        self.list.currentItemChanged.connect(self._say)
        self.list.itemClicked.connect(lambda _item: self.accept())
        self._show()

    def _show(self) -> None:
        with QSignalBlocker(self.list):  # while it is filled, no row is the one that Enter takes
            self._fill()
        self.nothing.setVisible(self.list.count() == 0)
        self._say(self.list.currentItem())

    def _fill(self) -> None:
        self.list.clear()
        for one in matching(self._targets, self.search.text()):
            item = QListWidgetItem(icon(_ICONS[one.table], "muted"), f"{one.name}   ·   {one.kind}")
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, {one.kind}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _say(self, item: QListWidgetItem | None) -> None:
        """The row that Enter would take: the line above the list has the focus all the time."""
        if item is None:
            announcer().say(self.nothing.text())
        else:
            n, name = self.list.row(item) + 1, item.data(Qt.ItemDataRole.AccessibleTextRole)
            announcer().say(_("{name}, {n} of {of}").format(name=name, n=n, of=self.list.count()))

    def chosen(self) -> Target | None:
        found: Target | None = chosen_in(self, self.list)
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, self.list.count() - 1)))
        return step != 0
