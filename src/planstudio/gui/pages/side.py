"""The left of an open plan: its outline, a line to find words with, and what can be done with the rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu

from planstudio.domain.changes import Change
from planstudio.domain.kinds import StatementKind
from planstudio.domain.places import Place
from planstudio.domain.words import table_word, word
from planstudio.gui.announcing import announcer
from planstudio.gui.desk import Desk
from planstudio.gui.models.outline import OutlineModel
from planstudio.gui.pages.bulk_edit import BulkEdit
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, row
from planstudio.gui.widgets.find_results import FindResults
from planstudio.gui.widgets.outline_view import OutlineView
from planstudio.gui.widgets.painted import search_line
from planstudio.i18n import _, ngettext, pgettext
from planstudio.operations.bulk import move_rows, move_strategies
from planstudio.operations.goals import delete_goal, delete_strategy
from planstudio.operations.statements import delete_statement
from planstudio.queries.goals import goals_of_plan, strategy_card
from planstudio.queries.plans import plan_outline

_REST = 700  # milliseconds
_OUTLINED = (
    "organization", "plan", "statement", "statement_item", "goal", "strategy", "progress_update", "measure", "person",
    "policy", "meeting",
)  # fmt: skip


class Side(QFrame):
    looked = Signal(object)  # the Place to be shown; the cursor stays here
    opened = Signal(object)  # the Place to be written in
    chosen = Signal(object)  # the Place that was found, and is to be gone to
    removed = Signal(str)  # the name of what was deleted
    goal_requested = Signal()
    statement_requested = Signal(object)  # StatementKind

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("area", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = OutlineModel(self)
        self.outline = OutlineView(self.model)
        self.search = search_line(_("Find in this plan"), _("Find in this plan"))
        self.results = FindResults()
        self.results.hide()
        self._counted = ("", 0)
        self._rest = QTimer(self, singleShot=True, interval=_REST)  # somebody who goes on typing hears nothing
        self._later = QTimer(self, singleShot=True, interval=60)
        self._redraw = QTimer(self, singleShot=True, interval=0)
        words = pgettext("short, beside a plus", "Goal")
        add = button(words, "quiet", "plus", name=_("Add goal"), act=self.goal_requested)
        more = button(pgettext("short, beside a plus", "Statement"), "quiet", "plus", name=_("Add statement"))
        menu = QMenu(more)
        for kind in StatementKind:
            menu.addAction(word(kind)).triggered.connect(lambda _on=False, of=kind: self.statement_requested.emit(of))
        more.setMenu(menu)
        self.setMinimumWidth(max(gap(52), add.sizeHint().width() + more.sizeHint().width() + gap(5)))
        body = column(
            row(self.search, edge=(3, 3, 3, 1)),
            column(self.outline, edge=(1, 0, 1, 0)),
            column(self.results, edge=(1, 0, 1, 0)),
            row(add, more, None, edge=(2, 1, 2, 2)),
        )
        body.setStretch(1, 1)
        body.setStretch(2, 1)
        self.setLayout(body)
        self._connect()
        self.refresh()
        self.outline.expand_first()

    def _connect(self) -> None:
        self.outline.chosen.connect(self.looked)
        self.outline.opened.connect(self.opened)
        self.outline.delete_requested.connect(self._delete)
        self.outline.move_requested.connect(lambda place, step: self._move_block(place.noun, [place.ident], step))
        self.outline.several_requested.connect(self._on_several)
        self.model.moved.connect(self._move)
        self.results.chosen.connect(self._go_to_found)
        self.results.left.connect(self.search.setFocus)
        self.search.textChanged.connect(lambda _words: self._later.start())
        self.search.returnPressed.connect(self.results.open_current)
        self._later.timeout.connect(self._show_results)
        self._rest.timeout.connect(self._say_count)
        self._redraw.timeout.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)

    def refresh(self) -> None:
        self.model.show_outline(self.desk.ask(plan_outline, self.desk.plan_id), self.desk.workspace.clock.today())

    def _on_changed(self, change: Change) -> None:
        if any(change.concerns(table) for table in _OUTLINED):
            self._redraw.start()  # after the page in the middle has been painted
        if self.search.text().strip():
            self._later.start()

    def _move(self, table: str, ids: list[str], to: int, goal_id: str) -> None:
        """Rows put elsewhere in the outline; *to* counts the others."""
        if table == "strategy":
            goal_id = goal_id or self.desk.ask(strategy_card, ids[0]).goal_id
            label = _("Move a strategy") if len(ids) == 1 else _("Move several strategies")
            self.desk.do(label, move_strategies, ids, to, goal_id)
        else:
            label = _("Move a goal") if table == "goal" else _("Move a statement")
            self.desk.do(label, move_rows, table, ids, to)

    def _on_several(self, act: str, table: str, ids: list[str]) -> None:
        several = BulkEdit(self.desk, self)
        match act:
            case "own":
                several.set_owner(table, ids)
            case "prioritize":
                goals = self.desk.ask(goals_of_plan, self.desk.plan_id, whole=False)
                several.prioritize(ids, sorted({one.priority for goal in goals for one in goal.strategies}))
            case "move":
                several.move(ids)
            case "delete":
                if words := several.delete(table, ids):
                    self.removed.emit(words)
            case "up" | "down":
                self._move_block(table, ids, -1 if act == "up" else 1)

    def _move_block(self, table: str, ids: list[str], step: int) -> None:
        """A row, or several neighbours together, one place up or down."""
        if len({self.model.parent_of(Place(table, ident)) for ident in ids}) > 1:
            return  # those of two goals have no place in common
        first, count = self.model.siblings(Place(table, ids[0]))
        places = [self.model.siblings(Place(table, ident))[0] for ident in ids]
        if places == list(range(first, first + len(ids))) and 0 <= first + step <= count - len(ids):
            self._move(table, ids, first + step, "")

    def _delete(self, place: Place) -> None:
        name = self.model.index_of(place).data() or table_word(place.noun)
        operation = {"statement": delete_statement, "goal": delete_goal, "strategy": delete_strategy}[place.noun]
        if self.desk.do(_("Delete “{name}”").format(name=name), operation, place.ident):
            self.removed.emit(name)

    def begin_find(self) -> None:
        self.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _go_to_found(self, place: Place) -> None:
        """Go to a place, in the plan in which it stands."""
        self.desk.show_plan_of(place)
        self.chosen.emit(place)

    def _show_results(self) -> None:
        words = self.search.text().strip()
        self.results.setVisible(bool(words))
        self.outline.setVisible(not words)
        if words:
            hits = self.desk.workspace.find(words, self.desk.plan_id)
            self.results.show_hits(hits, words)
            if (words, len(hits)) != self._counted:
                self._counted = (words, len(hits))
                self._rest.start()

    def _say_count(self) -> None:
        words, n = self._counted
        found = ngettext("{n} place holds “{words}”", "{n} places hold “{words}”", n)
        announcer().say(found.format(n=n, words=words[:40]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.outline.setFocus()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.results.isVisible():
            self.results.setFocus()
        else:
            super().keyPressEvent(event)
