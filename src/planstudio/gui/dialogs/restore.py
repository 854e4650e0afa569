"""Which of the backups to bring back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from planstudio.domain.files import BackupRow
from planstudio.gui.dialogs.asked import BaseDialog, chosen_in
from planstudio.gui.widgets.basics import button, listed, quiet, text
from planstudio.i18n import _, clock_time, long_date, ngettext


class Restore(BaseDialog):
    def __init__(self, parent: QWidget, backups: Sequence[BackupRow]) -> None:
        super().__init__(parent, _("Restore"), 120, 90)
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
        hint = _("Each copy was checked when it was made. What stands in the plan now is kept as a copy first.")
        empty = _("No copy has been made on this computer yet. The first is made when the plan is saved.")
        heading = text(_("Bring back an earlier copy"), "heading")
        self.lay_out(self.go, heading, quiet(hint if backups else empty), self.list, grow=2)
        self.go.setDefault(False)  # Enter in the list brings nothing back
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())

    def chosen(self) -> str | None:
        """Ask; the name of the backup."""
        name: str | None = chosen_in(self, self.list)
        return name
