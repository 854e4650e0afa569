"""A question in full: what stood before both, each side with author and time, and the answers, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QWidget

from planstudio.domain.differences import WRITTEN, Answer, BallotRow, Question, Side, Sort, Voice
from planstudio.domain.texts import shortened
from planstudio.gui.theme import gap
from planstudio.gui.widgets.ballot import Ballot
from planstudio.gui.widgets.basics import area, button, column, plain, quiet, row, scrolling, text
from planstudio.gui.widgets.flow import Flow
from planstudio.gui.widgets.key_button import KeyButton
from planstudio.gui.widgets.question_words import (
    done_words,
    heading,
    spoken,
    standing,
    verbs,
    voice_name,
    when,
    woven_of,
)
from planstudio.gui.widgets.redline_text import RedlineText
from planstudio.gui.widgets.side_by_side import SideBySide
from planstudio.gui.widgets.third_value import ThirdValue
from planstudio.i18n import _

_ABREAST = 68  # gaps that each side needs beside the other
_BIG = 14  # letters of a value that is shown large
_BEFORE = 400


@dataclass(frozen=True)
class Given:
    """An answer to a question, and what was done in words."""

    question: Question
    answers: tuple[Answer, ...]
    done: str


class QuestionCard(QFrame):
    given = Signal(object)  # Given
    opened = Signal(object)  # a Place
    entered = Signal()  # the cursor has come here

    def __init__(self, question: Question, today: date, ballot: dict[str, BallotRow], *, locked: bool) -> None:
        super().__init__()
        self.question, self.rows = question, ballot
        self._woven = woven_of(question)
        self._says: list[str] = []
        self.third: ThirdValue | None = None
        self.setProperty("area", "question")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place = text("", "caption", "muted")
        self.sides = self._ballot(ballot, today) if question.ballot else self._beside(today)
        self.verbs: list[KeyButton] = []
        for words, voice in verbs(question):
            self.verbs.append(KeyButton(words))
            self.verbs[-1].clicked.connect(lambda _on=False, voice=voice: self.take(voice))
        self.write = self._write_button()
        self._answers = [*self.verbs, *((self.write,) if self.write else ())]
        parts: list[QWidget] = [*self._answers]
        self._box = column(self._head(), *self._before(), 2, self.sides, 2, edge=(1.5, 1.5, 1.5, 1.5))
        if not locked:
            if question.first.sort is Sort.NUMBER:
                parts.append(text(_("A figure is never averaged."), "caption", "muted"))
            self._box.addWidget(Flow(parts))
        self._locked = locked
        self.setLayout(self._box)

    # What is shown.

    def _head(self) -> QWidget:
        title = text(heading(self.question), "heading", wrap=True)
        high = button("", "quiet").sizeHint().height()
        self.place.setFixedHeight(high)
        title.setMinimumHeight(high)
        line = row(title, 2, space=0, grow=0)
        if self.question.first.place:
            name, place = _("Open {name}").format(name=self.question.first.page), self.question.first.place
            look = button(_("Open"), "quiet", name=name, act=lambda: self.opened.emit(place))
            line.addWidget(look, 0, Qt.AlignmentFlag.AlignTop)
        line.addSpacing(gap(1))
        line.addWidget(self.place, 0, Qt.AlignmentFlag.AlignTop)
        return plain(column(line, quiet(standing(self.question, self._woven)), space=0.25))

    def _before(self) -> Sequence[QWidget | float]:
        one = self.question.first
        if self.question.ballot or one.whole or not one.before:
            return ()
        words = _("Before both: {words}").format(words=shortened(one.before, _BEFORE))
        return (1, quiet(words))

    def _beside(self, today: date) -> QWidget:
        one, made = self.question.first, SideBySide(_ABREAST, 2)
        sides = ((voice, side) for voice in self.question.voices if (side := voice.of(one)) is not None)
        made.show_parts(
            [self._side(voice, side, today, shown=side is one.sides[0] and not one.whole) for voice, side in sides]
        )
        return made

    def _side(self, voice: Voice, side: Side, today: date, *, shown: bool) -> QWidget:
        one = self.question.first
        tone = "accent" if voice.mine else "violet"
        head = row(text(voice_name(voice), "caption strong", tone), None, text(when(voice, today), "caption", "muted"))
        box = column(head, 1.5, edge=(4, 3, 4, 3))
        if one.prose:
            before = None if one.base is None else str(one.base)
            body: QWidget = RedlineText(before, str(side.value or ""), markdown=one.sort is Sort.MARKDOWN)
            said = body.accessibleName()
        else:
            said = self.question.words(voice) or _("nothing")
            body = text(said, "title" if len(said) <= _BIG else "heading", wrap=True)
        box.addWidget(body)
        if side.beside:
            box.addWidget(quiet(side.beside, "caption"))
        box.addStretch(1)
        if shown:
            box.addSpacing(gap(1))
            box.addWidget(quiet(_("stands in the plan now"), "caption"))
        says = _("{name}, {when}: {words}.")
        self._says.append(says.format(name=voice_name(voice), when=when(voice, today), words=said))
        return area("card", box)

    def _ballot(self, rows: dict[str, BallotRow], today: date) -> QWidget:
        made = Ballot(self.question, rows, today)
        made.submitted.connect(self._give)
        self._says += made.said
        return made

    def _write_button(self) -> KeyButton | None:
        one = self.question.first
        if self.question.ballot or one.sort not in WRITTEN:
            return None
        if one.sort is Sort.CHOICE and len(one.options) <= len(one.sides):
            return None  # there is no third
        words = _("W Write") if self._woven and self._woven.touching else _("W Write, with both changes")
        made = KeyButton(words if self._woven else _("W Write another"))
        made.setCheckable(True)
        made.clicked.connect(self.begin_writing)
        return made

    def show_place(self, n: int, of: int) -> None:
        """Which of the open questions this is."""
        self.place.setText(_("{n} of {of}").format(n=n, of=of) if of > 1 else "")
        choices = ", ".join(made.words for made in self._answers)
        self.setAccessibleName(spoken(self.question, n, of, [*self._says, f"{choices}."]))

    # What is answered.

    def on_letter(self, letter: str) -> bool:
        """Whether *letter* is one of the answers here; it is given."""
        made = next((one for one in self._answers if one.letter.upper() == letter.upper()), None)
        if made is None or self._locked:
            return False
        made.click()
        return True

    def take(self, voice: Voice) -> None:
        self._give((self.question.take(voice),), voice)

    def _give(self, answers: tuple[Answer, ...], voice: Voice | None = None) -> None:
        self.given.emit(Given(self.question, answers, done_words(self.question, voice)))

    def begin_writing(self) -> None:
        """Open the field for another answer, or put the cursor into it."""
        self._open_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_field(self) -> ThirdValue:
        assert self.write is not None
        self.write.setChecked(True)
        if self.third is None:
            self.third = ThirdValue(self.question.first, self._woven)
            self.third.submitted.connect(lambda value: self._give((self.question.say(value),)))
            self.third.left.connect(self.leave_writing)
            self.third.cancelled.connect(self.give_up_writing)
            self._box.addSpacing(gap(1.5))
            self._box.addWidget(self.third)
        self.third.show()
        return self.third

    def leave_writing(self) -> None:
        """Put the field away; what was written in it is there again when it is opened."""
        if self.third is not None and self.write is not None:
            if not self.third.is_begun():
                self.give_up_writing()
                return
            self.third.hide()
            self.write.setChecked(False)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up_writing(self) -> None:
        """Put the field away; what was written in it goes."""
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Have nothing begun in it any more."""
        if isinstance(self.sides, Ballot):
            self.sides.fill_in({})
        if self.third is not None and self.write is not None:
            self._box.removeWidget(self.third)
            self.third.hide()
            self.third.deleteLater()
            self.third = None
            self.write.setChecked(False)

    def state(self) -> Any:
        """What has been begun in it and not been given, for fill_in(); None for nothing."""
        if isinstance(self.sides, Ballot):
            return self.sides.state() or None
        return self.third.state() if self.third is not None and self.third.is_begun() else None

    def fill_in(self, state: Any) -> None:
        """Go on with what was begun; what has no field here any more is not taken."""
        if isinstance(self.sides, Ballot):
            self.sides.fill_in(state)
        elif self.write is not None and not self._locked:
            self._open_field().fill_in(state)

    def begin_begun(self) -> None:
        """Take the cursor to what was begun."""
        if isinstance(self.sides, Ballot):
            self.sides.begin()
        elif self.third is not None:
            self.begin_writing()

    def complain(self, why: str) -> None:
        """Say beside the field why the plan refused what stands in it."""
        if self.third is not None:
            self.third.complain(why)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def come_into_view(self) -> None:
        """Scroll so that the head of the question is seen, and as much of it as there is room for."""
        page = next(scrolling(self), None)
        if page is not None and (sheet := page.widget()) is not None:
            top = self.mapTo(sheet, self.rect().topLeft()).y()
            bar, low = page.verticalScrollBar(), top + self.height()
            if top < bar.value() or low > bar.value() + page.viewport().height():
                bar.setValue(max(0, top - gap(4)))
