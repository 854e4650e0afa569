"""The people a plan names, a row each: name, title, role."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planstudio.domain.cards import PersonCard
from planstudio.domain.kinds import PersonRole
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, empty, plain, row, tool
from planstudio.gui.widgets.fields import ChoiceField, LineField
from planstudio.i18n import _


class PeopleRows(QWidget):
    added = Signal(str)  # a name
    edited = Signal(str, dict)  # id, changed fields
    delete_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(gap(1))
        self.name = LineField(_("New person"), placeholder=_("Name"))
        add = button(_("Add person"), "plain", "plus")
        add.clicked.connect(self._add)
        self.name.entry.returnPressed.connect(self._add)
        entry = row(self.name, 2, add, None)
        self.name.setMinimumWidth(gap(70))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(gap(2))
        outer.addLayout(self._rows)
        outer.addLayout(entry)
        self._shown: tuple[PersonCard, ...] = ()

    def show_people(self, people: Sequence[PersonCard]) -> None:
        if tuple(people) == self._shown:
            return
        self._shown = tuple(people)
        empty(self._rows)
        for person in people:
            self._rows.addWidget(self._row(person))

    def _row(self, person: PersonCard) -> QWidget:
        name, title = LineField(_("Name")), LineField(_("Title"))
        role = ChoiceField(_("Role"), list(PersonRole))
        name.show_value(person.name)
        title.show_value(person.title)
        role.show_value(person.role)
        name.edited.connect(lambda words: self.edited.emit(person.id, {"name": words}))
        title.edited.connect(lambda words: self.edited.emit(person.id, {"title": words}))
        role.edited.connect(lambda kind: self.edited.emit(person.id, {"role": kind}))
        away = tool("trash", tip=_("Delete this person"), tone="muted")
        away.setAccessibleName(_("Delete {name}").format(name=person.name))
        away.clicked.connect(lambda: self.delete_requested.emit(person.id))
        line = row(name, title, role, away, space=3)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        return plain(line)

    def _add(self) -> None:
        words = self.name.entry.text().strip()
        if words:
            self.name.entry.clear()
            self.added.emit(words)
