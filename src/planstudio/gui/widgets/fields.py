"""Small fields with a caption: date, number, choice, name. Each tells what a person did, never what was shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QToolTip, QWidget

from planstudio.domain import dates, numbers
from planstudio.domain.dates import End
from planstudio.domain.durations import minutes_of
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Worded
from planstudio.domain.words import word
from planstudio.gui.announcing import announcer
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import column, complain, complaint, dress, fill, quiet, text
from planstudio.gui.widgets.going_back import Visit, say_quietly
from planstudio.gui.widgets.pasted import words_of
from planstudio.i18n import _, amount, medium_date, number


class Captioned(QWidget):
    """A field below its caption, and a line for what is wrong with it."""

    def __init__(self, caption: str, field: QWidget) -> None:
        super().__init__()
        self.caption = text(caption, "caption", "muted")
        self.caption.setBuddy(field)
        self.error = complaint()
        self.question = quiet("", "caption", "amber")
        self.question.hide()
        field.setAccessibleName(caption)
        box = column(self.caption, field, self.question, self.error, space=0.75)
        if field.sizePolicy().verticalPolicy() != QSizePolicy.Policy.Expanding:
            box.addStretch(1)  # a reason below one field moves none of its neighbours
        self.setLayout(box)
        self.setFocusProxy(field)

    def complain(self, why: str) -> None:
        complain(self.error, why, self.caption.text())

    def ask(self, words: str) -> None:
        """Ask below the field whether what stands in it is meant so; "" for nothing."""
        fill(self.question, words)
        field = self.focusProxy()
        if field is not None and not self.error.text():
            field.setAccessibleDescription(words)


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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Words may be dropped here; a file is for whoever is behind, or its address would be typed."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

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
        dress(self, "wrong", bool(why))
        self.setAccessibleDescription(why)
        self.complained.emit(why)

    def commit(self) -> None:
        """Tell what was typed, if it is not what was shown."""
        if self.text() != self.shown or self.property("wrong"):
            self.done.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undoing = event.matches(QKeySequence.StandardKey.Undo)
            if undoing or event.matches(QKeySequence.StandardKey.Redo):
                # With nothing typed to take back, the plan's own undo may answer.
                typed = self.text() != self.shown
                ours = self.isUndoAvailable() and typed if undoing else self.isRedoAvailable()
                event.setAccepted(ours)
                return ours
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        changed = self.text() != self._entered or self.property("wrong")
        if event.key() == Qt.Key.Key_Escape and changed and not self.isReadOnly():
            self.setText(self._entered)
            self.complain("")
            self.commit()  # what was told meanwhile is told again as it was
            say_quietly(self, _("The field is as it was."))
            return
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            self._paste()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self._paste)
        menu.exec(event.globalPos())

    def _paste(self) -> None:
        """Insert the words of the clipboard, on one line and without those that are struck out there."""
        words, told = words_of(QGuiApplication.clipboard().mimeData())
        self.insert(" ".join(words.split("\n")).replace("\r", ""))
        if told:
            announcer().say(told)
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), told, self)


class EntryField(Captioned):
    """A captioned line; what was refused stays in it, with the reason below, until it is mended or Esc takes it."""

    edited = Signal(object)  # what the line was read as
    wide = 18.0  # gaps, at least
    may_be_none = True  # which an empty line says

    def __init__(self, caption: str, *, placeholder: str = "") -> None:
        self.entry = Entry()
        super().__init__(caption, self.entry)
        self.entry.setPlaceholderText(placeholder or (_("none") if self.may_be_none else ""))
        self.entry.setMinimumWidth(gap(self.wide))
        self.entry.complained.connect(self.complain)
        self.entry.done.connect(self._on_done)

    def refuse(self, why: str) -> None:
        """Say why it cannot be; "" where it is sound so far: whoever stores it may still refuse it."""
        self.entry.setModified(bool(why))
        self.entry.complain(why)

    def show_value(self, value: Any) -> None:
        raise TypeError(f"{type(self).__name__} shows nothing")

    def read(self) -> Any:
        """What stands in the line, or InvalidInput."""
        raise TypeError(f"{type(self).__name__} reads nothing")

    def _on_done(self) -> None:
        try:
            value = self.read()
        except InvalidInput as error:
            self.refuse(str(error))
            return
        self.refuse("")
        self.edited.emit(value)
        if not self.entry.property("wrong"):
            self.show_value(value)


class DateField(EntryField):
    """A date typed in any usual way; empty is none.

    *end* is the day that is meant where a month or a school year is typed: the first or the last; End.DAY asks for one.
    """

    wide = 26

    def __init__(self, caption: str, *, placeholder: str = "", end: End = End.LAST) -> None:
        super().__init__(caption, placeholder=placeholder)
        self._end = end

    def show_value(self, day: date | None) -> None:
        self.entry.show_value(medium_date(day) if day else "")

    def value(self) -> date | None:
        return dates.at(dates.read(self.entry.text()), self._end)

    def read(self) -> date | None:
        words = self.entry.text().strip()
        return dates.day_of(words, self._end) if words else None


class NumberField(EntryField):
    """A number; empty is none. `units` may stand beside it."""

    units: Sequence[str] = ()

    def show_value(self, value: float | None) -> None:
        self.entry.show_value("" if value is None else number(value))

    def read(self) -> float | None:
        return numbers.value_of(self.entry.text(), units=self.units)


class MoneyField(NumberField):
    """An amount of money: $1,250,000, 1.2 million; empty is none."""

    units = ("$",)

    def show_value(self, value: float | None) -> None:
        self.entry.show_value("" if value is None else amount(value, "$"))


class DurationField(EntryField):
    """A length of time in any usual way, as whole minutes; empty is none."""

    def show_value(self, minutes: int | None) -> None:
        self.entry.show_value("" if minutes is None else number(minutes))

    def read(self) -> int | None:
        return minutes_of(self.entry.text())


class LineField(EntryField):
    """One line of words."""

    edited = Signal(str)
    wide = 0
    may_be_none = False

    def show_value(self, words: str) -> None:
        self.entry.show_value(words)

    def _on_done(self) -> None:
        words = self.entry.text()
        self.refuse("")
        self.edited.emit(words)


class NameField(LineField):
    """A person's name, completed from those the plan knows."""

    _known: QStringListModel | None = None

    def show_names(self, names: Sequence[str]) -> None:
        if self._known is None:
            self._known = QStringListModel(self)
            completer = QCompleter(self._known, self, filterMode=Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.entry.setCompleter(completer)
        self._known.setStringList(list(names))


class Choices(QComboBox):
    """A box to choose from. A wheel turned over it scrolls the page and chooses nothing, unless it has the focus.

    Esc gives back what was chosen when the cursor came.
    """

    def __init__(self, name: str = "", options: Iterable[tuple[str, object]] = ()) -> None:
        """Called *name*, where no caption says it; an option has its words and what it stands for."""
        super().__init__()
        self.setAccessibleName(name)
        self.offer(options)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._visit = Visit()
        self._entered = ""

    def offer(self, options: Iterable[tuple[str, object]]) -> None:
        """Have *options* to choose from, and no others."""
        self.clear()
        for words, value in options:
            self.addItem(words, value)

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

    def be_short(self, letters: int) -> None:
        """Be no wider than *letters*, however long an option is."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(Captioned):
    """One of a closed list, by its word."""

    edited = Signal(object)  # the list's member, or None

    def __init__(self, caption: str, kinds: Sequence[Worded], *, empty: str = "") -> None:
        """*empty* are the words for None, where nothing may be chosen."""
        self._kinds: list[Worded | None] = [*((None,) if empty else ()), *kinds]
        self.box = Choices(options=((word(kind) if kind is not None else empty, kind) for kind in self._kinds))
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        super().__init__(caption, self.box)
        self.box.activated.connect(lambda n: self.edited.emit(self._kinds[n]))

    def show_value(self, kind: Worded | None) -> None:
        self.box.setCurrentIndex(self._kinds.index(kind))

    def value(self) -> Any:
        return self._kinds[self.box.currentIndex()]
