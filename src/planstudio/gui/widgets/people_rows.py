"""The people a plan names, a row each: name, title, department, role."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planstudio.domain.cards import PersonCard
from planstudio.domain.kinds import PersonRole
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, row, tool
from planstudio.gui.widgets.fields import ChoiceField, LineField
from planstudio.gui.widgets.kept_rows import kept_rows
from planstudio.i18n import _


class PeopleRows(QWidget):
    added = Signal(str)  # a name
    edited = Signal(str, dict)  # id, changed fields
    delete_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(space=1)
        self.name = LineField(_("New person"), placeholder=_("Name"))
        add = button(_("Add person"), "plain", "plus", act=self._add)
        self.name.entry.returnPressed.connect(self._add)
        entry = row(self.name, 2, add, None)
        self.name.setMinimumWidth(gap(70))
        self.setLayout(column(self._rows, entry, space=2))
        self._shown: tuple[PersonCard, ...] = ()
        self._lines: list[_Line] = []

    def show_people(self, people: Sequence[PersonCard]) -> None:
        if tuple(people) == self._shown:
            return
        self._shown = tuple(people)
        rows = {line.ident: line for line in self._lines}
        self._lines = kept_rows(self._rows, rows, {person.id: person for person in people}, self._new)
        for line, person in zip(self._lines, people, strict=True):
            line.show_person(person)

    def _new(self, person: PersonCard) -> _Line:
        line = _Line(person.id)
        line.edited.connect(self.edited)
        line.delete_requested.connect(self.delete_requested)
        return line

    def _add(self) -> None:
        words = self.name.entry.text().strip()
        if words:
            self.name.entry.clear()
            self.added.emit(words)


class _Line(QWidget):
    edited = Signal(str, dict)
    delete_requested = Signal(str)

    def __init__(self, ident: str) -> None:
        super().__init__()
        self.ident = ident
        self._fields: dict[str, LineField | ChoiceField] = {
            "name": LineField(_("Name")), "title": LineField(_("Title")),
            "department": LineField(_("Department"), placeholder=_("none")),
            "role": ChoiceField(_("Role"), list(PersonRole)),
        }  # fmt: skip
        for key, field in self._fields.items():
            field.edited.connect(lambda value, key=key: self.edited.emit(ident, {key: value}))
        self._away = tool("trash", tip=_("Delete this person"), tone="muted")
        self._away.clicked.connect(lambda: self.delete_requested.emit(ident))
        line = row(*self._fields.values(), self._away, space=3)
        for n in range(3):
            line.setStretch(n, 1)
        self.setLayout(line)

    def show_person(self, person: PersonCard) -> None:
        for key, field in self._fields.items():
            field.show_value(getattr(person, key))
        self._away.setAccessibleName(_("Delete {name}").format(name=person.name))
