"""A meeting: when and where, how its time is spent, and its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from PySide6.QtWidgets import QSizePolicy, QWidget

from planstudio.domain.agenda import OUTCOME_SHARE, AgendaItemCard, MeetingCard, SectionCard
from planstudio.domain.dates import End
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.kinds import MeetingKind, MeetingState, Numbering, PageNumbers
from planstudio.domain.places import Place, at_page
from planstudio.domain.posting import late_words, moved_words
from planstudio.domain.preflight import Finding, Weight
from planstudio.domain.times_of_day import time_of_day
from planstudio.domain.words import word
from planstudio.domain.zones import wall
from planstudio.gui.desk import Desk
from planstudio.gui.focus import hand_on
from planstudio.gui.pages.binding import Binding, Editor
from planstudio.gui.pages.page import Page, Pane
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.agenda_view import AgendaView
from planstudio.gui.widgets.basics import area, button, column, more_tool, plain, quiet, row, rule, scrolled, text
from planstudio.gui.widgets.fields import ChoiceField, DateField, LineField
from planstudio.gui.widgets.marks import paint_bar
from planstudio.gui.widgets.painted import Elided, Painted
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.zone_field import ZoneField
from planstudio.i18n import _, clock_time, ngettext, weekday_and_day
from planstudio.operations.meetings import (
    add_item,
    add_section,
    add_template,
    delete_item,
    delete_meeting,
    delete_section,
    edit_meeting,
    edit_section,
    move_item,
    move_section,
    pull_item,
)
from planstudio.queries.meetings import meeting_card


@shows("meeting")
class MeetingPage(Page):
    under = at_page("meetings")
    pane = Pane.PACKET
    watches = ("meeting", "agenda_section", "agenda_item", "agenda_link", "attachment", "enclosure", "goal", "policy")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.up = button(_("‹ Meetings"), "quiet", act=lambda: self.go_requested.emit(at_page("meetings")))
        self.kind = text("", "strong", "accent")
        self.day = Elided("", "display")
        self.line = quiet("")
        self.add = button(_("Add item"), "plain", "plus", act=self.add_item)
        self.section = button(_("Add section"), "quiet", "plus", act=lambda: self._add_section(None))
        self.details = button(_("Details"), "quiet", "settings", act=self.toggle_details)
        self.room = button(_("In the room"), "quiet", "people")
        self.room.clicked.connect(lambda: self.go_requested.emit(Place("meeting_room", self.ident)))
        self.minutes = button(_("Minutes"), "quiet", "file")
        self.minutes.clicked.connect(lambda: self.go_requested.emit(Place("minutes", self.ident)))
        self.more, menu = more_tool(_("More about this meeting"))
        self.template = menu.addAction(_("Keep as a template"), self._keep_as_template)
        self.delete = menu.addAction(_("Delete this meeting"), self._delete)
        self.agenda = AgendaView()
        self.form = _Form()
        self.form.hide()
        hand_on(self.form, self.details)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.planned, self.share, self.ends = text("", "strong"), Elided("", hug=True), text("", "body", "muted")
        self._percent = 0
        self.bar = Painted(gap(40), gap(1.5), lambda painter, box: paint_bar(painter, box, self._percent), "")
        self.bar.setMinimumWidth(gap(12))
        self.bar.setMaximumWidth(10_000)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        meter = row(self.planned, 3, self.bar, 2, self.share, 3, self.ends, edge=(0, 0, 3, 0))
        head = row(self.day, 2, self.add, grow=0)
        tools = row(self.details, self.room, self.minutes, self.section, None, self.more)
        box = column(
            row(self.up, None), row(self.kind, None, edge=(3, 0, 0, 0)), 1,
            plain(column(head, 1, self.line, edge=(3, 0, 0, 0))), tools, self.form, 2,
            plain(column(meter, 2, rule(), edge=(3, 0, 0, 0))), 1, self.agenda, edge=(5, 4, 5, 3), grow=9,
        )  # fmt: skip
        self.agenda.setMinimumHeight(gap(70))
        self.set_body(scrolled(box))

    def _connect(self) -> None:
        view, do = self.agenda, self.desk.do
        view.chosen.connect(self.item_shown)
        view.opened.connect(lambda ident: self.go_requested.emit(Place("agenda_item", ident)))
        view.moved.connect(lambda ident, to, section: do(_("Move an item"), move_item, ident, to, section))
        view.section_moved.connect(lambda ident, to: do(_("Move a section"), move_section, ident, to))
        view.section_renamed.connect(lambda ident, name: do(_("Rename a section"), edit_section, ident, title=name))
        view.asked.connect(self._on_asked)
        self.bound = Binding(self, "meeting", edit_meeting, lambda _name: _("Edit the meeting"))
        for name, editor in self.form.editors.items():
            self.bound.bind(name, editor)
        self.form.date.edited.connect(lambda _day: self._put_start(self.form.date))
        self.form.time.edited.connect(lambda _words: self._put_start(self.form.time))

    def refresh(self) -> None:
        card = self._card = self.desk.ask(meeting_card, self.ident)
        template = card.state is MeetingState.TEMPLATE
        self.kind.setText(_("Template") if template else word(card.kind))
        today = wall(self.desk.workspace.clock.now(), card.zone).date()
        nameless = card.name if template else _("No date yet")
        self.day.show_words(weekday_and_day(card.start.date(), today) if card.start else nameless)
        self.line.setText(_line(card))
        minutes = card.minutes
        self.planned.setText(ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes))
        self._percent = round(100 * card.outcome_minutes / minutes) if minutes else 0
        self.share.show_words(_("{share}% on student outcomes").format(share=self._percent))
        if self._percent < OUTCOME_SHARE:
            self.share.setToolTip(_("Boards aim at {n}% and more.").format(n=OUTCOME_SHARE))
        self.bar.setAccessibleName(self.share.accessibleName())
        self.ends.setText(_("Ends {time}").format(time=clock_time(card.ends)) if card.ends else "")
        self.bar.update()
        self.agenda.show_meeting(card)
        self.bound.show(card)
        self.form.show_card(card)
        for verb in (self.room, self.minutes, self.template):
            verb.setVisible(not template)
        for part in (self.add, self.section, self.more):
            part.setEnabled(not self.desk.workspace.read_only)
        self.agenda.lock(self.desk.workspace.read_only)

    @property
    def meeting_id(self) -> str:
        return self.ident

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """The worst of what the pre-flight list found about each item."""
        bad = [one for one in reversed(findings) if one.item_id and one.weight is not Weight.FINE]
        self.agenda.show_findings({one.item_id: one.weight for one in bad})

    def mend_finding(self, what: str, _file_id: str = "") -> None:
        if what in ("start", "place"):
            self.form.show()
            (self.form.date if what == "start" else self.form.place).setFocus()
        elif what == "items":
            self.add_item()

    def fallback(self) -> Place:
        return at_page("meetings")

    def begin(self) -> None:
        self.agenda.setFocus()

    def toggle_details(self) -> None:
        self.form.setVisible(self.form.isHidden())
        if self.form.isVisible():
            self.form.date.setFocus()

    def add_item(self) -> None:
        """An item behind the one that one stands on, in the last section where there is none; opened to be written."""
        at, after = self.agenda.current, None
        sections = self._card.sections
        if not sections:
            self.desk.do(_("Add a section"), add_section, self.ident, title=_("Business"))
            sections = self.desk.ask(meeting_card, self.ident).sections
        section = at.id if isinstance(at, SectionCard) else sections[-1].id
        if isinstance(at, AgendaItemCard):
            section, after = at.section_id, at.id
        if done := self.desk.do(_("Add an item"), add_item, section, after=after):
            self.go_requested.emit(Place("agenda_item", done.answer))

    def _add_section(self, after: str | None) -> None:
        if done := self.desk.do(_("Add a section"), add_section, self.ident, after=after, title=_("New section")):
            self.refresh()
            self.agenda.edit_section(done.answer)

    def _on_asked(self, ident: str, what: str) -> None:
        section = next((one for one in self._card.sections if one.id == ident), None)
        item = next((one for one in self._card.items() if one.id == ident), None)
        if what == "after":
            self.add_item()
        elif what == "section":
            self._add_section(section.id if section else item.section_id if item else None)
        elif what == "consent" and section:
            label = _("Make a consent group") if not section.consent else _("Dissolve a consent group")
            self.desk.do(label, edit_section, ident, consent=not section.consent)
        elif what == "pull" and item:
            label = _("Put {number} back into consent") if item.pulled else _("Take {number} out of consent")
            self.desk.do(label.format(number=item.number), pull_item, ident, not item.pulled)
        elif what == "delete" and section:
            self.remove(f"{section.number} {section.title}", delete_section, ident)
        elif what == "delete" and item:
            self.remove(f"{item.number} {item.title}", delete_item, ident)

    def _put_start(self, field: DateField | LineField) -> None:
        """Day and hour are two fields and one moment."""
        refused = bool(self.form.date.entry.property("wrong")) and field is not self.form.date
        stored = self._card.start
        day = (stored.date() if stored else None) if refused else self.form.date.value()
        try:
            hour = time_of_day(self.form.time.entry.text(), "start")
            start = datetime.combine(day, time.fromisoformat(hour or "18:30")) if day else None
            self.desk.type(f"{self.ident}:start", _("Change the time"), edit_meeting, self.ident, start=start)
        except PlanStudioError as error:
            field.refuse(str(error))

    def _keep_as_template(self) -> None:
        name = _("{kind}, template").format(kind=word(self._card.kind))
        if self.desk.do(_("Keep as a template"), add_template, self.ident, name):
            self.told.emit(_("“{name}” is among the templates of the meetings now.").format(name=name))

    def _delete(self) -> None:
        if self.remove(self._card.name, delete_meeting, self.ident):
            self.go_requested.emit(at_page("meetings"))


def _line(card: MeetingCard) -> str:
    if card.state is MeetingState.TEMPLATE:
        return _("Meetings that are made from it begin with this agenda.")
    when = clock_time(card.start) if card.start else ""
    where = _("{time}, {place}").format(time=when, place=card.place) if when and card.place else when or card.place
    posted = moved_words(card) or late_words(card)
    return ". ".join(part.rstrip(".") for part in (card.title, where, word(card.state), posted) if part) + "."


class _Form(QWidget):
    """What is set once for a meeting."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = ChoiceField(_("Kind"), list(MeetingKind))
        self.title = LineField(_("Name, if it has one"), placeholder=_("as its kind"))
        self.date = DateField(_("Date"), end=End.DAY)
        self.time = LineField(_("Time"), placeholder="6:30 PM")
        self.place = LineField(_("Place"))
        self.rule = LineField(_("Posting rule"), placeholder=_("the district’s, or: 72 hours"))
        self.numbering = ChoiceField(_("Numbers of items"), list(Numbering))
        self.pages = ChoiceField(_("Pages of a revision"), list(PageNumbers))
        self.zone = ZoneField(_("the district’s"))
        words = _("How to speak, and whom to ask for an interpreter or large print")
        self.taking_part = RichField(_("Taking part"), placeholder=words)
        self.editors: dict[str, Editor] = {
            "kind": self.kind, "title": self.title, "place": self.place, "posting_rule": self.rule,
            "numbering": self.numbering, "page_numbers": self.pages, "time_zone": self.zone,
            "taking_part": self.taking_part,
        }  # fmt: skip
        first = row(self.date, self.time, self.place, space=3, grow=2)
        second = row(self.kind, self.title, self.rule, space=3, grow=1)
        third = row(self.numbering, self.pages, self.zone, None, space=3)
        parts = (first, 2, second, 2, third, 2, text(_("Taking part"), "caption", "muted"), self.taking_part)
        self.setLayout(column(2, area("card", column(*parts, edge=(4, 3.5, 4, 3.5)))))

    def show_card(self, card: MeetingCard) -> None:
        """Day and hour, which are one moment; what is bound shows itself."""
        self.date.show_value(card.start.date() if card.start else None)
        self.time.show_value(clock_time(card.start) if card.start else "")
        for part in (self.date, self.time, self.zone):
            part.setVisible(card.state is not MeetingState.TEMPLATE)
