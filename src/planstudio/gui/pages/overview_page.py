"""The plan at a glance: what someone should look at, the goals as cards, every strategy under a line of filters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planstudio.domain.cards import GoalCard, OrganizationCard, PlanCard
from planstudio.domain.changes import Change
from planstudio.domain.places import Place, at_page
from planstudio.domain.strategy_filter import Attention, Filter, filtered, read_filter, shown_status
from planstudio.gui.desk import Desk
from planstudio.gui.dialogs.add_lines import AddLines
from planstudio.gui.dialogs.asked import accepted
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page, PrintRequest
from planstudio.gui.pages.registry import shows
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.basics import button, column, empty, quiet, row
from planstudio.gui.widgets.goal_tile import GoalTile
from planstudio.gui.widgets.goals_head import GoalsHead
from planstudio.gui.widgets.side_by_side import SideBySide
from planstudio.gui.widgets.strategy_panel import StrategyPanel
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import N_, _, long_date, ngettext
from planstudio.operations.bulk import add_lines
from planstudio.operations.goals import add_goal
from planstudio.operations.plans import edit_organization, edit_plan
from planstudio.queries.conflicts import count_differences
from planstudio.queries.goals import goals_of_plan
from planstudio.queries.plans import organization_card, plan_card

_MOST_IN_A_ROW = 4
_SILENT = Filter(attention=Attention.WAITS)  # what the banner counts and its link lists
_CARD = 46  # gaps of width that a card needs


@shows(page="overview", title=N_("Overview"))
class OverviewPage(Page):
    watches = (
        "organization", "plan", "goal", "strategy", "measure", "observation", "progress_update", "milestone", "person",
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._plan = PlanCard("", "")
        self._district = OrganizationCard("", "")
        self._saved: Mapping[str, Filter] = {}
        self._open = 0  # differences that nobody has settled
        self.names = plan = Binding(self, "plan", edit_plan, self._step, lambda: self._plan.id)
        self.district = Binding(self, "organization", edit_organization, self._step, lambda: self._district.id)
        words = _("Name of the district")
        self.organization = self.district.bind("name", TextField(_("District"), role="display", placeholder=words))
        self.title = plan.bind("title", TextField(_("Plan"), role="heading", placeholder=_("Title of the plan")))
        words = _("Slogan or promise of the plan")
        self.slogan = plan.bind("slogan", TextField(_("Slogan"), role="reading", placeholder=words))
        self.today = quiet("")
        self._banners = QVBoxLayout()
        self._cards = SideBySide(_CARD, _MOST_IN_A_ROW)
        self.add = button(_("Add goal"), "quiet", "plus", act=self.add_goal)
        self.several = button(_("Add several…"), "quiet", act=self._add_several)
        self.one_page = button(_("Plan on one page"), "plain", "grid")
        self.one_page.clicked.connect(lambda: self.go_requested.emit(at_page("one-page")))
        self.strategies = panel = StrategyPanel()
        panel.opened.connect(lambda ident: self.go_requested.emit(Place("strategy", ident)))
        panel.print_requested.connect(lambda only: self.print_requested.emit(PrintRequest("strategies", only=only)))
        names = column(self.organization, self.title, self.slogan, self.today, space=0.5)
        head = row(names, 3, self.one_page, grow=0, top=self.one_page)
        self.goals = GoalsHead(self.several, self.add)
        for name, field in self.goals.fields.items():
            plan.bind(name, field)
        parts = (head, 3, self._banners, 2, self.goals, 2, self._cards, 7, panel)
        self.set_column(*parts, widest=290, edge=(8, 6, 8, 6))

    def concerned(self, change: Change) -> bool:
        return super().concerned(change) or self.desk.ask(count_differences) != self._open

    def refresh(self) -> None:
        today = self.desk.workspace.clock.today()
        before, self._plan = self._plan, self.desk.ask(plan_card, self.desk.plan_id)
        if before.id != self._plan.id:
            self.goals.release()
        self._district = self.desk.ask(organization_card)
        self.district.show(self._district)
        self.names.show(self._plan)
        self.goals.show_plan(self._plan)
        told = _("{day}. Each judgment is the owner’s own, from the latest update.")
        self.today.setText(told.format(day=long_date(today)))
        goals = self.desk.ask(goals_of_plan, self._plan.id, whole=False)
        self._show_silence(goals, today)
        tiles: list[QWidget] = []
        for goal in goals:
            tile = GoalTile(goal, Counter(shown_status(one, today) for one in goal.strategies), today)
            tile.pressed.connect(lambda ident=goal.id: self.go_requested.emit(Place("goal", ident)))
            tiles.append(tile)
        hint = _("No goals yet. A plan without goals is fine; a goal says where you will be, and by when.")
        self._cards.show_parts(tiles or [quiet(hint)])
        self.strategies.show_strategies(goals, today, self._saved)
        self.strategies.setVisible(any(goal.strategies for goal in goals))

    def recall(self, settings: Settings) -> None:
        """The filters that are kept by name, and the one that was used last in this plan."""
        plan = self.desk.workspace.path
        self._saved = _saved_filters(settings)
        self.strategies.changed.connect(lambda asked: settings.remember(plan, "filter", asked.text()))
        self.strategies.kept.connect(partial(self._keep, settings))
        if isinstance(last := settings.recall(plan, "filter"), str):
            self.strategies.use(read_filter(last))

    def _keep(self, settings: Settings, name: str, asked: Filter | None) -> None:
        """Keep a filter under a name; None forgets it."""
        if self.desk.workspace.secret:  # its words would stand in the settings
            self.said.emit(_("Filters of a plan under a password are not kept: their words would stand unprotected."))
            return
        kept = {one: words.text() for one, words in _saved_filters(settings).items() if one != name}
        if asked is not None:
            kept[name] = asked.text()
        settings.filters = json.dumps(kept)
        self._saved = _saved_filters(settings)
        self.refresh()

    def _show_silence(self, goals: tuple[GoalCard, ...], today: date) -> None:
        """One line about differences that nobody has settled, and one about strategies that are silent."""
        empty(self._banners)
        self._open = self.desk.ask(count_differences)
        if self._open:
            words = ngettext("{n} difference to settle", "{n} differences to settle", self._open)
            open_ones = Banner(words.format(n=self._open), _("Settle"), heard=False)
            open_ones.acted.connect(lambda: self.go_requested.emit(at_page("settle")))
            self._banners.addWidget(open_ones)
        cards = filtered(goals, _SILENT, today)
        late = sum(one.updated_on is not None for one in cards)
        never = len(cards) - late
        old = ngettext("{n} strategy waits for its next update", "{n} strategies wait for their next update", late)
        none = ngettext("{n} strategy has had no update yet", "{n} strategies have had no update yet", never)
        if told := [words.format(n=n) for words, n in ((old, late), (none, never)) if n]:
            banner = Banner("; ".join(told) + ".", _("Show them"), heard=False)
            banner.acted.connect(lambda: self.strategies.use(_SILENT))
            self._banners.addWidget(banner)

    def add_goal(self) -> None:
        if done := self.desk.do(_("Add a goal"), add_goal, self.desk.plan_id):
            self.go_requested.emit(Place("goal", done.answer))

    def _add_several(self) -> None:
        label, plan = _("Add several goals"), self.desk.plan_id
        accepted(AddLines(self, label, lambda words: self.desk.submit(label, add_lines, "goal", plan, words)))

    def _step(self, name: str) -> str:
        if name == "name":
            return _("Edit the district's name")
        return _("Edit the heading of the goals") if name in self.goals.fields else _("Edit the plan's names")


def _saved_filters(settings: Settings) -> dict[str, Filter]:
    """The strategy filters that this person keeps by name, on this computer."""
    return {name: read_filter(words) for name, words in json.loads(settings.filters or "{}").items()}
