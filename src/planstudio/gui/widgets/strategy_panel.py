"""The strategies of the plan under a line of filters; filters that are used again are kept by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from planstudio.domain.cards import GoalCard
from planstudio.domain.strategy_filter import Attention, Filter, SortBy, filtered, statuses_of
from planstudio.domain.texts import shortened
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, named, row, text, tool
from planstudio.gui.widgets.fields import Choices
from planstudio.gui.widgets.marks import status_word
from planstudio.gui.widgets.painted import search_line
from planstudio.gui.widgets.strategy_table import StrategyTable
from planstudio.i18n import N_, _, ngettext

_ATTENTION = {
    Attention.OVERDUE: N_("Overdue"), Attention.WAITS: N_("Waiting for an update"),
    Attention.NO_OWNER: N_("Without an owner"), Attention.NO_DUE: N_("Without a due day"),
}  # fmt: skip
_SORTS = {
    SortBy.URGENCY: N_("By urgency"), SortBy.NUMBER: N_("As in the plan"), SortBy.OWNER: N_("By owner"),
    SortBy.DEPARTMENT: N_("By department"), SortBy.PRIORITY: N_("By priority"), SortBy.DUE: N_("By due day"),
    SortBy.PERCENT: N_("By progress"), SortBy.UPDATED: N_("By last update"),
}  # fmt: skip


class StrategyPanel(QWidget):
    opened = Signal(str)  # strategy id
    print_requested = Signal(object)  # the ids of those that are shown; None for all
    changed = Signal(object)  # the Filter that is used now
    kept = Signal(str, object)  # a name, and the Filter to be kept under it (None forgets it)

    def __init__(self) -> None:
        super().__init__()
        self._filter = Filter()
        self._goals: Sequence[GoalCard] = ()
        self._today = date.min
        self._saved: Mapping[str, Filter] = {}
        self.count = text("", "body", "muted")
        self.search = search_line(_("Find a strategy"), _("Find a strategy"))
        self.search.setMaximumWidth(gap(60))
        self.boxes = {
            "status": Choices(_("Status")), "goal": Choices(_("Goal")), "owner": Choices(_("Owner")),
            "department": Choices(_("Department")), "priority": Choices(_("Priority")),
            "attention": Choices(_("What needs attention")), "sort": Choices(_("Order")),
        }  # fmt: skip
        for box in self.boxes.values():
            box.setMaximumWidth(gap(56))
            box.setSizeAdjustPolicy(Choices.SizeAdjustPolicy.AdjustToContents)
        self.clear = button(_("Show all"), "quiet")
        self.filters = tool("more", _("Filters"))
        self.filters.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.filters.setMenu(QMenu(self.filters))
        printer = tool("print", tip=_("Print these strategies and their status"), act=self._print)
        self.table = StrategyTable()
        self.none = text(_("No strategy is like that."), "body", "muted")
        boxes = row(*self.boxes.values(), None, self.clear, space=1.5)
        title = text(_("Strategies"), "heading")
        head = row(title, 2, self.count, None, self.search, 2, self.filters, 1, printer)
        self.setLayout(column(head, 1, boxes, 1, self.table, self.none))
        self.search.textChanged.connect(lambda words: self._set(words=words))
        for name, box in self.boxes.items():
            box.activated.connect(lambda _n, name=name, box=box: self._set(**{name: box.currentData()}))
        self.clear.clicked.connect(lambda: self.use(Filter(sort=self._filter.sort, backwards=self._filter.backwards)))
        self.table.opened.connect(self.opened)
        self.table.sort_requested.connect(self._sort)
        self.filters.menu().aboutToShow.connect(self._fill_menu)

    def show_strategies(self, goals: Sequence[GoalCard], today: date, saved: Mapping[str, Filter]) -> None:
        self._goals, self._today, self._saved = goals, today, saved
        self._show()

    def use(self, asked: Filter) -> None:
        """Filter by *asked* from now on."""
        self._filter = asked
        if self.search.text() != asked.words:
            self.search.setText(asked.words)
        self._show()
        self.changed.emit(asked)

    def _set(self, **values: str) -> None:
        changed = replace(self._filter, **values)  # type: ignore[arg-type]
        if changed != self._filter:
            self.use(changed)

    def _sort(self, by: str) -> None:
        again = by == self._filter.sort
        self.use(replace(self._filter, sort=by, backwards=again and not self._filter.backwards))

    def _show(self) -> None:
        cards = [one for goal in self._goals for one in goal.strategies]
        goals = [(f"{goal.number}  {shortened(goal.name, 40)}", goal.id) for goal in self._goals]
        self._fill("status", _("Every status"), [(status_word(s), s) for s in statuses_of(self._goals, self._today)])
        self._fill("goal", _("Every goal"), goals)
        every = {"owner": _("Every owner"), "department": _("Every department"), "priority": _("Every priority")}
        for name, words in every.items():
            there = sorted({getattr(one, name) for one in cards} - {""}, key=str.casefold)
            self._fill(name, words, [(one, one) for one in there])
        self._fill("attention", _("Everything"), [(_(words), kind.value) for kind, words in _ATTENTION.items()])
        self._fill("sort", "", [(_(words), kind.value) for kind, words in _SORTS.items()])
        shown = filtered(self._goals, self._filter, self._today)
        self.table.show_strategies(shown, self._today, self._filter.sort, self._filter.backwards)
        self.table.setVisible(bool(shown))
        self.none.setVisible(bool(cards) and not shown)
        some = ngettext("{n} of {all}", "{n} of {all}", len(shown)).format(n=len(shown), all=len(cards))
        self.count.setText(some if len(shown) < len(cards) else str(len(cards)))
        self.clear.setVisible(len(shown) < len(cards))

    def _fill(self, name: str, all_words: str, entries: list[tuple[str, str]]) -> None:
        box, now = self.boxes[name], getattr(self._filter, name)
        wanted = [*([(all_words, "")] if all_words else []), *entries]
        if now and now not in [value for _words, value in wanted]:
            words = status_word(now) if name == "status" else _("A goal that is not here") if name == "goal" else now
            wanted.append((words, now))  # it was there when it was chosen
        if [(box.itemText(n), box.itemData(n)) for n in range(box.count())] != wanted:
            box.offer(wanted)
        box.setCurrentIndex(max(0, box.findData(now)))
        box.setVisible(len(wanted) > 1)

    def _print(self) -> None:
        shown = filtered(self._goals, self._filter, self._today)
        whole = len(shown) == sum(len(goal.strategies) for goal in self._goals)
        self.print_requested.emit(None if whole else frozenset(one.id for one in shown))

    def _fill_menu(self) -> None:
        menu = self.filters.menu()
        menu.clear()
        for name, asked in self._saved.items():
            menu.addAction(named(name)).triggered.connect(lambda _on=False, asked=asked: self.use(asked))
        menu.addSeparator()
        menu.addAction(_("Keep this filter…")).triggered.connect(self._keep)
        if self._saved:
            forget = menu.addMenu(_("Forget"))
            for name in self._saved:
                forget.addAction(named(name)).triggered.connect(lambda _on=False, name=name: self.kept.emit(name, None))

    def _keep(self) -> None:
        name, given = QInputDialog.getText(self, _("Keep this filter"), _("Name of the filter"))
        if given and name.strip():
            self.kept.emit(name.strip()[:60], self._filter)
