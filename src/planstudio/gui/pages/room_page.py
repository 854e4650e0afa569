"""In the room: who is there, when each item begins and ends, what is moved and how each member votes."""

from __future__ import annotations

from functools import partial
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QStackedWidget

from planstudio.domain.agenda import AgendaItemCard
from planstudio.domain.errors import PlanStudioError, UnknownPerson
from planstudio.domain.kinds import Choice, MeetingState, MinutesState, PersonRole, Presence
from planstudio.domain.nouns.fields import only
from planstudio.domain.nouns.meetings import AttendanceFields, MeetingFields
from planstudio.domain.places import Place, at_page
from planstudio.domain.room import (
    carrier,
    consent_group,
    contradictions,
    is_running,
    opened,
    quorum_words,
    roll_of,
    still_open,
    unanimous,
    unheard_words,
)
from planstudio.domain.texts import name_of
from planstudio.domain.voting import present
from planstudio.domain.zones import wall
from planstudio.gui.desk import Desk
from planstudio.gui.focus import tab_through
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page, lead_to_agenda, refill
from planstudio.gui.pages.registry import shows
from planstudio.gui.pages.room_item import RoomItem
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, dress, fill, plain, quiet, row, rule, scrolled, text
from planstudio.gui.widgets.marks import chip
from planstudio.gui.widgets.motion_form import MotionForm
from planstudio.gui.widgets.roll_rows import RollPane
from planstudio.gui.widgets.room_list import ROLL, RollHead, RoomList
from planstudio.gui.widgets.time_field import TimeField
from planstudio.i18n import _
from planstudio.operations.meetings import (
    MotionDraft,
    add_motion,
    delete_motion,
    edit_item,
    edit_meeting,
    edit_motion,
    hold_meeting,
    pull_item,
    record_attendance,
    record_votes,
    reopen_meeting,
)
from planstudio.operations.room import begin_item, call_everyone_present, end_item
from planstudio.queries.meetings import meeting_card

NARROW = 150  # gaps of width below which the agenda stands above the item


