"""The minutes of one item and one motion, as they stand in the document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planstudio import richtext
from planstudio.domain.agenda import AgendaItemCard, MotionCard
from planstudio.domain.room import is_closed, motion_words
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, column, empty, plain, prose, row, text
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.time_field import time_words
from planstudio.i18n import _


class MinutesItem(QWidget):
    """Number and title, what was said, what was moved. Of a closed session only its times and its ground."""

    noted = Signal(str)

    def __init__(self, card: AgendaItemCard) -> None:
        super().__init__()
        self.item_id = card.id
        self.number = text("", "body", "muted")
        self.number.setFixedWidth(gap(10))
        self.title = text("", "strong", wrap=True)
        self.facts = text("", "caption", "muted", wrap=True)
        self.notes = RichField(_("Notes on {number}").format(number=card.number), placeholder=_("Notes"))
        self._motions = QVBoxLayout()
        self._motions.setSpacing(gap(2))
        self._motions.setContentsMargins(0, gap(1.5), 0, 0)
        self._shown: tuple[MotionCard, ...] = ()
        words = column(plain(column(self.title, self.facts, edge=(1.5, 0, 0, 0))), 0.5, self.notes, self._motions)
        line = row(plain(column(self.number, None)), words, edge=(0, 1.5, 0, 2))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.notes.edited.connect(self.noted)

    def show_item(self, card: AgendaItemCard, *, is_fixed: bool) -> None:
        """Show *card*; *is_fixed*: nobody writes here, so an empty field is left out."""
        closed = is_closed(card)
        self.number.setText(card.number)
        self.title.setText(card.title)
        facts = _facts(card)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self.notes.setVisible(not closed and (bool(card.notes) or not is_fixed))
        self.notes.show_text("" if closed else card.notes)
        self._show_motions(() if closed else card.motions)

    def _show_motions(self, motions: Sequence[MotionCard]) -> None:
        if tuple(motions) == self._shown:
            return
        self._shown = tuple(motions)
        empty(self._motions)
        for motion in motions:
            self._motions.addWidget(_motion(motion))


def _facts(card: AgendaItemCard) -> str:
    began, ended = time_words(card.began), time_words(card.ended)
    times = began or ended
    if began and ended:
        times = _("{began} to {ended}").format(began=began, ended=ended)
    if is_closed(card):
        return ". ".join(filter(None, (times or _("The times are not recorded"), card.ground)))
    consent = _("consent group") if card.consent else _("taken out of the consent group") if card.pulled else ""
    return "  ·  ".join(filter(None, (card.presenter, times, consent)))


def _motion(motion: MotionCard) -> QWidget:
    moved = prose(richtext.plain(motion.text) or _("The motion has no words yet."))
    lines = [text(words, "body", "muted", wrap=True) for words in motion_words(motion)]
    for line in (moved, *lines):
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return area("card", column(moved, *lines, space=1, edge=(3, 2.5, 3, 2.5)))
