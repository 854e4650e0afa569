"""One part of the details at the right: a section that shows what belongs to the element in the middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planstudio.domain.cards import GoalCard, MeasureCard, StatementCard, StrategyCard
from planstudio.domain.places import NOWHERE, Place
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import refill
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.basics import column, plain, quiet
from planstudio.gui.widgets.section import Section

Card = StatementCard | GoalCard | StrategyCard | MeasureCard


class Detail(Section):
    """Asks the desk for what belongs to *place*, and changes that. Whether it is folded is remembered by its *key*."""

    go_requested = Signal(object)  # Place
    said = Signal(str)

    def __init__(
        self, desk: Desk, settings: Settings, key: str, title: str, action: str = "", body: QWidget | None = None
    ) -> None:
        """Without a *body* it has lines, which list_lines() fills."""
        self._lines = column(space=1, edge=(2, 1, 2, 0))
        super().__init__(title, body or plain(self._lines), action, is_folded=key in settings.folded)
        self.desk = desk
        self.settings = settings
        self.place = NOWHERE
        self.folded.connect(lambda away: self._remember(key, away))
        self.acted.connect(self.act)

    def _remember(self, key: str, away: bool) -> None:
        others = [one for one in self.settings.folded if one != key]
        self.settings.folded = [*others, key] if away else others

    def act(self) -> None:
        """What its verb does."""

    def begin(self, place: Place) -> None:
        self.place = place

    def put_away(self) -> None:
        """Keep what has been begun and not recorded."""

    def show_card(self, card: Card | None) -> None:
        """Show what there is; *card* is the element, None for a policy."""
        raise TypeError(f"{type(self).__name__} shows nothing")

    def list_lines(self, lines: Sequence[QWidget], nothing: str, count: int | None = None) -> None:
        """Show *lines*, which may be fewer than there are, or the words for none."""
        self.show_count(len(lines) if count is None else count)
        refill(self._lines, lines or [quiet(nothing)])
