"""A strategy: its words, priority, owner and dates; how it stands; milestones and measures."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QInputDialog, QWidget

from planstudio.domain import dates
from planstudio.domain.cards import MilestoneRow
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
from planstudio.gui.pages.page import Page, Pane, refill
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, named, plain, quiet, row, text, tool
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
    watches = ("goal", "strategy", "measure", "observation", "progress_update", "person", "policy_link", "milestone")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bound = Binding(self, "strategy", edit_strategy, self._step)
        bind = self.bound.bind
        self.up = button("", "quiet", act=lambda: self.go_requested.emit(Place("goal", self._card.goal_id)))
        self.number = text("", "strong", "accent")
        self.title = bind("title", TextField(_("Title"), role="display", placeholder=_("Short title")))
        self.text = bind("text", RichField(_("Strategy"), role="reading", placeholder=_("What will be done")))
        self.record = button(_("Record progress"), "primary", act=self.record_requested)
        self.priority = bind("priority", LineField(_("Priority class"), placeholder=_("none")))
        self.owner = bind("owner_id", NameField(_("Owner"), placeholder=_("no owner")))
        self.department = bind("department", LineField(_("Department"), placeholder=_("none")))
        self.start = bind("start", DateField(_("Begins"), end=End.FIRST))
        self.due = bind("due", DateField(_("Due")))
        self.budget = bind("budget", MoneyField(_("Budget")))
        self.every = bind("update_every", ChoiceField(_("Update due"), list(Frequency), empty=_("every 120 days")))
        self.update_by = bind("update_by", DateField(_("Next update by")))
        self.delete = button(_("Delete this strategy"), "quiet", "trash", act=self._delete)
        self.facts = Facts()
        self.milestones = column(space=0.5)
        self.doubts = quiet("", "caption", "amber")
        self.new_milestone, self.new_due = LineField(_("New milestone")), DateField(_("Due"))
        self.measures = MeasureTiles(self, self._add_measure)
        self.first = self.title
        self._lay_out()
        self.setTabOrder(self.text.field, self.record)
        self.new_milestone.entry.returnPressed.connect(self._add_milestone)

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

    def goal(self) -> str:
        return self._card.goal_id

    def refresh(self) -> None:
        card = self._card = self.desk.ask(strategy_card, self.ident)
        plan, today = self.desk.ask(plan_card, self.desk.plan_id), self.desk.workspace.clock.today()
        goal = self.desk.ask(goal_card, card.goal_id)
        self.up.setText("‹ " + named(name_of(goal.title or goal.label, goal.statement, _("Goal"), 80)))
        self.up.setAccessibleName(_("To the goal: {name}").format(name=goal.name))
        self.number.setText(_("Strategy {number}").format(number=card.number))
        self.bound.show(card)
        self.facts.show_facts(card, overall([measure.verdict for measure in card.measures]), today)
        about = about_strategy(card, goal, plan, today, terms(self.desk.ask(people)))
        fields = {"start": self.start, "due": self.due, "owner": self.owner}
        self.ask_about([one for one in about if one.table == "strategy"], fields, self.doubts)
        asked = {one.id: one.words for one in about if one.table == "milestone"}
        refill(self.milestones, [self._milestone(one, asked.get(one.id, "")) for one in card.milestones])
        self.measures.show_measures(card.measures)

    def _milestone(self, one: MilestoneRow, asked: str) -> QWidget:
        done = QCheckBox(named(one.text))
        done.setChecked(one.done_on is not None)
        done.setAccessibleName(_("Milestone: {text}").format(text=one.text))
        done.clicked.connect(lambda on: self._finish(one.id, on))
        if one.done_on:
            when = _("done {day}").format(day=medium_date(one.done_on))
        else:
            when = _("due {day}").format(day=medium_date(one.due)) if one.due else ""
        name = _("Delete the milestone {text}").format(text=one.text)
        away = tool("trash", tip=_("Delete this milestone"), tone="muted", name=name)
        away.clicked.connect(lambda: self.remove(one.text, delete_milestone, one.id))
        name = _("Change the milestone {text}").format(text=one.text)
        change = tool("pencil", tip=_("Change the words"), tone="muted", name=name, act=lambda: self._reword(one))
        name = _("Change the due date of {text}").format(text=one.text)
        date = tool("calendar", tip=_("Change the due date"), tone="muted", name=name)
        date.clicked.connect(lambda: self._reschedule(one))
        line = row(done, 3, text(when, "caption", "muted"), None, change, date, away)
        return plain(column(line, quiet(asked, "caption", "amber")) if asked else line)

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
        label, day = _("Reopen a milestone"), None
        if on:
            label, day = _("Finish a milestone"), self.desk.workspace.clock.today()
        self.desk.do(label, edit_milestone, milestone_id, done_on=day)

    def _add_milestone(self) -> None:
        words, due = self.new_milestone.entry.text().strip(), self.new_due.value()
        if words and self.desk.do(_("Add a milestone"), add_milestone, self.ident, text=words, due=due):
            self.new_milestone.entry.clear()
            self.new_due.show_value(None)
            self.new_milestone.setFocus()

    def _add_measure(self) -> None:
        if done := self.desk.do(_("Add a measure"), add_measure, strategy_id=self.ident):
            self.go_requested.emit(Place("measure", done.answer))

    def _step(self, name: str) -> str:
        return _(_STEPS[name]) if name in _STEPS else _("Edit strategy {number}").format(number=self._card.number)

    def _delete(self) -> None:
        goal_id = self._card.goal_id
        if self.remove(f"{self._card.number} {self._card.name}".strip(), delete_strategy, self.ident):
            self.go_requested.emit(Place("goal", goal_id))
