"""Spelling in every field: a wavy line below what no list knows, and what may have been meant.

One desk for the whole window: the lists are read once, in the background, when the window stands. The line is drawn in
the field that is written in, not on a page that is read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QMenu, QTextEdit

from planstudio.gui.theme import color
from planstudio.gui.widgets.basics import named
from planstudio.gui.widgets.positions import from_qt, to_qt
from planstudio.i18n import _
from planstudio.spelling import Speller, words_in


class Spelling(QObject):
    changed = Signal()  # the lists, or what was taught
    learned = Signal(str)  # a word that the district uses
    _read = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.speller: Speller | None = None
        self._taught: tuple[str, ...] = ()
        self._wanted: tuple[str, ...] = ()
        self._read.connect(self._take)

    def use(self, languages: Iterable[str]) -> None:
        """Check in *languages* from now on; in none, nothing is checked."""
        self._wanted = tuple(languages)
        if not self._wanted:
            self.speller = None
            self.changed.emit()
        elif self.speller is None or self.speller.languages != self._wanted:
            wanted = self._wanted
            threading.Thread(target=lambda: self._read.emit(Speller(wanted)), name="spelling", daemon=True).start()

    def teach(self, words: Iterable[str]) -> None:
        """The district's own words, and the names in it."""
        before, self._taught = self._taught, tuple(words)
        if self._taught != before and self.speller is not None:
            self.speller.teach(self._taught)
            self.changed.emit()

    def _take(self, speller: Speller) -> None:
        if speller.languages == self._wanted:
            speller.teach(self._taught)
            self.speller = speller
            self.changed.emit()


_desk: list[Spelling] = []


def spelling() -> Spelling:
    """The one desk of the window."""
    if not _desk:
        _desk.append(Spelling())
    return _desk[0]


class Waves(QSyntaxHighlighter):
    """Draws the line below unknown words of a document, block by block as it is written."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._wave = QTextCharFormat()
        self._wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        self._wave.setUnderlineColor(color("red"))
        spelling().changed.connect(self.rehighlight)
        QTimer.singleShot(0, self, self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        speller = spelling().speller
        if speller is not None:
            for at, word in speller.wrong(text):
                start = to_qt(text, at)
                self.setFormat(start, to_qt(text, at + len(word)) - start, self._wave)


def add_suggestions(menu: QMenu, field: QTextEdit, cursor: QTextCursor) -> None:
    """Put what may have been meant by the unknown word at *cursor* at the head of *menu*."""
    found = word_at(cursor)
    speller = spelling().speller
    if found is None or speller is None or speller.knows(word := found.selectedText()):
        return
    first = menu.actions()[0]
    made = []
    for one in speller.suggest(word):
        made.append(menu.addAction(named(one)))
        made[-1].triggered.connect(partial(_put, field, found, one))
    if not made:
        made.append(menu.addAction(_("No suggestion")))
        made[0].setEnabled(False)
    learn = menu.addAction(_("Add “{word}” to the district's words").format(word=named(word)))
    learn.triggered.connect(lambda: QTimer.singleShot(0, lambda: spelling().learned.emit(word)))
    for action in (*made, learn, menu.addSeparator()):
        menu.removeAction(action)
        menu.insertAction(first, action)


def word_at(cursor: QTextCursor) -> QTextCursor | None:
    """A cursor over the word at *cursor*, as the check reads words; None where there is none."""
    block = cursor.block()
    text = block.text()
    inside = from_qt(text, cursor.position() - block.position())
    for at, word in words_in(text):
        if at <= inside <= at + len(word):
            found = QTextCursor(block)
            found.setPosition(block.position() + to_qt(text, at))
            found.setPosition(block.position() + to_qt(text, at + len(word)), QTextCursor.MoveMode.KeepAnchor)
            return found
    return None


def _put(field: QTextEdit, found: QTextCursor, word: str) -> None:
    if not field.isReadOnly():
        found.insertText(word, found.charFormat())
