"""Text that is read and edited in the same place: it looks like the words of the page, and is an entry with the focus.

What is typed is told after a rest of 0.8 seconds and when the focus leaves; Esc gives back what stood here when the
field was entered, also where it was told meanwhile. While it has the focus, Ctrl+Z is the field's own.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
    QTextDocumentFragment,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QToolTip

from planstudio.gui.accessible import names_page
from planstudio.gui.announcing import announcer
from planstudio.gui.theme import font, gap
from planstudio.gui.widgets import rich_document, table_edit, text_styles
from planstudio.gui.widgets.basics import dress, scrolling
from planstudio.gui.widgets.going_back import Visit, say_quietly
from planstudio.gui.widgets.keys import ENTER, moves
from planstudio.gui.widgets.pasted import readable, words_of
from planstudio.gui.widgets.positions import from_qt, to_qt
from planstudio.gui.widgets.rich_document import SafeDocument
from planstudio.gui.widgets.spelling import Waves, add_suggestions
from planstudio.i18n import _

REST = 800  # milliseconds
MOST_SHOWN = 2_100_000  # characters; more is cut before Qt lays it out


class TextField(QTextEdit):
    """One line of plain words, with lines=True several, with rich=True Markdown in full."""

    edited = Signal(str)
    focused = Signal(bool)
    finished = Signal()  # Enter in a field of one line
    left_out = Signal(str)  # a sentence on what was pasted and is not here

    def __init__(
        self,
        name: str,
        *,
        role: str = "body",
        rich: bool = False,
        lines: bool = False,
        placeholder: str = "",
        inline: bool = True,
        spelled: bool = True,
        tone: str = "",
    ) -> None:
        super().__init__()
        self._document = SafeDocument(self)
        self.setDocument(self._document)
        self._rich, self._lines, self._spelled = rich, lines, spelled
        self._waves: Waves | None = None
        self._shown = ""
        self._entered: str | None = None  # what stood here when the cursor came
        self._visit = Visit()
        self._told = False  # something was told since
        self._filling = False
        self.air = 130 if role == "reading" else 120  # the height of a line in percent
        self.setProperty("inline", inline)
        self.setProperty("tone", tone)
        self.setAccessibleName(name)
        if role == "display":
            names_page(self)
        self.setPlaceholderText(placeholder or name)
        self._dress(role, 0 if inline else gap(0.5))
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.commit)
        self.textChanged.connect(self._on_text_changed)
        self.left_out.connect(self._tell)
        self.cursorPositionChanged.connect(self._follow)
        self._document.documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def _dress(self, role: str, margin: int) -> None:
        """A field of words has no bars of its own and is as high as they are."""
        self.setFont(font(role))
        self._document.setDefaultFont(font(role))
        self._document.setDocumentMargin(margin)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(self._rich)
        self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # Values in, signals out.

    def show_text(self, text: str) -> None:
        """Show *text*, unless somebody is writing here or has written what was refused."""
        if text == self._shown and text == self.text():
            return
        if self._document.isModified() and (self.hasFocus() or self.property("wrong")):
            return
        self._shown = text
        if not self._told:
            self._entered = text
        self._put(text)

    def _put(self, text: str) -> None:
        place = self.textCursor().position()
        self._filling = True
        if self._rich:
            rich_document.fill(self._document, text[:MOST_SHOWN], air=self.air)
        else:
            self._document.setPlainText(text[:MOST_SHOWN])
            self._document.setModified(False)
        self._filling = False
        cursor = self.textCursor()
        place = min(place, self._document.characterCount() - 1)
        shown = self._document.toPlainText() if place else ""
        cursor.setPosition(to_qt(shown, from_qt(shown, place)))  # never in the middle of a sign
        self.setTextCursor(cursor)
        self._fit()

    def text(self) -> str:
        """What stands in the field: words, or Markdown where it is rich."""
        if not self._rich:
            lines = (" ".join(line.split()) for line in self._document.toPlainText().split("\n"))
            return ("\n" if self._lines else " ").join(line for line in lines if line)
        if not self._document.isModified():
            return self._shown
        return rich_document.markdown_of(self._document)

    def commit(self) -> None:
        """Tell what was typed, if it is not what was shown."""
        self._rest.stop()
        if not self._document.isModified():
            return
        text = self.text()
        if text != self._shown:
            self._told = True
            self.edited.emit(text)

    def accept(self, text: str) -> None:
        """The text was taken: it is what stands here now."""
        self._shown = text
        if self.text() == text:
            self._document.setModified(False)
        self.complain("")

    def complain(self, why: str) -> None:
        """Mark the field as refused, the words kept; "" takes the mark away."""
        dress(self, "wrong", bool(why))
        self.setToolTip("")
        self.setAccessibleDescription(why)

    def release(self) -> None:
        """Let go of what was typed: another element will be shown."""
        if self._document.isModified():
            self.revert()
        self._rest.stop()
        self._told, self._entered = False, None
        self.complain("")

    def revert(self) -> None:
        """Give back what was told last."""
        self._rest.stop()
        self._document.setModified(False)
        shown, self._shown = self._shown, "\0"
        self.show_text(shown)
        self.complain("")

    def give_back(self) -> None:
        """Give back what stood here when the cursor came; what was told meanwhile is told again as it was."""
        changed, entered = self.text() != self._entered, self._entered
        self.revert()
        if entered is not None and entered != self._shown:
            self._put(entered)
            self.edited.emit(entered)
        if changed and entered is not None:
            say_quietly(self, _("The words are as they were."))

    # Looks.

    def sizeHint(self) -> QSize:
        return QSize(gap(40), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(gap(10), self._height())

    def _height(self) -> int:
        line = QFontMetricsF(self.font()).height()
        around = self.height() - self.viewport().height() if self.isVisible() else gap(1.5)
        return round(max(self._document.size().height(), line)) + around

    def _fit(self) -> None:
        wanted = self._height()
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        enter = key in ENTER
        if key == Qt.Key.Key_Escape:
            self.give_back()
            self.clearFocus()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif _is_redo(event):
            self._document.redo(self.textCursor())
        elif enter and not (self._rich or self._lines):
            self.commit()
            self.finished.emit()
        elif self._rich and event.matches(QKeySequence.StandardKey.Bold):
            text_styles.toggle_bold(self)
        elif self._rich and event.matches(QKeySequence.StandardKey.Italic):
            text_styles.toggle_italic(self)
        elif moves(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab goes through the cells of a table, and else to the next field."""
        if self._rich and not self.isReadOnly() and table_edit.step(self, 1 if on else -1):
            return True
        return super().focusNextPrevChild(on)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undoing = event.matches(QKeySequence.StandardKey.Undo)
            if undoing or _is_redo(event):  # with nothing of ours to take back, the plan's own undo may answer
                ours = self._document.isUndoAvailable() if undoing else self._document.isRedoAvailable()
                event.setAccepted(ours)
                return ours
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._visit.comes():
            self._told, self._entered = False, self._shown
        if self._waves is None and self._spelled and not self.isReadOnly():
            self._waves = Waves(self._document)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._visit.goes(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            if self._waves is not None and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                self._waves.setDocument(None)
                self._waves = None
            self.commit()
            if not self.property("wrong"):
                typed = self._document.isModified()
                self._document.clearUndoRedoStacks()
                for modified in (False, typed):  # or Qt forgets it when the spelling is looked at next
                    self._document.setModified(modified)
            self.focused.emit(False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.cursorForPosition(event.pos())
        chosen = self.textCursor()
        if not by_key and not chosen.selectionStart() <= at.position() <= chosen.selectionEnd():
            self.setTextCursor(at)  # what the menu does, it does where one clicked
        menu = self.createStandardContextMenu(event.pos())
        if self._waves is not None:
            add_suggestions(menu, self, self.textCursor() if by_key else at)
        if self._rich and not self.isReadOnly():
            menu.addSeparator()
            table_edit.add_actions(menu, self)
        menu.exec(event.globalPos())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file that is dropped here is for the page below, not an address in the text."""
        return not any(url.isLocalFile() for url in source.urls()) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words; from rich text the structure too, and nothing else."""
        told = ""
        if self._rich and source.hasHtml() and not source.html().lstrip().startswith("<!--plain"):
            inside, seen = readable(source.html()[:MOST_SHOWN])
            told, foreign = seen.sentence, SafeDocument()
            foreign.setHtml(inside)
            pasted = SafeDocument()
            pasted.setDefaultFont(self._document.defaultFont())
            rich_document.fill(pasted, rich_document.markdown_of(foreign), air=self.air)
            cursor = self.textCursor()
            cursor.beginEditBlock()
            cursor.insertFragment(QTextDocumentFragment(pasted))
            cursor.endEditBlock()
        elif source.hasText() or source.hasHtml():
            words, told = words_of(source)
            words = words[:MOST_SHOWN]
            self.textCursor().insertText(words if self._rich or self._lines else " ".join(words.split()))
        if told:
            self.left_out.emit(told)

    def _tell(self, words: str) -> None:
        self.setAccessibleDescription(words)
        announcer().say(words)
        QToolTip.showText(self.mapToGlobal(self.cursorRect().bottomLeft()), words, self)

    def _follow(self) -> None:
        """Keep the cursor in sight: the field is as high as its text, so that the page below it scrolls."""
        if self.hasFocus() and not self._filling:
            QTimer.singleShot(0, self, self._show_cursor)  # when the page has been laid out

    def _show_cursor(self) -> None:
        above = next(scrolling(self), None)
        if above is not None and (page := above.widget()) is not None and self.hasFocus():
            place = self.cursorRect()
            at = self.viewport().mapTo(page, place.center())
            above.ensureVisible(at.x(), at.y(), 0, 2 * place.height())

    def _on_text_changed(self) -> None:
        if not self._filling and self._document.isModified():
            self._rest.start()


def _is_redo(event: QKeyEvent) -> bool:
    """By Ctrl+Y, too, which is what the menu names: Qt's own key for it is another one on some systems."""
    control_y = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control_y or event.matches(QKeySequence.StandardKey.Redo)
