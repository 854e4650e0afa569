"""The minutes of one item and one motion, and what was amended, as they stand in the document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from planstudio import richtext
from planstudio.domain.agenda import AgendaItemCard, AmendmentRow, MotionCard
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.domain.room import is_closed, motion_words
from planstudio.gui.pages.page import refill
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, empty, fill, plain, prose, quiet, row, text, tool
from planstudio.gui.widgets.fields import DateField
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.time_field import time_words
from planstudio.i18n import _, long_date


class MinutesItem(QWidget):
    """Number and title, what was said, what was moved. Of a closed session only its times and its ground."""

    def __init__(self, card: AgendaItemCard) -> None:
        super().__init__()
        self.item_id = card.id
        self.number = text("", "body", "muted")
        self.number.setFixedWidth(gap(10))
        self.title = text("", "strong", wrap=True)
        self.facts = quiet("", "caption")
        self.notes = RichField(_("Notes on {number}").format(number=card.number), placeholder=_("Notes"))
        self._motions = column(space=2, edge=(0, 1.5, 0, 0))
        self._shown: tuple[MotionCard, ...] = ()
        words = column(plain(column(self.title, self.facts, edge=(1.5, 0, 0, 0))), 0.5, self.notes, self._motions)
        self.setLayout(row(plain(column(self.number, None)), words, edge=(0, 1.5, 0, 2), grow=1))

    def show_item(self, card: AgendaItemCard, *, is_fixed: bool) -> None:
        """Show *card*; *is_fixed*: nobody writes here, so an empty field is left out."""
        closed = is_closed(card)
        self.number.setText(card.number)
        self.title.setText(card.title)
        fill(self.facts, _facts(card))
        self.notes.setVisible(not closed and (bool(card.notes) or not is_fixed))
        self.notes.show_text("" if closed else card.notes)
        motions = () if closed else card.motions
        if motions != self._shown:
            self._shown = motions
            refill(self._motions, map(_motion, motions))


class Amendments(QWidget):
    """What the board changed in its approved minutes, and the lines in which that is written."""

    added = Signal(object, str)  # date, words
    delete_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(space=1.5)
        self.heading = text(_("Amendments"), "heading")
        self.day = DateField(_("Amended on"))
        self.words = RichField(_("What was changed"), placeholder=_("What the board changed, and in which item"))
        self.keep = button(_("Keep the amendment"), "primary", act=self._keep)
        self.cancel = button(_("Cancel"), "quiet", act=self.end)
        verbs = row(self.keep, 1, self.cancel, None)
        self.form = area("open", column(row(self.day, None), 2, self.words, 2, verbs, edge=(4, 3, 4, 3)))
        self.form.hide()
        self.setLayout(column(plain(row(self.heading, edge=(3, 0, 0, 0))), 1,
                              plain(row(plain(self._rows), edge=(3, 0, 3, 0))), 1, self.form))  # fmt: skip

    def show_rows(self, rows: Sequence[AmendmentRow], *, fixed: bool) -> None:
        """Show the amendments; while they are *fixed* none is taken away."""
        empty(self._rows)
        for one in rows:
            words = prose(richtext.plain(one.text))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            away = tool("trash", tip=_("Delete this amendment"), tone="muted")
            away.setVisible(not fixed)
            away.clicked.connect(lambda _on=False, ident=one.id: self.delete_requested.emit(ident))
            line = plain(row(column(text(long_date(one.on), "caption", "muted"), words), away, grow=0))
            self._rows.addWidget(line)
            line.show()  # at once, so that Tab finds it
        self.heading.setVisible(bool(rows))

    def begin(self, today: date) -> None:
        self.day.show_value(today)
        self.words.show_text("")
        self.form.show()
        self.words.field.setFocus()

    def end(self) -> None:
        for field in (self.day.entry, self.words.field):
            field.release()
        self.words.show_text("")
        self.form.hide()

    def refuse(self, error: PlanStudioError) -> None:
        """Say what is wrong below the day, where there is room for a sentence."""
        self.day.refuse(str(error))
        on_words = isinstance(error, InvalidInput) and error.field == "text"
        (self.words.field if on_words else self.day.entry).setFocus()

    def stops(self) -> list[QWidget]:
        return [self.day.entry, self.words.field, self.keep, self.cancel]

    def _keep(self) -> None:
        self.day.entry.commit()
        day = self.day.value()
        if day is None:
            self.day.refuse(_("Say on which day the board changed them."))
        else:
            self.added.emit(day, self.words.field.text())


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
    lines = [quiet(words) for words in motion_words(motion)]
    if motion.doubt:
        lines.append(quiet(motion.doubt, tone="red"))
    for line in (moved, *lines):
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return area("card", column(moved, *lines, space=1, edge=(3, 2.5, 3, 2.5)))
