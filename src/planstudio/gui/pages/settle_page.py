"""What people who did not know of each other wrote differently: both values, who and when, and the answer.

At the left what is to be settled and what was settled in this visit; at the right each in full. K keeps mine, T takes
theirs, W writes another, for the question the cursor is in. Beyond twenty the questions come in groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from planstudio.domain.changes import Change
from planstudio.domain.differences import BallotRow, Question, questions
from planstudio.domain.errors import InvalidInput
from planstudio.domain.places import OVERVIEW, Place, at_page
from planstudio.gui.desk import Desk
from planstudio.gui.pages.begun_answers import BegunAnswers
from planstudio.gui.pages.page import Page, refill
from planstudio.gui.pages.registry import shows
from planstudio.gui.pages.settle_groups import FEW, Groups, SettleBar, group_of
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, empty_state, plain, quiet, row, scrolled, text, tool
from planstudio.gui.widgets.painted import Elided
from planstudio.gui.widgets.question_card import Given, QuestionCard
from planstudio.gui.widgets.question_list import Line, QuestionList
from planstudio.gui.widgets.question_words import note, title, voice_name
from planstudio.i18n import N_, _, ngettext
from planstudio.queries.conflicts import ballot_rows, open_differences

NARROW = 210  # gaps of width below which the list is one line


@shows(page="settle", title=N_("Settle what both changed"))
class SettlePage(Page):
    under = at_page("history")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.questions: tuple[Question, ...] = ()
        self.cards: dict[str, QuestionCard] = {}
        self.settled: dict[str, Line] = {}  # in this visit, with what was done
        self.begun = BegunAnswers(desk)
        self._here = ""
        self._came_from = OVERVIEW
        self.left = text("", "body", "muted")
        self.list = QuestionList()
        self.groups = Groups()
        self.later = button(_("Later"), act=lambda: self.go_requested.emit(self._came_from))
        self.title = Elided(_("Settle what both changed"), "display")
        self.who = quiet("")
        self.back = tool("back", tip=_("The one before"), act=lambda: self._go_by(-1))
        self.on = tool("next", tip=_("The next one"), act=lambda: self._go_by(1))
        self.at = text("", "strong")
        self.bar = SettleBar()
        hint = _("What two people change in two copies comes together here, and both are asked.")
        self.nothing = empty_state(_("Nothing to settle"), hint)
        self._stack = column(space=4)
        self._side = self._list_side()
        self._step = plain(row(self.back, 1, self.at, 1, self.on))
        head = row(self.title, 3, self._step, 3, self.later, grow=0)
        sheet = column(
            plain(column(head, 0.75, self.who, edge=(2, 0, 2, 0))), 2, self.bar, 1,
            self.begun.homeless, self.nothing, self._stack, None, edge=(6, 6, 6, 6),
        )  # fmt: skip
        self.set_body(area("page", row(self._side, scrolled(sheet, widest=gap(230)), grow=1)))
        self.list.chosen.connect(self._on_line)
        self.groups.changed.connect(self._on_grouped)
        self.bar.mine.clicked.connect(lambda: self._take_all(mine=True))
        self.bar.theirs.clicked.connect(lambda: self._take_all(mine=False))
        self.begun.let_go.connect(self.begin)

    def _list_side(self) -> QWidget:
        lines = scrolled(column(self.list, None, edge=(0, 0, 1, 0)), "side")
        lines.setProperty("area", "side")
        foot = quiet(_("Until all are settled, both values are kept in both files."), "caption")
        head = row(text(_("To settle"), "heading"), 2, self.left, None)
        made = area("side", column(head, 1, self.groups, 1, lines, 2, foot, edge=(3, 4, 2, 3), grow=4))
        made.setFixedWidth(gap(72))
        return made

    def come_from(self, place: Place) -> None:
        """Where *Later* leads."""
        if place and place != at_page("settle"):
            self._came_from = place

    def concerned(self, _change: Change) -> bool:
        return True

    def begin(self) -> None:
        (self.cards.get(self._here) or self.later).setFocus()

    def refresh(self) -> None:
        before = [one.key for one in self.questions]
        self.questions = questions(self.desk.ask(open_differences, self.desk.workspace.device))
        keys = [one.key for one in self.questions]
        for key in self.settled.keys() & keys:
            del self.settled[key]  # taken back: it is open again
        self.groups.show_questions(self.questions)
        if self._here not in keys:
            self._here = _next(before, self._here, keys)
        self._show_group()
        self.begun.show_homeless(set(keys))
        n, total = len(self.questions), len(self.questions) + len(self.settled)
        left = _("{n} of {of} left").format(n=n, of=total) if self.settled else str(n)
        self.left.setText(left if total else "")
        self.who.setText(_who(self.questions))
        self.who.setVisible(bool(n))
        self.nothing.setVisible(not n)
        self._fit()

    def _shown(self) -> tuple[Question, ...]:
        """The questions at the right: all where they are few, else some of the group that is chosen."""
        if not self.groups.needed:
            return self.questions
        here = next((one for one in self.questions if one.key == self._here), None)
        if here is not None:
            self.groups.chosen = group_of(here, self.groups.by)
        inside = self.groups.inside(self.questions)
        first = (inside.index(here) if here is not None else 0) // FEW * FEW
        return inside[first : first + FEW]

    def _show_group(self) -> None:
        shown = self._shown()
        self._show_cards(shown)
        lines = [] if self.groups.needed else [_line(one) for one in shown]
        for name, count in self.groups.names(self.questions) if self.groups.needed else ():
            told = ngettext("{n} to settle", "{n} to settle", count).format(n=count)
            lines.append(Line(f"group:{name}", name, told, group=True))
            if name == self.groups.chosen:
                lines += [_line(one) for one in shown]
        self.list.show_lines([*lines, *self.settled.values()], self._here)
        self._show_step()
        inside = self.groups.inside(self.questions) if self.groups.needed else ()
        self.bar.show_group(self.groups.chosen, inside, locked=self.desk.workspace.read_only)

    def _show_cards(self, shown: tuple[Question, ...]) -> None:
        """Cards of questions that are as they were stay, with whatever is being written in them."""
        today = self.desk.workspace.clock.today()
        kept = {one.key: self.cards[one.key] for one in shown if self._stays(one)}
        open_ones = {one.key for one in self.questions}
        for key, card in self.cards.items():
            if kept.get(key) is not card:
                self.begun.keep(card, answered=key in self.settled and key not in open_ones)
                self._stack.removeWidget(card)
                card.hide()
                card.deleteLater()
        self.cards = {}
        for n, one in enumerate(shown):
            card = kept.get(one.key) or self._card(one, today)
            if self._stack.indexOf(card) != n:
                self._stack.insertWidget(n, card)
            self.cards[one.key] = card
            self.begun.give_back(card)
            card.show_place(1 + self.questions.index(one), len(self.questions))

    def put_away(self) -> None:
        for card in self.cards.values():
            self.begun.keep(card)

    def show_begun(self) -> str:
        """Take the cursor to an answer that was begun; what is to be done with it, "" where there is none."""
        waiting = [one.key for one in self.questions if one.key in self.desk.unrecorded.answers]
        written = [key for key, card in self.cards.items() if card.state() is not None]
        if begun := next(iter(waiting + written), ""):
            self._on_line(begun)
            self.cards[begun].begin_begun()
            return _("This answer has not been given yet. Settle with it, or cancel it, and close again.")
        if self.begun.homeless.count():
            return _("Somebody has settled this while you wrote. Copy your words or let them go, and close again.")
        return ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for card in self.cards.values():
            self.begun.give_back(card)

    def _stays(self, question: Question) -> bool:
        card = self.cards.get(question.key)
        return card is not None and card.question == question and card.rows == self._rows(question)

    def _rows(self, question: Question) -> dict[str, BallotRow]:
        """The votes that stand in a motion which is asked about."""
        return self.desk.ask(ballot_rows, question.unit.partition(":")[2]) if question.ballot else {}

    def _card(self, question: Question, today: date) -> QuestionCard:
        made = QuestionCard(question, today, self._rows(question), locked=self.desk.workspace.read_only)
        made.given.connect(self._on_given)
        made.opened.connect(self.go_requested)
        made.entered.connect(lambda key=question.key: self._mark(key))
        return made

    def _show_step(self) -> None:
        n = next((n for n, one in enumerate(self.questions, 1) if one.key == self._here), 0)
        self.at.setText(_("{n} of {of}").format(n=n, of=len(self.questions)))
        self.back.setEnabled(n > 1)
        self.on.setEnabled(0 < n < len(self.questions))

    def _mark(self, key: str) -> None:
        self._here = key
        self.list.go(key)
        self._show_step()

    def _on_line(self, key: str) -> None:
        if key.startswith("group:"):
            inside = [one for one in self.questions if group_of(one, self.groups.by) == key.removeprefix("group:")]
            key = inside[0].key if inside else self._here
        self._here = key
        if key in self.cards:
            self._mark(key)
        else:
            self._show_group()
        QTimer.singleShot(0, self, self._look)  # when new cards have been laid out

    def _look(self) -> None:
        if (card := self.cards.get(self._here)) is not None:
            card.come_into_view()

    def _go_by(self, step: int) -> None:
        keys = [one.key for one in self.questions]
        at = keys.index(self._here) + step if self._here in keys else 0
        if 0 <= at < len(keys):
            self._on_line(keys[at])
            self.begin()

    def _on_grouped(self) -> None:
        self._show_group()
        self._look()

    def _on_given(self, given: Given) -> None:
        card, key = self.cards.get(given.question.key), given.question.key
        focus = QApplication.focusWidget()
        in_list = focus is not None and self.list.isAncestorOf(focus)
        self.settled[key] = _line(given.question, given.done)
        error = self.desk.settle(given.answers)
        if error is not None:
            self.settled.pop(key, None)
            if isinstance(error, InvalidInput) and card is not None:
                (self.said.emit if card.third is None else card.complain)(str(error))
            return
        (self.list if in_list else self).begin()
        QTimer.singleShot(0, self, self._look)

    def _take_all(self, *, mine: bool) -> None:
        """One side of every question of the group that has it."""
        sides = [(one, one.mine if mine else one.theirs) for one in self.groups.inside(self.questions)]
        taken = {one.key: one.take(voice) for one, voice in sides if voice is not None}
        if not taken:
            return
        done = _("kept yours") if mine else _("took theirs")
        self.settled |= {one.key: _line(one, done) for one, _voice in sides if one.key in taken}
        if self.desk.settle(list(taken.values())) is not None:
            for key in taken:
                self.settled.pop(key, None)
        self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters of the answers, wherever no field has the cursor."""
        card, focus = self.cards.get(self._here), QApplication.focusWidget()
        plainly = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        free = plainly and bool(event.text()) and not isinstance(focus, QLineEdit | QTextEdit)
        if not (free and card is not None and card.on_letter(event.text())):
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """The list where there is room for it, else one line; none for a single question."""
        narrow, several = self.width() < gap(NARROW), len(self.questions) + len(self.settled) > 1
        self._side.setVisible(several and not narrow)
        self._step.setVisible(narrow and len(self.questions) > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.settled.clear()  # the visit is over
            self.put_away()

    def close_down(self) -> None:
        refill(self._stack, ())
        self.cards = {}


def _line(question: Question, done: str = "") -> Line:
    """A question in the list at the left; *done* says how it was settled."""
    told = f"{note(question)} · {done}" if done else note(question)
    return Line(question.key, title(question), told, settled=bool(done))


def _who(asked: Sequence[Question]) -> str:
    others = {voice_name(voice) for one in asked for voice in one.voices if not voice.mine}
    words = _("{names} and you wrote these without knowing of each other. Everything else fits together and is in.")
    if not any(one.mine for one in asked):
        words = _("{names} wrote these without knowing of each other. Everything else fits together and is in.")
    return words.format(names=", ".join(sorted(others)[:4]))


def _next(before: list[str], here: str, now: list[str]) -> str:
    """The question that came after *here* and is open still, else the last one, "" where there is none."""
    behind = before[before.index(here) + 1 :] if here in before else []
    return next((key for key in behind if key in now), "") or (now[0] if here not in before else now[-1]) if now else ""
