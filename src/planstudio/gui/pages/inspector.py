"""What belongs to the element in the middle: its policies, progress updates, comments, history and files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from planstudio.domain.changes import Change
from planstudio.domain.errors import NotFound
from planstudio.domain.places import NOWHERE, Place
from planstudio.gui.desk import Desk
from planstudio.gui.pages.detail import Card
from planstudio.gui.pages.detail_comments import CommentsDetail
from planstudio.gui.pages.detail_files import FilesDetail
from planstudio.gui.pages.detail_history import HistoryDetail
from planstudio.gui.pages.detail_policies import PoliciesDetail
from planstudio.gui.pages.detail_progress import ProgressDetail
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.basics import column, rule, scrolled
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.measures import measure_card
from planstudio.queries.statements import statement_card

_CARDS: dict[str, Callable[..., Card]] = {
    "statement": statement_card, "goal": goal_card, "strategy": strategy_card, "measure": measure_card,
}  # fmt: skip


class Inspector(QWidget):
    go_requested = Signal(object)  # Place
    said = Signal(str)

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self.desk = desk
        self._place = NOWHERE
        self.setProperty("area", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.policies = PoliciesDetail(desk, settings)
        self.progress = ProgressDetail(desk, settings)
        self.comments = CommentsDetail(desk, settings)
        self.history = HistoryDetail(desk, settings)
        self.files = FilesDetail(desk, settings)
        self._details = (self.policies, self.progress, self.comments, self.history, self.files)
        self._below_progress = rule()
        parts = column(
            self.policies, rule(), self.progress, self._below_progress, self.comments, rule(),
            self.history, rule(), self.files, None, space=3, edge=(2, 3, 2, 4),
        )  # fmt: skip
        self.setLayout(column(scrolled(parts, "side")))
        for detail in self._details:
            detail.go_requested.connect(self.go_requested)
            detail.said.connect(self.said)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        desk.changed.connect(self._on_changed)

    def show_element(self, place: Place) -> None:
        if place != self._place:
            self.put_away()
        self._place = place
        for detail in self._details:
            detail.begin(place)
        self.refresh()

    def put_away(self) -> None:
        for detail in self._details:
            detail.put_away()

    def refresh(self) -> None:
        try:
            query = _CARDS.get(self._place.noun)
            card = self.desk.ask(query, self._place.ident) if query else None
            for detail in self._details:
                detail.show_card(card)
        except NotFound:
            return  # the page in the middle goes elsewhere with the same change
        self._below_progress.setVisible(not self.progress.isHidden())

    def _on_changed(self, _change: Change) -> None:
        if self.isVisible() and self._place.ident:
            self._later.start()  # after the page in the middle has been painted
