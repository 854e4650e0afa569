"""The plan and the district: dates and state, the other plans of the file, the district's facts, its people."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from planstudio.domain.cards import OrganizationCard, PlanCard
from planstudio.domain.dates import End
from planstudio.domain.kinds import Majority, PlanState
from planstudio.domain.plausibility import about_plan
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, empty, in_columns, plain, quiet, row, text, tool
from planstudio.gui.widgets.fields import Captioned, ChoiceField, Choices, DateField, LineField, NumberField
from planstudio.gui.widgets.people_rows import PeopleRows
from planstudio.gui.widgets.side_by_side import SideBySide
from planstudio.gui.widgets.zone_field import ZoneField
from planstudio.i18n import N_, _
from planstudio.operations.drafts import draft_from
from planstudio.operations.people import add_person, delete_person, edit_person
from planstudio.operations.plans import delete_plan, edit_organization, edit_plan
from planstudio.queries.plans import all_plans, organization_card, people, plan_card


@shows(page="district", title=N_("Plan and district"), also=("organization", "plan", "person"))
class DistrictPage(Page):
    watches = ("organization", "plan", "person")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._plan, self._district = PlanCard("", ""), OrganizationCard("", "")
        self.dates = plan = Binding(self, "plan", edit_plan, self._plan_step, lambda: self._plan.id)
        self.rules = Binding(self, "organization", edit_organization, self._district_step, lambda: self._district.id)
        bind = self.rules.bind
        self.state = plan.bind("state", ChoiceField(_("State of the plan"), list(PlanState)))
        self.begins = plan.bind("period_start", DateField(_("Begins"), end=End.FIRST))
        self.ends = plan.bind("period_end", DateField(_("Ends")))
        self.adopted = plan.bind("adopted_on", DateField(_("Adopted on"), end=End.DAY))
        self.facts = {
            "short_name": bind("short_name", LineField(_("Short name"))),
            "motto": bind("motto", LineField(_("Motto"))),
            "board_name": bind("board_name", LineField(_("Name of the board"))),
            "address": bind("address", LineField(_("Address"))),
            "contact": bind("contact", LineField(_("Contact"))),
            "website": bind("website", LineField(_("Web site"))),
        }
        self.zone = bind("time_zone", ZoneField(_("this computer’s")))
        self.seats = bind("seats", NumberField(_("Seats of the board"), placeholder=_("as members")))
        self.quorum = bind("quorum", NumberField(_("Quorum"), placeholder=_("more than half")))
        self.majority = bind("majority", ChoiceField(_("A motion needs"), list(Majority)))
        bounds = ((_("by the size of the group, from <1% and >99% on"), 1), (_("from <5% and >95% on"), 5))
        self.shares = Choices(options=(*bounds, (_("never"), 0)))
        self.shares.be_short(30)
        self.shares.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.people = PeopleRows()
        self.doubts = quiet("", "caption", "amber")
        self.draft = button(_("New draft from this plan"), "plain", "file", act=self.draft_from)
        self.archive = button(_("Archive"), "quiet")
        self._others = QVBoxLayout()
        self._lay_out()
        self.shares.activated.connect(self._choose_shares)
        self.archive.clicked.connect(
            lambda: self.desk.do(_("Archive the plan"), edit_plan, self._plan.id, state=PlanState.ARCHIVED)
        )
        self.people.added.connect(lambda name: self.desk.do(_("Add a person"), add_person, name))
        self.people.edited.connect(lambda ident, values: self.desk.do(_("Edit a person"), edit_person, ident, **values))
        self.people.delete_requested.connect(self._delete_person)

    def _lay_out(self) -> None:
        board = SideBySide(44, 4)
        board.show_parts((self.zone, self.seats, self.quorum, self.majority))
        shares = Captioned(_("Very low and very high shares are told by a bound"), self.shares)
        shares.setMaximumWidth(gap(110))
        why = _(
            "Where nearly all students of a group have something, or nearly none, a figure speaks of each of them. It "
            "is told as <5% or >95% in groups of 60 to 299 students, as <10%, <20% and so on in smaller ones, so that "
            "the bound has room for three students; alike on the screen, on paper, in Excel and in copies for others."
        )
        self.set_column(
            text(_("Plan and district"), "display"), 5,
            text(_("The plan"), "heading"), 2, row(self.state, self.begins, self.ends, self.adopted, None, space=3),
            self.doubts, 2, row(self.draft, 1, self.archive, None), 1, self._others, 6,
            text(_("The district"), "heading"), 2, in_columns(self.facts.values(), 3), 3, board, 4, shares, 1,
            quiet(why, "caption"), 6,
            text(_("People"), "heading"), 1, self.people,
            widest=260, space=0.5, edge=(8, 6, 8, 6),
        )  # fmt: skip

    def refresh(self) -> None:
        self._plan = self.desk.ask(plan_card, self.desk.plan_id)
        self._district = self.desk.ask(organization_card)
        self.dates.show(self._plan)
        self.rules.show(self._district)
        self.shares.setCurrentIndex(max(0, self.shares.findData(self._district.coded_shares)))
        self.people.show_people(self.desk.ask(people))
        self.archive.setVisible(self._plan.state is not PlanState.ARCHIVED)
        about = about_plan(self._plan, self.desk.workspace.clock.today())
        self.ask_about(about, {"period_end": self.ends, "adopted_on": self.adopted}, self.doubts)
        empty(self._others)
        for plan in self.desk.ask(all_plans):
            if plan.id == self._plan.id:
                continue
            name = plan.title or _("Untitled plan")
            show = button(_("Show"), "quiet", name=_("Show {name}").format(name=name))
            told = _("Delete {name}").format(name=name)
            away = tool("trash", tip=_("Delete this plan"), tone="muted", name=told)
            show.clicked.connect(lambda _on=False, ident=plan.id: self.desk.show_plan(ident))
            away.clicked.connect(lambda _on=False, ident=plan.id, name=name: self.remove(name, delete_plan, ident))
            line = row(text(name, "strong"), 2, text(word(plan.state), "body", "muted"), 2, show, away, None)
            self._others.addWidget(plain(line))

    def draft_from(self) -> None:
        """A copy of this plan to write the next one in; it is shown at once."""
        name = _("{title}, new draft").format(title=self._plan.title or _("Plan"))
        label = _("New draft from “{title}”").format(title=self._plan.title)
        if done := self.desk.do_long(label, draft_from, self._plan.id, name):
            self.desk.show_plan(done.answer)
            self.told.emit(_("This is the draft. The plan it was made from stands under “Plan and district”."))

    def _plan_step(self, name: str) -> str:
        return _("Change the plan's state") if name == "state" else _("Change the plan's dates")

    def _district_step(self, name: str) -> str:
        return _("Edit the district") if name in self.facts else _("Change the rules of the board")

    def _choose_shares(self) -> None:
        label, share = _("Change which shares are told by a bound"), self.shares.currentData()
        self.desk.do(label, edit_organization, self._district.id, coded_shares=share)

    def _delete_person(self, ident: str) -> None:
        self.remove(next(person.name for person in self.desk.ask(people) if person.id == ident), delete_person, ident)
