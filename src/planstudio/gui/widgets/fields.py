"""Small fields with a caption: date, number, choice, name. Each tells what a person did, never what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

from planstudio.domain.words import word
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import column, text
from planstudio.i18n import _, medium_date, number

_SHAPES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y")
_MONTHS = ("%b %Y", "%B %Y", "%Y-%m", "%m/%Y")


def read_date(words: str) -> date | None:
    """The day that *words* name in one of the usual ways; None for none of them."""
    from datetime import datetime

    plain = " ".join(words.replace(".", " ").replace("Sept ", "Sep ").split())
    for shape in (*_SHAPES, *_MONTHS):
        try:
            return datetime.strptime(plain, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def read_number(words: str) -> float | None:
    """The number in *words*, with or without a unit beside it; ValueError for something else."""
    plain = words.strip().rstrip("%").lstrip("$€£").replace("\u202f", "").replace(" ", "").replace(",", "")
    return float(plain) if plain else None


class Captioned(QWidget):
    """A field below its caption, and a line for what is wrong with it."""

    def __init__(self, caption: str, field: QWidget) -> None:
        super().__init__()
        self.caption = text(caption, "caption", "muted")
        self.caption.setBuddy(field)
        self.error = text("", "caption", "red", wrap=True)
        self.error.hide()
        field.setAccessibleName(caption)
        self.setLayout(column(self.caption, field, self.error, space=0.75))
        self.setFocusProxy(field)

    def complain(self, why: str) -> None:
        self.error.setText(why)
        self.error.setVisible(bool(why))


class _Entry(QLineEdit):
    """A line that tells when a person has finished with it, and takes back with Esc."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.editingFinished.connect(self._tell)

    def show_value(self, words: str) -> None:
        if self.hasFocus() and self.isModified():
            return
        self.shown = words
        self.setText(words)

    def complain(self, wrong: bool) -> None:
        self.setProperty("wrong", wrong)
        self.style().unpolish(self)
        self.style().polish(self)

    def _tell(self) -> None:
        if self.text() != self.shown:
            self.done.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self.shown:
            self.setText(self.shown)
            self.complain(False)
            return
        super().keyPressEvent(event)


class DateField(Captioned):
    """A date typed in any usual way; empty is none."""

    edited = Signal(object)  # date | None

    def __init__(self, caption: str, *, placeholder: str = "") -> None:
        self.entry = _Entry()
        super().__init__(caption, self.entry)
        self.entry.setPlaceholderText(placeholder or _("none"))
        self.entry.setMinimumWidth(gap(26))
        self.entry.done.connect(self._on_done)

    def show_value(self, day: date | None) -> None:
        self.entry.show_value(medium_date(day) if day else "")
        self._complain("")

    def value(self) -> date | None:
        return read_date(self.entry.text()) if self.entry.text().strip() else None

    def _on_done(self) -> None:
        words = self.entry.text().strip()
        day = read_date(words) if words else None
        if words and day is None:
            self._complain(_("Not a date. Write it like {example}.").format(example=medium_date(date(2026, 10, 14))))
            return
        self.entry.setModified(False)
        self.show_value(day)
        self.edited.emit(day)

    def _complain(self, why: str) -> None:
        self.entry.complain(bool(why))
        self.complain(why)


class NumberField(Captioned):
    """A number; empty is none."""

    edited = Signal(object)  # float | None

    def __init__(self, caption: str, *, placeholder: str = "") -> None:
        self.entry = _Entry()
        super().__init__(caption, self.entry)
        self.entry.setPlaceholderText(placeholder or _("none"))
        self.entry.setMinimumWidth(gap(18))
        self.entry.done.connect(self._on_done)

    def show_value(self, value: float | None) -> None:
        self.entry.show_value("" if value is None else number(value))
        self._complain("")

    def _on_done(self) -> None:
        try:
            value = read_number(self.entry.text())
        except ValueError:
            self._complain(_("Not a number. Write it like 66.4."))
            return
        self.entry.setModified(False)
        self.show_value(value)
        self.edited.emit(value)

    def _complain(self, why: str) -> None:
        self.entry.complain(bool(why))
        self.complain(why)


class LineField(Captioned):
    """One line of words."""

    edited = Signal(str)

    def __init__(self, caption: str, *, placeholder: str = "") -> None:
        self.entry = _Entry()
        super().__init__(caption, self.entry)
        self.entry.setPlaceholderText(placeholder)
        self.entry.done.connect(self._on_done)

    def show_value(self, words: str) -> None:
        self.entry.show_value(words)
        self.entry.complain(False)
        self.complain("")

    def refuse(self, why: str) -> None:
        self.entry.complain(True)
        self.complain(why)

    def _on_done(self) -> None:
        words = self.entry.text()
        self.entry.setModified(False)
        self.edited.emit(words)


class NameField(LineField):
    """A person's name, completed from those the plan knows."""

    def show_names(self, names: Sequence[str]) -> None:
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.entry.setCompleter(completer)


class ChoiceField(Captioned):
    """One of a closed list, by its word."""

    edited = Signal(object)  # the StrEnum's member

    def __init__(self, caption: str, kinds: Sequence[StrEnum]) -> None:
        self.box = QComboBox()
        for kind in kinds:
            self.box.addItem(word(kind), kind)
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        super().__init__(caption, self.box)
        self.box.activated.connect(lambda n: self.edited.emit(kinds[n]))
        self._kinds = list(kinds)

    def show_value(self, kind: StrEnum) -> None:
        self.box.setCurrentIndex(self._kinds.index(kind))

    def value(self) -> StrEnum:
        return self._kinds[self.box.currentIndex()]

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.box.setFocus(event.reason())
