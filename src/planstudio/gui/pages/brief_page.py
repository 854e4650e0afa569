"""Where are we on a goal? All that a board member asks about it, on one page; everything leads to its element."""

from __future__ import annotations

from datetime import date
from itertools import chain

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planstudio.domain.agenda import for_audience
from planstudio.domain.board_actions import bears_on, decisions
from planstudio.domain.cards import GoalCard, PolicyRef
from planstudio.domain.kinds import Access
from planstudio.domain.places import Place
from planstudio.domain.strategy_filter import SortBy
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.pages.facts import Facts
from planstudio.gui.pages.measure_tiles import IN_A_ROW, TileGrid
from planstudio.gui.pages.page import Page, PrintRequest, refill
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import Part, button, plain, prose, quiet, row, text
from planstudio.gui.widgets.fields import Choices
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.painted import Elided, Pressable, sign
from planstudio.gui.widgets.strategy_table import StrategyTable
from planstudio.i18n import _, medium_date, near_date
from planstudio.queries.goals import goal_card
from planstudio.queries.plans import plan_outline
from planstudio.queries.reporting import meetings_about
from planstudio.richtext import plain as words_of

_UPDATES, _DECISIONS = 6, 8


@shows("brief")
class BriefPage(Page):
    watches = (
        "goal", "strategy", "measure", "observation", "progress_update", "milestone", "policy_link", "policy", "motion",
        "agenda_item",
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.goals = Choices(_("Goal"))
        self.goals.setMaximumWidth(gap(110))
        self.print = button(_("Print this brief"), "plain", "print")
        self.print.clicked.connect(lambda: self.print_requested.emit(PrintRequest("goal-brief", self.ident)))
        self.look = button(_("Open the goal"), "quiet", act=lambda: self.go_requested.emit(Place("goal", self.ident)))
        self.label, self.name = text("", "strong", "accent"), text("", "display", wrap=True)
        self.statement = prose("", "reading")
        self.facts = Facts()
        self._measures = TileGrid(self)
        self.strategies = StrategyTable()
        self._updates, self._policies, self._decisions = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        parts: list[Part] = []
        for title, part in (
            (_("Measures"), self._measures), (_("Strategies"), self.strategies), (_("Last updates"), self._updates),
            (_("What the board has decided"), self._decisions), (_("Policies"), self._policies),
        ):  # fmt: skip
            parts += [6, text(title, "heading"), 1.5, part]
        top = row(text(_("Where are we on"), "body", "muted"), 2, self.goals, None, self.look, 2, self.print)
        head = (top, 4, self.label, self.name, 1, self.statement, 4, self.facts)
        self.set_column(*head, *parts, widest=230, space=0.5, edge=(8, 5, 8, 6))
        self.goals.activated.connect(lambda _n: self.go_requested.emit(Place("brief", self.goals.currentData())))
        self.strategies.opened.connect(lambda ident: self.go_requested.emit(Place("strategy", ident)))
        self.strategies.horizontalHeader().setSectionsClickable(False)
        self.strategies.horizontalHeader().setSortIndicatorShown(False)

    def begin(self) -> None:
        self.goals.setFocus()

    def anchor(self) -> Place:
        return Place("goal", self.ident)

    def goal(self) -> str:
        return self.ident

    def refresh(self) -> None:
        today = self.desk.workspace.clock.today()
        goal = self.desk.ask(goal_card, self.ident)
        self.goals.clear()
        for n, one in enumerate(self.desk.ask(plan_outline, self.desk.plan_id).goals, 1):
            self.goals.addItem(f"{n}  {one.name[:60]}", one.id)
        self.goals.setCurrentIndex(self.goals.findData(self.ident))
        self.label.setText(goal.label or _("Goal {n}").format(n=goal.number))
        self.name.setText(goal.name)
        told = words_of(goal.statement) if goal.title else ""
        self.statement.setText(prose(told, "reading").text())
        self.statement.setAccessibleName(told)
        self.statement.setVisible(bool(told))
        self.facts.show_facts(goal, goal.verdict, today)
        self._measures.show_measures(goal.measures)
        if not goal.measures:
            self._measures.addWidget(_none(_("No measures yet: nothing can be said by figures.")), 0, 0, 1, IN_A_ROW)
        self.strategies.show_strategies(goal.strategies, today, SortBy.NUMBER, False)
        self._show_updates(goal, today)
        self._show_decisions(goal)
        self._show_policies(goal)

    def _show_updates(self, goal: GoalCard, today: date) -> None:
        found = [("goal", goal.id, "", update) for update in goal.updates]
        found += [("strategy", one.id, one.number, update) for one in goal.strategies for update in one.updates]
        found.sort(key=lambda one: one[3].on, reverse=True)
        lines = []
        for table, ident, number, update in found[:_UPDATES]:
            told = " ".join(filter(None, (words_of(update.done), words_of(update.next))))
            who = ", ".join(filter(None, (update.author, near_date(update.on, today))))
            words = f"{number}  {word(update.status)}" if number else word(update.status)
            lines.append(self._line(mark(update.status.value), words, told, who, (table, ident)))
        refill(self._updates, lines or [_none(_("No update yet."))])

    def _show_decisions(self, goal: GoalCard) -> None:
        """What the board decided in public: this page is looked at in the room."""
        meetings = [for_audience(one, Access.PUBLIC) for one in self.desk.ask(meetings_about, goal.id)]
        found = [one for one in decisions(meetings) if one.decided and bears_on(one.item, goal)][::-1]
        lines = []
        for one in found[:_DECISIONS]:
            words, day = words_of(one.motion.text) or one.item.title, medium_date(one.on) if one.on else ""
            place = ("agenda_item", one.item.id)
            lines.append(self._line(sign("calendar"), word(one.motion.result), words, day, place))
        refill(self._decisions, lines or [_none(_("No motion on this goal is on record."))])

    def _show_policies(self, goal: GoalCard) -> None:
        refs: dict[str, PolicyRef] = {}
        held = [goal.policies, *(one.policies for one in goal.strategies), *(one.policies for one in goal.measures)]
        for ref in chain.from_iterable(held):
            refs.setdefault(ref.policy_id, ref)
        lines = [
            self._line(sign("book"), ref.code, ref.title, word(ref.relation), ("policy", ref.policy_id))
            for ref in refs.values()
        ]
        refill(self._policies, lines or [_none(_("No policy is attached to this goal."))])

    def _line(self, lead: QWidget, head: str, words: str, tail: str, place: tuple[str, str]) -> QWidget:
        line = row(
            lead, 2, text(head, "strong"), 3, Elided(words), 2, text(tail, "caption", "muted"),
            edge=(2, 1.5, 2, 1.5), grow=4,
        )  # fmt: skip
        card = Pressable(line, ", ".join(filter(None, (head, words, tail))), ground="page")
        card.pressed.connect(lambda: self.go_requested.emit(place))
        return card


def _none(words: str) -> QWidget:
    return plain(row(quiet(words)))
