"""The form for one progress update, and the list of those there are."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planstudio import richtext
from planstudio.domain import dates, numbers
from planstudio.domain.cards import UpdateCard
from planstudio.domain.dates import End
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Status
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.words import word
from planstudio.gui.widgets.basics import button, column, complain, complaint, empty, plain, prose, row, text, tool
from planstudio.gui.widgets.fields import ChoiceField, DateField, NumberField
from planstudio.gui.widgets.keys import Submitting
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.rich_field import RichField
from planstudio.i18n import _, medium_date, near_date


class ProgressForm(QWidget):
    """Asks for a date, a status, a percent, what was done and what comes next. Ctrl+Enter records."""

    submitted = Signal(object)  # ProgressDraft
    cancelled = Signal()
    left = Signal()  # by Esc: what has been filled in is kept for later

    def __init__(self) -> None:
        super().__init__()
        self.day = DateField(_("Date"), end=End.DAY)
        self.status = ChoiceField(_("Status"), list(Status))
        self.percent = NumberField(_("Percent complete"), placeholder=_("unchanged"))
        self.done = RichField(_("What was done"), inline=False)
        self.next = RichField(_("What comes next"), inline=False)
        self.error = complaint()
        self._start = ("", Status.NOT_STARTED, "", "", "")
        self.record = button(_("Record"), "primary", act=self.submit)
        self.cancel = button(_("Cancel"), "quiet", act=self.cancelled)
        texts = (
            column(text(field.field.accessibleName(), "caption", "muted"), field, space=0.75)
            for field in (self.done, self.next)
        )
        facts, verbs = row(self.day, self.percent, space=2), row(self.record, self.cancel, None, space=1)
        self.setLayout(column(facts, self.status, *texts, self.error, verbs, space=2, edge=(2, 1, 2, 2)))
        fields = (self.done.field, self.next.field, self.percent.entry, self.day.entry, self.status.box)
        Submitting(self.submit, self.left.emit, *fields)

    def begin(self, status: Status, today: date) -> None:
        """Start a new update from where things stand."""
        self.day.show_value(today)
        self.status.show_value(status)
        self.percent.show_value(None)
        for field in (self.done, self.next):
            field.field.release()  # also where it has the cursor
            field.show_text("")
        self.complain(None)
        self._start = self.state()

    def state(self) -> tuple[str, Status, str, str, str]:
        """What has been filled in so far, for fill_in()."""
        status = Status(self.status.value())
        return self.day.entry.text(), status, self.percent.entry.text(), self.done.field.text(), self.next.field.text()

    def is_begun(self) -> bool:
        """Whether there is something in it that would be missed."""
        return self.state() != self._start

    def fill_in(self, state: tuple[str, Status, str, str, str]) -> None:
        day, status, percent, done, after = state
        self.day.entry.setText(day)
        self.status.show_value(status)
        self.percent.entry.setText(percent)
        self.done.show_text(done)
        self.next.show_text(after)

    def submit(self) -> None:
        day = self.day.value()
        if day is None:
            words = self.day.entry.text()
            told = dates.sentence(dates.read(words), End.DAY) if words.strip() else _("An update needs its date.")
            self.complain(InvalidInput(told, field="on"))
            return
        words = self.percent.entry.text().strip()
        share = numbers.count_in(words)
        if words and share is None:
            self.complain(InvalidInput(_("Percent complete is a whole number from 0 to 100."), field="percent"))
            return
        status = Status(self.status.value())
        self.submitted.emit(ProgressDraft(day, status, share, self.done.field.text(), self.next.field.text()))

    def complain(self, error: InvalidInput | None) -> None:
        complain(self.error, str(error) if error else "")
        if error is not None:
            {"on": self.day, "percent": self.percent}.get(error.field, self.status).setFocus()


class UpdateList(QWidget):
    """The updates of an element, newest first."""

    delete_requested = Signal(str)  # the update's id

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)

    def show_updates(self, updates: tuple[UpdateCard, ...], today: date) -> None:
        empty(self._rows)
        if not updates:
            none = text(_("No update yet."), "body", "muted", wrap=True)
            self._rows.addWidget(plain(row(none, edge=(2, 0, 2, 0))))
        for update in updates:
            self._rows.addWidget(self._row(update, today))

    def _row(self, update: UpdateCard, today: date) -> QWidget:
        name = _("Delete the update of {day}").format(day=medium_date(update.on))
        away = tool("trash", tip=_("Delete this update"), tone="muted", name=name)
        away.clicked.connect(lambda: self.delete_requested.emit(update.id))
        when = text(near_date(update.on, today), "caption", "muted")
        share = f"{update.percent}%" if update.percent is not None else ""
        head = row(text(word(update.status), "strong"), 1.5, text(share, "caption", "muted"), None, when, away)
        body = column(head, space=0.5)
        for markdown, caption in ((update.done, ""), (update.next, _("Next:"))):
            if markdown:
                body.addWidget(prose(f"{caption} {richtext.plain(markdown)}".strip(), "body", "muted"))
        if update.author:
            body.addWidget(text(update.author, "caption", "muted"))
        shape = plain(column(1.75, mark(update.status.value, 3.5), None))
        return plain(row(shape, 2.5, body, edge=(2, 0, 0, 2), grow=2))
