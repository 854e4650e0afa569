"""A strategy: its words, priority, owner and dates; how it stands; milestones and measures."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QInputDialog, QWidget

from planstudio.domain import dates
from planstudio.domain.cards import MilestoneRow, StrategyCard
from planstudio.domain.dates import End
from planstudio.domain.kinds import Frequency
from planstudio.domain.measures import overall
from planstudio.domain.places import Place
from planstudio.domain.plausibility import about_strategy, terms
from planstudio.domain.texts import name_of
from planstudio.gui.desk import Desk
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.facts import Facts
from planstudio.gui.pages.measure_tiles import MeasureTiles
from planstudio.gui.pages.page import Page, Pane
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, empty, named, plain, quiet, row, text, tool
from planstudio.gui.widgets.fields import ChoiceField, DateField, LineField, MoneyField, NameField
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import N_, _, medium_date
from planstudio.operations.goals import add_milestone, delete_milestone, delete_strategy, edit_milestone, edit_strategy
from planstudio.operations.measures import add_measure
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.plans import people, plan_card

# What the steps are called in which one of these is changed.
_STEPS = {
    "owner_id": N_("Change the owner"), "priority": N_("Change the priority"),
    "department": N_("Change the department"), "start": N_("Change the begin"), "due": N_("Change the due date"),
    "budget": N_("Change the budget"), "update_by": N_("Change the day of the next update"),
    "update_every": N_("Change how often it is updated"),
}  # fmt: skip


@shows("strategy")
class StrategyPage(Page):
    pane = Pane.DETAILS
    takes_progress = True
    takes_policies = True
    watches = frozenset(
        ("goal", "strategy", "measure", "observation", "progress_update", "person", "policy_link", "milestone")
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bound = bound = Binding(self, "strategy", edit_strategy, self._step)
        self.up = button("", "quiet", act=lambda: self.go_requested.emit(Place("goal", self._card.goal_id)))
        self.number = text("", "strong", "accent")
        self.title = bound.bind("title", TextField(_("Title"), role="display", placeholder=_("Short title")))
        self.text = bound.bind("text", RichField(_("Strategy"), role="reading", placeholder=_("What will be done")))
        self.record = button(_("Record progress"), "primary", act=self.record_requested)
        self.priority = bound.bind("priority", LineField(_("Priority class"), placeholder=_("none")))
        self.owner = bound.bind("owner_id", NameField(_("Owner"), placeholder=_("no owner")))
        self.department = bound.bind("department", LineField(_("Department"), placeholder=_("none")))
        self.start = bound.bind("start", DateField(_("Begins"), end=End.FIRST))
        self.due = bound.bind("due", DateField(_("Due")))
        self.budget = bound.bind("budget", MoneyField(_("Budget")))
        self.every = bound.bind(
            "update_every", ChoiceField(_("Update due"), list(Frequency), empty=_("every 120 days"))
        )
        self.update_by = bound.bind("update_by", DateField(_("Next update by")))
        self.delete = button(_("Delete this strategy"), "quiet", "trash", act=self._delete)
        self.facts = Facts()
        self.milestones = column(space=0.5)
        self.doubts = quiet("", "caption", "amber")
        self._steps: dict[str, str] = {}  # what is asked about milestones, by their ids
        self.new_milestone = LineField(_("New milestone"))
        self.new_due = DateField(_("Due"))
        self.measures = MeasureTiles()
        self.first = self.title
        self._lay_out()
        self.setTabOrder(self.text.field, self.record)
        self._connect()

    def _lay_out(self) -> None:
        self.priority.setMaximumWidth(gap(40))
        self.update_by.setMaximumWidth(gap(44))
        add = button(_("Add milestone"), "plain", "plus", act=self._add_milestone)
        words = column(
            row(self.up, None), row(plain(row(self.number, edge=(1.5, 0, 0, 0))), None),
            row(self.title, 2, self.record, top=self.record), 1, self.text,
            space=0.5, edge=(1.5, 0, 3, 0),
        )  # fmt: skip
        stands = column(
            row(self.owner, self.priority, self.department, self.start, self.due, space=3), 3,
            row(self.every, 3, self.update_by, 3, self.budget, None), 5,
            self.facts, self.doubts, 6,
            text(_("Milestones"), "heading"), 1, self.milestones, 1,
            row(self.new_milestone, self.new_due, add, space=2, grow=0, bottom=add),
            edge=(3, 0, 3, 0),
        )  # fmt: skip
        foot = plain(row(None, self.delete, edge=(3, 0, 3, 0)))
        self.set_column(words, 7, stands, 6, self.measures, 4, foot, edge=(5, 4, 5, 5))

    def _connect(self) -> None:
        self.new_milestone.entry.returnPressed.connect(self._add_milestone)
        self.measures.opened.connect(lambda ident: self.go_requested.emit(Place("measure", ident)))
        self.measures.add_requested.connect(self._add_measure)

    def goal(self) -> str:
        return self._card.goal_id

    def refresh(self) -> None:
        self._show(self.desk.ask(strategy_card, self.ident))

    def _show(self, card: StrategyCard) -> None:
        self._card = card
        today = self.desk.workspace.clock.today()
        goal = self.desk.ask(goal_card, card.goal_id)
        self.up.setText("‹ " + named(name_of(goal.title or goal.label, goal.statement, _("Goal"), 80)))
        self.up.setAccessibleName(_("To the goal: {name}").format(name=goal.name))
        self.number.setText(_("Strategy {number}").format(number=card.number))
        self.bound.show(card)
        verdict = overall([measure.verdict for measure in card.measures])
        self.facts.show_facts(card, verdict, card.measures, today)
        about = about_strategy(
            card, goal, self.desk.ask(plan_card, self.desk.plan_id), today, terms(self.desk.ask(people))
        )
        fields = {"start": self.start, "due": self.due, "owner": self.owner}
        self.ask_about([one for one in about if one.table == "strategy"], fields, self.doubts)
        self._steps = {one.id: one.words for one in about if one.table == "milestone"}
        self._show_milestones(card)
        self.measures.show_measures(card.measures)

    def _show_milestones(self, card: StrategyCard) -> None:
        empty(self.milestones)
        for milestone in card.milestones:
            self.milestones.addWidget(self._milestone(milestone))

    def _milestone(self, one: MilestoneRow) -> QWidget:
        done = QCheckBox(named(one.text))
        done.setChecked(one.done_on is not None)
        done.setAccessibleName(_("Milestone: {text}").format(text=one.text))
        done.clicked.connect(lambda on: self._finish(one.id, on))
        if one.done_on:
            when = _("done {day}").format(day=medium_date(one.done_on))
        else:
            when = _("due {day}").format(day=medium_date(one.due)) if one.due else ""
        away = tool("trash", tip=_("Delete this milestone"), tone="muted")
        away.setAccessibleName(_("Delete the milestone {text}").format(text=one.text))
        away.clicked.connect(lambda: self.remove(one.text, delete_milestone, one.id))
        change = tool("pencil", tip=_("Change the words"), tone="muted", act=lambda: self._reword(one))
        change.setAccessibleName(_("Change the milestone {text}").format(text=one.text))
        date = tool("calendar", tip=_("Change the due date"), tone="muted", act=lambda: self._reschedule(one))
        date.setAccessibleName(_("Change the due date of {text}").format(text=one.text))
        line = row(done, 3, text(when, "caption", "muted"), None, change, date, away)
        if not (asked := self._steps.get(one.id, "")):
            return plain(line)
        return plain(column(line, quiet(asked, "caption", "amber")))

    def _reword(self, one: MilestoneRow) -> None:
        words, given = QInputDialog.getText(self, _("Milestone"), _("What is reached"), text=one.text)
        if given and words.strip():
            self.desk.do(_("Edit a milestone"), edit_milestone, one.id, text=words)

    def _reschedule(self, one: MilestoneRow) -> None:
        due = medium_date(one.due) if one.due else ""
        words, given = QInputDialog.getText(self, _("Milestone"), _("Due, empty for no date"), text=due)
        said = dates.read(words)
        day = dates.at(said, End.LAST) if words.strip() else None
        if given and words.strip() and day is None:
            told = _("{why}; the milestone stays as it was.").format(why=dates.why_not(said, End.LAST))
            self.said.emit(told[:1].upper() + told[1:])
        elif given:
            self.desk.do(_("Change the due date"), edit_milestone, one.id, due=day)

    def _finish(self, milestone_id: str, on: bool) -> None:
        day = self.desk.workspace.clock.today() if on else None
        self.desk.do(
            _("Finish a milestone") if on else _("Reopen a milestone"), edit_milestone, milestone_id, done_on=day
        )

    def _add_milestone(self) -> None:
        words = self.new_milestone.entry.text().strip()
        if words and self.desk.do(
            _("Add a milestone"), add_milestone, self.ident, text=words, due=self.new_due.value()
        ):
            self.new_milestone.entry.clear()
            self.new_due.show_value(None)
            self.new_milestone.setFocus()

    def _add_measure(self) -> None:
        if done := self.desk.do(_("Add a measure"), add_measure, strategy_id=self.ident):
            self.go_requested.emit(Place("measure", done.answer))

    def _step(self, name: str) -> str:
        if name in _STEPS:
            return _(_STEPS[name])
        return _("Edit strategy {number}").format(number=self._card.number)

    def _delete(self) -> None:
        goal_id = self._card.goal_id
        if self.remove(f"{self._card.number} {self._card.name}".strip(), delete_strategy, self.ident):
            self.go_requested.emit(Place("goal", goal_id))
