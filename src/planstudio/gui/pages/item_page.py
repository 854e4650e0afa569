"""An agenda item: its cover sheet, what it supports, the pages enclosed with it and its files."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMenu, QVBoxLayout, QWidget

from planstudio import files
from planstudio.domain.agenda import AgendaItemCard, EnclosureCard, Support, check_reason
from planstudio.domain.cards import FileCard
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.domain.kinds import Access, Enclosed, ItemState, ItemType, TimeUse
from planstudio.domain.places import Place, at_page
from planstudio.domain.preflight import Finding
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.dialogs.choose_element import ChooseElement, Element
from planstudio.gui.dialogs.save_as import ask_path
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page, Pane
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets import dropping
from planstudio.gui.widgets.basics import button, column, empty, named, plain, quiet, row, scrolled, text, tool
from planstudio.gui.widgets.fields import ChoiceField, DurationField, LineField, NameField
from planstudio.gui.widgets.file_rows import FileRows
from planstudio.gui.widgets.painted import Elided, sign
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, pgettext
from planstudio.operations.files import attach_file, detach_file, edit_attachment, move_file
from planstudio.operations.meetings import (
    delete_item,
    edit_item,
    enclose,
    pull_item,
    remove_enclosure,
    send_item,
    support,
    withdraw_support,
)
from planstudio.queries.links import file_bytes
from planstudio.queries.meetings import meeting_card, meeting_of_item
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.queries.policies import all_policies

_SHEET = (
    ("background", "Background"),
    ("rationale", "Rationale"),
    ("fiscal_impact", "Fiscal impact"),
    ("recommended_motion", "Recommended motion"),
)
_NEXT = {
    ItemState.DRAFT: (ItemState.SUBMITTED,),
    ItemState.SUBMITTED: (ItemState.ACCEPTED, ItemState.RETURNED),
    ItemState.RETURNED: (ItemState.SUBMITTED,),
    ItemState.ACCEPTED: (ItemState.RETURNED,),
}


@shows("agenda_item")
class ItemPage(Page):
    under = at_page("meetings")
    pane = Pane.PACKET
    watches = frozenset(
        ("meeting", "agenda_section", "agenda_item", "agenda_link", "enclosure", "attachment", "goal", "strategy",
         "policy", "person")
    )  # fmt: skip
    shown = Signal(str, str)  # the meeting's id and the item's

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._card: AgendaItemCard | None = None
        self.bound = bound = Binding(self, "agenda_item", edit_item, self._step)
        self._meeting_id = ""
        self.setAcceptDrops(True)
        self.up = button("", "quiet", act=lambda: self.go_requested.emit(Place("meeting", self._meeting_id)))
        self.number = text("", "strong", "accent")
        self.title = bound.bind("title", TextField(_("Title"), role="display", placeholder=_("What it is about")))
        self.state = quiet("")
        self.verbs = {state: button(words, "plain") for state, words in _state_verbs().items()}
        self.pull = button("", "quiet", act=self._pull)
        self.type = bound.bind("type", ChoiceField(_("Type"), list(ItemType)))
        self.access = bound.bind("access", ChoiceField(_("Who may see it"), list(Access)))
        self.minutes = bound.bind("minutes", DurationField(pgettext("length of time", "Minutes")))
        self.presenter = bound.bind("presenter", NameField(_("Presenter"), placeholder=_("nobody yet")))
        self.contact = bound.bind(
            "contact", LineField(_("Questions before the meeting"), placeholder=_("e-mail or telephone"))
        )
        self.use = bound.bind("time_use", ChoiceField(_("Time counts as"), list(TimeUse)))
        self.ground = bound.bind(
            "ground", LineField(_("The law that lets it be closed"), placeholder=_("section and subject"))
        )
        self.because = LineField(_("Why it is returned"))
        self.sheet = {
            name: bound.bind(name, RichField(_(label), placeholder=_placeholder(name))) for name, label in _SHEET
        }
        self.supports, self.enclosures = column(), column()
        self.files = FileRows()
        self.delete = button(_("Delete this item"), "quiet", "trash", act=self._delete)
        self._lay_out()
        self._connect()
        self.first = self.title

    def _lay_out(self) -> None:
        states = row(self.state, 2, *self.verbs.values(), None, self.pull)
        facts = column(
            row(self.type, self.access, space=3), 2, row(self.use, self.minutes, space=3), 2,
            row(self.presenter, self.contact, space=3), 2, self.ground, self.because,
        )  # fmt: skip
        body = column(
            row(self.up, None), row(plain(row(self.number, edge=(1.5, 0, 0, 0))), None), self.title, 1,
            plain(column(states, 3, facts, edge=(1.5, 0, 1.5, 0))), space=0.5,
        )  # fmt: skip
        for name, label in _SHEET:
            head = text(_(label), "heading")
            body.addLayout(column(4, plain(row(head, None, edge=(1.5, 0, 0, 0))), 0.5, self.sheet[name]))
        self.link = button(_("Link to a goal, strategy or policy"), "quiet", "plus", act=self._link)
        self.put_in = button(_("Enclose pages"), "quiet", "plus")
        self.put_in.setMenu(self._enclose_menu(self.put_in))
        self.add = button(_("Add files…"), "quiet", "plus", act=self._choose_files)
        for title, verb, part in (
            (_("Supports and rests on"), self.link, plain(self.supports)),
            (_("Enclosed from the plan and the manual"), self.put_in, plain(self.enclosures)),
            (_("Files"), self.add, self.files),
        ):
            head_line = row(Elided(title, "heading"), 2, verb, edge=(1.5, 0, 0, 0), grow=0)
            body.addLayout(column(5, head_line, 1, part))
        body.addLayout(column(6, row(None, self.delete)))
        body.addStretch(1)
        self._scroll = scrolled(column(body, edge=(5, 4, 5, 5)), widest=gap(190))
        self.set_body(self._scroll)

    def _connect(self) -> None:
        for state, verb in self.verbs.items():
            verb.clicked.connect(partial(self._send, state))
        self.because.entry.returnPressed.connect(lambda: self._send(ItemState.RETURNED))
        self.files.described.connect(
            lambda ident, words: self.desk.do(_("Describe a file"), edit_attachment, ident, alternative_text=words)
        )
        self.files.access_chosen.connect(
            lambda ident, access: self.desk.do(_("Choose who may see a file"), edit_attachment, ident, access=access)
        )
        self.files.moved.connect(lambda ident, to: self.desk.do(_("Move a file"), move_file, ident, to))
        self.files.delete_requested.connect(lambda ident, name: self.remove(name, detach_file, ident))
        self.files.save_requested.connect(self._save_file)

    # Showing.

    def refresh(self) -> None:
        self._meeting_id = self.desk.ask(meeting_of_item, self.ident)
        meeting = self.desk.ask(meeting_card, self._meeting_id)
        card = next(item for item in meeting.items() if item.id == self.ident)
        self._card = card
        self.up.setText("‹ " + named(meeting.name))
        self.up.setAccessibleName(_("To the meeting: {name}").format(name=meeting.name))
        self.number.setText(_("Item {number}").format(number=card.number))
        self.bound.show(card)
        self.ground.setVisible(card.access is Access.CLOSED or card.type is ItemType.CLOSED)
        self._show_state(card)
        self._show_links(card)
        self.files.show_files(card.files, read_only=self.desk.workspace.read_only)
        self._order_tabs()
        for verb in (self.link, self.put_in, self.add, self.delete):
            verb.setEnabled(not self.desk.workspace.read_only)
        self.shown.emit(self._meeting_id, card.id)

    def _show_state(self, card: AgendaItemCard) -> None:
        why = f": {card.returned_because}" if card.state is ItemState.RETURNED else ""
        self.state.setText(f"{word(card.state)}{why}")
        for state, verb in self.verbs.items():
            verb.setVisible(state in _NEXT[card.state] and not self.desk.workspace.read_only)
        self.because.setVisible(ItemState.RETURNED in _NEXT[card.state] and card.state is ItemState.SUBMITTED)
        self.pull.setVisible(card.consent or card.pulled)
        self.pull.setText(_("Put back into consent") if card.pulled else _("Take out of consent"))

    def _show_links(self, card: AgendaItemCard) -> None:
        empty(self.supports)
        for link in card.links:
            self.supports.addWidget(self._support_row(link))
        if not card.links:
            self.supports.addWidget(_hint(_("Not linked yet. Time on linked goals shows in the time-use report.")))
        empty(self.enclosures)
        for one in card.enclosures:
            self.enclosures.addWidget(self._enclosure_row(one))
        if not card.enclosures:
            self.enclosures.addWidget(
                _hint(_("Nothing. A policy, its changes, a goal or the whole plan can be printed."))
            )

    def _order_tabs(self) -> None:
        """What was made later comes where it stands, not last."""
        line: list[QWidget] = [self.link, *_buttons(self.supports), self.put_in, *_buttons(self.enclosures), self.add]
        for file in self.files.rows:
            line += [file.access, file.more, file.description.entry]
        line.append(self.delete)
        for before, after in itertools.pairwise(line):
            self.setTabOrder(before, after)

    def _support_row(self, link: Support) -> QWidget:
        icon = {"goal": "target", "strategy": "list", "policy": "book"}[link.table]
        go = button(link.label, "quiet", name=f"{link.label} {link.name}")
        go.clicked.connect(lambda: self.go_requested.emit(Place(link.table, link.row_id)))
        away = tool("close", tip=_("Take the link to {name} away").format(name=link.label), tone="muted")
        away.clicked.connect(lambda: self.remove(link.label, withdraw_support, link.link_id))
        away.setEnabled(not self.desk.workspace.read_only)
        return plain(row(sign(icon), 1, go, 1, Elided(link.name), away, edge=(1.5, 0, 0, 0), grow=4))

    def _enclosure_row(self, one: EnclosureCard) -> QWidget:
        name = f"{word(one.what)}: {one.name}" if one.name else word(one.what)
        away = tool("close", tip=_("Do not enclose {name}").format(name=name), tone="muted")
        away.clicked.connect(lambda: self.remove(name, remove_enclosure, one.id))
        away.setEnabled(not self.desk.workspace.read_only)
        return plain(row(sign("book"), 2, Elided(name), away, edge=(1.5, 0.5, 0, 0.5), grow=2))

    @property
    def meeting_id(self) -> str:
        return self._meeting_id

    def fallback(self) -> Place:
        return Place("meeting", self._meeting_id)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """What the pre-flight list found about each file."""
        found = {one.file_id: (one.weight, f"{one.words} {one.help}".strip()) for one in findings if one.file_id}
        self.files.show_notes(found)

    def mend_finding(self, fix: str, file_id: str = "") -> None:
        fields: dict[str, QWidget] = {
            **self.sheet, "title": self.title, "ground": self.ground, "access": self.access, "minutes": self.minutes,
        }  # fmt: skip
        verb = next((verb for verb in self.verbs.values() if not verb.isHidden()), None)
        target = self.files.row_of(file_id) if file_id else fields.get(fix) or (verb if fix == "state" else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, lambda: self._scroll.ensureWidgetVisible(target))

    # Doing.

    def _step(self, name: str) -> str:
        if name == "minutes":
            return _("Plan the time")
        if self._card is not None and (name == "title" or name in self.sheet):
            return _("Edit item {number}").format(number=self._card.number)
        return _("Edit an item")

    def _send(self, state: ItemState, _on: bool = False) -> None:
        why = self.because.entry.text()
        try:
            if state is ItemState.RETURNED and self.because.isHidden():
                self.because.show()
                self.because.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            check_reason(state, why)
        except InvalidInput as error:
            self.because.refuse(str(error))
            self.because.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.desk.do(word(state), send_item, self.ident, state, why):
            self.because.entry.clear()

    def _pull(self) -> None:
        assert self._card is not None
        self.desk.do(self.pull.text(), pull_item, self.ident, not self._card.pulled)

    def _link(self) -> None:
        outline = self.desk.ask(plan_outline, self.desk.ask(current_plan))
        choices = [
            Element("goal", goal.id, goal.name, _("Goal {n}").format(n=n)) for n, goal in enumerate(outline.goals, 1)
        ]
        for n, goal in enumerate(outline.goals, 1):
            for m, below in enumerate(goal.children, 1):
                choices.append(Element("strategy", below.id, below.name, _("Strategy {n}").format(n=f"{n}.{m}")))
        choices += [Element("policy", one.id, one.title, one.code) for one in self.desk.ask(all_policies)]
        chosen = ChooseElement(self, _("What does this item support or rest on?"), choices).chosen()
        if chosen:
            self.desk.do(_("Link an item"), support, self.ident, chosen.table, chosen.ident)

    def _enclose_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        for what in Enclosed:
            menu.addAction(word(what)).triggered.connect(lambda _on=False, what=what: self._enclose(what))
        return menu

    def _enclose(self, what: Enclosed) -> None:
        plan = self.desk.ask(current_plan)
        ident = plan
        if what in (Enclosed.POLICY, Enclosed.POLICY_CHANGES):
            choices = [Element("policy", one.id, one.title, one.code) for one in self.desk.ask(all_policies)]
            ident = self._one_of(_("Which policy?"), choices)
        elif what in (Enclosed.GOAL, Enclosed.MONITORING):
            goals = self.desk.ask(plan_outline, plan).goals
            choices = [Element("goal", one.id, one.name, _("Goal {n}").format(n=n)) for n, one in enumerate(goals, 1)]
            ident = self._one_of(_("Which goal?"), choices)
        if ident:
            self.desk.do(_("Enclose {what}").format(what=word(what).lower()), enclose, self.ident, what, ident)

    def _one_of(self, question: str, choices: list[Element]) -> str:
        chosen = ChooseElement(self, question, choices).chosen()
        return chosen.ident if chosen else ""

    def _delete(self) -> None:
        assert self._card is not None
        if self.remove(f"{self._card.number} {self._card.title}".strip(), delete_item, self.ident):
            self.go_requested.emit(Place("meeting", self._meeting_id))

    # Files.

    def _choose_files(self) -> None:
        paths, _kind = QFileDialog.getOpenFileNames(self, _("Add files"))
        self.add_files([Path(path) for path in paths])

    def add_files(self, paths: list[Path]) -> None:
        """Attach files, each as one step; what cannot be read is told and the rest goes on."""
        for path in paths:
            try:
                data = files.read(path, name=path.name)
            except PlanStudioError as error:
                self.said.emit(str(error))
                continue
            name = files.legible(path.name)
            label = _("Add {name}").format(name=name)
            self.desk.do(label, attach_file, "agenda_item", self.ident, name, data)

    def _save_file(self, file: FileCard) -> None:
        path = ask_path(self, _("Save {name}").format(name=file.name), "", file.name)
        if path is not None:
            try:
                files.write(path, self.desk.ask(file_bytes, file.id))
            except PlanStudioError as error:
                self.said.emit(str(error))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.desk.workspace.read_only:
            dropping.offer(event)

    def dropEvent(self, event: QDropEvent) -> None:
        here, elsewhere = dropping.dropped(event)
        self.add_files(here)
        for address in elsewhere:
            self.said.emit(_("{address} is not a file on this computer.").format(address=address))


def _state_verbs() -> dict[ItemState, str]:
    return {ItemState.SUBMITTED: _("Submit"), ItemState.ACCEPTED: _("Accept"), ItemState.RETURNED: _("Return")}


def _placeholder(name: str) -> str:
    return {
        "background": _("What the board needs to know"),
        "rationale": _("Why this, and why now"),
        "fiscal_impact": _("What it costs, from which fund; a table is welcome"),
        "recommended_motion": _("I move that the board …"),
    }[name]


def _buttons(box: QVBoxLayout) -> list[QWidget]:
    """Every button in the rows of *box*, in their order."""
    items = (box.itemAt(n) for n in range(box.count()))
    rows = (item.widget() for item in items if item is not None)
    return [one for line in rows if line is not None for one in line.findChildren(QAbstractButton)]


def _hint(words: str) -> QWidget:
    return plain(row(quiet(words), edge=(1.5, 0, 0, 0)))
