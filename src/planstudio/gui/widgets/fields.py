"""Small fields with a caption: date, number, choice, name. Each tells what a person did, never what was shown."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

from planstudio.domain.words import word
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import column, text
from planstudio.gui.widgets.going_back import Visit, say_quietly
from planstudio.i18n import _, language, medium_date, months, number

_SHAPES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y")
_MONTHS = ("%b %Y", "%B %Y", "%Y-%m", "%m/%Y")
_TOO_LARGE = 1e15  # no figure of a school, and more than a float tells exactly
_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?")


def read_date(words: str) -> date | None:
    """The day that *words* name in one of the usual ways; None for none of them."""
    plain = " ".join(words.replace(".", " ").replace(",", " ").replace("Sept ", "Sep ").split())
    if language()[:2] != "en" and any(sign.isalpha() for sign in plain):
        plain = _in_figures(plain)
    for shape in (*_SHAPES, *_MONTHS):
        try:
            return datetime.strptime(plain, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _in_figures(words: str) -> str:
    """A day in words of another language as one that the shapes know: 14 de octubre de 2026 → 14 Oct 2026."""
    names = months()
    english = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    parts = [part for part in words.split() if part.casefold() not in ("de", "del")]
    return " ".join(english[names[part.casefold()] - 1] if part.casefold() in names else part for part in parts)


def read_number(words: str) -> float | None:
    """The number in *words*, with or without a unit beside it; ValueError for something else.

    A comma parts thousands and nothing else: 66,4 may have been meant as 66.4, so it is refused.
    """
    plain = words.strip().rstrip("%").lstrip("$€£").replace("\u202f", "").replace(" ", "")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not plain:
        return None
    value = float(plain)
    if not math.isfinite(value) or abs(value) >= _TOO_LARGE:
        raise ValueError(words)
    return value


def read_count(words: str) -> int | None:
    """A whole number from 0 on; None where there is none, or another one."""
    try:
        count = read_number(words)
    except ValueError:
        return None
    return int(count) if count is not None and count >= 0 and count == int(count) else None


class Captioned(QWidget):
    """A field below its caption, and a line for what is wrong with it."""

    def __init__(self, caption: str, field: QWidget) -> None:
        super().__init__()
        self.caption = text(caption, "caption", "muted")
        self.caption.setBuddy(field)
        self.error = text("", "caption", "red", wrap=True)
        self.error.hide()
        field.setAccessibleName(caption)
        box = column(self.caption, field, self.error, space=0.75)
        if field.sizePolicy().verticalPolicy() != QSizePolicy.Policy.Expanding:
            box.addStretch(1)  # a reason below one field moves none of its neighbours
        self.setLayout(box)
        self.setFocusProxy(field)

    def complain(self, why: str) -> None:
        self.error.setText(why)
        self.error.setVisible(bool(why))


class Entry(QLineEdit):
    """A line that tells when a person has finished with it, and takes back with Esc."""

    done = Signal()
    complained = Signal(str)  # why what stands here was refused; "" when it is not any more

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self._visit = Visit()
        self._entered = ""  # what stood here when the cursor came
        self.editingFinished.connect(self.commit)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._visit.comes():
            self._entered = self.shown

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._visit.goes(event)
        super().focusOutEvent(event)

    def show_value(self, words: str) -> None:
        """Show *words*, unless somebody is writing here or has written what was refused."""
        if self.isModified() and (self.hasFocus() or self.property("wrong")):
            return
        self.shown = words
        self.setText(words)
        if not self.hasFocus():
            self.setCursorPosition(0)  # long words are read from their beginning
        self.complain("")

    def release(self) -> None:
        """Let go of what was typed: another element will be shown."""
        self.setText(self.shown)
        self._entered = self.shown
        self.complain("")

    def complain(self, why: str) -> None:
        if bool(self.property("wrong")) != bool(why):
            self.setProperty("wrong", bool(why))
            self.style().unpolish(self)
            self.style().polish(self)
        self.setAccessibleDescription(why)
        self.complained.emit(why)

    def commit(self) -> None:
        """Tell what was typed, if it is not what was shown."""
        if self.text() != self.shown or self.property("wrong"):
            self.done.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        changed = self.text() != self._entered or self.property("wrong")
        if event.key() == Qt.Key.Key_Escape and changed and not self.isReadOnly():
            self.setText(self._entered)
            self.complain("")
            self.commit()  # what was told meanwhile is told again as it was
            say_quietly(self, _("The field is as it was."))
            return
        super().keyPressEvent(event)


class EntryField(Captioned):
    """A captioned line; what was refused stays in it, with the reason below, until it is mended or Esc takes it."""

    def __init__(self, caption: str, placeholder: str, width: float = 0) -> None:
        self.entry = Entry()
        super().__init__(caption, self.entry)
        self.entry.setPlaceholderText(placeholder)
        self.entry.setMinimumWidth(gap(width))
        self.entry.complained.connect(self.complain)
        self.entry.done.connect(self._on_done)

    def _offer(self) -> None:
        """What stands here is sound so far: whoever stores it may still refuse it."""
        self.entry.setModified(False)
        self.entry.complain("")

    def refuse(self, why: str) -> None:
        self.entry.setModified(True)
        self.entry.complain(why)

    def _on_done(self) -> None:
        raise TypeError(f"{type(self).__name__} reads nothing")


class DateField(EntryField):
    """A date typed in any usual way; empty is none."""

    edited = Signal(object)  # date | None

    def __init__(self, caption: str, *, placeholder: str = "") -> None:
        super().__init__(caption, placeholder or _("none"), 26)

    def show_value(self, day: date | None) -> None:
        self.entry.show_value(medium_date(day) if day else "")

    def value(self) -> date | None:
        return read_date(self.entry.text()) if self.entry.text().strip() else None

    def _on_done(self) -> None:
        words = self.entry.text().strip()
        day = read_date(words) if words else None
        if words and day is None:
            self.refuse(_("Not a date. Write it like {example}.").format(example=medium_date(date(2026, 10, 14))))
            return
        self._offer()
        self.edited.emit(day)
        if not self.entry.property("wrong"):
            self.show_value(day)


class NumberField(EntryField):
    """A number; empty is none."""

    edited = Signal(object)  # float | None

    def __init__(self, caption: str, *, placeholder: str = "") -> None:
        super().__init__(caption, placeholder or _("none"), 18)

    def show_value(self, value: float | None) -> None:
        self.entry.show_value("" if value is None else number(value))

    def _on_done(self) -> None:
        try:
            value = read_number(self.entry.text())
        except ValueError:
            self.refuse(_("Not a number. Write it like 66.4."))
            return
        self._offer()
        self.edited.emit(value)
        if not self.entry.property("wrong"):
            self.show_value(value)


class LineField(EntryField):
    """One line of words."""

    edited = Signal(str)

    def __init__(self, caption: str, *, placeholder: str = "") -> None:
        super().__init__(caption, placeholder)

    def show_value(self, words: str) -> None:
        self.entry.show_value(words)

    def _on_done(self) -> None:
        words = self.entry.text()
        self._offer()
        self.edited.emit(words)


class NameField(LineField):
    """A person's name, completed from those the plan knows."""

    def show_names(self, names: Sequence[str]) -> None:
        completer = self.entry.completer()
        if completer is None:
            completer = QCompleter(QStringListModel(self), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.entry.setCompleter(completer)
        known = completer.model()
        if isinstance(known, QStringListModel):
            known.setStringList(list(names))


class Choices(QComboBox):
    """A box to choose from. A wheel turned over it scrolls the page and chooses nothing, unless it has the focus.

    Esc gives back what was chosen when the cursor came.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._visit = Visit()
        self._entered = ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._visit.comes():
            self._entered = self.currentText()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._visit.goes(event)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.findText(self._entered)
        if event.key() == Qt.Key.Key_Escape and before >= 0 and before != self.currentIndex():
            self.setCurrentIndex(before)
            self.activated.emit(before)
            say_quietly(self, _("The field is as it was."))
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(Captioned):
    """One of a closed list, by its word."""

    edited = Signal(object)  # the StrEnum's member, or None

    def __init__(self, caption: str, kinds: Sequence[StrEnum], *, empty: str = "") -> None:
        """*empty* are the words for None, where nothing may be chosen."""
        self.box = Choices()
        self._kinds: list[StrEnum | None] = [*((None,) if empty else ()), *kinds]
        for kind in self._kinds:
            self.box.addItem(word(kind) if kind is not None else empty, kind)
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        super().__init__(caption, self.box)
        self.box.activated.connect(lambda n: self.edited.emit(self._kinds[n]))

    def show_value(self, kind: StrEnum | None) -> None:
        self.box.setCurrentIndex(self._kinds.index(kind))

    def value(self) -> Any:
        return self._kinds[self.box.currentIndex()]

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.box.setFocus(event.reason())
