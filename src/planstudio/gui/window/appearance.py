"""Light or dark and the size of type: chosen here, put on by app.py with a window built anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from planstudio.gui import theme
from planstudio.gui.dialogs.preferences import PERCENTS
from planstudio.gui.settings import Settings
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.gui.window import Window


class Appearance(QObject):
    def __init__(self, window: Window, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._waits = False  # a new look was chosen and is not put on yet

    def zoom(self, step: int) -> None:
        at = min(range(len(PERCENTS)), key=lambda n: abs(PERCENTS[n] - self._settings.percent))
        self.choose(self._settings.theme, PERCENTS[min(max(at + step, 0), len(PERCENTS) - 1)])

    def toggle_dark(self) -> None:
        self.choose("light" if theme.is_dark() else "dark", self._settings.percent)

    def choose(self, ground: str, percent: int) -> None:
        """Show the new look: at once, or where a document is being checked or printed, when that is done."""
        self._settings.theme, self._settings.percent = ground, percent
        self.renew()

    def renew(self) -> None:
        """Build the window anew, at once or as soon as nothing in it would be lost."""
        if self._window.elsewhere:
            words = _("The new look shows when the document here is taken or cancelled, or its printing left.")
            self._window.statusBar().showMessage(words, 10_000)
            self._waits = True
        elif self._window.plan is None or self._window.plan.view.settle():
            self._window.restyled.emit()

    def settle(self) -> None:
        """Put on what was chosen meanwhile."""
        if self._waits and not self._window.elsewhere:
            self._waits = False
            self._window.restyled.emit()
