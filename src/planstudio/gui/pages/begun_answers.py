"""Answers that are half written to what both changed: they wait for their question, and are not lost with it."""

from __future__ import annotations

from collections.abc import Set
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from planstudio.gui.desk import BegunAnswer, Desk
from planstudio.gui.widgets.basics import empty
from planstudio.gui.widgets.homeless import Homeless
from planstudio.gui.widgets.question_card import QuestionCard
from planstudio.gui.widgets.question_words import title


class BegunAnswers(QObject):
    let_go = Signal()  # words whose question is open no more

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._answered: dict[str, BegunAnswer] = {}  # what was begun in questions that were answered, for Undo
        self.homeless = QVBoxLayout()  # what was begun in questions that somebody else has answered

    @property
    def _waiting(self) -> dict[str, BegunAnswer]:
        return self._desk.unrecorded.answers

    def keep(self, card: QuestionCard, *, answered: bool = False) -> None:
        """Keep what is begun in *card* for when its question is shown again."""
        if (state := card.state()) is not None:
            where = self._answered if answered else self._waiting
            where[card.question.key] = BegunAnswer(title(card.question), state)
            card.clear()

    def give_back(self, card: QuestionCard) -> None:
        key = card.question.key
        if written := self._waiting.pop(key, None) or self._answered.pop(key, None):
            card.fill_in(written.state)

    def show_homeless(self, open_ones: Set[str]) -> None:
        """Show the words that were begun in a question which is open no more."""
        empty(self.homeless)
        for key, one in list(self._waiting.items()):
            if key in open_ones:
                continue  # its card is made when its group is shown
            if isinstance(one.state, str) and one.state.strip():
                made = Homeless(one.title, one.state)
                made.let_go.connect(partial(self._let_go, key, open_ones))
                self.homeless.addWidget(made)
            else:
                del self._waiting[key]  # chosen, not written

    def _let_go(self, key: str, open_ones: Set[str]) -> None:
        self._waiting.pop(key, None)
        self.show_homeless(open_ones)
        self.let_go.emit()
