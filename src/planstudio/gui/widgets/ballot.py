"""A vote that two wrote down differently: member by member, with what each of them has, and what is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from planstudio.domain.differences import Answer, BallotRow, Difference, Question
from planstudio.domain.kinds import Choice
from planstudio.domain.voting import BY_VOTE
from planstudio.domain.words import word
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, plain, quiet, row, text
from planstudio.gui.widgets.fields import Choices
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.question_words import voice_name, when
from planstudio.i18n import _, ngettext

_COUNTED = (Choice.YES, Choice.NO, Choice.ABSTAIN)


class Ballot(QWidget):
    """The verb waits until every member is chosen; the result is counted, never chosen."""

    submitted = Signal(object)  # tuple of Answers

    def __init__(self, question: Question, rows: dict[str, BallotRow], today: date) -> None:
        super().__init__()
        self._question, self._rows = question, rows
        self._voices = question.voices[:2]
        self.boxes: dict[tuple[str, str, str], Choices] = {}
        self._signs: dict[tuple[str, str, str], QWidget] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap(3))
        self._grid.setVerticalSpacing(gap(1))
        for n, share in enumerate((3, 2, 2, 3)):
            self._grid.setColumnStretch(n, share)
        self.said: list[str] = []
        self._fill(today)
        self.count = quiet("", "caption")
        self.verb = button(_("Settle with these votes"), "primary", act=lambda: self.submitted.emit(self.answers()))
        self.cancel = button(_("Cancel"), "quiet", act=self.give_up)
        low = row(self.count, 3, self.cancel, 1, self.verb, grow=0)
        self.setLayout(column(area("card", column(self._grid, edge=(4, 3, 4, 3))), 1.5, low))
        self._weigh()

    # The table.

    def _fill(self, today: date) -> None:
        heads = [quiet(words, "caption strong") for words in (_("Member"), *map(voice_name, self._voices), _("Kept"))]
        for head, voice in zip(heads[1:], self._voices, strict=False):
            head.setToolTip(when(voice, today))
        self._line(*heads)
        votes = {one.row: one for one in self._question.differences if one.table == "vote"}
        for key, member in sorted(self._rows.items(), key=lambda item: item[1].person.casefold()):
            if key in votes:
                self._open(member.person, votes[key])
            else:
                self._agreed(member)
        for one in self._question.differences:
            if one.table != "vote" and not _is_counted(one):
                self._open(one.field_words, one)
        result = next((one for one in self._question.differences if _is_counted(one)), None)
        sides = [voice.of(result) if result is not None else None for voice in self._voices]
        self.result = quiet("")
        self._line(text(_("Result"), "strong"), *(quiet(side.words if side else "") for side in sides), self.result)

    def _line(self, name: QWidget, *others: QWidget) -> None:
        """A line of the table; the last of *others* is what is kept."""
        at = self._grid.rowCount()
        for n, part in enumerate((name, *others[:-1])):
            self._grid.addWidget(part, at, n)
        self._grid.addWidget(others[-1], at, 3)

    def _agreed(self, member: BallotRow) -> None:
        """A vote that nobody disputes; who did not write it down has a dash."""
        wrote = [member.by in voice.steps for voice in self._voices]
        told = ["–" if member.by and any(wrote) and not here else member.words for here in wrote]
        name = text(member.person, "strong", wrap=True)
        self._line(name, *(text(words, "body", "muted") for words in (*told, member.words)))

    def _open(self, name: str, one: Difference) -> None:
        key = (one.table, one.row, one.field)
        sides = [voice.of(one) for voice in self._voices]
        told = [(side.words if side is not None else "") or _("nothing") for side in sides]
        said = ", ".join(f"{voice_name(voice)} {words}" for voice, words in zip(self._voices, told, strict=True))
        box = Choices(_("{name}: what is kept").format(name=name), _choices(one))
        box.setPlaceholderText(_("choose"))
        box.setAccessibleDescription(said)
        box.setCurrentIndex(-1)
        box.activated.connect(lambda _n: self._weigh())
        self.boxes[key], self._signs[key] = box, mark("off track", 2.75)
        tones = (None, "violet")
        shown = (text(words, "strong", tone, wrap=True) for words, tone in zip(told, tones, strict=False))
        keep = row(self._signs[key], 1.5, box, grow=2)
        self._line(text(name, "strong", wrap=True), *shown, plain(keep))
        self.said.append(f"{name}: {said}.")

    # What is chosen.

    def begin(self) -> None:
        """Take the cursor to the first member who is not chosen yet."""
        if (box := next(iter(self._left()), None)) is not None:
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _left(self) -> list[Choices]:
        return [box for box in self.boxes.values() if box.currentIndex() < 0]

    def state(self) -> dict[tuple[str, str, str], Any]:
        """What is chosen so far, for fill_in()."""
        return {key: box.currentData() for key, box in self.boxes.items() if box.currentIndex() >= 0}

    def fill_in(self, state: Mapping[tuple[str, str, str], Any]) -> None:
        for key, box in self.boxes.items():
            box.setCurrentIndex(box.findData(state[key]) if key in state else -1)
        self._weigh()

    def give_up(self) -> None:
        """Choose for nobody."""
        self.fill_in({})
        self.begin()

    def _weigh(self) -> None:
        self.cancel.setVisible(bool(self.state()))
        for key, box in self.boxes.items():
            self._signs[key].setVisible(box.currentIndex() < 0)
        left = len(self._left())
        self.verb.setEnabled(not left)
        self.result.setText(_("counted when all are chosen") if left else _("counted by the board's rules"))
        if left:
            words = ngettext("{n} is to be chosen still.", "{n} are to be chosen still.", left)
            self.count.setText(words.format(n=left))
            return
        kept = Counter(self._kept())
        parts = [f"{kept[word(choice)]} {word(choice).lower()}" for choice in _COUNTED if kept[word(choice)]]
        self.count.setText(_("With these votes: {counts}.").format(counts=", ".join(parts)))

    def _kept(self) -> list[str]:
        """The words of every vote as it would stand."""
        open_ones = {row for table, row, _field in self.boxes if table == "vote"}
        agreed = [member.words for row, member in self._rows.items() if row not in open_ones]
        return agreed + [box.currentText() for (table, _row, _f), box in self.boxes.items() if table == "vote"]

    def answers(self) -> tuple[Answer, ...]:
        made = []
        for one in self._question.differences:
            box = self.boxes.get((one.table, one.row, one.field))
            value: Any = one.sides[0].value if box is None else box.currentData()
            by_step = one.whole and box is not None
            side = next((side for side in one.sides if (side.step if by_step else side.value) == value), None)
            if side is not None:
                made.append(Answer(one.unit, side.step, one.key, one.field))
            else:
                made.append(Answer(one.unit, "", one.key, one.field, value))
        return tuple(made)


def _is_counted(one: Difference) -> bool:
    """Whether it is the result of a vote, which follows from the votes."""
    if (one.table, one.field) != ("motion", "result"):
        return False
    return all(side.value in {kind.value for kind in BY_VOTE} for side in one.sides)


def _choices(one: Difference) -> list[tuple[str, Any]]:
    if one.whole:
        return [(side.words, side.step) for side in one.sides]
    if one.table == "vote":
        return [(words, value) for value, words in one.options]
    return [(side.words or _("nothing"), side.value) for side in one.sides]
