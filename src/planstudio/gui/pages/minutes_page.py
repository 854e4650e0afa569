"""The minutes of a meeting, read and edited in place, until the board has approved them; then amended."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, dealt_with, for_audience
from planstudio.domain.dates import End
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.kinds import Access, MinutesState
from planstudio.domain.places import Place, at_page
from planstudio.domain.room import contradictions, quorum_line, roll_of, roll_words, still_open
from planstudio.domain.words import word
from planstudio.domain.zones import wall
from planstudio.gui.desk import Desk
from planstudio.gui.focus import hand_on, let_go, tab_through
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.minutes_parts import Amendments, MinutesItem
from planstudio.gui.pages.page import Page, PrintRequest, lead_to_agenda, refill
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, empty, fill, plain, quiet, row, text
from planstudio.gui.widgets.fields import DateField
from planstudio.gui.widgets.marks import chip
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.time_field import time_words
from planstudio.i18n import _, day_and_time, medium_date
from planstudio.operations.meetings import edit_item, edit_meeting
from planstudio.operations.minutes import add_amendment, approve_minutes, delete_amendment, reopen_minutes
from planstudio.queries.meetings import meeting_card, meeting_rows


@shows("minutes")
class MinutesPage(Page):
    """*ident* is the meeting's."""

    under = at_page("meetings")
    watches = ("meeting", "agenda_section", "agenda_item", "attendance", "motion", "vote", "person", "amendment")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.up = button("", "quiet", act=lambda: self.go_requested.emit(Place("meeting", self.ident)))
        self.line = quiet("")
        self.approve = button(_("Approve the minutes…"), "primary", act=self._begin_approval)
        self.back = button(_("Back to draft"), act=self._back_to_draft)
        self.to_room = button(_("To the room"), act=lambda: self.go_requested.emit(Place("meeting_room", self.ident)))
        self.print_minutes = button(_("Print the minutes"), "quiet", "print", act=lambda: self._print("minutes"))
        self.print_votes = button(_("Print the vote record"), "quiet", "print", act=lambda: self._print("votes"))
        self.day = DateField(_("Approved on"), placeholder=_("the day of the meeting that approves them"), end=End.DAY)
        self.confirm = button(_("Approve"), "primary", act=self._approve)
        self.cancel = button(_("Cancel"), "quiet", act=self._end_approval)
        self.missing, self.wrong, self.doubt = quiet("", tone="amber"), quiet("", tone="red"), quiet("", tone="red")
        self._asked = ""  # what contradicts itself and was asked about before the minutes are approved
        self.amendments = Amendments()
        self.amend = button(_("Amend…"), act=lambda: self.amendments.begin(self._today()))
        self.called, self.roll, self.adjourned = text("", wrap=True), quiet(""), text("", wrap=True)
        self.bound = bound = Binding(self, "meeting", edit_meeting, lambda _name: _("Edit the minutes"))
        words = _("Words before the first item. Call to order and roll are added by themselves.")
        self.opening = bound.bind("minutes_opening", RichField(_("Opening"), placeholder=words))
        words = _("Words after the last item")
        self.closing = bound.bind("minutes_closing", RichField(_("Closing"), placeholder=words))
        self.items: list[MinutesItem] = []
        self._structure: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
        self._lay_out()
        self.day.entry.returnPressed.connect(self._approve)
        hand_on(self.amendments.form, self.amend)
        self.amendments.added.connect(self._amend)
        self.amendments.delete_requested.connect(lambda ident: self.remove(_("Amendment"), delete_amendment, ident))

    def _print(self, report: str) -> None:
        self.print_requested.emit(PrintRequest(report, self.ident))

    def _lay_out(self) -> None:
        self._state = row()
        self._sections = QVBoxLayout()
        self._sections.setContentsMargins(0, 0, 0, 0)
        head = row(
            text(_("Minutes"), "display"), 3, plain(self._state), None, self.to_room, self.amend, 1, self.back,
            self.approve,
        )  # fmt: skip
        prints = row(self.print_minutes, 1, self.print_votes, None, edge=(1.5, 0, 0, 0))
        entry = row(self.day, 3, plain(column(4.5, row(self.confirm, 1, self.cancel), None)), None)
        self.approval = area("open", column(entry, 1, self.doubt, self.missing, edge=(4, 3, 4, 3)))
        self.approval.hide()
        self.set_column(
            row(self.up, None, edge=(1.5, 0, 0, 0)),
            column(head, 0.5, self.line, self.wrong, edge=(3, 0, 3, 0)), 1, prints, 1,
            plain(column(self.approval)), 4,
            column(text(_("Call to order"), "heading"), 1, self.called, 0.5, self.roll, edge=(3, 0, 3, 0)), 0.5,
            plain(row(self.opening, edge=(1.5, 0, 3, 0))), 3,
            plain(row(plain(self._sections), edge=(3, 0, 3, 0))), 3,
            column(text(_("Adjournment"), "heading"), 1, self.adjourned, edge=(3, 0, 3, 0)), 0.5,
            plain(row(self.closing, edge=(1.5, 0, 3, 0))), 3, self.amendments,
            widest=205, edge=(5, 4, 5, 6),
        )  # fmt: skip

    def open(self, ident: str) -> None:
        if ident != self.ident:
            self.approval.hide()
        super().open(ident)

    def refresh(self) -> None:
        card = self._card = for_audience(self.desk.ask(meeting_card, self.ident), Access.PUBLIC)
        lead_to_agenda(self.up, card, self._today())
        when = day_and_time(card.start) if card.start else ""
        told = ". ".join(filter(None, (card.name, when, card.place)))
        if card.minutes_state is MinutesState.NONE:
            told += ". " + _("The minutes begin when the meeting has been held")
        self.line.setText(told + ".")
        self._show_state(card)
        fill(self.wrong, " ".join(contradictions(card)))
        points = ", ".join(still_open(card, roll_of(card)))
        fill(self.missing, _("Not recorded yet: {points}.").format(points=points) if points else "")
        self.amendments.show_rows(card.amendments, fixed=self._is_fixed())
        called = _("The meeting was called to order at {time}.").format(time=time_words(card.called_to_order))
        self.called.setText(called if card.called_to_order else _("The time of the call to order is not recorded."))
        self.roll.setText(self._roll_words(card))
        adjourned = _("The meeting was adjourned at {time}.").format(time=time_words(card.adjourned))
        self.adjourned.setText(adjourned if card.adjourned else _("The time of the adjournment is not recorded."))
        for field, words in ((self.opening, card.minutes_opening), (self.closing, card.minutes_closing)):
            field.setVisible(bool(words) or not self._is_fixed())
        self.bound.show(card)
        self._show_sections(card)

    @staticmethod
    def _roll_words(card: MeetingCard) -> str:
        parts = [roll_words(card.attendance) or _("The attendance is not recorded.")]
        came, went = _("{name} arrived at {time}."), _("{name} left at {time}.")
        for person in card.attendance:
            for words, time in ((came, person.arrived), (went, person.departed)):
                if time:
                    parts.append(words.format(name=person.person, time=time_words(time)))
        return " ".join(filter(None, (*parts, quorum_line(card))))

    def _show_state(self, card: MeetingCard) -> None:
        approved, is_draft = (card.minutes_state is one for one in (MinutesState.APPROVED, MinutesState.DRAFT))
        if approved:
            day = card.minutes_approved_on
            words = _("Approved on {day}").format(day=medium_date(day)) if day else _("Approved")
        else:
            words = _("Draft") if is_draft else word(card.minutes_state)
        refill(self._state, [chip("adopted" if approved else "draft", words)])
        self.back.setVisible(approved)
        self.amend.setVisible(approved)
        self.approve.setVisible(is_draft and self.approval.isHidden())
        self.to_room.setVisible(card.minutes_state is MinutesState.NONE)
        if not is_draft:
            self.approval.hide()

    def _show_sections(self, card: MeetingCard) -> None:
        """Fields that stay are kept, so that nobody is interrupted."""
        structure = tuple(
            (one.number, one.title, tuple(item.id for item in dealt_with(one.items))) for one in card.sections
        )
        if structure != self._structure:
            self._structure = structure
            self._rebuild(card)
        cards = {item.id: item for item in card.items()}
        for part in self.items:
            part.show_item(cards[part.item_id], is_fixed=self._is_fixed())
        tab_through(
            self.up, self.to_room, self.amend, self.back, self.approve, self.print_minutes, self.print_votes,
            self.day.entry, self.confirm, self.cancel, self.opening.field, *(part.notes.field for part in self.items),
            self.closing.field, *self.amendments.stops(),
        )  # fmt: skip

    def _rebuild(self, card: MeetingCard) -> None:
        kept = {part.item_id: part for part in self.items}
        for part in self.items:
            self._sections.removeWidget(part)
        empty(self._sections)
        self.items = []
        for section in card.sections:
            items = dealt_with(section.items)
            if not items:
                continue
            self._sections.addSpacing(gap(4))
            self._sections.addWidget(text(f"{section.number}  {section.title}".strip(), "heading", wrap=True))
            self._sections.addSpacing(gap(0.5))
            for item in items:
                part = kept.pop(item.id) if item.id in kept else self._new(item)
                self._sections.addWidget(part)
                self.items.append(part)
        let_go(kept.values(), self.items)

    def _new(self, item: AgendaItemCard) -> MinutesItem:
        part = MinutesItem(item)

        def step(_name: str) -> str:
            return _("Edit the notes of {number}").format(number=part.number.text())

        Binding(self, "agenda_item", edit_item, step, lambda: part.item_id).bind("notes", part.notes)
        return part

    def _is_fixed(self) -> bool:
        return self._card.minutes_state is MinutesState.APPROVED or self.desk.workspace.read_only

    def _lock(self) -> None:
        super()._lock()
        own = (self.amendments.day.entry, self.amendments.words.field)
        for field in self.fields():
            field.setReadOnly(self.desk.workspace.read_only if field in own else self._is_fixed())
        for verb in (self.approve, self.back, self.confirm, self.amend, self.amendments.keep):
            verb.setEnabled(not self.desk.workspace.read_only)

    def _begin_approval(self) -> None:
        """Ask for the day: that of the next meeting that has been, else today."""
        start, now = self._card.start, wall(self.desk.workspace.clock.now(), self._card.zone)
        starts = [one.start for one in self.desk.ask(meeting_rows) if one.start]
        later = [one for one in starts if start and start < one <= now]
        self._ask_again("")
        self.day.entry.release()
        self.day.show_value(min(later).date() if later else now.date())
        self.approval.show()
        self.approve.hide()  # one primary verb at a time
        self.day.entry.setFocus()
        self.day.entry.selectAll()

    def _end_approval(self) -> None:
        self.day.entry.release()
        self.approval.hide()
        self.approve.show()
        self.approve.setFocus()

    def _approve(self) -> None:
        self.day.entry.commit()
        if self.day.entry.property("wrong"):
            self.day.entry.setFocus()
            return
        day = self.day.value()
        if day is None:
            self.day.refuse(_("Say on which day the board approved them."))
            return
        wrong = " ".join(contradictions(self._card))
        if wrong != self._asked:
            self._ask_again(wrong)
            if wrong:
                return
        try:
            self.desk.type("", _("Approve the minutes"), approve_minutes, self.ident, day, today=self._today())
        except PlanStudioError as error:
            self.day.refuse(str(error))
            self.day.entry.setFocus()
        else:
            self.back.setFocus()

    def _ask_again(self, wrong: str) -> None:
        """What contradicts itself is said where the minutes are approved; a second click approves all the same."""
        self._asked = wrong
        fill(self.doubt, _("The record contradicts itself. {what}").format(what=wrong) if wrong else "")
        self.confirm.setText(_("Approve all the same") if wrong else _("Approve"))
        if wrong:
            self.confirm.setFocus()

    def _today(self) -> date:
        return wall(self.desk.workspace.clock.now(), self._card.zone).date()

    def _back_to_draft(self) -> None:
        self.desk.do(_("Minutes back to draft"), reopen_minutes, self.ident)
        self.approve.setFocus()

    def _amend(self, day: date, words: str) -> None:
        """An amendment is a step of its own, and the approved minutes stay as they are above it."""
        try:
            self.desk.type("", _("Amend the minutes"), add_amendment, self.ident, day, words, today=self._today())
        except PlanStudioError as error:
            self.amendments.refuse(error)
        else:
            self.amendments.end()
            self.amend.setFocus()
