"""A goal: label, title, statement, owner; how it stands; its strategies and measures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from planstudio.domain.kinds import Frequency, GoalKind
from planstudio.domain.places import Place
from planstudio.domain.plausibility import about_goal, terms
from planstudio.domain.texts import name_of
from planstudio.gui.desk import Desk
from planstudio.gui.dialogs.add_lines import AddLines
from planstudio.gui.dialogs.asked import accepted
from planstudio.gui.focus import hand_on, never_hand_on_to
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.bulk_edit import BulkEdit
from planstudio.gui.pages.facts import Facts
from planstudio.gui.pages.measure_tiles import MeasureTiles
from planstudio.gui.pages.page import Page, Pane
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, plain, quiet, row, text
from planstudio.gui.widgets.fields import ChoiceField, DateField, LineField, NameField
from planstudio.gui.widgets.marks import paint_mark
from planstudio.gui.widgets.painted import Painted
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.strategy_list import StrategyList
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, ngettext
from planstudio.operations.bulk import add_lines
from planstudio.operations.goals import add_strategy, delete_goal, delete_strategy, edit_goal, move_strategy
from planstudio.operations.measures import add_measure
from planstudio.queries.goals import goal_card
from planstudio.queries.plans import people, plan_card


@shows("goal")
class GoalPage(Page):
    pane = Pane.DETAILS
    takes_progress = True
    takes_policies = True
    watches = (
        "plan", "goal", "strategy", "measure", "observation", "progress_update", "person", "policy_link", "milestone",
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bound = Binding(self, "goal", edit_goal, self._step)
        bind, hint = self.bound.bind, _("Label, such as: Goal One")
        self.label = bind("label", TextField(_("Label"), role="strong", tone="accent", placeholder=hint))
        hint = _("Short title of the goal")
        self.title = bind("title", TextField(_("Short title"), role="display", placeholder=hint))
        hint = _("By when, who can do what, up from where to where")
        self.statement = bind("statement", RichField(_("Statement"), role="reading", placeholder=hint, measured=True))
        self.record = button(_("Record progress"), "primary", act=self.record_requested)
        self.kind = bind("kind", ChoiceField(_("Kind"), list(GoalKind)))
        self.parts = {
            "population": bind("population", LineField(_("Who"), placeholder=_("all third graders"))),
            "measured_by": bind("measured_by", LineField(_("Measured by"))),
            "baseline": bind("baseline", LineField(_("From"))),
            "target": bind("target", LineField(_("To"))),
        }
        self.owner = bind("owner_id", NameField(_("Owner"), placeholder=_("no owner")))
        self.deadline = bind("deadline", DateField(_("Deadline")))
        self.every = bind("update_every", ChoiceField(_("Update due"), list(Frequency), empty=_("every 120 days")))
        self.update_by = bind("update_by", DateField(_("Next update by")))
        self.delete = button(_("Delete this goal"), "quiet", "trash")
        self.delete.clicked.connect(lambda: self.remove(self._name(), delete_goal, self.ident))
        self.facts = Facts()
        self.doubts = quiet("", "caption", "amber")
        self.strategies = StrategyList()
        self._chosen: list[str] = []
        self._several = BulkEdit(desk, self)
        self.measures = MeasureTiles(self, self.add_measure)
        self._count = text("", "body", "muted")
        self._strategies_part = self._strategy_part()
        self._empty = self._empty_part()
        self.first = self.title
        self._lay_out()
        self.setTabOrder(self.statement.field, self.record)

    def _lay_out(self) -> None:
        self.owner.setMaximumWidth(gap(60))
        for day in (self.deadline, self.update_by):
            day.setMaximumWidth(gap(44))
        head = row(self.title, 2, self.record, top=self.record)
        self.set_column(
            column(self.label, head, 1, self.statement, space=0.5, edge=(1.5, 0, 3, 0)), 5,
            column(
                row(self.kind, 3, self.owner, 3, self.deadline, None, self.delete, bottom=self.delete), 2,
                row(*self.parts.values(), space=3), 2, row(self.every, 3, self.update_by, None), 5,
                self.facts, self.doubts,
                edge=(3, 0, 3, 0),
            ), 6,
            self._strategies_part, self._empty, 5, self.measures,
            edge=(5, 6, 5, 5),
        )  # fmt: skip

    def _strategy_part(self) -> QWidget:
        self.add = button(_("Add strategy"), "quiet", "plus", act=self.add_strategy)
        self.several = button(_("Add several…"), "quiet", act=self.add_several)
        self._strategies_name = text(_("Strategies"), "heading")
        head = row(self._strategies_name, 2, self._count, None, self.several, self.add, edge=(3, 0, 1, 0))
        rows = self.strategies
        rows.chosen.connect(self._on_chosen)
        rows.opened.connect(lambda ident: self.go_requested.emit(Place("strategy", ident)))
        rows.move_requested.connect(lambda ident, to: self.desk.do(_("Move a strategy"), move_strategy, ident, to))
        rows.delete_requested.connect(self._delete_strategy)
        return plain(column(head, self._chosen_bar(), 1, self.strategies))

    def _chosen_bar(self) -> QWidget:
        """What can be done with several strategies; shown while several are chosen."""
        self.chosen_count = text("", "strong")
        delete = button(_("Delete"), act=self._delete_all)
        never_hand_on_to(delete)
        line = row(
            self.chosen_count, 2,
            button(_("Owner…"), act=lambda: self._several.set_owner("strategy", self._chosen)), 1,
            button(_("Priority…"), act=self._prioritize_all), 1,
            button(_("Move to…"), act=lambda: self._several.move(self._chosen)), 1, delete, 1, None,
            edge=(3, 0, 1, 0),
        )  # fmt: skip
        self._bar = area("page", line)
        self._bar.hide()
        hand_on(self._bar, self.add)
        return self._bar

    def _empty_part(self) -> QWidget:
        def ghost(p: QPainter, box: QRectF) -> None:
            for n, status in enumerate(("not started", "on track", "completed")):
                box.setRect(n * gap(9), 0, gap(6), gap(6))
                paint_mark(p, box, status)

        self.begin_strategies = button(_("Write the first strategy"), "primary", act=self.add_strategy)
        several = button(_("Write several at once"), act=self.add_several)
        bring = button(_("Bring in from a document"), act=self.import_requested)
        use = text(_("A goal says where you will be. A strategy says what you will do on Monday."), "reading", "muted")
        use.setWordWrap(True)
        use.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        marks, head = Painted(gap(24), gap(6), ghost), text(_("No strategies yet"), "title")
        verbs = row(None, self.begin_strategies, 3, several, 3, bring, None)
        return plain(column(4, row(None, marks, None), 5, row(None, head, None), 2, use, 5, verbs, 4))

    def goal(self) -> str:
        return self.ident

    def refresh(self) -> None:
        card = self._card = self.desk.ask(goal_card, self.ident)
        plan, today = self.desk.ask(plan_card, self.desk.plan_id), self.desk.workspace.clock.today()
        self._strategies_name.setText(plan.strategies_heading or _("Strategies"))
        self.bound.show(card)
        self.facts.show_facts(card, card.verdict, today)
        about = about_goal(card, plan, today, terms(self.desk.ask(people)))
        self.ask_about(about, {"deadline": self.deadline, "owner": self.owner}, self.doubts)
        self._count.setText(str(len(card.strategies)))
        self.strategies.show_strategies(card.strategies)
        self._strategies_part.setVisible(bool(card.strategies))
        self._empty.setVisible(not card.strategies)
        self.measures.show_measures(card.measures)

    def add_strategy(self) -> None:
        if done := self.desk.do(_("Add a strategy"), add_strategy, self.ident):
            self.go_requested.emit(Place("strategy", done.answer))

    def add_several(self) -> None:
        label = _("Add several strategies")
        accepted(AddLines(self, label, lambda words: self.desk.submit(label, add_lines, "strategy", self.ident, words)))

    def _on_chosen(self, ids: list[str]) -> None:
        self._chosen = ids
        self._bar.setVisible(bool(ids))
        self.chosen_count.setText(ngettext("{n} chosen", "{n} chosen", len(ids)).format(n=len(ids)))

    def _prioritize_all(self) -> None:
        self._several.prioritize(self._chosen, sorted({one.priority for one in self._card.strategies}))

    def _delete_all(self) -> None:
        if words := self._several.delete("strategy", self._chosen):
            self.removed.emit(words)

    def add_measure(self) -> None:
        if done := self.desk.do(_("Add a measure"), add_measure, goal_id=self.ident):
            self.go_requested.emit(Place("measure", done.answer))

    def _name(self) -> str:
        return name_of(self._card.title or self._card.label, self._card.statement, _("Goal"), 80)

    def _step(self, name: str) -> str:
        return _("Change the owner") if name == "owner_id" else _("Edit “{name}”").format(name=self._name())

    def _delete_strategy(self, ident: str) -> None:
        card = next(one for one in self._card.strategies if one.id == ident)
        self.remove(f"{card.number} {card.title}".strip(), delete_strategy, ident)
