"""An agenda item: its cover sheet, what it supports, the pages enclosed with it and its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
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
from planstudio.gui.focus import rows_of, tab_through
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page, Pane, refill
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets import dropping
from planstudio.gui.widgets.basics import button, column, named, plain, quiet, row, scrolled, text, tool
from planstudio.gui.widgets.fields import ChoiceField, DurationField, LineField, NameField
from planstudio.gui.widgets.file_rows import FileRows
from planstudio.gui.widgets.painted import Elided, sign
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import N_, _, pgettext
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
    ("background", N_("Background"), N_("What the board needs to know")),
    ("rationale", N_("Rationale"), N_("Why this, and why now")),
    ("fiscal_impact", N_("Fiscal impact"), N_("What it costs, from which fund; a table is welcome")),
    ("recommended_motion", N_("Recommended motion"), N_("I move that the board …")),
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
    watches = (
        "meeting", "agenda_section", "agenda_item", "agenda_link", "enclosure", "attachment", "goal", "strategy",
        "policy", "person",
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._card: AgendaItemCard
        self.bound = Binding(self, "agenda_item", edit_item, self._step)
        bind = self.bound.bind
        self._meeting_id = ""
        self.setAcceptDrops(True)
        self.up = button("", "quiet", act=lambda: self.go_requested.emit(Place("meeting", self._meeting_id)))
        self.number = text("", "strong", "accent")
        self.title = bind("title", TextField(_("Title"), role="display", placeholder=_("What it is about")))
        self.state = quiet("")
        self.verbs = {
            ItemState.SUBMITTED: button(_("Submit"), act=lambda: self._send(ItemState.SUBMITTED)),
            ItemState.ACCEPTED: button(_("Accept"), act=lambda: self._send(ItemState.ACCEPTED)),
            ItemState.RETURNED: button(_("Return"), act=lambda: self._send(ItemState.RETURNED)),
        }
        self.pull = button("", "quiet", act=self._pull)
        self.type = bind("type", ChoiceField(_("Type"), list(ItemType)))
        self.access = bind("access", ChoiceField(_("Who may see it"), list(Access)))
        self.minutes = bind("minutes", DurationField(pgettext("length of time", "Minutes")))
        self.presenter = bind("presenter", NameField(_("Presenter"), placeholder=_("nobody yet")))
        hint = _("e-mail or telephone")
        self.contact = bind("contact", LineField(_("Questions before the meeting"), placeholder=hint))
        self.use = bind("time_use", ChoiceField(_("Time counts as"), list(TimeUse)))
        hint = _("section and subject")
        self.ground = bind("ground", LineField(_("The law that lets it be closed"), placeholder=hint))
        self.because = LineField(_("Why it is returned"))
        self.sheet = {name: bind(name, RichField(_(label), placeholder=_(hint))) for name, label, hint in _SHEET}
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
        for name, label, _hint in _SHEET:
            head = text(_(label), "heading")
            body.addLayout(column(4, plain(row(head, None, edge=(1.5, 0, 0, 0))), 0.5, self.sheet[name]))
        self.link = button(_("Link to a goal, strategy or policy"), "quiet", "plus", act=self._link)
        self.put_in = button(_("Enclose pages"), "quiet", "plus")
        menu = QMenu(self.put_in)
        for what in Enclosed:
            menu.addAction(word(what)).triggered.connect(lambda _on=False, what=what: self._enclose(what))
        self.put_in.setMenu(menu)
        self.add = button(_("Add files…"), "quiet", "plus", act=self._choose_files)
        for title, verb, part in (
            (_("Supports and rests on"), self.link, plain(self.supports)),
            (_("Enclosed from the plan and the manual"), self.put_in, plain(self.enclosures)),
            (_("Files"), self.add, self.files),
        ):
            body.addLayout(column(5, row(Elided(title, "heading"), 2, verb, edge=(1.5, 0, 0, 0), grow=0), 1, part))
        body.addLayout(column(6, row(None, self.delete)))
        body.addStretch(1)
        self._scroll = scrolled(column(body, edge=(5, 4, 5, 5)), widest=gap(190))
        self.set_body(self._scroll)

    def _connect(self) -> None:
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

    def refresh(self) -> None:
        self._meeting_id = self.desk.ask(meeting_of_item, self.ident)
        meeting = self.desk.ask(meeting_card, self._meeting_id)
        card = self._card = next(item for item in meeting.items() if item.id == self.ident)
        self.up.setText("‹ " + named(meeting.name))
        self.up.setAccessibleName(_("To the meeting: {name}").format(name=meeting.name))
        self.number.setText(_("Item {number}").format(number=card.number))
        self.bound.show(card)
        self.ground.setVisible(card.access is Access.CLOSED or card.type is ItemType.CLOSED)
        why = f": {card.returned_because}" if card.state is ItemState.RETURNED else ""
        self.state.setText(f"{word(card.state)}{why}")
        for state, verb in self.verbs.items():
            verb.setVisible(state in _NEXT[card.state] and not self.desk.workspace.read_only)
        self.because.setVisible(card.state is ItemState.SUBMITTED)
        self.pull.setVisible(card.consent or card.pulled)
        self.pull.setText(_("Put back into consent") if card.pulled else _("Take out of consent"))
        unlinked = _("Not linked yet. Time on linked goals shows in the time-use report.")
        nothing = _("Nothing. A policy, its changes, a goal or the whole plan can be printed.")
        for box, lines, hint in (
            (self.supports, [self._support_row(one) for one in card.links], unlinked),
            (self.enclosures, [self._enclosure_row(one) for one in card.enclosures], nothing),
        ):
            refill(box, lines or [plain(row(quiet(hint), edge=(1.5, 0, 0, 0)))])
        self.files.show_files(card.files, read_only=self.desk.workspace.read_only)
        line: list[QWidget] = [self.link, *_buttons(self.supports), self.put_in, *_buttons(self.enclosures), self.add]
        for file in self.files.rows:
            line += [file.access, file.more, file.description.entry]
        tab_through(*line, self.delete)
        for verb in (self.link, self.put_in, self.add, self.delete):
            verb.setEnabled(not self.desk.workspace.read_only)

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
        found = {one.file_id: (one.weight, f"{one.words} {one.help}".strip()) for one in findings if one.file_id}
        self.files.show_notes(found)

    def mend_finding(self, fix: str, file_id: str = "") -> None:
        fields: dict[str, QWidget] = {
            **self.sheet, "title": self.title, "ground": self.ground, "access": self.access, "minutes": self.minutes,
        }  # fmt: skip
        verb = next((verb for verb in self.verbs.values() if not verb.isHidden()), None)
        target = self.files.row_of(file_id) if file_id else fields.get(fix) or (verb if fix == "state" else None)
        if target is not None:
            target.setFocus()
            QTimer.singleShot(0, lambda: self._scroll.ensureWidgetVisible(target))

    def _step(self, name: str) -> str:
        if name == "minutes":
            return _("Plan the time")
        if name == "title" or name in self.sheet:
            return _("Edit item {number}").format(number=self._card.number)
        return _("Edit an item")

    def _send(self, state: ItemState) -> None:
        if state is ItemState.RETURNED and self.because.isHidden():
            self.because.show()
            self.because.setFocus()
            return
        why = self.because.entry.text()
        try:
            check_reason(state, why)
        except InvalidInput as error:
            self.because.refuse(str(error))
            self.because.setFocus()
        else:
            if self.desk.do(word(state), send_item, self.ident, state, why):
                self.because.entry.clear()

    def _pull(self) -> None:
        self.desk.do(self.pull.text(), pull_item, self.ident, not self._card.pulled)

    def _link(self) -> None:
        goals, strategies = self._goals(), []
        for n, goal in enumerate(self.desk.ask(plan_outline, self.desk.ask(current_plan)).goals, 1):
            for m, below in enumerate(goal.children, 1):
                strategies.append(Element("strategy", below.id, below.name, _("Strategy {n}").format(n=f"{n}.{m}")))
        choices = goals + strategies + self._policies()
        if chosen := ChooseElement(self, _("What does this item support or rest on?"), choices).chosen():
            self.desk.do(_("Link an item"), support, self.ident, chosen.table, chosen.ident)

    def _goals(self) -> list[Element]:
        goals = self.desk.ask(plan_outline, self.desk.ask(current_plan)).goals
        return [Element("goal", one.id, one.name, _("Goal {n}").format(n=n)) for n, one in enumerate(goals, 1)]

    def _policies(self) -> list[Element]:
        return [Element("policy", one.id, one.title, one.code) for one in self.desk.ask(all_policies)]

    def _enclose(self, what: Enclosed) -> None:
        label = _("Enclose {what}").format(what=word(what).lower())
        if what in (Enclosed.POLICY, Enclosed.POLICY_CHANGES):
            question, choices = _("Which policy?"), self._policies()
        elif what in (Enclosed.GOAL, Enclosed.MONITORING):
            question, choices = _("Which goal?"), self._goals()
        else:
            self.desk.do(label, enclose, self.ident, what, self.desk.ask(current_plan))
            return
        if chosen := ChooseElement(self, question, choices).chosen():
            self.desk.do(label, enclose, self.ident, what, chosen.ident)

    def _delete(self) -> None:
        if self.remove(f"{self._card.number} {self._card.title}".strip(), delete_item, self.ident):
            self.go_requested.emit(Place("meeting", self._meeting_id))

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
            self.desk.do(_("Add {name}").format(name=name), attach_file, "agenda_item", self.ident, name, data)

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


def _buttons(box: QVBoxLayout) -> list[QWidget]:
    """Every button in the rows of *box*, in their order."""
    return [one for line in rows_of(box) for one in line.findChildren(QAbstractButton)]
