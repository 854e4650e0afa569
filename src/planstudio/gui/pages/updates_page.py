"""My updates: everything that waits for one on a single sheet, gone through by keyboard alone."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QListWidgetItem

from planstudio.domain.due import DueUpdate, due_updates, mine, name_of
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Status
from planstudio.domain.places import Place
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.pages.detail_progress import record
from planstudio.gui.pages.page import Page, refill
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import (
    area,
    button,
    column,
    empty_state,
    listed,
    plain,
    prose,
    quiet,
    row,
    scrolled,
    text,
    tip_of,
)
from planstudio.gui.widgets.fields import Captioned, Choices
from planstudio.gui.widgets.marks import chip
from planstudio.gui.widgets.progress_form import ProgressForm
from planstudio.i18n import N_, _, medium_date, near_date, ngettext
from planstudio.queries.goals import goals_of_plan
from planstudio.queries.plans import current_plan, people
from planstudio.richtext import plain as plain_text

DueRole = Qt.ItemDataRole.UserRole
_EVERYBODY, _NOBODY, _DEPARTMENT = "all", "none", "department:"
_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7)


@shows(page="updates", title=N_("My updates"))
class UpdatesPage(Page):
    watches = ("goal", "strategy", "progress_update", "person", "plan")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.count = quiet("")
        self.whose = Choices(_("Whose updates"))
        self.list = listed(_("Waiting for an update, overdue first"))
        self.list.setSpacing(gap(0.5))
        self.number, self.name = text("", "strong", "accent"), text("", "display", wrap=True)
        self.last = prose("", "body", "muted")
        self.look = button(_("Open its page"), "quiet", act=self._open)
        self.form = ProgressForm()
        self.form.cancel.setText(_("Skip"))
        self.form.cancel.setAccessibleName(_("Skip this one"))
        self._chip = row()
        self._done = 0
        self._at: DueUpdate | None = None
        self._lay_out()
        self.whose.activated.connect(lambda _n: self._fill())
        self.list.currentItemChanged.connect(lambda item, _before: self._show_item(item))
        self.list.itemActivated.connect(lambda _item: self.form.status.box.setFocus())
        form = self.form
        form.submitted.connect(self._record)
        form.cancelled.connect(self._skip)
        form.left.connect(self._skip)
        fields = (form.done.field, form.next.field, form.percent.entry, form.day.entry, form.status.box)
        for one in (*fields, self.list, self):
            one.installEventFilter(self)

    def _lay_out(self) -> None:
        keys = quiet(_("Alt+1 to Alt+7 choose the status, Ctrl+Enter records and goes on, Esc skips."), "caption")
        head, whose = text(_("My updates"), "display"), Captioned(_("Whose"), self.whose)
        left = area("side", column(head, self.count, 2, whose, 2, self.list, edge=(4, 5, 4, 4), grow=5))
        left.setFixedWidth(gap(88))
        above = column(row(self.number, 2, self._chip, None, self.look), self.name, 1, self.last, edge=(2, 0, 2, 0))
        self._sheet = plain(column(above, 2, self.form, 1, row(keys, edge=(2, 0, 2, 0)), space=0.5))
        hint = _("What is due in the next two weeks comes here by itself.")
        self._nothing = empty_state(_("Nothing waits for an update"), hint)
        body = row(left, scrolled(column(self._sheet, self._nothing, None, edge=(6, 5, 6, 5)), widest=gap(170)), grow=1)
        self.set_body(area("page", body))

    def refresh(self) -> None:
        kept = self.whose.currentData()
        me = self.desk.workspace.author
        self.whose.clear()
        names = [person.name for person in self.desk.ask(people)]
        if me in names:
            self.whose.addItem(_("Mine ({name})").format(name=me), me)
        self.whose.addItem(_("Everybody’s"), _EVERYBODY)
        for name in names:
            if name != me:
                self.whose.addItem(name, name)
        goals = self.desk.ask(goals_of_plan, self.desk.plan_id, whole=False)
        for department in sorted({one.department for goal in goals for one in goal.strategies if one.department}):
            self.whose.addItem(department, _DEPARTMENT + department)
        self.whose.addItem(_("Without an owner"), _NOBODY)
        self.whose.setCurrentIndex(max(0, self.whose.findData(kept)))
        self._fill()

    def begin(self) -> None:
        self._done = 0
        self._fill()
        self.list.setCurrentRow(0)
        (self.form.status.box if self._at else self.whose).setFocus()

    def _due(self) -> tuple[DueUpdate, ...]:
        today = self.desk.workspace.clock.today()
        if self.desk.plan_id != self.desk.ask(current_plan):
            return ()  # nothing is due of a draft beside the plan in force
        due = due_updates(self.desk.ask(goals_of_plan, self.desk.plan_id, whole=False), today)
        whose = self.whose.currentData()
        if whose in (None, _EVERYBODY):
            return due
        if whose == _NOBODY:
            return tuple(one for one in due if not one.card.owner and not one.department)
        if whose.startswith(_DEPARTMENT):
            return tuple(one for one in due if one.department == whose.removeprefix(_DEPARTMENT))
        return mine(due, whose)

    def _fill(self) -> None:
        today = self.desk.workspace.clock.today()
        due, at = self._due(), self.list.currentRow()
        kept = self._at.card.id if self._at else ""
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in due:
                when = _("overdue since {day}") if one.late(today) else _("due {day}")
                item = QListWidgetItem(f"{one.number}  {one.name}\n{when.format(day=medium_date(one.on))}")
                item.setData(DueRole, one)
                item.setToolTip(tip_of(one.name))
                self.list.addItem(item)
            otherwise = min(max(at, 0), len(due) - 1)
            self.list.setCurrentRow(next((n for n, one in enumerate(due) if one.card.id == kept), otherwise))
        late = sum(one.late(today) for one in due)
        told = [ngettext("{n} waits", "{n} wait", len(due)).format(n=len(due))]
        if late:
            told.append(ngettext("{n} overdue", "{n} overdue", late).format(n=late))
        if self._done:
            told.append(ngettext("{n} done now", "{n} done now", self._done).format(n=self._done))
        self.count.setText(", ".join(told) + ".")
        self._show_item(self.list.currentItem())

    def _show_item(self, item: QListWidgetItem | None) -> None:
        one: DueUpdate | None = item.data(DueRole) if item is not None else None
        if one is not None and self._at is not None and one.card.id == self._at.card.id:
            self._at = one
            return
        self.put_away()
        self._at = one
        self._sheet.setVisible(one is not None)
        self._nothing.setVisible(one is None)
        if one is None:
            return
        card, today = one.card, self.desk.workspace.clock.today()
        self.number.setText(name_of(one))
        self.name.setText(one.name)
        refill(self._chip, [chip(card.status.value)])
        words = _last_words(one, today)
        self.last.setText(prose(words).text())
        self.last.setAccessibleName(words)
        self.form.begin(card.status, today)
        if (draft := self.desk.unrecorded.updates.pop(Place(one.table, card.id), None)) is not None:
            self.form.fill_in(draft)

    def put_away(self) -> None:
        if self._at is not None and self.form.is_begun():
            self.desk.unrecorded.updates[Place(self._at.table, self._at.card.id)] = self.form.state()
        self._at = None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.put_away()
        self.stale = True

    def _record(self, draft: ProgressDraft) -> None:
        one = self._at
        if one is None:
            return
        place = Place(one.table, one.card.id)
        refused = record(self.desk, draft, place)
        if refused is not None:
            self.form.complain(refused if isinstance(refused, InvalidInput) else None)
            return
        self.desk.unrecorded.updates.pop(place, None)  # put away when the next was shown
        self._done += 1
        self._fill()
        (self.form.status.box if self._at else self.whose).setFocus()

    def _skip(self) -> None:
        self.list.setCurrentRow((self.list.currentRow() + 1) % max(1, self.list.count()))
        self.form.status.box.setFocus()

    def _open(self) -> None:
        if self._at is not None:
            self.go_requested.emit(Place(self._at.table, self._at.card.id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if alt and event.key() in _KEYS:
                self.form.status.show_value(list(Status)[_KEYS.index(Qt.Key(event.key()))])
                return True
            if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                at = self.list.currentRow() + (1 if event.key() == Qt.Key.Key_Down else -1)
                self.list.setCurrentRow(max(0, min(at, self.list.count() - 1)))
                return True
        return super().eventFilter(watched, event)


def _last_words(one: DueUpdate, today: date) -> str:
    if not one.card.updates:
        return _("No update yet. Owner: {name}.").format(name=one.card.owner or _("nobody"))
    newest = one.card.updates[0]
    share = f", {newest.percent}%" if newest.percent is not None else ""
    head = _("{day}, {author}: {status}{share}.").format(
        day=near_date(newest.on, today), author=newest.author or _("somebody"), status=word(newest.status).lower(),
        share=share,
    )  # fmt: skip
    after = plain_text(newest.next)
    words = (head, plain_text(newest.done), _("Next: {words}").format(words=after) if after else "")
    return " ".join(filter(None, words))