@shows("meeting_room")
class RoomPage(Page):
    """For use during the meeting; *ident* is the meeting's."""

    under = at_page("meetings")
    watches = ("meeting", "agenda_section", "agenda_item", "agenda_link", "attendance", "motion", "vote", "person")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chosen = ROLL
        self.up = button("", "quiet", act=lambda: self.go_requested.emit(Place("meeting", self.ident)))
        self.bound = Binding(self, "meeting", edit_meeting, self._time_label)
        bind = self.bound.bind
        self.times = {
            "called_to_order": bind("called_to_order", TimeField(_("Called to order"), now=True)),
            "adjourned": bind("adjourned", TimeField(_("Adjourned"), now=True)),
        }
        self.quorum, self.alarm = quiet(""), quiet("", tone="red")
        self.held = button(_("The meeting has been held"), act=self._hold)
        self.reopen = button(_("Reopen the agenda"), "quiet")
        self.minutes = button(_("Write the minutes"), "primary")
        self.list = RoomList()
        self.roll = RollPane()
        self.item = RoomItem()
        self.item_bound = Binding(self, "agenda_item", edit_item, self._item_step, lambda: self.chosen)
        for name, field in self.item.times.items():
            self.item_bound.bind(name, field)
        self.item_bound.bind("notes", self.item.notes)
        self._motions = WeakKeyDictionary[MotionForm, Binding]()
        self.panes = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._state = row()
        verbs = plain(row(None, self.reopen, self.held, self.minutes, space=1))
        self._head = row(plain(row(text(_("In the room"), "display"), 3, plain(self._state), None)), verbs)
        times = row(*self.times.values(), None, space=3)
        top = column(
            row(self.up, None, edge=(1.5, 0, 0, 0)),
            column(self._head, 0.5, self.quorum, self.alarm, 3, times, 3, rule(), edge=(3, 0, 3, 0)),
        )
        for part in (self.roll, self.item):
            self.panes.addWidget(scrolled(column(part, edge=(2, 3, 2, 5))))
        self.list.setMinimumWidth(gap(60))
        self._body = QHBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.addWidget(self.list, 2)
        self._body.addWidget(self.panes, 3)
        self.set_body(scrolled(column(top, 1, self._body, edge=(5, 4, 3, 0), grow=2)))

    def _connect(self) -> None:
        self.minutes.clicked.connect(lambda: self.go_requested.emit(Place("minutes", self.ident)))
        self.roll.name_members.clicked.connect(lambda: self.go_requested.emit(at_page("district")))
        for name, field in self.times.items():
            field.now_asked.connect(partial(self._set_now, name))
        self.reopen.clicked.connect(lambda: self.desk.do(_("Reopen the agenda"), reopen_meeting, self.ident))
        self.list.chosen.connect(self.choose)
        self.list.opened.connect(self._enter_pane)
        self.roll.everyone.clicked.connect(self._call_everyone)
        self.roll.rows.recorded.connect(self._record_attendance)
        self.roll.rows.timed.connect(self._time_attendance)
        self.item.clock_asked.connect(self._clock)
        self.item.pull_asked.connect(self._pull)
        self.item.carrier_asked.connect(self._go_to_carrier)
        self.item.add_motion_asked.connect(self._add_motion)
        self.item.motion_made.connect(self._connect_motion)

    def _connect_motion(self, form: MotionForm) -> None:
        bound = Binding(self, "motion", edit_motion, self._motion_step, lambda: form.card.id, self._members)
        for name, field in form.fields.items():
            bound.bind(name, field, refused=partial(self._ask_who, form, name))
        self._motions[form] = bound
        form.person_asked.connect(partial(self._add_person, form))
        form.voted.connect(lambda person, choice: self._vote(form, {person: choice}))
        form.all_yes_asked.connect(lambda: self._vote(form, unanimous(self._roll, self._item(), opened(self._card))))
        form.delete_asked.connect(lambda: self._delete_motion(form))

    def open(self, ident: str) -> None:
        """Show a meeting: where it stands, else its roll."""
        if ident != self.ident:
            items = self.desk.ask(meeting_card, ident).items()
            self.chosen = next((item.id for item in items if is_running(item)), ROLL)
        super().open(ident)

    def begin(self) -> None:
        self.list.setFocus()

    def refresh(self) -> None:
        card = self._card = self.desk.ask(meeting_card, self.ident)
        self._roll = roll_of(card)
        lead_to_agenda(self.up, card, wall(self.desk.workspace.clock.now(), card.zone).date())
        self.bound.show(card)
        words = quorum_words(self._roll, card.rules) if self._roll else ""
        if self.chosen != ROLL and self.chosen not in {item.id for item in card.items()}:
            self.release(self._scroll())
            self.chosen = ROLL
        self._show_state(words)
        seats = card.rules.seats
        count = _("{here} of {seats}").format(here=present(self._roll), seats=seats) if seats else ""
        self.list.show_meeting(card, RollHead(count, words), self.chosen)
        self._show_pane()

    def _show_state(self, words: str) -> None:
        held = self._card.state is MeetingState.HELD
        missing = still_open(self._card, self._roll)
        refill(self._state, [chip("completed", _("Held"))] if held else [])
        self.reopen.setVisible(held)
        self.minutes.setVisible(held)
        self.held.setVisible(not held)
        points = _("Not recorded yet: {points}.").format(points=", ".join(missing)) if missing else ""
        told = f"{words}." if any(one.presence for one in self._roll) else ""
        fill(self.alarm, " ".join(contradictions(self._card)))
        approved = self._card.minutes_state is MinutesState.APPROVED
        fixed = _("The board has approved the minutes: what stands here is fixed.") if approved else ""
        self.quorum.setText("  ".join(filter(None, (told, points, fixed))))
        dress(self.held, "kind", "plain" if missing else "primary")  # the one thing left to do

    def _show_pane(self) -> None:
        if self.chosen == ROLL:
            self.roll.show_roll(self._roll)
        else:
            item = self._item()
            members = [(one.person_id, one.person) for one in self._roll if one.member]
            known = any(one.came for one in self._roll)
            missing = {motion.id: unheard_words(self._card, item, motion) for motion in item.motions}
            group = consent_group(self._card, item)
            self.item_bound.show(item)
            self.item.show_item(item, group, members, can_count=known, missing=missing)
            for form in self.item.motions:
                self._motions[form].show(form.card)
        self.panes.setCurrentIndex(0 if self.chosen == ROLL else 1)
        times = (stop for field in self.times.values() for stop in (field.entry, field.now))
        parts = (self.up, self.reopen, self.held, self.minutes, *times, self.list)
        tab_through(*parts, *self.roll.stops(), *self.item.stops())

    def _lock(self) -> None:
        super()._lock()
        free = not self.desk.workspace.read_only
        verbs = [self.held, self.reopen, *(field.now for field in self.times.values())]
        for verb in (*verbs, *self.roll.verbs(), *self.item.verbs()):
            verb.setEnabled(free and verb.isEnabled())

    def choose(self, ident: str) -> None:
        """Show a row of the agenda, unless words on the present one were refused."""
        if ident == self.chosen:
            return
        if not self.store_typed(self._scroll()):
            QTimer.singleShot(0, self, lambda: self.list.go(self.chosen))  # when the list has finished its own move
            return
        self.release(self._scroll())
        self.chosen = ident
        self.list.go(ident)
        self._show_pane()
        self._lock()
        self._scroll().verticalScrollBar().setValue(0)

    def _go_to_carrier(self) -> None:
        self.list.setFocus()
        self.choose(carrier(consent_group(self._card, self._item())).id)

    def _scroll(self) -> QScrollArea:
        shown = self.panes.currentWidget()
        assert isinstance(shown, QScrollArea)
        return shown

    def _enter_pane(self) -> None:
        stops = self.roll.stops() if self.chosen == ROLL else self.item.stops()
        first = next((one for one in stops if one.isVisible() and one.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _item(self) -> AgendaItemCard:
        return next(item for item in self._card.items() if item.id == self.chosen)

    def _now(self) -> str:
        return f"{wall(self.desk.workspace.clock.now(), self._card.zone):%H:%M}"

    def _set_now(self, name: str) -> None:
        self.times[name].entry.release()
        self.desk.do(self._time_label(name), edit_meeting, self.ident, **only(MeetingFields, name, self._now()))

    @staticmethod
    def _time_label(name: str) -> str:
        return _("Record the call to order") if name == "called_to_order" else _("Record the adjournment")

    def _call_everyone(self) -> None:
        people = [one.person_id for one in self._roll if one.member]
        self.desk.do(_("Everyone is here"), call_everyone_present, self.ident, people)

    def _record_attendance(self, person_id: str, presence: Presence | None) -> None:
        self.desk.do(_("Record the attendance"), record_attendance, self.ident, person_id, presence)

    def _time_attendance(self, person_id: str, name: str, time: str) -> None:
        line = self.roll.rows.line_of(person_id)
        label = _("Record when {name} came or left").format(name=line.card.person)
        key, presence = f"{self.ident}:{person_id}:{name}", line.card.presence
        times = only(AttendanceFields, name, time)
        try:
            self.desk.type(key, label, record_attendance, self.ident, person_id, presence, **times)
        except PlanStudioError as error:
            line.times[name].refuse(str(error))

    def _clock(self, begin: bool) -> None:
        for field in self.item.times.values():
            field.entry.release()
        label, operation = (_("Begin {number}"), begin_item) if begin else (_("End {number}"), end_item)
        self.desk.do(label.format(number=self._item().number), operation, self.chosen, self._now())

    def _item_step(self, name: str) -> str:
        words = _("Edit the notes of {number}") if name == "notes" else _("Record the time of {number}")
        return words.format(number=self._item().number)

    def _pull(self) -> None:
        item = self._item()
        label = _("Put {number} back into consent") if item.pulled else _("Take {number} out of consent")
        self.desk.do(label.format(number=item.number), pull_item, item.id, not item.pulled)

    def _add_motion(self) -> None:
        item = self._item()
        if done := self.desk.do(_("Add a motion to {number}").format(number=item.number), add_motion, item.id):
            self.refresh()
            new = next(one for one in self.item.motions if one.card.id == done.answer)
            (new.mover if new.card.text else new.text).setFocus()

    @staticmethod
    def _motion_step(name: str) -> str:
        named = {"result": _("Record the result"), "majority": _("Say what the motion needs")}
        return named.get(name, _("Edit a motion"))

    def _members(self) -> list[str]:
        return [one.person for one in self._roll if one.member]

    @staticmethod
    def _ask_who(form: MotionForm, field: str, name: str, error: PlanStudioError) -> None:
        if isinstance(error, UnknownPerson):
            form.ask_about(field, name)

    def _add_person(self, form: MotionForm, name: str, who: str, role: PersonRole) -> None:
        """Whoever moved or seconded and was not known is a person of the plan from now on."""
        field = form.mover if name == "mover_id" else form.seconder
        names = only(MotionDraft, name.removesuffix("_id"), who)
        if self.desk.do(_("Add {name}").format(name=who), edit_motion, form.card.id, add_as=role, **names):
            field.entry.setModified(False)
            field.entry.complain("")
            field.show_value(who)
            field.setFocus()

    def _delete_motion(self, form: MotionForm) -> None:
        self.item.add.setFocus()
        self.remove(name_of("", form.card.text, _("Motion"), 40), delete_motion, form.card.id)

    def _vote(self, form: MotionForm, choices: dict[str, Choice | None]) -> None:
        self.desk.do(_("Record the vote"), record_votes, form.card.id, choices)

    def _hold(self) -> None:
        now = self.desk.workspace.clock.now().isoformat()
        self.desk.do(_("The meeting has been held"), hold_meeting, self.ident, now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < gap(NARROW)
        for box in (self._body, self._head):
            box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.list.setMinimumHeight(gap(40))
        self.panes.setMinimumHeight(gap(90 if narrow else 40))
