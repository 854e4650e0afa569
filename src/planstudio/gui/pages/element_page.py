"""A page of one element of the plan: its fields are bound to what they are declared to be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar

from planstudio.domain.errors import PlanStudioError
from planstudio.domain.nouns import NOUNS
from planstudio.domain.nouns.fields import Kind
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page
from planstudio.gui.widgets.fields import ChoiceField, EntryField, NameField
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.operations.people import own
from planstudio.queries.plans import people

B = TypeVar("B", bound=TextField | RichField | EntryField | ChoiceField)


class ElementPage(Page):
    """Stores what is typed into a bound field at once, shows what stands there, and tells a refusal beside it."""

    noun: ClassVar[str]
    edit: ClassVar[Callable[..., None]]  # by the name of a field, so of any type: the operation holds it to its kind

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bound: dict[str, TextField | RichField | EntryField | ChoiceField] = {}

    def bind(self, name: str, field: B) -> B:
        """*field* is the editor of the field called *name*, as it is declared, from now on."""
        declared = NOUNS[self.noun].fields[name]
        self.bound[declared.name] = field
        field.edited.connect(partial(self._store, name))
        return field

    def step_name(self, name: str) -> str:
        """What the step is called in which the field *name* is changed."""
        raise TypeError(f"{type(self).__name__} gives its steps no name")

    def show_fields(self, card: object) -> None:
        """Show in every bound field what *card* says of it."""
        declared = NOUNS[self.noun].fields
        names = [person.name for person in self.desk.ask(people)] if self._has_people() else []
        for name, field in self.bound.items():
            value: Any = getattr(card, declared[name].shown)
            if isinstance(field, NameField):
                field.show_names(names)
            if isinstance(field, TextField | RichField):
                field.show_text(value)
            else:
                field.show_value(value)

    def _has_people(self) -> bool:
        return any(isinstance(field, NameField) for field in self.bound.values())

    def _store(self, name: str, value: Any) -> None:
        field, label, operation = self.bound[name], self.step_name(name), type(self).edit
        match field:
            case TextField() | RichField():
                self.write(field, value, label, operation, self.ident, name)
            case ChoiceField():
                self.change(label, operation, self.ident, **{name: value})
            case NameField() if NOUNS[self.noun].fields[name].kind is Kind.PERSON:
                self._store_person(field, label, name, value)
            case _:
                self.put(field, label, operation, self.ident, name, value)

    def _store_person(self, field: NameField, label: str, name: str, who: str) -> None:
        """Whoever is named and not known is a person of the plan from now on."""
        try:
            self.desk.type(f"{self.ident}:{name}", label, own, self.noun, self.ident, who)
        except PlanStudioError as error:
            field.refuse(str(error))
