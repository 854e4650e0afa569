"""A time zone, from a plain list: those of the United States first, then all others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from planstudio.domain.zones import other_zones, usual_zones, zone_words
from planstudio.gui.widgets.fields import Captioned, Choices
from planstudio.i18n import _


class ZoneField(Captioned):
    edited = Signal(str)  # IANA's name; "" is what the field's first line says

    def __init__(self, nothing: str) -> None:
        """*nothing* are the words for no zone of its own."""
        usual = ((f"{words} ({name.rsplit('/', 1)[-1].replace('_', ' ')})", name) for name, words in usual_zones())
        self.box = Choices(options=((nothing, ""), *usual))
        self.box.insertSeparator(self.box.count())
        for name in other_zones():
            self.box.addItem(name.replace("_", " "), name)
        self.box.setMinimumContentsLength(18)
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        super().__init__(_("Time zone"), self.box)
        self.box.activated.connect(lambda n: self.edited.emit(self.box.itemData(n) or ""))

    def show_value(self, name: str) -> None:
        at = self.box.findData(name)
        if at < 0:  # a zone that another computer knows
            self.box.addItem(zone_words(name), name)
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)
