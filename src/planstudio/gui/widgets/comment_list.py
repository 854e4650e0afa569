"""What colleagues say of an element, and a line to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planstudio import richtext
from planstudio.domain.cards import CommentCard
from planstudio.gui.widgets.basics import button, column, empty, plain, prose, quiet, row, text, tool
from planstudio.gui.widgets.fields import LineField
from planstudio.i18n import _, near_date


class CommentList(QWidget):
    added = Signal(str)
    resolved = Signal(str, bool)  # the comment's id; False opens it again
    delete_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(space=2)
        self.entry = LineField(_("Comment"), placeholder=_("Ask or say something"))
        self.add = button(_("Add"), "quiet", name=_("Add the comment"), act=self._tell)
        self._entry = plain(row(self.entry, self.add, bottom=self.add))
        self.setLayout(column(self._rows, self._entry, space=2, edge=(2, 1, 2, 0)))
        self.entry.entry.returnPressed.connect(self._tell)

    def show_comments(self, comments: Sequence[CommentCard], today: date, *, locked: bool) -> None:
        empty(self._rows)
        for one in comments:
            self._rows.addWidget(self._row(one, today, locked))
        self._entry.setHidden(locked)

    def _tell(self) -> None:
        words = self.entry.entry.text().strip()
        if words:
            self.entry.entry.clear()
            self.added.emit(richtext.escape(words))

    def _row(self, one: CommentCard, today: date, locked: bool) -> QWidget:
        done = one.resolved_at is not None
        who = ", ".join(filter(None, (one.author, near_date(one.at.date(), today))))
        head = row(text(who, "caption", "muted"), None)
        if not locked:
            about = (_("Reopen the comment of {name}") if done else _("Resolve the comment of {name}")).format(name=who)
            verb = button(_("Reopen") if done else _("Resolve"), "quiet", name=about)
            verb.clicked.connect(lambda: self.resolved.emit(one.id, not done))
            away_name = _("Delete the comment of {name}").format(name=who)
            away = tool("trash", tip=_("Delete this comment"), tone="muted", name=away_name)
            away.clicked.connect(lambda: self.delete_requested.emit(one.id))
            head.addWidget(verb)
            head.addWidget(away)
        box = column(head, prose(richtext.plain(one.text), "body", "muted" if done else None), space=0.5)
        if one.resolved_at is not None:
            by, day = one.resolved_by or _("somebody"), near_date(one.resolved_at.date(), today)
            box.addWidget(quiet(_("Resolved by {name}, {day}").format(name=by, day=day), "caption"))
        return plain(box)
