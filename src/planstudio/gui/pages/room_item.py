"""What is written about one item of the agenda in the room: its times, notes, motions and votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planstudio.domain.agenda import AgendaItemCard, MotionCard
from planstudio.domain.room import carrier, is_running
from planstudio.domain.words import word
from planstudio.gui.focus import let_go
from planstudio.gui.widgets.basics import area, button, column, plain, quiet, row, text
from planstudio.gui.widgets.motion_form import MotionForm
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.time_field import TimeField
from planstudio.i18n import _, ngettext


class RoomItem(QWidget):
    clock_asked = Signal(bool)  # begin or go on; else end
    pull_asked = Signal()
    carrier_asked = Signal()  # to the item with the motion of the consent group
    add_motion_asked = Signal()
    motion_made = Signal(object)  # MotionForm, to be connected

    def __init__(self) -> None:
        super().__init__()
        self.title, self.facts = text("", "title", wrap=True), quiet("")
        self.clock = button("", "plain", "clock", act=lambda: self.clock_asked.emit(not is_running(self._card)))
        self.times = {"began": TimeField(_("Began")), "ended": TimeField(_("Ended"))}
        self.minutes = text("", "body", "muted")
        self.consent = text("", wrap=True)
        self.pull = button("", "quiet", act=self.pull_asked)
        self.to_carrier = button(_("To the motion"), "quiet", "next", act=self.carrier_asked)
        self.notes = RichField(_("Notes for the minutes"), placeholder=_("What was said and asked, in a few lines"))
        self.add = button(_("Add motion"), "quiet", "plus", act=self.add_motion_asked)
        self.count, self.none = text("", "body", "muted"), text(_("No motion yet."), "body", "muted")
        self.motions: list[MotionForm] = []
        self._motions = column(space=3)
        self._group = area("card", row(self.consent, 2, self.to_carrier, self.pull, edge=(4, 1.5, 2, 1.5), grow=0))
        times = row(self.times["began"], 3, self.times["ended"], 3, plain(column(4.5, self.clock, None)), None)
        over = row(text(_("Motions"), "heading"), 2, self.count, None, self.add, edge=(3, 0, 1, 0))
        self._motion_part = plain(column(over, 1, plain(row(self.none, edge=(3, 0, 3, 0))), self._motions))
        head = column(self.title, 0.5, self.facts, 3, times, 1, self.minutes, 3, self._group, edge=(3, 0, 3, 0))
        notes = column(plain(row(text(_("Notes for the minutes"), "heading"), edge=(3, 0, 0, 0))), 0.5,
                       plain(row(self.notes, edge=(1.5, 0, 3, 0))))  # fmt: skip
        self.setLayout(column(head, 5, notes, 5, self._motion_part, None))

    def show_item(
        self, card: AgendaItemCard, group: Sequence[AgendaItemCard], members: Sequence[tuple[str, str]], *,
        can_count: bool, missing: Mapping[str, str],
    ) -> None:  # fmt: skip
        """Show what stands around the fields of *card*; *group* is the consent group it stands in, if it does.

        *missing* says whose vote is not recorded, by the motion's id.
        """
        self._card = card
        self.title.setText(f"{card.number}  {card.title}")
        goals = ", ".join(link.label for link in card.goals)
        self.facts.setText("  ·  ".join(filter(None, (word(card.type), card.presenter, goals, card.ground))))
        verb = _("End now") if is_running(card) else _("Go on") if card.began else _("Begin now")
        self.clock.setText(" " + verb)
        self.clock.setAccessibleName(verb)
        self.minutes.setText(_duration(card))
        self._group.setVisible(bool(group) or card.pulled)
        numbers = ", ".join(one.number for one in group)
        words, verb = _("One motion carries the consent group: {numbers}."), _("Take out of consent")
        if card.pulled:
            words = _("Taken out of the consent group, to be dealt with on its own.")
            verb = _("Put back into consent")
        self.consent.setText(words.format(numbers=numbers))
        self.pull.setText(verb)
        self.pull.setAccessibleName(verb)
        apart = bool(group) and carrier(group).id != card.id
        self.to_carrier.setVisible(apart)
        self._motion_part.setVisible(not apart or bool(card.motions))
        self._missing = missing
        self._show_motions(card.motions, members, can_count)

    def _show_motions(self, motions: Sequence[MotionCard], members: Sequence[tuple[str, str]], can_count: bool) -> None:
        """Forms that stay are kept, so that nobody is interrupted."""
        kept = {form.card.id: form for form in self.motions}
        self.motions = []
        for n, motion in enumerate(motions):
            form = kept.pop(motion.id, None) or self._new(motion, n + 1)
            if self._motions.indexOf(form) != n:
                self._motions.insertWidget(n, form)
            form.show_card(motion, members, can_count=can_count, missing=self._missing.get(motion.id, ""))
            form.show()  # at once, so that Tab finds it
            self.motions.append(form)
        let_go(kept.values(), self.motions)
        self.count.setText(str(len(motions)) if motions else "")
        self.none.setVisible(not motions)

    def _new(self, motion: MotionCard, number: int) -> MotionForm:
        form = MotionForm(motion, number)
        self.motion_made.emit(form)
        return form

    def stops(self) -> list[QWidget]:
        """What takes the focus, in the order of reading."""
        found: list[QWidget] = [*(field.entry for field in self.times.values()), self.clock, self.to_carrier, self.pull]
        found += [self.notes.field, self.add]
        for form in self.motions:
            found += form.stops()
        return found

    def verbs(self) -> list[QWidget]:
        """What changes the plan by a click."""
        found: list[QWidget] = [self.clock, self.pull, self.add]
        for form in self.motions:
            found += [form.away, form.all_yes, form.as_member, form.as_staff, *form.votes.stops()]
        return found


def _duration(card: AgendaItemCard) -> str:
    """ "8 minutes planned · 9 minutes taken"."""
    planned, taken = _("No time planned"), ""
    if card.minutes is not None:
        planned = ngettext("{n} minute planned", "{n} minutes planned", card.minutes).format(n=card.minutes)
    if card.actual is not None:
        taken = ngettext("{n} minute taken", "{n} minutes taken", card.actual).format(n=card.actual)
    return "  ·  ".join(filter(None, (planned, taken)))
