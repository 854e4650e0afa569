"""The district and the plan at a glance: names, dates, what someone should look at, the goals as cards."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from planstudio.domain.cards import OrganizationCard, PlanCard
from planstudio.domain.kinds import PlanState, Status
from planstudio.domain.progress import outdated
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.dialogs.add_lines import AddLines
from planstudio.gui.pages.page import Page
from planstudio.gui.theme import gap
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.basics import Pressable, button, column, empty, plain, row, scrolled, text, tool
from planstudio.gui.widgets.fields import ChoiceField, DateField, LineField
from planstudio.gui.widgets.marks import Stack, chip, status_word
from planstudio.gui.widgets.people_rows import PeopleRows
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, long_date, ngettext
from planstudio.operations.bulk import add_lines
from planstudio.operations.drafts import draft_from
from planstudio.operations.goals import add_goal
from planstudio.operations.people import add_person, delete_person, edit_person
from planstudio.operations.plans import delete_plan, edit_organization, edit_plan
from planstudio.queries.plans import all_plans, organization_card, people, plan_card, plan_outline

_MOST_IN_A_ROW = 4
_CARD = 46  # gaps of width that a card needs


class OverviewPage(Page):
    watches = frozenset(("organization", "plan", "goal", "strategy", "progress_update", "person"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.organization = TextField(_("District"), role="display", placeholder=_("Name of the district"))
        self.title = TextField(_("Plan"), role="heading", placeholder=_("Title of the plan"))
        self.slogan = TextField(_("Slogan"), role="reading", placeholder=_("Slogan or promise of the plan"))
        self.today = text("", "body", "muted", wrap=True)
        self._banners = QVBoxLayout()
        self._cards = QGridLayout()
        self._cards.setSpacing(gap(3))
        self._tiles: list[QWidget] = []
        self._in_a_row = 0
        self.state = ChoiceField(_("State of the plan"), list(PlanState))
        self.begins = DateField(_("Begins"))
        self.ends = DateField(_("Ends"))
        self.adopted = DateField(_("Adopted on"))
        self.facts = {
            "short_name": LineField(_("Short name")),
            "motto": LineField(_("Motto")),
            "board_name": LineField(_("Name of the board")),
            "address": LineField(_("Address")),
            "contact": LineField(_("Contact")),
            "website": LineField(_("Web site")),
        }
        self.people = PeopleRows()
        self.add = button(_("Add goal"), "quiet", "plus")
        self.draft = button(_("New draft from this plan"), "plain", "file")
        self.archive = button(_("Archive"), "quiet")
        self._others = QVBoxLayout()
        dates = row(self.state, self.begins, self.ends, self.adopted, None, space=3)
        facts = QGridLayout()
        facts.setSpacing(gap(3))
        for n, field in enumerate(self.facts.values()):
            facts.addWidget(field, n // 3, n % 3)
        self.several = button(_("Add several…"), "quiet")
        goals = row(text(_("Goals"), "heading"), None, self.several, self.add)
        self.set_body(
            scrolled(
                column(
                    self.organization,
                    self.title,
                    self.slogan,
                    self.today,
                    3,
                    self._banners,
                    2,
                    goals,
                    2,
                    self._cards,
                    7,
                    text(_("The plan"), "heading"),
                    2,
                    dates,
                    2,
                    row(self.draft, 1, self.archive, None),
                    1,
                    self._others,
                    6,
                    text(_("The district"), "heading"),
                    2,
                    facts,
                    6,
                    text(_("People"), "heading"),
                    1,
                    self.people,
                    None,
                    space=0.5,
                    edge=(8, 6, 8, 6),
                ),
                widest=gap(260),
            )
        )
        self._connect()

    def _connect(self) -> None:
        self.organization.edited.connect(self._write_name)
        self.title.edited.connect(partial(self._write_plan, self.title, "title"))
        self.slogan.edited.connect(partial(self._write_plan, self.slogan, "slogan"))
        label = _("Change the plan's dates")
        for name, day in (("period_start", self.begins), ("period_end", self.ends), ("adopted_on", self.adopted)):
            day.edited.connect(
                lambda value, name=name, day=day: self.put(day, label, edit_plan, self._plan.id, name, value)
            )
        self.state.edited.connect(
            lambda state: self.change(_("Change the plan's state"), edit_plan, self._plan.id, state=state)
        )
        for name, field in self.facts.items():
            field.edited.connect(partial(self._set_fact, name))
        self.add.clicked.connect(self.add_goal)
        self.several.clicked.connect(self._add_several)
        self.draft.clicked.connect(self.draft_from)
        self.archive.clicked.connect(
            lambda: self.change(_("Archive the plan"), edit_plan, self._plan.id, state=PlanState.ARCHIVED)
        )
        self.people.added.connect(lambda name: self.desk.do(_("Add a person"), add_person, name))
        self.people.edited.connect(lambda ident, values: self.desk.do(_("Edit a person"), edit_person, ident, **values))
        self.people.delete_requested.connect(self._delete_person)

    def refresh(self) -> None:
        today = self.desk.workspace.clock.today()
        plan_id = self.desk.plan_id
        self._plan: PlanCard = self.desk.ask(plan_card, plan_id)
        self._district: OrganizationCard = self.desk.ask(organization_card)
        self.organization.show_text(self._district.name)
        self.title.show_text(self._plan.title)
        self.slogan.show_text(self._plan.slogan)
        self.today.setText(
            _("{day}. Each judgment is the owner’s own, from the latest update.").format(day=long_date(today))
        )
        self.state.show_value(self._plan.state)
        self.begins.show_value(self._plan.period_start)
        self.ends.show_value(self._plan.period_end)
        self.adopted.show_value(self._plan.adopted_on)
        for name, field in self.facts.items():
            field.show_value(getattr(self._district, name))
        self.people.show_people(self.desk.ask(people))
        self.archive.setVisible(self._plan.state is not PlanState.ARCHIVED)
        self._show_others()
        self._show_goals()

    def _show_others(self) -> None:
        """The other plans of the file."""
        empty(self._others)
        for plan in self.desk.ask(all_plans):
            if plan.id == self._plan.id:
                continue
            name = plan.title or _("Untitled plan")
            show, away = button(_("Show"), "quiet"), tool("trash", tip=_("Delete this plan"), tone="muted")
            show.setAccessibleName(_("Show {name}").format(name=name))
            away.setAccessibleName(_("Delete {name}").format(name=name))
            show.clicked.connect(lambda _on=False, ident=plan.id: self.desk.show_plan(ident))
            away.clicked.connect(lambda _on=False, ident=plan.id, name=name: self.remove(name, delete_plan, ident))
            line = row(text(name, "strong"), 2, text(word(plan.state), "body", "muted"), 2, show, away, None)
            self._others.addWidget(plain(line))

    def draft_from(self) -> None:
        """A copy of this plan to write the next one in; it is shown at once."""
        before = {plan.id for plan in self.desk.ask(all_plans)}
        name = _("{title}, new draft").format(title=self._plan.title or _("Plan"))
        if self.desk.do(_("New draft from “{title}”").format(title=self._plan.title), draft_from, self._plan.id, name):
            made = next(plan.id for plan in self.desk.ask(all_plans) if plan.id not in before)
            self.desk.show_plan(made)
            self.told.emit(_("This is the draft. The plan it was made from stands below, under “The plan”."))

    def _show_goals(self) -> None:
        outline = self.desk.ask(plan_outline, self._plan.id)
        today = self.desk.workspace.clock.today()
        empty(self._cards)
        self._tiles = []
        empty(self._banners)
        rows = [below for goal in outline.goals for below in goal.children]
        stale = [one for one in rows if one.updated_on and outdated(one, today)]
        never = [one for one in rows if one.updated_on is None]
        if rows and (stale or never):
            old = ngettext(
                "{n} strategy has had no update for a long time",
                "{n} strategies have had no update for a long time",
                len(stale),
            ).format(n=len(stale))
            none = ngettext(
                "{n} strategy has had no update yet", "{n} strategies have had no update yet", len(never)
            ).format(n=len(never))
            words = "; ".join(part for part, shown in ((old, stale), (none, never)) if shown)
            banner = Banner(words + ".", _("Show the first"))
            first = (stale or never)[0]
            banner.acted.connect(lambda: self.go_requested.emit("strategy", first.id))
            self._banners.addWidget(banner)
        for n, goal in enumerate(outline.goals):
            counts = Counter((below.status or Status.NOT_STARTED).value for below in goal.children)
            card = _goal_card(n + 1, goal.name, (goal.status or Status.NOT_STARTED).value, counts)
            card.pressed.connect(lambda ident=goal.id: self.go_requested.emit("goal", ident))
            self._tiles.append(card)
        if not outline.goals:
            hint = _("No goals yet. A plan without goals is fine; a goal says where you will be, and by when.")
            self._tiles.append(text(hint, "body", "muted", wrap=True))
        self._in_a_row = 0
        self._lay_cards()

    def _lay_cards(self) -> None:
        """As many cards beside each other as there is room for."""
        room = min(_MOST_IN_A_ROW, max(1, (self.width() - gap(16)) // gap(_CARD)), max(1, len(self._tiles)))
        if room == self._in_a_row:
            return
        self._in_a_row = room
        for n, tile in enumerate(self._tiles):
            self._cards.addWidget(tile, n // room, n % room)
        for n in range(_MOST_IN_A_ROW):
            self._cards.setColumnStretch(n, 1 if n < room else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_cards()

    def add_goal(self) -> None:
        """A new goal at the end, its page open."""
        before = {goal.id for goal in self.desk.ask(plan_outline, self.desk.plan_id).goals}
        if self.desk.do(_("Add a goal"), add_goal, self.desk.plan_id):
            goals = self.desk.ask(plan_outline, self.desk.plan_id).goals
            self.go_requested.emit("goal", next(goal.id for goal in goals if goal.id not in before))

    def _add_several(self) -> None:
        words = AddLines(self, _("Add several goals")).written()
        if words:
            self.desk.do(_("Add several goals"), add_lines, "goal", self.desk.plan_id, words)

    def _write_name(self, words: str) -> None:
        label = _("Edit the district's name")
        self.write(self.organization, words, label, edit_organization, self._district.id, "name")

    def _write_plan(self, field: TextField, name: str, words: str) -> None:
        self.write(field, words, _("Edit the plan's names"), edit_plan, self._plan.id, name)

    def _set_fact(self, name: str, words: str) -> None:
        self.put(self.facts[name], _("Edit the district"), edit_organization, self._district.id, name, words)

    def _delete_person(self, ident: str) -> None:
        name = next(person.name for person in self.desk.ask(people) if person.id == ident)
        self.remove(name, delete_person, ident)


def _goal_card(number: int, name: str, status: str, counts: Counter[str]) -> Pressable:
    order = list(dict.fromkeys(status.value for status in Status))
    parts = [(status, counts[status]) for status in order if counts[status]]
    words = ", ".join(f"{n} {status_word(status).lower()}" for status, n in parts)
    box = column(
        row(text(_("Goal {n}").format(n=number), "caption strong", "muted"), None, chip(status)),
        1,
        text(name, "heading", wrap=True),
        None,
        3,
        space=0.5,
        edge=(4, 3.5, 4, 3.5),
    )
    if parts:
        box.addWidget(Stack(parts))
    box.addWidget(text(words or _("no strategies yet"), "caption", "muted", wrap=True))
    card = Pressable(box, f"{name}, {status_word(status)}")
    card.setMinimumHeight(gap(35))
    return card
