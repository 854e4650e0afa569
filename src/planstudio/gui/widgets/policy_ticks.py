"""Which policies are printed in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidgetItem

from planstudio.domain.cards import PolicyCard
from planstudio.gui.widgets.basics import listed
from planstudio.gui.widgets.fields import Captioned
from planstudio.i18n import _

_IdRole = Qt.ItemDataRole.UserRole
_REST = 600  # milliseconds, for several are ticked one after the other


class PolicyTicks(Captioned):
    changed = Signal()

    def __init__(self) -> None:
        self._list = listed(_("Policies printed in full"))
        super().__init__(_("Policies printed in full"), self._list)
        rest = QTimer(self, singleShot=True, interval=_REST)
        rest.timeout.connect(self.changed)
        self._list.itemChanged.connect(lambda _item: rest.start())

    def show_policies(self, policies: Sequence[PolicyCard]) -> None:
        """Those that have words; ticked are those that are attached, where one is."""
        attached = {policy.id for policy in policies if policy.uses}
        with QSignalBlocker(self._list):
            self._list.clear()
            for policy in policies:
                if policy.body:
                    item = QListWidgetItem(f"{policy.code}  {policy.title}", self._list)
                    on = policy.id in attached or not attached
                    item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                    item.setData(_IdRole, policy.id)

    def count(self) -> int:
        return self._list.count()

    def chosen(self) -> set[str]:
        items = map(self._list.item, range(self._list.count()))
        return {item.data(_IdRole) for item in items if item.checkState() == Qt.CheckState.Checked}
