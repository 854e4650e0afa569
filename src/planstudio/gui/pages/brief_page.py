"""Where are we on a goal? All that a board member asks about it, on one page; everything leads to its element."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from planstudio.domain.agenda import for_audience
from planstudio.domain.board_actions import bears_on, decisions
from planstudio.domain.cards import GoalCard, PolicyRef
from planstudio.domain.kinds import Access
from planstudio.domain.places import Place
from planstudio.domain.strategy_filter import SortBy
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.pages.facts import Facts
from planstudio.gui.pages.page import Page, PrintRequest, draw_trend
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, empty, plain, prose, quiet, row, scrolled, text
from planstudio.gui.widgets.fields import Choices
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.measure_card import MeasureTile
from planstudio.gui.widgets.painted import Elided, Pressable, sign
from planstudio.gui.widgets.strategy_table import StrategyTable
from planstudio.i18n import _, medium_date, near_date
from planstudio.queries.goals import goal_card
from planstudio.queries.plans import plan_outline
from planstudio.queries.reporting import meetings_about
from planstudio.richtext import plain as words_of

_IN_A_ROW, _UPDATES, _DECISIONS = 3, 6, 8


@shows("brief")
class BriefPage(Page):
    watches = frozenset(
        ("goal", "strategy", "measure", "observation", "progress_update", "milestone", "policy_link", "policy",
         "motion", "agenda_item")
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.goals = Choices(_("Goal"))
        self.goals.setMaximumWidth(gap(110))
        self.print = button(_("Print this brief"), "plain", "print")
        self.look = button(_("Open the goal"), "quiet", act=lambda: self.go_requested.emit(Place("goal", self.ident)))
        self.label = text("", "strong", "accent")
        self.name = text("", "display", wrap=True)
        self.statement = prose("", "reading")
        self.facts = Facts()
        self._measures = QGridLayout()
        self._measures.setSpacing(gap(3))
        self.strategies = StrategyTable()
        self._updates, self._policies, self._decisions = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        parts: list[QWidget | QVBoxLayout | QGridLayout | float] = []
        for title, part in (
            (_("Measures"), self._measures), (_("Strategies"), self.strategies), (_("Last updates"), self._updates),
            (_("What the board has decided"), self._decisions), (_("Policies"), self._policies),
        ):  # fmt: skip
            parts += [6, text(title, "heading"), 1.5, part]
        top = row(text(_("Where are we on"), "body", "muted"), 2, self.goals, None, self.look, 2, self.print)
        body = column(
            top, 4, self.label, self.name, 1, self.statement, 4, self.facts, *parts, None, space=0.5, edge=(8, 5, 8, 6)
        )
        self.set_body(scrolled(body, widest=gap(230)))
        self.goals.activated.connect(lambda _n: self.go_requested.emit(Place("brief", self.goals.currentData())))
        self.print.clicked.connect(lambda: self.print_requested.emit(PrintRequest("goal-brief", self.ident)))
        self.strategies.opened.connect(lambda ident: self.go_requested.emit(Place("strategy", ident)))
        self.strategies.horizontalHeader().setSectionsClickable(False)
        self.strategies.horizontalHeader().setSortIndicatorShown(False)

    def begin(self) -> None:
        self.goals.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self.facts.show_facts(goal, goal.verdict, goal.measures, today)
        self._show_measures(goal)
        self.strategies.show_strategies(goal.strategies, today, SortBy.NUMBER, False)
        self._show_updates(goal)
        self._show_decisions(goal)
        self._show_policies(goal)

    def _show_measures(self, goal: GoalCard) -> None:
        empty(self._measures)
        for n, measure in enumerate(goal.measures):
            tile = MeasureTile(measure, draw_trend)
            tile.pressed.connect(lambda ident=measure.id: self.go_requested.emit(Place("measure", ident)))
            self._measures.addWidget(tile, n // _IN_A_ROW, n % _IN_A_ROW)
        for n in range(_IN_A_ROW):
            self._measures.setColumnStretch(n, 1)
        if not goal.measures:
            self._measures.addWidget(_none(_("No measures yet: nothing can be said by figures.")), 0, 0, 1, _IN_A_ROW)

    def _show_updates(self, goal: GoalCard) -> None:
        """The newest of the goal's and its strategies'."""
        found = [("goal", goal.id, "", update) for update in goal.updates]
        found += [("strategy", one.id, one.number, update) for one in goal.strategies for update in one.updates]
        found.sort(key=lambda one: one[3].on, reverse=True)
        today = self.desk.workspace.clock.today()
        lines = []
        for table, ident, number, update in found[:_UPDATES]:
            told = " ".join(filter(None, (words_of(update.done), words_of(update.next))))
            who = ", ".join(filter(None, (update.author, near_date(update.on, today))))
            words = f"{number}  {word(update.status)}" if number else word(update.status)
            lines.append(self._line(mark(update.status.value), words, told, who, (table, ident)))
        _show(self._updates, lines, _("No update yet."))

    def _show_decisions(self, goal: GoalCard) -> None:
        """What the board decided in public: this page is looked at in the room."""
        meetings = [for_audience(one, Access.PUBLIC) for one in self.desk.ask(meetings_about, goal.id)]
        found = [one for one in decisions(meetings) if one.decided and bears_on(one.item, goal)][::-1]
        lines = [
            self._line(
                sign("calendar"),
                word(one.motion.result),
                words_of(one.motion.text) or one.item.title,
                medium_date(one.on) if one.on else "",
                ("agenda_item", one.item.id),
            )
            for one in found[:_DECISIONS]
        ]
        _show(self._decisions, lines, _("No motion on this goal is on record."))

    def _show_policies(self, goal: GoalCard) -> None:
        refs: dict[str, PolicyRef] = {}
        held = [goal.policies, *(one.policies for one in goal.strategies), *(one.policies for one in goal.measures)]
        for ref in (ref for group in held for ref in group):
            refs.setdefault(ref.policy_id, ref)
        lines = [
            self._line(sign("book"), ref.code, ref.title, word(ref.relation), ("policy", ref.policy_id))
            for ref in refs.values()
        ]
        _show(self._policies, lines, _("No policy is attached to this goal."))

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


def _show(box: QVBoxLayout, lines: Sequence[QWidget], nothing: str) -> None:
    empty(box)
    for line in lines or [_none(nothing)]:
        box.addWidget(line)
