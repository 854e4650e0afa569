"""The progress updates of a goal or a strategy, and the form for one more."""

from __future__ import annotations

from collections.abc import Callable

from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.domain.places import Place
from planstudio.domain.progress import ProgressDraft
from planstudio.gui.desk import Desk
from planstudio.gui.focus import hand_on
from planstudio.gui.pages.detail import Card, Detail
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.basics import column, plain
from planstudio.gui.widgets.progress_form import ProgressForm, UpdateList
from planstudio.i18n import _
from planstudio.operations.progress import delete_update, record_progress
from planstudio.queries.goals import goal_card, strategy_card

_CARDS: dict[str, Callable[..., GoalCard | StrategyCard]] = {"goal": goal_card, "strategy": strategy_card}


class ProgressDetail(Detail):
    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.form = ProgressForm()
        self.form.hide()
        self._updates = UpdateList()
        body = plain(column(self.form, self._updates))
        super().__init__(desk, settings, "progress", _("Progress updates"), _("Record"), body)
        hand_on(self.form, self.action)
        self.form.submitted.connect(self._record)
        self.form.cancelled.connect(self.form.hide)
        self.form.left.connect(self.put_away)
        self._updates.delete_requested.connect(lambda ident: desk.do(_("Delete an update"), delete_update, ident))

    def begin(self, place: Place) -> None:
        super().begin(place)
        if self.form.isHidden() and place in self.desk.unrecorded.updates:
            self._open_form()

    def put_away(self) -> None:
        if not self.form.isHidden() and self.form.is_begun():
            self.desk.unrecorded.updates[self.place] = self.form.state()
        self.form.hide()

    def show_card(self, card: Card | None) -> None:
        self.setVisible(isinstance(card, GoalCard | StrategyCard))
        if isinstance(card, GoalCard | StrategyCard):
            self.show_count(len(card.updates))
            self._updates.show_updates(card.updates, self.desk.workspace.clock.today())

    def act(self) -> None:
        """Begin an update, or go on with the one that is half written."""
        if self.desk.workspace.read_only:
            self.said.emit(_("This plan is open for reading only. Save a copy to change it."))
            return
        if self.form.isHidden():
            self._open_form()
        if not self.form.isHidden():
            self.form.status.box.setFocus()

    def _open_form(self) -> None:
        if self.place.noun not in _CARDS:
            return
        card = self.desk.ask(_CARDS[self.place.noun], self.place.ident)
        self.fold(False)
        self.form.show()
        self.form.begin(card.status, self.desk.workspace.clock.today())
        if (draft := self.desk.unrecorded.updates.pop(self.place, None)) is not None:
            self.form.fill_in(draft)

    def _record(self, draft: ProgressDraft) -> None:
        refused = record(self.desk, draft, self.place)
        if refused is None:
            self.form.hide()
        elif isinstance(refused, InvalidInput):
            self.form.complain(refused)


def record(desk: Desk, draft: ProgressDraft, place: Place) -> PlanStudioError | None:
    """Record an update of the goal or the strategy at *place*; what is wrong with it comes back."""
    author, today = desk.workspace.author, desk.workspace.clock.today()
    about = {f"{place.noun}_id": place.ident}
    return desk.submit(_("Record progress"), record_progress, draft, author=author, today=today, **about)
