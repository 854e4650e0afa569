"""Which of the backups to bring back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from planstudio.domain.files import BackupRow
from planstudio.gui.dialogs.asked import accepted
from planstudio.gui.theme import room
from planstudio.gui.widgets.basics import button, column, listed, quiet, row, text
from planstudio.i18n import _, clock_time, long_date, ngettext


class Restore(QDialog):
    def __init__(self, parent: QWidget, backups: Sequence[BackupRow]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Restore"))
        self.setMinimumSize(room(120, 90))
        self.list = listed(_("Backups, newest first"))
        for one in backups:
            since = ngettext("{n} step since", "{n} steps since", one.steps_since).format(n=one.steps_since)
            if one.former:
                since = _("another plan, which stood here before")
            item = QListWidgetItem(f"{long_date(one.at.date())}, {clock_time(one.at)}   ·   {since}")
            item.setData(Qt.ItemDataRole.UserRole, one.name)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.go = button(_("Restore this copy"), "primary", act=self.accept)
        self.go.setEnabled(bool(backups))
        leave = button(_("Cancel"), "plain", act=self.reject)
        hint = _("Each copy was checked when it was made. What stands in the plan now is kept as a copy first.")
        empty = _("No copy has been made on this computer yet. The first is made when the plan is saved.")
        body = column(
            text(_("Bring back an earlier copy"), "heading"), quiet(hint if backups else empty), self.list,
            row(None, leave, self.go, space=2), space=2, edge=(5, 5, 5, 5), grow=2,
        )  # fmt: skip
        self.setLayout(body)
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())

    def chosen(self) -> str | None:
        """Ask; the name of the backup."""
        if not accepted(self) or self.list.currentItem() is None:
            return None
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))
