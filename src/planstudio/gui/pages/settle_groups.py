"""Many questions at once: grouped by page, author or field, and one answer for a group, never for everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from planstudio.domain.differences import Question
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, row, text
from planstudio.gui.widgets.fields import Choices
from planstudio.gui.widgets.flow import Flow
from planstudio.gui.widgets.question_words import voice_name
from planstudio.i18n import _, ngettext

FEW = 20  # questions that are listed without groups, and that are shown in full at once
PAGE, AUTHOR, FIELD = "page", "author", "field"


def group_of(question: Question, by: str) -> str:
    one = question.first
    if by == AUTHOR:
        return ", ".join(sorted({voice_name(voice) for voice in question.voices if not voice.mine})) or _("Yours")
    if by == FIELD:
        return _("Votes") if question.ballot else one.field_words
    return one.part or one.element


class Groups(QWidget):
    """By what the questions are grouped, and which group is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chosen = ""
        self.needed = False
        self.box = Choices(_("Grouped"), ((_("By page"), PAGE), (_("By author"), AUTHOR), (_("By field"), FIELD)))
        self.setLayout(row(self.box, None))
        self.box.activated.connect(lambda _n: self.changed.emit())

    @property
    def by(self) -> str:
        return str(self.box.currentData())

    def show_questions(self, questions: Sequence[Question]) -> None:
        self.needed = len(questions) > FEW
        self.setVisible(self.needed)

    def names(self, questions: Sequence[Question]) -> list[tuple[str, int]]:
        """Every group with its count, in the order of the questions."""
        return list(Counter(group_of(one, self.by) for one in questions).items())

    def inside(self, questions: Sequence[Question]) -> tuple[Question, ...]:
        return tuple(one for one in questions if group_of(one, self.by) == self.chosen)


class SettleBar(QWidget):
    """Above a group: its name and how many, and the verbs for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._words = text("", "strong", wrap=True)
        self.mine, self.theirs = button(""), button("")
        self._verbs = Flow((self.mine, self.theirs), 2)
        self.setLayout(column(area("note", column(self._words, 1, self._verbs, edge=(4, 2, 4, 2)))))
        self.setMinimumWidth(gap(40))

    def show_group(self, name: str, inside: Sequence[Question], *, locked: bool) -> None:
        self.setVisible(len(inside) > 1)
        if not inside:
            return
        n = len(inside)
        self._words.setText(ngettext("{name}: {n} to settle", "{name}: {n} to settle", n).format(name=name, n=n))
        mine = sum(one.mine is not None for one in inside)
        theirs = sum(one.theirs is not None for one in inside)
        self._offer(self.mine, ngettext("Keep mine here", "Keep all {n} of mine here", mine), mine, locked)
        self._offer(self.theirs, ngettext("Take theirs here", "Take all {n} of theirs here", theirs), theirs, locked)
        self._verbs.setFixedHeight(self._verbs.place(self._verbs.width()))

    def _offer(self, verb: QPushButton, words: str, n: int, locked: bool) -> None:
        told = words.format(n=n)
        verb.setText(told)
        verb.setAccessibleName(told)
        verb.setEnabled(n > 0 and not locked)
