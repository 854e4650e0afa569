"""What was reported in a month of the monitoring calendar, edited below it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.dates import End
from planstudio.domain.kinds import Compliance
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, plain, row, text, tool
from planstudio.gui.widgets.fields import ChoiceField, DateField, LineField
from planstudio.gui.widgets.keys import OnKeys
from planstudio.gui.widgets.rich_field import RichField
from planstudio.i18n import _, month_year


class MonitoringForm(QFrame):
    today_asked = Signal()
    delete_asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("area", "open")
        OnKeys(self, {Qt.Key.Key_Escape: self.closed.emit})
        self.title = text("", "heading", wrap=True)
        self.close_tool = tool("close", tip=_("Close (Esc)"), tone="muted", act=self.closed, name=_("Close the report"))
        self.subject = LineField(_("Subject"))
        self.reported_on = DateField(_("Reported on"), placeholder=_("not yet"), end=End.DAY)
        self.today = button(_("Today"), "quiet", act=self.today_asked, name=_("Reported today"))
        self.evaluation = ChoiceField(_("Superintendent’s evaluation"), list(Compliance))
        self.texts = {
            "reason": RichField(_("Reason for the evaluation"), placeholder=_("Why it is evaluated so")),
            "evidence": RichField(_("Evidence"), placeholder=_("What supports the evaluation")),
            "next_steps": RichField(_("Next steps"), placeholder=_("What follows, and what the board is asked")),
        }
        self.delete = button(_("Take it off the calendar"), "quiet", "trash", act=self.delete_asked)
        self.evaluation.setMinimumWidth(gap(36))
        self.editors: dict[str, LineField | DateField | ChoiceField | RichField] = {  # by the columns they edit
            "subject": self.subject, "reported_on": self.reported_on, "evaluation": self.evaluation, **self.texts,
        }  # fmt: skip
        head, today = row(self.title, 2, self.close_tool, grow=0), plain(column(4.5, self.today, None))
        facts = row(self.subject, self.reported_on, today, self.evaluation, None, space=2)
        words = column(space=3)
        for field in self.texts.values():
            caption = plain(row(text(field.field.accessibleName(), "caption", "muted"), edge=(1.5, 0, 0, 0)))
            words.addLayout(column(caption, field))
        body = column(words, 2, row(None, self.delete))
        self.setLayout(column(column(head, 2, facts, edge=(1.5, 0, 0, 0)), 3, body, edge=(2.5, 3, 3, 2)))

    def show_entry(self, entry: MonitoringRow, name: str, asked: str = "") -> None:
        """What stands around the fields; *asked* is what hardly holds together of its day."""
        self.title.setText(_("{name}, {month}").format(name=name, month=month_year(entry.month)))
        self.subject.setVisible(entry.goal_id is None)
        self.reported_on.ask(asked)
        self.today.setVisible(entry.reported_on is None)

    def stops(self) -> list[QWidget]:
        """What takes the focus, in the order of reading."""
        first: list[QWidget] = [self.close_tool, self.subject.entry, self.reported_on.entry, self.today]
        return [*first, self.evaluation.box, *(field.field for field in self.texts.values()), self.delete]
