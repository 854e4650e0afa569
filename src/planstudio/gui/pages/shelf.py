"""Every page of an open plan, made when it is first shown and kept."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from planstudio.domain.preflight import Finding, Weight
from planstudio.domain.strategy_filter import Filter, read_filter
from planstudio.gui.desk import Desk
from planstudio.gui.pages.brief_page import BriefPage
from planstudio.gui.pages.district_page import DistrictPage
from planstudio.gui.pages.goal_page import GoalPage
from planstudio.gui.pages.history_page import HistoryPage
from planstudio.gui.pages.item_page import ItemPage
from planstudio.gui.pages.measure_page import MeasurePage
from planstudio.gui.pages.meeting_page import MeetingPage
from planstudio.gui.pages.meetings_page import MeetingsPage
from planstudio.gui.pages.minutes_page import MinutesPage
from planstudio.gui.pages.monitoring_page import MonitoringPage
from planstudio.gui.pages.one_page import OnePage
from planstudio.gui.pages.overview_page import OverviewPage
from planstudio.gui.pages.page import Page
from planstudio.gui.pages.past_page import PastPage
from planstudio.gui.pages.policies_page import PoliciesPage
from planstudio.gui.pages.policy_page import PolicyPage
from planstudio.gui.pages.replace_page import ReplacePage
from planstudio.gui.pages.room_page import RoomPage
from planstudio.gui.pages.settle_page import SettlePage
from planstudio.gui.pages.spelling_page import SpellingPage
from planstudio.gui.pages.statement_page import StatementPage
from planstudio.gui.pages.strategy_page import StrategyPage
from planstudio.gui.pages.updates_page import UpdatesPage
from planstudio.gui.settings import Settings
from planstudio.i18n import _

_PAGES: dict[tuple[str, str] | str, Callable[[Desk], Page]] = {
    ("place", "overview"): OverviewPage,
    ("place", "one-page"): OnePage,
    ("place", "district"): DistrictPage,
    "brief": BriefPage,
    ("place", "policies"): PoliciesPage,
    ("place", "updates"): UpdatesPage,
    ("place", "replace"): ReplacePage,
    ("place", "spelling"): SpellingPage,
    ("place", "meetings"): MeetingsPage,
    "meeting": MeetingPage,
    "agenda_item": ItemPage,
    "meeting_room": RoomPage,
    "minutes": MinutesPage,
    ("place", "monitoring"): MonitoringPage,
    ("place", "history"): HistoryPage,
    ("place", "past"): PastPage,
    ("place", "settle"): SettlePage,
    "statement": StatementPage,
    "goal": GoalPage,
    "strategy": StrategyPage,
    "measure": MeasurePage,
    "policy": PolicyPage,
}


class Shelf(QStackedWidget):
    """Shows one page at a time; what pages wish comes out of here."""

    go_requested = Signal(str, str)
    said = Signal(str)
    told = Signal(str)
    removed = Signal(str)
    record_requested = Signal()
    import_requested = Signal()
    attach_requested = Signal(str, str)
    item_shown = Signal(str)
    print_requested = Signal(str, str)
    past_print_requested = Signal(str, str, object, object)
    list_requested = Signal(object)

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self._desk = desk
        self._settings = settings
        self._made: dict[tuple[str, str] | str, Page] = {}
        self._facts: dict[str, tuple[Weight, str]] = {}  # what the pre-flight says of each file

    def page(self, key: tuple[str, str] | str) -> Page | None:
        """The page for a table, or for ("place", name)."""
        if key not in self._made:
            make = _PAGES.get(key)
            if make is None:
                return None
            self._made[key] = page = make(self._desk)
            self._join(page)
            self.addWidget(page)
        return self._made[key]

    def close_down(self) -> None:
        for page in self._made.values():
            page.close_down()

    def _join(self, page: Page) -> None:
        page.go_requested.connect(self.go_requested)
        page.said.connect(self.said)
        page.told.connect(self.told)
        page.removed.connect(self.removed)
        if isinstance(page, GoalPage | StrategyPage):
            page.record_requested.connect(self.record_requested)
        if isinstance(page, GoalPage):
            page.import_requested.connect(self.import_requested)
        if isinstance(page, MinutesPage | OnePage | BriefPage):
            page.print_requested.connect(self.print_requested)
        if isinstance(page, MonitoringPage | PastPage):
            page.print_requested.connect(self.past_print_requested)
        if isinstance(page, OverviewPage):
            page.list_requested.connect(self.list_requested)
            self._join_filters(page)
        if isinstance(page, ItemPage):
            page.show_facts(self._facts)
        if isinstance(page, MeetingPage):
            page.item_shown.connect(self.item_shown)
        if isinstance(page, StatementPage):
            page.attach_requested.connect(self.attach_requested)

    def _join_filters(self, page: OverviewPage) -> None:
        """The filters that are kept by name, and the one that was used last in this plan."""
        settings, plan = self._settings, self._desk.workspace.path

        def saved() -> dict[str, Filter]:
            kept = json.loads(settings.filters or "{}")
            return {name: read_filter(text) for name, text in kept.items()}

        def keep(name: str, asked: Filter | None) -> None:
            kept = {one: text.text() for one, text in saved().items() if one != name}
            if asked is not None:
                kept[name] = asked.text()
            if self._desk.workspace.secret:  # its words would stand in the settings
                words = _("Filters of a plan under a password are not kept: their words would stand unprotected.")
                page.said.emit(words)
                return
            settings.filters = json.dumps(kept)
            page.show_filters(saved())
            page.refresh()

        last = settings.recall(plan, "filter")
        page.show_filters(saved(), read_filter(last) if isinstance(last, str) else None)
        page.filter_kept.connect(keep)
        page.filter_used.connect(lambda asked: settings.remember(plan, "filter", asked.text()))

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """What the pre-flight says, beside the items and files it says it of."""
        weights: dict[str, Weight] = {}
        for one in reversed(findings):
            if one.item_id and one.weight is not Weight.FINE:
                weights[one.item_id] = one.weight
        page, item = self._made.get("meeting"), self._made.get("agenda_item")
        if isinstance(page, MeetingPage):
            page.show_findings(weights)
        self._facts = {one.file_id: (one.weight, f"{one.words} {one.help}".strip()) for one in findings if one.file_id}
        if isinstance(item, ItemPage):
            item.show_facts(self._facts)
