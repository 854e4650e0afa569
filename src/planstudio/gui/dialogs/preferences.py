"""Who works here, the languages, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QWidget

from planstudio.gui.dialogs.asked import BaseDialog, accepted
from planstudio.gui.widgets.basics import button, row, text
from planstudio.gui.widgets.fields import Captioned, LineField
from planstudio.i18n import _, ngettext

PERCENTS = (100, 110, 125, 150, 175, 200)


@dataclass(frozen=True)
class Choices:
    """What can be chosen; *language* "" is the computer's, *spelling* "" that language."""

    name: str
    role: str
    language: str
    spelling: str
    theme: str
    percent: int
    lock_after: int = 15  # minutes; 0 for never


class Preferences(BaseDialog):
    def __init__(self, parent: QWidget, now: Choices) -> None:
        super().__init__(parent, _("Preferences"), 120)
        self.name, self.role = LineField(_("Your name, as history shows it")), LineField(_("Your role"))
        self.name.show_value(now.name)
        self.role.show_value(now.role)
        same = _("As the computer")
        # a language is called by its own name, whichever is spoken
        self.language = _box(now.language, ("", same), ("en_US", "English"), ("es_US", "Español"))
        self.spelling = _box(
            now.spelling, ("", _("As the language")), ("en", "English"), ("es", "Español"),
            ("en es", _("English and Spanish")), ("off", _("Off")),
        )  # fmt: skip
        self.theme = _box(now.theme, ("system", same), ("light", _("Light")), ("dark", _("Dark")))
        self.percent = _box(now.percent, *((percent, f"{percent}%") for percent in PERCENTS))
        after = ngettext("After {n} minute", "After {n} minutes", 15)
        self.lock_after = _box(now.lock_after, *((n, after.format(n=n)) for n in (5, 15, 60)), (0, _("Never")))
        self.lay_out(
            button(_("Keep"), "primary", act=self.accept),
            text(_("Preferences"), "heading"), row(self.name, self.role, space=3),
            row(Captioned(_("Language"), self.language), Captioned(_("Spelling"), self.spelling), space=3),
            row(Captioned(_("Light or dark"), self.theme), Captioned(_("Size of type"), self.percent), space=3),
            row(Captioned(_("Lock a plan under a password when nobody is there"), self.lock_after)), 2, space=3,
        )  # fmt: skip

    def choices(self) -> Choices | None:
        """Ask; what was chosen."""
        if not accepted(self):
            return None
        return Choices(
            self.name.entry.text().strip(), self.role.entry.text().strip(), self.language.currentData(),
            self.spelling.currentData(), self.theme.currentData(), self.percent.currentData(),
            self.lock_after.currentData(),
        )  # fmt: skip


def _box(now: object, *entries: tuple[object, str]) -> QComboBox:
    box = QComboBox()
    for value, words in entries:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(now)))
    return box
