"""A time of day typed in any usual way, with "Now" beside it where that is asked for."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from planstudio.domain.times_of_day import time_of_day
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, row
from planstudio.gui.widgets.fields import EntryField
from planstudio.i18n import _, clock_time


def time_words(value: str) -> str:
    """ "18:30" as people say it, 6:30 PM; "" stays ""."""
    return clock_time(datetime.combine(date.min, time.fromisoformat(value))) if value else ""


class TimeField(EntryField):
    """Tells "18:30", or ""."""

    now_asked = Signal()
    wide = 0

    def __init__(self, caption: str, *, now: bool = False, placeholder: str = "") -> None:
        super().__init__(caption, placeholder=placeholder)
        self.entry.setFixedWidth(gap(24))
        if now:
            self.now = button(_("Now"), "quiet", name=_("{caption}: now").format(caption=caption), act=self.now_asked)
            box = self.layout()
            assert isinstance(box, QVBoxLayout)
            box.removeWidget(self.entry)
            box.insertLayout(1, row(self.entry, self.now, None, space=0.5))

    def show_value(self, value: str) -> None:
        self.entry.show_value(time_words(value))

    def read(self) -> str:
        return time_of_day(self.entry.text(), "time")


class BareTime(TimeField):
    """A time in a row of a table: no caption, and whoever holds the row says what is wrong with it."""

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(name, placeholder=placeholder)
        self.caption.hide()
        self.entry.setProperty("inline", True)

    def complain(self, why: str) -> None:
        """Told by the row, over its whole width."""
