"""Mission, vision, values and other statements: heading, lead-in, text and entries, all edited where they are read."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planstudio.domain.adopted import statement_notice
from planstudio.domain.cards import StatementCard
from planstudio.domain.dates import End
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.kinds import StatementKind
from planstudio.domain.places import Place
from planstudio.domain.texts import name_of
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.dialogs.add_lines import AddLines
from planstudio.gui.dialogs.asked import accepted
from planstudio.gui.focus import tab_through
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page, Pane
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.adopted_notice import AdoptedNotice
from planstudio.gui.widgets.basics import button, column, quiet, row
from planstudio.gui.widgets.fields import Choices, DateField
from planstudio.gui.widgets.item_rows import ItemRows
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import N_, _
from planstudio.operations.bulk import add_lines
from planstudio.operations.statements import (
    add_item,
    delete_item,
    delete_statement,
    edit_item,
    edit_statement,
    move_item,
)
from planstudio.queries.statements import statement_card

_ADD = {
    StatementKind.VALUES: N_("Add value"),
    StatementKind.BELIEFS: N_("Add belief"),
    StatementKind.EQUITY: N_("Add belief"),
    StatementKind.GUIDING_PRINCIPLES: N_("Add principle"),
    StatementKind.COMMITMENTS: N_("Add commitment"),
    StatementKind.PRIORITIES: N_("Add priority"),
    StatementKind.VISION: N_("Add element"),
}


@shows("statement")
class StatementPage(Page):
    pane = Pane.DETAILS
    takes_policies = True
    watches = ("statement", "statement_item", "policy_link")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bound = Binding(self, "statement", self._edit, self._step)
        bind = self.bound.bind
        self.kind = Choices(_("Kind of statement"), [(word(kind), kind) for kind in StatementKind])
        self.kind.setProperty("kind", "quiet")
        self.heading = bind("heading", TextField(_("Heading"), role="display"))
        example = _("A question it answers, such as: Why we exist")
        self.question = bind("question", TextField(_("Question"), role="body", placeholder=example))
        example = _("Words that lead to the entries")
        self.lead = bind("lead", RichField(_("Lead-in"), role="reading", placeholder=example))
        example = _("The statement itself")
        self.body = bind("body", RichField(_("Text"), role="reading", placeholder=example, measured=True))
        self.items = ItemRows()
        self.add = button("", "plain", "plus", act=lambda: self.add_entry())
        self.delete = button(_("Delete this statement"), "quiet", "trash", act=self._delete)
        self.adopted = bind("adopted_on", DateField(_("Adopted on"), end=End.DAY))
        self.source = quiet("", "caption")
        self.several = button(_("Add several…"), "quiet", act=self._add_several)
        self.notice = AdoptedNotice(_("Take the date off"))
        self._first_words = False  # the day of adoption was there before any words
        self._empty = quiet(_("Nothing is written here yet. Write the text above, or add entries one by one."))
        self.first = self.heading
        self._lay_out()
        self.kind.activated.connect(lambda n: self._change("kind", kind=list(StatementKind)[n]))
        self.notice.acted.connect(lambda: self._change("adopted_on", adopted_on=None))
        self.items.edited.connect(self._write_item)
        self.items.asked.connect(self._on_asked)
        self.items.moved.connect(lambda item, to: self.desk.do(_("Move an entry"), move_item, item, to))

    def _lay_out(self) -> None:
        self.adopted.setMaximumWidth(gap(44))
        head = row(self.heading, 2, self.add, top=self.add)
        foot = row(self.adopted, None, self.several, 2, self.delete, bottom=self.several)
        foot.setAlignment(self.delete, Qt.AlignmentFlag.AlignBottom)
        self.set_column(
            column(self.notice, edge=(6.5, 0, 8, 2)),
            column(row(self.kind, None), head, self.question, 2, self.lead, self.body, edge=(6.5, 0, 8, 0)), 3,
            column(self._empty, self.items, 6, foot, 1, self.source, edge=(8, 0, 8, 0)),
            widest=206, edge=(0, 6, 0, 8),
        )  # fmt: skip

    def open(self, ident: str) -> None:
        self._first_words = not _is_begun(self.desk.ask(statement_card, ident))
        super().open(ident)

    def _guard(self, card: StatementCard) -> None:
        """Close what the board has adopted; first words are written to their end."""
        closed = card.adopted_on if _is_begun(card) and not self._first_words else None
        entries = [part for line in self.items.rows for part in (line.title, line.text, line.evidence)]
        fields = [self.heading, self.question, self.lead, self.body, *entries]
        locked = self.desk.workspace.read_only
        self.notice.guard(statement_notice(closed) if closed else "", fields, locked=locked)
        self.kind.setEnabled(not (closed or locked))
        for verb in (self.add, self.several):
            verb.setVisible(not closed)

    def refresh(self) -> None:
        card = self._card = self.desk.ask(statement_card, self.ident)
        self.kind.setCurrentIndex(list(StatementKind).index(card.kind))
        self.bound.show(card)
        self.heading.setPlaceholderText(word(card.kind))
        self.items.show_items(card.items)
        parts: list[QWidget] = [self.body.field]
        for line in self.items.rows:
            parts += [line.title, line.text.field, line.evidence.field, line.more]
        tab_through(*parts, self.adopted.entry, self.several, self.delete)
        self.source.setText(_("From {document}").format(document=card.source) if card.source else "")
        add = _(_ADD[card.kind]) if card.kind in _ADD else _("Add entry")
        self.add.setText(" " + add)
        self.add.setAccessibleName(add)
        self.body.setVisible(bool(card.body) or not card.items or self.body.field.hasFocus())
        self._empty.setVisible(not _is_begun(card))
        self._guard(card)

    def _add_several(self) -> None:
        label, noun = _("Add several entries"), "statement_item"
        accepted(AddLines(self, label, lambda words: self.desk.submit(label, add_lines, noun, self.ident, words)))

    def add_entry(self, after: str | None = None) -> None:
        """A new entry behind *after*, the cursor in it."""
        if done := self.desk.do(_("Add an entry"), add_item, self.ident, after=after, filling=self._first_words):
            self.refresh()
            self.items.open(done.answer)

    def _edit(self, *args: Any, **values: Any) -> None:
        edit_statement(*args, filling=self._first_words, **values)

    def _step(self, name: str) -> str:
        steps = {"adopted_on": _("Change the day of adoption"), "kind": _("Change the kind of statement")}
        return steps.get(name) or _("Edit “{name}”").format(name=self._card.heading or word(self._card.kind))

    def _write_item(self, item_id: str, name: str, words: str) -> None:
        line = self.items.row_of(item_id)
        if line is None:
            return
        label = _("Edit “{name}”").format(name=name_of(line.card.title, line.card.text, _("Entry"), 40))
        try:
            operation = partial(edit_item, filling=self._first_words)
            self.desk.type(f"{item_id}:{name}", label, operation, item_id, **{name: words})
        except PlanStudioError as error:
            self.items.refuse(item_id, name, error)
        else:
            line.fields[name].accept(words)

    def _change(self, name: str, **values: Any) -> None:
        self.desk.do(self._step(name), edit_statement, self.ident, **values)

    def _delete(self) -> None:
        self.remove(self._card.heading or word(self._card.kind), delete_statement, self.ident)

    def _on_asked(self, item_id: str, what: str) -> None:
        at, item = next((n, one) for n, one in enumerate(self._card.items) if one.id == item_id)
        if what == "after":
            self.add_entry(item_id)
        elif what == "attach":
            self.attach_requested.emit(Place("statement_item", item_id))
        elif what == "delete":
            self.remove(name_of(item.title, item.text, _("Entry"), 40), delete_item, item_id)
        else:
            to = at + (1 if what == "down" else -1)
            if 0 <= to < len(self._card.items):
                self.desk.do(_("Move an entry"), move_item, item_id, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_N:
            focus = self.window().focusWidget()
            self.add_entry(next((line.card.id for line in self.items.rows if line.isAncestorOf(focus)), None))
        else:
            super().keyPressEvent(event)


def _is_begun(card: StatementCard) -> bool:
    return bool(card.lead or card.body or card.items)
