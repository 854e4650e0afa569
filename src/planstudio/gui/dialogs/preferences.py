"""How it looks, and who works here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, row, text
from planstudio.gui.widgets.fields import Captioned, LineField
from planstudio.i18n import _

PERCENTS = (100, 110, 125, 150, 175, 200)


@dataclass(frozen=True)
class Choices:
    name: str
    theme: str
    percent: int


class Preferences(QDialog):
    def __init__(self, parent: QWidget, now: Choices) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Preferences"))
        self.setMinimumWidth(gap(100))
        self.name = LineField(_("Your name, as history shows it"))
        self.name.show_value(now.name)
        self.theme = QComboBox()
        for key, words in (("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark"))):
            self.theme.addItem(words, key)
        self.theme.setCurrentIndex(max(0, self.theme.findData(now.theme)))
        self.percent = QComboBox()
        for percent in PERCENTS:
            self.percent.addItem(f"{percent}%", percent)
        self.percent.setCurrentIndex(max(0, self.percent.findData(now.percent)))
        keep, leave = button(_("Keep"), "primary"), button(_("Cancel"), "plain")
        keep.setDefault(True)
        self.setLayout(
            column(
                text(_("Preferences"), "heading"),
                self.name,
                row(Captioned(_("Light or dark"), self.theme), Captioned(_("Size of type"), self.percent), space=3),
                2,
                row(None, leave, keep, space=2),
                space=3,
                edge=(5, 5, 5, 5),
            )
        )
        keep.clicked.connect(self.accept)
        leave.clicked.connect(self.reject)

    def choices(self) -> Choices | None:
        """Ask; what was chosen."""
        if self.exec() != QDialog.DialogCode.Accepted:
            return None
        return Choices(self.name.entry.text().strip(), self.theme.currentData(), self.percent.currentData())
