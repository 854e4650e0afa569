"""The field in which another answer is written: words with both changes woven in, a figure, a day, a time, a choice."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planstudio.domain.differences import WORDS, Difference, Sort
from planstudio.domain.errors import InvalidInput
from planstudio.domain.weaving import Woven
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, complain, complaint, plain, quiet, row
from planstudio.gui.widgets.fields import Captioned, Choices, DateField, EntryField, NumberField
from planstudio.gui.widgets.keys import Submitting
from planstudio.gui.widgets.text_field import TextField
from planstudio.gui.widgets.time_field import TimeField
from planstudio.i18n import _


class ThirdValue(QWidget):
    """Tells the value when its verb is pressed; a refusal stands below the field until it is mended."""

    submitted = Signal(object)
    left = Signal()  # by Esc: what has been written is kept for later
    cancelled = Signal()

    def __init__(self, difference: Difference, woven: Woven | None) -> None:
        super().__init__()
        self._one, self._woven = difference, woven
        self._said = quiet("", "caption")
        self._error = complaint()
        words = difference.sort in WORDS
        verb = _("Settle with these words") if words else _("Settle with this value")
        self.verb = button(verb, "primary", act=self.submit)
        self.cancel = button(_("Cancel"), "quiet", act=self.cancelled)
        self.words: TextField | None = None
        self.entry: EntryField | None = None
        self.box: Choices | None = None
        field = self._write_words() if words else self._write_value()
        low = row(self._said, 3, self.cancel, 1, self.verb, grow=0)
        self.setLayout(column(field, self._error, low, space=1.5))
        proxy = self.words or self.entry or self.box
        assert proxy is not None
        self.setFocusProxy(proxy)
        self._start: Any = self.state()

    # What is begun.

    def state(self) -> Any:
        """What has been written or chosen so far, for fill_in()."""
        if self.words is not None:
            return self.words.text()
        if self.entry is not None:
            return self.entry.entry.text()
        assert self.box is not None
        return self.box.currentData()

    def is_begun(self) -> bool:
        """Whether there is something in it that would be missed."""
        return bool(self.state() != self._start)

    def fill_in(self, state: Any) -> None:
        if self.words is not None:
            self.words.show_text(str(state))
            self._weigh()
        elif self.entry is not None:
            self.entry.entry.setText(str(state))
        elif self.box is not None:
            self.box.setCurrentIndex(self.box.findData(state))

    # Fields.

    def _write_words(self) -> QWidget:
        one, woven = self._one, self._woven
        rich, lines = one.sort is Sort.MARKDOWN, one.sort is Sort.LINES
        made = TextField(_("The words to keep"), role="reading", rich=rich, lines=lines, inline=False)
        made.show_text(woven.text if woven else "")
        made.textChanged.connect(self._weigh)
        made.finished.connect(self.submit)
        Submitting(self.submit, self.left.emit, made)
        self.words = made
        self._weigh()
        return made

    def _write_value(self) -> QWidget:
        one, caption = self._one, _("The value to keep")
        if one.sort is Sort.CHOICE:
            self.box = Choices(options=((words, value) for value, words in one.options))
            self.box.setCurrentIndex(-1)
            self.box.setPlaceholderText(_("choose"))
            self.box.setMinimumWidth(gap(40))
            return plain(row(Captioned(caption, self.box), None))
        if one.sort is Sort.DAY:
            self.entry = DateField(caption)
        elif one.sort is Sort.TIME:
            self.entry = TimeField(caption)
        else:
            number = NumberField(caption)
            number.units = [one.unit_of_measure] if one.unit_of_measure else []
            self.entry = number
        self.entry.entry.returnPressed.connect(self.submit)
        return plain(row(self.entry, None))

    # Taking it.

    def _weigh(self) -> None:
        """The verb waits while something is undecided."""
        woven, field = self._woven, self.words
        assert field is not None
        waits = woven is not None and woven.waits(field.toPlainText())
        self.verb.setEnabled(not waits)
        if waits and woven is not None:
            told = _("Where both changed the same words they stand between {open} and {close}. Keep what you want.")
            self._said.setText(told.format(open=woven.signs[0], close=woven.signs[1]))
        elif woven is not None and woven.touching:
            self._said.setText(_("Nothing is undecided any more."))
        else:
            self._said.setText(_("Both changes are in. Change the words, or keep them."))
        self.complain("")

    def submit(self) -> None:
        if not self.verb.isEnabled():
            return
        try:
            value = self._value()
        except InvalidInput as error:
            self.complain(str(error))
            return
        self.complain("")
        self.submitted.emit(value)

    def _value(self) -> Any:
        if self.words is not None:
            return self.words.text().strip()
        if self.box is not None:
            if self.box.currentIndex() < 0:
                raise InvalidInput(_("Choose a value first."), field=self._one.field)
            return self.box.currentData()
        assert self.entry is not None
        words = self.entry.entry.text().strip()
        if not words:
            raise InvalidInput(_("Write the value first."), field=self._one.field)
        return self.entry.read()

    def complain(self, why: str) -> None:
        """Say beside the field why what stands in it was refused."""
        if self.words is not None:
            self.words.complain(why)
        if self.entry is not None:
            self.entry.entry.setModified(bool(why))
            self.entry.entry.complain(why)
            return
        complain(self._error, why)
