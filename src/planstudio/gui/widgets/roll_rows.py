"""The roll: one line a person, with how they took part and when they came late or left early."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planstudio.domain.kinds import Presence
from planstudio.domain.voting import RollRow
from planstudio.domain.words import word
from planstudio.gui.widgets.basics import button, column, plain, quiet, row, text
from planstudio.gui.widgets.choice_line import ChoiceLine, Option
from planstudio.gui.widgets.kept_rows import kept_rows
from planstudio.gui.widgets.time_field import BareTime
from planstudio.i18n import _


def _presences() -> list[Option]:
    return [
        Option(Presence.PRESENT, _("Present"), _("P")),
        Option(Presence.REMOTE, _("Remote"), _("R"), word(Presence.REMOTE)),
        Option(Presence.ABSENT, _("Absent"), _("A")),
        Option(Presence.EXCUSED, _("Excused"), _("E")),
    ]


class RollLine(ChoiceLine):
    def __init__(self, card: RollRow) -> None:
        times = {
            "arrived": BareTime(_("{name} arrived at").format(name=card.person), _("on time")),
            "departed": BareTime(_("{name} left at").format(name=card.person), _("to the end")),
        }
        super().__init__(card.person, _presences(), list(times.values()))
        self.card, self.times = card, times
        for field in times.values():
            keeps = field.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)
            field.setSizePolicy(keeps)
            field.entry.complained.connect(self.complain)

    def show_row(self, card: RollRow) -> None:
        self.card = card
        self.show_choice(card.presence)
        for name, field in self.times.items():
            field.show_value(getattr(card, name))
            field.setVisible(card.came)


class RollRows(QWidget):
    recorded = Signal(str, object)  # person id, Presence | None
    timed = Signal(str, str, str)  # person id, "arrived" or "departed", HH:MM

    def __init__(self) -> None:
        super().__init__()
        self._box = column()
        self.setLayout(self._box)
        self.lines: list[RollLine] = []

    def show_roll(self, rows: Sequence[RollRow]) -> None:
        shown = {(line.card.person_id, line.card.person): line for line in self.lines}
        cards = {(card.person_id, card.person): card for card in rows}
        self.lines = kept_rows(self._box, shown, cards, self._new)
        for line, card in zip(self.lines, rows, strict=True):
            line.show_row(card)

    def line_of(self, person_id: str) -> RollLine:
        return next(line for line in self.lines if line.card.person_id == person_id)

    def stops(self) -> list[QWidget]:
        """What takes the focus, in the order of reading."""
        return [
            stop for line in self.lines for stop in (*line.buttons, *(field.entry for field in line.times.values()))
        ]

    def _new(self, card: RollRow) -> RollLine:
        line, person_id = RollLine(card), card.person_id
        line.chosen.connect(lambda presence: self.recorded.emit(person_id, presence))
        line.stepped.connect(lambda place, step: line.step(self.lines, place, step))
        for name, field in line.times.items():
            field.edited.connect(lambda time, name=name: self.timed.emit(person_id, name, time))
        return line


class RollPane(QWidget):
    """The roll with its verb; without members a word on where they are named."""

    def __init__(self) -> None:
        super().__init__()
        self.everyone = button(_("Everyone is here"), "plain", "people")
        self.rows = RollRows()
        self.name_members = button(_("Name the members of the board"), "plain")
        words = _("The roll and the votes by name begin with the members. Name them once, with their terms.")
        self._nobody = plain(
            column(text(_("No board members yet"), "title"), 1, quiet(words), 3, row(self.name_members, None))
        )
        self._roll = plain(column(row(text(_("Attendance"), "title"), None, self.everyone), 2, self.rows))
        self.setLayout(column(self._roll, self._nobody, None, edge=(1, 0, 1, 0)))

    def show_roll(self, rows: Sequence[RollRow]) -> None:
        self.rows.show_roll(rows)
        self._roll.setVisible(bool(rows))
        self._nobody.setVisible(not rows)

    def stops(self) -> list[QWidget]:
        """What takes the focus, in the order of reading."""
        return [self.everyone, *self.rows.stops(), self.name_members]

    def verbs(self) -> list[QWidget]:
        """What changes the plan by a click."""
        return [self.everyone, *(one for line in self.rows.lines for one in line.buttons)]
