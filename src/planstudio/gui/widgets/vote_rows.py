"""The vote by name: one line a member, filled in by letters, arrows or clicks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planstudio.domain.agenda import VoteRow
from planstudio.domain.kinds import Choice
from planstudio.domain.words import word
from planstudio.gui.focus import keep_place
from planstudio.gui.widgets.basics import column
from planstudio.gui.widgets.choice_line import ChoiceLine, Option
from planstudio.i18n import _


def _choices() -> list[Option]:
    keys = {
        Choice.YES: _("Y"), Choice.NO: _("N"), Choice.ABSTAIN: _("A"), Choice.ABSENT: _("B"), Choice.RECUSED: _("R"),
    }  # fmt: skip
    return [Option(choice, word(choice), key) for choice, key in keys.items()]


class VoteRows(QWidget):
    voted = Signal(str, object)  # person id, Choice | None

    def __init__(self) -> None:
        super().__init__()
        self._box = column()
        self.setLayout(self._box)
        self._people: list[tuple[str, str]] = []
        self.lines: list[ChoiceLine] = []

    def show_votes(self, members: Sequence[tuple[str, str]], votes: Sequence[VoteRow]) -> None:
        """One line for each of *members* (id and name), then for whoever else has voted."""
        known = {person_id for person_id, _name in members}
        people = [*members, *((vote.person_id, vote.person) for vote in votes if vote.person_id not in known)]
        if people != self._people:
            self._rebuild(people)
        cast = {vote.person_id: vote.choice for vote in votes}
        for (person_id, _name), line in zip(people, self.lines, strict=True):
            line.show_choice(cast.get(person_id))

    def stops(self) -> list[QWidget]:
        return [one for line in self.lines for one in line.buttons]

    def _rebuild(self, people: list[tuple[str, str]]) -> None:
        keep_place(self._box)
        for line in self.lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._people, self.lines = people, []
        for person_id, name in people:
            line = ChoiceLine(name, _choices())
            line.chosen.connect(lambda choice, person_id=person_id: self.voted.emit(person_id, choice))
            line.stepped.connect(lambda place, step, line=line: line.step(self.lines, place, step))
            self._box.addWidget(line)
            self.lines.append(line)
            line.show()  # at once, so that Tab finds it
