"""All meetings: what is coming, what has been, and the templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Unpack

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMenu, QTreeWidgetItem

from planstudio.domain.agenda import MeetingRow
from planstudio.domain.dates import End, day_of
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.domain.kinds import MeetingKind, MeetingState
from planstudio.domain.nouns.district import OrganizationFields
from planstudio.domain.places import Place, at_page
from planstudio.domain.posting import late_words, parse_notice, posting_stands, state_note, states
from planstudio.domain.words import word
from planstudio.domain.zones import wall
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page
from planstudio.gui.pages.place_tree import PlaceRole, PlaceTree
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, named, plain, quiet, row, text, tip_of, unfold_all
from planstudio.gui.widgets.fields import Captioned, Choices, LineField
from planstudio.i18n import N_, _, clock_time, near_date, ngettext
from planstudio.operations.agendas import add_standard_meeting
from planstudio.operations.meetings import add_meeting, delete_meeting
from planstudio.operations.plans import edit_organization
from planstudio.queries.meetings import district_zone, meeting_rows, posting
from planstudio.queries.plans import organization_card


@shows(page="meetings", title=N_("Meetings"))
class MeetingsPage(Page):
    watches = ("meeting", "agenda_section", "agenda_item", "organization")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.count = text("", "body", "muted")
        self.list = _List()
        self.list.opened.connect(self.go_requested)
        self.list.delete_requested.connect(self._delete)
        self.new = button(_("New meeting"), "primary", "plus")
        self._menu = QMenu(self.new)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.new.setMenu(self._menu)
        self.rule = Choices()
        self.rule.setEditable(True)
        self.rule.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.rule.setMinimumWidth(gap(56))
        for key, state in states().items():
            words = _("{name}: {notice}").format(name=state["name"], notice=parse_notice(state["regular"]))
            self.rule.addItem(words, key)
        self.rule.activated.connect(lambda _n: self._put_rule())
        line = self.rule.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._put_rule)
        line.setPlaceholderText(_("a state, or: 72 hours, 3 business days"))
        self.rule_field = Captioned(_("Agendas are posted by the rule of"), self.rule)
        self.closed = LineField(_("Offices are closed also on"), placeholder=_("2026-11-27, 2026-12-24"))
        self.closed.edited.connect(self._put_closed)
        self._lay_out()

    def _lay_out(self) -> None:
        calendar = button(_("Monitoring calendar"), "quiet", "calendar")
        calendar.clicked.connect(lambda: self.go_requested.emit(at_page("monitoring")))
        begin = button(_("Start with a regular meeting"), "primary", "plus", act=lambda: self._add(MeetingKind.REGULAR))
        words = _("An agenda, the papers that ten people hand in, and the packet made of them.")
        self._empty = plain(column(text(_("No meetings yet"), "title"), 1, quiet(words), 3, row(begin, None)))
        head = row(text(_("Meetings"), "display"), 2, self.count, None, calendar, 2, self.new)
        foot = row(self.rule_field, self.closed, space=3, grow=1)
        self.set_body(area("page", column(head, 4, self._empty, self.list, 4, foot, edge=(8, 6, 8, 5), grow=3)))

    def refresh(self) -> None:
        self._rows = self.desk.ask(meeting_rows)
        now = wall(self.desk.workspace.clock.now(), self.desk.ask(district_zone))
        real = [one for one in self._rows if one.state is not MeetingState.TEMPLATE]
        self.count.setText(ngettext("{n} meeting", "{n} meetings", len(real)).format(n=len(real)) if real else "")
        self._empty.setVisible(not self._rows)
        self.list.setVisible(bool(self._rows))
        self.list.show_rows(self._rows, now)
        self._show_posting()
        self.new.setEnabled(not self.desk.workspace.read_only)

    def _show_posting(self) -> None:
        self._rule, closed = self.desk.ask(posting)
        typing = self.rule.lineEdit().hasFocus()  # type: ignore[union-attr]
        if not typing and self.rule_field.error.isHidden():
            at = self.rule.findData(self._rule.casefold())
            self.rule.setCurrentIndex(at)
            if at < 0:
                self.rule.setEditText(self._rule)
        note = state_note(self._rule)
        self.rule.setToolTip(tip_of(note) if note else "")
        self.closed.show_value(", ".join(closed.split("\n")))

    def _put_rule(self) -> None:
        words = self.rule.currentText().strip()
        at = self.rule.findText(words)
        rule = str(self.rule.itemData(at)) if at >= 0 else words
        if rule == self._rule:
            self.rule_field.complain("")
        else:
            self._put_posting(self.rule_field.complain, posting_rule=rule)

    def _put_closed(self, words: str) -> None:
        parts = [part for part in re.split(r"[;\n]|,(?!\s*\d{4}\b)", words) if part.strip()]
        try:
            days = "\n".join(day_of(part, End.DAY, "closed_days").isoformat() for part in parts)
        except InvalidInput as error:
            self.closed.refuse(str(error))
        else:
            self._put_posting(self.closed.refuse, closed_days=days)

    def _put_posting(self, complain: Callable[[str], None], **values: Unpack[OrganizationFields]) -> None:
        district = self.desk.ask(organization_card)
        try:
            self.desk.type("posting", _("Change the posting rule"), edit_organization, district.id, **values)
        except PlanStudioError as error:
            complain(str(error))
        else:
            if "posting_rule" in values:
                self.rule_field.complain("")
            self._show_posting()

    def _fill_menu(self) -> None:
        self._menu.clear()
        today, entries, former = self.desk.workspace.clock.today(), [], []
        for one in self._rows:
            if one.state is MeetingState.TEMPLATE:
                entries.append((one, _("From the template “{name}”").format(name=one.name)))
            elif one.start:
                when = near_date(one.start.date(), today)
                former.append((one, _("Like {name} of {when}").format(name=one.name, when=when)))
        for one, words in entries + former[:3]:
            self._menu.addAction(named(words)).triggered.connect(lambda _on=False, one=one: self._add(one.kind, one.id))
        if not self._menu.isEmpty():
            self._menu.addSeparator()
        for kind in MeetingKind:
            self._menu.addAction(word(kind)).triggered.connect(lambda _on=False, kind=kind: self._add(kind))

    def _add(self, kind: MeetingKind, like: str = "") -> None:
        """A meeting with the agenda of another, or with the usual order of business of its kind."""
        label = _("Add a {kind}").format(kind=word(kind).lower())
        start = self._next_start(kind)
        if like:
            done = self.desk.do(label, add_meeting, kind=kind, start=start, like=like)
        else:
            done = self.desk.do(label, add_standard_meeting, kind, start)
        if done:
            self.go_requested.emit(Place("meeting", done.answer))

    def _next_start(self, kind: MeetingKind) -> datetime:
        """Four weeks after the newest meeting of the kind, at its hour; else in two weeks in the evening."""
        now = wall(self.desk.workspace.clock.now(), self.desk.ask(district_zone))
        now = now.replace(minute=0, second=0, microsecond=0)
        former = max((one.start for one in self._rows if one.kind is kind and one.start), default=None)
        start = former or (now + timedelta(weeks=2)).replace(hour=18, minute=30)
        while start <= now or start == former:
            start += timedelta(weeks=4)
        return start

    def _delete(self, place: Place) -> None:
        self.remove(next(one.name for one in self._rows if one.id == place.ident), delete_meeting, place.ident)


class _List(PlaceTree):
    def __init__(self) -> None:
        super().__init__(_("Meetings"), [_("Meeting"), _("When"), _("Standing"), _("Items")], (None, None, None), 9)
        self.headerItem().setTextAlignment(3, Qt.AlignmentFlag.AlignRight)

    def show_rows(self, rows: Sequence[MeetingRow], now: datetime) -> None:
        self.clear()
        coming, past, templates = _("Coming"), _("Past"), _("Templates")
        groups: dict[str, list[MeetingRow]] = {coming: [], past: [], templates: []}
        for one in rows:
            if one.state is MeetingState.TEMPLATE:
                groups[templates].append(one)
            elif one.start is None or one.start.date() >= now.date():
                groups[coming].insert(0, one)
            else:
                groups[past].append(one)
        for name, members in groups.items():
            if members:
                head = self.add_head(name)
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
                head.addChildren([_line(one, now) for one in members])
        unfold_all(self)


def _line(one: MeetingRow, now: datetime) -> QTreeWidgetItem:
    template, held = one.state is MeetingState.TEMPLATE, one.state is MeetingState.HELD
    when = "" if template else _("no date yet")
    if one.start:
        when = f"{near_date(one.start.date(), now.date())}, {clock_time(one.start)}"
    standing = word(one.minutes_state if held else one.state)
    if one.posted_at is not None and not posting_stands(one) and not held:
        standing = _("To be posted anew")
    elif late := late_words(one):
        standing = f"{standing}. {late}"
    item = QTreeWidgetItem([one.name, when, "" if template else standing, str(one.items)])
    item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight)
    item.setData(0, PlaceRole, Place("meeting", one.id))
    return item
