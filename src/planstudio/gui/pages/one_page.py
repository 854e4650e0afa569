"""The plan on one page: what the district stands for, then its goals abreast with their strategies beneath."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from planstudio.domain.cards import GoalCard, StatementCard, StrategyCard
from planstudio.domain.places import OVERVIEW, Place
from planstudio.domain.progress import stale
from planstudio.domain.strategy_filter import OUTDATED, shown_status
from planstudio.domain.texts import name_of, shortened
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page, PrintRequest
from planstudio.gui.pages.registry import shows
from planstudio.gui.widgets.basics import area, button, column, empty_state, fill, quiet, row, scrolled, text
from planstudio.gui.widgets.marks import chip, status_word
from planstudio.gui.widgets.painted import Elided, Pressable
from planstudio.gui.widgets.side_by_side import SideBySide
from planstudio.gui.widgets.strategy_line import StrategyLine
from planstudio.i18n import N_, _
from planstudio.queries.goals import goals_of_plan
from planstudio.queries.plans import organization_card, plan_card
from planstudio.queries.statements import statements_of_plan
from planstudio.richtext import plain as words_of

_COLUMN = 48  # gaps of width that a goal needs
_STATEMENT = 40  # and a statement
_SHOWN = 160  # characters of a statement


@shows(page="one-page", title=N_("Plan on one page"))
class OnePage(Page):
    under = OVERVIEW
    watches = ("organization", "plan", "statement", "statement_item", "goal", "strategy", "progress_update")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.district = Elided("", "strong", "muted")
        self.title = text("", "display", wrap=True)
        self.slogan = quiet("", "reading")
        self.print = button(_("Print this page"), "plain", "print")
        self.print.clicked.connect(lambda: self.print_requested.emit(PrintRequest("one-page")))
        self._statements, self._goals = SideBySide(_STATEMENT), SideBySide(_COLUMN)
        words = _("Goals stand here beside each other, their strategies beneath.")
        self._nothing = empty_state(_("No goals yet"), words)
        head = row(column(self.district, self.title, self.slogan, space=0.5), 3, self.print, grow=0, top=self.print)
        self._above, self._said = text("", "heading", wrap=True), quiet("")
        inside = column(
            head, 4, self._statements, 4, self._above, self._said, 2, self._goals, self._nothing, None,
            edge=(8, 6, 8, 6),
        )  # fmt: skip
        self.set_body(scrolled(inside))

    def refresh(self) -> None:
        today = self.desk.workspace.clock.today()
        plan = self.desk.ask(plan_card, self.desk.plan_id)
        self.district.show_words(self.desk.ask(organization_card).name)
        self.title.setText(plan.title or _("Untitled plan"))
        fill(self.slogan, plan.slogan)
        self._statements.show_parts([self._statement(one) for one in self.desk.ask(statements_of_plan, plan.id)])
        fill(self._above, plan.goals_heading)
        said = (plan.goals_question, words_of(plan.goals_note), plan.strategies_question)
        fill(self._said, "\n".join(filter(None, said)))
        goals = self.desk.ask(goals_of_plan, plan.id, whole=False)
        self._goals.show_parts([self._goal(goal, plan.strategies_heading, today) for goal in goals])
        self._nothing.setVisible(not goals)

    def _goal(self, goal: GoalCard, heading: str, today: date) -> QWidget:
        """A goal over its strategies, which have a *heading* of their own where there is one."""
        head = self._head(goal, OUTDATED if stale(goal, today) else goal.status.value)
        over = [quiet(heading, "caption strong")] if heading else []
        rows = [*over, *(self._strategy(one, shown_status(one, today)) for one in goal.strategies)]
        return area("side", column(head, 1, *rows, None, space=0.5, edge=(1, 1, 1, 2)))

    def _statement(self, statement: StatementCard) -> QWidget:
        names = " · ".join(name_of(item.title, item.text, most=60) for item in statement.items)
        told = shortened(words_of(statement.body) or words_of(statement.lead), _SHOWN)
        words = "\n".join(filter(None, (told, names)))
        heading = statement.heading or word(statement.kind)
        head = text(heading, "caption strong", "accent", wrap=True)
        box = column(head, text(words, wrap=True), None, space=1, edge=(3, 2.5, 3, 2.5))
        card = Pressable(box, f"{heading}: {words}")
        card.pressed.connect(lambda: self.go_requested.emit(Place("statement", statement.id)))
        return card

    def _head(self, goal: GoalCard, status: str) -> QWidget:
        name = name_of(goal.title, goal.statement, goal.label, _SHOWN)
        label = goal.label or _("Goal {n}").format(n=goal.number)
        line = row(text(label, "caption strong", "muted"), None, chip(status))
        box = column(line, 1, text(name, "heading", wrap=True), space=0.5, edge=(3, 2.5, 3, 2.5))
        card = Pressable(box, ", ".join((label, name, status_word(status))))
        card.pressed.connect(lambda: self.go_requested.emit(Place("goal", goal.id)))
        return card

    def _strategy(self, strategy: StrategyCard, status: str) -> QWidget:
        card = StrategyLine(strategy.number, name_of(strategy.title, strategy.text, most=_SHOWN), status)
        card.pressed.connect(lambda: self.go_requested.emit(Place("strategy", strategy.id)))
        return card
