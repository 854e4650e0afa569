"""All meetings: what is coming, what has been, and the templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Unpack

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem

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
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import font, gap
from planstudio.gui.widgets.basics import area, button, column, named, plain, quiet, row, text, tip_of, unfold_all
from planstudio.gui.widgets.fields import Captioned, Choices, LineField
from planstudio.i18n import N_, _, clock_time, near_date, ngettext
from planstudio.operations.agendas import add_standard_meeting
from planstudio.operations.meetings import add_meeting, delete_meeting
from planstudio.operations.plans import edit_organization
from planstudio.queries.meetings import district_zone, meeting_rows, posting
from planstudio.queries.plans import organization_card

IdRole = Qt.ItemDataRole.UserRole
_USUAL_HOUR = 18


@shows(page="meetings", title=N_("Meetings"))
class MeetingsPage(Page):
    watches = frozenset(("meeting", "agenda_section", "agenda_item", "organization"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.count = text("", "body", "muted")
        self.list = _List()
        self.new = button(_("New meeting"), "primary", "plus")
        self._menu = QMenu(self.new)
        self.new.setMenu(self._menu)
        self.rule = Choices()
        self.rule.setEditable(True)
        self.rule.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.rule.setMinimumWidth(gap(56))
        for key, state in states().items():
            words = _("{name}: {notice}").format(name=state["name"], notice=parse_notice(state["regular"]))
            self.rule.addItem(words, key)
        self.rule_field = Captioned(_("Agendas are posted by the rule of"), self.rule)
        self.closed = LineField(_("Offices are closed also on"), placeholder=_("2026-11-27, 2026-12-24"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        calendar = button(_("Monitoring calendar"), "quiet", "calendar")
        calendar.clicked.connect(lambda: self.go_requested.emit(at_page("monitoring")))
        begin = button(_("Start with a regular meeting"), "primary", "plus", act=lambda: self._add(MeetingKind.REGULAR))
        words = _("An agenda, the papers that ten people hand in, and the packet made of them.")
        self._empty = plain(column(text(_("No meetings yet"), "title"), 1, quiet(words), 3, row(begin, None)))
        head = row(text(_("Meetings"), "display"), 2, self.count, None, calendar, 2, self.new)
        foot = row(self.rule_field, self.closed, space=3, grow=1)
        box = column(head, 4, self._empty, self.list, 4, foot, edge=(8, 6, 8, 5), grow=3)
        self.set_body(area("page", box))

    def _connect(self) -> None:
        self._menu.aboutToShow.connect(self._fill_menu)
        self.list.opened.connect(lambda ident: self.go_requested.emit(Place("meeting", ident)))
        self.list.delete_requested.connect(self._delete)
        self.rule.activated.connect(lambda _n: self._put_rule())
        line = self.rule.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._put_rule)
        line.setPlaceholderText(_("a state, or: 72 hours, 3 business days"))
        self.closed.edited.connect(self._put_closed)

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
        rule, closed = self.desk.ask(posting)
        self._rule = rule
        at = self.rule.findData(rule.casefold())
        typing = self.rule.lineEdit().hasFocus()  # type: ignore[union-attr]
        if not typing and self.rule_field.error.isHidden():
            self.rule.setCurrentIndex(at)
            if at < 0:
                self.rule.setEditText(rule)
        note = state_note(rule)
        self.rule.setToolTip(tip_of(note) if note else "")
        self.closed.show_value(", ".join(closed.split("\n")))

    def _put_rule(self) -> None:
        words = self.rule.currentText().strip()
        at = self.rule.findText(words)
        rule = str(self.rule.itemData(at)) if at >= 0 else words
        if rule == self._rule:
            self.rule_field.complain("")
            return
        self._put_posting(self.rule_field.complain, posting_rule=rule)

    def _put_closed(self, words: str) -> None:
        parts = [part for part in re.split(r"[;\n]|,(?!\s*\d{4}\b)", words) if part.strip()]
        try:
            days = "\n".join(day_of(part, End.DAY, "closed_days").isoformat() for part in parts)
        except InvalidInput as error:
            self.closed.refuse(str(error))
            return
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
        for one in self._rows:
            if one.state is MeetingState.TEMPLATE:
                self._entry(_("From the template “{name}”").format(name=one.name), one.id, one.kind)
        former = [one for one in self._rows if one.state is not MeetingState.TEMPLATE and one.start][:3]
        for one in former:
            assert one.start is not None
            when = near_date(one.start.date(), self.desk.workspace.clock.today())
            self._entry(_("Like {name} of {when}").format(name=one.name, when=when), one.id, one.kind)
        if not self._menu.isEmpty():
            self._menu.addSeparator()
        for kind in MeetingKind:
            self._menu.addAction(word(kind)).triggered.connect(lambda _on=False, kind=kind: self._add(kind))

    def _entry(self, words: str, like: str, kind: MeetingKind) -> None:
        self._menu.addAction(named(words)).triggered.connect(lambda: self._add(kind, like))

    def _add(self, kind: MeetingKind, like: str | None = None) -> None:
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
        start = former or (now + timedelta(weeks=2)).replace(hour=_USUAL_HOUR, minute=30)
        while start <= now or start == former:
            start += timedelta(weeks=4)
        return start

    def _delete(self, ident: str) -> None:
        one = next(one for one in self._rows if one.id == ident)
        self.remove(one.name, delete_meeting, ident)


class _List(QTreeWidget):
    opened = Signal(str)
    delete_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(4)
        self.setHeaderLabels([_("Meeting"), _("When"), _("Standing"), _("Items")])
        self.setAccessibleName(_("Meetings"))
        self.setRootIsDecorated(False)
        self.setIndentation(gap(3))
        self.setUniformRowHeights(True)
        head = self.header()
        head.setStretchLastSection(False)
        self.headerItem().setTextAlignment(3, Qt.AlignmentFlag.AlignRight)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for n in (1, 2, 3):
            head.setSectionResizeMode(n, QHeaderView.ResizeMode.ResizeToContents)
        self.itemActivated.connect(self._open)
        self.itemClicked.connect(self._open)
        self.setStyleSheet(f"QTreeView::item {{ height: {gap(9)}px; }}")

    def show_rows(self, rows: Sequence[MeetingRow], now: datetime) -> None:
        self.clear()
        groups: dict[str, list[MeetingRow]] = {_("Coming"): [], _("Past"): [], _("Templates"): []}
        for one in rows:
            if one.state is MeetingState.TEMPLATE:
                groups[_("Templates")].append(one)
            elif one.start is None or one.start.date() >= now.date():
                groups[_("Coming")].insert(0, one)
            else:
                groups[_("Past")].append(one)
        for name, members in groups.items():
            if not members:
                continue
            head = QTreeWidgetItem([name])
            head.setFont(0, font("strong"))
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.addTopLevelItem(head)
            for one in members:
                head.addChild(_line(one, now))
        unfold_all(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        ident = item.data(0, IdRole) if item is not None else None
        if event.key() == Qt.Key.Key_Delete and ident:
            self.delete_requested.emit(ident)
        else:
            super().keyPressEvent(event)

    def _open(self, item: QTreeWidgetItem) -> None:
        if item.data(0, IdRole):
            self.opened.emit(item.data(0, IdRole))


def _line(one: MeetingRow, now: datetime) -> QTreeWidgetItem:
    when = f"{near_date(one.start.date(), now.date())}, {clock_time(one.start)}" if one.start else ""
    if one.state is not MeetingState.TEMPLATE and one.start is None:
        when = _("no date yet")
    standing = word(one.minutes_state) if one.state is MeetingState.HELD else word(one.state)
    if one.posted_at is not None and not posting_stands(one) and one.state is not MeetingState.HELD:
        standing = _("To be posted anew")
    elif late := late_words(one):
        standing = f"{standing}. {late}"
    item = QTreeWidgetItem([one.name, when, "" if one.state is MeetingState.TEMPLATE else standing, str(one.items)])
    item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight)
    item.setData(0, IdRole, one.id)
    return item
