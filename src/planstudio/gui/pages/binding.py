"""What a page binds: each field of an element shows what stands there, stores what is typed, and tells a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from planstudio.domain.errors import PlanStudioError
from planstudio.domain.nouns import NOUNS
from planstudio.domain.nouns.fields import Field, Kind
from planstudio.gui.pages.page import Page
from planstudio.gui.widgets.fields import ChoiceField, EntryField, NameField
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.gui.widgets.zone_field import ZoneField
from planstudio.operations.people import set_owner
from planstudio.queries.plans import people

Editor = TextField | RichField | EntryField | ChoiceField | ZoneField
E = TypeVar("E", bound=Editor)
Reading = Callable[[Any], Any] | None
Refused = Callable[[str, PlanStudioError], None] | None


@dataclass(frozen=True)
class _Bound:
    field: Field
    editor: Editor
    read: Reading
    shown: Reading
    refused: Refused


class Binding:
    """The fields of one element on a page.

    *edit* is the operation that changes the element by the names of its fields; it holds each to its kind, so here
    values may be of any type. *step* says what the step is called in which a field is changed, *ident* which element
    it is, where that is not the one that the page shows, *names* who is offered where a person is named, where that is
    not everybody.
    """

    def __init__(
        self, page: Page, noun: str, edit: Callable[..., None], step: Callable[[str], str],
        ident: Callable[[], str] | None = None, names: Callable[[], Sequence[str]] | None = None,
    ) -> None:  # fmt: skip
        self._page, self._noun, self._edit, self._step = page, noun, edit, step
        self._ident = ident or (lambda: page.ident)
        self._names = names or (lambda: [one.name for one in page.desk.ask(people)])
        self._bound: dict[str, _Bound] = {}
        self._card: object = None

    def bind(self, name: str, editor: E, *, read: Reading = None, shown: Reading = None, refused: Refused = None) -> E:
        """*editor* edits the field *name* from now on.

        *read* makes what is stored from what was typed, or refuses it; *shown* what is shown of a card; *refused*
        hears, besides, what was typed into a line and why it cannot stand.
        """
        self._bound[name] = _Bound(NOUNS[self._noun].fields[name], editor, read, shown, refused)
        editor.edited.connect(partial(self._store, name))
        return editor

    def show(self, card: object) -> None:
        self._card = card
        who = [one.editor for one in self._bound.values() if isinstance(one.editor, NameField)]
        names = self._names() if who else ()
        for editor in who:
            editor.show_names(names)
        for one in self._bound.values():
            self._show(one)

    def _show(self, one: _Bound) -> None:
        value: Any = one.shown(self._card) if one.shown else getattr(self._card, one.field.shown)
        if isinstance(one.editor, TextField | RichField):
            one.editor.show_text(value)
        else:
            one.editor.show_value(value)

    def _store(self, name: str, value: Any) -> None:
        one, ident, step = self._bound[name], self._ident(), self._step(name)
        match one.editor:
            case TextField() | RichField():
                self._write(one.editor, value, step, ident, name)
            case ChoiceField() | ZoneField():
                if not self._page.desk.do(step, self._edit, ident, **{name: value}):
                    self._show(one)
            case EntryField():
                try:
                    self._type(one, ident, step, one.read(value) if one.read else value)
                except PlanStudioError as error:
                    one.editor.refuse(str(error))
                    if one.refused:
                        one.refused(value, error)

    def _write(self, editor: TextField | RichField, text: str, step: str, ident: str, name: str) -> None:
        """Store what was typed; a refusal stays beside the words."""
        try:
            self._page.desk.type(f"{ident}:{name}", step, self._edit, ident, **{name: text})
        except PlanStudioError as error:
            editor.complain(str(error))
            if isinstance(editor, TextField):  # which has no line of its own for the reason
                self._page.said.emit(str(error))
        else:
            editor.accept(text)

    def _type(self, one: _Bound, ident: str, step: str, value: Any) -> None:
        desk, key = self._page.desk, f"{ident}:{one.field.name}"
        if one.field.name == "owner_id":  # whoever is named and not known is a person of the plan from now on
            desk.type(key, step, set_owner, self._noun, ident, value)
        else:
            name = one.field.shown if one.field.kind is Kind.PERSON else one.field.name
            desk.type(key, step, self._edit, ident, **{name: value})
